// A model: a scenario under one parameter draw, prepared for simulation.
#pragma once

#include <algorithm>
#include <vector>

#include "models/run/catalogue.hpp"
#include "models/scenario/draw.hpp"

namespace tuopin {

/// The drawn parameters, the schema of the state, and the year constructed from them.
class Model {
 public:
  /// The catalogue must outlive the model.
  Model(const Scenario& scenario, const Region& drawn_region, const Calibration& calibration,
        const DrawAddress& address, const Catalogue& catalogue = shipped_catalogue());
  Model(const Model&) = delete;  // steps refer to its programmes
  Model& operator=(const Model&) = delete;

  /// Working memory for a run of this model by a team of `members`.
  Workspace workspace(const ShardedPopulation& sharded, std::size_t members) const {
    return {sharded, members, needs_};
  }
  /// Simulates one year. `histories`: poverty flags of all households, one entry per shard.
  YearResult simulate(Worlds& worlds, int year, Treasury& treasury, std::span<const PovertyHistory> histories,
                      Workspace& work, const Team& team) const;

  /// The data that one year of one trajectory works on.
  struct YearInputs {
    const Model& model;
    Worlds& worlds;
    Treasury& treasury;
    std::span<const PovertyHistory> histories;
    Workspace& work;
    std::span<std::uint64_t> state_sums;  ///< as in Moment
  };
  /// Simulates one year of several trajectories on one population, with the same results, bit for bit, as one by one.
  /// In every block the first is measured before the others. `scratch`: by member, large enough for each of the models.
  static std::vector<YearResult> simulate_together(std::span<const YearInputs> inputs, int year,
                                                   std::span<const ScratchRows> scratch, const Team& team);
  const ScratchPlan& scratch() const { return needs_.scratch; }

  const std::vector<Programme>& programmes() const { return programmes_; }
  const Settings& settings() const { return settings_; }
  /// The lines of a year of the region; those of the base year before it.
  const Lines& lines(int year) const { return lines_.at(static_cast<std::size_t>(std::max(0, year - base_year_))); }
  const Year& year() const { return year_; }
  /// Schema of the state that the model needs.
  const std::shared_ptr<const StateSchema>& schema() const { return schema_; }
  /// The sums declared by its mechanisms, in the order of its results.
  const std::shared_ptr<const DeclaredSums>& declared() const { return declared_; }
  std::vector<std::uint32_t> programme_hashes() const;

 private:
  YearResult result_of(const YearInputs& input, YearTallies tallies) const;

  Settings settings_;
  int base_year_;
  std::vector<Lines> lines_;  ///< by year, from the base year on
  std::shared_ptr<const StateSchema> schema_;
  YearNeeds needs_;
  std::vector<Programme> programmes_;
  Keep<SumsByMember> sums_;
  Year year_;
  std::shared_ptr<const DeclaredSums> declared_;
};

}  // namespace tuopin
