#include "models/programme/entrants.hpp"

#include <algorithm>

#include "models/programme/payments.hpp"
#include "models/programme/places.hpp"

namespace tuopin {

namespace {

class OpenPlaces : public Year::Barrier, OfProgramme {
 public:
  explicit OpenPlaces(OfProgramme of) : OfProgramme(of) {}
  bool acts(const Moment& now) const override { return !now.base_year() && programme.open(now.year); }
  void apply(Moment& now, const Team& team) const override {
    Desk& d = of(now);
    for (World& world : now.worlds.by_shard) {
      if (state(world).holds.empty()) state(world).holds.assign(world.shard.rows, 0);
      if (state(world).enrolled.empty()) state(world).enrolled.resize(world.shard.blocks.size());
    }
    d.places = places_of(programme, now.sharded(), now.year);
    auto& tally = now.tallies[number];
    if (!programme.everyone)
      for (std::size_t pool = 0; pool < d.places.size(); ++pool) tally[pool].places = d.places[pool];
    d.available = now.treasury.available(number);
    const bool any = std::any_of(d.places.begin(), d.places.end(), [](std::int64_t of_pool) { return of_pool > 0; });
    d.admits = any && d.available > 0;
    if (d.admits) d.claims.open(now.worlds, programme, team.members());
  }
};

struct OfEntrants : OfProgramme {
  bool admits(const Moment& now) const { return !now.base_year() && programme.open(now.year) && of(now).admits; }
};

class SearchClaims : public Year::BlockStep, OfEntrants {
 public:
  explicit SearchClaims(OfEntrants of) : OfEntrants(of) {}
  bool acts(const Moment& now) const override { return admits(now); }
  void run(Moment::Visit& visit) const override {
    of(visit).claims.search(visit.world(), programme, state(std::as_const(visit).world()), visit.cell, visit.member);
  }
};

class Spread : public Year::Barrier, OfEntrants {
 public:
  explicit Spread(OfEntrants of) : OfEntrants(of) {}
  bool acts(const Moment& now) const override { return admits(now); }
  void apply(Moment& now, const Team&) const override { of(now).claims.close_search(programme); }
};

class RankClaims : public Year::BlockStep, OfEntrants {
 public:
  explicit RankClaims(OfEntrants of) : OfEntrants(of) {}
  bool acts(const Moment& now) const override { return admits(now); }
  void run(Moment::Visit& visit) const override {
    of(visit).claims.rank(std::as_const(visit).world(), programme, visit.cell, visit.member);
  }
};

class Grant : public Year::Barrier, OfEntrants {
 public:
  explicit Grant(OfEntrants of) : OfEntrants(of) {}
  bool acts(const Moment& now) const override { return admits(now); }
  void apply(Moment& now, const Team& team) const override {
    Desk& d = of(now);
    d.claims.grant(now.worlds, programme, make_pools(now.sharded(), programme, d.places, d.available), team);
  }
};

class Enter : public Year::BlockStep, OfEntrants {
 public:
  explicit Enter(OfEntrants of)
      : OfEntrants(of), asks_who_(programme.acts.enters || programme.acts.holds || programme.takes_days || chooses()) {}
  bool acts(const Moment& now) const override { return admits(now); }
  void run(Moment::Visit& visit) const override {
    Desk& d = of(visit);
    const BlockClaims& claims = d.claims.found[visit.cell];
    ProgrammeTally& tally = d.tallies[visit.cell];
    tally.eligible_persons = claims.eligible_persons;
    tally.applied_persons = claims.applied_persons;
    World& world = visit.world();
    Desk::Lists& lists = d.lists[visit.member];
    list_granted(world, claims, lists);
    post_entering(visit, lists);
    enter(world, lists);
    note(world, lists.entering, tally);
    d.spent[visit.cell] = deliver(world, programme, {lists.entering, lists.paid, lists.recipients}, true);
    enrol(state(world).enrolled[visit.number], lists.entering);
  }

 private:
  bool chooses() const {
    return std::any_of(programme.effects.begin(), programme.effects.end(),
                       [](const auto& effect) { return effect->keeps_detail(); });
  }

  /// Lists the granted claims with the payments computed when they were ranked, before entry changes the household (by
  /// a move or a house).
  void list_granted(const World& world, const BlockClaims& claims, Desk::Lists& lists) const {
    const auto n = static_cast<std::uint32_t>(claims.size());
    lists.granted.resize(n);
    lists.granted.resize(list_marked(claims.granted.data(), n, 0, lists.granted.data()));
    lists.entering.clear();
    lists.paid.clear();
    const auto year = static_cast<std::uint16_t>(world.year);
    for (const std::uint32_t i : lists.granted) {
      const std::uint32_t household = claims.household(i);
      const std::uint32_t person =
          programme.unit_is_person ? claims.unit.row[i] : world.shard.people.person_begin[household];
      lists.entering.push_back({household, person, year});
    }
    if (!claims.paid.empty())
      for (const std::uint32_t i : lists.granted) lists.paid.push_back(claims.paid[i]);
  }

  void post_entering(Moment::Visit& visit, Desk::Lists& lists) const {
    if (programme.pays_through_several) list_recipients(visit.world(), programme, lists.entering, lists.recipients);
    post_to_streams(visit, programme, {lists.entering, lists.paid, lists.recipients});
  }

  void enter(World& world, Desk::Lists& lists) const {
    lists.recipients.clear();
    if (!asks_who_) return;
    list_recipients(world, programme, lists.entering, lists.recipients);
    for (const auto& effect : programme.effects) {
      if (effect->keeps_detail()) effect->choose(world, lists.recipients);
      if (!effect->acts().enters) continue;
      for (const Recipient& to : lists.recipients) effect->enter(world, to);
    }
    for (std::size_t i = 0; i < lists.recipients.size(); ++i) {
      lists.entering[i].detail = lists.recipients[i].detail;
      lists.entering[i].own_land = lists.recipients[i].own_land;
    }
  }

  void note(World& world, std::span<const Enrolment> entering, ProgrammeTally& tally) const {
    // Uses the income of the year before: this year's is computed later in the year.
    const double line_before = world.lines_before.statistical;
    const float* true_income = world[programme.columns.true_income];
    std::uint8_t* holds = state(world).holds.data();
    for (const Enrolment& e : entering) {
      const std::uint32_t row = e.household;
      holds[row] = 1;
      const std::int64_t members = world.shard.persons[row];
      tally.entered_units += programme.units_of(world, row);
      tally.entered_persons += members;
      tally.entered_poor_persons += static_cast<double>(true_income[row]) < line_before ? members : 0;
    }
  }

  /// Merges two lists sorted by row in place, from their ends.
  static void enrol(std::vector<Enrolment>& enrolled, std::span<const Enrolment> entering) {
    std::size_t old = enrolled.size(), fresh = entering.size();
    enrolled.resize(old + fresh);
    while (fresh > 0) {
      const bool old_is_last = old > 0 && enrolled[old - 1].household > entering[fresh - 1].household;
      const std::size_t to = old + fresh - 1;
      enrolled[to] = old_is_last ? enrolled[--old] : entering[--fresh];
    }
  }

  bool asks_who_;  ///< some effect
};

class EntrantsBooked : public Year::Barrier, OfEntrants {
 public:
  explicit EntrantsBooked(OfEntrants of) : OfEntrants(of) {}
  bool acts(const Moment& now) const override { return admits(now); }
  void apply(Moment& now, const Team&) const override {
    Desk& d = of(now);
    auto& tally = now.tallies[number];
    for (std::size_t cell = 0; cell < d.tallies.size(); ++cell) {
      tally[now.sharded().block(now.sharded().cells()[cell]).county].add(d.tallies[cell]);
      d.tallies[cell] = {};
    }
    book(now);
  }
};

}  // namespace

Year::Part entrants_of(const Programme& programme, std::size_t number, Keep<Desk> desk) {
  const OfEntrants of{{programme, number, desk}};
  Year::Part part(describe_entrants(programme));
  part.add<OpenPlaces>(of).add<SearchClaims>(of).add<Spread>(of).add<RankClaims>(of).add<Grant>(of);
  part.add<Enter>(of).add<EntrantsBooked>(of);
  return part;
}

}  // namespace tuopin
