// Serving the programmes of a year: first those who are enrolled already, then claims → allocation → entry, programme
// by programme in the order of the scenario's list. Nothing else in the model enrols, pays or takes days.
//
//   leaves    when its years are over; or where a draw of the year falls below 1 − (1 − dropout) Π (1 − return_rate);
//             or where the money no longer carries all who hold: those who came last leave first, then the higher ids
//
// Work goes block by block; what couples blocks (places, money) is reduced to whole numbers between two passes.
#pragma once

#include "engine/run/mechanism.hpp"
#include "models/programme/programme.hpp"
#include "models/programme/treasury.hpp"
#include "models/state/land.hpp"

namespace tuopin {

/// Tallies of a year: [programme][county].
using YearTallies = std::vector<std::vector<ProgrammeTally>>;

class ProgrammeService {
 public:
  /// `programmes` in the order of serving. `days_per_worker` as in the scenario's [labour].
  ProgrammeService(const std::vector<Programme>& programmes, double days_per_worker);

  /// Clears what belongs to one year, then serves.
  void serve(Worlds& worlds, Treasury& treasury, YearTallies& tallies, int threads, Stopwatch* watch = nullptr) const;

 private:
  void clear_year(World& world, const Block& block) const;
  void serve_holders(Worlds& worlds, std::size_t p, Treasury& treasury, std::vector<ProgrammeTally>& tally,
                     int threads) const;
  void admit(Worlds& worlds, std::size_t p, Treasury& treasury, std::vector<ProgrammeTally>& tally, int threads,
             Stopwatch* watch) const;

  const std::vector<Programme>& programmes_;
  double days_per_worker_;
};

/// Counts, at the end of a year, who is enrolled and who of them left the register in it.
void tally_members(const Worlds& worlds, YearTallies& tallies, int threads);

/// What a programme says of itself, for explain.
Description describe(const Programme& programme);

}  // namespace tuopin
