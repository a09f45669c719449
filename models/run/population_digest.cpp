#include "models/run/population_digest.hpp"

#include <bit>

#include "engine/base/ids.hpp"

namespace tuopin {

namespace {

template <typename T>
std::uint64_t word_of(T value) {
  if constexpr (std::is_same_v<T, float>) return std::bit_cast<std::uint32_t>(value);
  if constexpr (std::is_same_v<T, double>) return std::bit_cast<std::uint64_t>(value);
  return static_cast<std::uint64_t>(value);
}

/// A column that refers to rows of another table, with the ids of these rows: the digest uses the ids.
struct Link {
  std::string_view column;
  std::span<const std::uint32_t> ids;
};

/// Sum over the rows of a hash of their values. Columns that only index the first row of a group are left out.
std::uint64_t sum_of_rows(const Table& table, const Link& link = {}) {
  std::vector<std::uint64_t> rows(table.rows(), hash64(table.name()));
  for (const ColumnSpec& spec : table.specs()) {
    if (spec.name.ends_with("_begin")) continue;
    const std::uint64_t name = hash64(spec.name) | 1;
    std::visit(
        [&](const auto& values) {
          const bool is_link = spec.name == link.column;
          for (std::size_t row = 0; row < values.size(); ++row) {
            std::uint64_t word = word_of(values[row]);
            if (is_link) word = link.ids[word];
            rows[row] = (rows[row] ^ word) * name;
            rows[row] ^= rows[row] >> 29;
          }
        },
        table.data(spec.name));
  }
  std::uint64_t sum = 0;
  for (const std::uint64_t row : rows) sum += mix64(row);
  return sum;
}

/// Digest of the data besides the rows (county keys, quotas …), which are the same in every shard.
std::uint64_t digest_of_whole(const Shard& shard) {
  const Population& p = *shard.population;
  std::uint64_t digest = sum_of_rows(p.counties);
  const auto add = [&](std::uint64_t word) { digest = mix64(digest * 0x9e3779b97f4a7c15ull + word + 1); };
  for (const std::string& name : p.county_names) add(hash64(name));
  for (const std::int64_t quota : p.registered_quota) add(static_cast<std::uint64_t>(quota));
  for (const std::string& group : p.groups) add(hash64(group));
  add(word_of(p.true_poverty_rate));
  add(word_of(p.mean_income));
  add(static_cast<std::uint64_t>(p.index));
  add(word_of(shard.share));
  for (const auto& [name, keys] : p.whole_keys) {
    add(hash64(name));
    for (const std::int64_t key : keys) add(static_cast<std::uint64_t>(key));
  }
  return digest;
}

}  // namespace

std::uint64_t digest_of(const ShardedPopulation& sharded) {
  std::uint64_t sum = 0;
  for (const Shard* shard : sharded.shards()) {
    const Population& p = *shard->population;
    sum += sum_of_rows(p.persons, {"household", shard->people.id});
    sum += sum_of_rows(p.households, {"village", shard->people.village_id});
    sum += sum_of_rows(p.villages);
  }
  return mix64(sum ^ digest_of_whole(*sharded.shards().front()));
}

}  // namespace tuopin
