// Numbers as text.
#pragma once

#include <string>

namespace tuopin {

/// "1,234,567.8"; "–" for what is not known. A half is rounded away from zero.
std::string grouped(double value, int decimals);

/// Decimals that keep three digits of the largest figure of a column.
int decimals_for(double largest);

}  // namespace tuopin
