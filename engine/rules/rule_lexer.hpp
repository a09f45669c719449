// From the text of a rule to tokens. Internal to engine/rules.
#pragma once

#include <vector>

#include "engine/rules/rule_tree.hpp"

namespace tuopin::rule {

struct Token {
  enum class Kind : std::uint8_t {
    end,
    number,
    name,
    open,
    close,
    comma,
    kw_and,
    kw_or,
    kw_not,
    kw_true,
    kw_false,
    plus,
    minus,
    times,
    divide,
    less,
    less_equal,
    greater,
    greater_equal,
    equal,
    not_equal,
  };
  Kind kind = Kind::end;
  Span span;
  double value = 0;  ///< of a number
};

/// All tokens, the last of kind `end`; stops at the first character that is not of the language, which is reported.
std::vector<Token> tokens_of(std::string_view text, Reporter& reporter);

}  // namespace tuopin::rule
