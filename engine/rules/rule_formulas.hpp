// The formulas of the operators, shared by both evaluators. Branch-free and without libm, so that results are equal bit
// for bit everywhere. Internal to engine/rules.
#pragma once

#include <cmath>

#include "engine/base/numbers.hpp"

namespace tuopin::rule {

// IEEE comparison: with a NaN the first operand stays.
inline double minimum(double a, double b) { return b < a ? b : a; }
inline double maximum(double a, double b) { return b > a ? b : a; }
inline double absolute(double a) { return std::fabs(a); }
/// Natural logarithm; arguments below 1e-6, zero and negative ones included, count as 1e-6.
inline double logarithm(double a) { return fixed_log(a >= 1e-6 ? a : 1e-6); }
inline double exponential(double a) { return fixed_exp(a); }

}  // namespace tuopin::rule
