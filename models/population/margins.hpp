// Margins: the totals and shares that a synthetic population meets, each with unit, source, status and range.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/errors.hpp"
#include "engine/files/csv.hpp"
#include "engine/files/settings.hpp"

namespace tuopin {

struct Margin {
  std::string name, place;  ///< place: id of a county or of the whole region
  double value = 0;
  std::string unit, source;
  Status status = Status::assumption;
  double low = 0, high = 0;  ///< 5% and 95% points of an assumption; both equal to value where there is no range
  Origin origin;
  int year = 0;  ///< of the figure; 0 where none is given
};

/// Margins by name and place. A county without a row of its own has the value of the whole region.
class Margins {
 public:
  Margins() = default;
  explicit Margins(std::string whole) : whole_(std::move(whole)) {}

  /// Adds a row, or replaces the one with the same name and place.
  void set(Margin margin);
  /// The row of exactly this place; null where there is none.
  const Margin* own(std::string_view name, std::string_view place) const;
  /// The row of this place, else of the whole region; null where there is neither.
  const Margin* find(std::string_view name, std::string_view place) const;
  /// The value that find() gives; a missing margin is a problem (returns 0) that names the nearest one.
  double value(std::string_view name, std::string_view place, std::vector<Problem>& problems) const;
  /// The value that find() gives, or zero: for margins that may be left out.
  double optional(std::string_view name, std::string_view place) const;

  const std::string& whole() const { return whole_; }
  const std::map<std::pair<std::string, std::string>, Margin>& rows() const { return rows_; }

  /// The margins of population `index`: assumptions with a range are drawn from it (triangular, 5% and 95% points) by
  /// the address of their name; the published and derived stay. Index 0 is this table as it stands.
  Margins drawn(std::uint64_t seed, int index) const;

 private:
  std::string whole_;
  std::map<std::pair<std::string, std::string>, Margin> rows_;
};

/// Reads margins.csv: name,place,value,unit,year,source,status,low,high,note. Unknown places, ranges that do not hold
/// their value and doubled rows are problems.
Margins read_margins(const CsvFile& csv, const std::string& whole, const std::vector<std::string>& counties,
                     std::vector<Problem>& problems);
/// What no total, share or spread can be: a problem. Correlations may be negative.
void check_bounds(const Margin& margin, std::vector<Problem>& problems);
/// The columns that read_margins needs, and those that may be absent.
std::vector<std::string> margin_columns();
std::vector<std::string> optional_margin_columns();

}  // namespace tuopin
