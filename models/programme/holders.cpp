#include "models/programme/holders.hpp"

#include <algorithm>

namespace tuopin {

namespace {

void leave(World& world, const Programme& programme, ProgrammeState& state, const Recipient& to) {
  for (const auto& effect : programme.effects) effect->leave(world, to);
  state.holds[to.household] = 0;
}

struct OfHolders : OfProgramme {
  bool somebody_holds(const Moment& now) const {
    const auto& programmes = now.worlds.parts.front().programmes;
    return !now.base_year() && !programmes[number].enrolled.empty();
  }
};

/// Who of a block still holds a place: terms end, some drop out by luck. Computes what they are paid.
class Remaining : public Year::BlockStep, OfHolders {
 public:
  explicit Remaining(OfHolders of) : OfHolders(of), leaving_(of.programme.dropout) {
    for (const auto& effect : programme.effects) leaving_ = 1 - (1 - leaving_) * (1 - effect->leaving_probability());
  }
  bool acts(const Moment& now) const override { return somebody_holds(now); }
  void live(Moment::Visit& visit) const override {
    World& world = visit.world();
    ProgrammeState& programme_state = state(world);
    const std::vector<Enrolment>& enrolled = programme_state.enrolled[visit.number];
    Served held;
    held.enrolments.reserve(enrolled.size());
    held.recipients.reserve(enrolled.size());
    const std::vector<std::uint32_t> draws =
        leaving_ > 0 ? draws_of_enrolled(world, enrolled) : std::vector<std::uint32_t>{};
    for (std::size_t i = 0; i < enrolled.size(); ++i) {
      const Recipient to = recipient_of(world, programme, enrolled[i]);
      if (to.years_held >= programme.years || (leaving_ > 0 && uniform_from(draws[i]) < leaving_))
        leave(world, programme, programme_state, to);
      else
        held.add(enrolled[i], to);
    }
    held.paid.assign(held.size(), 0);
    for (const auto& effect : programme.effects) effect->add_payments(world, held.recipients, held.paid);
    for (std::size_t i = 0; i < held.size(); ++i) held.cost += yearly_cost(world, programme, held, i);
    of(visit).held[visit.cell] = std::move(held);
  }

 private:
  std::vector<std::uint32_t> draws_of_enrolled(const World& world, const std::vector<Enrolment>& enrolled) const {
    std::vector<std::uint64_t> entities;
    for (const Enrolment& e : enrolled) entities.push_back(programme.entity(world, e.household, e.person));
    return draws_of(world.luck(programme.dropout_luck), std::span<const std::uint64_t>(entities));
  }
  double leaving_;
};

/// Where the money no longer carries all holders, those who came last leave first.
class Affordable : public Year::Barrier, OfHolders {
 public:
  explicit Affordable(OfHolders of) : OfHolders(of) {}
  bool acts(const Moment& now) const override { return somebody_holds(now); }
  void settle(Moment& now, const Team&) const override {
    std::vector<Served>& held = of(now).held;
    std::int64_t total = 0;
    for (const Served& block : held) total += block.cost;
    const std::int64_t available = now.treasury.available(number);
    if (total > available) keep_the_affordable(now.worlds, available, held);
  }

 private:
  struct Place {
    int newness;  ///< those who have held longest come first
    std::uint64_t entity;
    std::size_t cell, index;
    auto operator<=>(const Place&) const = default;
  };

  void keep_the_affordable(Worlds& worlds, std::int64_t available, std::vector<Served>& held) const {
    const auto cells = worlds.land->cells();
    std::vector<Place> order;
    std::vector<std::vector<std::uint8_t>> stays(held.size());
    for (std::size_t c = 0; c < held.size(); ++c) {
      stays[c].assign(held[c].size(), 0);
      for (std::size_t i = 0; i < held[c].size(); ++i)
        order.push_back({-held[c].recipients[i].years_held, held[c].recipients[i].entity, c, i});
    }
    std::sort(order.begin(), order.end());
    std::int64_t spent = 0;
    for (const Place& place : order) {
      const std::int64_t cost = yearly_cost(worlds.at(cells[place.cell]), programme, held[place.cell], place.index);
      spent += cost;  // beyond the first who cannot be paid, only those stay who cost nothing
      stays[place.cell][place.index] = cost == 0 || spent <= available;
    }
    for (std::size_t c = 0; c < held.size(); ++c) {
      World& world = worlds.at(cells[c]);
      for (std::size_t i = 0; i < held[c].size(); ++i)
        if (!stays[c][i]) leave(world, programme, state(world), held[c].recipients[i]);
      held[c].keep(stays[c]);
    }
  }
};

class Serve : public Year::BlockStep, OfHolders {
 public:
  explicit Serve(OfHolders of) : OfHolders(of) {}
  bool acts(const Moment& now) const override { return somebody_holds(now); }
  void live(Moment::Visit& visit) const override {
    Served& held = of(visit).held[visit.cell];
    of(visit).spent[visit.cell] = deliver(visit.world(), programme, held, false);
    state(visit.world()).enrolled[visit.number] = std::move(held.enrolments);
    held = {};
  }
};

class HoldersBooked : public Year::Barrier, OfHolders {
 public:
  explicit HoldersBooked(OfHolders of) : OfHolders(of) {}
  bool acts(const Moment& now) const override { return somebody_holds(now); }
  void settle(Moment& now, const Team&) const override { book(now); }
};

}  // namespace

Year::Part holders_of(const Programme& programme, std::size_t number, Keep<Desk> desk) {
  const OfHolders of{{programme, number, desk}};
  Year::Part part(describe_holders(programme));
  part.add<Remaining>(of).add<Affordable>(of).add<Serve>(of).add<HoldersBooked>(of);
  return part;
}

}  // namespace tuopin
