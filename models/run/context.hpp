// The context: read-only data shared by all trajectories, kept in memory for the whole run: the region, its populations
// prepared for simulation, the calibrations of base years, and the numbering of accounts.
#pragma once

#include <map>
#include <memory>
#include <set>

#include "engine/run/made_once.hpp"
#include "engine/run/progress.hpp"
#include "engine/run/team.hpp"
#include "models/programme/treasury.hpp"
#include "models/run/base_year.hpp"
#include "models/run/catalogue.hpp"
#include "models/scenario/digests.hpp"
#include "models/scenario/draw.hpp"
#include "models/state/sharded_population.hpp"

namespace tuopin {

/// One parameter draw: it determines the population used and the region's drawn poverty lines and crops.
struct Draw {
  DrawAddress address;
  std::size_t population = 0;
  Region region;
};

class Context {
 public:
  /// `shares`: share of the register population that each population holds; empty: all of it. `shards`: number of
  /// shards of whole counties into which each is cut; no result depends on it. The catalogue must outlive the context.
  Context(std::shared_ptr<const Region> region, std::vector<std::shared_ptr<const Population>> populations,
          const std::vector<double>& shares, std::size_t shards, const Catalogue& catalogue = shipped_catalogue());

  /// Numbers the accounts of these courses after those already known, and calibrates base years that are not known yet
  /// on the first `used` populations. Must not be called while another thread steps a trajectory. Throws DataError if a
  /// calibration fails, for the first population that fails.
  void prepare(const std::vector<Course>& courses, std::size_t used, const Team& team, const ProgressSink& sink,
               const StopFlag& stop);
  /// The same with a calibration that is already known and used for every population.
  void prepare(const std::vector<Course>& courses, const Calibration& known);

  const Region& region() const { return *region_; }
  const Catalogue& catalogue() const { return *catalogue_; }
  std::size_t populations() const { return resident_.size(); }
  const ShardedPopulation& sharded(std::size_t population) const { return resident_[population]->sharded; }
  const AccountNames& accounts() const { return accounts_; }
  /// Under central values. Throws UsageError for a course that was not prepared.
  const Calibration& calibration(const Course& course, std::size_t population) const;
  /// Under the values of a draw; found when it is first asked for, and then kept. May be called by several threads.
  Calibration calibration(const Course& course, const Draw& draw) const;
  std::shared_ptr<const Draw> draw(const DrawAddress& address) const;
  std::shared_ptr<const Draw> draw(const DrawAddress& address, std::size_t population) const;

 private:
  void number_accounts(const std::vector<Course>& courses);
  /// The base year at the solution for central values; found when it is first asked for, and then kept.
  BaseYear::Result central_base_year(const Course& course, std::size_t population) const;
  struct Resident {
    Resident(std::shared_ptr<const Population> of, std::size_t shards, double share)
        : population(std::move(of)), sharded(*population, shards, share) {}
    std::shared_ptr<const Population> population;
    ShardedPopulation sharded;
  };
  std::shared_ptr<const Region> region_;
  const Catalogue* catalogue_;
  std::vector<std::unique_ptr<Resident>> resident_;
  std::map<std::uint64_t, std::vector<Calibration>> calibrations_;  ///< by digest of the base year
  std::set<std::uint64_t> given_;                           ///< base years whose calibration was given, for all draws
  std::unique_ptr<MadeOnce<Calibration>> of_draws_;         ///< by base year, seed and draw
  std::unique_ptr<MadeOnce<BaseYear::Result>> of_central_;  ///< by base year and population
  std::vector<std::shared_ptr<const Scenario>> prepared_;   ///< in the order in which accounts are numbered
  AccountNames accounts_;
};

/// Index of the population that a draw uses.
inline std::size_t population_of_draw(std::size_t draw, std::size_t populations) { return draw % populations; }

}  // namespace tuopin
