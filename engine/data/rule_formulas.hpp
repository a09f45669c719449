// What each operator computes, once for both evaluators. Branch-free and without libm, so that the bits are the same
// everywhere. Internal to engine/data.
#pragma once

#include <cmath>

#include "engine/base/numbers.hpp"

namespace tuopin::rule {

// IEEE comparison: with a NaN the first operand stays.
inline double minimum(double a, double b) { return b < a ? b : a; }
inline double maximum(double a, double b) { return b > a ? b : a; }
inline double absolute(double a) { return std::fabs(a); }
/// Natural logarithm; arguments below 1 count as 1 (an income of nothing or less has no logarithm).
inline double logarithm(double a) { return fixed_log(a >= 1.0 ? a : 1.0); }
inline double exponential(double a) { return fixed_exp(a); }

}  // namespace tuopin::rule
