// From tokens to the tree of a rule, by operator precedence. Internal to engine/data.
#pragma once

#include <string>
#include <vector>

#include "engine/rules/rule_tree.hpp"

namespace tuopin::rule {

/// The tree, or one without a root when a problem was reported: the first of the grammar ends the parse.
Tree parse(std::string_view text, Reporter& reporter);

/// Names of the functions of the language.
std::vector<std::string> function_names();

}  // namespace tuopin::rule
