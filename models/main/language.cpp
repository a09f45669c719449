#include "models/main/language.hpp"

#include <libintl.h>
#include <locale.h>

#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "engine/settings/settings_text.hpp"

namespace tuopin {

namespace {

constexpr const char* domain = "tuopin";

std::filesystem::path folder_of_messages() {
  if (const char* const named = std::getenv("TUOPIN_MESSAGES"); named != nullptr && *named != '\0') return named;
  std::error_code error;
  const std::filesystem::path here = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
  for (const std::filesystem::path& folder : {here / "locale", here.parent_path() / "share/locale"})
    if (std::filesystem::exists(folder / "zh_CN/LC_MESSAGES/tuopin.mo", error)) return folder;
  return here / "locale";
}

Translation chinese() {
  ::setenv("LANGUAGE", "zh_CN", 1);  // which catalogue gettext takes, in whatever locale but "C"
  locale_t own = nullptr;            // its LC_MESSAGES alone is not "C"
  for (const char* name : {"C.UTF-8", "zh_CN.UTF-8", "en_US.UTF-8"})
    if (own == nullptr) own = ::newlocale(LC_MESSAGES_MASK, name, nullptr);
  if (own == nullptr) return {};  // gettext translates nothing in "C"
  ::bindtextdomain(domain, folder_of_messages().c_str());
  ::bind_textdomain_codeset(domain, "UTF-8");
  return [own](const std::string& text) -> std::string {
    if (text.empty()) return text;  // it names the catalogue's own head
    const locale_t before = ::uselocale(own);
    std::string said = ::dgettext(domain, text.c_str());
    ::uselocale(before);
    return said;
  };
}

}  // namespace

const Translation& translation_into(const std::string& language) {
  static const Translation none;
  if (language != "zh") return none;
  static const Translation into_chinese = chinese();
  return into_chinese;
}

std::string language_of(const std::vector<std::string>& words) {
  const std::string name = "--lang";
  for (std::size_t w = 1; w < words.size(); ++w) {
    std::string value;
    if (words[w] == name && w + 1 < words.size()) value = words[w + 1];
    if (words[w].starts_with(name + "=")) value = words[w].substr(name.size() + 1);
    if (value == "en" || value == "zh") return value;
  }
  for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"})
    if (const char* value = std::getenv(variable); value != nullptr && *value != '\0')
      return std::string_view(value).starts_with("zh") ? "zh" : "en";
  return "en";
}

std::string in_words(const Message& message, const std::string& language) {
  return message.said(translation_into(language));
}

std::string in_words(const Problem& problem, const std::string& language) {
  return to_text(problem, translation_into(language));
}

std::string in_words(const Error& error, const std::string& language) {
  return printable(to_text(error.problems(), translation_into(language)));
}

}  // namespace tuopin
