#include "models/measures/person_counts.hpp"

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <stdexcept>
#include <type_traits>

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
      const double y = income[i] > 0 ? income[i] : 0;  // definition: a gap is at most the line
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
    const std::int64_t fen =
        persons * static_cast<std::int64_t>(std::floor(100.0 * static_cast<double>(income[i]) + 0.5));
    const int bin = std::min(income_bins - 1, static_cast<int>(log_income[i] * (1 / bin_width)));
    bins.persons[static_cast<std::size_t>(bin)] += persons;
    bins.fen[static_cast<std::size_t>(bin)] += fen > 0 ? fen : 0;  // definition: inequality counts losses as zero
    total_fen += fen;
  }
}

/// Adds one set of sums to another as arrays of numbers, so that members added later are included automatically. All
/// members must have the type `Number`.
template <typename Number, typename Sums>
void add_all(Sums& to, const Sums& from) {
  static_assert(std::is_trivially_copyable_v<Sums> && std::has_unique_object_representations_v<Sums>);
  static_assert(sizeof(Sums) % sizeof(Number) == 0);
  auto* sums = reinterpret_cast<std::byte*>(&to);
  const auto* more = reinterpret_cast<const std::byte*>(&from);
  for (std::size_t at = 0; at < sizeof(Sums); at += sizeof(Number)) {
    Number a, b;
    std::memcpy(&a, sums + at, sizeof a);
    std::memcpy(&b, more + at, sizeof b);
    a += b;
    std::memcpy(sums + at, &a, sizeof a);
  }
}

}  // namespace

void PlaceSums::add(const PlaceSums& other) {
  add_all<std::int64_t, Counts>(*this, other);
  add_all<WideSum, WideCounts>(*this, other);
  if (own.size() < other.own.size()) own.resize(other.own.size());
  for (std::size_t row = 0; row < other.own.size(); ++row) own[row] += other.own[row];
}

MeasuredColumns::MeasuredColumns(Binder& b)
    : true_income(b.reads<float>("household.true_income")),
      measured_income(b.reads<float>("household.measured_income")),
      registered(b.reads<std::uint8_t>("household.registered")),
      exit_year(b.reads<std::uint16_t>("household.exit_year")), weight(b.reads<std::uint16_t>("household.weight")),
      payments(b.reads<std::int32_t>("household.payments")), log_true(b.uses<double>("year.log_true")),
      log_measured(b.uses<double>("year.log_measured")), was_registered(b.uses<std::uint8_t>("year.was_registered")),
      guaranteed(b.uses<std::uint8_t>("year.guaranteed")) {
  b.reads_also({"household.members"});
}

void add_block_incomes(const Moment::Visit& visit, const MeasuredColumns& columns, PlaceSums& sums) {
  const std::uint32_t n = visit.rows();
  const std::int32_t* persons = visit.world().shard.persons.data() + visit.block.begin;
  const double line = visit.world().lines.statistical;
  const float *true_income = visit[columns.true_income], *measured = visit[columns.measured_income];
  const double *log_true = visit[columns.log_true], *log_measured = visit[columns.log_measured];

  add_incomes(n, true_income, log_true, persons, line, 0, sums);
  add_incomes(n, measured, log_measured, persons, line, 1, sums);
  add_bins(n, true_income, log_true, persons, sums.bins[0], sums.income_fen[0]);
  add_bins(n, measured, log_measured, persons, sums.bins[1], sums.income_fen[1]);
}

void add_block(const Moment::Visit& visit, const MeasuredColumns& columns, const PovertyHistory& history,
               double register_line, PlaceSums& sums) {
  add_block_incomes(visit, columns, sums);
  count_persons(visit, columns, history, register_line, sums);
}

}  // namespace tuopin
