// Problems in Chinese: messages are written once, in English, where they arise, and turned into Chinese where they are
// said. Keys, values, names of files and figures stay as they were typed. The pairs stand in chinese_phrases.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/base/errors.hpp"

namespace tuopin {

/// A message and what it means; "{}" stands for what stays as it is, in the same order unless it is numbered in
/// Chinese ("{1}" is the first). "{=}" in English must itself be a phrase, "{~}" may be one;
/// "{#}" holds figures with the lines where they stand.
struct Phrase {
  const char *en, *zh;
};

/// Nothing where no phrase fits.
std::optional<std::string> in_chinese(std::string_view text);

/// In `language`, as to_text writes it. What no phrase says stays English.
std::string in_words(const Problem& problem, const std::string& language);
/// Every problem, one a line.
std::string in_words(const Error& error, const std::string& language);

}  // namespace tuopin
