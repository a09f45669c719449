// The desk: the intermediate results that the steps of a programme pass to each other within a year, by block. All
// programmes use the same desk in turn, so that its memory is reused.
#pragma once

#include "models/programme/claims.hpp"
#include "models/programme/delivery.hpp"
#include "models/state/moment.hpp"

namespace tuopin {

struct Desk {
  /// Payments and costs of units that are enrolled already, in one block.
  struct Held {
    std::vector<std::int64_t> paid;  ///< fen to the household of each; empty if the programme pays nothing
    std::int64_t cost = 0;           ///< total in fen, including administration and rounding: an upper bound
  };
  std::vector<Held> held;
  std::vector<Spent> spent;
  std::vector<ProgrammeTally> tallies;

  bool admits = false;               ///< true if there are places and money for new entrants
  std::vector<std::int64_t> places;  ///< by pool
  std::int64_t available = 0;        ///< money for new entrants, fen
  ClaimBook claims;

  /// Work lists of one member of the team, reused from block to block.
  struct Lists {
    std::vector<std::uint32_t> granted;
    std::vector<Enrolment> entering;
    std::vector<std::int64_t> paid;
    std::vector<Recipient> recipients;
  };
  std::vector<Lists> lists;

  std::vector<ProgrammeTally> enrolled;  ///< counts of those enrolled at the end of the year, by block and programme

  /// Prepares the desk for a year, with one entry per block.
  void open(const ShardedPopulation& sharded, std::size_t programmes, std::size_t members);
};

/// Base of the steps of one programme.
struct OfProgramme {
  const Programme& programme;
  std::size_t number;  ///< number of the programme in the order in which programmes are served
  Keep<Desk> desk;

  Desk& of(Moment& now) const { return now.work.kept[desk]; }
  const Desk& of(const Moment& now) const { return now.work.kept[desk]; }
  Desk& of(const Moment::Visit& visit) const { return visit.kept()[desk]; }
  ProgrammeState& state(World& world) const { return world.programmes[number]; }
  const ProgrammeState& state(const World& world) const { return world.programmes[number]; }
  /// Posts what the blocks spent, by county.
  void book(Moment& now) const;
};

}  // namespace tuopin
