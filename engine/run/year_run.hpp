// Runs the list of steps of a year. Consecutive block and look steps are run in one visit of each block; a barrier that
// has something to do ends the visit.
//
// Several moments (trajectories on the same blocks) may be stepped together. Each is run alone up to the common step of
// its year. There they are run jointly: one visit of each block computes the common step once for all moments for which
// it gives the same values, and then runs, for each of them, the steps up to its next barrier. After that each moment
// is run alone again.
#pragma once

#include <algorithm>
#include <span>

#include "engine/run/steps.hpp"
#include "engine/run/stopwatch.hpp"

namespace tuopin {

template <typename Moment>
class YearRun {
 public:
  using Steps = StepsOf<Moment>;
  using Step = typename Steps::Step;
  using Look = typename Steps::Look;
  using Common = typename Steps::Common;
  using Visit = typename Steps::Visit;

  YearRun(Moment& now, const Team& team, typename Steps::Parts begin, typename Steps::Parts end)
      : now_(&now), team_(&team) {
    for (; begin != end; ++begin)
      for (const auto& step : begin->steps) entries_.push_back({&*begin, step.get()});
  }

  /// Runs the steps that are left, to the end of the year.
  void run() {
    live_to(entries_.size());
    visit_all();
  }

  /// Runs several years of one team to their ends, with the same results, bit for bit, as one by one. In the joint
  /// visit the first is processed before the others in every block. The moments must share their scratch memory.
  static void simulate_together(std::span<YearRun> ways) {
    std::vector<YearRun*> meeting;
    for (YearRun& way : ways)
      if (way.common_at() < way.entries_.size()) meeting.push_back(&way);
    if (meeting.size() > 1 && meeting.front() == &ways.front()) meet(meeting);
    for (YearRun& way : ways) way.run();
  }

 private:
  struct Entry {
    const typename Steps::Part* part;
    const Step* step;
  };
  /// Consecutive block and look steps that have something to do.
  struct Acting {
    Acting(const std::vector<Entry>& entries, Moment& now) {
      for (const Entry& entry : entries) {
        if (!entry.step->acts(now)) continue;
        steps.emplace_back(dynamic_cast<const typename Steps::BlockStep*>(entry.step),
                           dynamic_cast<const typename Steps::Look*>(entry.step));
        names.push_back(entry.part->said.name.c_str());
        if (!shared) shared = dynamic_cast<const typename Steps::SharedLook*>(entry.step);
      }
    }
    void run(Visit& visit, Stopwatch* watch) const {
      run(visit, watch, [](const Look& look, const Visit& here) { look.look(here); });
    }
    /// `look_at(look, visit)` runs the look steps.
    template <typename LookAt>
    void run(Visit& visit, Stopwatch* watch, const LookAt& look_at) const {
      for (std::size_t i = 0; i < steps.size(); ++i) {
        if (steps[i].first)
          steps[i].first->run(visit);
        else
          look_at(*steps[i].second, visit);
        lap(watch, names[i]);
      }
    }
    void lead(Visit& visit, Stopwatch* watch) const {
      run(visit, watch,
          [&](const Look& look, const Visit& here) { &look == shared ? shared->lead(here) : look.look(here); });
    }
    void follow(Visit& visit, Stopwatch* watch, const Acting& leader, const Visit& there) const {
      run(visit, watch, [&](const Look& look, const Visit& here) {
        &look == shared&& leader.shared ? shared->follow(here, *leader.shared, there) : look.look(here);
      });
    }
    std::vector<std::pair<const typename Steps::BlockStep*, const typename Steps::Look*>> steps;
    std::vector<const char*> names;
    const typename Steps::SharedLook* shared = nullptr;  ///< the first of its kind
  };
  /// The steps that one moment contributes to the joint visit: those before, the common one, those after it.
  struct Meeting {
    Moment* now;
    Acting before;
    const Common* common;  ///< null if it has nothing to do
    const char* name;
    Acting behind;
  };

  std::size_t common_at() const {
    const auto found = std::find_if(entries_.begin(), entries_.end(),
                                    [](const Entry& entry) { return dynamic_cast<const Common*>(entry.step); });
    return static_cast<std::size_t>(found - entries_.begin());
  }

  /// Runs all barriers before position `end`, and the block steps that precede them. Steps after the last of these
  /// barriers are collected in `waiting_`.
  void live_to(std::size_t end) {
    for (; at_ < end; ++at_) {
      const auto* barrier = barrier_at(at_);
      if (!barrier) {
        waiting_.push_back(entries_[at_]);
      } else if (barrier->acts(*now_)) {
        visit_all();
        barrier->apply(*now_, *team_);
        lap(now_->watch(0), entries_[at_].part->said.name.c_str());
      }
    }
  }
  const typename Steps::Barrier* barrier_at(std::size_t at) const {
    return dynamic_cast<const typename Steps::Barrier*>(entries_[at].step);
  }

  Acting take_waiting() { return Acting(std::exchange(waiting_, {}), *now_); }

  void start_watches() {
    for (std::size_t member = 0; member < team_->members(); ++member) start(now_->watch(member));
  }
  void visit_all() {
    const Acting acting = take_waiting();
    if (acting.steps.empty()) return;
    start_watches();
    team_->for_each(now_->blocks(), [&](std::size_t block, std::size_t member) {
      Visit visit = now_->visit(block, member);
      acting.run(visit, now_->watch(member));
    });
    start(now_->watch(0));
  }

  /// Runs the year up to the common step, and collects the steps that can be run in the same visit as the common one.
  Meeting come() {
    const std::size_t at = common_at();
    live_to(at);
    Acting before = take_waiting();
    const auto* common = static_cast<const Common*>(entries_[at].step);
    for (++at_; at_ < entries_.size(); ++at_) {
      const auto* barrier = barrier_at(at_);
      if (!barrier)
        waiting_.push_back(entries_[at_]);
      else if (barrier->acts(*now_))
        break;
    }
    start_watches();
    return {now_, std::move(before), common->acts(*now_) ? common : nullptr, entries_[at].part->said.name.c_str(),
            take_waiting()};
  }

  static void meet(const std::vector<YearRun*>& ways) {
    std::vector<Meeting> meetings;
    for (YearRun* way : ways) meetings.push_back(way->come());
    ways.front()->team_->for_each(ways.front()->now_->blocks(), [&](std::size_t block, std::size_t member) {
      std::vector<Visit> visits;
      for (const Meeting& meeting : meetings) {
        visits.push_back(meeting.now->visit(block, member));
        meeting.before.run(visits.back(), meeting.now->watch(member));
      }
      const std::vector<std::size_t> leaders = leaders_of(meetings, visits);
      // Each leader computes the common step, and its followers reuse the values: they stay in scratch memory until the
      // next leader overwrites them.
      for (std::size_t leader = 0; leader < meetings.size(); ++leader)
        for (std::size_t i = leader; i < meetings.size(); ++i) {
          if (leaders[i] != leader) continue;
          const Meeting& one = meetings[i];
          if (i != leader)
            one.common->follow(visits[i], visits[leader]);
          else if (one.common)
            one.common->run(visits[i]);
          lap(one.now->watch(member), one.name);
          if (i != leader)
            one.behind.follow(visits[i], one.now->watch(member), meetings[leader].behind, visits[leader]);
          else if (std::count(leaders.begin(), leaders.end(), leader) > 1)
            one.behind.lead(visits[i], one.now->watch(member));
          else
            one.behind.run(visits[i], one.now->watch(member));
        }
    });
    for (YearRun* way : ways) start(way->now_->watch(0));
  }

  /// For each moment the first one whose common step gives the same values, or its own index.
  static std::vector<std::size_t> leaders_of(const std::vector<Meeting>& meetings, const std::vector<Visit>& visits) {
    std::vector<std::size_t> leaders(meetings.size());
    for (std::size_t i = 0; i < meetings.size(); ++i) {
      leaders[i] = i;
      for (std::size_t j = 0; j < i && leaders[i] == i; ++j)
        if (leaders[j] == j && meetings[i].common && meetings[j].common &&
            meetings[i].common->repeats(visits[i], *meetings[j].common, visits[j]))
          leaders[i] = j;
    }
    return leaders;
  }

  Moment* now_;
  const Team* team_;
  std::vector<Entry> entries_;
  std::size_t at_ = 0;
  std::vector<Entry> waiting_;  ///< block and look steps not yet run, up to the next barrier that has something to do
};

}  // namespace tuopin
