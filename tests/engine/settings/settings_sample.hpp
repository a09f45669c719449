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
  FileKind kind{"sample", "A file for tests.", {}};
  kind.sections = {
      {"",
       "Top.",
       true,
       {{"title", translated, "name", "", -huge, huge, true, "", {}},
        {"extends", text, "base", "", -huge, huge, false, "", {}},
        {"programmes", names, "in order", "", -huge, huge, false, "[]", {}},
        {"window", window, "years", "", -huge, huge, false, "", {}},
        {"eligible", rule, "who", "", -huge, huge, false, "", {}},
        {"margins", file, "table", "", -huge, huge, false, "", {}},
        {"households", integer, "number", "1", 1, 100, false, "10", {}}},
       "",
       {}},
      {"growth",
       "Growth.",
       false,
       {{"nominal", quantity, "growth", "share/year", -0.5, 1, false, "", {}},
        {"mean_income", level, "observed mean", "yuan/year", 0, huge, false, "", {}},
        {"spending", flow, "spending", "yuan/year", 0, huge, false, "", {}},
        {"persistence", number, "persistence", "share", 0, 1, false, "0.5", {}}},
       "",
       {}},
      {"capacity",
       "Places.",
       false,
       {{"unit", choice, "what is counted", "", -huge, huge, false, "\"posts\"", {"persons", "households", "posts"}},
        {"by_year", flow, "entries", "", 0, 1e6, true, "", {}}},
       "",
       {}},
      {"line", "A level.", false, {{"from_year", level, "line", "yuan/year", 0, huge, true, "", {}}}, "", {}},
      {"shocks",
       "Shocks.",
       false,
       {{"off", flag, "left out", "", -huge, huge, false, "false", {}},
        {"reason", text, "why", "", -huge, huge, false, "", {}}},
       "",
       {}},
      {"evidence",
       "Evidence.",
       false,
       {{"grade", choice, "grade", "", -huge, huge, true, "", {"A", "B", "C", "D"}}},
       "",
       {}},
      {"cost", "Money.", false, {{"funding", shares, "by fund", "", -huge, huge, true, "", {}}}, "", {}},
      {"effect.*",
       "Effects.",
       false,
       {},
       "verb",
       {{"slot", {{"wage", quantity, "wage", "yuan/year", 0, 1e6, true, "", {}}}},
        {"move", {{"return_rate", number, "share that returns", "share/year", 0, 1, true, "", {}}}}}},
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
