// What adding costs, counted in the sources of the grown program: files of its own, and lines that had to be said
// elsewhere. The table is printed and stands in docs/develop.md under "Add something".
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

namespace tuopin::growth {
namespace {

namespace fs = std::filesystem;

const fs::path root = TUOPIN_SOURCE_DIR, here = root / "tests/growth";

std::string text_of(const fs::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Lines of a file with the words in it, comments apart.
int lines_with(const fs::path& file, const std::string& words) {
  std::ifstream in(file);
  int count = 0;
  for (std::string line; std::getline(in, line);) count += !line.starts_with("//") && line.find(words) != line.npos;
  return count;
}

struct Cost {
  std::string adding;
  std::vector<std::string> files;  ///< of its own, in tests/growth
  std::string said_as;             ///< in the list that the grown program adds to
  std::string list;                ///< which list that is
  int own_lines = 0;               ///< within the file of the mechanism that it belongs to
};

std::string row_of(const Cost& cost) {
  const int said = cost.list.empty() ? 0 : lines_with(here / cost.list, cost.said_as);
  std::string row = "| " + cost.adding + " | " + (cost.files.empty() ? "–" : std::to_string(cost.files.size())) + " | ";
  row += std::to_string(said + cost.own_lines) + " |";
  return row;
}

std::vector<std::string> table() {
  const std::string list = "grown_catalogue.cpp";
  const fs::path illness = here / "illness.cpp";
  const std::vector<Cost> costs = {
      {"a programme: one data file, and its name in a scenario",
       {"scenarios/programmes/herds.toml"},
       "\"herds\"",
       "scenarios/grown.toml"},
      {"a verb, with a column, fields and words", {"herd.hpp", "herd.cpp"}, "catalogue.add(herd_grant", list},
      {"a process, with columns, a child table, settings, luck, an off switch",
       {"illness.hpp", "illness.cpp"},
       "illness()",
       list},
      {"a barrier between two steps of its own", {"harvest.hpp", "harvest.cpp"}, "harvest()", list},
      {"a column of a process", {}, "", "", lines_with(illness, "\"ill_years\", u8")},
      {"a child table (its columns count each)", {}, "", "", lines_with(illness, "schema.add_child")},
      {"a stream of income", {}, "herd_upkeep()", list},
      {"a sum of the year", {}, "", "", lines_with(illness, "b.sums(")},
      {"a figure of a process: one row, and the list of its figures said once",
       {},
       "illness_figures()",
       list,
       lines_with(illness, "患病家庭人口")},
      {"a measure of targets", {}, "ill_persons_measure()", list},
      {"a table of a region", {}, "clinics_table()", list}};
  std::vector<std::string> rows = {"| adding | new files | lines elsewhere |", "|---|---|---|"};
  for (const Cost& cost : costs) {
    for (const std::string& file : cost.files) EXPECT_TRUE(fs::exists(here / file)) << file;
    rows.push_back(row_of(cost));
  }
  return rows;
}

TEST(WhatAddingCosts, IsCountedAndStandsInTheDocuments) {
  const std::string page = text_of(root / "docs/develop.md");
  for (const std::string& row : table()) {
    std::cout << row << '\n';
    EXPECT_NE(page.find(row), std::string::npos) << "docs/develop.md does not say: " << row;
  }
}

/// Nothing of the shipped program knows what was added.
TEST(WhatAddingCosts, NoLineOfTheShippedProgram) {
  for (const char* floor : {"engine", "models", "python"})
    for (const auto& file : fs::recursive_directory_iterator(root / floor)) {
      if (!file.is_regular_file() || file.path().string().find("__pycache__") != std::string::npos) continue;
      const std::string text = text_of(file.path());
      for (const char* word :
           {"herd_grant", "ill_years", "epidemic", "debt.amount", "harvest_price", "clinics", "tests/growth"})
        EXPECT_EQ(text.find(word), std::string::npos) << file.path() << " knows " << word;
    }
}

}  // namespace
}  // namespace tuopin::growth
