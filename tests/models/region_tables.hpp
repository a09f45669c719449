// A region's tables in memory, to be changed and read: the hamlet, or the hamlet with a second county.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "models/scenario/region.hpp"

namespace tuopin::testing {

/// One table: header, then rows; cells as text.
struct TableText {
  std::vector<std::vector<std::string>> rows;

  std::size_t column(const std::string& name) const {
    const auto& header = rows.front();
    const auto found = std::find(header.begin(), header.end(), name);
    if (found == header.end()) throw std::out_of_range(name);
    return static_cast<std::size_t>(found - header.begin());
  }
  /// The row whose first cells are these (then its line is row + 1).
  std::size_t row(const std::vector<std::string>& begin) const {
    for (std::size_t r = 1; r < rows.size(); ++r)
      if (std::equal(begin.begin(), begin.end(), rows[r].begin())) return r;
    throw std::out_of_range(begin.front());
  }
  std::string& cell(std::size_t row, const std::string& name) { return rows[row][column(name)]; }
  const std::string& cell(std::size_t row, const std::string& name) const { return rows[row][column(name)]; }

  std::string text() const {
    std::string all;
    for (const auto& cells : rows) {
      for (std::size_t c = 0; c < cells.size(); ++c) {
        const bool quoted = cells[c].find_first_of(",\"\n") != std::string::npos;
        std::string cell = cells[c];
        for (std::size_t at = 0; quoted && (at = cell.find('"', at)) != std::string::npos; at += 2)
          cell.insert(at, 1, '"');
        all += (c ? "," : "") + (quoted ? "\"" + cell + "\"" : cell);
      }
      all += "\n";
    }
    return all;
  }

  static TableText of(const std::string& text) {
    TableText table;
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"')
        cells.back() += text[++i];
      else if (c == '"')
        quoted = !quoted;
      else if (c == ',' && !quoted)
        cells.emplace_back();
      else if (c == '\n' && !quoted)
        table.rows.push_back(std::exchange(cells, std::vector<std::string>(1)));
      else
        cells.back() += c;
    }
    return table;
  }
};

inline const std::vector<std::string>& table_names() {
  static const std::vector<std::string> names{"counties",    "margins", "lines",       "crops",
                                              "crop_shares", "targets", "observations"};
  return names;
}

using Tables = std::map<std::string, TableText>;

inline std::string whole_file(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

/// The hamlet with observations, and with the county hill where two are wanted.
inline Tables hamlet_tables(bool two_counties) {
  const std::filesystem::path folder = TUOPIN_SOURCE_DIR "/scenarios/hamlet/region";
  Tables tables;
  for (const std::string& name : table_names())
    if (name != "observations") tables[name] = TableText::of(whole_file(folder / (name + ".csv")));
  tables["observations"] = TableText::of(
      "variable,year,value,unit,source,confidence\nregister_rate,2013,0.3,share,press,reported\n"
      "register_persons,2022,12,persons,press,exact\nmean_income,2016,6500,yuan/year,press,derived\n");
  if (two_counties) {
    tables["counties"].rows.push_back({"hill", "Hill", "山县", "county", "hamlet"});
    tables["crop_shares"].rows.push_back({"hill", "plum", "0.5", "a", "assumption"});
    tables["crop_shares"].rows.push_back({"hill", "beans", "0.5", "a", "assumption"});
  }
  return tables;
}

/// A folder with these tables as a region.
class RegionFolder {
 public:
  RegionFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "tuopin-tables-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
    settings_ =
        whole_file(TUOPIN_SOURCE_DIR "/scenarios/hamlet/region/region.toml") + "observations = \"observations.csv\"\n";
  }
  ~RegionFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  RegionFolder(const RegionFolder&) = delete;
  RegionFolder& operator=(const RegionFolder&) = delete;

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
  }
  /// Reads the region of these tables; `more` goes behind region.toml.
  Region read(const Tables& tables, std::vector<Problem>& problems, const std::string& more = "") const {
    for (const auto& [name, table] : tables) write(name + ".csv", table.text());
    write("region.toml", settings_ + more);
    return load_region(path_ / "region.toml", problems, shipped_file_kinds().region);
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  std::string settings_;
};

/// Problems without their folder, one a line.
inline std::string in_words(std::vector<Problem> problems) {
  std::string lines;
  for (Problem& problem : problems) {
    problem.origin.file = std::filesystem::path(problem.origin.file).filename().string();
    lines += to_text(problem) + "\n";
  }
  return lines;
}

}  // namespace tuopin::testing
