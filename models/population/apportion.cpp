#include "models/population/apportion.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace tuopin {

std::int64_t nearest_whole(double value) { return static_cast<std::int64_t>(std::floor(value + 0.5)); }

std::vector<std::int64_t> apportion(std::int64_t total, std::span<const double> weights) {
  std::vector<std::int64_t> parts(weights.size());
  if (weights.empty()) return parts;
  double sum = 0;
  for (const double weight : weights) sum += weight;
  std::vector<double> remainder(weights.size());
  std::int64_t given = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const double share = sum > 0 ? weights[i] / sum : 1.0 / static_cast<double>(weights.size());
    const double exact = static_cast<double>(total) * share;
    parts[i] = static_cast<std::int64_t>(std::floor(exact));
    remainder[i] = exact - std::floor(exact);
    given += parts[i];
  }
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return remainder[a] != remainder[b] ? remainder[a] > remainder[b] : a < b;
  });
  for (std::size_t i = 0; given < total; ++given, i = (i + 1) % order.size()) ++parts[order[i]];
  return parts;
}

}  // namespace tuopin
