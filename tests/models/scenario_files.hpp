// A copy of the hamlet's files that a test may change.
#pragma once

#include <sstream>

#include "models/run/load.hpp"
#include "models/scenario/scenario.hpp"
#include "tests/engine/settings/settings_sample.hpp"

namespace tuopin {

class HamletFiles {
 public:
  HamletFiles() {
    std::filesystem::copy(std::filesystem::path(TUOPIN_SOURCE_DIR) / "scenarios/hamlet", folder.path / "h",
                          std::filesystem::copy_options::recursive);
  }

  std::filesystem::path path(const std::string& name) const { return folder.path / "h" / name; }
  std::filesystem::path write(const std::string& name, const std::string& text) const {
    return folder.write("h/" + name, text);
  }
  std::string read(const std::string& name) const {
    std::stringstream text;
    text << std::ifstream(path(name)).rdbuf();
    return text.str();
  }
  /// Replaces the one place where `from` stands.
  void change(const std::string& name, const std::string& from, const std::string& to) const {
    std::string text = read(name);
    const std::size_t at = text.find(from);
    if (at == std::string::npos) throw std::logic_error(name + " does not hold " + from);
    write(name, text.replace(at, from.size(), to));
  }

  Scenario load(const std::string& name) {
    problems.clear();
    return load_scenario(path(name), problems);
  }
  /// Problems or warnings, one a line, without the folder.
  std::vector<std::string> in_words(const std::vector<Problem>& found) const {
    const std::string root = path("").string();
    std::vector<std::string> lines;
    for (const Problem& problem : found) {
      std::string line = to_text(problem);
      for (std::size_t at; (at = line.find(root)) != std::string::npos;) line.erase(at, root.size());
      lines.push_back(line);
    }
    return lines;
  }
  std::vector<std::string> refusals(const std::string& name) {
    load(name);
    return in_words(problems);
  }
  std::vector<std::string> warnings(const std::string& name) {
    const Scenario scenario = load(name);
    if (!problems.empty()) throw ScenarioError(problems);
    return in_words(scenario.warnings);
  }

  Folder folder;
  std::vector<Problem> problems;
};

}  // namespace tuopin
