#include "models/programme/claims.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/numbers.hpp"

namespace tuopin {

namespace {

/// Index of each draw of `programme.<name>.targeting`.
enum Draw : unsigned { draw_take_up = 0, draw_noise = 1, draw_capture = 2, draw_tie = 3 };

/// Looks up one block of draws for each of the entities.
void look_up(const Luck& luck, std::span<const std::uint32_t> entities, std::vector<std::uint32_t>& draws) {
  draws.resize(entities.size() * draws_of_an_entity);
  luck.fill(entities, draws.data(), entities.size());
}

/// The search for claims in one block: tests are applied one after another, each in a pass over the units that remain.
class Search {
 public:
  Search(const World& world, const Programme& programme, const ProgrammeState& state, const Block& block,
         const SteadyUnits& steady, SearchLists& lists, BlockClaims& claims)
      : world_(world), programme_(programme), state_(state), block_(block), steady_(steady), lists_(lists),
        claims_(claims), rows_(claims.unit.row), households_(claims.unit.household), at_(lists.at) {}

  void run() {
    programme_.eligibility.select(world_, steady_, block_, lists_.marks, claims_.unit);
    claims_.eligible_persons = persons();
    keep_those_without_place();
    if (programme_.draws_first()) look_up_the_year();
    keep_reached();
    if (programme_.draws_first()) take_draws();
    claims_.applied_persons = persons();
    score();
  }

 private:
  /// Persons of the units that remain.
  std::int64_t persons() const {
    std::int64_t sum = 0;
    if (programme_.unit_is_person)
      for (const std::uint32_t household : households_) sum += world_.shard.people.weight[household];
    else
      for (const std::uint32_t household : households_) sum += world_.shard.persons[household];
    return sum;
  }

  /// Households of the units, which rules about persons would otherwise have to look up; empty for rules of households.
  std::span<const std::uint32_t> households_of_persons() const {
    return programme_.unit_is_person ? std::span<const std::uint32_t>(households_) : std::span<const std::uint32_t>();
  }

  template <typename Test>
  void keep_if(const Test& test) {
    std::size_t left = 0;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const bool stays = test(i);
      rows_[left] = rows_[i];
      households_[left] = households_[i];
      claims_.entity[left] = claims_.entity[i];
      at_[left] = at_[i];
      left += stays;
    }
    for (auto* column : {&rows_, &households_, &claims_.entity, &at_}) column->resize(left);
  }

  /// Removes units that are enrolled already, lack the labour days, or would be moved or topped up a second time.
  void keep_those_without_place() {
    double days = 0;
    bool moves = false, tops_up = false;
    for (const auto& effect : programme_.effects) {
      if (effect->needs_days()) days += effect->days(world_, {});
      moves = moves || effect->moves();
      tops_up = tops_up || effect->tops_up();
    }
    const std::uint8_t* __restrict holds = state_.holds.data() + block_.begin;
    const std::uint16_t* __restrict free_days =
        world_[Reads<std::uint16_t>(programme_.columns.free_days)] + block_.begin;
    const std::uint8_t* __restrict moved = world_[programme_.columns.moved] + block_.begin;
    const std::uint8_t* __restrict topped_up = world_[programme_.columns.holds_top_up] + block_.begin;
    const std::uint8_t* __restrict covered = world_[programme_.columns.on_safety_net_list] + block_.begin;
    std::uint8_t* __restrict may = lists_.marks.data();
    const std::uint32_t n = block_.size();
    for (std::uint32_t i = 0; i < n; ++i) may[i] = holds[i] ^ 1u;
    if (days > 0)
      for (std::uint32_t i = 0; i < n; ++i) may[i] &= static_cast<std::uint8_t>(free_days[i] >= days);
    if (moves)
      for (std::uint32_t i = 0; i < n; ++i) may[i] &= static_cast<std::uint8_t>(moved[i] == 0);
    if (tops_up)
      for (std::uint32_t i = 0; i < n; ++i) may[i] &= static_cast<std::uint8_t>((topped_up[i] | covered[i]) == 0);

    std::size_t left = 0;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const std::uint32_t household = households_[i];
      rows_[left] = rows_[i];
      households_[left] = household;
      left += may[household - block_.begin];
    }
    rows_.resize(left);
    households_.resize(left);
    claims_.entity.resize(left);
    at_.resize(left);
    const std::span<const std::uint32_t> ids =
        programme_.unit_is_person ? world_.shard.person_id : world_.shard.people.id;
    for (std::size_t i = 0; i < left; ++i) claims_.entity[i] = ids[rows_[i]];
    for (std::size_t i = 0; i < left; ++i) at_[i] = static_cast<std::uint32_t>(i);
  }

  void look_up_the_year() {
    look_up(world_.luck(programme_.targeting_luck), claims_.entity, lists_.draws);
    stride_ = rows_.size();
    const std::uint32_t* take_up = lists_.draws.data() + draw_take_up * stride_;
    if (programme_.take_up < 1) keep_if([&](std::size_t i) { return uniform_from(take_up[i]) < programme_.take_up; });
  }

  /// Removes units that are not reached. The lasting draw is looked up last, only for units that passed all other
  /// tests.
  void keep_reached() {
    if (!(programme_.exclusion > 0)) return;
    std::vector<double>& excluded_by = lists_.excluded_by;
    excluded_by.resize(rows_.size());
    lists_.bound->exclusion_by.evaluate(rows_, excluded_by, households_of_persons());
    std::vector<std::uint32_t>& lasting = lists_.lasting;
    look_up(world_.lasting_luck(programme_.exclusion_luck), claims_.entity, lasting);
    keep_if([&](std::size_t i) { return uniform_from(lasting[i]) >= programme_.exclusion * excluded_by[i]; });
  }

  /// Stores the ranking draws of the units that remain.
  void take_draws() {
    const auto take = [&](unsigned index, std::vector<std::uint32_t>& column) {
      const std::uint32_t* draws = lists_.draws.data() + index * stride_;
      column.resize(at_.size());
      for (std::size_t i = 0; i < at_.size(); ++i) column[i] = draws[at_[i]];
    };
    take(draw_noise, claims_.noise);
    take(draw_capture, claims_.capture);
    take(draw_tie, claims_.tie);
  }

  void score() {
    claims_.score.resize(rows_.size());
    lists_.bound->score.evaluate(rows_, claims_.score, households_of_persons());
    claims_.scores = {};
    claims_.scores.add(claims_.score);
  }

  const World& world_;
  const Programme& programme_;
  const ProgrammeState& state_;
  const Block& block_;
  const SteadyUnits& steady_;
  SearchLists& lists_;
  BlockClaims& claims_;
  std::vector<std::uint32_t>&rows_, &households_, &at_;  ///< units that are left, and where in the draws each stands
  std::size_t stride_ = 0;
};

}  // namespace

void draw_ranking(const World& world, const Programme& programme, SearchLists& lists, BlockClaims& claims) {
  const std::size_t n = claims.size();
  look_up(world.luck(programme.targeting_luck), claims.entity, lists.draws);
  const auto draws = [&](unsigned index) { return lists.draws.begin() + static_cast<std::ptrdiff_t>(index * n); };
  claims.noise.assign(draws(draw_noise), draws(draw_noise + 1));
  claims.capture.assign(draws(draw_capture), draws(draw_capture + 1));
  claims.tie.assign(draws(draw_tie), draws(draw_tie + 1));
}

void ScoreSums::add(double score) {
  const double bounded = std::clamp(score, -1e9, 1e9);  // definition: fixed point within 64 bits
  const auto whole = static_cast<std::int64_t>(std::floor(bounded * 65536 + 0.5));
  sum += whole;
  squares += static_cast<wide>(whole) * whole;
  ++n;
}

void ScoreSums::add(std::span<const double> scores) {
  double largest = 0;
  for (const double score : scores) largest = std::max(largest, std::fabs(score));
  constexpr double small = 255;                      // definition: wholes of 24 bits, squares of 48
  constexpr std::size_t few = std::size_t{1} << 15;  // of which so many sum to 64 bits
  if (!(largest < small) || scores.size() > few) {
    for (const double score : scores) add(score);
    return;
  }
  std::int64_t of_scores = 0, of_squares = 0;
  for (const double score : scores) {
    const auto whole = static_cast<std::int32_t>(std::floor(score * 65536 + 0.5));
    of_scores += whole;
    of_squares += static_cast<std::int64_t>(whole) * whole;
  }
  sum += of_scores;
  squares += of_squares;
  n += static_cast<std::int64_t>(scores.size());
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

void ClaimBook::search(const World& world, const Programme& programme, const ProgrammeState& state, std::size_t cell,
                       std::size_t member) {
  SearchLists& lists = lists_[member];
  if (!lists.bound || lists.bound->world != &world) {
    const RuleData data = rule_data(world, programme.unit_is_person);
    lists.bound = std::make_shared<SearchLists::Bound>(
        SearchLists::Bound{&world, BoundRule(programme.score, data), BoundRule(programme.exclusion_by, data)});
  }
  const ShardedPopulation::Cell at = cells_[cell];
  Search(world, programme, state, world.shard.blocks[at.block], *steady_[at.shard], lists, found[cell]).run();
}

}  // namespace tuopin
