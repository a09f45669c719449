#include "models/programme/claims.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/numbers.hpp"
#include "engine/money/budgets.hpp"

namespace tuopin {

namespace {

/// Index of each draw of `programme.<name>.targeting`.
enum Draw : unsigned { draw_take_up = 0, draw_noise = 1, draw_capture = 2, draw_tie = 3 };

/// The search for claims in one block: rows fall out one test after another, luck and rules in passes over what is
/// left.
class Search {
 public:
  Search(const World& world, const Programme& programme, const ProgrammeState& state, const Block& block,
         SearchLists& lists)
      : world_(world), programme_(programme), state_(state), block_(block), lists_(lists), rows_(lists.rows),
        at_(lists.at), draws_(lists.draws), data_(rule_data(world, programme.unit_is_person)) {}

  BlockClaims run() {
    select_eligible();
    keep_those_without_place();
    look_up_the_year();
    keep_if([&](std::size_t i) { return uniform_from(draw(draw_take_up, i)) < programme_.take_up; });
    keep_reached();
    score();
    return std::move(found_);
  }

 private:
  std::uint32_t household_of(std::uint32_t row) const {
    return programme_.unit_is_person ? world_.ground.person_household[row] : row;
  }
  std::int64_t persons_of(std::uint32_t household) const {
    const std::int64_t weight = world_.ground.people.weight[household];
    return programme_.unit_is_person ? weight : weight * world_.ground.people.members[household];
  }
  std::uint32_t draw(unsigned index, std::size_t i) const { return draws_[index * stride_ + at_[i]]; }

  void select_eligible() {
    std::uint32_t begin = block_.begin, end = block_.end;
    if (programme_.unit_is_person) {
      const auto& first = world_.ground.people.person_begin;
      begin = first[begin];
      end = end < world_.ground.rows ? first[end] : static_cast<std::uint32_t>(world_.ground.person_id.size());
    }
    rows_.clear();
    programme_.eligible.select(data_, begin, end, rows_);
  }

  /// Who holds a place already, lacks the days, or has moved and would move again, claims nothing.
  void keep_those_without_place() {
    double days = 0;
    bool moves = false;
    for (const auto& effect : programme_.effects) {
      if (effect->needs_days()) days += effect->days(world_, {});
      moves = moves || effect->moves();
    }
    const std::uint16_t* free_days = std::as_const(world_)[Reads<std::uint16_t>(programme_.columns.free_days)];
    const std::uint8_t* moved = world_[programme_.columns.moved];
    std::size_t left = 0;
    for (const std::uint32_t row : rows_) {
      const std::uint32_t household = household_of(row);
      found_.eligible_persons += persons_of(household);
      rows_[left] = row;
      left += !state_.holds[household] && free_days[household] >= days && !(moves && moved[household]);
    }
    rows_.resize(left);
  }

  /// One block of luck for each row that is left.
  void look_up(const Luck& luck, std::vector<std::uint32_t>& draws) {
    const std::span<const std::uint32_t> ids =
        programme_.unit_is_person ? world_.ground.person_id : world_.ground.people.id;
    std::vector<std::uint32_t>& entities = lists_.entities;
    entities.resize(rows_.size());
    for (std::size_t i = 0; i < rows_.size(); ++i) entities[i] = ids[rows_[i]];
    draws.resize(rows_.size() * draws_of_an_entity);
    luck.fill(std::span<const std::uint32_t>(entities), draws.data(), rows_.size());
  }

  void look_up_the_year() {
    look_up(world_.luck(programme_.targeting_luck), draws_);
    stride_ = rows_.size();
    at_.resize(stride_);
    for (std::size_t i = 0; i < stride_; ++i) at_[i] = static_cast<std::uint32_t>(i);
  }

  template <typename Test>
  void keep_if(const Test& test) {
    std::size_t left = 0;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const bool stays = test(i);
      rows_[left] = rows_[i];
      at_[left] = at_[i];
      left += stays;
    }
    rows_.resize(left);
    at_.resize(left);
  }

  /// The lasting draw is looked up last, for those alone who would claim.
  void keep_reached() {
    if (!(programme_.exclusion > 0)) return;
    std::vector<double>& excluded_by = lists_.excluded_by;
    excluded_by.resize(rows_.size());
    programme_.exclusion_by.evaluate(data_, rows_, excluded_by);
    std::vector<std::uint32_t>& lasting = lists_.lasting;
    look_up(world_.lasting_luck(programme_.exclusion_luck), lasting);
    keep_if([&](std::size_t i) { return uniform_from(lasting[i]) >= programme_.exclusion * excluded_by[i]; });
  }

  void score() {
    const std::size_t n = rows_.size();
    std::vector<double>&score = lists_.score, &noise = lists_.noise;
    std::vector<std::uint32_t>& of_noise = lists_.of_noise;
    score.resize(n);
    noise.resize(n);
    of_noise.resize(n);
    programme_.score.evaluate(data_, rows_, score);
    for (std::size_t i = 0; i < n; ++i) of_noise[i] = draw(draw_noise, i);
    normals_from(of_noise.data(), noise.data(), n);
    found_.candidates.reserve(n);
    for (std::size_t i = 0; i < n; ++i) {
      const std::uint32_t row = rows_[i], household = household_of(row);
      const std::uint64_t entity =
          programme_.unit_is_person ? world_.ground.person_id[row] : world_.ground.people.id[row];
      found_.applied_persons += persons_of(household);
      found_.scores.add(score[i]);
      found_.candidates.push_back({row, household, draw(draw_tie, i), entity, score[i], noise[i],
                                   uniform_from(draw(draw_capture, i)) < programme_.capture});
    }
  }

  const World& world_;
  const Programme& programme_;
  const ProgrammeState& state_;
  const Block& block_;
  SearchLists& lists_;
  std::vector<std::uint32_t>&rows_, &at_, &draws_;  ///< rows that are left, and where in the draws each stands
  RuleData data_;
  std::size_t stride_ = 0;
  BlockClaims found_;
};

std::uint64_t key_of(const Candidate& c, double noise) {
  return ranking_key(c.jumps ? std::numeric_limits<float>::max() : c.score + noise * c.noise, c.tie);
}

/// Keeps the best candidate of each household: members stand side by side.
void keep_best_of_household(double noise, std::vector<Candidate>& candidates) {
  std::size_t kept = 0;
  for (const Candidate& c : candidates) {
    const bool same = kept > 0 && candidates[kept - 1].household == c.household;
    if (!same) {
      candidates[kept++] = c;
      continue;
    }
    Candidate& best = candidates[kept - 1];
    const std::uint64_t key = key_of(c, noise), highest = key_of(best, noise);
    if (key > highest || (key == highest && c.entity < best.entity)) best = c;
  }
  candidates.resize(kept);
}

/// What each candidate costs in its first year, administration and rounding included.
std::vector<std::int64_t> first_costs(const World& world, const Programme& programme,
                                      std::span<const Candidate> candidates) {
  std::vector<Recipient> recipients;
  recipients.reserve(candidates.size());
  for (const Candidate& c : candidates) recipients.push_back({c.household, c.row, c.entity, 0, 0});
  std::vector<std::int64_t> fen(candidates.size(), 0);
  for (const auto& effect : programme.effects) effect->add_payments(world, recipients, fen);
  for (std::size_t i = 0; i < fen.size(); ++i) {
    const std::uint32_t row = candidates[i].household;
    const std::int64_t spent = fen[i] * world.ground.people.weight[row] +
                               programme.units_of(world, row) * (programme.once_fen + programme.per_year_fen);
    fen[i] = spent + static_cast<std::int64_t>(std::ceil(programme.admin_share * static_cast<double>(spent)));
  }
  return fen;
}

}  // namespace

void ScoreSums::add(double score) {
  const double bounded = std::clamp(score, -1e9, 1e9);  // definition: fixed point within 64 bits
  const auto whole = static_cast<std::int64_t>(std::floor(bounded * 65536 + 0.5));
  sum += whole;
  squares += static_cast<wide>(whole) * whole;
  ++n;
}

void ScoreSums::add(const ScoreSums& other) {
  n += other.n;
  sum += other.sum;
  squares += other.squares;
}

double ScoreSums::spread() const {
  if (n < 2) return 0;
  const double mean = static_cast<double>(sum) / static_cast<double>(n);
  const double variance = static_cast<double>(squares) / static_cast<double>(n) - mean * mean;
  return std::sqrt(std::max(0.0, variance)) / 65536;
}

BlockClaims find_claims(const World& world, const Programme& programme, const ProgrammeState& state, const Block& block,
                        SearchLists& lists) {
  return Search(world, programme, state, block, lists).run();
}

void ClaimBook::open(std::size_t cells, std::size_t members) {
  found.resize(cells);
  lists.resize(members);
}

void ClaimBook::close_search(const Programme& programme) {
  ScoreSums sums;
  first_.assign(1, 0);
  for (const BlockClaims& block : found) {
    sums.add(block.scores);
    first_.push_back(first_.back() + block.candidates.size());
  }
  noise_ = programme.noise_sd * sums.spread();
  claims_.resize(first_.back());
}

void ClaimBook::rank(const World& world, const Programme& programme, std::size_t cell) {
  std::vector<Candidate>& candidates = found[cell].candidates;
  if (programme.unit_is_person) keep_best_of_household(noise_, candidates);
  const std::vector<std::int64_t> costs = first_costs(world, programme, candidates);
  for (std::size_t c = 0; c < candidates.size(); ++c)
    claims_[first_[cell] + c] = {key_of(candidates[c], noise_),
                                 candidates[c].entity,
                                 static_cast<std::uint32_t>(first_[cell] + c),
                                 0,
                                 programme.units_of(world, candidates[c].household),
                                 costs[c]};
}

void ClaimBook::grant(const Land& land, const Programme& programme, std::span<const Pool> pools, const Team& team) {
  // A pool's blocks follow one another: the whole land, or a county.
  const auto cells = land.cells();
  std::vector<std::size_t> begins = {0};
  for (std::size_t i = 1; i < cells.size(); ++i)
    if (programme.by_county && land.block(cells[i]).county != land.block(cells[i - 1]).county) begins.push_back(i);
  begins.push_back(cells.size());
  team.for_each(begins.size() - 1, [&](std::size_t g, std::size_t) {
    grant_pool(pools[programme.by_county ? land.block(cells[begins[g]]).county : 0], begins[g], begins[g + 1]);
  });
}

void ClaimBook::grant_pool(Pool pool, std::size_t begin, std::size_t end) {
  std::size_t n = first_[begin];  // where only one of a household's members is left there are gaps
  for (std::size_t cell = begin; cell < end; ++cell) {
    const auto from = claims_.begin() + static_cast<std::ptrdiff_t>(first_[cell]);
    const std::size_t of_cell = found[cell].candidates.size();
    if (n < first_[cell]) std::copy_n(from, of_cell, claims_.begin() + static_cast<std::ptrdiff_t>(n));
    n += of_cell;
  }
  const auto claims = std::span<const Claim>(claims_).subspan(first_[begin], n - first_[begin]);
  std::vector<Pool> one = {pool};
  const std::vector<Claim> granted = allocate(claims, one);
  std::size_t next = 0;  // claims come back by number, blocks are numbered in the same order
  for (std::size_t cell = begin; cell < end; ++cell) {
    std::vector<Candidate>& candidates = found[cell].candidates;
    std::size_t kept = 0;
    for (; next < granted.size() && granted[next].row < first_[cell + 1]; ++next)
      candidates[kept++] = candidates[granted[next].row - first_[cell]];
    candidates.resize(kept);
  }
}

std::vector<Pool> make_pools(const Land& land, const Programme& programme, std::span<const std::int64_t> places,
                             std::int64_t fen) {
  std::vector<Pool> pools;
  for (const std::int64_t of_pool : places) pools.push_back({of_pool, fen});
  if (programme.by_county && fen < unlimited) {
    const auto parts = apportion(fen, land.parts().front()->county_keys.at(programme.key));
    for (std::size_t c = 0; c < pools.size(); ++c) pools[c].fen_left = parts[c];
  }
  return pools;
}

}  // namespace tuopin
