#include "models/main/numbers_given.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "engine/settings/settings.hpp"
#include "engine/settings/settings_text.hpp"

namespace tuopin {

namespace {

Problem of_option(const std::string& option, Message what, Message hint = "") {
  return {Origin{}, option, std::move(what), std::move(hint)};
}

/// What stands where a number is expected, and why it is none.
Message hint_for_number(const std::string& typed) {
  if (typed.ends_with('%')) return message("write 0.05 for 5%");
  if (typed.find_first_of("eE") != std::string::npos && typed.find_first_of("0123456789") == 0)
    return message("write all digits, without an exponent");
  if (typed.find_first_of(",_' ") != std::string::npos)
    return message("write the digits without signs or blanks between them");
  return "";
}

}  // namespace

void take_whole(const std::string& option, const std::string& typed, std::uint64_t low, std::uint64_t high,
                std::uint64_t& value, std::vector<Problem>& problems) {
  const Message expected = message("a whole number from {} to {}", low, high);
  if (typed.empty()) return problems.push_back(of_option(option, message("is empty, expected {}", expected)));
  std::uint64_t number = 0;
  const char* const end = typed.data() + typed.size();
  const bool digits = typed.find_first_not_of("0123456789") == std::string::npos;
  const auto [stop, error] = std::from_chars(typed.data(), end, number);
  if (digits && error == std::errc() && stop == end && number >= low && number <= high) {
    value = number;
    return;
  }
  problems.push_back(of_option(option, message("is {}, expected {}", in_quotes(shortened(typed)), expected),
                               digits ? Message() : hint_for_number(typed)));
}

void take_decimal(const std::string& option, const std::string& typed, double low, double high, double& value,
                  std::vector<Problem>& problems) {
  const Message expected = message("a number from {} to {}", low, high);
  if (typed.empty()) return problems.push_back(of_option(option, message("is empty, expected {}", expected)));
  double number = 0;
  const char* const end = typed.data() + typed.size();
  const bool plain = typed.find_first_not_of("0123456789.") == std::string::npos;
  const auto [stop, error] = std::from_chars(typed.data(), end, number, std::chars_format::fixed);
  if (plain && error == std::errc() && stop == end && number >= low && number <= high) {
    value = number;
    return;
  }
  problems.push_back(of_option(option, message("is {}, expected {}", in_quotes(shortened(typed)), expected),
                               plain ? Message() : hint_for_number(typed)));
}

void take_choice(const std::string& option, const std::string& typed, const std::vector<std::string>& choices,
                 std::string& value, std::vector<Problem>& problems) {
  if (std::find(choices.begin(), choices.end(), typed) != choices.end()) {
    value = typed;
    return;
  }
  struct Known {
    const char *typed, *meant;
  };
  constexpr Known known[] = {
      {"cn", "zh"},          {"ch", "zh"},    {"chinese", "zh"}, {"zh_CN", "zh"},         {"zh-CN", "zh"},
      {"zh_CN.UTF-8", "zh"}, {"中文", "zh"},  {"english", "en"}, {"en_US", "en"},         {"en-US", "en"},
      {"eng", "en"},         {"off", "none"}, {"no", "none"},    {"program", "programme"}};
  Message hint = did_you_mean(typed, choices);
  for (const Known& word : known)
    if (typed == word.typed && std::find(choices.begin(), choices.end(), word.meant) != choices.end())
      hint = did_you_mean(word.meant, choices);
  problems.push_back(of_option(
      option, message("is {}, expected {}", in_quotes(shortened(typed)), message("one of {}", quoted_list(choices))),
      hint));
}

void take_list(const std::string& option, const std::string& typed, std::vector<std::string>& names,
               std::vector<Problem>& problems) {
  for (std::size_t at = 0; at <= typed.size();) {
    const std::size_t end = std::min(typed.find(',', at), typed.size());
    const std::string name = typed.substr(at, end - at);
    if (name.empty())
      return problems.push_back(
          of_option(option, message("holds an empty name: names with commas between them are expected")));
    if (std::find(names.begin(), names.end(), name) != names.end())
      return problems.push_back(of_option(option, message("names {} twice", in_quotes(shortened(name)))));
    names.push_back(name);
    at = end + 1;
  }
}

}  // namespace tuopin
