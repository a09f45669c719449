// Serving the programmes of a year: first those who are enrolled already, then claims → allocation → entry, programme
// by programme in the order of the scenario's list. Nothing else in the model enrols, pays or takes days.
#pragma once

#include "engine/run/mechanism.hpp"
#include "models/programme/programme.hpp"
#include "models/programme/treasury.hpp"

namespace tuopin {

/// Tallies of a year: [programme][county].
using YearTallies = std::vector<std::vector<ProgrammeTally>>;

class ProgrammeService {
 public:
  /// `programmes` in the order of serving. `days_per_worker` as in the scenario's [labour].
  ProgrammeService(const std::vector<Programme>& programmes, double days_per_worker);

  /// Clears what belongs to one year, then serves. `threads` for the search for claims.
  void serve(World& world, Treasury& treasury, YearTallies& tallies, int threads) const;

 private:
  void clear_year(World& world) const;
  void serve_holders(World& world, std::size_t p, Treasury& treasury, std::vector<ProgrammeTally>& tally) const;
  void admit(World& world, std::size_t p, Treasury& treasury, std::vector<ProgrammeTally>& tally, int threads) const;
  /// Pays `fen` to each recipient's household, takes the days and applies the effects of the year.
  void deliver(World& world, const Programme& programme, std::span<const Recipient> recipients,
               std::span<const std::int64_t> fen) const;
  void book(World& world, std::size_t p, std::span<const Recipient> recipients, std::span<const std::int64_t> paid,
            bool entering, Treasury& treasury, std::vector<ProgrammeTally>& tally) const;

  const std::vector<Programme>& programmes_;
  double days_per_worker_;
};

/// Counts, at the end of a year, who is enrolled and who of them left the register in it.
void tally_members(const World& world, YearTallies& tallies);

/// What a programme says of itself, for explain.
Description describe(const Programme& programme);

}  // namespace tuopin
