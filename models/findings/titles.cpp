#include "models/findings/titles.hpp"

#include <fmt/format.h>

#include <string_view>

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

/// Of the line `key = { en = "…", zh = "…" }` the text in a language.
std::string text_of_key(const StudyView& study, const std::string& attribute, const std::string& key, bool zh) {
  for (const std::string& line : study.lines(attribute))
    if (line.starts_with(key + " = ")) return quoted_behind(line, zh ? "zh = \"" : "en = \"");
  return "";
}

std::string titled(const std::string& title, const std::string& name) {
  return title.empty() || title == name ? name : fmt::format("{} [{}]", title, name);
}

}  // namespace

std::string programme_title(const Page& page, const std::string& name) {
  return titled(text_of_key(page.study, "programme_text:" + name, "title", page.zh), name);
}

std::string fund_title(const Page& page, const std::string& name) {
  const auto funds = page.study.names("fund");
  if (!funds.empty() && name == funds.front()) return page("safety net (as paid)", "原有安全网（按实支）");
  for (const std::string& scenario : page.study.names("scenario")) {
    const std::string title = text_of_key(page.study, "scenario_text:" + scenario, "funds." + name + ".title", page.zh);
    if (!title.empty()) return titled(title, name);
  }
  return name;
}

}  // namespace tuopin
