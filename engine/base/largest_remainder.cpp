#include "engine/base/largest_remainder.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace tuopin {

std::int64_t nearest_whole(double value) { return static_cast<std::int64_t>(std::floor(value + 0.5)); }

std::vector<std::int64_t> largest_remainder(std::int64_t total, std::span<const double> weights) {
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

std::vector<std::int64_t> largest_remainder_within(std::int64_t total, std::span<const double> weights,
                                                   std::span<const std::int64_t> room) {
  std::vector<std::int64_t> parts(weights.size());
  std::vector<bool> full(weights.size(), false);
  std::int64_t left = total;
  for (;;) {
    std::vector<double> open;
    std::vector<std::size_t> where;
    for (std::size_t i = 0; i < weights.size(); ++i)
      if (!full[i]) open.push_back(weights[i]), where.push_back(i);
    if (where.empty()) break;
    const std::vector<std::int64_t> share = largest_remainder(left, open);
    bool over = false;
    for (std::size_t i = 0; i < where.size(); ++i) over = over || share[i] > room[where[i]];
    for (std::size_t i = 0; i < where.size(); ++i) {
      parts[where[i]] = std::min(share[i], over ? room[where[i]] : share[i]);
      if (over && share[i] > room[where[i]]) full[where[i]] = true, left -= room[where[i]];
    }
    if (!over) return parts;
  }
  if (!parts.empty()) parts[0] += left;
  return parts;
}

}  // namespace tuopin
