// Who runs the list. Neighbouring block and look steps are run in one visit to each block; a barrier that acts ends the
// visit.
//
// Several moments of the same blocks may live together. Each comes for itself as far as the common step of its year.
// There they meet: one visit of each block does the common step once for all that have it alike, and for each of them
// what follows up to its next barrier. Then each goes on for itself.
#pragma once

#include <algorithm>
#include <span>

#include "engine/run/steps.hpp"
#include "engine/run/stopwatch.hpp"

namespace tuopin {

template <typename Moment>
class WayOf {
 public:
  using Steps = StepsOf<Moment>;
  using Step = typename Steps::Step;
  using Common = typename Steps::Common;
  using Visit = typename Steps::Visit;

  WayOf(Moment& now, const Team& team, typename Steps::Parts begin, typename Steps::Parts end)
      : now_(&now), team_(&team) {
    for (; begin != end; ++begin)
      for (const auto& step : begin->steps) entries_.push_back({&*begin, step.get()});
  }

  /// To the end.
  void live() {
    live_to(entries_.size());
    visit_all();
  }

  /// Several of one team to their ends, with the bits of each alone. From the common step on, the first is in every
  /// block ahead of the others. The moments must have their scratch in common.
  static void live_together(std::span<WayOf> ways) {
    std::vector<WayOf*> meeting;
    for (WayOf& way : ways)
      if (way.common_at() < way.entries_.size()) meeting.push_back(&way);
    if (meeting.size() > 1 && meeting.front() == &ways.front()) meet(meeting);
    for (WayOf& way : ways) way.live();
  }

 private:
  struct Entry {
    const typename Steps::Part* part;
    const Step* step;
  };
  /// Block and look steps that act, in their order.
  struct Acting {
    Acting(const std::vector<Entry>& entries, Moment& now) {
      for (const Entry& entry : entries) {
        if (!entry.step->acts(now)) continue;
        steps.emplace_back(dynamic_cast<const typename Steps::BlockStep*>(entry.step),
                           dynamic_cast<const typename Steps::Look*>(entry.step));
        names.push_back(entry.part->said.name.c_str());
      }
    }
    void live(Visit& visit, Stopwatch* watch) const {
      for (std::size_t i = 0; i < steps.size(); ++i) {
        if (steps[i].first)
          steps[i].first->live(visit);
        else
          steps[i].second->look(visit);
        lap(watch, names[i]);
      }
    }
    std::vector<std::pair<const typename Steps::BlockStep*, const typename Steps::Look*>> steps;
    std::vector<const char*> names;
  };
  /// What one does where they meet.
  struct Meeting {
    Moment* now;
    Acting before;
    const Common* common;  ///< null where it does not act
    const char* name;
    Acting behind;
  };

  std::size_t common_at() const {
    const auto found = std::find_if(entries_.begin(), entries_.end(),
                                    [](const Entry& entry) { return dynamic_cast<const Common*>(entry.step); });
    return static_cast<std::size_t>(found - entries_.begin());
  }

  /// All barriers before a position, and the blocks as far as these need it. Steps behind the last of them wait.
  void live_to(std::size_t end) {
    for (; at_ < end; ++at_) {
      const auto* barrier = barrier_at(at_);
      if (!barrier) {
        waiting_.push_back(entries_[at_]);
      } else if (barrier->acts(*now_)) {
        visit_all();
        barrier->settle(*now_, *team_);
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
      acting.live(visit, now_->watch(member));
    });
    start(now_->watch(0));
  }

  /// Comes as far as the common step; takes along what can be done in the same visit.
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

  static void meet(const std::vector<WayOf*>& ways) {
    std::vector<Meeting> meetings;
    for (WayOf* way : ways) meetings.push_back(way->come());
    ways.front()->team_->for_each(ways.front()->now_->blocks(), [&](std::size_t block, std::size_t member) {
      std::vector<Visit> visits;
      for (const Meeting& meeting : meetings) {
        visits.push_back(meeting.now->visit(block, member));
        meeting.before.live(visits.back(), meeting.now->watch(member));
      }
      const std::vector<std::size_t> leaders = leaders_of(meetings, visits);
      // Whoever leads, then those who follow: its common values stand in scratch until the next one leads.
      for (std::size_t leader = 0; leader < meetings.size(); ++leader)
        for (std::size_t i = leader; i < meetings.size(); ++i) {
          if (leaders[i] != leader) continue;
          const Meeting& one = meetings[i];
          if (i != leader)
            one.common->follow(visits[i], visits[leader]);
          else if (one.common)
            one.common->live(visits[i]);
          lap(one.now->watch(member), one.name);
          one.behind.live(visits[i], one.now->watch(member));
        }
    });
    for (WayOf* way : ways) start(way->now_->watch(0));
  }

  /// Of each the first that has the common step alike; itself where there is none.
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
  std::vector<Entry> waiting_;  ///< block and look steps up to the next barrier that acts
};

}  // namespace tuopin
