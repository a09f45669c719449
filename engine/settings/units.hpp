// Units as people type them, in English and Chinese, and what an exact multiple of a field's own unit is.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/base/message.hpp"

namespace tuopin {

/// From a typed unit to a field's own: value * times / over. One of the two is 1, the other a power of ten.
struct UnitFactor {
  double times = 1, over = 1;
  /// Moves the decimal point of the number as it was typed: 33 % is exactly 0.33, and 0.6648 万元 exactly 6648 yuan.
  double of(double value) const;
  /// The factor between the two units is one: only the spelling differs.
  bool is_one() const { return times == over; }
};

/// Nothing when `typed` is no exact multiple of `own`. Blanks, case, full-width signs and the order of denominators do
/// not matter. A percentage is a multiple of "1", of "probability" and of any unit that begins with "share".
std::optional<UnitFactor> unit_factor(std::string_view typed, std::string_view own);

/// Why a unit of the same kind is refused ("a month need not be a twelfth of a year"), or "".
Message why_no_multiple(std::string_view typed, std::string_view own);
/// Of 200 "yuan/month" where "yuan/year" is expected: what twelve months are in the field's own unit. "" for any other.
Message twelve_months(std::optional<double> value, std::string_view typed, std::string_view own);

/// The unit for people: "yuan/mu/year", in Chinese 元/亩·年. A unit that has no Chinese words, such as one typed in
/// Chinese, stays as it is. What is said in Chinese can be typed.
Message unit_in_words(std::string_view unit);
/// The same in quotation marks, as it is to be written.
Message unit_in_quotes(std::string_view unit);
/// The number with its unit: "0.5 share", "8 yuan", in Chinese 0.5（比例）, 8元. The unit 1 and none are not said.
Message with_unit(const Message& number, std::string_view unit);
Message with_unit(double number, std::string_view unit);
Message with_unit(const std::string& number, std::string_view unit);

/// "yuan a head and year", 元/年·人: such a unit is no sum of a whole place or fund.
bool is_per_person(std::string_view typed);

}  // namespace tuopin
