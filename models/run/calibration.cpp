#include "models/run/calibration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/base/numbers.hpp"
#include "models/processes/safety_net.hpp"

namespace tuopin {

namespace {

__extension__ typedef __int128 Wide;

/// An order-free sum of real numbers: each is rounded to an integer multiple of 2^-32.
struct ExactSum {
  Wide units = 0;
  void add(double x) { units += static_cast<std::int64_t>(std::min(x * 0x1p32, 0x1p62) + 0.5); }
  void add(const ExactSum& other) { units += other.units; }
  double value() const { return static_cast<double>(units) * 0x1p-32; }
};

/// Random terms and intermediate results of the households of one shard in the base year.
struct ShardTerms {
  explicit ShardTerms(const Shard& g) : shard(&g), z(g.rows), common(g.rows), assessment(g.rows), shape(g.rows) {
    for (auto& stream : white) stream.resize(g.rows);
  }
  const Shard* shard;
  std::vector<double> z, white[4];
  std::vector<double> common;      ///< log of the village's and the county's shock
  std::vector<double> assessment;  ///< factor of the safety net's assessment; 0: not on its list
  std::vector<double> shape;       ///< market income if the level were one

  double persons(std::uint32_t row) const {
    return shard->people.members[row] * static_cast<double>(shard->people.weight[row]);
  }
};

/// The base year of a population with everything drawn except σ and the level.
class BaseYear {
 public:
  BaseYear(const ShardedPopulation& sharded, const Settings& scenario, const Region& region, const Team& team);

  /// Mean of true income for level one and without the safety net; fills the shapes.
  double mean_of_shapes(double sigma);
  /// Poverty rate and mean of true income at a level, safety net included; needs mean_of_shapes first.
  std::pair<double, double> rate_and_mean(double level) const;

  double stream_concentration = 1;

 private:
  void draw(ShardTerms& terms, const Block& block, const Region& region) const;
  void fill_shapes(ShardTerms& terms, const Block& block, const IncomeParts& parts) const;

  /// Sum over all blocks of what `of_block(terms, block)` returns.
  template <typename Sum, typename OfBlock>
  Sum reduce(const OfBlock& of_block) const {
    const auto cells = sharded_.cells();
    std::vector<Sum> sums(cells.size());
    team_.for_each(cells.size(),
                   [&](std::size_t i, std::size_t) { sums[i] = of_block(cells[i].shard, sharded_.block(cells[i])); });
    Sum sum;
    for (const Sum& terms : sums) sum.add(terms);
    return sum;
  }

  const ShardedPopulation& sharded_;
  const Settings& scenario_;
  const Team& team_;
  double line_, allowance_;
  double coverage_, adequacy_, applies_, assessment_sd_;
  bool streams_;
  std::vector<ShardTerms> terms_;
  double persons_ = 0;
};

BaseYear::BaseYear(const ShardedPopulation& sharded, const Settings& scenario, const Region& region, const Team& team)
    : sharded_(sharded), scenario_(scenario), team_(team), line_(region.line("statistical", region.base_year)),
      allowance_(region.line("allowance", region.base_year)),
      coverage_(scenario.flag("safety_net.off") ? 0 : scenario.number("safety_net.coverage")),
      adequacy_(scenario.number("safety_net.adequacy")), applies_(scenario.number("safety_net.applies_below") * line_),
      assessment_sd_(scenario.number("safety_net.assessment_sd")), streams_(scenario.flag("income.streams")) {
  for (const Shard* shard : sharded.shards()) terms_.emplace_back(*shard);
  struct Sums {
    ExactSum persons, concentration;
    void add(const Sums& other) {
      persons.add(other.persons);
      concentration.add(other.concentration);
    }
  };
  const Sums sums = reduce<Sums>([&](std::uint32_t p, const Block& block) {
    draw(terms_[p], block, region);
    const auto& people = terms_[p].shard->people;
    Sums of_block;
    for (std::uint32_t row = block.begin; row < block.end; ++row) {
      const double a[4] = {people.share_wage[row], people.share_business[row], people.share_property[row],
                           people.share_transfer[row]};
      of_block.persons.add(terms_[p].persons(row));
      of_block.concentration.add(terms_[p].persons(row) * (a[0] * a[0] + a[1] * a[1] + a[2] * a[2] + a[3] * a[3]));
    }
    return of_block;
  });
  persons_ = sums.persons.value();
  stream_concentration = sums.concentration.value() / persons_;
}

void BaseYear::draw(ShardTerms& terms, const Block& block, const Region& region) const {
  const auto& people = terms.shard->people;
  const std::uint32_t first = block.begin, n = block.size();
  const auto luck = [&](const char* process) {
    return Luck(static_cast<std::uint64_t>(region.settings.integer("synthesis_seed")),
                static_cast<std::uint64_t>(terms.shard->population->index), hash32(process), region.base_year,
                Kind::population);
  };
  std::vector<std::uint32_t> draws(draws_of_an_entity * n);
  luck("calibration.income").fill(people.id.subspan(first, n), draws.data(), n);
  normals_from(draws.data(), terms.z.data() + first, n);
  for (unsigned s = 0; s < (streams_ ? 4u : 1u); ++s)
    normals_from(draws.data() + std::size_t{1 + s} * n, terms.white[s].data() + first, n);

  luck("calibration.safety_net").fill(people.id.subspan(first, n), draws.data(), n);
  std::vector<double> error(n);
  normals_from(draws.data() + n, error.data(), n);
  for (std::uint32_t i = 0; i < n; ++i) error[i] *= assessment_sd_;
  fixed_exp(error.data(), error.data(), n);
  for (std::uint32_t i = 0; i < n; ++i) terms.assessment[first + i] = uniform_from(draws[i]) < coverage_ ? error[i] : 0;

  const bool shocks = !scenario_.flag("shocks.off");
  const auto log_shock = [](double sd, double normal) { return sd * normal - sd * sd / 2; };
  const double village_sd = shocks ? scenario_.number("shocks.village_sd") : 0;
  const double county_sd = shocks ? scenario_.number("shocks.county_sd") : 0;
  const double county = log_shock(county_sd, luck("calibration.county").normal(people.county_id[block.county], 0));
  const Luck of_village = luck("calibration.village");
  std::uint32_t village = block.village_begin;
  double common = 0;
  for (std::uint32_t row = first; row < block.end; ++row) {
    if (row == first || people.village[row] != village) {
      village = people.village[row];
      common = log_shock(village_sd, of_village.normal(people.village_id[village], 0)) + county;
    }
    terms.common[row] = common;
  }
}

void BaseYear::fill_shapes(ShardTerms& terms, const Block& block, const IncomeParts& parts) const {
  const auto& people = terms.shard->people;
  const std::uint32_t first = block.begin, n = block.size();
  std::vector<double> base(n), streams(n), white(n);
  for (std::uint32_t i = 0; i < n; ++i)
    base[i] = parts.sigma_f * people.permanent_score[first + i] + parts.sigma_z * terms.z[first + i] +
              terms.common[first + i] - parts.half_v;
  fixed_exp(base.data(), base.data(), n);
  const float* shares[4] = {people.share_wage.data(), people.share_business.data(), people.share_property.data(),
                            people.share_transfer.data()};
  for (unsigned s = 0; s < (streams_ ? 4u : 1u); ++s) {
    for (std::uint32_t i = 0; i < n; ++i) white[i] = parts.sigma_e * terms.white[s][first + i];
    fixed_exp(white.data(), white.data(), n);
    for (std::uint32_t i = 0; i < n; ++i) {
      const double income = streams_ ? shares[s][first + i] * white[i] : white[i];
      streams[i] = s == 0 ? income : streams[i] + income;
    }
  }
  for (std::uint32_t i = 0; i < n; ++i) terms.shape[first + i] = base[i] * streams[i];
}

double BaseYear::mean_of_shapes(double sigma) {
  const IncomeParts parts(scenario_, {sigma, 1, stream_concentration});
  const auto sum = reduce<ExactSum>([&](std::uint32_t p, const Block& block) {
    fill_shapes(terms_[p], block, parts);
    ExactSum of_block;
    for (std::uint32_t row = block.begin; row < block.end; ++row)
      of_block.add(terms_[p].persons(row) * terms_[p].shape[row]);
    return of_block;
  });
  return sum.value() / persons_;
}

std::pair<double, double> BaseYear::rate_and_mean(double level) const {
  struct Sums {
    ExactSum poor, income;
    void add(const Sums& other) {
      poor.add(other.poor);
      income.add(other.income);
    }
  };
  const Sums sums = reduce<Sums>([&](std::uint32_t p, const Block& block) {
    const ShardTerms& terms = terms_[p];
    Sums of_block;
    for (std::uint32_t row = block.begin; row < block.end; ++row) {
      double income = level * terms.shape[row];
      if (terms.assessment[row] > 0 && income < applies_)
        income += adequacy_ * std::max(0.0, allowance_ - income * terms.assessment[row]);
      of_block.poor.add(income < line_ ? terms.persons(row) : 0);
      of_block.income.add(terms.persons(row) * income);
    }
    return of_block;
  });
  return {sums.poor.value() / persons_, sums.income.value() / persons_};
}

}  // namespace

Calibration calibrate(const ShardedPopulation& sharded, const Settings& scenario, const Region& region,
                      const Team& team) {
  BaseYear base(sharded, scenario, region, team);
  const Population& population = *sharded.shards().front()->population;
  const double target_mean = population.mean_income, target_rate = population.true_poverty_rate;
  double level = 0;
  const auto rate_at = [&](double sigma) {
    const double mean = base.mean_of_shapes(sigma);
    level = target_mean / mean;
    double rate = 0;
    for (int i = 0; i < 3; ++i) {  // the safety net adds little, so the fixed-point iteration converges at once
      const auto [r, m] = base.rate_and_mean(level);
      rate = r;
      level += (target_mean - m) / mean;
    }
    return rate;
  };
  // The rate rises with σ at a given mean. Bracketed secant (Illinois): a handful of passes over the population.
  double low = 0.05, high = 3;  // definition: bracket of the search, standard deviations of log income
  double below = rate_at(low) - target_rate, above = rate_at(high) - target_rate;
  if (below > 0 || above < 0)
    throw DataError(
        message("no spread of incomes gives a true poverty rate of {} at a mean of {} yuan a head: check the margins "
                "true_poverty_rate and mean_income against the statistical line of {} yuan",
                fmt::format("{:g}", target_rate), fmt::format("{:g}", target_mean),
                fmt::format("{:g}", region.line("statistical", region.base_year))));
  int side = 0;
  constexpr double rate_tolerance = 1e-7, sigma_tolerance = 1e-8;  // definition: where the search ends
  double sigma = 0.7;                                              // definition: a first guess that only saves passes
  for (int pass = 1;; ++pass) {  // ends on a σ that was evaluated, so that the level belongs to it
    const double error = rate_at(sigma) - target_rate;
    if (std::fabs(error) < rate_tolerance) break;
    if (error < 0) {
      low = sigma;
      below = error;
      if (side == -1) above /= 2;
      side = -1;
    } else {
      high = sigma;
      above = error;
      if (side == 1) below /= 2;
      side = 1;
    }
    const double next = low - below * (high - low) / (above - below);
    if (std::fabs(next - sigma) < sigma_tolerance || high - low < sigma_tolerance || pass == 40) break;
    sigma = next;
  }
  return {sigma, level, base.stream_concentration};
}

}  // namespace tuopin
