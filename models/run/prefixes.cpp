#include "models/run/prefixes.hpp"

#include <algorithm>
#include <unordered_map>

namespace tuopin {

namespace {

class Walk {
 public:
  Walk(const std::vector<Course>& courses, std::span<const std::size_t> lives, Workers& workers, LifeWatcher& watcher)
      : courses_(courses), first_(lives.front()), workers_(workers), watcher_(watcher) {
    const YearDigests& of_first = courses[first_].digests;
    for (std::size_t year = 0; year < of_first.by_year.size(); ++year)
      others_.push_back(groups_in(courses, lives, of_first.base_year + static_cast<int>(year)).size() - 1);
    poor_in_first_.resize(others_.size());
  }

  void go(Trajectory trajectory, std::span<const std::size_t> lives) {
    record_.most_worlds = std::max(record_.most_worlds, ++alive_);
    if (trajectory.done()) {
      for (const std::size_t life : lives) {
        trajectory.become(courses_[life]);
        watcher_.ended(trajectory, life);
      }
    } else {
      const auto groups = groups_in(courses_, lives, trajectory.year() + 1);
      for (std::size_t g = 0; g + 1 < groups.size(); ++g) step(trajectory.copy(), groups[g]);
      --alive_;  // the last takes the world itself
      return step(std::move(trajectory), groups.back());
    }
    --alive_;
  }

  const WalkRecord& record() const { return record_; }

 private:
  void step(Trajectory trajectory, std::span<const std::size_t> lives) {
    trajectory.become(courses_[lives.front()]);
    const std::size_t year = trajectory.results().size();
    if (lives.front() == first_) {
      trajectory.step(workers_);
      if (others_[year] > 0) poor_in_first_[year] = trajectory.poor();
    } else {
      trajectory.step(workers_, poor_in_first_[year].get());
      if (--others_[year] == 0) poor_in_first_[year] = nullptr;  // nobody else lives this year
    }
    ++record_.years_lived;
    watcher_.lived(trajectory, lives);
    go(std::move(trajectory), lives);
  }

  const std::vector<Course>& courses_;
  std::size_t first_;
  Workers& workers_;
  LifeWatcher& watcher_;
  std::vector<std::size_t> others_;                              ///< by year: ways that the first does not go
  std::vector<std::shared_ptr<const PoorFlags>> poor_in_first_;  ///< by year, while others are to be held against it
  std::size_t alive_ = 0;
  WalkRecord record_;
};

}  // namespace

std::vector<std::vector<std::size_t>> groups_in(const std::vector<Course>& courses, std::span<const std::size_t> lives,
                                                int year) {
  std::vector<std::vector<std::size_t>> groups;
  std::unordered_map<std::uint64_t, std::size_t> group_of;
  for (const std::size_t life : lives) {
    const auto [known, is_new] = group_of.emplace(courses[life].digests.at(year), groups.size());
    if (is_new) groups.emplace_back();
    groups[known->second].push_back(life);
  }
  return groups;
}

std::size_t years_lived(const std::vector<Course>& courses, std::span<const std::size_t> lives) {
  std::size_t years = 0;
  if (lives.empty()) return years;
  const YearDigests& first = courses[lives.front()].digests;
  for (std::size_t year = 0; year < first.by_year.size(); ++year)
    years += groups_in(courses, lives, first.base_year + static_cast<int>(year)).size();
  return years;
}

WalkRecord walk(const Context& context, const std::vector<Course>& courses, std::span<const std::size_t> lives,
                std::shared_ptr<const Draw> draw, std::uint64_t replicate, Workers& workers, LifeWatcher& watcher) {
  if (lives.empty()) return {};
  Walk walk(courses, lives, workers, watcher);
  walk.go(Trajectory(context, courses[lives.front()], std::move(draw), replicate), lives);
  return walk.record();
}

}  // namespace tuopin
