// Random variants of a shipped scenario: some years of capacities, budgets and funds, windows, order, parameters.
#pragma once

#include "models/run/variants.hpp"
#include "tests/models/random_worlds.hpp"

namespace tuopin::testing {

inline SettingsChange random_change(Dice& dice, const Scenario& scenario) {
  const int first = scenario.region->base_year, year = dice.whole(first, scenario.region->last_year);
  const Settings& programme = dice.one_of(scenario.programmes);
  const std::string name = programme.stem(), fund = "funds." + dice.one_of(scenario.settings.tables("funds"));
  switch (dice.whole(0, 12)) {
    case 0:
    case 1:
    case 8:
    case 9:
    case 10:
    case 11: return {fmt::format("{}.capacity.by_year.{}", name, year), std::to_string(dice.whole(0, 3))};
    case 2: return {fmt::format("{}.budget.by_year.{}", name, year), std::to_string(dice.whole(0, 2) * 1000)};
    case 3: {
      const int opens = dice.whole(first, scenario.region->last_year);
      return {name + ".window", fmt::format("[{}, {}]", opens, dice.whole(opens, scenario.region->last_year + 1))};
    }
    case 4: return {fmt::format("{}.by_year.{}", fund, year), std::to_string(dice.whole(0, 2) * 10'000)};
    case 5: return {fund + ".carry_over", dice.chance(0.5) ? "true" : "false"};
    case 6: return {name + ".duration.years", std::to_string(dice.whole(1, 3))};
    case 7: return {"safety_net.coverage.value", dice.chance(0.8) ? "0.3" : "0.31"};
    default: return {name + ".duration.dropout.value", dice.chance(0.5) ? "0.05" : "0.06"};
  }
}

/// A valid one; some leave programmes out, some serve them in another order.
inline Scenario random_variant(Dice& dice, const Scenario& scenario, const std::string& name) {
  for (;;) {
    Variant variant{name, {}, {}};
    for (int changes = dice.whole(0, 2); changes > 0; --changes)
      variant.changes.push_back(random_change(dice, scenario));
    if (dice.chance(0.2)) variant.without.push_back(dice.one_of(scenario.programmes).stem());
    std::vector<Problem> problems;
    Scenario varied_one = varied(scenario, variant, problems);
    if (!problems.empty()) continue;
    if (dice.chance(0.2) && varied_one.programmes.size() > 1) {
      const auto last = static_cast<int>(varied_one.programmes.size()) - 1;
      std::swap(varied_one.programmes[static_cast<std::size_t>(dice.whole(0, last))],
                varied_one.programmes[static_cast<std::size_t>(dice.whole(0, last))]);
    }
    return varied_one;
  }
}

}  // namespace tuopin::testing
