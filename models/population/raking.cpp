#include "models/population/raking.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/numbers.hpp"

namespace tuopin {

namespace {

constexpr std::size_t constraints = largest_household + person_margins;
constexpr int most_iterations = 60;
constexpr double tolerance = 1e-9;  // relative
constexpr double longest_step = 3;  // in λ·x: keeps exp() in range when margins contradict each other

using Vector = std::array<double, constraints>;
using Matrix = std::array<Vector, constraints>;

/// Solves (A + ridge) x = b by Cholesky, in plain loops: the same bits from every compiler.
Vector solve(Matrix a, const Vector& b) {
  for (std::size_t i = 0; i < constraints; ++i) a[i][i] += 1e-10 * (a[i][i] + 1e-6);
  for (std::size_t j = 0; j < constraints; ++j) {
    for (std::size_t k = 0; k < j; ++k) a[j][j] -= a[j][k] * a[j][k];
    a[j][j] = std::sqrt(std::max(a[j][j], 1e-18));
    for (std::size_t i = j + 1; i < constraints; ++i) {
      for (std::size_t k = 0; k < j; ++k) a[i][j] -= a[i][k] * a[j][k];
      a[i][j] /= a[j][j];
    }
  }
  Vector x = b;
  for (std::size_t i = 0; i < constraints; ++i) {
    for (std::size_t k = 0; k < i; ++k) x[i] -= a[i][k] * x[k];
    x[i] /= a[i][i];
  }
  for (std::size_t i = constraints; i-- > 0;) {
    for (std::size_t k = i + 1; k < constraints; ++k) x[i] -= a[k][i] * x[k];
    x[i] /= a[i][i];
  }
  return x;
}

/// Everything per household: weights sum to one where the margins are met.
class DualProblem {
 public:
  DualProblem(const std::vector<HouseholdType>& types, const CountyTargets& county) : types_(types) {
    const auto households = static_cast<double>(county.households);
    std::array<double, largest_household> of_size{};
    for (const HouseholdType& type : types) of_size[static_cast<std::size_t>(type.size - 1)] += type.prior;
    for (std::size_t k = 0; k < largest_household; ++k) target[k] = static_cast<double>(county.by_size[k]) / households;
    for (std::size_t m = 0; m < person_margins; ++m)
      target[largest_household + m] = static_cast<double>(county.person_counts[m]) / households;
    for (const HouseholdType& type : types) {
      const auto k = static_cast<std::size_t>(type.size - 1);
      start.push_back(of_size[k] > 0 ? type.prior / of_size[k] * target[k] : 0);
    }
    smallest = 1 / households;
  }

  /// λ·x of a type.
  double exponent(const HouseholdType& type, const Vector& lambda) const {
    double sum = lambda[static_cast<std::size_t>(type.size - 1)];
    for (std::size_t m = 0; m < person_margins; ++m) sum += lambda[largest_household + m] * type.counts[m];
    return sum;
  }

  /// Weights at λ, and the dual objective.
  double weigh(const Vector& lambda, std::vector<double>& weights) const {
    double objective = 0;
    for (std::size_t j = 0; j < types_.size(); ++j) {
      weights[j] = start[j] > 0 ? start[j] * fixed_exp(exponent(types_[j], lambda)) : 0;
      objective += weights[j];
    }
    for (std::size_t i = 0; i < constraints; ++i) objective -= lambda[i] * target[i];
    return objective;
  }

  /// Σ w x − t, and Σ w x xᵀ.
  void derivatives(const std::vector<double>& weights, Vector& gradient, Matrix& hessian) const {
    for (std::size_t i = 0; i < constraints; ++i) gradient[i] = -target[i], hessian[i].fill(0);
    for (std::size_t j = 0; j < types_.size(); ++j) {
      if (weights[j] == 0) continue;
      const auto k = static_cast<std::size_t>(types_[j].size - 1);
      const auto& x = types_[j].counts;
      gradient[k] += weights[j];
      hessian[k][k] += weights[j];
      for (std::size_t a = 0; a < person_margins; ++a) {
        const double wx = weights[j] * x[a];
        gradient[largest_household + a] += wx;
        hessian[largest_household + a][k] += wx;
        for (std::size_t b = 0; b <= a; ++b) hessian[largest_household + a][largest_household + b] += wx * x[b];
      }
    }
  }

  double largest_error(const Vector& gradient) const {
    double worst = 0;
    for (std::size_t i = 0; i < constraints; ++i)
      worst = std::max(worst, std::fabs(gradient[i]) / std::max(target[i], smallest));
    return worst;
  }

  Vector target{};
  std::vector<double> start;
  double smallest = 0;

 private:
  const std::vector<HouseholdType>& types_;
};

/// 1 + cv² of the factors by which raking moved the seed's weights.
double design_effect(const std::vector<double>& weights, const std::vector<double>& start) {
  double sum = 0, total = 0, squares = 0;
  for (std::size_t j = 0; j < weights.size(); ++j) {
    if (start[j] <= 0) continue;
    total += start[j];
    sum += weights[j];
    squares += weights[j] * weights[j] / start[j];
  }
  return sum > 0 ? squares * total / (sum * sum) : 1;
}

}  // namespace

std::vector<double> rake(const std::vector<HouseholdType>& types, const CountyTargets& county,
                         SynthesisReport::Raking& report) {
  const DualProblem problem(types, county);
  Vector lambda{}, gradient{};
  Matrix hessian{};
  std::vector<double> weights(types.size()), trial(types.size());
  double objective = problem.weigh(lambda, weights);
  for (report.iterations = 0;; ++report.iterations) {
    problem.derivatives(weights, gradient, hessian);
    report.largest_error = problem.largest_error(gradient);
    report.converged = report.largest_error <= tolerance;
    if (report.converged || report.iterations == most_iterations) break;
    Vector step = solve(hessian, gradient);
    double longest = 0;
    for (const HouseholdType& type : types) longest = std::max(longest, std::fabs(problem.exponent(type, step)));
    double length = std::min(1.0, longest > 0 ? longest_step / longest : 1.0);
    bool better = false;
    for (int halving = 0; halving < 30 && !better; ++halving, length /= 2) {
      Vector next = lambda;
      for (std::size_t i = 0; i < constraints; ++i) next[i] -= length * step[i];
      const double value = problem.weigh(next, trial);
      better = value <= objective + 1e-13 * std::fabs(objective);  // rounding of the sum is no setback
      if (!better) continue;
      lambda = next;
      objective = value;
      weights.swap(trial);
    }
    if (!better) break;  // at the limit of the numbers, or no weights can meet the margins
  }
  report.converged = report.largest_error <= 1e-6;
  report.design_effect = design_effect(weights, problem.start);
  for (double& weight : weights) weight *= static_cast<double>(county.households);
  return weights;
}

}  // namespace tuopin
