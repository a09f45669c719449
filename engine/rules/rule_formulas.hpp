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
/// Natural logarithm; arguments below a millionth count as a millionth: nothing or less has no logarithm, but a share
/// or an income as a multiple of the line has, below one as above.
inline double logarithm(double a) { return fixed_log(a >= 1e-6 ? a : 1e-6); }
inline double exponential(double a) { return fixed_exp(a); }

}  // namespace tuopin::rule
