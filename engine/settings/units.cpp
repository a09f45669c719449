// A unit is read into sorted numerators and denominators with a power of ten; two units compare by these.
#include "engine/settings/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <vector>

#include "engine/settings/unit_words.hpp"

namespace tuopin {

namespace {

struct ParsedUnit {
  std::vector<std::string> above, below;  ///< atoms such as "yuan", "person", "share of household"; sorted
  std::uint64_t times = 1, over = 1;      ///< powers of ten and hundreds
  bool has(const std::vector<std::string>& side, std::string_view atom) const {
    return std::find(side.begin(), side.end(), atom) != side.end();
  }
};

/// Half-width, lower case, single blanks.
std::string plain_unit(std::string_view text) {
  std::string half;
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(text[i + k]); };
    if (i + 2 < text.size() && byte(0) == 0xEF && (byte(1) == 0xBC || byte(1) == 0xBD)) {
      const unsigned code = 0xF000u | (byte(1) & 0x3Fu) << 6 | (byte(2) & 0x3Fu);
      if (code >= 0xFF01 && code <= 0xFF5E) {
        half += static_cast<char>(code - 0xFF01 + 0x21);
        i += 3;
        continue;
      }
    }
    half += text[i++];
  }
  for (char& c : half) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == '\t' || c == '\n' || c == '\r') c = ' ';
  }
  std::string result;
  for (std::size_t i = 0; i < half.size();) {
    const std::string_view rest = std::string_view(half).substr(i);
    const auto same = std::find_if(std::begin(same_signs), std::end(same_signs),
                                   [&](const auto& pair) { return rest.starts_with(pair.first); });
    const std::string_view next = same == std::end(same_signs) ? rest.substr(0, 1) : same->second;
    if (next == " " && (result.empty() || result.back() == ' ')) {
      i += same == std::end(same_signs) ? 1 : same->first.size();
      continue;
    }
    result += next;
    i += same == std::end(same_signs) ? 1 : same->first.size();
  }
  while (!result.empty() && result.back() == ' ') result.pop_back();
  return result;
}

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

/// The longest known word at the start of `text`; words of letters end where letters end.
const UnitWord* word_at(std::string_view text) {
  const UnitWord* best = nullptr;
  for (const UnitWord& word : unit_words) {
    if (!text.starts_with(word.word) || (best && best->word.size() >= word.word.size())) continue;
    const bool letters = is_letter(word.word.back());
    if (letters && text.size() > word.word.size() && is_letter(text[word.word.size()])) continue;
    best = &word;
  }
  return best;
}

/// Digits with thousands separators that write a power of ten, as in "10,000 yuan": 0 where it is none.
std::uint64_t power_of_ten_at(std::string_view text, std::size_t& length) {
  std::uint64_t value = 0;
  length = 0;
  while (length < text.size() && ((text[length] >= '0' && text[length] <= '9') || text[length] == ',')) {
    const char c = text[length++];
    if (c == ',') continue;
    if (value >= 1'000'000'000'000) return 0;
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  std::uint64_t rest = value;
  while (rest >= 10 && rest % 10 == 0) rest /= 10;
  return value > 1 && rest == 1 ? value : 0;
}

/// "of households", "of the persons" behind a share: the atom of what, or "" where nothing follows.
std::string share_of(std::string_view text, std::size_t& length) {
  length = 0;
  std::size_t at = text.find_first_not_of(' ');
  if (at == std::string_view::npos || !text.substr(at).starts_with("of ")) return "";
  at += 3;
  if (text.substr(at).starts_with("the ")) at += 4;
  const UnitWord* const known = word_at(text.substr(at));
  if (known && known->kind == WordKind::atom) {
    length = at + known->word.size();
    return std::string(known->atom);
  }
  std::size_t end = at;
  while (end < text.size() && is_letter(text[end])) ++end;
  length = end;
  return std::string(text.substr(at, end - at));
}

class UnitParser {
 public:
  explicit UnitParser(std::string_view text) : text_(text) {}

  std::optional<ParsedUnit> parse() {
    while (!text_.empty())
      if (!step()) return std::nullopt;
    if (scale_ != 1 || pending_ || unit_.above.empty()) return std::nullopt;
    std::sort(unit_.above.begin(), unit_.above.end());
    std::sort(unit_.below.begin(), unit_.below.end());
    const std::uint64_t common = std::gcd(unit_.times, unit_.over);
    unit_.times /= common;
    unit_.over /= common;
    return unit_;
  }

 private:
  bool step() {
    std::size_t length = 0;
    if (text_.front() == ' ') return skip(1);
    if (const std::uint64_t power = power_of_ten_at(text_, length); length > 0)
      return power != 0 && multiply(power) && skip(length);
    if (scale_ != 1 && text_.starts_with("of ")) return skip(3);  // millions of yuan
    const UnitWord* const word = word_at(text_);
    if (!word) return false;
    text_.remove_prefix(word->word.size());
    switch (word->kind) {
      case WordKind::filler: return true;
      case WordKind::scale: return multiply(word->scale);
      case WordKind::sticky_per:
        if (pending_ || scale_ != 1) return false;
        below_ = pending_ = true;
        return true;
      case WordKind::next_per:
        if (pending_ || scale_ != 1) return false;
        next_below_ = pending_ = true;
        return true;
      case WordKind::percent: return percent(*word);
      case WordKind::atom: return add(std::string(word->atom));
    }
    return false;
  }

  bool skip(std::size_t length) {
    text_.remove_prefix(length);
    return true;
  }

  bool multiply(std::uint64_t factor) {
    if (scale_ > 1'000'000'000'000 / factor) return false;
    scale_ *= factor;
    return true;
  }

  bool percent(const UnitWord& word) {
    std::size_t length = 0;
    const std::string what = share_of(text_, length);
    if (below_ || next_below_ || scale_ != 1) return false;
    text_.remove_prefix(length);
    unit_.over *= word.scale;
    return add(what.empty() ? "share" : "share of " + what);
  }

  bool add(std::string atom) {
    const bool below = below_ || next_below_;
    (below ? unit_.below : unit_.above).push_back(std::move(atom));
    (below ? unit_.over : unit_.times) *= scale_;
    scale_ = 1;
    next_below_ = pending_ = false;
    return unit_.above.size() + unit_.below.size() <= 4;
  }

  std::string_view text_;
  ParsedUnit unit_;
  std::uint64_t scale_ = 1;  ///< of the atom that comes next
  bool below_ = false;       ///< behind a stroke: all that follows divides
  bool next_below_ = false;  ///< behind 每: the next atom alone divides
  bool pending_ = false;     ///< an atom must follow
};

const SaidUnit* said_unit(std::string_view unit) {
  const auto known = std::find_if(std::begin(said_units), std::end(said_units),
                                  [&](const SaidUnit& said) { return said.unit == unit; });
  return known == std::end(said_units) ? nullptr : known;
}

/// "" where a part of the unit has no Chinese words.
std::string unit_in_chinese(std::string_view unit) {
  std::string zh;
  for (int part = 0;; ++part) {
    const std::size_t stroke = unit.find('/');
    const SaidUnit* const said = said_unit(unit.substr(0, stroke));
    if (!said) return "";
    zh += std::string(part == 0 ? "" : part == 1 ? "/" : "·") + std::string(said->zh);
    if (stroke == unit.npos) return zh;
    unit.remove_prefix(stroke + 1);
  }
}

UnitFactor factor_between(const ParsedUnit& typed, const ParsedUnit& own) {
  const std::uint64_t times = typed.times * own.over, over = typed.over * own.times, common = std::gcd(times, over);
  return {static_cast<double>(times / common), static_cast<double>(over / common)};
}

using Atoms = std::vector<std::string>;

/// The same numerators; a bare share stands for a share of whatever the field shares out.
bool same_above(const ParsedUnit& typed, const ParsedUnit& own) {
  if (typed.above == own.above) return true;
  return typed.above == Atoms{"share"} && own.above.size() == 1 && own.above[0].starts_with("share");
}

/// The same denominators. A bare share may leave the year to the field; an income may say that it is of a head.
bool same_below(const ParsedUnit& typed, const ParsedUnit& own) {
  if (typed.below == own.below) return true;
  if (typed.above == Atoms{"share"} && typed.below.empty() && own.below == Atoms{"year"}) return true;
  return own.above == Atoms{"yuan"} && own.below == Atoms{"year"} && typed.below == Atoms{"person", "year"};
}

bool says(const std::string& text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
      const bool begins = !is_letter(word.front()) || at == 0 || !is_letter(text[at - 1]);
      const std::size_t end = at + word.size();
      const bool ends = !is_letter(word.back()) || end == text.size() || !is_letter(text[end]);
      if (begins && ends) return true;
    }
    return false;
  });
}

}  // namespace

double UnitFactor::of(double value) const {
  if (times == over || !std::isfinite(value)) return value;
  int shift = 0;
  for (double power = times; power >= 10; power /= 10) ++shift;
  for (double power = over; power >= 10; power /= 10) --shift;
  const std::string typed = fmt::format("{}", value);  // the shortest decimal that reads back as the same number
  const std::size_t e = typed.find('e');
  if (e != std::string::npos) shift += std::stoi(typed.substr(e + 1));
  const std::string moved = fmt::format("{}e{}", typed.substr(0, e), shift);
  double result = value * times / over;  // stays where the number leaves the range of a double
  std::from_chars(moved.data(), moved.data() + moved.size(), result);
  return result;
}

Message unit_in_words(std::string_view unit) {
  std::string zh = unit_in_chinese(unit);
  return zh.empty() ? Message::verbatim(std::string(unit)) : Message::in_both(std::string(unit), std::move(zh));
}

Message unit_in_quotes(std::string_view unit) {
  return Message::together({Message::verbatim("\""), unit_in_words(unit), Message::verbatim("\"")});
}

Message with_unit(double number, std::string_view unit) { return with_unit(message_parts::value(number), unit); }
Message with_unit(const std::string& number, std::string_view unit) {
  return with_unit(message_parts::value(number), unit);
}

Message with_unit(const Message& number, std::string_view unit) {
  if (unit.empty() || unit == "1") return number;
  const std::string en = " " + std::string(unit), zh = unit_in_chinese(unit);
  const SaidUnit* const counted = said_unit(unit.substr(0, unit.find('/')));
  if (zh.empty()) return Message::together({number, Message::verbatim(en)});
  return Message::together({number, Message::in_both(en, counted->counts ? zh : "（" + zh + "）")});
}

std::optional<UnitFactor> unit_factor(std::string_view typed, std::string_view own) {
  const std::string typed_text = plain_unit(typed), own_text = plain_unit(own);
  if (typed_text.empty()) return std::nullopt;
  if (typed_text == own_text || typed_text == plain_unit(unit_in_chinese(own))) return UnitFactor{};
  const auto typed_unit = UnitParser(typed_text).parse();
  if (!typed_unit) return std::nullopt;
  if (own_text == "1" || own_text == "probability") {
    const bool percentage = typed_unit->above == Atoms{"share"} && typed_unit->below.empty() && typed_unit->over > 1;
    if (percentage) return UnitFactor{1, static_cast<double>(typed_unit->over)};
    if (own_text == "1") return std::nullopt;
  }
  const auto own_unit = UnitParser(own_text).parse();
  if (!own_unit || !same_above(*typed_unit, *own_unit) || !same_below(*typed_unit, *own_unit)) return std::nullopt;
  return factor_between(*typed_unit, *own_unit);
}

Message why_no_multiple(std::string_view typed, std::string_view own) {
  const std::string text = plain_unit(typed);
  const auto own_unit = UnitParser(plain_unit(own)).parse();
  const auto typed_unit = UnitParser(text).parse();
  if (!own_unit) return "";
  const bool yearly = own_unit->has(own_unit->below, "year"), money = own_unit->has(own_unit->above, "yuan");
  if (money && says(text, {"dollar", "dollars", "usd",  "euro", "euros", "eur",  "pound", "pounds",
                           "gbp",    "yen",     "jpy",  "hkd",  "$",     "€",    "£",     "美元",
                           "美金",   "欧元",    "英镑", "日元", "港元",  "港币", "台币",  "韩元"}))
    return message("a currency has no fixed rate: convert it to yuan at the rate that the source names");
  if (yearly && says(text, {"month", "months", "monthly", "月"}))
    return message("a month need not be a twelfth of a year");
  if (yearly && says(text, {"quarter", "quarters", "quarterly", "season", "seasons", "季", "季度"}))
    return message("a quarter need not be a fourth of a year");
  if (yearly && says(text, {"week", "weeks", "weekly", "周", "星期"}))
    return message("how many weeks of the year are meant is not said");
  if (yearly && says(text, {"hour", "hours", "hourly", "小时"}))
    return message("how many hours of the year are meant is not said");
  if (yearly && money && (says(text, {"daily"}) || (typed_unit && typed_unit->has(typed_unit->below, "day"))))
    return message("how many days of the year are meant is not said");
  if ((own_unit->has(own_unit->above, "mu") || own_unit->has(own_unit->below, "mu")) &&
      says(text, {"hectare", "hectares", "ha", "公顷", "acre", "acres", "英亩", "公亩", "km2", "km²", "平方公里",
                  "平方米", "平方千米", "m2", "m²"}))
    return message("areas are in mu: convert it");
  if (typed_unit && yearly && typed_unit->above == own_unit->above && typed_unit->below.empty() && money)
    return message("it does not say of what time");
  if (typed_unit && money && yearly && typed_unit->has(typed_unit->below, "household"))
    return message("households differ in size: the figure is of a head");
  return "";
}

Message twelve_months(std::optional<double> value, std::string_view typed, std::string_view own) {
  std::string yearly = plain_unit(typed);
  for (const auto& [month, year] : {std::pair("months", "year"), {"month", "year"}, {"个月", "年"}, {"月", "年"}})
    if (const std::size_t at = yearly.find(month); at != yearly.npos)
      yearly.replace(at, std::string_view(month).size(), year);
  const auto factor = yearly == plain_unit(typed) ? std::nullopt : unit_factor(yearly, own);
  if (!factor) return "";
  if (!value) return message("for twelve months write twelve times the number, in {}", unit_in_words(own));
  return message("for twelve months write {}", with_unit(12 * factor->of(*value), own));
}

bool is_per_person(std::string_view typed) {
  const auto unit = UnitParser(plain_unit(typed)).parse();
  return unit && unit->has(unit->below, "person");
}

}  // namespace tuopin
