#include "models/programme/delivery.hpp"

#include <algorithm>

namespace tuopin {

namespace {

/// Subtracts the labour days that an effect takes from its recipients, at most the days they have.
void take_days(World& world, const Programme::Columns& columns, const Effect& effect,
               std::span<const Recipient> recipients) {
  std::uint16_t *free_days = world[columns.free_days], *days_taken = world[columns.days_taken];
  for (const Recipient& to : recipients) {
    const auto taken = static_cast<std::uint16_t>(std::min<double>(effect.days(world, to), free_days[to.household]));
    free_days[to.household] = static_cast<std::uint16_t>(free_days[to.household] - taken);
    days_taken[to.household] = static_cast<std::uint16_t>(days_taken[to.household] + taken);
  }
}

}  // namespace

Recipient recipient_of(const World& world, const Programme& programme, const Enrolment& e) {
  return {e.household, e.person,  programme.entity(world, e.household, e.person), world.year - e.entered,
          e.detail,    e.own_land};
}

void list_recipients(const World& world, const Programme& programme, std::span<const Enrolment> enrolments,
                     std::vector<Recipient>& recipients) {
  recipients.resize(enrolments.size());
  for (std::size_t i = 0; i < enrolments.size(); ++i) recipients[i] = recipient_of(world, programme, enrolments[i]);
}

std::int64_t yearly_cost(const World& world, const Programme& programme, std::uint32_t household, std::int64_t paid) {
  const std::int64_t cost = paid * world.shard.people.weight[household] +
                            programme.units_of(world, household) * programme.per_year_fen(world.year);
  if (cost == 0) return 0;  // no running cost (a house already built, a move already made): lack of money cannot end it
  return cost + static_cast<std::int64_t>(programme.admin_share * static_cast<double>(cost)) + 1;  // rounding included
}

Spent deliver(World& world, const Programme& programme, const Served& served, bool entering) {
  for (const auto& effect : programme.effects) {
    if (effect->takes_days()) take_days(world, programme.columns, *effect, served.recipients);
    if (effect->acts().holds) effect->hold(world, served.recipients);
  }
  Spent spent;
  std::int32_t* payments = world[programme.columns.payments];
  for (std::size_t i = 0; i < served.paid.size(); ++i) {
    const std::uint32_t row = served.enrolments[i].household;
    const std::int64_t total = payments[row] + served.paid[i];
    if (total > std::numeric_limits<std::int32_t>::max())
      throw ScenarioError(
          message("programme {} pays one household more than 21 million yuan in {}: check the amount and its `per`",
                  programme.name, world.year));
    payments[row] = static_cast<std::int32_t>(total);
    spent.household += served.paid[i] * world.shard.people.weight[row];
  }
  const std::int64_t unit_fen = programme.per_year_fen(world.year) + (entering ? programme.once_fen(world.year) : 0);
  if (unit_fen == 0) return spent;
  std::int64_t units = 0;
  for (const Enrolment& e : served.enrolments) units += programme.units_of(world, e.household);
  spent.supplier = units * unit_fen;
  return spent;
}

void book(std::span<const Spent> by_county, std::size_t p, const Programme& programme, Treasury& treasury,
          std::vector<ProgrammeTally>& tally) {
  for (std::uint32_t county = 0; county < by_county.size(); ++county) {
    const auto [household, supplier] = by_county[county];
    const std::int64_t spent = household + supplier;
    if (spent == 0) continue;
    const auto administration = static_cast<std::int64_t>(programme.admin_share * static_cast<double>(spent));
    tally[county].to_household_fen += household;
    tally[county].to_supplier_fen += supplier;
    tally[county].administration_fen += administration;
    treasury.spend(p, county, household, supplier, administration);
  }
}

}  // namespace tuopin
