// From tokens to the syntax tree of a rule, by operator precedence. Internal to engine/rules.
#pragma once

#include <string>
#include <vector>

#include "engine/rules/rule_tree.hpp"

namespace tuopin::rule {

/// The tree, or a tree without a root if a problem was reported: parsing stops at the first syntax error.
Tree parse(std::string_view text, Reporter& reporter);

/// Names of the functions of the language.
std::vector<std::string> function_names();

}  // namespace tuopin::rule
