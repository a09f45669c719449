#include "models/scenario/draw.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/luck.hpp"
#include "engine/base/normals.hpp"

namespace tuopin {

namespace {

constexpr double tail = 0.05;  // definition: the printed ranges are 5% and 95% points
const double z95 = normal_quantile(1 - tail);

/// A triangle with mode m on [a, b] whose 5% and 95% points are low and high.
/// P(X ≤ low) = (low−a)²/((b−a)(m−a)) = .05 and the mirror image on the right; solved by fixed-point iteration.
struct Triangle {
  double a, m, b;
};

Triangle triangle_through(double low, double mode, double high) {
  double a = low, b = high;
  for (int i = 0; i < 200; ++i) {  // definition: passes of the fixed point
    const double width = b - a;
    // (low−a)² = .05 width (m−a): with x = m−a, d = m−low: (x−d)² = .05 width x
    const auto leg = [&](double d) {
      const double p = tail * width;
      return d + p / 2 + std::sqrt(d * p + p * p / 4);
    };
    a = mode - leg(mode - low);
    b = mode + leg(high - mode);
  }
  return {a, mode, b};
}

double triangular_quantile(const Triangle& t, double u) {
  const double width = t.b - t.a;
  if (!(width > 0)) return t.m;
  const double split = (t.m - t.a) / width;
  return u < split ? t.a + std::sqrt(u * width * (t.m - t.a)) : t.b - std::sqrt((1 - u) * width * (t.b - t.m));
}

constexpr std::string_view permanent_share = "income.permanent_share", persistent_share = "income.persistent_share";
constexpr std::uint32_t most_attempts = 10'000;  // definition: at less than one possible draw in a thousand, give up

double uniform_of(std::string_view name, const DrawAddress& address) {
  const Luck luck(address.seed, 0, hash32("parameter." + std::string(name)), 0, Kind::parameter);
  const bool share = name == permanent_share || name == persistent_share;
  return luck.uniform(address.draw, share ? address.attempt_of_shares : 0);
}

}  // namespace

double quantile(const Quantity& q, double u) {
  double x = q.value;
  switch (q.shape) {
    case Shape::fixed: return q.value;
    case Shape::triangular: x = triangular_quantile(triangle_through(q.low, q.value, q.high), u); break;
    case Shape::normal: x = q.value + (q.high - q.low) / (2 * z95) * normal_quantile(u); break;
    case Shape::lognormal:
      x = q.value * fixed_exp((fixed_log(q.high) - fixed_log(q.low)) / (2 * z95) * normal_quantile(u));
      break;
    case Shape::uniform: {
      const double width = (q.high - q.low) / (1 - 2 * tail);
      x = (q.low + q.high) / 2 + (u - 0.5) * width;
      break;
    }
  }
  return std::clamp(x, q.lower_bound, q.upper_bound);
}

DrawAddress with_possible_shares(const Settings& scenario, DrawAddress address) {
  if (address.central || address.positions || !scenario.has(permanent_share) || !scenario.has(persistent_share))
    return address;
  const auto sum = [&] {
    return drawn(scenario.quantity(permanent_share), address) + drawn(scenario.quantity(persistent_share), address);
  };
  for (address.attempt_of_shares = 0; sum() > 1; ++address.attempt_of_shares)
    if (address.attempt_of_shares == most_attempts)
      throw ScenarioError(
          message("income: permanent_share + persistent_share is more than 1 in nearly every draw of "
                  "their ranges"));
  return address;
}

double position_of(std::string_view name, const DrawAddress& address) { return uniform_of(name, address); }

double value_at(const Quantity& quantity, double position) {
  if (quantity.shape == Shape::fixed) return quantity.value;
  if (position == tail) return quantity.low;
  return position == 1 - tail ? quantity.high : quantile(quantity, position);
}

double drawn(const Quantity& quantity, const DrawAddress& address) {
  if (address.central || quantity.shape == Shape::fixed) return quantity.value;
  if (!address.positions) return quantile(quantity, uniform_of(quantity.name, address));
  const auto at = address.positions->find(quantity.name);
  return at == address.positions->end() ? quantity.value : value_at(quantity, at->second);
}

Settings drawn(const Settings& settings, const DrawAddress& address) {
  if (address.central) return settings;
  const DrawAddress own = with_possible_shares(settings, address);
  return settings.with_values([&](const Quantity& quantity) { return drawn(quantity, own); });
}

Region drawn(const Region& region, const DrawAddress& address) {
  Region result = region;
  if (address.central) return result;
  for (auto& [name, years] : result.lines)
    for (auto& [year, quantity] : years)
      if (year > region.base_year) quantity.value = drawn(quantity, address);
  for (Crop& crop : result.crops)
    for (auto& [name, quantity] : crop.numbers) quantity.value = drawn(quantity, address);
  for (auto& [name, table] : result.tables)
    for (Quantity& quantity : table.quantities()) quantity.value = drawn(quantity, address);
  return result;
}

}  // namespace tuopin
