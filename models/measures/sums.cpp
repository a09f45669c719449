#include "models/measures/sums.hpp"

#include <bit>
#include <cmath>

#include "engine/base/numbers.hpp"

namespace tuopin {

namespace {

// Adding 1.5·2^(52−k) to a small double leaves round(x·2^k) in the low bits of its mantissa: one add and one integer
// subtraction, exact and vectorisable everywhere.
constexpr double shift_40 = 6144.0;   // 1.5 · 2^12
constexpr double shift_36 = 98304.0;  // 1.5 · 2^16

std::int64_t scaled(double x, double shift) {
  return std::bit_cast<std::int64_t>(x + shift) - std::bit_cast<std::int64_t>(shift);
}

void add_incomes(std::uint32_t n, const float* __restrict income, const double* __restrict log_income,
                 const std::uint8_t* __restrict members, const std::uint16_t* __restrict weight, double line, int c,
                 PlaceSums& sums) {
  for (int k = 0; k < line_count; ++k) {
    const double z = line * line_multiples[static_cast<std::size_t>(k)], inverse = 1 / z, log_z = fixed_log(z);
    std::int64_t poor = 0, gap = 0, gap_squared = 0, watts = 0;
    for (std::uint32_t i = 0; i < n; ++i) {
      const double y = income[i];
      const std::int64_t persons = members[i] * static_cast<std::int32_t>(weight[i]);
      const bool is_poor = y < z;
      const double g = is_poor ? 1 - y * inverse : 0.0;
      const double w = is_poor ? log_z - log_income[i] : 0.0;
      poor += is_poor ? persons : 0;
      gap += persons * scaled(g, shift_40);
      gap_squared += persons * scaled(g * g, shift_40);
      watts += persons * scaled(w, shift_36);
    }
    const auto cc = static_cast<std::size_t>(c), kk = static_cast<std::size_t>(k);
    sums.poor[cc][kk] += poor;
    sums.gap[cc][kk] += gap;
    sums.gap_squared[cc][kk] += gap_squared;
    sums.watts[cc][kk] += watts;
  }
}

void add_bins(std::uint32_t n, const float* __restrict income, const double* __restrict log_income,
              const std::uint8_t* __restrict members, const std::uint16_t* __restrict weight, IncomeBins& bins,
              std::int64_t& total_fen) {
  for (std::uint32_t i = 0; i < n; ++i) {
    const std::int64_t persons = members[i] * static_cast<std::int32_t>(weight[i]);
    const std::int64_t fen = persons * static_cast<std::int64_t>(100.0 * static_cast<double>(income[i]) + 0.5);
    const int bin = std::min(income_bins - 1, static_cast<int>(log_income[i] * (1 / bin_width)));
    bins.persons[static_cast<std::size_t>(bin)] += persons;
    bins.yuan_cents[static_cast<std::size_t>(bin)] += fen;
    total_fen += fen;
  }
}

/// Persons by what happened to them: register, exits, fall-back, net exits against the first scenario.
void count_dynamics(const World& world, const Block& block, const Scratch& s, const PovertyHistory& history,
                    PlaceSums& sums) {
  const auto& people = world.ground.people;
  const auto& h = world.household;
  const double line = world.lines.statistical;
  const bool has_past = !history.poor_before.empty();
  const bool has_reference = !history.reference_now.empty();
  PlaceSums add{};
  for (std::uint32_t i = 0; i < block.size(); ++i) {
    const std::uint32_t row = block.begin + i;
    const std::int64_t weight = people.weight[row], persons = weight * people.members[row];
    const double income = h.true_income[row];
    const bool poor = income < line, registered = h.registered[row] != 0, was = s.was_registered[i] != 0;
    const bool left_once = h.exit_year[row] != 0;
    history.poor_now[row] = poor;
    add.persons += persons;
    add.households += weight;
    add.payments_fen += h.payments[row] * weight;
    add.registered += registered ? persons : 0;
    add.registered_not_poor += registered && !poor ? persons : 0;
    add.poor_not_registered += poor && !registered ? persons : 0;
    add.exits_gross += was && !registered ? persons : 0;
    add.entries += registered && !was ? persons : 0;
    add.fall_back_registered += registered && !was && left_once ? persons : 0;
    add.gap_fen += poor ? persons * static_cast<std::int64_t>(100.0 * (line - income) + 0.5) : 0;
    if (!has_past) continue;
    const bool was_poor = history.poor_before[row] != 0;
    add.fall_back_true += poor && !was_poor && !registered && left_once ? persons : 0;
    if (!has_reference) continue;
    const bool net = !poor && history.reference_now[row];
    add.exits_net += net ? persons : 0;
    add.exits_sustained += net && !was_poor && history.reference_before[row] ? persons : 0;
  }
  sums.add(add);
}

}  // namespace

void IncomeBins::add(const IncomeBins& other) {
  for (std::size_t b = 0; b < income_bins; ++b) {
    persons[b] += other.persons[b];
    yuan_cents[b] += other.yuan_cents[b];
  }
}

void PlaceSums::add(const PlaceSums& o) {
  persons += o.persons;
  households += o.households;
  for (std::size_t c = 0; c < concepts; ++c) {
    income_fen[c] += o.income_fen[c];
    for (std::size_t k = 0; k < line_count; ++k) {
      poor[c][k] += o.poor[c][k];
      gap[c][k] += o.gap[c][k];
      gap_squared[c][k] += o.gap_squared[c][k];
      watts[c][k] += o.watts[c][k];
    }
    bins[c].add(o.bins[c]);
  }
  registered += o.registered;
  registered_not_poor += o.registered_not_poor;
  poor_not_registered += o.poor_not_registered;
  exits_gross += o.exits_gross;
  entries += o.entries;
  fall_back_registered += o.fall_back_registered;
  fall_back_true += o.fall_back_true;
  exits_net += o.exits_net;
  exits_sustained += o.exits_sustained;
  gap_fen += o.gap_fen;
  safety_net_fen += o.safety_net_fen;
  payments_fen += o.payments_fen;
}

void add_block(const World& world, const Block& block, const Scratch& s, const PovertyHistory& history,
               PlaceSums& sums) {
  const auto& people = world.ground.people;
  const auto& h = world.household;
  const std::uint32_t n = block.size(), first = block.begin;
  const std::uint8_t* members = people.members.data() + first;
  const std::uint16_t* weight = people.weight.data() + first;
  const double line = world.lines.statistical;

  add_incomes(n, h.true_income.data() + first, s.log_true.data(), members, weight, line, 0, sums);
  add_incomes(n, h.measured_income.data() + first, s.log_measured.data(), members, weight, line, 1, sums);
  add_bins(n, h.true_income.data() + first, s.log_true.data(), members, weight, sums.bins[0], sums.income_fen[0]);
  add_bins(n, h.measured_income.data() + first, s.log_measured.data(), members, weight, sums.bins[1],
           sums.income_fen[1]);
  count_dynamics(world, block, s, history, sums);
  sums.safety_net_fen += s.safety_net_fen;
}

}  // namespace tuopin
