// Yearly digests of everything in a scenario that affects results. Two scenarios give identical results up to the last
// year in which their digests are equal, so these years need to be simulated only once. Scenarios are never compared
// pair by pair.
//
//   base year    the region with its tables, everything of the scenario but programmes and funds; money that a fund
//                has in the base year
//   each later   funds: from the year after the base year, or with their first money, then the money of each year;
//                programmes in the order of serving: all that a file says in the year it opens (its places and money
//                of the years before included), then whether it is open, its places and its money
//   chain        every digest covers those of the years before it
//
// Titles, sources, grades and remarks are left out. A simple version that compares pairs is first_difference
// (divergence.hpp).
#pragma once

#include <map>

#include "models/scenario/scenario.hpp"

namespace tuopin {

struct YearDigests {
  int base_year = 0;
  std::vector<std::uint64_t> by_year;  ///< from the base year on

  std::uint64_t at(int year) const { return by_year.at(static_cast<std::size_t>(year - base_year)); }
  std::uint64_t base() const { return by_year.front(); }
  /// Digest of all years.
  std::uint64_t whole() const { return by_year.back(); }
};

/// First year in which two chains differ; the year after the last if they are equal.
int first_difference(const YearDigests& a, const YearDigests& b);

/// A scenario with its digests, as simulated by trajectories.
struct Course {
  std::shared_ptr<const Scenario> scenario;
  YearDigests digests;
};

/// Computes digests; the part of a file is computed once for all scenarios that use it. The scenarios need not outlive
/// the digester.
class Digester {
 public:
  YearDigests digests(const Scenario& scenario);
  Course course(Scenario scenario);

 private:
  /// Contribution of a programme to the digest of each year from the base year on; zero before it opens.
  using Shares = std::vector<std::uint64_t>;
  struct Kept {
    Settings settings;  ///< keeps the contents alive, so that their identity is not reused
    Shares shares;
  };
  struct KeptRegion {
    std::shared_ptr<const Region> region;
    std::uint64_t digest = 0;
  };
  const Shares& of_world(const Settings& scenario, const Region& region);
  const Shares& of_programme(const Settings& programme, const Region& region);
  std::uint64_t of_region(const std::shared_ptr<const Region>& region);

  using Key = std::pair<const void*, const Region*>;
  std::map<Key, Kept> worlds_, programmes_;
  std::map<const Region*, KeptRegion> regions_;
};

/// The effective text as key → value, without entries that do not affect results.
std::map<std::string, std::string> acting_lines(const Settings& settings);

}  // namespace tuopin
