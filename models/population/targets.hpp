// Synthesis targets: the counts that each county must have, integers that sum to those of the region.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "models/population/synthesis.hpp"

namespace tuopin {

constexpr int size_classes = 7;        ///< classes of the size margins; the last is open
constexpr int largest_household = 10;  ///< where the open class ends

/// One-way margins of persons that raking and repair work on, in the order in which they are repaired.
enum PersonMargin : std::size_t {
  of_child,
  of_elder,
  of_male,
  of_school,
  of_none,
  of_partial,
  of_able,
  of_away,
  person_margins
};
std::string_view to_text(PersonMargin margin);

struct CountyTargets {
  std::int64_t persons = 0, households = 0;
  std::array<std::int64_t, largest_household> by_size{};  ///< households; Σ size · households = persons
  std::array<std::int64_t, size_classes> typed_sizes{};   ///< households by class as the shares say, before any tilt
  std::array<std::int64_t, person_margins> person_counts{};
  std::array<std::int64_t, 4> ethnicity{};  ///< persons by code: up to three named groups, 3: other
  std::int64_t villages = 0, poor_villages = 0, forest_villages = 0, registered = 0;
  double relative_income = 1;  ///< of the region's mean
};

/// Distributes a total of the region over counties in integers: by the counties' own rows, or by `key` if there are
/// none. Own rows must exist for all counties or for none. If `room` is given, no county gets more.
std::vector<std::int64_t> shared_out(const SynthesisInput& input, const Margins& margins, std::string_view name,
                                     std::span<const double> key, std::vector<Problem>& problems,
                                     std::span<const std::int64_t> room = {});

/// Targets of all counties from drawn margins. Adjustments are noted in the report.
std::vector<CountyTargets> county_targets(const SynthesisInput& input, const Margins& margins, SynthesisReport& report,
                                          std::vector<Problem>& problems);

}  // namespace tuopin
