#include "models/findings/titles.hpp"

#include <fmt/format.h>

#include <optional>
#include <string_view>

#include "engine/settings/settings.hpp"
#include "models/state/streams.hpp"

namespace tuopin {

namespace {

/// The text in quotes behind `begin`, as TOML escapes it; empty if there is none.
std::string quoted_behind(std::string_view line, std::string_view begin) {
  const std::size_t found = line.find(begin);
  if (found == std::string_view::npos) return "";
  std::string text;
  for (std::size_t at = found + begin.size(); at < line.size() && line[at] != '"'; ++at) {
    if (line[at] == '\\' && at + 1 < line.size()) ++at;
    text += line[at];
  }
  return text;
}

std::string with_name(const std::string& title, const std::string& name) {
  return title.empty() || title == name ? name : fmt::format("{} [{}]", title, name);
}

/// Of the line `key = { en = "…", zh = "…" }` both texts, each with the name behind it; nothing where there is no such
/// line.
std::optional<Message> titled(const StudyView& study, const std::string& attribute, const std::string& key,
                              const std::string& name) {
  for (const std::string& line : study.lines(attribute))
    if (line.starts_with(key + " = "))
      return Message::in_both(with_name(quoted_behind(line, "en = \""), name),
                              with_name(quoted_behind(line, "zh = \""), name));
  return std::nullopt;
}

}  // namespace

Message programme_title(const StudyView& study, const std::string& name) {
  return titled(study, "programme_text:" + name, "title", name).value_or(Message::verbatim(name));
}

Message fund_title(const StudyView& study, const std::string& name) {
  const auto funds = study.names("fund");
  if (!funds.empty() && name == funds.front()) return msgid("safety net (as paid)");
  for (const std::string& scenario : study.names("scenario"))
    if (const auto title = titled(study, "scenario_text:" + scenario, "funds." + name + ".title", name)) return *title;
  return Message::verbatim(name);
}

Message stream_title(const std::string& name) {
  const Text words = stream_in_words(name);
  return Message::in_both(with_name(words.en, name), with_name(words.zh, name));
}

}  // namespace tuopin
