#include "models/main/chinese.hpp"

#include <algorithm>
#include <vector>

#include "engine/settings/settings_text.hpp"
#include "models/main/chinese_phrases.hpp"
#include "models/scenario/tables.hpp"

namespace tuopin {

namespace {

struct Pattern {
  std::vector<std::string> between;  ///< one more than there are places
  std::vector<char> places;  ///< of each place: ' ' stays, '=' is looked up, '~' where it can be, '#' is figures
  const char* zh;
};

Pattern pattern_of(const Phrase& phrase) {
  Pattern pattern{{""}, {}, phrase.zh};
  for (std::string_view rest = phrase.en; !rest.empty();) {
    const bool plain = rest.starts_with("{}");
    if (plain || rest.starts_with("{=}") || rest.starts_with("{~}") || rest.starts_with("{#}")) {
      pattern.places.push_back(plain ? ' ' : rest[1]);
      pattern.between.emplace_back();
      rest.remove_prefix(plain ? 2 : 3);
    } else {
      pattern.between.back() += rest.front();
      rest.remove_prefix(1);
    }
  }
  return pattern;
}

std::size_t own_letters(const Pattern& pattern) {
  std::size_t letters = 0;
  for (const std::string& between : pattern.between) letters += between.size();
  return letters;
}

/// `0.4 (share_wage, line 3), 0.5 (…) and 2 more`: where they stand.
std::string figures_in_chinese(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at), line = "line ", more = " and ";
    const bool is_line = rest.starts_with(line) && at > 0 && (text[at - 1] == '(' || text[at - 1] == ' ');
    const bool is_more = rest.starts_with(more) && rest.ends_with(" more");
    const std::size_t from = is_line ? line.size() : is_more ? more.size() : 0;
    const std::size_t end = rest.find_first_not_of("0123456789", from);
    const std::string_view number = rest.substr(from, end - from);
    if ((is_line || is_more) && !number.empty() && end != std::string_view::npos) {
      result += (is_line ? "第" : "，另") + std::string(number) + (is_line ? "行" : "个");
      at = is_line ? at + end : text.size();
    } else {
      result += text[at++];
    }
  }
  return result;
}

/// All phrases, those with most letters of their own first: the more particular one is taken.
class Phrasebook {
 public:
  Phrasebook() {
    for (const auto& phrases : {phrases_of_commands(), phrases_of_files(), phrases_of_tables(), phrases_of_models()})
      for (const Phrase& phrase : phrases) patterns_.push_back(pattern_of(phrase));
    for (const TableKind* table : region_tables()) {  // what columns and rows of tables mean: parts of other phrases
      for (const Column& column : table->columns) add(column.meaning);
      for (const RowField& field : table->rows) add(field.meaning);
    }
    std::stable_sort(patterns_.begin(), patterns_.end(),
                     [](const Pattern& a, const Pattern& b) { return own_letters(a) > own_letters(b); });
  }

  std::optional<std::string> find(std::string_view text, int depth = 0) const {
    constexpr int deepest = 4;
    if (depth > deepest) return std::nullopt;
    for (const Pattern& pattern : patterns_) {
      std::vector<std::string> parts;
      if (!text.starts_with(pattern.between.front())) continue;
      if (fits(pattern, 0, text.substr(pattern.between.front().size()), parts, depth)) return filled(pattern, parts);
    }
    return std::nullopt;
  }

 private:
  /// Whether `text` is what place number `place` holds and all that follows it; `parts` are then the places' contents.
  bool fits(const Pattern& pattern, std::size_t place, std::string_view text, std::vector<std::string>& parts,
            int depth) const {
    if (place == pattern.places.size()) return text.empty();
    const std::string& after = pattern.between[place + 1];
    const bool last = place + 1 == pattern.places.size();
    for (std::size_t end = last && !after.empty() ? text.size() - std::min(text.size(), after.size()) : 0;; ++end) {
      end = last && after.empty() ? text.size() : text.find(after, end);
      if (end == std::string_view::npos) return false;
      if (take(pattern, place, text.substr(0, end), parts, depth) &&
          fits(pattern, place + 1, text.substr(end + after.size()), parts, depth))
        return true;
      parts.resize(place);
      if (end >= text.size()) return false;
    }
  }

  bool take(const Pattern& pattern, std::size_t place, std::string_view text, std::vector<std::string>& parts,
            int depth) const {
    if (pattern.places[place] == '#') {
      parts.push_back(figures_in_chinese(text));
      return true;
    }
    const auto found = pattern.places[place] == ' ' ? std::nullopt : find(text, depth + 1);
    if (!found && pattern.places[place] == '=') return false;
    parts.push_back(found.value_or(std::string(text)));
    return true;
  }

  static std::string filled(const Pattern& pattern, const std::vector<std::string>& parts) {
    std::string text;
    std::size_t next = 0;
    for (std::string_view rest = pattern.zh; !rest.empty();) {
      const bool numbered = rest.size() > 2 && rest[0] == '{' && rest[2] == '}';
      if (numbered || rest.starts_with("{}")) {
        const std::size_t part = numbered ? static_cast<std::size_t>(rest[1] - '1') : next++;
        if (part < parts.size()) text += parts[part];
        rest.remove_prefix(numbered ? 3 : 2);
      } else {
        text += rest.front();
        rest.remove_prefix(1);
      }
    }
    return text;
  }

  void add(const Text& meaning) { patterns_.push_back(pattern_of({meaning.en.c_str(), meaning.zh.c_str()})); }

  std::vector<Pattern> patterns_;
};

const Phrasebook& phrasebook() {
  static const Phrasebook book;
  return book;
}

}  // namespace

std::optional<std::string> in_chinese(std::string_view text) { return phrasebook().find(text); }

std::string in_words(const Problem& problem, const std::string& language) {
  if (language != "zh") return to_text(problem);
  Problem own = problem;
  // A rule is shown below its message, with a mark where it goes wrong.
  const std::size_t picture = std::min(problem.message.find("\n    "), problem.message.size());
  const std::string message = problem.message.substr(0, picture);
  own.message = in_chinese(message).value_or(message) + problem.message.substr(picture);
  own.hint.clear();
  std::string text = to_text(own);
  if (!problem.hint.empty()) text += "（" + in_chinese(problem.hint).value_or(problem.hint) + "）";
  return text;
}

std::string in_words(const Error& error, const std::string& language) {
  std::string text;
  for (const Problem& problem : error.problems()) text += (text.empty() ? "" : "\n") + in_words(problem, language);
  return printable(text);
}

}  // namespace tuopin
