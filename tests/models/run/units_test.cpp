// Every unit that the program declares can be said in Chinese, and read again as it is said.
#include "engine/settings/units.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "models/run/catalogue.hpp"
#include "models/run/load.hpp"
#include "models/scenario/tables.hpp"
#include "models/state/codebook.hpp"

namespace tuopin {
namespace {

void add_units(const std::vector<Field>& fields, std::set<std::string>& units) {
  for (const Field& field : fields) units.insert(field.unit);
}

std::set<std::string> declared_units() {
  std::set<std::string> units;
  const FileKinds& kinds = shipped_file_kinds();
  for (const FileKind* kind : {&kinds.scenario, &kinds.programme, &kinds.region.file})
    for (const Section& section : kind->sections) {
      add_units(section.fields, units);
      for (const auto& [name, fields] : section.variants) add_units(fields, units);
    }
  for (const TableKind* table : region_tables()) {
    for (const Column& column : table->columns) units.insert(column.unit);
    for (const RowField& row : table->rows) units.insert(row.unit);
  }
  for (const auto* specs :
       {&codebook::persons(), &codebook::households(), &codebook::villages(), &codebook::counties()})
    for (const ColumnSpec& spec : *specs) units.emplace(spec.unit);
  for (const Figure& figure : shipped_catalogue().figures.rows()) units.insert(figure.unit);
  for (const std::string& unit : capacity_units()) units.insert(unit);
  units.erase("");
  units.erase("1");
  return units;
}

TEST(DeclaredUnits, AreSaidInChineseAndReadAgain) {
  const std::set<std::string> units = declared_units();
  EXPECT_GT(units.size(), 20u);
  for (const std::string& unit : units) {
    const std::string zh = unit_in_words(unit).said([](const std::string& text) { return text; });
    EXPECT_TRUE(std::none_of(zh.begin(), zh.end(), [](char c) { return c >= 'a' && c <= 'z'; })) << unit << ": " << zh;
    const auto factor = unit_factor(zh, unit);
    EXPECT_TRUE(factor && factor->is_one()) << unit << ": " << zh;
  }
}

}  // namespace
}  // namespace tuopin
