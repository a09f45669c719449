#include "models/programme/places.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/money/budgets.hpp"

namespace tuopin {

namespace {

/// W(c,t), or W(t) alone.
std::vector<std::int64_t> places_of_whole(const Programme& programme, const ShardedPopulation& sharded, int year) {
  const std::int64_t places = programme.capacity_of(year);
  if (!programme.by_county) return {places};
  if (places >= unlimited) return std::vector<std::int64_t>(sharded.counties(), unlimited);
  return apportion(places, sharded.whole_keys().at(programme.key));
}

/// s(c): share of each county's persons that the sharded holds; the same for all where the sharded is no sample.
std::vector<double> shares_kept(const ShardedPopulation& sharded) {
  const auto& kept = sharded.shards().front()->county_keys.at("population");
  const auto& all = sharded.whole_keys().at("population");
  std::vector<double> shares(kept.size(), 1);
  for (std::size_t c = 0; c < kept.size(); ++c)
    if (all[c] > 0) shares[c] = static_cast<double>(kept[c]) / static_cast<double>(all[c]);
  return shares;
}

/// E(c,t), or E(t) alone.
std::vector<double> exact_places(const Programme& programme, const ShardedPopulation& sharded,
                                 std::span<const std::int64_t> whole) {
  const double total = static_cast<double>(std::accumulate(whole.begin(), whole.end(), std::int64_t{0}));
  std::vector<double> weights = programme.by_county ? shares_kept(sharded) : std::vector<double>{1};
  double sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) sum += weights[i] *= static_cast<double>(whole[i]);
  for (std::size_t i = 0; i < weights.size(); ++i)  // sum 0: no county with places has persons in the sample
    weights[i] = sharded.share() * (sum > 0 ? total * (weights[i] / sum) : static_cast<double>(whole[i]));
  return weights;
}

}  // namespace

std::vector<std::int64_t> whole_places(std::int64_t total, std::span<const double> exact, std::span<double> owed) {
  std::vector<std::int64_t> places(exact.size());
  std::vector<std::size_t> order(exact.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = 0; i < exact.size(); ++i) {
    places[i] = static_cast<std::int64_t>(std::floor(exact[i]));
    owed[i] += exact[i] - static_cast<double>(places[i]);
    total -= places[i];
  }
  const auto fraction = [&](std::size_t i) { return exact[i] - std::floor(exact[i]); };
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if ((fraction(a) > 0) != (fraction(b) > 0)) return fraction(a) > 0;  // an integer share needs no rounding this year
    return owed[a] != owed[b] ? owed[a] > owed[b] : a < b;
  });
  // Rounding errors may make the total negative: then places are taken back, first from those who were owed least.
  for (std::size_t next = 0; total > 0; next = (next + 1) % order.size(), --total) {
    ++places[order[next]];
    owed[order[next]] -= 1;
  }
  for (std::size_t i = order.size(); total < 0 && i-- > 0;) {
    if (places[order[i]] == 0) continue;
    --places[order[i]];
    owed[order[i]] += 1;
    ++total;
  }
  return places;
}

std::int64_t places_printed(const Settings& programme, int base_year, int year, double share) {
  const auto [opens, last] = programme.window("window");
  const YearSeries& capacity = programme.series("capacity.by_year");
  const int first = std::max(opens, base_year + 1);
  if (year < first || year > last) return 0;
  double before = 0;
  for (int past = first; past < year; ++past) before += std::floor(capacity.at(past) + 0.5);
  const auto by = [share](double whole) { return static_cast<std::int64_t>(std::floor(whole * share + 0.5)); };
  return by(before + std::floor(capacity.at(year) + 0.5)) - by(before);
}

std::vector<std::int64_t> places_of(const Programme& programme, const ShardedPopulation& sharded, int year) {
  std::vector<std::int64_t> places = places_of_whole(programme, sharded, year);
  if (programme.everyone || sharded.share() == 1) return places;
  double whole = 0;  // of all years so far
  std::int64_t given = 0;
  std::vector<double> owed(places.size(), 0);
  for (int past = programme.first_offer; past <= year; ++past) {
    const std::vector<std::int64_t> of_year = places_of_whole(programme, sharded, past);
    whole = std::accumulate(of_year.begin(), of_year.end(), whole);
    const auto by_now = static_cast<std::int64_t>(std::floor(whole * sharded.share() + 0.5));
    places = whole_places(by_now - given, exact_places(programme, sharded, of_year), owed);
    given = by_now;
  }
  return places;
}

}  // namespace tuopin
