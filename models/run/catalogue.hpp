// The table of contents: the year as a list that can be read aloud, and a model made of it.
#pragma once

#include <memory>
#include <vector>

#include "models/measures/year_result.hpp"
#include "models/processes/process.hpp"
#include "models/programme/service.hpp"
#include "models/register/measurement.hpp"
#include "models/register/review.hpp"
#include "models/scenario/draw.hpp"
#include "models/scenario/scenario.hpp"

namespace tuopin {

/// A scenario under one parameter draw: the drawn numbers, and the mechanisms made from them.
class Model {
 public:
  Model(const Scenario& scenario, const Region& drawn_region, const Calibration& calibration,
        const DrawAddress& address);

  /// One year, in the order in which it happens. `histories` have the flags of each part's whole population; there is
  /// one scratch a thread.
  YearResult live(Worlds& worlds, int year, Treasury& treasury, std::span<const PovertyHistory> histories,
                  std::vector<Scratch>& scratch) const;

  const std::vector<Programme>& programmes() const { return programmes_; }
  const Settings& settings() const { return settings_; }
  std::vector<std::uint32_t> programme_hashes() const;
  /// Descriptions of the year's mechanisms in their order, programmes included: for explain and for the tests.
  std::vector<Description> descriptions() const;

 private:
  void live_incomes(World& world, const Block& block, Scratch& scratch) const;
  void live_base_year(Worlds& worlds, std::span<const PovertyHistory> histories, std::vector<Scratch>& scratch,
                      std::vector<std::vector<PlaceSums>>& sums) const;
  void live_later_year(Worlds& worlds, std::span<const PovertyHistory> histories, std::vector<Scratch>& scratch,
                       std::vector<std::vector<PlaceSums>>& sums) const;
  void review_and_look(World& world, const Block& block, const PovertyHistory& history, Scratch& scratch,
                       std::vector<PlaceSums>& places) const;

  Settings settings_;
  std::vector<Programme> programmes_;
  MarketIncome income_;
  std::vector<std::unique_ptr<Process>> before_register_, after_register_;
  const Review* review_ = nullptr;  ///< one of after_register_
  ProgrammeService service_;
};

}  // namespace tuopin
