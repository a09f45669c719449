#include "models/population/raking.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>
#include <cmath>

#include "engine/base/numbers.hpp"

namespace tuopin {

namespace {

constexpr int margins = person_margins, constraints = largest_household + margins;
constexpr int most_iterations = 60;
constexpr double tolerance = 1e-9;  // definition: relative
constexpr double longest_step = 3;  // in λ·x: keeps exp() in range when margins contradict each other

using Vector = Eigen::Matrix<double, constraints, 1>;
using Matrix = Eigen::Matrix<double, constraints, constraints>;

/// Solves (A + ridge) x = b; of A the lower triangle is read. Where margins depend on one another A is singular but for
/// the ridge, and LDLᵀ with pivots still gives a step. Eigen unvectorised: the same bits everywhere.
Vector solve(Matrix a, const Vector& b) {
  a.diagonal() += 1e-10 * (a.diagonal().array() + 1e-6).matrix();  // definition: ridge
  return a.ldlt().solve(b);
}

/// Everything per household: weights sum to one where the margins are met.
class DualProblem {
 public:
  DualProblem(const std::vector<HouseholdType>& types, const CountyTargets& county) : types_(types) {
    const auto households = static_cast<double>(county.households);
    std::array<double, largest_household> of_size{};
    for (const HouseholdType& type : types) of_size[static_cast<std::size_t>(type.size - 1)] += type.prior;
    for (int k = 0; k < largest_household; ++k)
      target[k] = static_cast<double>(county.by_size[static_cast<std::size_t>(k)]) / households;
    for (int m = 0; m < margins; ++m)
      target[largest_household + m] =
          static_cast<double>(county.person_counts[static_cast<std::size_t>(m)]) / households;
    for (const HouseholdType& type : types) {
      const double prior = of_size[static_cast<std::size_t>(type.size - 1)];
      start.push_back(prior > 0 ? type.prior / prior * target[type.size - 1] : 0);
    }
    smallest = 1 / households;
  }

  /// λ·x of a type.
  double exponent(const HouseholdType& type, const Vector& lambda) const {
    double sum = lambda[type.size - 1];
    for (int m = 0; m < margins; ++m) sum += lambda[largest_household + m] * type.counts[static_cast<std::size_t>(m)];
    return sum;
  }

  /// Weights at λ, and the dual objective.
  double weigh(const Vector& lambda, std::vector<double>& weights) const {
    double objective = 0;
    for (std::size_t j = 0; j < types_.size(); ++j) {
      weights[j] = start[j] > 0 ? start[j] * fixed_exp(exponent(types_[j], lambda)) : 0;
      objective += weights[j];
    }
    return objective - lambda.dot(target);
  }

  /// Σ w x − t, and the lower triangle of Σ w x xᵀ. Plain loops: of x all but one size and a few margins are zero.
  void derivatives(const std::vector<double>& weights, Vector& gradient, Matrix& hessian) const {
    gradient = -target;
    hessian.setZero();
    for (std::size_t j = 0; j < types_.size(); ++j) {
      if (weights[j] == 0) continue;
      const int k = types_[j].size - 1;
      const double* x = types_[j].counts.data();
      gradient[k] += weights[j];
      hessian(k, k) += weights[j];
      for (int a = 0; a < margins; ++a) {
        const double wx = weights[j] * x[a];
        gradient[largest_household + a] += wx;
        hessian(largest_household + a, k) += wx;
        for (int b = 0; b <= a; ++b) hessian(largest_household + a, largest_household + b) += wx * x[b];
      }
    }
  }

  double largest_error(const Vector& gradient) const {
    return (gradient.array().abs() / target.array().max(smallest)).maxCoeff();
  }

  Vector target = Vector::Zero();
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
  Vector lambda = Vector::Zero(), gradient = Vector::Zero();
  Matrix hessian = Matrix::Zero();
  std::vector<double> weights(types.size()), trial(types.size());
  double objective = problem.weigh(lambda, weights);
  for (report.iterations = 0;; ++report.iterations) {
    problem.derivatives(weights, gradient, hessian);
    report.largest_error = problem.largest_error(gradient);
    report.converged = report.largest_error <= tolerance;
    if (report.converged || report.iterations == most_iterations) break;
    const Vector step = solve(hessian, gradient);
    double longest = 0;
    for (const HouseholdType& type : types) longest = std::max(longest, std::fabs(problem.exponent(type, step)));
    double length = std::min(1.0, longest > 0 ? longest_step / longest : 1.0);
    bool better = false;
    for (int halving = 0; halving < 30 && !better; ++halving, length /= 2) {
      const Vector next = lambda - length * step;
      const double value = problem.weigh(next, trial);
      better = value <= objective + 1e-13 * std::fabs(objective);  // definition: rounding of the sum is no setback
      if (!better) continue;
      lambda = next;
      objective = value;
      weights.swap(trial);
    }
    if (!better) break;  // limit of precision, or no weights can meet the margins
  }
  report.converged = report.largest_error <= 1e-6;  // definition: tolerance
  report.design_effect = design_effect(weights, problem.start);
  for (double& weight : weights) weight *= static_cast<double>(county.households);
  return weights;
}

}  // namespace tuopin
