#include "models/findings/number_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace tuopin {

namespace {

/// A half goes away from zero, as in a spreadsheet: the median of an even number of counts often ends in one.
double rounded(double value, int decimals) {
  constexpr double exact = 1e15;  // above it a double has no tenths to round
  double power = 1;
  for (int digit = 0; digit < decimals; ++digit) power *= 10;
  const double shifted = value * power;
  return shifted < exact && shifted - std::floor(shifted) == 0.5 ? (std::floor(shifted) + 1) / power : value;
}

}  // namespace

std::string grouped(double value, int decimals) {
  if (!std::isfinite(value)) return "–";
  std::string digits = fmt::format("{:.{}f}", rounded(std::fabs(value), decimals), decimals);
  const std::size_t point = std::min(digits.find('.'), digits.size());
  for (std::size_t i = point; i > 3; i -= 3) digits.insert(i - 3, ",");
  const bool is_zero = digits.find_first_of("123456789") == std::string::npos;
  return (value < 0 && !is_zero ? "-" : "") + digits;
}

int decimals_for(double largest) {
  if (largest >= 100 || largest == 0) return 0;
  return largest >= 10 ? 1 : largest >= 1 ? 2 : largest >= 0.1 ? 3 : 4;
}

}  // namespace tuopin
