#include "models/programme/entrants.hpp"

#include <algorithm>

#include "models/programme/places.hpp"

namespace tuopin {

namespace {

class OpenPlaces : public Year::Barrier, OfProgramme {
 public:
  explicit OpenPlaces(OfProgramme of) : OfProgramme(of) {}
  bool acts(const Moment& now) const override { return !now.base_year() && programme.open(now.year); }
  void settle(Moment& now, const Team& team) const override {
    Desk& d = of(now);
    for (World& world : now.worlds.parts) {
      if (state(world).holds.empty()) state(world).holds.assign(world.ground.rows, 0);
      if (state(world).enrolled.empty()) state(world).enrolled.resize(world.ground.blocks.size());
    }
    d.places = places_of(programme, now.land(), now.year);
    auto& tally = now.tallies[number];
    if (!programme.everyone)
      for (std::size_t pool = 0; pool < d.places.size(); ++pool) tally[pool].places = d.places[pool];
    d.available = now.treasury.available(number);
    const bool any = std::any_of(d.places.begin(), d.places.end(), [](std::int64_t of_pool) { return of_pool > 0; });
    d.admits = any && d.available > 0;
    if (d.admits) d.claims.open(now.blocks(), team.members());
  }
};

struct OfEntrants : OfProgramme {
  bool admits(const Moment& now) const { return !now.base_year() && programme.open(now.year) && of(now).admits; }
};

class SearchClaims : public Year::BlockStep, OfEntrants {
 public:
  explicit SearchClaims(OfEntrants of) : OfEntrants(of) {}
  bool acts(const Moment& now) const override { return admits(now); }
  void live(Moment::Visit& visit) const override {
    ClaimBook& book = of(visit).claims;
    book.found[visit.cell] = find_claims(visit.world(), programme, state(std::as_const(visit).world()), visit.block,
                                         book.lists[visit.member]);
  }
};

class Spread : public Year::Barrier, OfEntrants {
 public:
  explicit Spread(OfEntrants of) : OfEntrants(of) {}
  bool acts(const Moment& now) const override { return admits(now); }
  void settle(Moment& now, const Team&) const override { of(now).claims.close_search(programme); }
};

class RankClaims : public Year::BlockStep, OfEntrants {
 public:
  explicit RankClaims(OfEntrants of) : OfEntrants(of) {}
  bool acts(const Moment& now) const override { return admits(now); }
  void live(Moment::Visit& visit) const override {
    of(visit).claims.rank(std::as_const(visit).world(), programme, visit.cell);
  }
};

class Grant : public Year::Barrier, OfEntrants {
 public:
  explicit Grant(OfEntrants of) : OfEntrants(of) {}
  bool acts(const Moment& now) const override { return admits(now); }
  void settle(Moment& now, const Team& team) const override {
    Desk& d = of(now);
    d.claims.grant(now.land(), programme, make_pools(now.land(), programme, d.places, d.available), team);
  }
};

class Enter : public Year::BlockStep, OfEntrants {
 public:
  explicit Enter(OfEntrants of) : OfEntrants(of) {}
  bool acts(const Moment& now) const override { return admits(now); }
  void live(Moment::Visit& visit) const override {
    Desk& d = of(visit);
    BlockClaims& claims = d.claims.found[visit.cell];
    ProgrammeTally& tally = d.tallies[visit.cell];
    tally.eligible_persons = claims.eligible_persons;
    tally.applied_persons = claims.applied_persons;
    const Served entering = enter(visit.world(), claims.candidates, tally);
    d.spent[visit.cell] = deliver(visit.world(), programme, entering, true);
    enrol(state(visit.world()).enrolled[visit.number], entering.enrolments);
    claims = {};
  }

 private:
  /// Enters the units that were granted; returns what they are served with.
  Served enter(World& world, std::span<const Candidate> granted, ProgrammeTally& tally) const {
    Served entering;
    for (const Candidate& c : granted) {
      const std::uint32_t person = programme.unit_is_person ? c.row : world.ground.people.person_begin[c.household];
      const Enrolment e{c.household, person, static_cast<std::uint16_t>(world.year), 0};
      entering.add(e, recipient_of(world, programme, e));
    }
    // Paid is what the claim was granted for: by the state in which it claimed, before it has moved or has its house.
    entering.paid.assign(entering.size(), 0);
    for (const auto& effect : programme.effects) effect->add_payments(world, entering.recipients, entering.paid);
    for (const auto& effect : programme.effects) {
      effect->choose(world, entering.recipients);
      for (const Recipient& to : entering.recipients) effect->enter(world, to);
    }
    note(world, entering, tally);
    return entering;
  }

  void note(World& world, Served& entering, ProgrammeTally& tally) const {
    // The income of the year before: this year's is not known yet.
    const double line_before = world.region.line("statistical", world.year - 1);
    const float* true_income = world[programme.columns.true_income];
    for (std::size_t i = 0; i < entering.size(); ++i) {
      const std::uint32_t row = entering.recipients[i].household;
      entering.enrolments[i].detail = entering.recipients[i].detail;
      state(world).holds[row] = 1;
      const std::int64_t members = world.ground.persons[row];
      tally.entered_units += programme.units_of(world, row);
      tally.entered_persons += members;
      if (static_cast<double>(true_income[row]) < line_before) tally.entered_poor_persons += members;
    }
  }

  static void enrol(std::vector<Enrolment>& enrolled, std::span<const Enrolment> entering) {
    const auto old = static_cast<std::ptrdiff_t>(enrolled.size());  // both parts ascend by row
    enrolled.insert(enrolled.end(), entering.begin(), entering.end());
    std::inplace_merge(enrolled.begin(), enrolled.begin() + old, enrolled.end(),
                       [](const Enrolment& a, const Enrolment& b) { return a.household < b.household; });
  }
};

class EntrantsBooked : public Year::Barrier, OfEntrants {
 public:
  explicit EntrantsBooked(OfEntrants of) : OfEntrants(of) {}
  bool acts(const Moment& now) const override { return admits(now); }
  void settle(Moment& now, const Team&) const override {
    Desk& d = of(now);
    auto& tally = now.tallies[number];
    for (std::size_t cell = 0; cell < d.tallies.size(); ++cell) {
      tally[now.land().block(now.land().cells()[cell]).county].add(d.tallies[cell]);
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
