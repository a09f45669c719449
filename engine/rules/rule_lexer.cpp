// Tokens of a rule, with advice for what other languages write differently.
#include "engine/rules/rule_lexer.hpp"

#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

namespace tuopin::rule {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

using Spelling = std::pair<std::string_view, Token::Kind>;

// Longer spellings first.
constexpr Spelling symbols[] = {
    {"<=", Token::Kind::less_equal}, {">=", Token::Kind::greater_equal}, {"==", Token::Kind::equal},
    {"!=", Token::Kind::not_equal},  {"<", Token::Kind::less},           {">", Token::Kind::greater},
    {"+", Token::Kind::plus},        {"-", Token::Kind::minus},          {"*", Token::Kind::times},
    {"/", Token::Kind::divide},      {"(", Token::Kind::open},           {")", Token::Kind::close},
    {",", Token::Kind::comma},
};

constexpr Spelling keywords[] = {
    {"and", Token::Kind::kw_and},   {"or", Token::Kind::kw_or},       {"not", Token::Kind::kw_not},
    {"true", Token::Kind::kw_true}, {"false", Token::Kind::kw_false},
};

// Signs of other languages, and what they are called here.
constexpr std::pair<std::string_view, MessageId> foreign[] = {
    {"<>", msgid("write !=")},
    {"=>", msgid("write >=")},
    {"=<", msgid("write <=")},
    {"=", msgid("write == to compare")},
    {"&", msgid("write and")},
    {"|", msgid("write or")},
    {"!", msgid("write not")},
    {"≥", msgid("write >=")},
    {"≤", msgid("write <=")},
    {"≠", msgid("write !=")},
    {"×", msgid("write *")},
    {"÷", msgid("write /")},
    {"−", msgid("write the plain minus sign -")},
    {"（", msgid("write the half-width (")},
    {"）", msgid("write the half-width )")},
    {"，", msgid("write the half-width ,")},
    {"．", msgid("write the half-width .")},
    {"\"", msgid("labels stand without quotes")},
    {"'", msgid("labels stand without quotes")},
    {"**", msgid("there is no power; multiply")},
    {"^", msgid("there is no power; multiply")},
    {"%", msgid("write a share as a number: 0.3")},
    {"?", msgid("write if(condition, a, b)")},
    {"[", msgid("use parentheses")},
    {"{", msgid("use parentheses")},
    {";", msgid("a rule is one expression")},
};

std::optional<std::string_view> foreign_sign(std::string_view rest, MessageId& advice) {
  for (const auto& [sign, words] : foreign)
    if (rest.substr(0, sign.size()) == sign) {
      advice = words;
      return sign;
    }
  return std::nullopt;
}

/// Length in bytes of the character at the front, for the mark under it.
std::size_t character_length(std::string_view rest) {
  std::size_t length = 1;
  while (length < rest.size() && length < 4 && (static_cast<unsigned char>(rest[0]) & 0xc0) == 0xc0 &&
         (static_cast<unsigned char>(rest[length]) & 0xc0) == 0x80)
    ++length;
  return length;
}

/// Words joined by single dots.
std::size_t name_length(std::string_view rest) {
  std::size_t length = 0;
  while (length < rest.size()) {
    const bool word = is_letter(rest[length]) || is_digit(rest[length]);
    const bool joint = rest[length] == '.' && length + 1 < rest.size() && is_letter(rest[length + 1]);
    if (!word && !joint) break;
    ++length;
  }
  return length;
}

/// A number: digits, perhaps a fraction, perhaps an exponent. Reports and returns false where it is malformed.
bool read_number(std::string_view text, Token& token, Reporter& reporter) {
  const std::string_view rest = text.substr(token.span.offset);
  const auto [stop, error] = std::from_chars(rest.data(), rest.data() + rest.size(), token.value);
  std::size_t length = static_cast<std::size_t>(stop - rest.data());
  if (length == 0) {
    reporter.report({token.span.offset, 1}, message("a number was expected"));
    return false;
  }
  token.span.length = length;
  if (length < rest.size() && (is_letter(rest[length]) || is_digit(rest[length]) || rest[length] == '.')) {
    const bool separated = rest[length] == '_';
    while (length < rest.size() && (is_letter(rest[length]) || is_digit(rest[length]) || rest[length] == '.')) ++length;
    token.span.length = length;
    reporter.report(token.span, message("{} is neither a number nor a name", quoted(reporter.text(token.span))),
                    separated ? message("write numbers without _") : message("numbers stand without units"));
    return false;
  }
  if (error != std::errc() || !std::isfinite(token.value)) {
    reporter.report(token.span, message("number out of range"), message("numbers reach from about 1e-300 to 1e300"));
    return false;
  }
  return true;
}

bool read_name(std::string_view text, Token& token) {
  token.span.length = name_length(text.substr(token.span.offset));
  token.kind = Token::Kind::name;
  const std::string_view word = text.substr(token.span.offset, token.span.length);
  for (const auto& [spelling, kind] : keywords)
    if (word == spelling) token.kind = kind;
  return true;
}

bool read_symbol(std::string_view text, Token& token, Reporter& reporter) {
  const std::string_view rest = text.substr(token.span.offset);
  MessageId advice{""};
  // `==` and `!=` are ours although `=` and `!` are not; the foreign pairs come before our single signs.
  for (const auto& [spelling, kind] : symbols) {
    if (rest.substr(0, spelling.size()) != spelling) continue;
    if (spelling.size() == 1 && (rest.substr(0, 2) == "<>" || rest.substr(0, 2) == "**")) break;
    token.kind = kind;
    token.span.length = spelling.size();
    return true;
  }
  if (const auto sign = foreign_sign(rest, advice))
    token.span.length = sign->size();
  else
    token.span.length = character_length(rest);
  reporter.report(token.span, message("{} is not part of the rule language", quoted(reporter.text(token.span))),
                  advice);
  return false;
}

}  // namespace

std::vector<Token> tokens_of(std::string_view text, Reporter& reporter) {
  std::vector<Token> tokens;
  std::size_t at = 0;
  while (true) {
    while (at < text.size() && is_space(text[at])) ++at;
    Token token;
    token.span = {at, 0};
    if (at == text.size()) {
      tokens.push_back(token);
      return tokens;
    }
    const char c = text[at];
    const bool decimal_point = c == '.' && at + 1 < text.size() && is_digit(text[at + 1]);
    bool good;
    if (is_digit(c) || decimal_point) {
      token.kind = Token::Kind::number;
      good = read_number(text, token, reporter);
    } else {
      good = is_letter(c) ? read_name(text, token) : read_symbol(text, token, reporter);
    }
    if (!good) {
      tokens.push_back({Token::Kind::end, {at, 0}, 0});
      return tokens;
    }
    tokens.push_back(token);
    at += token.span.length;
  }
}

}  // namespace tuopin::rule
