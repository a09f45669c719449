// Arithmetic of normal distributions, independent of the model, with which simulations are compared.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "engine/base/normals.hpp"

namespace tuopin::testing {

inline double cumulative(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }
inline double density(double x) { return std::exp(-x * x / 2) / std::sqrt(8 * std::atan(1.0)); }

/// Simpson's rule on [a, b] in 2m steps.
template <typename F>
double integral(double a, double b, int m, F f) {
  const double h = (b - a) / (2 * m);
  double sum = f(a) + f(b);
  for (int i = 1; i < 2 * m; ++i) sum += f(a + i * h) * (i % 2 ? 4 : 2);
  return sum * h / 3;
}

/// Half-width of an interval that a mean of n draws with the given variance leaves with probability α.
inline double bound(double variance, double n, double alpha) {
  return normal_quantile(1 - alpha / 2) * std::sqrt(variance / n);
}
inline double bound_of_share(double share, double n, double alpha) { return bound(share * (1 - share), n, alpha); }

/// Probability that two standard normals with correlation ρ are below a and below b.
inline double both_below(double a, double b, double rho) {
  const double sd = std::sqrt(1 - rho * rho);
  return integral(-9.0, b, 2000, [&](double x) { return density(x) * cumulative((a - rho * x) / sd); });
}

/// A stationary AR(1) with unit variance seen at three times, Markov given the middle one: probability that it is
/// below d, then at or above it, then below it (`again`) or still above it.
inline double out_and(bool again, double d, double rho) {
  const double sd = std::sqrt(1 - rho * rho);
  return integral(d, 9.0, 2000, [&](double x) {
    const double below = cumulative((d - rho * x) / sd);
    return density(x) * below * (again ? below : 1 - below);
  });
}

/// Log income about its mean: permanent f, AR(1) z with autocorrelation rho, white e. Probability that it is below
/// threshold[t] where wanted[t] is 'p', at or above where it is 'n', anything where it is '*', for t = 0, 1, …
/// Trapezoids over f and z, exponentially exact for smooth integrands (Trefethen & Weideman 2014, SIAM Review 56).
inline double path_probability(double var_f, double var_z, double var_e, double rho,
                               const std::vector<double>& threshold, const std::string& wanted) {
  constexpr int half = 50;
  constexpr double step = 0.15;  // standard deviations: grids reach 7.5 to either side
  constexpr std::size_t points = 2 * half + 1;
  const double sd_f = std::sqrt(var_f), sd_z = std::sqrt(var_z), sd_e = std::sqrt(var_e),
               innovation = std::sqrt(1 - rho * rho);
  const auto at = [&](std::size_t i) { return step * (static_cast<double>(i) - half); };
  std::vector<double> kernel(points * points);
  for (std::size_t from = 0; from < points; ++from)
    for (std::size_t to = 0; to < points; ++to)
      kernel[from * points + to] = step / innovation * density((at(to) - rho * at(from)) / innovation);
  double total = 0;
  for (std::size_t i = 0; i < points; ++i) {
    std::vector<double> mass(points);
    for (std::size_t j = 0; j < points; ++j) mass[j] = step * density(at(j));
    for (std::size_t t = 0; t < wanted.size(); ++t) {
      if (t > 0) {
        std::vector<double> next(points, 0.0);
        for (std::size_t from = 0; from < points; ++from)
          for (std::size_t to = 0; to < points; ++to) next[to] += mass[from] * kernel[from * points + to];
        mass = next;
      }
      for (std::size_t j = 0; j < points && wanted[t] != '*'; ++j) {
        const double below = cumulative((threshold[t] - sd_f * at(i) - sd_z * at(j)) / sd_e);
        mass[j] *= wanted[t] == 'p' ? below : 1 - below;
      }
    }
    double sum = 0;
    for (const double m : mass) sum += m;
    total += step * density(at(i)) * sum;
  }
  return total;
}

}  // namespace tuopin::testing
