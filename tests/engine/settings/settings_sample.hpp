// A small kind of file for the tests of settings: every kind of field once.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include "engine/settings/settings.hpp"

namespace tuopin {

inline FileKind sample_kind() {
  using enum FieldKind;
  const double huge = 1e300;
  FileKind kind{"sample", msgid("A file for tests."), {}};
  kind.sections = {
      {"",
       msgid("Top."),
       true,
       {{"title", translated, msgid("name"), "", -huge, huge, true, "", {}},
        {"extends", text, msgid("base"), "", -huge, huge, false, "", {}},
        {"programmes", names, msgid("in order"), "", -huge, huge, false, "[]", {}},
        {"window", window, msgid("years"), "", -huge, huge, false, "", {}},
        {"eligible", rule, msgid("who"), "", -huge, huge, false, "", {}},
        {"margins", file, msgid("table"), "", -huge, huge, false, "", {}},
        {"households", integer, msgid("number"), "1", 1, 100, false, "10", {}}},
       "",
       {}},
      {"growth",
       msgid("Growth."),
       false,
       {{"nominal", quantity, msgid("growth"), "share/year", -0.5, 1, false, "", {}},
        {"mean_income", level, msgid("observed mean"), "yuan/year", 0, huge, false, "", {}},
        {"spending", flow, msgid("spending"), "yuan/year", 0, huge, false, "", {}},
        {"persistence", number, msgid("persistence"), "share", 0, 1, false, "0.5", {}}},
       "",
       {}},
      {"capacity",
       msgid("Places."),
       false,
       {{"unit",
         choice,
         msgid("what is counted"),
         "",
         -huge,
         huge,
         false,
         "\"posts\"",
         {"persons", "households", "posts"}},
        {"by_year", flow, msgid("entries"), "", 0, 1e6, true, "", {}}},
       "",
       {}},
      {"line",
       msgid("A level."),
       false,
       {{"from_year", level, msgid("line"), "yuan/year", 0, huge, true, "", {}}},
       "",
       {}},
      {"shocks",
       msgid("Shocks."),
       false,
       {{"off", flag, msgid("left out"), "", -huge, huge, false, "false", {}},
        {"reason", text, msgid("why"), "", -huge, huge, false, "", {}}},
       "",
       {}},
      {"evidence",
       msgid("Evidence."),
       false,
       {{"grade", choice, msgid("grade"), "", -huge, huge, true, "", {"A", "B", "C", "D"}}},
       "",
       {}},
      {"cost", msgid("Money."), false, {{"funding", shares, msgid("by fund"), "", -huge, huge, true, "", {}}}, "", {}},
      {"effect.*",
       msgid("Effects."),
       false,
       {},
       "verb",
       {{"slot", {{"wage", quantity, msgid("wage"), "yuan/year", 0, 1e6, true, "", {}}}},
        {"move", {{"return_rate", number, msgid("share that returns"), "share/year", 0, 1, true, "", {}}}}}},
  };
  for (Section& section : kind.sections)
    for (Field& field : section.fields) field.counts = section.path == "capacity" && field.key == "unit";
  return kind;
}

/// The settings of a text, which must be right.
Settings good_settings(const std::string& text, const std::filesystem::path& folder = ".");

/// All problems of a text, one a line, as a user reads them.
inline std::string problems_of(const std::string& text, const std::filesystem::path& folder = ".") {
  std::vector<Problem> problems;
  load_settings_text(text, folder, "a.toml", sample_kind(), "", problems);
  std::string lines;
  for (const Problem& problem : problems) lines += (lines.empty() ? "" : "\n") + to_text(problem);
  return lines;
}

inline Settings good_settings(const std::string& text, const std::filesystem::path& folder) {
  std::vector<Problem> problems;
  Settings settings = load_settings_text(text, folder, "a.toml", sample_kind(), "sample.", problems);
  if (!problems.empty()) throw ScenarioError(problems);
  return settings;
}

/// A folder of its own for each test, removed afterwards.
class Folder {
 public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "tuopin-settings-XXXXXX").string();
    path = mkdtemp(pattern.data());
  }
  ~Folder() { std::filesystem::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::filesystem::path write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((path / name).parent_path());
    std::ofstream(path / name, std::ios::binary) << text;
    return path / name;
  }

  std::filesystem::path path;
};

}  // namespace tuopin
