#include "models/programme/service.hpp"

#include <algorithm>

#include "engine/base/numbers.hpp"
#include "engine/run/parallel.hpp"
#include "models/programme/claims.hpp"
#include "models/programme/delivery.hpp"
#include "models/programme/places.hpp"

namespace tuopin {

namespace {

/// body(index of cell, its world, its block) for every block of the land.
template <typename Body>
void for_each_cell(Worlds& worlds, int threads, const Body& body) {
  const Land& land = *worlds.land;
  parallel_for(land.cells().size(), threads, nullptr, [&](std::size_t i, int) {
    const Land::Cell cell = land.cells()[i];
    body(i, worlds.at(cell), cell.block);
  });
}

std::vector<Spent> by_county(const Land& land, std::span<const Spent> by_cell) {
  std::vector<Spent> sums(land.counties());
  for (std::size_t i = 0; i < by_cell.size(); ++i) {
    Spent& sum = sums[land.block(land.cells()[i]).county];
    sum.household += by_cell[i].household;
    sum.supplier += by_cell[i].supplier;
  }
  return sums;
}

void leave(World& world, const Programme& programme, ProgrammeState& state, const Recipient& to) {
  for (const auto& effect : programme.effects) effect->leave(world, to);
  state.holds[to.household] = 0;
}

/// Who of a block still holds a place: terms end, some drop out by luck. Computes what they are paid.
Served remaining_holders(World& world, const Programme& programme, std::size_t p, std::uint32_t block, double leaving) {
  ProgrammeState& state = world.programmes[p];
  const std::vector<Enrolment>& enrolled = state.enrolled[block];
  Served held;
  held.enrolments.reserve(enrolled.size());
  held.recipients.reserve(enrolled.size());
  std::vector<std::uint32_t> draws;
  if (leaving > 0) {
    std::vector<std::uint64_t> entities;
    for (const Enrolment& e : enrolled) entities.push_back(programme.entity(world, e.household, e.person));
    draws.resize(entities.size() * Scratch::draw_rows);
    world.luck(programme.process("dropout"), programme.unit_is_person ? Kind::person : Kind::household)
        .fill(std::span<const std::uint64_t>(entities), draws.data(), entities.size());
  }
  for (std::size_t i = 0; i < enrolled.size(); ++i) {
    const Recipient to = recipient_of(world, programme, enrolled[i]);
    if (to.years_held >= programme.years || (leaving > 0 && uniform_from(draws[i]) < leaving))
      leave(world, programme, state, to);
    else
      held.add(enrolled[i], to);
  }
  held.paid.assign(held.size(), 0);
  for (const auto& effect : programme.effects) effect->add_payments(world, held.recipients, held.paid);
  for (std::size_t i = 0; i < held.size(); ++i) held.cost += yearly_cost(world, programme, held, i);
  return held;
}

/// Where the money no longer carries all holders, those who came last leave first.
void keep_the_affordable(Worlds& worlds, const Programme& programme, std::size_t p, std::int64_t available,
                         std::vector<Served>& held) {
  struct Place {
    int newness;  ///< those who have held longest come first
    std::uint64_t entity;
    std::size_t cell, index;
    auto operator<=>(const Place&) const = default;
  };
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
      if (!stays[c][i]) leave(world, programme, world.programmes[p], held[c].recipients[i]);
    held[c].keep(stays[c]);
  }
}

/// Enters the units of one block that were granted; returns what they are served with.
Served enter(World& world, const Programme& programme, ProgrammeState& state, std::span<const Candidate> granted,
             ProgrammeTally& tally) {
  // The income of the year before: this year's is not known yet.
  const double line_before = world.region.line("statistical", world.year - 1);
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
  for (std::size_t i = 0; i < entering.size(); ++i) {
    const std::uint32_t row = entering.recipients[i].household;
    entering.enrolments[i].detail = entering.recipients[i].detail;
    state.holds[row] = 1;
    const std::int64_t members =
        static_cast<std::int64_t>(world.ground.people.weight[row]) * world.ground.people.members[row];
    tally.entered_units += programme.units_of(world, row);
    tally.entered_persons += members;
    if (static_cast<double>(world.household.true_income[row]) < line_before) tally.entered_poor_persons += members;
  }
  return entering;
}

/// Appends the columns that are not there yet, so that each stands where it was first named.
void add_new(std::vector<std::string>& columns, const std::vector<std::string>& more) {
  for (const std::string& column : more)
    if (std::find(columns.begin(), columns.end(), column) == columns.end()) columns.push_back(column);
}

void enrol(std::vector<Enrolment>& enrolled, std::span<const Enrolment> entering) {
  const auto old = static_cast<std::ptrdiff_t>(enrolled.size());  // both parts ascend by row
  enrolled.insert(enrolled.end(), entering.begin(), entering.end());
  std::inplace_merge(enrolled.begin(), enrolled.begin() + old, enrolled.end(),
                     [](const Enrolment& a, const Enrolment& b) { return a.household < b.household; });
}

}  // namespace

ProgrammeService::ProgrammeService(const std::vector<Programme>& programmes, double days_per_worker)
    : programmes_(programmes), days_per_worker_(days_per_worker) {}

void ProgrammeService::serve(Worlds& worlds, Treasury& treasury, YearTallies& tallies, int threads,
                             Stopwatch* watch) const {
  for_each_cell(worlds, threads,
                [&](std::size_t, World& world, std::uint32_t b) { clear_year(world, world.ground.blocks[b]); });
  tallies.assign(programmes_.size(), std::vector<ProgrammeTally>(worlds.land->counties()));
  for (World& world : worlds.parts)
    if (world.programmes.size() < programmes_.size()) world.programmes.resize(programmes_.size());
  if (worlds.base_year()) return;
  lap(watch, "programmes: year cleared");
  for (std::size_t p = 0; p < programmes_.size(); ++p) serve_holders(worlds, p, treasury, tallies[p], threads);
  lap(watch, "programmes: holders served");
  for (std::size_t p = 0; p < programmes_.size(); ++p)
    if (programmes_[p].open(worlds.year())) admit(worlds, p, treasury, tallies[p], threads, watch);
}

void ProgrammeService::clear_year(World& world, const Block& block) const {
  auto& h = world.household;
  const auto begin = block.begin, n = block.size();
  std::fill_n(h.payments.begin() + begin, n, 0);
  std::fill_n(h.programme_earnings.begin() + begin, n, 0.0f);
  std::fill_n(h.days_taken.begin() + begin, n, std::uint16_t{0});
  const std::uint8_t* __restrict able = world.ground.people.able_workers.data();
  for (std::uint32_t row = begin; row < block.end; ++row)
    h.free_days[row] = static_cast<std::uint16_t>(able[row] * days_per_worker_);
}

void ProgrammeService::serve_holders(Worlds& worlds, std::size_t p, Treasury& treasury,
                                     std::vector<ProgrammeTally>& tally, int threads) const {
  const Programme& programme = programmes_[p];
  if (worlds.parts.front().programmes[p].enrolled.empty()) return;  // nobody has ever entered
  double leaving = programme.dropout;
  for (const auto& effect : programme.effects) leaving = 1 - (1 - leaving) * (1 - effect->leaving_probability());

  std::vector<Served> held(worlds.land->cells().size());
  for_each_cell(worlds, threads, [&](std::size_t i, World& world, std::uint32_t block) {
    held[i] = remaining_holders(world, programme, p, block, leaving);
  });
  std::int64_t total = 0;
  for (const Served& block : held) total += block.cost;
  const std::int64_t available = treasury.available(p);
  if (total > available) keep_the_affordable(worlds, programme, p, available, held);

  std::vector<Spent> spent(held.size());
  for_each_cell(worlds, threads, [&](std::size_t i, World& world, std::uint32_t block) {
    spent[i] = deliver(world, programme, held[i], false);
    world.programmes[p].enrolled[block] = std::move(held[i].enrolments);
  });
  book(by_county(*worlds.land, spent), p, programme, treasury, tally);
}

void ProgrammeService::admit(Worlds& worlds, std::size_t p, Treasury& treasury, std::vector<ProgrammeTally>& tally,
                             int threads, Stopwatch* watch) const {
  const Programme& programme = programmes_[p];
  const Land& land = *worlds.land;
  for (World& world : worlds.parts) {
    ProgrammeState& state = world.programmes[p];
    if (state.holds.empty()) state.holds.assign(world.ground.rows, 0);
    if (state.enrolled.empty()) state.enrolled.resize(world.ground.blocks.size());
  }
  const std::vector<std::int64_t> places = places_of(programme, land, worlds.year());
  if (!programme.everyone)
    for (std::size_t pool = 0; pool < places.size(); ++pool) tally[pool].places = places[pool];
  const std::int64_t available = treasury.available(p);
  const bool any = std::any_of(places.begin(), places.end(), [](std::int64_t of_pool) { return of_pool > 0; });
  if (!any || available <= 0) return;

  std::vector<BlockClaims> found = find_claims(worlds, programme, p, threads);
  lap(watch, "programmes: claims found");
  grant(worlds, programme, places, available, found, threads);
  lap(watch, "programmes: places granted");

  std::vector<Spent> spent(found.size());
  std::vector<ProgrammeTally> tallies(found.size());
  for_each_cell(worlds, threads, [&](std::size_t i, World& world, std::uint32_t block) {
    ProgrammeState& state = world.programmes[p];
    tallies[i].eligible_persons = found[i].eligible_persons;
    tallies[i].applied_persons = found[i].applied_persons;
    const Served entering = enter(world, programme, state, found[i].candidates, tallies[i]);
    spent[i] = deliver(world, programme, entering, true);
    enrol(state.enrolled[block], entering.enrolments);
  });
  for (std::size_t i = 0; i < tallies.size(); ++i) tally[land.block(land.cells()[i]).county].add(tallies[i]);
  book(by_county(land, spent), p, programme, treasury, tally);
  lap(watch, "programmes: entered");
}

void tally_members(const Worlds& worlds, YearTallies& tallies, int threads) {
  const Land& land = *worlds.land;
  const auto cells = land.cells();
  std::vector<ProgrammeTally> counted(cells.size() * tallies.size());
  parallel_for(cells.size(), threads, nullptr, [&](std::size_t i, int) {
    const World& world = worlds.at(cells[i]);
    for (std::size_t p = 0; p < tallies.size(); ++p) {
      if (world.programmes[p].enrolled.empty()) continue;
      ProgrammeTally& tally = counted[i * tallies.size() + p];
      for (const Enrolment& e : world.programmes[p].enrolled[cells[i].block]) {
        const std::int64_t persons = static_cast<std::int64_t>(world.ground.people.members[e.household]) *
                                     world.ground.people.weight[e.household];
        const bool left =
            !world.household.registered[e.household] && world.household.exit_year[e.household] == world.year;
        tally.holding_persons += persons;
        tally.left_register_persons += left ? persons : 0;
      }
    }
  });
  for (std::size_t i = 0; i < cells.size(); ++i)
    for (std::size_t p = 0; p < tallies.size(); ++p)
      tallies[p][land.block(cells[i]).county].add(counted[i * tallies.size() + p]);
}

Description describe(const Programme& programme) {
  std::string en = programme.title.en + ": ", zh = programme.title.zh + ":";
  for (std::size_t i = 0; i < programme.effects.size(); ++i) {
    const Text words = programme.effects[i]->in_words();
    en += (i ? "; " : "") + words.en;
    zh += (i ? ";" : "") + words.zh;
  }
  Description d{"programme." + programme.name, en, zh, {}, {}, programme.processes()};
  add_new(d.reads, programme.eligible.reads());
  add_new(d.reads, programme.score.reads());
  if (programme.exclusion > 0) add_new(d.reads, programme.exclusion_by.reads());
  for (const auto& effect : programme.effects) {
    add_new(d.reads, effect->reads());
    add_new(d.writes, effect->writes());
  }
  // Places and money are counted in them. What is only tallied (true income on entry) decides nothing and is left out.
  if (programme.capacity_unit == CapacityUnit::persons && !programme.unit_is_person)
    add_new(d.reads, {"household.members"});
  add_new(d.reads, {"household.weight"});
  return d;
}

}  // namespace tuopin
