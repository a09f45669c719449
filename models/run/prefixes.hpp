// Several scenarios under equal luck, their common years lived once. The digests of the scenarios make a tree: who is
// the same up to a year goes one way until then. The tree is walked depth first, and a world is copied only where more
// than one way goes on: as many worlds are alive as the way is deep, at most, and each is gone when the last way that
// begins with it has begun.
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
  /// A year was lived; `lives` go this way.
  virtual void lived(const Trajectory& trajectory, std::span<const std::size_t> lives) = 0;
  /// A life has ended. What was seen on its way was seen last of each year.
  virtual void ended(const Trajectory& trajectory, std::size_t life) = 0;
};

/// What a walk took.
struct WalkRecord {
  std::size_t years_lived = 0;
  std::size_t most_worlds = 0;  ///< alive at a time
};

/// Lives `lives`, positions in `courses`, to their ends. All others are held against the first of them, and the way of
/// the first is always gone first.
WalkRecord walk(const Context& context, const std::vector<Course>& courses, std::span<const std::size_t> lives,
                std::shared_ptr<const Draw> draw, std::uint64_t replicate, Workers& workers, LifeWatcher& watcher);

}  // namespace tuopin
