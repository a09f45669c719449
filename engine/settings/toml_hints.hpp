// What is probably wrong with a text that is not TOML: slips of a keyboard, a word processor or a spreadsheet.
#pragma once

#include <string_view>

#include "engine/base/message.hpp"

namespace tuopin {

/// Names the sign that is wrong or missing where a syntax error was found, or is empty. `line` and `column` count from
/// 1, the column in characters; `description` is what the parser says.
Message toml_hint(std::string_view text, int line, int column, std::string_view description);

/// Whether a file that is not TOML is a table of values separated by commas: by its name, or by its first line.
bool is_csv(std::string_view name, std::string_view text);

}  // namespace tuopin
