#include "models/programme/service.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/numbers.hpp"
#include "engine/money/budgets.hpp"
#include "engine/run/parallel.hpp"
#include "models/programme/claims.hpp"

namespace tuopin {

namespace {

std::uint32_t county_of(const World& world, std::uint32_t household) {
  const auto& people = world.ground.people;
  return people.village_county[people.village[household]];
}

Recipient recipient_of(const World& world, const Programme& programme, const Enrolment& e) {
  return {e.household, e.person, programme.entity(world, e.household, e.person), world.year - e.entered, e.detail};
}

/// Where the money no longer carries all holders, those who came last leave first. The three vectors go together.
template <typename Leave>
void keep_the_affordable(const World& world, const Programme& programme, std::int64_t available,
                         std::vector<Enrolment>& kept, std::vector<Recipient>& recipients,
                         std::vector<std::int64_t>& paid, const Leave& leave) {
  const auto cost_of = [&](std::size_t i) {
    const std::uint32_t row = recipients[i].household;
    const std::int64_t cost =
        paid[i] * world.ground.people.weight[row] + programme.units_of(world, row) * programme.per_year_fen;
    return cost + static_cast<std::int64_t>(programme.admin_share * static_cast<double>(cost)) +
           1;  // rounding included
  };
  std::int64_t total = 0;
  for (std::size_t i = 0; i < recipients.size(); ++i) total += cost_of(i);
  if (total <= available) return;

  std::vector<std::uint32_t> order(recipients.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::pair(-recipients[a].years_held, recipients[a].entity) <
           std::pair(-recipients[b].years_held, recipients[b].entity);
  });
  std::vector<std::uint8_t> stays(recipients.size(), 0);
  std::int64_t spent = 0;
  for (const std::uint32_t i : order) {
    if (spent + cost_of(i) > available) break;
    spent += cost_of(i);
    stays[i] = 1;
  }
  std::size_t n = 0;
  for (std::size_t i = 0; i < recipients.size(); ++i) {
    if (!stays[i]) {
      leave(kept[i], recipients[i]);
      continue;
    }
    kept[n] = kept[i];
    recipients[n] = recipients[i];
    paid[n++] = paid[i];
  }
  kept.resize(n);
  recipients.resize(n);
  paid.resize(n);
}

}  // namespace

ProgrammeService::ProgrammeService(const std::vector<Programme>& programmes, double days_per_worker)
    : programmes_(programmes), days_per_worker_(days_per_worker) {}

void ProgrammeService::serve(World& world, Treasury& treasury, YearTallies& tallies, int threads) const {
  clear_year(world);
  tallies.assign(programmes_.size(), std::vector<ProgrammeTally>(world.ground.counties));
  if (world.programmes.size() < programmes_.size()) world.programmes.resize(programmes_.size());
  if (world.base_year()) return;
  for (std::size_t p = 0; p < programmes_.size(); ++p) serve_holders(world, p, treasury, tallies[p]);
  for (std::size_t p = 0; p < programmes_.size(); ++p)
    if (programmes_[p].open(world.year)) admit(world, p, treasury, tallies[p], threads);
}

void ProgrammeService::clear_year(World& world) const {
  auto& h = world.household;
  std::fill(h.payments.begin(), h.payments.end(), 0);
  std::fill(h.programme_earnings.begin(), h.programme_earnings.end(), 0.0f);
  std::fill(h.days_taken.begin(), h.days_taken.end(), std::uint16_t{0});
  const auto& able = world.ground.people.able_workers;
  for (std::size_t row = 0; row < able.size(); ++row)
    h.free_days[row] = static_cast<std::uint16_t>(able[row] * days_per_worker_);
}

void ProgrammeService::deliver(World& world, const Programme& programme, std::span<const Recipient> recipients,
                               std::span<const std::int64_t> fen) const {
  auto& h = world.household;
  for (const auto& effect : programme.effects) {
    if (effect->takes_days()) {
      for (const Recipient& to : recipients) {
        const auto taken =
            static_cast<std::uint16_t>(std::min<double>(effect->days(world, to), h.free_days[to.household]));
        h.free_days[to.household] = static_cast<std::uint16_t>(h.free_days[to.household] - taken);
        h.days_taken[to.household] = static_cast<std::uint16_t>(h.days_taken[to.household] + taken);
      }
    }
    effect->hold(world, recipients);
  }
  for (std::size_t i = 0; i < recipients.size(); ++i) {
    const std::int64_t total = h.payments[recipients[i].household] + fen[i];
    if (total > std::numeric_limits<std::int32_t>::max())
      throw ScenarioError("programme " + programme.name + " pays one household more than 21 million yuan in " +
                          std::to_string(world.year) + ": check the amount and its `per`");
    h.payments[recipients[i].household] = static_cast<std::int32_t>(total);
  }
}

void ProgrammeService::book(World& world, std::size_t p, std::span<const Recipient> recipients,
                            std::span<const std::int64_t> paid, bool entering, Treasury& treasury,
                            std::vector<ProgrammeTally>& tally) const {
  const Programme& programme = programmes_[p];
  std::vector<std::int64_t> household(tally.size(), 0), supplier(tally.size(), 0);
  for (std::size_t i = 0; i < recipients.size(); ++i) {
    const std::uint32_t row = recipients[i].household, county = county_of(world, row);
    household[county] += paid[i] * world.ground.people.weight[row];
    supplier[county] += programme.units_of(world, row) * (programme.per_year_fen + (entering ? programme.once_fen : 0));
  }
  for (std::uint32_t county = 0; county < tally.size(); ++county) {
    const std::int64_t spent = household[county] + supplier[county];
    const auto administration = static_cast<std::int64_t>(programme.admin_share * static_cast<double>(spent));
    if (spent == 0) continue;
    tally[county].to_household_fen += household[county];
    tally[county].to_supplier_fen += supplier[county];
    tally[county].administration_fen += administration;
    treasury.spend(p, county, household[county], supplier[county], administration);
  }
}

void ProgrammeService::serve_holders(World& world, std::size_t p, Treasury& treasury,
                                     std::vector<ProgrammeTally>& tally) const {
  const Programme& programme = programmes_[p];
  ProgrammeState& state = world.programmes[p];
  if (state.enrolled.empty()) return;
  double leaving = programme.dropout;
  for (const auto& effect : programme.effects) leaving = 1 - (1 - leaving) * (1 - effect->leaving_probability());
  const Luck luck = world.luck(programme.process("dropout"), programme.unit_is_person ? Kind::person : Kind::household);

  std::vector<Enrolment> kept;
  std::vector<Recipient> recipients;
  kept.reserve(state.enrolled.size());
  recipients.reserve(state.enrolled.size());
  const auto leave = [&](const Enrolment& e, const Recipient& to) {
    for (const auto& effect : programme.effects) effect->leave(world, to);
    state.holds[e.household] = 0;
  };
  for (const Enrolment& e : state.enrolled) {
    const Recipient to = recipient_of(world, programme, e);
    if (to.years_held >= programme.years || (leaving > 0 && luck.uniform(to.entity, 0) < leaving)) {
      leave(e, to);
    } else {
      kept.push_back(e);
      recipients.push_back(to);
    }
  }

  std::vector<std::int64_t> paid(recipients.size(), 0);
  for (const auto& effect : programme.effects) effect->add_payments(world, recipients, paid);
  keep_the_affordable(world, programme, treasury.available(p), kept, recipients, paid, leave);
  state.enrolled.swap(kept);
  deliver(world, programme, recipients, paid);
  book(world, p, recipients, paid, false, treasury, tally);
}

void ProgrammeService::admit(World& world, std::size_t p, Treasury& treasury, std::vector<ProgrammeTally>& tally,
                             int threads) const {
  const Programme& programme = programmes_[p];
  ProgrammeState& state = world.programmes[p];
  if (state.holds.empty()) state.holds.assign(world.ground.rows, 0);
  const std::int64_t capacity = programme.capacity_of(world.year, world.ground.share);
  const std::int64_t available = treasury.available(p);
  if (capacity <= 0 || available <= 0) return;

  std::vector<Claim> claims = find_claims(world, programme, state, tally, threads);
  std::vector<Pool> pools = make_pools(world, programme, capacity, available);
  if (pools.size() == 1)
    for (Claim& claim : claims) claim.pool = 0;
  const std::vector<Claim> granted = allocate(claims, pools);

  // The income of the year before: this year's is not known yet.
  const double line_before = world.region.line("statistical", world.year - 1);
  std::vector<Enrolment> entering;
  std::vector<Recipient> recipients;
  for (const Claim& claim : granted) {
    const std::uint32_t household = programme.unit_is_person ? world.ground.person_household[claim.row] : claim.row;
    const std::uint32_t person = programme.unit_is_person ? claim.row : world.ground.people.person_begin[household];
    Enrolment e{household, person, static_cast<std::uint16_t>(world.year), 0};
    Recipient to = recipient_of(world, programme, e);
    for (const auto& effect : programme.effects)
      if (const std::uint8_t detail = effect->choose(world, to)) e.detail = to.detail = detail;
    for (const auto& effect : programme.effects) effect->enter(world, to);
    state.holds[household] = 1;
    entering.push_back(e);
    recipients.push_back(to);
    const std::int64_t weight = world.ground.people.weight[household];
    const std::int64_t members = weight * world.ground.people.members[household];
    ProgrammeTally& t = tally[county_of(world, household)];
    t.entered_units += programme.units_of(world, household);
    t.entered_persons += members;
    if (static_cast<double>(world.household.true_income[household]) < line_before) t.entered_poor_persons += members;
  }
  std::vector<std::int64_t> paid(recipients.size(), 0);
  for (const auto& effect : programme.effects) effect->add_payments(world, recipients, paid);
  deliver(world, programme, recipients, paid);
  book(world, p, recipients, paid, true, treasury, tally);

  const auto old = static_cast<std::ptrdiff_t>(state.enrolled.size());  // both parts ascend by row
  state.enrolled.insert(state.enrolled.end(), entering.begin(), entering.end());
  std::inplace_merge(state.enrolled.begin(), state.enrolled.begin() + old, state.enrolled.end(),
                     [](const Enrolment& a, const Enrolment& b) { return a.household < b.household; });
}

void tally_members(const World& world, YearTallies& tallies) {
  for (std::size_t p = 0; p < tallies.size(); ++p) {
    for (const Enrolment& e : world.programmes[p].enrolled) {
      const std::int64_t persons =
          static_cast<std::int64_t>(world.ground.people.members[e.household]) * world.ground.people.weight[e.household];
      ProgrammeTally& tally = tallies[p][county_of(world, e.household)];
      tally.holding_persons += persons;
      if (!world.household.registered[e.household] && world.household.exit_year[e.household] == world.year)
        tally.left_register_persons += persons;
    }
  }
}

Description describe(const Programme& programme) {
  std::string en = programme.title.en + ": ", zh = programme.title.zh + ":";
  for (std::size_t i = 0; i < programme.effects.size(); ++i) {
    const Text words = programme.effects[i]->in_words();
    en += (i ? "; " : "") + words.en;
    zh += (i ? ";" : "") + words.zh;
  }
  Description d{"programme." + programme.name,
                en,
                zh,
                programme.eligible.reads(),
                {"household.payments", "household.programme_earnings", "household.days_taken", "household.free_days"},
                programme.processes()};
  for (const Rule* rule : {&programme.score, &programme.exclusion_by})
    for (const std::string& column : rule->reads())
      if (std::find(d.reads.begin(), d.reads.end(), column) == d.reads.end()) d.reads.push_back(column);
  return d;
}

}  // namespace tuopin
