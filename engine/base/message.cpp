#include "engine/base/message.hpp"

#include <fmt/format.h>
#include <locale.h>
#include <string.h>

#include <algorithm>

namespace tuopin {

namespace message_parts {

Message value(double number) { return Message::verbatim(fmt::format("{}", number)); }
Message value(long long number) { return Message::verbatim(std::to_string(number)); }
Message value(unsigned long long number) { return Message::verbatim(std::to_string(number)); }

}  // namespace message_parts

Message Message::verbatim(std::string text) { return Message(Kind::verbatim, std::move(text), {}); }

Message Message::in_both(std::string en, std::string zh) {
  return Message(Kind::both, std::move(en), {verbatim(std::move(zh))});
}

Message Message::together(std::vector<Message> parts) { return Message(Kind::together, "", std::move(parts)); }

std::string Message::said(const Translation& translation) const {
  if (kind_ == Kind::verbatim || empty()) return text_;
  if (kind_ == Kind::both) return translation && !values_.empty() ? values_.front().text_ : text_;
  std::vector<std::string> values;
  for (const Message& value : values_) values.push_back(value.said(translation));
  if (kind_ == Kind::together) {
    std::string all;
    for (const std::string& value : values) all += value;
    return all;
  }
  const std::string text = translation ? translation(text_) : text_;
  return values.empty() ? text : filled(text, values);  // without values, braces are braces
}

Message listed(const std::vector<std::string>& names) {
  std::vector<Message> parts;
  for (const std::string& name : names) {
    if (!parts.empty()) parts.push_back(msgid(", "));
    parts.push_back(Message::verbatim(name));
  }
  return Message::together(std::move(parts));
}

bool is_one_of(const Message& message, std::initializer_list<MessageId> texts) {
  return message.kind() == Message::Kind::catalogue &&
         std::any_of(texts.begin(), texts.end(), [&](MessageId id) { return message.text() == id.text; });
}

Message system_reason(int number) {
  constexpr MessageId known[] = {
      msgid("Operation not permitted"),
      msgid("No such file or directory"),
      msgid("Input/output error"),
      msgid("Bad file descriptor"),
      msgid("Cannot allocate memory"),
      msgid("Permission denied"),
      msgid("Device or resource busy"),
      msgid("File exists"),
      msgid("Invalid cross-device link"),
      msgid("Not a directory"),
      msgid("Is a directory"),
      msgid("Invalid argument"),
      msgid("Too many open files in system"),
      msgid("Too many open files"),
      msgid("Text file busy"),
      msgid("File too large"),
      msgid("No space left on device"),
      msgid("Read-only file system"),
      msgid("Too many links"),
      msgid("Broken pipe"),
      msgid("File name too long"),
      msgid("Too many levels of symbolic links"),
      msgid("Disk quota exceeded"),
      msgid("Stale file handle"),
      msgid("Operation not supported"),
      msgid("Resource temporarily unavailable"),
  };
  static const locale_t english = ::newlocale(LC_ALL_MASK, "C", nullptr);  // whatever the locale of the process
  const std::string reason = ::strerror_l(number, english);
  for (const MessageId id : known)
    if (reason == id.text) return id;
  return Message::verbatim(reason);
}

std::string filled(std::string_view text, const std::vector<std::string>& values) {
  std::string all;
  std::size_t next = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char sign = text[at];
    const char after = at + 1 < text.size() ? text[at + 1] : '\0';
    if ((sign == '{' || sign == '}') && after == sign) {
      all += sign;
      ++at;
    } else if (sign == '{') {
      const std::size_t end = std::min(text.find('}', at), text.size());
      std::size_t place = end == at + 1 ? next++ : 0;
      for (std::size_t digit = at + 1; digit < end; ++digit)
        place = 10 * place + static_cast<std::size_t>(text[digit] - '0');
      if (place < values.size()) all += values[place];
      at = end;
    } else {
      all += sign;
    }
  }
  return all;
}

}  // namespace tuopin
