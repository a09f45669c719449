// The document's targets: what is asked, what the model gives, and how often it is reached.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "models/main/summary_parts.hpp"

namespace tuopin {

namespace {

constexpr std::size_t scenarios_a_table = 3;  // more do not fit beside the words of a target

std::string target_table(const Page& page, std::size_t from, std::size_t to) {
  const StudyView& study = page.study;
  const auto ids = study.names("target");
  TextTable table;
  table.add_column(page("id", "编号"), TextTable::Align::left);
  table.add_column(page("what the document asks", "文件要求"), TextTable::Align::left,
                   to - from > 1 ? (to - from > 2 ? 34 : 50) : 60);
  table.add_column(page("year", "年份"));
  table.add_column(page("figure", "目标值"));
  for (std::size_t s = from; s < to; ++s) {
    table.add_column(fmt::format("({})\n{}", s + 1, page("median", "中位数")));
    table.add_column(page("reached", "实现"));
  }
  for (std::size_t t = 0; t < ids.size(); ++t) {
    const std::string measure = study.text_at("targets/measure", t);
    if (measure.empty()) continue;
    const bool is_rate = measure == "register_rate";
    std::string asks = study.text_at(page.zh ? "targets/name_zh" : "targets/name", t);
    if (asks.empty()) asks = study.text_at("targets/name", t);
    // The Chinese phrases name no subject ("2016年脱贫10万人"): the programme it is held against tells them apart.
    if (page.zh && measure.find(':') != std::string::npos) asks += " [" + measure.substr(measure.find(':') + 1) + "]";
    const double year = study.at("targets/year", {{"target", t}});
    std::vector<std::string> row = {ids[t], asks, year > 0 ? fmt::format("{:.0f}", year) : "–",
                                    comparison_sign(study.text_at("targets/comparison", t)) +
                                        target_figure(study.at("targets/value", {{"target", t}}), is_rate)};
    for (std::size_t s = from; s < to; ++s) {
      const double median = study.at("targets/median", {{"scenario", s}, {"target", t}});
      row.push_back(is_rate && !std::isnan(median) ? fmt::format("{:.1f}%", 100 * median) : grouped(median, 0));
      row.push_back(probability_text(page, study.at("targets/probability", {{"scenario", s}, {"target", t}})));
    }
    table.add_row(std::move(row));
  }
  return table.text(0, page_width);
}

/// Number at the end of an id, -1 without one.
long number_of(const std::string& id) {
  const std::size_t start = id.find_last_not_of("0123456789") + 1;
  return start < id.size() && id.size() - start < 10 ? std::stol(id.substr(start)) : -1;
}

struct Outside {
  std::size_t count = 0;
  std::string ids;  ///< runs of neighbours as "S078–S093"
};

/// The targets that nothing in the model answers to.
Outside outside(const Page& page) {
  Outside out;
  const auto ids = page.study.names("target");
  const auto is_outside = [&](std::size_t t) {
    return t < ids.size() && page.study.text_at("targets/measure", t).empty();
  };
  for (std::size_t t = 0; t < ids.size(); ++t) {
    if (!is_outside(t)) continue;
    std::size_t last = t;
    while (is_outside(last + 1) && number_of(ids[last]) >= 0 && number_of(ids[last + 1]) == number_of(ids[last]) + 1)
      ++last;
    out.ids += (out.count == 0 ? "" : page(", ", "、")) + ids[t];
    if (last > t) out.ids += (last > t + 1 ? "–" : page(", ", "、")) + ids[last];
    out.count += last - t + 1;
    t = last;
  }
  return out;
}

}  // namespace

std::string target_section(const Page& page) {
  const std::size_t targets = page.study.size("target"), scenarios = page.study.size("scenario");
  if (targets == 0) return "";
  const Outside missing = outside(page);
  std::string text = page.heading(page("Targets of the document", "文件目标"));
  if (missing.count < targets) {
    for (std::size_t s = 0; s < scenarios; ++s) text += fmt::format("  ({}) {}\n", s + 1, page.scenario_title(s));
    for (std::size_t from = 0; from < scenarios; from += scenarios_a_table)
      text += (from > 0 ? "\n" : "") + target_table(page, from, std::min(scenarios, from + scenarios_a_table));
    text += page.note(
        page("Reached: share of the simulated worlds; ≈ within a tenth. – : the scenario has nothing that the figure "
             "could be read "
             "from. Targets on a programme are held against entries into it, which are not exits from poverty.",
             "实现：达到目标的模拟世界所占比例；≈ 为相差不超过一成；– "
             "为该方案无对应数值。项目类目标以进入项目的数量对照，进入项目不等于脱贫。"));
  }
  if (missing.count > 0)
    text += page.note(fmt::format(
        fmt::runtime(page("{} of {} targets are not in the lean model (reasons in the study, targets/reason): {}.",
                          "{1}项目标中有{0}项不在精简模型之内（原因见结果文件 targets/reason）：{2}。")),
        missing.count, targets, missing.ids));
  return text;
}

}  // namespace tuopin
