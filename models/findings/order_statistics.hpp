// Order statistics over simulated worlds, the same for every table, chart and file of a study.
//
// Definition 2 of Hyndman and Fan, Sample quantiles in statistical packages, The American Statistician 50 (1996), which
// NumPy calls "averaged_inverted_cdf": at level q of n sorted values the value of rank ⌈qn⌉; where qn is whole, the
// mean of the values of ranks qn and qn + 1. It mirrors: the q-quantile of -x is minus the (1 - q)-quantile of x, so
// that a fall of persons and a rise of their opposite have one interval; and with n a multiple of 20 the interval from
// 5% to 95% holds exactly nine tenths of the worlds. The median of an even number is the mean of the two in the middle.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace tuopin {

/// Below, the ranks of 5% and 95% are the first and the last: the interval is the whole range.
constexpr std::size_t worlds_of_an_interval = 20;

/// The order statistic at a level from 0 to 1 of n > 0 values in ascending order.
double order_statistic(std::span<const double> sorted, double level);

/// Median and 90% interval over worlds (draws × replicates).
struct Spread {
  std::size_t worlds = 0;
  double low, median, high;
  /// Monte Carlo error of the median: half of what lies between the order statistics at ½ ± 1/(2√n), about one standard
  /// error whatever the distribution (David and Nagaraja, Order Statistics, 3rd ed., 7.1). NaN for one world.
  double error;
  bool same = false;  ///< equal in all worlds: there is no interval
};
/// Values that are NaN (unknown) are left out.
Spread spread_of(std::vector<double> values);

}  // namespace tuopin
