#include "models/processes/calibration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/base/numbers.hpp"
#include "models/processes/safety_net.hpp"

namespace tuopin {

namespace {

/// The base year of a population with everything drawn except σ and the level.
class BaseYear {
 public:
  BaseYear(const Ground& ground, const Settings& scenario, const Region& region);

  /// Mean of true income where the level is one and there is no safety net; fills the shapes.
  double mean_of_shapes(double sigma);
  /// Poverty rate and mean of true income at a level, safety net included; needs mean_of_shapes first.
  std::pair<double, double> rate_and_mean(double level) const;

  double stream_concentration = 1;

 private:
  const Ground& ground_;
  const Settings& scenario_;
  double line_, allowance_;
  double coverage_, adequacy_, applies_, assessment_sd_;
  bool streams_;
  std::vector<double> z_, white_[4], common_, assessment_;
  std::vector<std::uint8_t> on_list_;
  std::vector<double> shape_;
  double persons_ = 0;
};

BaseYear::BaseYear(const Ground& ground, const Settings& scenario, const Region& region)
    : ground_(ground), scenario_(scenario), line_(region.line("statistical", region.base_year)),
      allowance_(region.line("allowance", region.base_year)),
      coverage_(scenario.flag("safety_net.off") ? 0 : scenario.number("safety_net.coverage")),
      adequacy_(scenario.number("safety_net.adequacy")), applies_(scenario.number("safety_net.applies_below") * line_),
      assessment_sd_(scenario.number("safety_net.assessment_sd")), streams_(scenario.flag("income.streams")) {
  const auto& people = ground.people;
  const auto seed = static_cast<std::uint64_t>(region.settings.integer("synthesis_seed"));
  const auto index = static_cast<std::uint64_t>(ground.population->index);
  const auto luck = [&](const char* process) {
    return Luck(seed, index, hash32(process), region.base_year, Kind::population);
  };
  const Luck income = luck("calibration.income"), net = luck("calibration.safety_net");
  const Luck of_village = luck("calibration.village"), of_county = luck("calibration.county");
  const bool shocks = !scenario.flag("shocks.off");
  const double village_sd = shocks ? scenario.number("shocks.village_sd") : 0;
  const double county_sd = shocks ? scenario.number("shocks.county_sd") : 0;

  z_.resize(ground.rows);
  common_.resize(ground.rows);
  assessment_.resize(ground.rows);
  on_list_.resize(ground.rows);
  shape_.resize(ground.rows);
  for (int s = 0; s < (streams_ ? 4 : 1); ++s) white_[s].resize(ground.rows);
  double concentration = 0;
  for (std::uint32_t row = 0; row < ground.rows; ++row) {
    const std::uint32_t village = people.village[row];
    const auto draws = income.block(people.id[row]);
    z_[row] = normal_quantile(uniform_from(draws[0]));
    for (unsigned s = 0; s < (streams_ ? 4u : 1u); ++s) white_[s][row] = normal_quantile(uniform_from(draws[1 + s]));
    common_[row] = village_sd * of_village.normal(people.village_id[village], 0) - village_sd * village_sd / 2 +
                   county_sd * of_county.normal(people.county_id[people.village_county[village]], 0) -
                   county_sd * county_sd / 2;
    on_list_[row] = net.uniform(people.id[row], 0) < coverage_;
    assessment_[row] = on_list_[row] ? fixed_exp(assessment_sd_ * net.normal(people.id[row], 1)) : 1;
    const double persons = people.members[row] * static_cast<double>(people.weight[row]);
    const double a[4] = {people.share_wage[row], people.share_business[row], people.share_property[row],
                         people.share_transfer[row]};
    concentration += persons * (a[0] * a[0] + a[1] * a[1] + a[2] * a[2] + a[3] * a[3]);
    persons_ += persons;
  }
  stream_concentration = concentration / persons_;
}

double BaseYear::mean_of_shapes(double sigma) {
  const auto& people = ground_.people;
  const IncomeParts parts(scenario_, {sigma, 1, stream_concentration});
  double sum = 0;
  for (std::uint32_t row = 0; row < ground_.rows; ++row) {
    const double base =
        fixed_exp(parts.sigma_f * people.permanent_score[row] + parts.sigma_z * z_[row] + common_[row] - parts.half_v);
    double streams = fixed_exp(parts.sigma_e * white_[0][row]);
    if (streams_)
      streams = people.share_wage[row] * streams +
                people.share_business[row] * fixed_exp(parts.sigma_e * white_[1][row]) +
                people.share_property[row] * fixed_exp(parts.sigma_e * white_[2][row]) +
                people.share_transfer[row] * fixed_exp(parts.sigma_e * white_[3][row]);
    shape_[row] = base * streams;
    sum += people.members[row] * static_cast<double>(people.weight[row]) * shape_[row];
  }
  return sum / persons_;
}

std::pair<double, double> BaseYear::rate_and_mean(double level) const {
  const auto& people = ground_.people;
  double poor = 0, sum = 0;
  for (std::uint32_t row = 0; row < ground_.rows; ++row) {
    const double persons = people.members[row] * static_cast<double>(people.weight[row]);
    double income = level * shape_[row];
    if (on_list_[row] && income < applies_) income += adequacy_ * std::max(0.0, allowance_ - income * assessment_[row]);
    poor += income < line_ ? persons : 0;
    sum += persons * income;
  }
  return {poor / persons_, sum / persons_};
}

}  // namespace

Calibration calibrate(const Ground& ground, const Settings& scenario, const Region& region) {
  BaseYear base(ground, scenario, region);
  const double target_mean = ground.population->mean_income, target_rate = ground.population->true_poverty_rate;
  double level = 0;
  const auto rate_at = [&](double sigma) {
    const double mean = base.mean_of_shapes(sigma);
    level = target_mean / mean;
    double rate = 0;
    for (int i = 0; i < 3; ++i) {  // the safety net adds little: the fixed point is reached at once
      const auto [r, m] = base.rate_and_mean(level);
      rate = r;
      level += (target_mean - m) / mean;
    }
    return rate;
  };
  // The rate rises with σ at a given mean. Bracketed secant (Illinois): a handful of passes over the population.
  double low = 0.05, high = 3;  // definition: the range that is searched  // definition: bracket of the search,
                                // standard deviations of log income
  double below = rate_at(low) - target_rate, above = rate_at(high) - target_rate;
  if (below > 0 || above < 0)
    throw DataError(fmt::format(
        "no spread of incomes gives a true poverty rate of {:g} at a mean of {:g} yuan a head: check the margins "
        "true_poverty_rate and mean_income against the statistical line of {:g} yuan",
        target_rate, target_mean, region.line("statistical", region.base_year)));
  int side = 0;
  constexpr double rate_tolerance = 1e-7, sigma_tolerance = 1e-8;  // definition: where the search ends
  double sigma = 0.7;                                              // definition: a first guess that only saves passes
  for (int pass = 1;; ++pass) {  // the level is that of the last σ tried, so the search ends on one that was
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
