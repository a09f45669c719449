// Exact measures: one pass of checks, then each formula as the books print it. Sums are compensated, so that a million
// incomes lose no digits; weights and incomes are scaled by powers of two, which changes no digit, so that none is too
// small or too large. Where rounding alone could leave a measure's range, the nearest value of the range is returned.
#include "models/measures/vector_measures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/errors.hpp"
#include "engine/base/numbers.hpp"

namespace tuopin::exact {
namespace {

constexpr double not_known = std::numeric_limits<double>::quiet_NaN();

/// Neumaier's compensated sum (Neumaier 1974, ZAMM 54).
class Sum {
 public:
  void add(double term) {
    const double next = total_ + term;
    lost_ += std::fabs(total_) >= std::fabs(term) ? (total_ - next) + term : (term - next) + total_;
    total_ = next;
  }
  double value() const { return total_ + lost_; }

 private:
  double total_ = 0, lost_ = 0;
};

struct Row {
  double income, weight, line;
};

/// A number of any size: digits · 2^exponent, digits in [1/2, 1) or zero. Products and ratios of incomes and weights
/// may leave the range of a double though the measure does not.
struct Wide {
  double digits = 0;
  int exponent = 0;
};

Wide wide(double value) {
  Wide result;
  result.digits = std::frexp(value, &result.exponent);
  return result;
}

Wide times_two_to(Wide value, int exponent) {
  return {value.digits, value.digits == 0 ? 0 : value.exponent + exponent};
}

Wide operator*(Wide a, Wide b) { return times_two_to(wide(a.digits * b.digits), a.exponent + b.exponent); }
Wide operator/(Wide a, Wide b) { return times_two_to(wide(a.digits / b.digits), a.exponent - b.exponent); }

bool operator<(Wide a, Wide b) {
  if (a.digits == 0 || b.digits == 0) return a.digits < b.digits;
  return a.exponent != b.exponent ? a.exponent < b.exponent : a.digits < b.digits;
}

double log_of(Wide value) {
  const double narrow = std::ldexp(value.digits, value.exponent);
  if (std::isnormal(narrow)) return fixed_log(narrow);
  return fixed_log(value.digits) + value.exponent * (fixed::ln2_high + fixed::ln2_low);
}

Message at_row(const char* what, std::size_t row, double value, MessageId expected) {
  return message("{} in row {} is {}, expected {}", what, row, value, message(expected));
}

bool is_line(double line) { return line > 0 && std::isfinite(line); }

void expect_one_each(std::size_t count, MessageId refusal, const Sample& sample) {
  if (count == sample.income.size()) return;
  throw DataError(message(refusal, count, sample.income.size()));
}

/// Weights by the power of two that brings the largest next to one.
struct Shares {
  std::vector<double> of_row;
  int exponent = 0;  ///< of that power of two
};

template <class Rows>
Shares shares_of(const Rows& rows) {
  double largest = 0;
  for (const auto& row : rows) largest = std::max(largest, row.weight);
  Shares shares{{}, wide(largest).exponent};
  shares.of_row.reserve(rows.size());
  for (const auto& row : rows) shares.of_row.push_back(std::ldexp(row.weight, -shares.exponent));
  return shares;
}

/// The rows that count, checked; all problems at once would repeat one fault a million times, so the first is named.
std::vector<Row> checked_rows(const Sample& sample, const Line& line = 1.0) {
  if (!line.one_for_all())
    expect_one_each(line.count(), msgid("{} lines for {} incomes, expected one line for each income"), sample);
  else if (!is_line(line.of(0)))
    throw DataError(message("line is {}, expected a finite number above zero", line.of(0)));
  const bool weighted = !sample.weights.empty();
  if (weighted)
    expect_one_each(sample.weights.size(), msgid("{} weights for {} incomes, expected one weight for each income"),
                    sample);
  std::vector<Row> rows;
  rows.reserve(sample.income.size());
  for (std::size_t i = 0; i < sample.income.size(); ++i) {
    const Row row{sample.income[i], weighted ? sample.weights[i] : 1.0, line.of(i)};
    if (!(row.weight >= 0) || !std::isfinite(row.weight))
      throw DataError(at_row("weight", i, row.weight, msgid("a finite number, zero or more")));
    if (row.weight == 0) continue;
    if (!(row.income >= 0) || !std::isfinite(row.income))
      throw DataError(at_row("income", i, row.income, msgid("a finite number, zero or more")));
    if (!is_line(row.line)) throw DataError(at_row("line", i, row.line, msgid("a finite number above zero")));
    rows.push_back(row);
  }
  return rows;
}

void check_floor(double floor, const char* of) {
  if (!(floor >= 0 && floor < 1))
    throw DataError(message("floor is {}, expected a share of the {}, from zero to below one", floor, of));
}

/// Relative gap of a row: (z − y)/z, zero for those not poor.
double gap_of(const Row& row) { return row.income < row.line ? (row.line - row.income) / row.line : 0.0; }

/// Weighted mean of `term(row)`.
template <class Term>
double mean_of(const std::vector<Row>& rows, Term term) {
  const Shares shares = shares_of(rows);
  Sum sum, weight;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    sum.add(shares.of_row[i] * term(rows[i]));
    weight.add(shares.of_row[i]);
  }
  return weight.value() > 0 ? sum.value() / weight.value() : not_known;
}

double power(double base, double exponent) {
  if (exponent == 0) return 1;
  if (exponent == 1) return base;
  if (exponent == 2) return base * base;
  if (!(base > 0)) return 0;
  const double log = exponent * fixed_log(base);
  return log < -700 ? 0 : fixed_exp(log);  // definition: where fixed_exp ends; the value is below 1e-304
}

/// What each row adds to total income, in one unit for all: the power of two next to the largest.
struct Parts {
  std::vector<double> of_row;
  int exponent = 0;
};

template <class Rows, class IncomeOf>
Parts parts_of(const Rows& rows, IncomeOf income_of) {
  std::vector<Wide> products;
  products.reserve(rows.size());
  Wide largest;
  for (const auto& row : rows) {
    products.push_back(income_of(row) * wide(row.weight));
    if (largest < products.back()) largest = products.back();
  }
  Parts parts{{}, largest.exponent};
  parts.of_row.reserve(rows.size());
  for (const Wide& product : products)
    parts.of_row.push_back(std::ldexp(product.digits, product.exponent - largest.exponent));
  return parts;
}

/// Gini = Σ w y (S₋ + S₊) / (Σw · Σwy) − 1, where S₋ and S₊ are the summed weights before and after the row in
/// ascending order: twice the area between the diagonal and the Lorenz curve. Sorted by income and weight: equal
/// incomes contribute the same in any order, and the bits do not depend on the order of the rows.
double gini_of(std::vector<Row> rows) {
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    return a.income != b.income ? a.income < b.income : a.weight < b.weight;
  });
  const Parts parts = parts_of(rows, [](const Row& row) { return wide(row.income); });
  const Shares shares = shares_of(rows);
  Sum weight, total, ranked;
  double before = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    weight.add(shares.of_row[i]);
    const double after = weight.value();
    total.add(parts.of_row[i]);
    ranked.add(parts.of_row[i] * (before + after));
    before = after;
  }
  if (!(total.value() > 0)) return not_known;
  return std::clamp(ranked.value() / (weight.value() * total.value()) - 1, 0.0, std::nextafter(1.0, 0.0));
}

/// Incomes ready for a logarithm, with their mean.
struct LogRow {
  Wide income;
  double weight;
};

struct LogRows {
  std::vector<LogRow> rows;
  Parts parts;
  Shares shares;
  double weight = 0, total = 0;  ///< sums of shares and of parts
  Wide mean() const { return times_two_to(wide(total) / wide(weight), parts.exponent - shares.exponent); }

  explicit LogRows(std::vector<LogRow> with) : rows(std::move(with)), shares(shares_of(rows)) {
    parts = parts_of(rows, [](const LogRow& row) { return row.income; });
    Sum weights, incomes;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      weights.add(shares.of_row[i]);
      incomes.add(parts.of_row[i]);
    }
    weight = weights.value(), total = incomes.value();
  }
};

LogRows rows_for_logarithms(const Sample& sample, double floor) {
  check_floor(floor, "mean");
  std::vector<LogRow> rows;
  for (const Row& row : checked_rows(sample)) {
    if (floor > 0 || row.income > 0) rows.push_back({wide(row.income), row.weight});
  }
  LogRows as_given(std::move(rows));
  if (floor == 0 || !(as_given.total > 0)) return as_given;
  const Wide lowest = wide(floor) * as_given.mean();
  for (LogRow& row : as_given.rows)
    if (row.income < lowest) row.income = lowest;
  return LogRows(std::move(as_given.rows));
}

/// Not known where `total` is zero; never below zero by rounding.
double quotient(const Sum& sum, double total) { return total > 0 ? std::max(0.0, sum.value() / total) : not_known; }

}  // namespace

double fgt(const Sample& sample, const Line& line, double alpha) {
  const std::vector<Row> rows = checked_rows(sample, line);
  if (!(alpha >= 0) || !std::isfinite(alpha))
    throw DataError(message("alpha is {}, expected a finite number, zero or more", alpha));
  const double mean =
      mean_of(rows, [&](const Row& row) { return row.income < row.line ? power(gap_of(row), alpha) : 0.0; });
  return mean > 1 ? 1.0 : mean;
}

double watts(const Sample& sample, const Line& line, double floor) {
  check_floor(floor, "line");
  std::vector<Row> rows = checked_rows(sample, line);
  if (floor == 0) std::erase_if(rows, [](const Row& row) { return row.income == 0; });
  return mean_of(rows, [&](const Row& row) {
    if (!(row.income < row.line)) return 0.0;
    const Wide lowest = wide(floor) * wide(row.line), income = wide(row.income);
    return std::max(0.0, log_of(wide(row.line) / (income < lowest ? lowest : income)));
  });
}

double sen_shorrocks_thon(const Sample& sample, const Line& line) {
  std::vector<Row> gaps = checked_rows(sample, line);
  for (Row& row : gaps) row.income = gap_of(row);
  const double mean_gap = mean_of(gaps, [](const Row& row) { return row.income; });
  return mean_gap > 0 ? std::min(1.0, mean_gap * (1 + gini_of(std::move(gaps)))) : mean_gap;
}

double gini(const Sample& sample) { return gini_of(checked_rows(sample)); }

double theil(const Sample& sample, double floor) {
  const LogRows all = rows_for_logarithms(sample, floor);
  const Wide mean = all.mean();
  Sum sum;
  for (std::size_t i = 0; i < all.rows.size() && all.total > 0; ++i)
    if (all.parts.of_row[i] > 0) sum.add(all.parts.of_row[i] * log_of(all.rows[i].income / mean));
  return quotient(sum, all.total);
}

double mean_log_deviation(const Sample& sample, double floor) {
  const LogRows all = rows_for_logarithms(sample, floor);
  const Wide mean = all.mean();
  Sum sum;
  for (std::size_t i = 0; i < all.rows.size() && all.total > 0; ++i)
    sum.add(all.shares.of_row[i] * log_of(mean / all.rows[i].income));
  return all.total > 0 ? quotient(sum, all.weight) : not_known;
}

}  // namespace tuopin::exact
