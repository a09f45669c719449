// Problems in Chinese: messages are written once, in English, where they arise, and translated when they are printed.
// Keys, values, file names and figures stay as they were typed. The pairs are in chinese_phrases.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/base/errors.hpp"

namespace tuopin {

/// A message and its translation; "{}" stands for text that stays as it is, in the same order unless it is numbered in
/// Chinese ("{1}" is the first). "{=}" in English must itself be a phrase, "{~}" may be one;
/// "{#}" holds figures with their line numbers.
struct Phrase {
  const char *en, *zh;
};

/// The translation; empty if no phrase fits.
std::optional<std::string> in_chinese(std::string_view text);

/// The problem in `language`, in the form of to_text. Messages without a phrase stay English.
std::string in_words(const Problem& problem, const std::string& language);
/// Every problem, one a line.
std::string in_words(const Error& error, const std::string& language);

}  // namespace tuopin
