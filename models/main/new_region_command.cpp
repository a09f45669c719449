// tuopin new-region: creates a folder with a region and two scenarios, which is valid once the cells marked `?` are
// filled in.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <system_error>

#include "engine/files/whole_file.hpp"
#include "engine/settings/cells.hpp"
#include "engine/settings/settings_text.hpp"
#include "models/main/language.hpp"
#include "models/main/new_region_template.hpp"
#include "models/main/options.hpp"
#include "models/main/speech.hpp"
#include "models/main/terminal.hpp"
#include "models/scenario/limits.hpp"

namespace tuopin {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_name = 100;  // bytes
constexpr int years_after_base = 5;

bool is_plain(char c) { return std::isalnum(static_cast<unsigned char>(c)) && static_cast<unsigned char>(c) < 0x80; }
bool is_beyond_ascii(char c) { return static_cast<unsigned char>(c) >= 0x80; }

/// The names between commas, those of Chinese writing included.
std::vector<std::string> names_between_commas(std::string_view list) {
  std::vector<std::string> names(1);
  while (!list.empty()) {
    const std::size_t comma = list.starts_with(",")    ? 1
                              : list.starts_with("，") ? std::string_view("，").size()
                              : list.starts_with("、") ? std::string_view("、").size()
                                                       : 0;
    if (comma > 0)
      names.emplace_back();
    else
      names.back() += list.front();
    list.remove_prefix(std::max<std::size_t>(1, comma));
  }
  return names;
}

/// Appends why a name cannot stand in a table.
void check_name(const char* option, const std::string& name, std::vector<Problem>& problems) {
  const auto refuse = [&](Message what) { problems.push_back({Origin{}, option, std::move(what), ""}); };
  std::vector<Problem> no_text;
  if (!is_readable_text(name, option, std::string::npos, no_text))
    refuse(message("holds a name that is not UTF-8: {}", printable(shortened(name))));
  else if (name.empty())
    refuse(message("holds an empty name"));
  else if (const std::string seen = invisible_character(name); !seen.empty())
    refuse(message("holds {}, with the character {} that nobody sees", visible(name), seen));
  else if (name.size() > longest_name)
    refuse(message("holds {}, a name of {} bytes, at most {}", visible(name), name.size(), longest_name));
  else if (std::none_of(name.begin(), name.end(), [](char c) { return is_plain(c) || is_beyond_ascii(c); }))
    refuse(message("holds {}, a name without a letter", visible(name)));
}

/// Small Latin letters, digits and underscores; where a name has none, `otherwise`. Never one that is taken.
std::string id_of(const std::string& name, const std::string& otherwise, const std::vector<std::string>& taken) {
  std::string id;
  for (const char c : name) {
    if (is_plain(c))
      id += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    else if (!id.empty() && id.back() != '_')
      id += '_';
  }
  while (id.ends_with('_')) id.pop_back();
  if (id.empty() || std::isdigit(static_cast<unsigned char>(id.front()))) id = otherwise + (id.empty() ? "" : "_" + id);
  std::string free = id;
  for (int n = 2; std::find(taken.begin(), taken.end(), free) != taken.end(); ++n) free = fmt::format("{}_{}", id, n);
  return free;
}

Place place_of(const std::string& name, const std::string& otherwise, std::vector<std::string>& taken) {
  Place place;
  place.id = id_of(name, otherwise, taken);
  place.name = name;
  if (std::any_of(name.begin(), name.end(), is_beyond_ascii)) place.name_zh = name;
  taken.push_back(place.id);
  return place;
}

NewRegion asked_for(const Options& o) {
  std::vector<Problem> problems;
  std::vector<std::string> names, taken;
  for (const std::string& typed : names_between_commas(o.counties)) {
    std::vector<Problem> no_text;
    names.push_back(is_readable_text(typed, "", std::string::npos, no_text) ? trimmed_cell(typed) : typed);
    check_name("--counties", names.back(), problems);
    if (!names.back().empty() && std::find(names.begin(), names.end() - 1, names.back()) != names.end() - 1)
      problems.push_back({Origin{}, "--counties", message("names {} twice", printable(in_quotes(names.back()))), ""});
  }
  if (names.size() > max_counties)
    problems.push_back(
        {Origin{}, "--counties", message("names {} counties, at most {}", names.size(), max_counties), ""});
  if (o.name_given) check_name("--name", o.name, problems);
  if (!problems.empty()) throw UsageError(std::move(problems));

  NewRegion region;
  for (const std::string& name : names)
    region.counties.push_back(place_of(name, fmt::format("county_{}", region.counties.size() + 1), taken));
  constexpr MessageId unnamed = msgid("Region");
  region.whole = place_of(o.name_given ? trimmed_cell(o.name) : unnamed.text, "region", taken);
  if (!o.name_given) region.whole.name_zh = in_words(message(unnamed), "zh");
  region.base_year = o.base_year;
  region.last_year = o.base_year + years_after_base;
  return region;
}

[[noreturn]] void refuse_folder(const fs::path& folder, Message message, Message hint = "") {
  throw OutputError({Problem{Origin{folder.string()}, "", std::move(message), std::move(hint)}});
}

void check_folder(const fs::path& folder) {
  std::error_code error;
  const fs::file_status status = fs::status(folder, error);
  if (status.type() == fs::file_type::not_found && fs::symlink_status(folder, error).type() != fs::file_type::symlink)
    return;
  if (status.type() != fs::file_type::directory)
    refuse_folder(folder, message("exists and is no folder"), message("name a folder that does not exist yet"));
  const bool empty = fs::is_empty(folder, error);
  if (error) refuse_folder(folder, message("cannot be read: {}", system_reason(error.value())));
  if (!empty)
    refuse_folder(folder, message("is a folder that holds files already: nothing is written over them"),
                  message("name a folder that does not exist yet, or an empty one"));
}

/// Creates all files or none: if one cannot be written, those already made are removed.
class FolderMaker {
 public:
  explicit FolderMaker(fs::path folder) : folder_(std::move(folder)) {}
  ~FolderMaker() {
    std::error_code ignored;
    if (!kept_)
      for (auto path = made_.rbegin(); path != made_.rend(); ++path) fs::remove(*path, ignored);
  }
  FolderMaker(const FolderMaker&) = delete;
  FolderMaker& operator=(const FolderMaker&) = delete;

  void write(const std::string& name, const std::string& text) {
    const fs::path path = folder_ / name;
    make_folder(path.parent_path());
    write_whole_file(path, text.data(), text.size());
    made_.push_back(path);
  }
  void keep() { kept_ = true; }

 private:
  void make_folder(const fs::path& folder) {
    std::error_code error;
    if (folder.empty() || fs::is_directory(folder, error)) return;
    make_folder(folder.parent_path());
    if (fs::create_directory(folder, error)) made_.push_back(folder);
    if (error) refuse_folder(folder, message("cannot be made: {}", system_reason(error.value())));
  }

  fs::path folder_;
  std::vector<fs::path> made_;
  bool kept_ = false;
};

}  // namespace

int new_region_command(const Options& o) {
  const NewRegion region = asked_for(o);
  check_folder(o.file);
  std::size_t open = 0;
  FolderMaker maker(o.file);
  for (const auto& [name, text] : files_of(region, o.language)) {
    maker.write(name, text);
    for (std::size_t at = text.find(",?,"); at != std::string::npos; at = text.find(",?,", at + 1)) ++open;
  }
  maker.keep();
  const std::string baseline = (o.file / "baseline.toml").string(), plan = (o.file / "plan.toml").string();
  answer(for_terminal(
      in_words(
          message("{}: template of a region with {} counties, {} to {}\n"
                  "  {} cells marked ? are to be filled in, in region/margins.csv and region/lines.csv; all "
                  "else is assumed, grade D\n"
                  "  to list them: tuopin check {} {}\n",
                  o.file.string(), region.counties.size(), region.base_year, region.last_year, open, baseline, plan),
          o.language),
      4));
  return 0;
}

}  // namespace tuopin
