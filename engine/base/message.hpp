// Messages for people: an English text with places for values, both kept apart until the message is said, so that it
// can be said in another language. The English text is its own name in the catalogue (po/zh_CN.po), and needs none.
#pragma once

#include <concepts>
#include <cstddef>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tuopin {

/// An English text of the catalogue that is put down in one place and said in another; made by msgid().
struct MessageId {
  const char* text;
  constexpr bool empty() const { return *text == '\0'; }
};
/// Marks the text for the catalogue.
consteval MessageId msgid(const char* text) { return {text}; }

/// The translation of a text of the catalogue. Empty: messages are said in English.
using Translation = std::function<std::string(const std::string& text)>;

/// A message that can be said in any language of the catalogue. Its values may be messages themselves: a unit, "a
/// table", "at least 1". Any other text is a value, too, and is never translated: names, keys, what was typed.
class Message {
 public:
  Message() = default;
  Message(const char (&)[1]) {}  ///< "": no message
  Message(MessageId id) : text_(id.text) {}
  enum class Kind : unsigned char { catalogue, verbatim, both, together };
  Message(Kind kind, std::string text, std::vector<Message> values)
      : text_(std::move(text)), values_(std::move(values)), kind_(kind) {}

  /// Text that is the same in every language.
  static Message verbatim(std::string text);
  /// A meaning that its declaration gives in both languages.
  static Message in_both(std::string en, std::string zh);
  /// Messages one after another, with nothing between them.
  static Message together(std::vector<Message> parts);

  bool empty() const { return text_.empty() && values_.empty(); }
  std::string english() const { return said({}); }
  std::string said(const Translation& translation) const;

  Kind kind() const { return kind_; }
  const std::string& text() const { return text_; }
  const std::vector<Message>& values() const { return values_; }  ///< of `both`: the other language

  bool operator==(const Message&) const = default;

 private:
  std::string text_;
  std::vector<Message> values_;
  Kind kind_ = Kind::catalogue;
};

namespace message_parts {

inline Message value(const Message& message) { return message; }
inline Message value(MessageId id) { return id; }
inline Message value(std::string_view text) { return Message::verbatim(std::string(text)); }
inline Message value(const std::string& text) { return Message::verbatim(text); }
inline Message value(const char* text) { return Message::verbatim(text); }
inline Message value(char letter) { return Message::verbatim(std::string(1, letter)); }
Message value(double number);  ///< with as many digits as tell it from its neighbours
Message value(long long number);
Message value(unsigned long long number);
template <std::integral Number>
Message value(Number number) {
  if constexpr (std::signed_integral<Number>)
    return value(static_cast<long long>(number));
  else
    return value(static_cast<unsigned long long>(number));
}

/// A text with `Places` places {}. Braces that are meant are doubled, where there is a place. Checked when compiled.
template <std::size_t Places>
struct Format {
  consteval Format(const char* from) : text(from) {
    std::size_t places = 0;
    for (const char* at = from; *at != '\0'; ++at) {
      const bool pair = *at != '\0' && (at[0] == '{' || at[0] == '}') && (at[1] == '{' || at[1] == '}');
      if (pair && at[0] == '{' && at[1] == '}') ++places;
      if (Places > 0 && (*at == '{' || *at == '}') && !pair) throw "a single brace, or a place with a name or format";
      if (pair) ++at;
    }
    if (places != Places) throw "as many values as places are needed";
  }
  const char* text;
};

}  // namespace message_parts

/// `message("is {}, expected {}", typed, expected)`
template <typename... Values>
Message message(message_parts::Format<sizeof...(Values)> format, const Values&... values) {
  return Message(Message::Kind::catalogue, format.text, {message_parts::value(values)...});
}
template <typename... Values>
Message message(MessageId id, const Values&... values) {
  return Message(Message::Kind::catalogue, id.text, {message_parts::value(values)...});
}

/// "a, b, c", in Chinese with its own commas.
Message listed(const std::vector<std::string>& names);

/// Whether the message is one of these texts, whatever its values.
bool is_one_of(const Message& message, std::initializer_list<MessageId> texts);

/// What the system says of an error number, such as ENOSPC.
Message system_reason(int number);

/// The text with its places filled: "{}" in order, "{0}" by number, "{{" and "}}" are braces.
std::string filled(std::string_view text, const std::vector<std::string>& values);

}  // namespace tuopin
