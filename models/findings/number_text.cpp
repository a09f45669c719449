#include "models/findings/number_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace tuopin {

std::string grouped(double value, int decimals) {
  if (!std::isfinite(value)) return "–";
  std::string digits = fmt::format("{:.{}f}", std::fabs(value), decimals);
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
