// Several scenarios under equal luck, their common years lived once. The digests of the scenarios make a tree: who is
// the same up to a year goes one way until then. A world is copied only where more than one way goes on, and is gone
// when the last way that begins with it has begun.
//
// Ways that have come equally far are gone in company, so that what they have alike is done once: as many at once as
// memory allows. The rest is walked depth first: with nobody in company as many worlds are alive as the way is deep.
#pragma once

#include <functional>

#include "models/run/trajectory.hpp"

namespace tuopin {

/// Those of `lives` that are one world up to a year, in groups, each in the order of the lives.
std::vector<std::vector<std::size_t>> groups_in(const std::vector<Course>& courses, std::span<const std::size_t> lives,
                                                int year);
/// Years that a walk over these lives takes.
std::size_t years_lived(const std::vector<Course>& courses, std::span<const std::size_t> lives);

/// What is made of the lives while they are lived.
class LifeWatcher {
 public:
  virtual ~LifeWatcher() = default;
  /// True where `lived` will ask for the hash of the state.
  virtual bool asks_hash(std::span<const std::size_t>) const { return false; }
  /// A year was lived; `lives` go this way. Other ways may be gone in company: what is seen belongs to these lives.
  virtual void lived(const Trajectory& trajectory, std::span<const std::size_t> lives) = 0;
  /// A life has ended.
  virtual void ended(const Trajectory& trajectory, std::size_t life) = 0;
};

/// How many go in company.
struct Company {
  std::size_t most = 4;    ///< ways at once; 1: each alone
  std::size_t worlds = 4;  ///< alive at a time; beyond it nobody joins, but a way alone is always gone
};
constexpr Company nobody = {1, 1};

/// What a walk took.
struct WalkRecord {
  std::size_t years_lived = 0;
  std::size_t most_worlds = 0;  ///< alive at a time
};

/// Lives `lives`, positions in `courses`, to their ends. All others are held against the first of them, and the way of
/// the first is always gone first.
WalkRecord walk(const Context& context, const std::vector<Course>& courses, std::span<const std::size_t> lives,
                std::shared_ptr<const Draw> draw, std::uint64_t replicate, Workers& workers, LifeWatcher& watcher,
                const Company& company = {});

}  // namespace tuopin
