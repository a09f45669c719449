#include "models/programme/holders.hpp"

#include <algorithm>

#include "models/programme/payments.hpp"

namespace tuopin {

namespace {

void leave(World& world, const Programme& programme, ProgrammeState& state, const Recipient& to) {
  for (const auto& effect : programme.effects) effect->leave(world, to);
  state.holds[to.household] = 0;
}

struct OfHolders : OfProgramme {
  explicit OfHolders(OfProgramme of) : OfProgramme(of), leaving(programme.dropout) {
    for (const auto& effect : programme.effects) leaving = 1 - (1 - leaving) * (1 - effect->leaving_probability());
  }
  double leaving;  ///< probability to leave in a year

  /// False if the programme pays nothing, takes no days and ends no enrolment this year.
  bool acts(const Moment& now) const {
    const auto& programmes = now.worlds.by_shard.front().programmes;
    return !now.base_year() && !programmes[number].enrolled.empty() &&
           (may_leave(now.year) || costs() || programme.acts.holds || programme.takes_days);
  }
  bool may_leave(int year) const { return leaving > 0 || year - programme.first_offer >= programme.years; }
  bool costs() const { return programme.acts.pays || programme.per_year > 0; }
};

/// Determines which holders of a block remain: terms end, and some drop out at random. Computes their payments.
class Remaining : public Year::BlockStep, OfHolders {
 public:
  explicit Remaining(OfHolders of) : OfHolders(of) {}
  bool acts(const Moment& now) const override { return OfHolders::acts(now); }
  void run(Moment::Visit& visit) const override {
    World& world = visit.world();
    std::vector<Enrolment>& enrolled = state(world).enrolled[visit.number];
    if (may_leave(world.year)) end_places(world, enrolled);
    Desk::Held& held = of(visit).held[visit.cell];
    held.paid.clear();
    held.cost = 0;
    if (!costs()) return;
    if (programme.acts.pays) {
      std::vector<Recipient>& recipients = of(visit).lists[visit.member].recipients;
      list_recipients(world, programme, enrolled, recipients);
      held.paid.resize(enrolled.size(), 0);
      for (const auto& effect : programme.effects) effect->add_payments(world, recipients, held.paid);
    }
    for (std::size_t i = 0; i < enrolled.size(); ++i)
      held.cost +=
          yearly_cost(world, programme, enrolled[i].household, programme.acts.pays ? held.paid[i] : std::int64_t{0});
  }

 private:
  void end_places(World& world, std::vector<Enrolment>& enrolled) const {
    const Luck luck = world.luck(programme.dropout_luck);
    std::size_t stay = 0;
    for (const Enrolment& e : enrolled) {
      const bool over = world.year - e.entered >= programme.years;
      const auto drops_out = [&] { return luck.uniform(programme.entity(world, e.household, e.person), 0) < leaving; };
      if (over || (leaving > 0 && drops_out()))
        leave(world, programme, state(world), recipient_of(world, programme, e));
      else
        enrolled[stay++] = e;
    }
    enrolled.resize(stay);
  }
};

/// If the money does not suffice for all holders, the latest entrants leave first.
class Affordable : public Year::Barrier, OfHolders {
 public:
  explicit Affordable(OfHolders of) : OfHolders(of) {}
  bool acts(const Moment& now) const override { return OfHolders::acts(now); }
  void apply(Moment& now, const Team&) const override {
    std::vector<Desk::Held>& held = of(now).held;
    std::int64_t total = 0;
    for (const Desk::Held& block : held) total += block.cost;
    const std::int64_t available = now.treasury.available(number);
    if (total > available) keep_the_affordable(now.worlds, available, held);
  }

 private:
  struct Place {
    int newness;  ///< minus the years held: those who have held longest come first
    std::uint64_t entity;
    std::size_t cell, index;
    auto operator<=>(const Place&) const = default;
  };

  void keep_the_affordable(Worlds& worlds, std::int64_t available, std::vector<Desk::Held>& held) const {
    const auto cells = worlds.sharded->cells();
    const auto enrolled_in = [&](std::size_t cell) -> std::vector<Enrolment>& {
      return state(worlds.at(cells[cell])).enrolled[cells[cell].block];
    };
    const auto paid_to = [&](const Place& place) {
      return held[place.cell].paid.empty() ? 0 : held[place.cell].paid[place.index];
    };
    std::vector<Place> order;
    std::vector<std::vector<std::uint8_t>> stays(held.size());
    for (std::size_t c = 0; c < held.size(); ++c) {
      const std::vector<Enrolment>& enrolled = enrolled_in(c);
      stays[c].assign(enrolled.size(), 0);
      for (std::size_t i = 0; i < enrolled.size(); ++i) {
        const Recipient to = recipient_of(worlds.at(cells[c]), programme, enrolled[i]);
        order.push_back({-to.years_held, to.entity, c, i});
      }
    }
    std::sort(order.begin(), order.end());
    std::int64_t spent = 0;
    for (const Place& place : order) {
      const std::uint32_t household = enrolled_in(place.cell)[place.index].household;
      const std::int64_t cost = yearly_cost(worlds.at(cells[place.cell]), programme, household, paid_to(place));
      spent += cost;  // after the first holder who cannot be paid, only those stay who cost nothing
      stays[place.cell][place.index] = cost == 0 || spent <= available;
    }
    for (std::size_t c = 0; c < held.size(); ++c) keep(worlds.at(cells[c]), stays[c], enrolled_in(c), held[c].paid);
  }

  void keep(World& world, std::span<const std::uint8_t> stays, std::vector<Enrolment>& enrolled,
            std::vector<std::int64_t>& paid) const {
    std::size_t stay = 0;
    for (std::size_t i = 0; i < enrolled.size(); ++i) {
      if (!stays[i]) {
        leave(world, programme, state(world), recipient_of(world, programme, enrolled[i]));
        continue;
      }
      if (!paid.empty()) paid[stay] = paid[i];
      enrolled[stay++] = enrolled[i];
    }
    enrolled.resize(stay);
    if (!paid.empty()) paid.resize(stay);
  }
};

class Serve : public Year::BlockStep, OfHolders {
 public:
  explicit Serve(OfHolders of) : OfHolders(of) {}
  bool acts(const Moment& now) const override { return OfHolders::acts(now); }
  void run(Moment::Visit& visit) const override {
    World& world = visit.world();
    const std::vector<Enrolment>& enrolled = state(world).enrolled[visit.number];
    std::vector<Recipient>& recipients = of(visit).lists[visit.member].recipients;
    recipients.clear();
    if (programme.acts.holds || programme.takes_days || programme.pays_through_several)
      list_recipients(world, programme, enrolled, recipients);
    const Served served{enrolled, of(visit).held[visit.cell].paid, recipients};
    post_to_streams(visit, programme, served);
    of(visit).spent[visit.cell] = deliver(world, programme, served, false);
  }
};

class HoldersBooked : public Year::Barrier, OfHolders {
 public:
  explicit HoldersBooked(OfHolders of) : OfHolders(of) {}
  bool acts(const Moment& now) const override { return OfHolders::acts(now); }
  void apply(Moment& now, const Team&) const override { book(now); }
};

}  // namespace

Year::Part holders_of(const Programme& programme, std::size_t number, Keep<Desk> desk) {
  const OfHolders of(OfProgramme{programme, number, desk});
  Year::Part part(describe_holders(programme));
  part.add<Remaining>(of).add<Affordable>(of).add<Serve>(of).add<HoldersBooked>(of);
  return part;
}

}  // namespace tuopin
