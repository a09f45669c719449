// Exact measures: one pass of checks, then each formula as the books print it. Sums are compensated, so that a million
// incomes lose no digits.
#include "models/measures/vector_measures.hpp"

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
  double income, weight;
};

std::string at_row(const char* what, std::size_t row, double value, const char* expected) {
  return std::string(what) + " in row " + std::to_string(row) + " is " + std::to_string(value) + ", expected " +
         expected;
}

/// The rows that count, checked; all problems at once would repeat one fault a million times, so the first is named.
std::vector<Row> checked_rows(const Sample& sample) {
  const bool weighted = !sample.weights.empty();
  if (weighted && sample.weights.size() != sample.income.size()) {
    throw DataError(std::to_string(sample.weights.size()) + " weights for " + std::to_string(sample.income.size()) +
                    " incomes, expected one weight for each income");
  }
  std::vector<Row> rows;
  rows.reserve(sample.income.size());
  for (std::size_t i = 0; i < sample.income.size(); ++i) {
    const double weight = weighted ? sample.weights[i] : 1.0;
    if (!(weight >= 0) || !std::isfinite(weight))
      throw DataError(at_row("weight", i, weight, "a finite number, zero or more"));
    if (weight == 0) continue;
    const double income = sample.income[i];
    if (!(income >= 0) || !std::isfinite(income))
      throw DataError(at_row("income", i, income, "a finite number, zero or more"));
    rows.push_back({income, weight});
  }
  return rows;
}

void check_line(double line) {
  if (!(line > 0) || !std::isfinite(line))
    throw DataError("line is " + std::to_string(line) + ", expected a finite number above zero");
}

/// Incomes ready for a logarithm.
void apply_floor(std::vector<Row>& rows, double floor) {
  if (!(floor >= 0) || !std::isfinite(floor))
    throw DataError("floor is " + std::to_string(floor) + ", expected zero or more");
  if (floor == 0) {
    std::erase_if(rows, [](const Row& row) { return row.income == 0; });
  } else {
    for (Row& row : rows) row.income = std::max(row.income, floor);
  }
}

/// Weighted mean of `term(income)`.
template <class Term>
double mean_of(const std::vector<Row>& rows, Term term) {
  Sum sum, weight;
  for (const Row& row : rows) {
    sum.add(row.weight * term(row.income));
    weight.add(row.weight);
  }
  return weight.value() > 0 ? sum.value() / weight.value() : not_known;
}

double power(double base, double exponent) {
  if (exponent == 0) return 1;
  if (exponent == 1) return base;
  if (exponent == 2) return base * base;
  return base > 0 ? fixed_exp(exponent * fixed_log(base)) : 0;
}

/// Gini = Σ w y (S₋ + S₊) / (Σw · Σwy) − 1, where S₋ and S₊ are the summed weights before and after the row in
/// ascending order: twice the area between the diagonal and the Lorenz curve. Sorted by income and weight: equal
/// incomes contribute the same in any order, and the bits do not depend on the order of the rows.
double gini_of(std::vector<Row> rows) {
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    return a.income != b.income ? a.income < b.income : a.weight < b.weight;
  });
  Sum weight, total, ranked;
  double before = 0;
  for (const Row& row : rows) {
    weight.add(row.weight);
    const double after = weight.value();
    total.add(row.weight * row.income);
    ranked.add(row.weight * row.income * (before + after));
    before = after;
  }
  if (!(total.value() > 0)) return not_known;
  return ranked.value() / (weight.value() * total.value()) - 1;
}

}  // namespace

double fgt(const Sample& sample, double line, double alpha) {
  check_line(line);
  if (!(alpha >= 0) || !std::isfinite(alpha))
    throw DataError("alpha is " + std::to_string(alpha) + ", expected zero or more");
  return mean_of(checked_rows(sample),
                 [&](double income) { return income < line ? power((line - income) / line, alpha) : 0.0; });
}

double watts(const Sample& sample, double line, double floor) {
  check_line(line);
  std::vector<Row> rows = checked_rows(sample);
  apply_floor(rows, floor);
  return mean_of(rows, [&](double income) { return income < line ? fixed_log(line / income) : 0.0; });
}

double sen_shorrocks_thon(const Sample& sample, double line) {
  check_line(line);
  std::vector<Row> gaps = checked_rows(sample);
  for (Row& row : gaps) row.income = row.income < line ? (line - row.income) / line : 0.0;
  const double mean_gap = mean_of(gaps, [](double gap) { return gap; });
  return mean_gap > 0 ? mean_gap * (1 + gini_of(std::move(gaps))) : mean_gap;
}

double gini(const Sample& sample) { return gini_of(checked_rows(sample)); }

double theil(const Sample& sample, double floor) {
  std::vector<Row> rows = checked_rows(sample);
  apply_floor(rows, floor);
  const double mean = mean_of(rows, [](double income) { return income; });
  if (!(mean > 0)) return not_known;
  return mean_of(rows, [&](double income) { return income / mean * fixed_log(income / mean); });
}

double mean_log_deviation(const Sample& sample, double floor) {
  std::vector<Row> rows = checked_rows(sample);
  apply_floor(rows, floor);
  const double mean = mean_of(rows, [](double income) { return income; });
  if (!(mean > 0)) return not_known;
  return mean_of(rows, [&](double income) { return fixed_log(mean / income); });
}

}  // namespace tuopin::exact
