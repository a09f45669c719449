// What the parser of TOML says of a syntax error, as a message that can be said in another language.
#pragma once

#include <string_view>

#include "engine/base/message.hpp"

namespace tuopin {

/// "Error while parsing array: expected comma or closing ']', saw 'x'". What is not among the texts of toml++ 3.3 is
/// quoted as the parser's own words.
Message toml_error_in_words(std::string_view description);

}  // namespace tuopin
