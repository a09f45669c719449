// Fixed elementary functions: the same bits from every compiler, instruction set and processor.
// (Declarations and specification; see the comments at each function for method and error bound.)
#pragma once

#include <cstdint>

namespace tuopin {

double fixed_exp(double x);         // inline, branch-free
double fixed_log(double x);         // inline, branch-free; x > 0
double normal_quantile(double u);   // inline, branch-free; 0 < u < 1
double uniform_from(std::uint32_t draw);  // (draw + 0.5) * 2^-32

}  // namespace tuopin
