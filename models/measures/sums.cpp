#include "models/measures/sums.hpp"

#include <bit>
#include <cmath>

#include "engine/base/numbers.hpp"

namespace tuopin {

namespace {

// Adding 1.5·2^(52−k) to a small double leaves round(x·2^k) in the low bits of its mantissa: one add and one integer
// subtraction, exact and vectorisable everywhere.
constexpr double shift_40 = 6144.0;   // definition: 1.5 · 2^12
constexpr double shift_36 = 98304.0;  // definition: 1.5 · 2^16

std::int64_t scaled(double x, double shift) {
  return std::bit_cast<std::int64_t>(x + shift) - std::bit_cast<std::int64_t>(shift);
}

void add_incomes(std::uint32_t n, const float* __restrict income, const double* __restrict log_income,
                 const std::int32_t* __restrict persons_of, double line, int c, PlaceSums& sums) {
  for (int k = 0; k < line_count; ++k) {
    const double z = line * line_multiples[static_cast<std::size_t>(k)], inverse = 1 / z, log_z = fixed_log(z);
    std::int64_t poor = 0, gap = 0, gap_squared = 0, watts = 0;
    for (std::uint32_t i = 0; i < n; ++i) {
      const double y = income[i];
      const std::int64_t persons = persons_of[i];
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
              const std::int32_t* __restrict persons_of, IncomeBins& bins, std::int64_t& total_fen) {
  for (std::uint32_t i = 0; i < n; ++i) {
    const std::int64_t persons = persons_of[i];
    const std::int64_t fen = persons * static_cast<std::int64_t>(100.0 * static_cast<double>(income[i]) + 0.5);
    const int bin = std::min(income_bins - 1, static_cast<int>(log_income[i] * (1 / bin_width)));
    bins.persons[static_cast<std::size_t>(bin)] += persons;
    bins.fen[static_cast<std::size_t>(bin)] += fen;
    total_fen += fen;
  }
}

/// `persons` where the flag (0 or 1) is set, without a branch.
std::int64_t where(std::uint8_t flag, std::int64_t persons) { return persons & -static_cast<std::int64_t>(flag); }

/// Persons by what happened to them on the register.
void count_register(std::uint32_t n, const std::int32_t* __restrict persons_of, const std::uint8_t* __restrict poor,
                    const std::uint8_t* __restrict registered, const std::uint8_t* __restrict was,
                    const std::uint16_t* __restrict exit_year, PlaceSums& sums) {
  std::int64_t on = 0, on_not_poor = 0, off_poor = 0, exits = 0, entries = 0, again = 0;
  for (std::uint32_t i = 0; i < n; ++i) {
    const std::int64_t persons = persons_of[i];
    const std::uint8_t in = registered[i], out = in ^ 1, before = was[i], fresh = in & (before ^ 1);
    on += where(in, persons);
    on_not_poor += where(in & (poor[i] ^ 1), persons);
    off_poor += where(out & poor[i], persons);
    exits += where(before & out, persons);
    entries += where(fresh, persons);
    again += where(fresh & static_cast<std::uint8_t>(exit_year[i] != 0), persons);
  }
  sums.registered += on;
  sums.registered_not_poor += on_not_poor;
  sums.poor_not_registered += off_poor;
  sums.exits_gross += exits;
  sums.entries += entries;
  sums.fall_back_registered += again;
}

/// Persons, households, payments and the gap; writes who is poor.
void count_poor(std::uint32_t n, const float* __restrict income, const std::int32_t* __restrict persons_of,
                const std::uint16_t* __restrict weight, const std::int32_t* __restrict payments, double line,
                std::uint8_t* __restrict poor, PlaceSums& sums) {
  std::int64_t persons = 0, households = 0, paid = 0, gap = 0;
  for (std::uint32_t i = 0; i < n; ++i) poor[i] = static_cast<double>(income[i]) < line;
  for (std::uint32_t i = 0; i < n; ++i) {
    persons += persons_of[i];
    households += weight[i];
    paid += static_cast<std::int64_t>(payments[i]) * weight[i];
  }
  for (std::uint32_t i = 0; i < n; ++i) {
    const double missing = std::max(0.0, line - static_cast<double>(income[i]));
    gap += persons_of[i] * static_cast<std::int64_t>(100.0 * missing + 0.5);
  }
  sums.persons += persons;
  sums.households += households;
  sums.payments_fen += paid;
  sums.gap_fen += gap;
}

/// Persons off the register who are poor again; net exits against the first scenario.
void count_against_the_past(std::uint32_t n, std::uint32_t first, const std::int32_t* __restrict persons_of,
                            const std::uint8_t* __restrict registered, const std::uint16_t* __restrict exit_year,
                            const PovertyHistory& history, PlaceSums& sums) {
  const std::uint8_t* __restrict poor = history.poor_now.data() + first;
  std::int64_t again = 0, net = 0, sustained = 0;
  const bool base_year = history.poor_before.empty(), reference_itself = history.reference_now.empty();
  if (!reference_itself) {
    const std::uint8_t* __restrict reference = history.reference_now.data() + first;
    for (std::uint32_t i = 0; i < n; ++i) net += where((poor[i] ^ 1) & reference[i], persons_of[i]);
  }
  sums.exits_net += net;
  if (base_year) return;
  const std::uint8_t* __restrict was_poor = history.poor_before.data() + first;
  for (std::uint32_t i = 0; i < n; ++i) {
    const auto left_once = static_cast<std::uint8_t>(exit_year[i] != 0);
    again += where(poor[i] & (was_poor[i] ^ 1) & (registered[i] ^ 1) & left_once, persons_of[i]);
  }
  sums.fall_back_true += again;
  if (reference_itself) return;
  const std::uint8_t* __restrict reference = history.reference_now.data() + first;
  const std::uint8_t* __restrict before = history.reference_before.data() + first;
  for (std::uint32_t i = 0; i < n; ++i)
    sustained += where((poor[i] ^ 1) & reference[i] & (was_poor[i] ^ 1) & before[i], persons_of[i]);
  sums.exits_sustained += sustained;
}

}  // namespace

void IncomeBins::add(const IncomeBins& other) {
  for (std::size_t b = 0; b < income_bins; ++b) {
    persons[b] += other.persons[b];
    fen[b] += other.fen[b];
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
  const std::int32_t* persons = world.ground.persons.data() + first;
  const double line = world.lines.statistical;

  add_incomes(n, h.true_income.data() + first, s.log_true.data(), persons, line, 0, sums);
  add_incomes(n, h.measured_income.data() + first, s.log_measured.data(), persons, line, 1, sums);
  add_bins(n, h.true_income.data() + first, s.log_true.data(), persons, sums.bins[0], sums.income_fen[0]);
  add_bins(n, h.measured_income.data() + first, s.log_measured.data(), persons, sums.bins[1], sums.income_fen[1]);
  std::uint8_t* poor = history.poor_now.data() + first;
  const std::uint8_t* registered = h.registered.data() + first;
  const std::uint16_t* exit_year = h.exit_year.data() + first;
  count_poor(n, h.true_income.data() + first, persons, people.weight.data() + first, h.payments.data() + first, line,
             poor, sums);
  count_register(n, persons, poor, registered, s.was_registered.data(), exit_year, sums);
  count_against_the_past(n, first, persons, registered, exit_year, history, sums);
  sums.safety_net_fen += s.safety_net_fen;
}

}  // namespace tuopin
