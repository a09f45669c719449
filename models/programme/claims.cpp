#include "models/programme/claims.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/numbers.hpp"
#include "engine/money/budgets.hpp"
#include "engine/run/parallel.hpp"

namespace tuopin {

namespace {

struct Candidate {
  std::uint32_t row, household, county, tie;
  std::uint64_t entity;
  double score, noise;
  bool jumps;
};

struct BlockClaims {
  std::vector<Candidate> candidates;
  std::int64_t eligible_persons = 0, applied_persons = 0;
};

/// Index of each draw of `programme.<name>.targeting`.
enum Draw : unsigned { draw_take_up = 0, draw_noise = 1, draw_capture = 2, draw_tie = 3 };

/// Persons of a unit: itself, or the members of a household.
std::int64_t persons_of(const World& world, const Programme& programme, std::uint32_t household) {
  const std::int64_t weight = world.ground.people.weight[household];
  return programme.unit_is_person ? weight : weight * world.ground.people.members[household];
}

BlockClaims claims_of_block(const World& world, const Programme& programme, const ProgrammeState& state,
                            const RuleData& data, const Block& block) {
  const auto& people = world.ground.people;
  BlockClaims found;
  std::uint32_t begin = block.begin, end = block.end;
  if (programme.unit_is_person) {
    begin = people.person_begin[block.begin];
    end = block.end < world.ground.rows ? people.person_begin[block.end]
                                        : static_cast<std::uint32_t>(world.ground.person_id.size());
  }
  std::vector<std::uint32_t> rows;
  programme.eligible.select(data, begin, end, rows);
  if (rows.empty()) return found;

  const auto household_of = [&](std::uint32_t row) {
    return programme.unit_is_person ? world.ground.person_household[row] : row;
  };
  double days = 0;
  bool moves = false;
  for (const auto& effect : programme.effects) {
    if (effect->needs_days()) days += effect->days(world, {});
    moves = moves || effect->moves();
  }
  std::size_t left = 0;
  for (const std::uint32_t row : rows) {
    const std::uint32_t household = household_of(row);
    found.eligible_persons += persons_of(world, programme, household);
    rows[left] = row;
    left += !state.holds[household] && world.household.free_days[household] >= days &&
            !(moves && world.household.moved[household]);
  }
  rows.resize(left);

  // Luck in passes over what is left: first who is never reached, then the draws of the year.
  const Kind kind = programme.unit_is_person ? Kind::person : Kind::household;
  const std::span<const std::uint32_t> ids = programme.unit_is_person ? world.ground.person_id : people.id;
  std::vector<std::uint32_t> entities, draws;
  const auto look_up = [&](const Luck& luck) {
    entities.resize(rows.size());
    draws.resize(rows.size() * Scratch::draw_rows);
    for (std::size_t i = 0; i < rows.size(); ++i) entities[i] = ids[rows[i]];
    luck.fill(std::span<const std::uint32_t>(entities), draws.data(), rows.size());
  };
  if (programme.exclusion > 0) {
    std::vector<double> excluded_by(rows.size());
    programme.exclusion_by.evaluate(data, rows, excluded_by);
    look_up(Luck(world.seed, world.replicate, hash32(programme.process("exclusion")), 0, kind));
    left = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const bool reached = uniform_from(draws[i]) >= programme.exclusion * excluded_by[i];
      rows[left] = rows[i];
      left += reached;
    }
    rows.resize(left);
  }
  look_up(world.luck(programme.process("targeting"), kind));
  const std::size_t stride = rows.size();
  std::vector<double> score(stride), noise(stride);
  programme.score.evaluate(data, rows, score);
  normals_from(draws.data() + draw_noise * stride, noise.data(), stride);
  found.candidates.reserve(stride);
  for (std::size_t i = 0; i < stride; ++i) {
    if (!(uniform_from(draws[draw_take_up * stride + i]) < programme.take_up)) continue;
    const std::uint32_t household = household_of(rows[i]);
    found.applied_persons += persons_of(world, programme, household);
    found.candidates.push_back({rows[i], household, block.county, draws[draw_tie * stride + i], entities[i], score[i],
                                noise[i], uniform_from(draws[draw_capture * stride + i]) < programme.capture});
  }
  return found;
}

/// Standard deviation of the scores in whole units of 2^-16: integer sums, so that no order of rows changes it.
double spread_of(const std::vector<BlockClaims>& blocks) {
  __extension__ typedef __int128 wide;
  std::int64_t n = 0;
  wide sum = 0, squares = 0;
  for (const BlockClaims& block : blocks)
    for (const Candidate& c : block.candidates) {
      const double score = std::clamp(c.score, -1e9, 1e9);  // definition: fixed point within 64 bits
      const auto s = static_cast<std::int64_t>(std::floor(score * 65536 + 0.5));
      sum += s;
      squares += static_cast<wide>(s) * s;
      ++n;
    }
  if (n < 2) return 0;
  const double mean = static_cast<double>(sum) / static_cast<double>(n);
  const double variance = static_cast<double>(squares) / static_cast<double>(n) - mean * mean;
  return std::sqrt(std::max(0.0, variance)) / 65536;
}

/// Keeps the best claim of each household (claims of one household stand side by side).
void keep_best_of_household(const Programme& programme, const World& world, std::vector<Claim>& claims) {
  if (!programme.unit_is_person) return;
  std::size_t kept = 0;
  for (const Claim& claim : claims) {
    const bool same =
        kept > 0 && world.ground.person_household[claims[kept - 1].row] == world.ground.person_household[claim.row];
    if (!same)
      claims[kept++] = claim;
    else if (claim.key > claims[kept - 1].key)
      claims[kept - 1] = claim;
  }
  claims.resize(kept);
}

}  // namespace

std::vector<Claim> find_claims(const World& world, const Programme& programme, const ProgrammeState& state,
                               std::vector<ProgrammeTally>& tally, int threads) {
  const auto& blocks = world.ground.blocks;
  const RuleData data = rule_data(world, programme.unit_is_person);
  std::vector<BlockClaims> found(blocks.size());
  parallel_for(blocks.size(), threads, nullptr,
               [&](std::size_t b, int) { found[b] = claims_of_block(world, programme, state, data, blocks[b]); });
  const double noise = programme.noise_sd * spread_of(found);

  std::size_t total = 0;
  for (const BlockClaims& block : found) total += block.candidates.size();
  std::vector<Claim> claims;
  claims.reserve(total);
  std::vector<Recipient> recipients;
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    tally[blocks[b].county].eligible_persons += found[b].eligible_persons;
    tally[blocks[b].county].applied_persons += found[b].applied_persons;
    for (const Candidate& c : found[b].candidates) {
      const double score = c.jumps ? std::numeric_limits<float>::max() : c.score + noise * c.noise;
      claims.push_back(
          {ranking_key(score, c.tie), c.entity, c.row, c.county, programme.units_of(world, c.household), 0});
    }
  }
  keep_best_of_household(programme, world, claims);

  // What a claim costs in its first year, administration and rounding included.
  std::vector<std::int64_t> fen(claims.size(), 0);
  for (const Claim& claim : claims) {
    const std::uint32_t household = programme.unit_is_person ? world.ground.person_household[claim.row] : claim.row;
    recipients.push_back({household, claim.row, claim.id, 0, 0});
  }
  for (const auto& effect : programme.effects) effect->add_payments(world, recipients, fen);
  for (std::size_t i = 0; i < claims.size(); ++i) {
    const std::int64_t spent = fen[i] * world.ground.people.weight[recipients[i].household] +
                               claims[i].units * (programme.once_fen + programme.per_year_fen);
    claims[i].fen = spent + static_cast<std::int64_t>(std::ceil(programme.admin_share * static_cast<double>(spent)));
  }
  return claims;
}

std::vector<Pool> make_pools(const World& world, const Programme& programme, std::int64_t units, std::int64_t fen) {
  if (!programme.by_county) return {{units, fen}};
  const std::span<const std::int64_t> key = world.ground.county_keys.at(programme.key);
  std::vector<Pool> pools(world.ground.counties, Pool{unlimited, unlimited});
  if (units < unlimited) {
    const auto parts = apportion(units, key);
    for (std::size_t c = 0; c < pools.size(); ++c) pools[c].units_left = parts[c];
  }
  if (fen < unlimited) {
    const auto parts = apportion(fen, key);
    for (std::size_t c = 0; c < pools.size(); ++c) pools[c].fen_left = parts[c];
  }
  return pools;
}

}  // namespace tuopin
