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
  Message label;
  RowKind kind;
  Scale scale;
  std::vector<const char*> variables;
  std::function<std::vector<double>(std::size_t scenario)> of;
  Message words;  ///< where there is no figure, if anything
  bool own_unit = false;
};

class Wanted {
 public:
  explicit Wanted(const Page& page) : page_(page), last_(page.study.size("year") - 1) {}

  std::vector<RowWanted> rows(bool later, bool with_person_years) {
    const Page& page = page_;
    const Scale percent{0.01, Message::verbatim("%")}, yuan{1, msgid("yuan")};
    add(msgid("income-poor (simulated)"), RowKind::counted_level, page.persons, {"poverty_rate", "persons"},
        [last = last_](const StudyView& in, std::size_t of) { return poor_persons(in, of, last); });
    add(msgid("% of all persons"), RowKind::rate, percent, {"poverty_rate"}, last_of("poverty_rate"));
    add(msgid("on the register"), RowKind::counted_level, page.persons, {"register_persons"},
        last_of("register_persons"));
    if (later) {
      add_effect(msgid("out of poverty by the plan"), "out_of_poverty");
      add_effect(msgid("into poverty by the plan"), "into_poverty");
      if (with_person_years)
        add(msgid("person-years spared, all years"), RowKind::effect, scale_of_person_years(page), {"fall_in_poverty"},
            person_years);
    }
    add(msgid("spent"), RowKind::level, page.money, {"spending"}, spent);
    add(msgid("unspent"), RowKind::level, page.money, {"ledger/lapsed", "ledger/carried_over"}, unspent);
    if (later)
      add(
          msgid("cost per person-year"), RowKind::effect, yuan, {"fall_in_poverty", "spending"},
          [](const StudyView& in, std::size_t of) {
            return cost_per_person_year(in, of).value_or(std::vector<double>{});
          },
          msgid("not estimable"));
    if (later) rows_.back().own_unit = true;
    return std::move(rows_);
  }

 private:
  template <typename Of>
  void add(MessageId label, RowKind kind, const Scale& scale, std::vector<const char*> variables, Of of,
           Message words = {}) {
    const StudyView& study = page_.study;
    rows_.push_back({label, kind, scale, std::move(variables),
                     [&study, of](std::size_t of_s) { return of(study, of_s); }, std::move(words), false});
  }
  void add_effect(MessageId label, const char* variable) {
    add(label, RowKind::effect, page_.persons, {variable}, last_of(variable));
  }

  std::function<std::vector<double>(const StudyView&, std::size_t)> last_of(const char* name) const {
    return [last = last_, name](const StudyView& in, std::size_t of) { return in.worlds(name, of, last); };
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

/// Three digits of the largest difference of all rows in this unit, or of the largest level where nothing is compared:
/// a median, its interval and the rows around it are read against one another.
int decimals_in(const std::vector<EffectRow>& rows, const EffectRow& of) {
  double difference = 0, level = 0;
  for (const EffectRow& row : rows) {
    if (!(row.scale.name == of.scale.name)) continue;
    difference = std::max(difference, largest_of(row.difference));
    level = std::max({level, largest_of(row.without), largest_of(row.with)});
  }
  const int decimals = decimals_for(difference > 0 ? difference : level);
  if (of.is_rate) return std::clamp(decimals, 1, 2);
  return of.scale.unit > 1 ? decimals : 0;
}

EffectRow effect_row(const RowWanted& wanted, std::size_t s, bool one_world) {
  EffectRow row;
  row.label = wanted.label;
  row.scale = wanted.scale;
  row.is_rate = row.of_row_above = wanted.kind == RowKind::rate;
  row.own_unit = wanted.own_unit;
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
  return row;
}

}  // namespace

std::vector<EffectRow> effect_rows(const Page& page, std::size_t scenario, bool with_person_years) {
  std::vector<EffectRow> rows;
  if (page.study.size("year") == 0) return rows;
  for (const RowWanted& wanted : rows_wanted(page, scenario, with_person_years))
    if (has_all(page.study, wanted)) rows.push_back(effect_row(wanted, scenario, page.one_world));
  for (EffectRow& row : rows) row.decimals = decimals_in(rows, row);
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

Message interval_name(const Page& page) {
  const bool whole_range = page.study.size("draw") * page.study.size("replicate") < worlds_of_an_interval;
  return whole_range ? msgid("whole range") : msgid("90% interval");
}

Message interval_sentence(const Page& page) {
  if (page.one_world)
    return msgid(
        "One draw and one replicate: one possible world, without an interval. It is not a forecast, and a wrong "
        "equation does not show in it.");
  if (page.study.size("draw") > 1)
    return msgid(
        "The interval shows how the result varies over the stated assumptions; it is not a forecast, and a wrong "
        "equation is not in it.");
  return msgid(
      "The interval shows how the result varies with luck alone, at the central values of the assumptions; it is not a "
      "forecast, and a wrong equation is not in it.");
}

}  // namespace tuopin
