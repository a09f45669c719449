// The desk: what the steps of one programme leave for each other within a year, by cell of the land. All programmes use
// the same desk, one after another.
#pragma once

#include "models/programme/claims.hpp"
#include "models/programme/delivery.hpp"
#include "models/state/moment.hpp"

namespace tuopin {

struct Desk {
  /// Of those who are enrolled already.
  struct Held {
    std::vector<std::int64_t> paid;  ///< fen to each one's household; empty where nobody is paid
    std::int64_t cost = 0;           ///< fen of all, administration and rounding included: an upper bound
  };
  std::vector<Held> held;
  std::vector<Spent> spent;
  std::vector<ProgrammeTally> tallies;

  bool admits = false;               ///< places and money are there
  std::vector<std::int64_t> places;  ///< by pool
  std::int64_t available = 0;        ///< fen
  ClaimBook claims;

  /// What a member of the team works with from block to block.
  struct Lists {
    std::vector<std::uint32_t> granted;
    std::vector<Enrolment> entering;
    std::vector<std::int64_t> paid;
    std::vector<Recipient> recipients;
  };
  std::vector<Lists> lists;

  std::vector<ProgrammeTally> enrolled;  ///< of those enrolled at the end of the year, by cell and programme

  /// For a year: an entry a cell.
  void open(const Land& land, std::size_t programmes, std::size_t members);
};

/// A step of one programme.
struct OfProgramme {
  const Programme& programme;
  std::size_t number;  ///< of the programme, in the order of serving
  Keep<Desk> desk;

  Desk& of(Moment& now) const { return now.work.kept[desk]; }
  const Desk& of(const Moment& now) const { return now.work.kept[desk]; }
  Desk& of(const Moment::Visit& visit) const { return visit.kept()[desk]; }
  ProgrammeState& state(World& world) const { return world.programmes[number]; }
  const ProgrammeState& state(const World& world) const { return world.programmes[number]; }
  /// Posts what the blocks spent, county by county.
  void book(Moment& now) const;
};

}  // namespace tuopin
