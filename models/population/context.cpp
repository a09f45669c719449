#include "models/population/context.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/core.h>

#include "engine/base/normals.hpp"

namespace tuopin {

void SynthesisContext::fail(std::string_view name, std::string_view place, Message what) const {
  const Margin* margin = margins.find(name, place);
  problems.push_back({margin ? margin->origin : Origin{}, std::string(name), message("{}: {}", place, what), ""});
}

double SynthesisContext::correlation(std::string_view name) const {
  const double r = region(name);
  if (r >= -1 && r <= 1) return r;
  fail(name, input.whole.id, message("is {}, expected a correlation from -1 to 1", r));
  return 0;
}

bool SynthesisContext::by_county(std::string_view name) const {
  return !input.counties.empty() && std::all_of(input.counties.begin(), input.counties.end(), [&](const Place& place) {
    return margins.own(name, place.id) != nullptr;
  });
}

double correlated(double r, double with, double own) { return r * with + std::sqrt(1 - r * r) * own; }

std::vector<std::uint32_t> ranks(std::span<const double> values) {
  std::vector<std::uint32_t> order(values.size()), rank(values.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return values[a] != values[b] ? values[a] < values[b] : a < b; });
  for (std::uint32_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
  return rank;
}

std::vector<double> even_normals(const Luck& luck, std::span<const std::uint32_t> ids, unsigned draw) {
  std::vector<double> values(ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) values[i] = luck.uniform(ids[i], draw);
  const std::vector<std::uint32_t> rank = ranks(values);
  const auto n = static_cast<double>(ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) values[i] = normal_quantile((rank[i] + 0.5) / n);
  return values;
}

}  // namespace tuopin
