// Grain forgone on own arable land that carries plots of programmes.
//
//   forgone_h = min(business income, grain_income · index_t · planted_own / members)     yuan a head; with one stream:
//   all income days of other work that programmes take = max(0, days taken − grain_days · planted_own)
//
// Grain took labour of the household itself; where a plot stands in its place, those days are free for other work.
#pragma once

#include <algorithm>

#include "models/scenario/price_index.hpp"
#include "models/state/moment.hpp"

namespace tuopin {

class ForgoneGrain {
 public:
  ForgoneGrain(Binder& b, const Settings& scenario)
      : income_(scenario.has("land.grain_income") ? scenario.number("land.grain_income") : 0),
        index_(index_of(scenario)), days_(scenario.has("land.grain_days") ? scenario.number("land.grain_days") : 0),
        planted_(b.reads<std::uint32_t>("household.planted_own")),
        members_(b.reads<std::uint8_t>("household.members")) {}

  /// The rows of a block.
  struct Rows {
    double income, days;
    const std::uint32_t* planted;  ///< 0.01 mu
    const std::uint8_t* members;
    bool any;  ///< some row carries a plot on own land

    double lost(std::uint32_t i, double from) const {
      return std::min(from, income * (planted[i] / 100.0) / members[i]);
    }
    double days_freed(std::uint32_t i) const { return days * (planted[i] / 100.0); }
  };
  Rows rows(const Moment::Visit& visit) const {
    const std::uint32_t* planted = visit[planted_];
    std::uint32_t any = 0;
    for (std::uint32_t i = 0; i < visit.rows(); ++i) any |= planted[i];
    return {income_ * index_.at(visit.world().year), days_, planted, visit[members_], any != 0};
  }

 private:
  static PriceIndex index_of(const Settings& scenario) {
    std::vector<Problem> said_at_load;
    return PriceIndices(scenario).of(scenario, "land.index", said_at_load);
  }
  double income_;  ///< of a mu, at the index's base year
  PriceIndex index_;
  double days_;  ///< of a mu
  Reads<std::uint32_t> planted_;
  Reads<std::uint8_t> members_;
};

}  // namespace tuopin
