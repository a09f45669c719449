// What the program says, in the language asked for: English as it is written in the sources, Chinese by the catalogue
// (po/zh_CN.po), which lies compiled in locale/ beside the program, in ../share/locale, or in the folder
// that TUOPIN_MESSAGES names.
#pragma once

#include <string>
#include <vector>

#include "engine/base/errors.hpp"

namespace tuopin {

/// The language of all messages: --lang if it is valid, otherwise the locale (the first of LC_ALL, LC_MESSAGES and LANG
/// that is set), otherwise English. Needed before the command line has been checked.
std::string language_of(const std::vector<std::string>& words);

/// None for English. Chinese without a catalogue is English, too. gettext translates nothing in the locale "C": each
/// look-up runs in a locale whose LC_MESSAGES is another (C.UTF-8), with LANGUAGE set in the environment. The locale of
/// the process stays "C", so that numbers, and what the system says, do not depend on the language.
const Translation& translation_into(const std::string& language);

std::string in_words(const Message& message, const std::string& language);
/// The problem in the form of to_text.
std::string in_words(const Problem& problem, const std::string& language);
/// Every problem, one a line.
std::string in_words(const Error& error, const std::string& language);

}  // namespace tuopin
