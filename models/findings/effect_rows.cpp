#include "models/findings/effect_rows.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "models/findings/number_text.hpp"

namespace tuopin {

namespace {

enum class RowKind {
  level,          ///< without the plan, with it, and the difference
  counted_level,  ///< the same, and in how many worlds it is lower
  rate,           ///< a level in percent
  effect          ///< a difference alone
};

/// A row as it is asked for: the variables that it reads, and its figure of a scenario, by world.
struct RowWanted {
  std::string label;
  RowKind kind;
  Scale scale;
  std::vector<const char*> variables;
  std::function<std::vector<double>(std::size_t scenario)> of;
  std::string words;  ///< where there is no figure, if anything
};

class Wanted {
 public:
  explicit Wanted(const Page& page) : page_(page), last_(page.study.size("year") - 1) {}

  std::vector<RowWanted> rows(bool later, bool with_person_years) {
    const Page& page = page_;
    const Scale percent{0.01, "%"}, yuan{1, page("yuan", "元")};
    add(page("income-poor (simulated)", "模拟收入贫困"), RowKind::counted_level, page.persons,
        {"poverty_rate", "persons"},
        [last = last_](const StudyView& in, std::size_t of) { return poor_persons(in, of, last); });
    add(page("% of all persons", "占全部人口%"), RowKind::rate, percent, {"poverty_rate"}, last_of("poverty_rate"));
    add(page("on the register", "建档立卡在册"), RowKind::counted_level, page.persons, {"register_persons"},
        last_of("register_persons"));
    if (later) {
      add_effect(page("out of poverty by the plan", "因规划脱贫"), "out_of_poverty");
      add_effect(page("into poverty by the plan", "因规划致贫"), "into_poverty");
      if (with_person_years)
        add(page("person-years spared, all years", "减少贫困人年（各年合计）"), RowKind::effect, person_years_scale(),
            {"fall_in_poverty"}, person_years);
    }
    add(page("spent", "支出"), RowKind::level, page.money, {"spending"}, spent);
    add(page("unspent", "未用资金"), RowKind::level, page.money, {"ledger/lapsed", "ledger/carried_over"}, unspent);
    if (later)
      add(
          page("cost per person-year", "每减少一人年贫困的费用"), RowKind::effect, yuan,
          {"fall_in_poverty", "spending"},
          [](const StudyView& in, std::size_t of) {
            return cost_per_person_year(in, of).value_or(std::vector<double>{});
          },
          page("not estimable", "无法估计"));
    return std::move(rows_);
  }

 private:
  template <typename Of>
  void add(const std::string& label, RowKind kind, const Scale& scale, std::vector<const char*> variables, Of of,
           const std::string& words = "") {
    const StudyView& study = page_.study;
    rows_.push_back(
        {label, kind, scale, std::move(variables), [&study, of](std::size_t of_s) { return of(study, of_s); }, words});
  }
  void add_effect(const std::string& label, const char* variable) {
    add(label, RowKind::effect, page_.persons, {variable}, last_of(variable));
  }

  std::function<std::vector<double>(const StudyView&, std::size_t)> last_of(const char* name) const {
    return [last = last_, name](const StudyView& in, std::size_t of) { return in.worlds(name, of, last); };
  }

  Scale person_years_scale() const {
    const bool many = page_.persons.unit > 1;
    return {page_.persons.unit, many ? page_("thousands of person-years", "万人年") : page_("person-years", "人年")};
  }

  const Page& page_;
  std::size_t last_;
  std::vector<RowWanted> rows_;
};

std::vector<RowWanted> rows_wanted(const Page& page, std::size_t scenario, bool with_person_years) {
  return Wanted(page).rows(scenario > 0, with_person_years);
}

bool has_all(const StudyView& study, const RowWanted& row) {
  return std::all_of(row.variables.begin(), row.variables.end(),
                     [&](const char* variable) { return study.has(variable); });
}

Spread spread_in(std::vector<double> values, double unit) {
  for (double& v : values) v /= unit;
  return spread_of(std::move(values));
}

double largest_of(const Spread& spread) {
  return spread.worlds == 0 ? 0 : std::max(std::fabs(spread.low), std::fabs(spread.high));
}

void set_decimals(EffectRow& row) {
  const auto decimals = [&](double largest, int of_rate) {
    return row.is_rate          ? std::min(of_rate, std::max(1, decimals_for(largest)))
           : row.scale.unit > 1 ? decimals_for(largest)
                                : 0;
  };
  row.level_decimals = decimals(std::max(largest_of(row.without), largest_of(row.with)), 1);
  row.difference_decimals = decimals(largest_of(row.difference), 2);
}

EffectRow effect_row(const RowWanted& wanted, std::size_t s, bool one_world) {
  EffectRow row;
  row.label = wanted.label;
  row.scale = wanted.scale;
  row.is_rate = row.of_row_above = wanted.kind == RowKind::rate;
  std::vector<double> change;
  if (wanted.kind == RowKind::effect) {
    change = wanted.of(s);
    if (change.empty()) row.words = wanted.words;
  } else {
    const auto with = wanted.of(s);
    row.with = spread_in(with, wanted.scale.unit);
    if (s > 0) {
      const auto without = wanted.of(0);
      row.without = spread_in(without, wanted.scale.unit);
      change = difference(with, without);
    }
  }
  if (wanted.kind == RowKind::counted_level && !one_world) row.lower = lower_worlds(change);
  row.difference = spread_in(std::move(change), wanted.scale.unit);
  set_decimals(row);
  return row;
}

}  // namespace

std::vector<EffectRow> effect_rows(const Page& page, std::size_t scenario, bool with_person_years) {
  std::vector<EffectRow> rows;
  if (page.study.size("year") == 0) return rows;
  for (const RowWanted& wanted : rows_wanted(page, scenario, with_person_years))
    if (has_all(page.study, wanted)) rows.push_back(effect_row(wanted, scenario, page.one_world));
  return rows;
}

bool has_income_poor(const Page& page) { return page.study.has("poverty_rate") && page.study.has("persons"); }

std::vector<std::string> figures_not_recorded(const Page& page, std::size_t scenario) {
  std::vector<std::string> missing;
  for (const RowWanted& row : rows_wanted(page, scenario, false))
    for (const char* variable : row.variables)
      if (!page.study.has(variable) && std::find(missing.begin(), missing.end(), variable) == missing.end())
        missing.emplace_back(variable);
  return missing;
}

std::string interval_name(const Page& page) {
  const bool whole_range = page.study.size("draw") * page.study.size("replicate") < worlds_of_an_interval;
  return whole_range ? page("whole range", "全距") : page("90% interval", "90%区间");
}

std::string interval_sentence(const Page& page) {
  const bool draws = page.study.size("draw") > 1;
  if (page.one_world)
    return page(
        "One draw and one replicate: one possible world, without an interval. It is not a forecast, and a "
        "wrong equation does not show in it.",
        "仅一次参数抽样、一次重复：只是一个可能的世界，无区间；它不是预测，方程若有错误也看不出来。");
  return draws ? page(
                     "The interval shows how the result varies over the stated assumptions; it is not a forecast, and "
                     "a wrong equation is not in it.",
                     "区间表示结果随所列假设变动的范围；它不是预测，也不包含方程本身的错误。")
               : page(
                     "The interval shows how the result varies with luck alone, at the central values of the "
                     "assumptions; it is not a forecast, and a wrong equation is not in it.",
                     "区间仅表示结果随运气变动的范围（假设取中心值）；它不是预测，也不包含方程本身的错误。");
}

}  // namespace tuopin
