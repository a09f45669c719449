// Top-ups: payments that fill a household's assessed income up to a line. What is paid in a year stands in the column
// household.top_ups (fen), so that the next assessment can leave it out.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>

namespace tuopin {

/// Adds `fen` to the year's top-ups of a household; amounts beyond 21 million yuan are refused where they are paid.
inline void add_top_up(std::int32_t& top_ups, std::int64_t fen) {
  top_ups = static_cast<std::int32_t>(std::min<std::int64_t>(top_ups + fen, std::numeric_limits<std::int32_t>::max()));
}

}  // namespace tuopin
