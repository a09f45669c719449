// Exact poverty and inequality measures of a vector of incomes: the weighted textbook formulas, without binning.
//
// Conventions, the same everywhere:
//   poor       means strictly below the line; an income equal to the line is not poor
//   weights    are finite and not negative (none given: one each); rows of weight zero are ignored, whatever they hold.
//              Only their proportions matter: any positive weights, however small or large, keep a measure in its range
//   incomes    are finite and not negative, otherwise DataError
//   line       is finite and positive; one for all, or one for each income
//   logarithms (Watts, Theil, mean log deviation): a lower income counts as `floor` times the line (Watts) or times the
//              mean of the incomes as they stand (Theil, mean log deviation, which have no line), so that no result
//              depends on the unit of money; with floor = 0 rows with income zero are dropped, from numerator and
//              denominator
//   NaN        is returned where a measure is not defined: no weight at all, or inequality of a total income of zero
#pragma once

#include <cstddef>
#include <span>

namespace tuopin::exact {

/// Incomes with their weights; no weights means one each.
struct Sample {
  std::span<const double> income;
  std::span<const double> weights = {};
};

/// A poverty line for everybody, or one for each income.
class Line {
 public:
  Line(double everybody) : everybody_(everybody), one_for_all_(true) {}
  Line(std::span<const double> each) : each_(each) {}
  bool one_for_all() const { return one_for_all_; }
  std::size_t count() const { return each_.size(); }
  double of(std::size_t row) const { return one_for_all_ ? everybody_ : each_[row]; }

 private:
  std::span<const double> each_;
  double everybody_ = 0;
  bool one_for_all_ = false;
};

/// Share of the line or of the mean. One percent of the mean is how the Luxembourg Income Study bottom-codes incomes
/// for its key figures; no such convention is common for Watts, which takes the same share of the line.
constexpr double income_floor = 0.01;  // definition: a convention, see above

/// Foster, Greer & Thorbecke 1984: mean of ((z − y)/z)^α over all persons, zero for those not poor. α ≥ 0:
/// 0 the poverty rate, 1 the poverty gap, 2 the squared gap. In [0, 1].
double fgt(const Sample& sample, const Line& line, double alpha);

/// Watts 1968: mean of ln(z/y) over all persons, zero for those not poor.
double watts(const Sample& sample, const Line& line, double floor = income_floor);

/// Sen–Shorrocks–Thon (Shorrocks 1995): FGT₁ · (1 + Gini of the relative gaps of all persons, zeros included). In [0,
/// 1].
double sen_shorrocks_thon(const Sample& sample, const Line& line);

/// Gini, the area definition without the correction n/(n−1). In [0, 1).
double gini(const Sample& sample);

/// Theil's T, GE(1): mean of (y/µ) ln(y/µ).
double theil(const Sample& sample, double floor = income_floor);

/// Theil's L, GE(0): mean of ln(µ/y).
double mean_log_deviation(const Sample& sample, double floor = income_floor);

}  // namespace tuopin::exact
