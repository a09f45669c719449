// Each batch left out in turn: what it offers, reaches and spends, and what the plan loses without it.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "models/main/summary_parts.hpp"

namespace tuopin {

namespace {

std::string batch_name(const Page& page, const std::string& batch) {
  struct Name {
    const char *id, *en, *zh;
  };
  constexpr Name names[] = {{"production", "production", "发展生产"},
                            {"relocation", "relocation", "易地搬迁"},
                            {"ecology", "ecology", "生态补偿"},
                            {"education", "education", "发展教育"},
                            {"social_protection", "social protection", "社会保障"},
                            {"other", "other", "其他"}};
  for (const Name& name : names)
    if (batch == name.id) return page.zh ? name.zh : name.en;
  return batch;
}

/// Sum over the years in which the figure is known, for each draw; NaN for a draw without any.
std::vector<double> sums(const Page& page, const std::string& variable, std::size_t s, std::size_t b) {
  std::vector<double> out;
  for (std::size_t d = 0; d < page.study.size("left_out_draw"); ++d) {
    double sum = std::nan("");
    for (std::size_t y = 0; y < page.study.size("year"); ++y) {
      const double v = page.study.at(variable, {{"scenario", s}, {"batch", b}, {"left_out_draw", d}, {"year", y}});
      if (!std::isnan(v)) sum = std::isnan(sum) ? v : sum + v;
    }
    out.push_back(sum);
  }
  return out;
}

std::vector<double> of_year(const Page& page, const std::string& variable, std::size_t s, std::size_t b,
                            std::size_t y) {
  std::vector<double> out;
  for (std::size_t d = 0; d < page.study.size("left_out_draw"); ++d)
    out.push_back(page.study.at(variable, {{"scenario", s}, {"batch", b}, {"left_out_draw", d}, {"year", y}}));
  return out;
}

/// The whole scenario against the first one in the same draws, summed over the years [from, to].
std::vector<double> whole(const Page& page, const char* variable, std::size_t s, std::size_t from, std::size_t to) {
  std::vector<double> out;
  for (std::size_t d = 0; d < page.study.size("left_out_draw"); ++d) {
    double sum = 0;
    for (std::size_t y = from; y <= to; ++y) {
      const double v = page.study.at(variable, {{"scenario", s}, {"draw", d}, {"year", y}});
      sum += std::isnan(v) ? 0 : v;
    }
    out.push_back(sum);
  }
  return out;
}

std::string figure(const std::vector<double>& values) { return grouped(mean_of(values).mean, 0); }

/// Mean ± standard error above the 90% interval.
std::string effect(const std::vector<double>& values) {
  const Mean mean = mean_of(values);
  if (mean.count == 0) return "–";
  if (mean.count == 1) return grouped(mean.mean, 0);
  const Spread spread = spread_of(values);
  return grouped(mean.mean, 0) + " ± " + grouped(mean.error, 0) + "\n[" + grouped(spread.low, 0) + ", " +
         grouped(spread.high, 0) + "]";
}

bool has_batch(const Page& page, std::size_t s, std::size_t b) {
  return mean_of(sums(page, "batches/fall_in_poverty_lost", s, b)).count > 0;
}

std::string batch_table(const Page& page, std::size_t s) {
  const auto batches = page.study.names("batch");
  const auto years = page.study.years();
  const std::size_t first = years.size() < 2 ? 0 : 1, last = years.size() - 1;  // the base year has no plan
  TextTable table;
  table.add_column(page("left out", "缺少的批次"), TextTable::Align::left);
  table.add_column(page("places\noffered", "计划\n名额"));
  table.add_column(page("places\nfilled", "用上的\n名额"));
  table.add_column(page("persons\nentered", "进入户\n人口"));
  table.add_column(page("spent\n", "支出\n") + page.money.name);
  table.add_column(
      fmt::format(fmt::runtime(page("fall in poverty lost,\nperson-years {}–{}", "少减少的贫困，\n人年（{}–{}年）")),
                  years[first], years[last]));
  const auto of_last = [&](const char* en, const char* zh) {
    table.add_column(fmt::format(fmt::runtime(page(en, zh)), years[last]));
  };
  of_last("fall lost,\npersons in {}", "少减少的贫困，\n人（{}年）");
  of_last("out of poverty\nlost, {}", "少脱贫，\n人（{}年）");
  of_last("into poverty\nlost, {}", "少致贫，\n人（{}年）");
  const auto spent = [&](std::size_t b) {
    return mean_of(sums(page, "batches/spending", s, b)).mean / page.money.unit;
  };
  double most_spent = 0;
  for (std::size_t b = 0; b < batches.size(); ++b)
    most_spent = std::max(most_spent, has_batch(page, s, b) ? spent(b) : 0);
  const int decimals =
      std::max(decimals_for(most_spent), page.zh ? 1 : 0);  // a tenth of 亿元 is still ten million yuan
  for (std::size_t b = 0; b < batches.size(); ++b) {
    if (!has_batch(page, s, b)) continue;
    table.add_row({batch_name(page, batches[b]), figure(sums(page, "batches/claimed_units", s, b)),
                   figure(sums(page, "batches/entered_units", s, b)),
                   figure(sums(page, "batches/entered_persons", s, b)), grouped(spent(b), decimals),
                   effect(sums(page, "batches/fall_in_poverty_lost", s, b)),
                   effect(of_year(page, "batches/fall_in_poverty_lost", s, b, last)),
                   effect(of_year(page, "batches/out_of_poverty_lost", s, b, last)),
                   effect(of_year(page, "batches/into_poverty_lost", s, b, last))});
  }
  if (s > 0) {
    const auto all = [&](const char* variable) { return effect(whole(page, variable, s, last, last)); };
    table.add_rule();
    table.add_row({page("whole scenario\nagainst (1)", "整个方案\n对方案(1)"), "", "", "", "",
                   effect(whole(page, "fall_in_poverty", s, first, last)), all("fall_in_poverty"),
                   all("out_of_poverty"), all("into_poverty")});
  }
  return table.text(0, page_width);
}

}  // namespace

std::string batch_section(const Page& page) {
  if (!page.study.has("batches/fall_in_poverty_lost") || page.study.years().empty()) return "";
  std::string text;
  for (std::size_t s = 0; s < page.study.size("scenario"); ++s) {
    const auto batches = page.study.size("batch");
    bool any = false;
    for (std::size_t b = 0; b < batches; ++b) any = any || has_batch(page, s, b);
    if (any)
      text += page.heading(page("Each batch left out in turn: ", "逐批剔除：") + page.scenario_title(s)) +
              batch_table(page, s);
  }
  if (text.empty()) return "";
  const std::size_t draws = page.study.size("left_out_draw");
  text +=
      page.note(page("DO NOT ADD these figures up: batches overlap in the same households, and what one no longer does "
                     "another may do. "
                     "Their sum is not the effect of the plan.",
                     "切勿相加：各批次覆盖同样的住户，一批所缺可由另一批补上；各行之和不是规划的效果。"));
  text += page.note(
      draws < 2
          ? page("One draw: no standard error.", "仅一次抽样：无标准误。")
          : fmt::format(fmt::runtime(page("Means of {0} draws, each paired with the whole scenario under equal luck; ± "
                                          "standard error (sd/√{0}); in "
                                          "brackets the 90% interval of single draws{1}.",
                                          "{0}次抽样的均值，每次均与同样运气下的完整方案配对；±为标准误（标准差/"
                                          "√{0}）；方括号内为单次抽样的90%区间{1}。")),
                        draws, draws < 20 ? page(" (fewer than 20: the whole range)", "（不足20次，即全距）") : ""));
  return text +
         page.note(page(
             "Places are each programme's own (households, persons, posts): as many as the plan offers, then as many "
             "as "
             "budget, eligibility and take-up let in. Lost: the figure of the whole scenario less that without the "
             "batch, each against (1). A person-year is one person spared income poverty for one year.",
             "名额以各项目自身单位计（户、人、岗位）：先列规划数，再列预算、资格与参与意愿所容许的进入数。"
             "减少：整个方案与缺该批次的方案之差，两者均以方案(1)为对照。人年：一人一年不处于收入贫困。"));
}

}  // namespace tuopin
