#include "models/measures/person_counts.hpp"

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
  for (std::size_t k = 0; k < standard_count; ++k) {
    short_of[k] += o.short_of[k];
    registered_not_short[k] += o.registered_not_short[k];
    short_not_registered[k] += o.short_not_registered[k];
  }
  exits_gross += o.exits_gross;
  entries += o.entries;
  fall_back_registered += o.fall_back_registered;
  fall_back_true += o.fall_back_true;
  out_of_poverty += o.out_of_poverty;
  into_poverty += o.into_poverty;
  true_exits += o.true_exits;
  exits_out_one_year += o.exits_out_one_year;
  exits_out_two_years += o.exits_out_two_years;
  left_lately += o.left_lately;
  left_lately_poor += o.left_lately_poor;
  for (std::size_t k = 0; k < poor_in_three_years.size(); ++k) poor_in_three_years[k] += o.poor_in_three_years[k];
  gap_fen += o.gap_fen;
  safety_net_fen += o.safety_net_fen;
  payments_fen += o.payments_fen;
}

MeasuredColumns::MeasuredColumns(Binder& b)
    : true_income(b.reads<float>("household.true_income")),
      measured_income(b.reads<float>("household.measured_income")),
      registered(b.reads<std::uint8_t>("household.registered")),
      exit_year(b.reads<std::uint16_t>("household.exit_year")), weight(b.reads<std::uint16_t>("household.weight")),
      payments(b.reads<std::int32_t>("household.payments")), log_true(b.uses<double>("year.log_true")),
      log_measured(b.uses<double>("year.log_measured")), was_registered(b.uses<std::uint8_t>("year.was_registered")),
      guaranteed(b.uses<std::uint8_t>("year.guaranteed")) {
  b.reads_also({"household.members", "year.safety_net_fen"});
}

void add_block(const Moment::Visit& visit, const MeasuredColumns& columns, const PovertyHistory& history,
               double register_line, PlaceSums& sums) {
  const std::uint32_t n = visit.rows();
  const std::int32_t* persons = visit.world().ground.persons.data() + visit.block.begin;
  const double line = visit.world().lines.statistical;
  const float *true_income = visit[columns.true_income], *measured = visit[columns.measured_income];
  const double *log_true = visit[columns.log_true], *log_measured = visit[columns.log_measured];

  add_incomes(n, true_income, log_true, persons, line, 0, sums);
  add_incomes(n, measured, log_measured, persons, line, 1, sums);
  add_bins(n, true_income, log_true, persons, sums.bins[0], sums.income_fen[0]);
  add_bins(n, measured, log_measured, persons, sums.bins[1], sums.income_fen[1]);
  count_persons(visit, columns, history, register_line, sums);
  sums.safety_net_fen += visit.work().safety_net_fen[visit.cell];
}

}  // namespace tuopin
