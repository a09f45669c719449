// The table of contents: the year as a list that can be read aloud, and a model made of it.
#pragma once

#include <memory>
#include <vector>

#include "models/draw.hpp"
#include "models/measures/sums.hpp"
#include "models/processes/process.hpp"
#include "models/programme/service.hpp"
#include "models/register/measurement.hpp"
#include "models/register/review.hpp"
#include "models/scenario.hpp"

namespace tuopin {

/// What a year gave, by county.
struct YearResult {
  std::vector<PlaceSums> places;
  YearTallies programmes;
};

/// A scenario under one parameter draw: the drawn numbers, and the mechanisms made from them.
class Model {
 public:
  Model(const Scenario& scenario, const Region& drawn_region, const Calibration& calibration,
        const DrawAddress& address);

  /// One year, in the order in which it happens. `history` has the flags of the whole population.
  YearResult live(World& world, Treasury& treasury, const PovertyHistory& history, int threads,
                  std::vector<Scratch>& scratch) const;

  const std::vector<Programme>& programmes() const { return programmes_; }
  const Settings& settings() const { return settings_; }
  std::vector<std::uint32_t> programme_hashes() const;
  /// Descriptions of the year's mechanisms in their order, programmes included: for explain and for the tests.
  std::vector<Description> descriptions() const;

 private:
  Settings settings_;
  std::vector<Programme> programmes_;
  MarketIncome income_;
  std::vector<std::unique_ptr<Process>> before_register_, after_register_;
  ProgrammeService service_;
};

}  // namespace tuopin
