// Random tables of a region: with one fault each they are refused at its line and column, and valid variations pass.
#include <gmock/gmock.h>

#include "models/scenario/tables.hpp"
#include "tests/models/random_worlds.hpp"
#include "tests/models/region_tables.hpp"
#include "tests/models/sanitized.hpp"

namespace tuopin::testing {
namespace {

constexpr std::uint64_t trials = sanitized ? 100 : 1000;

/// What was done, and where it must be found.
struct Fault {
  std::string what, table;
  std::size_t line = 0;  ///< 0: anywhere in the table
  std::vector<std::string> columns;
};

std::size_t any_row(const TableText& table, Dice& dice) {
  return static_cast<std::size_t>(dice.whole(1, static_cast<int>(table.rows.size()) - 1));
}

template <typename List>
const auto& any_of(const List& list, Dice& dice) {
  return list[static_cast<std::size_t>(dice.whole(0, static_cast<int>(std::size(list)) - 1))];
}

const TableKind& kind_of(const std::string& name) {
  for (const TableKind* kind : region_tables())
    if (kind->name == name) return *kind;
  throw std::out_of_range(name);
}

/// The field of a row of quantities.
const RowField& field_of(const std::string& name, const TableText& table, std::size_t row) {
  static const Margins of_hamlet("hamlet", {"tujia", "miao", "han"});  // the groups that it names
  const TableKind& kind = name == "margins" ? of_hamlet.table() : kind_of(name);
  return *kind.row(table.cell(row, kind.row_name));
}

std::string misspelt(const std::string& name, Dice& dice) {
  std::string wrong = name;
  const auto at = static_cast<std::size_t>(dice.whole(1, static_cast<int>(name.size()) - 1));
  switch (dice.whole(0, 2)) {
    case 0: wrong.erase(at, 1); break;
    case 1: wrong.insert(at, 1, 'q'); break;
    default: wrong.insert(at, "\u200B");
  }
  return wrong;
}

constexpr const char* quantity_tables[] = {"margins", "lines", "crops"};

Fault fault_of_type(Tables& tables, Dice& dice) {
  const std::string name = any_of(quantity_tables, dice);
  TableText& table = tables[name];
  const std::size_t row = any_row(table, dice);
  constexpr const char* words[] = {"x",
                                   "",
                                   "1,000",
                                   "nan",
                                   "inf",
                                   "5%",
                                   "12 3",
                                   "#REF!",
                                   ("2\u200B"
                                    "1")};
  table.cell(row, "value") = any_of(words, dice);
  return {"type", name, row + 1, {"value"}};
}

Fault fault_of_unit(Tables& tables, Dice& dice) {
  const std::string name = any_of(quantity_tables, dice);
  TableText& table = tables[name];
  const std::size_t row = any_row(table, dice);
  constexpr const char* units[] = {"yuan/month", "yuan/ha/year", "months", "kg", "ha", "counties", "", "元/月"};
  table.cell(row, "unit") = any_of(units, dice);
  return {"unit", name, row + 1, {"unit"}};
}

Fault fault_of_bound(Tables& tables, Dice& dice) {
  const std::string name = any_of(quantity_tables, dice);
  TableText& table = tables[name];
  const std::size_t row = any_row(table, dice);
  const RowField& field = field_of(name, table, row);
  const bool above = field.upper < 1e9 && dice.whole(0, 1) == 1;
  table.cell(row, "value") = above ? fmt::format("{}", field.upper * 1.5 + 1) : fmt::format("{}", field.lower - 1);
  table.cell(row, "low") = table.cell(row, "high") = "";
  return {"bound", name, row + 1, {"value"}};
}

Fault fault_of_name(Tables& tables, Dice& dice) {
  struct Cell {
    const char *table, *column;
  };
  constexpr Cell cells[] = {{"margins", "name"},
                            {"margins", "place"},
                            {"margins", "status"},
                            {"lines", "name"},
                            {"lines", "status"},
                            {"crops", "quantity"},
                            {"crop_shares", "county"},
                            {"crop_shares", "crop"},
                            {"counties", "level"},
                            {"targets", "comparison"},
                            {"targets", "measure"},
                            {"observations", "variable"},
                            {"observations", "confidence"},
                            {"targets", "in_model"}};
  const Cell& cell = any_of(cells, dice);
  TableText& table = tables[cell.table];
  std::size_t row = any_row(table, dice);
  if (std::string(cell.table) == "targets") row = static_cast<std::size_t>(dice.whole(1, 2));  // H1, H2: no programme
  table.cell(row, cell.column) = misspelt(table.cell(row, cell.column), dice);
  return {"name", cell.table, row + 1, {cell.column}};
}

Fault fault_of_key(Tables& tables, Dice& dice) {
  constexpr const char* names[] = {"counties", "margins", "lines", "crops", "crop_shares", "targets", "observations"};
  const std::string name = any_of(names, dice);
  TableText& table = tables[name];
  std::vector<std::string> again = table.rows[any_row(table, dice)];
  again[0] = (dice.whole(0, 1) ? " " : "\u00A0") + again[0];
  table.rows.push_back(again);
  return {"key", name, table.rows.size(), {kind_of(name).key.front()}};
}

Fault fault_of_sum(Tables& tables, Dice& dice) {
  TableText &margins = tables["margins"], &shares = tables["crop_shares"];
  constexpr const char* parts[] = {"household_size_1", "household_size_4", "age_0_15", "age_16_59",
                                   "share_wage",       "share_business",   "tujia",    "miao"};
  if (dice.whole(0, 3) == 0) {
    const std::size_t row = any_row(shares, dice);
    shares.cell(row, "share") = fmt::format("{}", std::stod(shares.cell(row, "share")) * 0.9);
    return {"sum", "crop_shares", 0, {"share"}};
  }
  if (tables["counties"].rows.size() > 3 && dice.whole(0, 1)) {
    for (const char* county : {"brook", "hill"})
      margins.rows.push_back({"water_unsafe", county, county == std::string("hill") ? "0.2" : "0.3",
                              "share of households", "2015", "a", "assumption", "", "", ""});
    return {"sum", "margins", 0, {"value"}};
  }
  const std::size_t row = margins.row({any_of(parts, dice)});
  margins.cell(row, "value") = fmt::format("{}", std::stod(margins.cell(row, "value")) + 0.1);
  margins.cell(row, "low") = margins.cell(row, "high") = "";
  return {"sum", "margins", 0, {"value"}};
}

Fault fault_of_year(Tables& tables, Dice& dice) {
  switch (dice.whole(0, 3)) {
    case 0: {
      const std::size_t row = tables["lines"].row({"statistical", "2020"});
      tables["lines"].cell(row, "year") = dice.whole(0, 1) ? "2021" : "2013";
      return {"year", "lines", row + 1, {"year"}};
    }
    case 1: {
      const auto row = static_cast<std::size_t>(dice.whole(1, 4));
      tables["targets"].cell(row, "year") = dice.whole(0, 1) ? "2014" : "2021";
      return {"year", "targets", row + 1, {"year"}};
    }
    case 2: {
      const std::size_t row = tables["margins"].row({"mean_income"});
      tables["margins"].cell(row, "year") = "2014";
      return {"year", "margins", row + 1, {"year"}};
    }
    default: {
      const std::size_t row = any_row(tables["lines"], dice);
      constexpr const char* words[] = {"", "16", "1905-07-07", "42100", "2015.5", "about 2016"};
      tables["lines"].cell(row, "year") = any_of(words, dice);
      return {"year", "lines", row + 1, {"year"}};
    }
  }
}

Fault fault_of_range(Tables& tables, Dice& dice) {
  const std::string name = any_of(quantity_tables, dice);
  TableText& table = tables[name];
  const std::size_t row = any_row(table, dice);
  const bool low = dice.whole(0, 1) == 1;
  if (dice.whole(0, 1)) {
    table.cell(row, "low") = table.cell(row, "high") = "";
    table.cell(row, low ? "low" : "high") = table.cell(row, "value");
    return {"half a range", name, row + 1, {low ? "high" : "low"}};
  }
  const RowField& field = field_of(name, table, row);
  const double value = std::stod(table.cell(row, "value"));
  const double bound = low ? std::min(field.upper, 1e9) : std::max(field.lower, -1e9);
  if (value == bound) return fault_of_unit(tables, dice);  // nothing lies outside
  table.cell(row, "low") = table.cell(row, "high") = fmt::format("{}", value + (bound - value) / 2);
  return {"outside its range", name, row + 1, {"value"}};
}

Fault fault_of_place(Tables& tables, Dice& dice) {
  constexpr const char* whole_only[] = {"true_poverty_rate", "stream_share_sd", "correlation_size_income",
                                        "village_intraclass_correlation"};
  TableText& margins = tables["margins"];
  if (dice.whole(0, 1)) {
    const std::size_t row = margins.row({any_of(whole_only, dice)});
    std::vector<std::string> county = margins.rows[row];
    county[1] = "brook";
    margins.rows.push_back(county);
  } else {
    margins.rows.push_back({"relative_income", "hamlet", "1", "1", "2015", "a", "assumption", "", "", ""});
  }
  return {"place", "margins", margins.rows.size(), {"place"}};
}

constexpr Fault (*faults[])(Tables&, Dice&) = {fault_of_type, fault_of_unit,  fault_of_bound,
                                               fault_of_name, fault_of_key,   fault_of_sum,
                                               fault_of_year, fault_of_range, fault_of_place};

/// Changes that mean the same.
void vary(Tables& tables, Dice& dice) {
  const std::string name = any_of(quantity_tables, dice);
  TableText& table = tables[name];
  const std::size_t row = any_row(table, dice);
  std::string &value = table.cell(row, "value"), &unit = table.cell(row, "unit");
  const bool plain = value.find_first_not_of("0123456789.") == std::string::npos;
  switch (dice.whole(0, 9)) {
    case 0:
      if (plain) value = "+" + value;
      break;
    case 1: value = "\u00A0" + value + "\u3000"; break;
    case 2:
      if (unit.starts_with("share") && table.cell(row, "low").empty() && plain) {
        value = fmt::format("{}", std::stod(value) * 100);
        unit = "%";
      }
      break;
    case 3:
      if (unit == "yuan/year") unit = "元/年";
      break;
    case 4:
      if (name == "lines" && table.cell(row, "year").size() == 4)
        table.cell(row, "year") += dice.whole(0, 1) ? "-01-01" : "年";
      break;
    case 5: table.rows.push_back(std::vector<std::string>(table.rows.front().size() + 1)); break;
    case 6:
      for (auto& cells : table.rows) cells.emplace_back();
      break;
    case 7: table.cell(row, "low") = table.cell(row, "high") = ""; break;
    case 8: table.rows[row].front() = " " + table.rows[row].front() + "\u00A0"; break;
    default: tables["targets"].cell(1, "in_model") = any_of(std::vector<std::string>{"TRUE", "是", "1", " Yes"}, dice);
  }
}

TEST(RandomTables, OneFaultIsRefusedAtItsLineAndColumn) {
  const RegionFolder folder;
  for (std::uint64_t trial = 0; trial < trials; ++trial) {
    Dice dice(trial);
    Tables tables = hamlet_tables(trial % 2 == 1);
    const Fault fault = faults[trial % std::size(faults)](tables, dice);
    std::vector<Problem> problems;
    static_cast<void>(folder.read(tables, problems));
    const std::string said =
        fmt::format("trial {}, {} in {}:{}\n{}", trial, fault.what, fault.table, fault.line, in_words(problems));
    ASSERT_FALSE(problems.empty()) << said;
    for (const Problem& problem : problems) {
      EXPECT_TRUE(problem.origin.file.ends_with(fault.table + ".csv")) << said;
      EXPECT_TRUE(fault.line == 0 || problem.origin.line == static_cast<int>(fault.line)) << said;
      EXPECT_THAT(fault.columns, ::testing::Contains(problem.key)) << said;
    }
    EXPECT_EQ(problems.size(), 1u) << said;
  }
}

TEST(RandomTables, ValidVariationsPass) {
  const RegionFolder folder;
  std::vector<Problem> problems;
  const Region plain = folder.read(hamlet_tables(false), problems);
  ASSERT_TRUE(problems.empty()) << in_words(problems);
  for (std::uint64_t trial = 0; trial < trials; ++trial) {
    Dice dice(trial + trials);
    Tables tables = hamlet_tables(trial % 2 == 1);
    for (int changes = dice.whole(1, 3); changes > 0; --changes) vary(tables, dice);
    problems.clear();
    const Region region = folder.read(tables, problems);
    ASSERT_TRUE(problems.empty()) << "trial " << trial << "\n" << in_words(problems);
    for (const auto& [key, margin] : plain.margins.rows())
      EXPECT_NEAR(region.margins.own(key.first, key.second)->value, margin.value, 1e-12 * std::abs(margin.value))
          << key.first;
    EXPECT_EQ(region.line("statistical", 2018), plain.line("statistical", 2018));
    EXPECT_TRUE(region.targets[0].in_model);
  }
}

}  // namespace
}  // namespace tuopin::testing
