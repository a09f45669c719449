// Margins: the totals and shares that a synthetic population must reproduce, each with unit, source, status and range.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/errors.hpp"
#include "engine/settings/table_fields.hpp"

namespace tuopin {

struct Margin {
  std::string name, place;  ///< place: id of a county or of the whole region
  double value = 0;
  std::string unit, source;
  Status status = Status::assumption;
  double low = 0, high = 0;  ///< 5% and 95% points of an assumption; both equal to value where there is no range
  Origin origin;
  int year = 0;                ///< year of the figure; 0 if not given
  double rounding = 0;         ///< half a unit of the last digit that was typed
  bool in_proportion = false;  ///< figure of the region to which the rows of its counties are scaled
  bool from_counties = false;  ///< figure of the region computed from the rows of its counties
};

/// Margins by name and place. A county without a row of its own has the value of the whole region.
class Margins {
 public:
  Margins() = default;
  /// `groups`: of persons, as the region names them.
  explicit Margins(std::string whole, std::vector<std::string> groups = {});

  /// Adds a row, or replaces the one with the same name and place.
  void set(Margin margin);
  /// The row of exactly this place; null if there is none.
  const Margin* own(std::string_view name, std::string_view place) const;
  /// The row of this place, otherwise that of the whole region; null if there is neither.
  const Margin* find(std::string_view name, std::string_view place) const;
  /// The value that find() gives; a missing margin is a problem (returns 0) that names the nearest one.
  double value(std::string_view name, std::string_view place, std::vector<Problem>& problems) const;
  /// The value that find() gives, or zero: for margins that may be left out.
  double optional(std::string_view name, std::string_view place) const;
  /// True where every one of these counties has a row of its own.
  bool by_county(std::string_view name, const std::vector<std::string>& counties) const;

  const std::string& whole() const { return whole_; }
  const std::vector<std::string>& groups() const { return groups_; }
  /// What the region's table of margins may hold, groups included.
  const TableKind& table() const;
  const std::map<std::pair<std::string, std::string>, Margin>& rows() const { return rows_; }

  /// The margins of population `index`: assumptions with a range are drawn from it (triangular, 5% and 95% points),
  /// with a random number addressed by their name; published and derived figures are kept. Index 0 is this table
  /// unchanged.
  Margins drawn(std::uint64_t seed, int index) const;
  /// With margins at positions of their ranges, by "margin.NAME.PLACE"; all others as they are.
  Margins placed(const std::map<std::string, double, std::less<>>& positions) const;

 private:
  std::string whole_;
  std::vector<std::string> groups_;
  std::shared_ptr<const TableKind> table_;  ///< none where there are no groups
  std::map<std::pair<std::string, std::string>, Margin> rows_;
};

struct RefusedRows {
  std::vector<std::string> known, misspelt;
};

/// Reads margins.csv, declared in margins_table(). Rows for places for which a margin is not read, unknown names and
/// duplicate rows are problems; `refused` gets the names of refused rows, so that they are not reported as missing too.
Margins read_margins(const std::filesystem::path& path, const std::string& whole,
                     const std::vector<std::string>& counties, const std::vector<std::string>& groups,
                     RefusedRows& refused, std::vector<Problem>& problems, std::vector<Problem>& warnings);

}  // namespace tuopin
