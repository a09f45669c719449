// Labour days that a household has in a year, and what programmes leave of its other work.
//
//   days_h = days_per_worker · (able_h − (1 − partial_ability) · partial_h)        days/year
//   work_h = 1 − displacement · min(1, max(0, days taken − days freed) / days_h)   factor for wages and business
//
// Not modelled: months in which work is short or plenty, and help between households.
#pragma once

#include <algorithm>
#include <cstdint>

#include "engine/settings/settings.hpp"

namespace tuopin {

struct LabourDays {
  LabourDays(double days, double partial) : days_per_worker(days), partial_ability(partial) {}
  explicit LabourDays(const Settings& scenario)
      : LabourDays(scenario.number("labour.days_per_worker"),
                   scenario.has("labour.partial_ability") ? scenario.number("labour.partial_ability") : 1) {}
  double days_per_worker;  ///< of a person of full ability
  double partial_ability;  ///< of a full worker's days; one where the scenario says nothing

  /// `partial`: those of the able workers who have partial ability.
  double of(std::uint8_t able, std::uint8_t partial) const {
    return days_per_worker * (able - (1 - partial_ability) * partial);
  }
};

/// Factor for other work after the labour days that programmes take.
struct WorkLeft {
  WorkLeft(double lost, const LabourDays& labour) : displacement(lost), days(labour) {}
  explicit WorkLeft(const Settings& scenario)
      : WorkLeft(scenario.number("labour.displacement"), LabourDays(scenario)) {}
  double displacement;
  LabourDays days;

  double factor(double taken, double freed, std::uint8_t able, std::uint8_t partial) const {
    const double available = std::max(1.0, days.of(able, partial));
    return 1 - displacement * std::min(1.0, std::max(0.0, taken - freed) / available);
  }
};

}  // namespace tuopin
