// The second half of the claims: ranked, priced, granted.
#include <algorithm>
#include <cmath>

#include "engine/base/normals.hpp"
#include "engine/money/budgets.hpp"
#include "models/programme/claims.hpp"

namespace tuopin {

namespace {

void rank_claims(const Programme& programme, double noise, SearchLists& lists, BlockClaims& claims) {
  const std::size_t n = claims.size();
  lists.noise.resize(n);
  if (noise > 0)
    normals_from(claims.noise.data(), lists.noise.data(), n);
  else
    std::fill(lists.noise.begin(), lists.noise.end(), 0.0);
  claims.rank.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    const float own = rank_of(claims.score[i] + noise * lists.noise[i]);
    claims.rank[i] = uniform_from(claims.capture[i]) < programme.capture ? highest_rank : own;
  }
}

/// Keeps only the best claim of each household; claims of its members are adjacent.
void keep_best_of_household(BlockClaims& claims) {
  const auto better = [&](std::size_t a, std::size_t b) {
    const std::uint64_t key = ranking_key(claims.rank[a], claims.tie[a]),
                        other = ranking_key(claims.rank[b], claims.tie[b]);
    return key > other || (key == other && claims.entity[a] < claims.entity[b]);
  };
  std::size_t kept = 0;
  for (std::size_t i = 0; i < claims.size(); ++i) {
    const bool same = kept > 0 && claims.unit.household[kept - 1] == claims.unit.household[i];
    if (same && !better(i, kept - 1)) continue;
    const std::size_t to = same ? kept - 1 : kept++;
    for (auto* column : {&claims.unit.row, &claims.unit.household, &claims.entity, &claims.tie})
      (*column)[to] = (*column)[i];
    claims.rank[to] = claims.rank[i];
  }
  for (auto* column : {&claims.unit.row, &claims.unit.household, &claims.entity, &claims.tie}) column->resize(kept);
  claims.rank.resize(kept);
}

/// What each claim costs in its first year, administration and rounding included.
void price(const World& world, const Programme& programme, SearchLists& lists, BlockClaims& claims) {
  const auto& people = world.shard.people;
  const std::size_t n = claims.size();
  claims.units.resize(n);
  claims.fen.resize(n);
  claims.granted.resize(n);
  claims.paid.clear();
  if (programme.acts.pays) {
    lists.recipients.clear();
    for (std::size_t i = 0; i < n; ++i) {
      const std::uint32_t household = claims.household(i);
      const std::uint32_t person = programme.unit_is_person ? claims.unit.row[i] : people.person_begin[household];
      lists.recipients.push_back({household, person, claims.entity[i]});
    }
    claims.paid.resize(n, 0);
    for (const auto& effect : programme.effects) effect->add_payments(world, lists.recipients, claims.paid);
  }
  const std::int64_t of_unit = programme.once_fen(world.year) + programme.per_year_fen(world.year);
  for (std::size_t i = 0; i < n; ++i) claims.units[i] = programme.units_of(world, claims.household(i));
  for (std::size_t i = 0; i < n; ++i) {
    const std::int64_t paid = claims.paid.empty() ? 0 : claims.paid[i] * people.weight[claims.household(i)];
    const std::int64_t spent = paid + claims.units[i] * of_unit;
    claims.fen[i] = spent + static_cast<std::int64_t>(std::ceil(programme.admin_share * static_cast<double>(spent)));
  }
}

}  // namespace

void ClaimBook::open(const Worlds& worlds, const Programme& programme, std::size_t members) {
  const auto cells = worlds.sharded->cells();
  cells_.assign(cells.begin(), cells.end());
  found.resize(cells.size());
  lists_.resize(members);
  for (SearchLists& lists : lists_) lists.bound.reset();
  steady_.clear();
  for (const World& world : worlds.by_shard) steady_.push_back(programme.eligibility.steady_units(world));
}

void ClaimBook::close_search(const Programme& programme) {
  ScoreSums sums;
  for (const BlockClaims& block : found) sums.add(block.scores);
  noise_ = programme.noise_sd * sums.spread();
}

void ClaimBook::rank(const World& world, const Programme& programme, std::size_t cell, std::size_t member) {
  BlockClaims& claims = found[cell];
  if (programme.draws_first()) rank_claims(programme, noise_, lists_[member], claims);
  if (programme.unit_is_person) keep_best_of_household(claims);
  price(world, programme, lists_[member], claims);
}

void ClaimBook::grant(const Worlds& worlds, const Programme& programme, std::span<const Pool> pools, const Team& team) {
  // The blocks of a pool are consecutive: the whole region, or one county.
  const ShardedPopulation& sharded = *worlds.sharded;
  std::vector<std::size_t> begins = {0};
  for (std::size_t i = 1; i < cells_.size(); ++i)
    if (programme.by_county && sharded.block(cells_[i]).county != sharded.block(cells_[i - 1]).county)
      begins.push_back(i);
  begins.push_back(cells_.size());
  team.for_each(begins.size() - 1, [&](std::size_t g, std::size_t member) {
    const Pool& pool = pools[programme.by_county ? sharded.block(cells_[begins[g]]).county : 0];
    grant_pool(worlds, programme, pool, begins[g], begins[g + 1], member);
  });
}

void ClaimBook::grant_pool(const Worlds& worlds, const Programme& programme, Pool pool, std::size_t begin,
                           std::size_t end, std::size_t member) {
  std::vector<ClaimColumns> columns;
  const auto list_columns = [&] {
    columns.clear();
    for (std::size_t cell = begin; cell < end; ++cell) {
      BlockClaims& c = found[cell];
      columns.push_back({c.rank, c.tie, c.entity, c.units, c.fen, c.granted});
    }
  };
  if (!programme.draws_first()) {
    for (std::size_t cell = begin; cell < end; ++cell) {
      found[cell].rank.assign(found[cell].size(), 0);
      found[cell].tie.assign(found[cell].size(), 0);
    }
    list_columns();
    if (!all_fit(columns, pool))  // money or places do not suffice for all claims: they must be ranked
      for (std::size_t cell = begin; cell < end; ++cell) {
        draw_ranking(worlds.at(cells_[cell]), programme, lists_[member], found[cell]);
        rank_claims(programme, noise_, lists_[member], found[cell]);
      }
  }
  list_columns();
  allocate(columns, pool);
}

std::vector<Pool> make_pools(const ShardedPopulation& sharded, const Programme& programme,
                             std::span<const std::int64_t> places, std::int64_t fen) {
  std::vector<Pool> pools;
  for (const std::int64_t of_pool : places) pools.push_back({of_pool, fen});
  if (programme.by_county && fen < unlimited) {
    const auto parts = apportion(fen, sharded.shards().front()->county_keys.at(programme.key));
    for (std::size_t c = 0; c < pools.size(); ++c) pools[c].fen_left = parts[c];
  }
  return pools;
}

}  // namespace tuopin
