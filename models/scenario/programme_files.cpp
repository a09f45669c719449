#include "models/scenario/programme_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "models/scenario/fields.hpp"
#include "models/scenario/limits.hpp"

namespace tuopin {

namespace {

namespace fs = std::filesystem;

bool is_there(const fs::path& file) {
  std::error_code unreadable;  // a name that is too long is no file either
  return fs::exists(file, unreadable);
}

bool same_file(const fs::path& a, const fs::path& b) {
  std::error_code error;
  return fs::weakly_canonical(a, error) == fs::weakly_canonical(b, error);
}

/// The programme files of one scenario, found one by one.
class ProgrammeFinder {
 public:
  ProgrammeFinder(Scenario& scenario, std::vector<Problem>& problems)
      : scenario_(scenario), problems_(problems), folders_(scenario.settings.folders("programmes")),
        own_folders_(scenario.settings.folders("")) {
    own_folders_.resize(own_folders_.size() - folders_.size());
    keep_each_once(folders_);
    keep_each_once(own_folders_);
  }

  /// The file of a name, or nothing where no folder has it.
  std::optional<fs::path> find(const std::string& name) {
    std::optional<fs::path> used;
    for (const fs::path& folder : folders_) {
      const fs::path file = file_in(folder, name);
      if (!is_there(file)) continue;
      if (!used)
        used = file;
      else if (!same_file(*used, file))
        warn(message("\"{}\" is read from {}, which hides {}", name, used->string(), file.string()),
             message("name it differently where both are meant"));
    }
    if (!used) {
      problems_.push_back({scenario_.settings.origin("programmes"), "programmes",
                           message("there is no programme file {}", file_in(folders_.front(), name).string()),
                           did_you_mean(name, programme_names_in(folders_))});
      return std::nullopt;
    }
    warn_of_unused(name, *used);
    return used;
  }

 private:
  static fs::path file_in(const fs::path& folder, const std::string& name) {
    return folder / "programmes" / (name + ".toml");
  }

  static void keep_each_once(std::vector<fs::path>& folders) {
    std::vector<fs::path> once;
    for (const fs::path& folder : folders)
      if (std::none_of(once.begin(), once.end(), [&](const fs::path& known) { return same_file(known, folder); }))
        once.push_back(folder);
    folders = once;
  }

  void warn(Message message, Message hint) {
    scenario_.warnings.push_back(
        {scenario_.settings.origin("programmes"), "programmes", std::move(message), std::move(hint)});
  }

  /// Warns of an unused file: the names in an inherited list are looked up beside the base file, so a file of the same
  /// name beside the extending file has no effect.
  void warn_of_unused(const std::string& name, const fs::path& used) {
    for (const fs::path& folder : own_folders_) {
      const fs::path file = file_in(folder, name);
      if (is_there(file) && !same_file(file, used))
        warn(message("\"{}\" is read from {}, beside the file that lists it; {} is not used", name, used.string(),
                     file.string()),
             message("give `programmes` again in the file beside it to use it"));
    }
  }

  Scenario& scenario_;
  std::vector<Problem>& problems_;
  std::vector<fs::path> folders_;      ///< beside the file that gives the list, then its bases
  std::vector<fs::path> own_folders_;  ///< beside the files that extend the one with the list
};

void keep_free(const Settings& settings, const char* key, std::vector<Problem>& problems) {
  problems.push_back({settings.origin(key), key,
                      message("uses the name \"{}\", which is the old safety net's own", safety_net_name),
                      message("give it another name")});
}

/// Names that can be files, each once.
std::vector<std::string> listed_programmes(const Settings& settings, std::vector<Problem>& problems) {
  const auto too_many = [&](const char* key, std::size_t count, std::size_t most) {
    problems.push_back({settings.origin(key), key, message("names {}, at most {} are served", count, most), ""});
  };
  for (const std::string& fund : settings.tables("funds"))
    if (fund == safety_net_name) keep_free(settings, "funds", problems);
  const std::vector<std::string> names = settings.names("programmes");
  if (names.size() > max_programmes) {
    too_many("programmes", names.size(), max_programmes);
    return {};
  }
  if (const std::size_t funds = settings.tables("funds").size(); funds > max_funds) too_many("funds", funds, max_funds);
  std::vector<std::string> files;
  for (const std::string& name : names) {
    if (name.empty() || name.front() == '.' || name.find_first_of("/\\") != std::string::npos) {
      problems.push_back({settings.origin("programmes"), "programmes",
                          message("lists \"{}\", which is no name of a file in programmes/", name), ""});
      continue;
    }
    if (name == safety_net_name) keep_free(settings, "programmes", problems);
    files.push_back(name);
  }
  return files;
}

/// The texts and choices of a programme, without numbers, names, sources and remarks.
std::string words_of(const Settings& programme) {
  std::string words;
  const std::string text = programme.effective_text();
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\n', begin);
    const std::string line = text.substr(begin, end - begin);
    begin = end + 1;
    const std::size_t equals = line.find(" = ");
    const std::string key = line.substr(0, equals);
    const char first = line[equals + 3];
    const bool is_word = first == '"' || first == 't' || first == 'f';  // a text, true or false
    const bool is_remark = key == "title" || key == "description" || key == "luck" || key.starts_with("evidence.") ||
                           key.ends_with(".title") || key.ends_with(".source") || key.ends_with(".grade") ||
                           key.ends_with(".status") || key.ends_with(".shape") || key.ends_with(".reason");
    if (is_word && !is_remark) words += line + "\n";
  }
  return words;
}

std::string luck_of(const Settings& programme) {
  return programme.has("luck") ? programme.text("luck") : programme.stem();
}

bool has_luck(const Scenario& scenario, const std::string& name) {
  return std::any_of(scenario.programmes.begin(), scenario.programmes.end(),
                     [&](const Settings& programme) { return luck_of(programme) == name; });
}

/// True if `copy` addresses the same people as `original`: it extends that file without changing a rule of eligibility,
/// or all its texts and choices are equal.
bool is_copy_of(const Settings& copy, const Settings& original) {
  if (copy.text("unit") != original.text("unit") || copy.text("eligible") != original.text("eligible")) return false;
  const auto bases = copy.bases();
  const bool extends =
      std::any_of(bases.begin(), bases.end(), [&](const fs::path& base) { return same_file(base, original.path()); });
  return extends || words_of(copy) == words_of(original);
}

bool is_known(const std::vector<Problem>& warnings, const Problem& problem) {
  return std::any_of(warnings.begin(), warnings.end(), [&](const Problem& known) {
    return known.origin.file == problem.origin.file && known.key == problem.key;
  });
}

}  // namespace

std::vector<std::string> programme_names_in(const std::vector<fs::path>& folders) {
  std::vector<std::string> stems;
  for (const fs::path& folder : folders) {
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder / "programmes", ignored))
      if (entry.path().extension() == ".toml") stems.push_back(entry.path().stem().string());
  }
  std::sort(stems.begin(), stems.end());
  return stems;
}

void load_programmes(Scenario& scenario, const FileKinds& kinds, std::vector<Problem>& problems) {
  ProgrammeFinder finder(scenario, problems);
  for (const std::string& name : listed_programmes(scenario.settings, problems)) {
    const auto file = finder.find(name);
    if (!file) continue;
    const std::size_t before = problems.size();
    Settings programme = load_settings(*file, kinds.programme, name + ".", problems);
    if (problems.size() == before && programme.has("luck"))  // drawn numbers keep their luck as well
      programme = load_settings(*file, kinds.programme, programme.text("luck") + ".", problems);
    if (problems.size() > before) continue;
    for (const auto& [fund, share] : programme.shares("cost.funding"))
      if (fund == safety_net_name)
        problems.push_back({programme.origin("cost.funding"), "cost.funding",
                            message("draws on \"{}\", which is the old safety net's own", safety_net_name),
                            message("name another fund")});
    const auto& asked = programme.warnings();
    scenario.warnings.insert(scenario.warnings.end(), asked.begin(), asked.end());
    scenario.programmes.push_back(programme);
  }
}

std::vector<Problem> copies_without_luck(const Scenario& scenario, const std::vector<const Scenario*>& others) {
  std::vector<Problem> warnings;
  for (const Settings& programme : scenario.programmes) {
    if (programme.has("luck")) continue;
    const auto warned = [&] { return !warnings.empty() && warnings.back().origin.file == programme.path().string(); };
    for (const Scenario* other : others) {
      if (has_luck(*other, programme.stem())) continue;  // it stands beside its original there
      for (const Settings& original : other->programmes) {
        const std::string luck = luck_of(original);
        if (warned() || has_luck(scenario, luck) || !is_copy_of(programme, original)) continue;
        warnings.push_back({{programme.path().string(), 1, 0},
                            "luck",
                            message("serves the people of \"{}\" in {} with luck of its own, so that a difference "
                                    "between the two holds the noise of both",
                                    original.stem(), other->name),
                            message("add luck = \"{}\" at the top of {}", luck, programme.path().filename().string())});
      }
    }
  }
  return warnings;
}

std::vector<Problem> copies_of_bases(const Scenario& scenario, const FileKinds& kinds) {
  std::vector<Scenario> bases;
  for (const fs::path& path : scenario.settings.bases()) {
    std::vector<Problem> ignored;  // problems of the base are reported when it is read itself
    Scenario base;
    base.name = path.stem().string();
    base.settings = load_settings(path, kinds.scenario, "", ignored);
    if (!ignored.empty() || base.settings.names("programmes") == scenario.settings.names("programmes")) continue;
    load_programmes(base, kinds, ignored);
    bases.push_back(std::move(base));
  }
  std::vector<const Scenario*> others;
  for (const Scenario& base : bases) others.push_back(&base);
  return copies_without_luck(scenario, others);
}

void warn_of_copies(std::vector<Scenario>& scenarios) {
  std::vector<const Scenario*> before;
  for (Scenario& scenario : scenarios) {
    for (Problem& problem : copies_without_luck(scenario, before))
      if (!is_known(scenario.warnings, problem)) scenario.warnings.push_back(std::move(problem));
    before.push_back(&scenario);
  }
}

}  // namespace tuopin
