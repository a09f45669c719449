// Interpretation of a table cell, including the ways in which spreadsheets write values. A value is used only if its
// meaning is certain; otherwise it is refused with a message that makes every character visible.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/base/message.hpp"

namespace tuopin {

/// Without the blanks around it, those of spreadsheets and web pages included (U+00A0, U+202F, U+3000, …).
std::string trimmed_cell(std::string_view cell);
/// In double quotes, at most 60 bytes; what cannot be seen is written out: "statistical<U+200B>".
std::string visible(std::string_view text);
/// The first character that is for machines (controls; also line breaks and tabs where `breaks` says so), as
/// "U+000B"; empty where there is none.
std::string control_character(std::string_view text, bool breaks);
/// The first character that cannot be seen and is no plain blank, as "U+200B"; empty where there is none.
std::string invisible_character(std::string_view text);

/// A number, or why it is none.
struct CellNumber {
  std::optional<double> value;
  double rounding = 0;  ///< half a unit of the last digit that was typed: 0.005 for "0.15"
  Message hint;         ///< where there is no value: what to do
};
/// `+3218`, `1 234.5` with any blank, `1,234,567`, `1.234,5`, `0,25`, `２０`: certain. `1,000` can be read in two ways.
CellNumber number_of_cell(std::string_view cell);

struct CellYear {
  std::optional<int> value;
  Message hint;
};
/// `2015`, `2015年`, the year of a date (`2015-01-01`, `1/1/2015`), or of the first of January as a spreadsheet counts
/// days (42005).
CellYear year_of_cell(std::string_view cell);

/// `?`: what belongs there is not known yet.
bool is_open_cell(std::string_view cell);

/// yes, true, 1, 是; no, false, 0, 否; in any case.
std::optional<bool> truth_of_cell(std::string_view cell);

/// Why a cell is what a spreadsheet made of something else ("#NAME?", "4.33E+05", "1-Mar"); empty where it is not.
Message made_by_spreadsheet(std::string_view cell);

}  // namespace tuopin
