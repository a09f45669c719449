// Parses numbers and words of options: a value is used exactly as typed, or refused with option, value and what is
// expected.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/errors.hpp"

namespace tuopin {

/// Plain digits only, within the range; `value` stays as it is where a problem is added.
void take_whole(const std::string& option, const std::string& typed, std::uint64_t low, std::uint64_t high,
                std::uint64_t& value, std::vector<Problem>& problems);
/// A decimal without sign or exponent.
void take_decimal(const std::string& option, const std::string& typed, double low, double high, double& value,
                  std::vector<Problem>& problems);
/// One of `choices`.
void take_choice(const std::string& option, const std::string& typed, const std::vector<std::string>& choices,
                 std::string& value, std::vector<Problem>& problems);
/// Names with commas between them, each at most once.
void take_list(const std::string& option, const std::string& typed, std::vector<std::string>& names,
               std::vector<Problem>& problems);

}  // namespace tuopin
