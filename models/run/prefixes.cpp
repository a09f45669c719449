#include "models/run/prefixes.hpp"

#include <algorithm>
#include <unordered_map>

namespace tuopin {

namespace {

class Walk {
 public:
  Walk(const std::vector<Course>& courses, std::span<const std::size_t> paths, Workers& workers,
       TrajectoryObserver& watcher, const JointStepping& joint)
      : courses_(courses), first_(paths.front()), workers_(workers), watcher_(watcher), joint_(joint) {
    const YearDigests& of_first = courses[first_].digests;
    for (std::size_t year = 0; year < of_first.by_year.size(); ++year)
      others_.push_back(groups_in(courses, paths, of_first.base_year + static_cast<int>(year)).size() - 1);
    poor_in_first_.resize(others_.size());
  }

  void go(Trajectory trajectory, std::span<const std::size_t> paths) {
    record_.most_worlds = alive_ = 1;
    std::vector<Walker> front;
    front.push_back({std::move(trajectory), {paths.begin(), paths.end()}});
    go(std::move(front));
  }

  const WalkRecord& record() const { return record_; }

 private:
  /// A trajectory, and the paths that share it so far.
  struct Walker {
    Trajectory trajectory;
    std::vector<std::size_t> paths;
  };
  /// One branch into the next year: the paths of a walker that stay identical in it.
  struct Branch {
    std::size_t walker;
    std::vector<std::size_t> paths;
    bool last;  ///< last branch of its walker: it continues the trajectory itself, the others continue copies
  };

  /// Simulates walkers that are in the same year to the last year (recursively, depth first).
  void go(std::vector<Walker> front) {
    if (front.front().trajectory.done()) return end(front);
    std::vector<Branch> branches;
    for (std::size_t w = 0; w < front.size(); ++w) {
      for (auto& paths : groups_in(courses_, front[w].paths, front[w].trajectory.year() + 1))
        branches.push_back({w, std::move(paths), false});
      branches.back().last = true;
    }
    for (auto branch = branches.begin(); branch != branches.end();) {
      std::vector<Walker> next;
      const auto end_of_company = branch + static_cast<std::ptrdiff_t>(together({branch, branches.end()}));
      for (; branch != end_of_company; ++branch) {
        Trajectory& of = front[branch->walker].trajectory;
        if (!branch->last) record_.most_worlds = std::max(record_.most_worlds, ++alive_);
        next.push_back({branch->last ? std::move(of) : of.copy(), std::move(branch->paths)});
      }
      step(next);
      go(std::move(next));
    }
  }

  /// How many of the next branches are stepped together.
  std::size_t together(std::span<const Branch> branches) const {
    std::size_t count = 0, worlds = alive_;
    for (const Branch& branch : branches) {
      if (!branch.last) ++worlds;
      if (count > 0 && (count == joint_.most || worlds > joint_.worlds)) break;
      ++count;
    }
    return count;
  }

  void step(std::vector<Walker>& front) {
    std::vector<Trajectory*> group;
    for (Walker& walker : front) {
      walker.trajectory.become(courses_[walker.paths.front()]);
      if (watcher_.asks_hash(walker.paths)) walker.trajectory.hash_next_year();
      group.push_back(&walker.trajectory);
    }
    const std::size_t year = group.front()->results().size();
    const bool with_first = front.front().paths.front() == first_;
    const std::size_t others = front.size() - (with_first ? 1 : 0);
    Trajectory::step_together(group, workers_, with_first ? nullptr : poor_in_first_[year].get());
    if (with_first) poor_in_first_[year] = group.front()->poor();
    if ((others_[year] -= others) == 0) poor_in_first_[year] = nullptr;  // no other branch has this year left
    record_.years_simulated += front.size();
    for (const Walker& walker : front) watcher_.year_simulated(walker.trajectory, walker.paths);
  }

  void end(std::vector<Walker>& front) {
    for (Walker& walker : front)
      for (const std::size_t path : walker.paths) {
        walker.trajectory.become(courses_[path]);
        watcher_.ended(walker.trajectory, path);
      }
    alive_ -= front.size();
  }

  const std::vector<Course>& courses_;
  std::size_t first_;
  Workers& workers_;
  TrajectoryObserver& watcher_;
  JointStepping joint_;
  std::vector<std::size_t> others_;  ///< by year: branches without the first path, not simulated yet
  std::vector<std::shared_ptr<const PoorFlags>> poor_in_first_;  ///< by year, until all others were compared with it
  std::size_t alive_ = 0;
  WalkRecord record_;
};

}  // namespace

std::vector<std::vector<std::size_t>> groups_in(const std::vector<Course>& courses, std::span<const std::size_t> paths,
                                                int year) {
  std::vector<std::vector<std::size_t>> groups;
  std::unordered_map<std::uint64_t, std::size_t> group_of;
  for (const std::size_t path : paths) {
    const auto [known, is_new] = group_of.emplace(courses[path].digests.at(year), groups.size());
    if (is_new) groups.emplace_back();
    groups[known->second].push_back(path);
  }
  return groups;
}

std::size_t years_simulated(const std::vector<Course>& courses, std::span<const std::size_t> paths) {
  std::size_t years = 0;
  if (paths.empty()) return years;
  const YearDigests& first = courses[paths.front()].digests;
  for (std::size_t year = 0; year < first.by_year.size(); ++year)
    years += groups_in(courses, paths, first.base_year + static_cast<int>(year)).size();
  return years;
}

WalkRecord walk(const Context& context, const std::vector<Course>& courses, std::span<const std::size_t> paths,
                std::shared_ptr<const Draw> draw, std::uint64_t replicate, Workers& workers,
                TrajectoryObserver& watcher, const JointStepping& joint) {
  if (paths.empty()) return {};
  Walk walk(courses, paths, workers, watcher, joint);
  walk.go(Trajectory(context, courses[paths.front()], std::move(draw), replicate), paths);
  return walk.record();
}

}  // namespace tuopin
