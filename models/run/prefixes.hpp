// Runs several scenarios under equal luck and simulates the years that they share (common prefixes) only once. The
// yearly digests of the scenarios form a tree: scenarios with equal digests up to a year share one trajectory until
// then. Where they separate, the trajectory is copied for each branch but the last, which continues with the original.
//
// In this code a "path" is one scenario (or one scenario without a batch) from the base year to the last year, and a
// "branch" is the part of a path that lies in one year. Branches of the same year are stepped together, so that
// computations they have in common are done once; how many is limited to bound memory. Otherwise the tree is traversed
// depth first; without joint stepping the number of worlds in memory is bounded by the depth of the tree.
#pragma once

#include <functional>

#include "models/run/trajectory.hpp"

namespace tuopin {

/// Groups of `paths` whose scenarios are identical up to and including `year`; each group in the order of `paths`.
std::vector<std::vector<std::size_t>> groups_in(const std::vector<Course>& courses, std::span<const std::size_t> paths,
                                                int year);
/// Number of years that are simulated for these paths; shared years count once.
std::size_t years_simulated(const std::vector<Course>& courses, std::span<const std::size_t> paths);

/// Receives the results while the paths are simulated.
class TrajectoryObserver {
 public:
  virtual ~TrajectoryObserver() = default;
  /// True if `year_simulated` will need the state hash of these paths.
  virtual bool asks_hash(std::span<const std::size_t>) const { return false; }
  /// Called after a year was simulated for `trajectory`, which is shared by `paths`. Other trajectories may have been
  /// stepped jointly with it.
  virtual void year_simulated(const Trajectory& trajectory, std::span<const std::size_t> paths) = 0;
  /// Called when the last year of a path has been simulated.
  virtual void ended(const Trajectory& trajectory, std::size_t path) = 0;
};

/// Limits of joint stepping.
struct JointStepping {
  std::size_t most = 4;    ///< trajectories stepped together at most; 1: each alone
  std::size_t worlds = 4;  ///< worlds in memory up to which another trajectory may join; one alone is always stepped
};
constexpr JointStepping one_at_a_time = {1, 1};

/// What a run over the tree needed.
struct WalkRecord {
  std::size_t years_simulated = 0;
  std::size_t most_worlds = 0;  ///< largest number of worlds in memory at a time
};

/// Simulates `paths` (positions in `courses`) to their last year. The first is the reference with which all others are
/// compared, so its branch is always simulated first.
WalkRecord walk(const Context& context, const std::vector<Course>& courses, std::span<const std::size_t> paths,
                std::shared_ptr<const Draw> draw, std::uint64_t replicate, Workers& workers,
                TrajectoryObserver& watcher, const JointStepping& joint = {});

}  // namespace tuopin
