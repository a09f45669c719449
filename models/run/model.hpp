// A model: a scenario under one parameter draw, made ready to be lived.
#pragma once

#include <vector>

#include "models/run/catalogue.hpp"
#include "models/scenario/draw.hpp"

namespace tuopin {

/// The drawn numbers, the columns of their worlds, and the year made from them.
class Model {
 public:
  /// The catalogue must outlive the model.
  Model(const Scenario& scenario, const Region& drawn_region, const Calibration& calibration,
        const DrawAddress& address, const Catalogue& catalogue = shipped_catalogue());
  Model(const Model&) = delete;  // steps refer to its programmes
  Model& operator=(const Model&) = delete;

  /// What a run of this model works with: one a run, for a team of so many members.
  Workspace workspace(const Land& land, std::size_t members) const { return {land, members, needs_}; }
  /// One year. `histories` have the flags of each part's whole population.
  YearResult live(Worlds& worlds, int year, Treasury& treasury, std::span<const PovertyHistory> histories,
                  Workspace& work, const Team& team) const;

  /// What one year of one world acts on.
  struct Life {
    const Model& model;
    Worlds& worlds;
    Treasury& treasury;
    std::span<const PovertyHistory> histories;
    Workspace& work;
    std::span<std::uint64_t> state_sums;  ///< as in Moment
  };
  /// One year of several worlds of one land, with the bits of each alone. In every block the first is measured before
  /// the others. `scratch`: by member of the team, large enough for each of the models.
  static std::vector<YearResult> live_together(std::span<const Life> lives, int year,
                                               std::span<const ScratchRows> scratch, const Team& team);
  const ScratchPlan& scratch() const { return needs_.scratch; }

  const std::vector<Programme>& programmes() const { return programmes_; }
  const Settings& settings() const { return settings_; }
  const Year& year() const { return year_; }
  /// Columns of a world in which the model lives.
  const std::shared_ptr<const StateSchema>& schema() const { return schema_; }
  /// The sums of its mechanisms, in the order in which its results have them.
  const std::shared_ptr<const DeclaredSums>& declared() const { return declared_; }
  std::vector<std::uint32_t> programme_hashes() const;

 private:
  YearResult result_of(const Life& life, YearTallies tallies) const;

  Settings settings_;
  std::shared_ptr<const StateSchema> schema_;
  YearNeeds needs_;
  std::vector<Programme> programmes_;
  Keep<SumsByMember> sums_;
  Year year_;
  std::shared_ptr<const DeclaredSums> declared_;
};

}  // namespace tuopin
