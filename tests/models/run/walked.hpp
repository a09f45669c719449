// All results of the paths of a walk, for comparison.
#pragma once

#include <map>

#include "models/run/prefixes.hpp"
#include "tests/models/run/saved_worlds.hpp"

namespace tuopin::testing {

class FactsWatcher : public TrajectoryObserver {
 public:
  void year_simulated(const Trajectory& trajectory, std::span<const std::size_t> going) override {
    EXPECT_FALSE(going.empty());
    for (const std::size_t path : going) paths[path].hashes.push_back(trajectory.state_hash());
  }
  void ended(const Trajectory& trajectory, std::size_t path) override {
    EXPECT_TRUE(trajectory.done());
    Facts& of = paths[path];
    EXPECT_TRUE(of.results.empty()) << "ended twice";
    for (const auto& result : trajectory.results()) of.results.push_back(*result);
    of.ledger = trajectory.treasury().ledger();
  }
  std::map<std::size_t, Facts> paths;
};

/// Simulates each path with a trajectory of its own; the first is the reference for the others.
inline std::vector<Facts> lived_alone(const Context& context, const std::vector<Course>& courses,
                                      const std::shared_ptr<const Draw>& draw, std::uint64_t replicate,
                                      Workers& workers) {
  std::vector<Facts> all;
  std::vector<std::shared_ptr<const PoorFlags>> poor;
  for (const Course& course : courses) {
    Trajectory alone(context, course, draw, replicate);
    Facts& facts = all.emplace_back();
    for (std::size_t y = 0; !alone.done(); ++y) {
      alone.step(workers, all.size() == 1 ? nullptr : poor[y].get());
      if (all.size() == 1) poor.push_back(alone.poor());
      facts.hashes.push_back(alone.state_hash());
    }
    for (const auto& result : alone.results()) facts.results.push_back(*result);
    facts.ledger = alone.treasury().ledger();
  }
  return all;
}

}  // namespace tuopin::testing
