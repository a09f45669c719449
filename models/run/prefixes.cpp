#include "models/run/prefixes.hpp"

#include <algorithm>
#include <unordered_map>

namespace tuopin {

namespace {

class Walk {
 public:
  Walk(const std::vector<Course>& courses, std::span<const std::size_t> lives, Workers& workers, LifeWatcher& watcher,
       const Company& company)
      : courses_(courses), first_(lives.front()), workers_(workers), watcher_(watcher), company_(company) {
    const YearDigests& of_first = courses[first_].digests;
    for (std::size_t year = 0; year < of_first.by_year.size(); ++year)
      others_.push_back(groups_in(courses, lives, of_first.base_year + static_cast<int>(year)).size() - 1);
    poor_in_first_.resize(others_.size());
  }

  void go(Trajectory trajectory, std::span<const std::size_t> lives) {
    record_.most_worlds = alive_ = 1;
    std::vector<Walker> front;
    front.push_back({std::move(trajectory), {lives.begin(), lives.end()}});
    go(std::move(front));
  }

  const WalkRecord& record() const { return record_; }

 private:
  /// A trajectory, and the lives that share it so far.
  struct Walker {
    Trajectory trajectory;
    std::vector<std::size_t> lives;
  };
  /// One branch into the next year: the lives of a walker that stay identical in it.
  struct Way {
    std::size_t walker;
    std::vector<std::size_t> lives;
    bool last;  ///< last branch of its walker: it continues the trajectory itself, the others continue copies
  };

  /// Simulates walkers that are in the same year to the last year (recursively, depth first).
  void go(std::vector<Walker> front) {
    if (front.front().trajectory.done()) return end(front);
    std::vector<Way> ways;
    for (std::size_t w = 0; w < front.size(); ++w) {
      for (auto& lives : groups_in(courses_, front[w].lives, front[w].trajectory.year() + 1))
        ways.push_back({w, std::move(lives), false});
      ways.back().last = true;
    }
    for (auto way = ways.begin(); way != ways.end();) {
      std::vector<Walker> next;
      const auto end_of_company = way + static_cast<std::ptrdiff_t>(together({way, ways.end()}));
      for (; way != end_of_company; ++way) {
        Trajectory& of = front[way->walker].trajectory;
        if (!way->last) record_.most_worlds = std::max(record_.most_worlds, ++alive_);
        next.push_back({way->last ? std::move(of) : of.copy(), std::move(way->lives)});
      }
      step(next);
      go(std::move(next));
    }
  }

  /// How many of the next branches are stepped together.
  std::size_t together(std::span<const Way> ways) const {
    std::size_t count = 0, worlds = alive_;
    for (const Way& way : ways) {
      if (!way.last) ++worlds;
      if (count > 0 && (count == company_.most || worlds > company_.worlds)) break;
      ++count;
    }
    return count;
  }

  void step(std::vector<Walker>& front) {
    std::vector<Trajectory*> group;
    for (Walker& walker : front) {
      walker.trajectory.become(courses_[walker.lives.front()]);
      if (watcher_.asks_hash(walker.lives)) walker.trajectory.hash_next_year();
      group.push_back(&walker.trajectory);
    }
    const std::size_t year = group.front()->results().size();
    const bool with_first = front.front().lives.front() == first_;
    const std::size_t others = front.size() - (with_first ? 1 : 0);
    Trajectory::step_together(group, workers_, with_first ? nullptr : poor_in_first_[year].get());
    if (with_first) poor_in_first_[year] = group.front()->poor();
    if ((others_[year] -= others) == 0) poor_in_first_[year] = nullptr;  // no other branch has this year left
    record_.years_lived += front.size();
    for (const Walker& walker : front) watcher_.lived(walker.trajectory, walker.lives);
  }

  void end(std::vector<Walker>& front) {
    for (Walker& walker : front)
      for (const std::size_t life : walker.lives) {
        walker.trajectory.become(courses_[life]);
        watcher_.ended(walker.trajectory, life);
      }
    alive_ -= front.size();
  }

  const std::vector<Course>& courses_;
  std::size_t first_;
  Workers& workers_;
  LifeWatcher& watcher_;
  Company company_;
  std::vector<std::size_t> others_;  ///< by year: branches without the first life, not simulated yet
  std::vector<std::shared_ptr<const PoorFlags>> poor_in_first_;  ///< by year, until all others were compared with it
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
                std::shared_ptr<const Draw> draw, std::uint64_t replicate, Workers& workers, LifeWatcher& watcher,
                const Company& company) {
  if (lives.empty()) return {};
  Walk walk(courses, lives, workers, watcher, company);
  walk.go(Trajectory(context, courses[lives.front()], std::move(draw), replicate), lives);
  return walk.record();
}

}  // namespace tuopin
