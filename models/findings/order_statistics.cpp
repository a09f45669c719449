#include "models/findings/order_statistics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tuopin {

double order_statistic(std::span<const double> sorted, double level) {
  constexpr double slack = 1e-9;  // of a rank: 0.07 · 100 is 7, not the next number above it
  const auto n = static_cast<double>(sorted.size());
  const double rank = std::clamp(level, 0.0, 1.0) * n;
  const auto value = [&](double of_rank) { return sorted[static_cast<std::size_t>(std::clamp(of_rank, 1.0, n)) - 1]; };
  const double whole = std::round(rank);
  if (std::fabs(rank - whole) > slack * std::max(1.0, rank)) return value(std::ceil(rank));
  const double lower = value(whole), upper = value(whole + 1);
  return lower == upper ? lower : (lower + upper) / 2;  // two infinite costs have no mean, and need none
}

Spread spread_of(std::vector<double> values) {
  constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
  std::erase_if(values, [](double v) { return std::isnan(v); });
  const std::size_t n = values.size();
  if (n == 0) return {0, unknown, unknown, unknown, unknown, false};
  std::sort(values.begin(), values.end());
  const auto at = [&](double level) { return order_statistic(values, level); };
  Spread spread{n, at(0.05), at(0.5), at(0.95), unknown, values.front() == values.back()};
  const double half = 0.5 / std::sqrt(static_cast<double>(n));
  if (n > 1) spread.error = spread.same ? 0 : (at(0.5 + half) - at(0.5 - half)) / 2;
  return spread;
}

}  // namespace tuopin
