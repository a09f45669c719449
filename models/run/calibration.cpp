#include "models/run/calibration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/base/numbers.hpp"

namespace tuopin {

namespace {

// Definition: where σ is looked for, in standard deviations of log income, and where the search begins and ends.
constexpr double lowest = 0.05, highest = 3, first_guess = 0.7;               // definition: see above
constexpr double level_tolerance = 1e-9, sigma_tolerance = 1e-9;              // definition: relative; absolute
constexpr double rate_tolerance_central = 1e-6, rate_tolerance_drawn = 5e-4;  // definition: share of persons
constexpr double near_the_step = 1e-3;                                        // definition: share of persons
constexpr double one_by_root_two_pi = 0.3989422804014327;                     // definition: 1 / √(2π)
constexpr double same_sigma = 1e-12;                                          // definition: no slope from so near

class Search {
 public:
  /// `to_the_step`: near the solution the level is found for each σ before its rate counts. On few households the rate
  /// is a step function of both.
  Search(BaseYear& base, const Population& population, double line, Calibration start, bool to_the_step)
      : base_(base), target_mean_(population.mean_income), target_rate_(population.true_poverty_rate), line_(line),
        at_(start), next_(start), to_the_step_(to_the_step) {}

  /// Passes until σ and the level are found; each takes the level from its mean, and σ from its rate.
  Calibration solve(double rate_tolerance, int passes_at_least) {
    for (int pass = 1;; ++pass) {
      const double error = this->pass();
      check_ends(error);
      if (std::fabs(error) < rate_tolerance && settled_) return at_;
      if (std::fabs(error) < rate_tolerance && pass >= passes_at_least) return next_;
      if (high_ - low_ < sigma_tolerance || pass == 99) return next_;
      at_ = next_;
    }
  }

 private:
  /// Runs the base year, sets the next σ and level, and returns by how much the rate is off once the level is mended.
  double pass() {
    const BaseYear::Result found = base_.at(at_.sigma, at_.level);
    const double of_level = (found.mean_income - found.mean_rest) / at_.level;
    next_.level = at_.level + (target_mean_ - found.mean_income) / of_level;
    const double log_change = fixed_log(next_.level / at_.level);
    settled_ = std::fabs(log_change) < level_tolerance;
    const double sigma = at_.sigma, ratio = fixed_log(line_ / next_.level), d = ratio / sigma + sigma / 2;
    const double density = fixed_exp(-d * d / 2) * one_by_root_two_pi;
    const double error = found.poverty_rate - density / sigma * log_change - target_rate_;
    next_.sigma = sigma;
    if (to_the_step_ && std::fabs(error) < near_the_step && !settled_ && ++levels_tried_ < 6) return error;
    levels_tried_ = 0;
    (error < 0 ? low_ : high_) = sigma;
    double slope = density * (0.5 - ratio / (sigma * sigma));
    if (known_ && std::fabs(sigma - last_sigma_) > same_sigma) {
      const double secant = (error - last_error_) / (sigma - last_sigma_);
      if (secant > slope / 10) slope = secant;
    }
    known_ = true;
    last_sigma_ = sigma;
    last_error_ = error;
    const double wanted = slope > 0 ? sigma - error / slope : highest;
    next_.sigma = wanted > low_ && wanted < high_ && shrinks() ? wanted : beyond(error);
    return error;
  }
  /// Where the slope leads out of the bracket: its middle, or its end while that has not been tried.
  double beyond(double error) const {
    if (error < 0 && !ended(highest)) return std::min(highest, 2 * low_);
    if (error > 0 && !ended(lowest)) return std::max(lowest, high_ / 2);
    return (low_ + high_) / 2;
  }
  /// False where the bracket is not half of what it was three passes ago: a secant stands still at a step of the rate.
  bool shrinks() {
    const double width = high_ - low_, before = widths_[0];
    widths_ = {widths_[1], widths_[2], width};
    return !ended(lowest) || !ended(highest) || width < before / 2;
  }
  bool ended(double end) const { return end == highest ? high_ < highest : low_ > lowest; }
  void check_ends(double error) const {
    if ((at_.sigma < highest || error >= 0) && (at_.sigma > lowest || error <= 0)) return;
    throw DataError(
        message("no spread of incomes gives a true poverty rate of {} at a mean of {} yuan a head: check the margins "
                "true_poverty_rate and mean_income against the statistical line of {} yuan",
                fmt::format("{:g}", target_rate_), fmt::format("{:g}", target_mean_), fmt::format("{:g}", line_)));
  }

  BaseYear& base_;
  double target_mean_, target_rate_, line_;
  Calibration at_, next_;
  double low_ = lowest, high_ = highest;
  double last_sigma_ = 0, last_error_ = 0;
  std::array<double, 3> widths_ = {8, 8, 8};  ///< of the bracket, after the last three passes
  bool to_the_step_, known_ = false, settled_ = false;
  int levels_tried_ = 0;
};

}  // namespace

Calibration calibrate(BaseYear& base, const Population& population, double line) {
  Search search(base, population, line, {first_guess, population.mean_income, base.stream_concentration()}, true);
  return search.solve(rate_tolerance_central, 99);
}

Calibration calibrate(const ShardedPopulation& sharded, const Scenario& scenario, const Region& region,
                      const Catalogue& catalogue, const Team& team) {
  BaseYear base(sharded, scenario, region, DrawAddress{}, catalogue, team);
  return calibrate(base, *sharded.shards().front()->population, region.line("statistical", region.base_year));
}

Calibration calibrate_placed(BaseYear& base, const Population& population, double line, const Calibration& central,
                             const BaseYear::Result& of_central) {
  return base.at(central.sigma, central.level) == of_central ? central : calibrate(base, population, line);
}

Calibration calibrate_draw(BaseYear& base, const Population& population, double line, const Calibration& central) {
  Search search(base, population, line, central, false);
  return search.solve(rate_tolerance_drawn, 3);
}

}  // namespace tuopin
