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

  const std::vector<Programme>& programmes() const { return programmes_; }
  const Settings& settings() const { return settings_; }
  const Year& year() const { return year_; }
  /// Columns of a world in which the model lives.
  const std::shared_ptr<const StateSchema>& schema() const { return schema_; }
  std::vector<std::uint32_t> programme_hashes() const;

 private:
  Settings settings_;
  std::shared_ptr<const StateSchema> schema_;
  YearNeeds needs_;
  std::vector<Programme> programmes_;
  Keep<SumsByMember> sums_;
  Year year_;
  std::shared_ptr<const DeclaredSums> declared_;
};

}  // namespace tuopin
