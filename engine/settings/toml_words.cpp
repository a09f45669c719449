#include "engine/settings/toml_words.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace tuopin {

namespace {

/// What was being parsed, what was expected or seen, and kinds of values. A place {} holds a number.
constexpr MessageId words[] = {
    msgid("key-value pair"),
    msgid("key"),
    msgid("value"),
    msgid("array"),
    msgid("array-of-tables"),
    msgid("root table"),
    msgid("table"),
    msgid("table header"),
    msgid("inline table"),
    msgid("string"),
    msgid("literal string"),
    msgid("unicode scalar sequence"),
    msgid("binary integer"),
    msgid("octal integer"),
    msgid("decimal integer"),
    msgid("hexadecimal integer"),
    msgid("integer"),
    msgid("floating-point"),
    msgid("hexadecimal floating-point"),
    msgid("boolean"),
    msgid("date"),
    msgid("time"),
    msgid("date-time"),
    msgid("date-time offset"),
    msgid("comment"),
    msgid("space or tab"),
    msgid("'\\n' after '\\r'"),
    msgid("EOF"),
    msgid("hex digit"),
    msgid("digit"),
    msgid("decimal digit"),
    msgid("decimal digit or '.'"),
    msgid("decimal digit or exponent"),
    msgid("exponent decimal digit or sign"),
    msgid("exponent digit"),
    msgid("exponent digit or sign"),
    msgid("hexadecimal digit"),
    msgid("hexadecimal digit or '.'"),
    msgid("hexadecimal digit or exponent"),
    msgid("expected digit or sign"),  // the parser's own slip
    msgid("fractional digits"),
    msgid("'x' or 'X'"),
    msgid("space, 'T' or 't'"),
    msgid("4-digit year"),
    msgid("2-digit month"),
    msgid("2-digit day"),
    msgid("2-digit hour"),
    msgid("2-digit minute"),
    msgid("2-digit second"),
    msgid("month between 1 and 12 (inclusive)"),
    msgid("day between 1 and {} (inclusive)"),
    msgid("hour between 0 and 23 (inclusive)"),
    msgid("hour between 0 to 59 (inclusive)"),
    msgid("minute between 0 and 59 (inclusive)"),
    msgid("second between 0 and 59 (inclusive)"),
    msgid("bare key starting character or string delimiter"),
    msgid("comma or closing ']'"),
    msgid("comma or closing '}'"),
    msgid("key or closing '}'"),
    msgid("key-value pair or closing '}'"),
    msgid("closing '}' (dangling comma)"),
    msgid("value or closing ']'"),
    msgid("value-terminator"),
    msgid("comma"),
    msgid("end-of-file"),
    msgid("a comment or whitespace"),
    msgid("keys, tables, whitespace or comments"),
};

/// Whole reasons. Longer ones stand before those that would fit them, too.
constexpr MessageId reasons[] = {
    msgid("encountered end-of-file"),
    msgid("unexpected control character"),
    msgid("could not determine value type"),
    msgid("missing exponent"),
    msgid("leading zeroes are prohibited"),
    msgid("underscores may only follow digits"),
    msgid("underscores must be followed by digits"),
    msgid("values may not begin with underscores"),
    msgid("values greater than U+10FFFF are invalid"),
    msgid("unicode surrogates (U+D800 - U+DFFF) are explicitly prohibited"),
    msgid("unescaped unicode surrogates (U+D800 to U+DFFF) are explicitly prohibited"),
    msgid("unicode surrogates (U+D800 to U+DFFF) are explicitly prohibited in comments"),
    msgid("control characters other than TAB (U+0009) are explicitly prohibited"),
    msgid("control characters other than TAB (U+0009) are explicitly prohibited in comments"),
    msgid("unescaped control characters other than TAB (U+0009) are explicitly prohibited"),
    msgid("vertical tabs '\\v' and form-feeds '\\f' are not legal line breaks in TOML"),
    msgid("line-ending backslashes must be the last non-whitespace character on the line"),
    msgid("escape sequence '\\e' is not supported in TOML 1.0.0 and earlier"),
    msgid("escape sequence '\\x' is not supported in TOML 1.0.0 and earlier"),
    msgid("hexadecimal floating-point values are not supported in TOML 1.0.0 and earlier"),
    msgid("multi-line strings are prohibited in keys"),
    msgid("multi-line strings are prohibited in dotted keys"),
    msgid("tables with blank bare keys are explicitly prohibited"),
    msgid("[[array-of-table]] brackets must be contiguous (i.e. [ [ this ] ] is prohibited)"),
    msgid("unknown escape sequence '{}'"),
    msgid("exceeds length limit of {} digits"),
    msgid("exceeds length limit of {} digits (consider using exponent notation)"),
    msgid("fragment exceeeds maximum length of {} characters"),
    msgid("numeric value too long to identify type - cannot exceed {} characters"),
    msgid("fractional component exceeds maximum precision of {}"),
    msgid("exceeded maximum nested value depth of {} (TOML_MAX_NESTED_VALUES)"),
    msgid("an unspecified error occurred while trying to interpret '{}' as a value"),
    msgid("'{}' could not be interpreted as a value"),
    msgid("'{}' is not representable in 64 bits"),
    msgid("cannot insert '{}' into existing inline table"),
    msgid("cannot redefine existing {} as dotted key-value pair"),
    msgid("cannot redefine existing table '{}'"),
    msgid("cannot redefine existing {} '{}' as {}"),
    msgid("cannot redefine existing {} '{}'"),
    msgid("expected {}, saw {}"),
};

/// What stands at the places {} of the pattern, where the text is of it.
std::optional<std::vector<std::string_view>> values_of(std::string_view text, std::string_view pattern) {
  std::vector<std::string_view> values;
  for (std::size_t place = pattern.find("{}"); place != pattern.npos; place = pattern.find("{}")) {
    if (!text.starts_with(pattern.substr(0, place))) return std::nullopt;
    text.remove_prefix(place);
    pattern.remove_prefix(place + 2);
    const std::string_view next = pattern.substr(0, pattern.find("{}"));
    const bool last = next.size() == pattern.size();
    if (last && !text.ends_with(next)) return std::nullopt;
    const std::size_t end = last ? text.size() - next.size() : text.find(next);
    if (end == text.npos) return std::nullopt;
    values.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return text == pattern ? std::optional(values) : std::nullopt;
}

std::optional<Message> found_in(std::span<const MessageId> known, std::string_view text,
                                Message (*say)(std::string_view)) {
  for (const MessageId id : known) {
    const auto found = values_of(text, id.text);
    if (!found) continue;
    std::vector<Message> values;
    for (const std::string_view value : *found) values.push_back(say(value));
    return Message(Message::Kind::catalogue, id.text, std::move(values));
  }
  return std::nullopt;
}

/// Signs and names of the file stay as they are.
Message verbatim(std::string_view text) { return Message::verbatim(std::string(text)); }

Message word(std::string_view text) { return found_in(words, text, verbatim).value_or(verbatim(text)); }

Message own_words(std::string_view text) { return message("in the parser's own words: \"{}\"", std::string(text)); }

}  // namespace

Message toml_error_in_words(std::string_view description) {
  const std::string_view lead = "Error while parsing ";
  const std::size_t colon = description.find(": ");
  if (!description.starts_with(lead) || colon == description.npos) return own_words(description);
  const Message parsing = word(description.substr(lead.size(), colon - lead.size()));
  const std::string_view why = description.substr(colon + 2);
  return message("Error while parsing {}: {}", parsing, found_in(reasons, why, word).value_or(own_words(why)));
}

}  // namespace tuopin
