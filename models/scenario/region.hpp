// A region as data: lines, crops, targets, observations. People and places come from its margins (population/).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/settings/settings.hpp"
#include "models/scenario/margins.hpp"
#include "models/scenario/region_table.hpp"
#include "models/scenario/target_measures.hpp"

namespace tuopin {

/// One crop: every number a quantity by name ("price", "yield", …).
struct Crop {
  std::string name, name_zh;
  std::map<std::string, Quantity> numbers;
  double number(const std::string& quantity) const;
};

/// One target of the plan: a figure printed in the document, and how a simulated figure is compared with it. Value and
/// unit are those of the measure (models/scenario/target_measures.hpp); for entries into a programme they are as typed,
/// in whole units.
struct Target {
  std::string id, name, name_zh, measure, comparison, unit, phrase, reason;
  int year = 0;  ///< 0 where the document gives none
  double value = 0;
  bool in_model = false;
  double base = 0;  ///< number of persons over which a rate is taken; 0: the simulated population
  Origin origin;
};

struct Observation {
  std::string variable, unit, source, confidence;
  int year = 0;
  double value = 0;
};

/// A place of the region, in the order of the file; `parent` is empty for the region itself.
struct Place {
  std::string id, name, name_zh, level, parent;
};

struct Region {
  Settings settings;
  /// The settings and all their tables as text: two regions are the same if these texts are equal.
  std::string contents;
  int base_year = 0;
  int last_year = 0;            ///< last simulated year: `default_last_year`, or what a run asks for
  int default_last_year = 0;    ///< of a run that names none
  int last_data_year = 0;       ///< `last_year` of the file, up to which tables and series may go
  std::vector<Place> counties;  ///< the lowest level of the file, in file order
  Place whole;                  ///< the region itself
  std::map<std::string, std::map<int, Quantity>> lines;
  std::vector<Crop> crops;
  std::map<std::string, std::map<std::string, double>> crop_shares;  ///< county id → crop → share
  std::vector<Status> crop_share_status;                             ///< of each row of that table
  std::vector<Target> targets;
  std::vector<TargetMeasure> measures = shipped_measures();  ///< that targets may name
  std::vector<Observation> observations;
  std::map<std::string, RegionTable> tables;  ///< that mechanisms bring and [files] names
  Margins margins;                            ///< as typed, with those that the region's file sets
  std::vector<std::string> shown_only;        ///< "minority (margins.csv)": rows that nothing reads
  std::vector<Problem> warnings;              ///< what is valid but may be a mistake

  /// Value of a line or series for a year, or for the last year before it that has one.
  double line(const std::string& name, int year) const;
  /// The tables that it names.
  std::vector<std::filesystem::path> files() const;
};

/// What a region file may hold, with the tables that mechanisms bring and the measures that its targets may name.
struct RegionKind {
  FileKind file;
  std::vector<TableKind> tables = {};
  std::vector<TargetMeasure> measures = shipped_measures();
};

/// Reads a region file and its tables; every problem is appended.
/// The region up to another last simulated year, base_year < year ≤ last_data_year. Targets after it are not compared.
Region until(const Region& region, int last_year);

Region load_region(const std::filesystem::path& path, std::vector<Problem>& problems, const RegionKind& kind);

/// The margins of a region: its table, with those that its file sets (models/population/input.cpp).
Margins region_margins(const Region& region, std::vector<Problem>& problems, std::vector<Problem>& warnings);

/// The lines that the model reads; every region has them.
constexpr const char* required_lines[] = {"statistical", "administrative", "allowance"};
/// The numbers of a crop that plots read.
std::vector<std::string> crop_numbers();

}  // namespace tuopin
