// Exact poverty and inequality measures of a vector of incomes: the textbook formulas, weighted, without bins.
//
// Conventions, the same everywhere:
//   poor       means strictly below the line; an income equal to the line is not poor
//   weights    are finite and not negative (none given: one each); rows of weight zero are ignored, whatever they hold
//   incomes    are finite and not negative, otherwise DataError; the line is finite and positive
//   logarithms (Watts, Theil, mean log deviation): an income below `floor` counts as `floor`, 1 yuan unless said
//              otherwise; with floor = 0 rows with income zero are dropped, from numerator and denominator
//   NaN        is returned where a measure is not defined: no weight at all, or inequality of a total income of zero
#pragma once

#include <span>

namespace tuopin::exact {

/// Incomes with their weights; no weights means one each.
struct Sample {
  std::span<const double> income;
  std::span<const double> weights = {};
};

constexpr double income_floor = 1.0;  ///< yuan; see the convention on logarithms

/// Foster, Greer & Thorbecke 1984: mean of ((z − y)/z)^α over all persons, zero for those not poor. α ≥ 0:
/// 0 the poverty rate, 1 the poverty gap, 2 the squared gap.
double fgt(const Sample& sample, double line, double alpha);

/// Watts 1968: mean of ln(z/y) over all persons, zero for those not poor.
double watts(const Sample& sample, double line, double floor = income_floor);

/// Sen–Shorrocks–Thon (Shorrocks 1995): FGT₁ · (1 + Gini of the relative gaps of all persons, zeros included).
double sen_shorrocks_thon(const Sample& sample, double line);

/// Gini, the area definition without the correction n/(n−1).
double gini(const Sample& sample);

/// Theil's T, GE(1): mean of (y/µ) ln(y/µ).
double theil(const Sample& sample, double floor = income_floor);

/// Theil's L, GE(0): mean of ln(µ/y).
double mean_log_deviation(const Sample& sample, double floor = income_floor);

}  // namespace tuopin::exact
