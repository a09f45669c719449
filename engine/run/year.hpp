// The year: a list of steps in the order in which they happen, and the one who runs it. There are three kinds:
//
//   block     works on the rows of one block, and on nothing that belongs to another
//   barrier   happens once, when all blocks have come as far: it adds up what they left, and settles it
//   look      reads a block and writes nothing but figures
//
// Steps that belong together (a programme's entrants are searched, ranked, granted and entered) are one part with one
// description. Neighbouring block and look steps are run in one visit to each block; a barrier ends the visit. Steps
// are const: what one leaves for another stands in the moment.
//
// A moment is what the year acts on. It says how many blocks there are and opens the visit of each:
//   std::size_t blocks() const;   Moment::Visit visit(std::size_t block, std::size_t member);
//   Stopwatch* watch(std::size_t member);
#pragma once

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/run/binder.hpp"
#include "engine/run/mechanism.hpp"
#include "engine/run/stopwatch.hpp"
#include "engine/run/team.hpp"

namespace tuopin {

template <typename Moment>
class YearOf {
 public:
  using Visit = typename Moment::Visit;

  struct Step {
    virtual ~Step() = default;
    /// False where there is nothing to do. Asked when the barriers before the step have settled, but perhaps before the
    /// blocks have come as far: it may not depend on what they leave.
    virtual bool acts(const Moment&) const { return true; }
  };
  struct BlockStep : Step {
    virtual void live(Visit&) const = 0;
  };
  struct Look : Step {
    virtual void look(const Visit&) const = 0;
  };
  struct Barrier : Step {
    virtual void settle(Moment&, const Team&) const = 0;
  };

  /// Steps that belong together.
  class Part {
   public:
    Part() = default;
    explicit Part(Description description) : said(std::move(description)) {}
    template <typename S, typename... Arguments>
    Part& add(Arguments&&... arguments) {
      steps.push_back(std::make_unique<const S>(std::forward<Arguments>(arguments)...));
      return *this;
    }
    Description said;
    std::vector<std::unique_ptr<const Step>> steps;
  };

  void add(Part part) { parts_.push_back(std::move(part)); }
  /// A part of one step, which is made with a binder; S::about() gives its name and meanings.
  template <typename S, typename... Arguments>
  void add(const StateSchema& schema, YearNeeds& needs, Arguments&&... arguments) {
    Binder binder(schema, needs, S::about());
    auto step = std::make_unique<const S>(binder, std::forward<Arguments>(arguments)...);
    Part part(binder.end());
    part.steps.push_back(std::move(step));
    parts_.push_back(std::move(part));
  }
  /// Behind the part of that name. Throws std::logic_error where there is none.
  void add_after(std::string_view name, Part part) {
    const auto found = std::find_if(parts_.begin(), parts_.end(), [&](const Part& p) { return p.said.name == name; });
    if (found == parts_.end()) throw std::logic_error("no part of the year is called " + std::string(name));
    parts_.insert(found + 1, std::move(part));
  }
  const std::vector<Part>& parts() const { return parts_; }

  /// Throws std::logic_error where a part uses scratch that was shared before a barrier: what must outlive a visit is a
  /// column, or is shared again behind the barrier.
  void check() const {
    std::vector<std::string> alive;
    std::string last_barrier;
    const auto is_alive = [&](const std::string& name) {
      return std::find(alive.begin(), alive.end(), name) != alive.end();
    };
    for (const Part& part : parts_)
      for (const auto& step : part.steps) {
        if (dynamic_cast<const Barrier*>(step.get())) {
          alive.clear();
          last_barrier = part.said.name;
          continue;
        }
        for (const std::string& name : part.said.uses)
          if (!is_alive(name))
            throw std::logic_error(part.said.name + " uses " + name + ", which no part of the same visit has shared" +
                                   (last_barrier.empty() ? "" : ": the last barrier before it is of " + last_barrier));
        alive.insert(alive.end(), part.said.shares.begin(), part.said.shares.end());
      }
  }

  void live(Moment& now, const Team& team) const { live(now, team, parts_.begin(), parts_.end()); }
  /// One part alone.
  void live(Moment& now, const Team& team, const Part& part) const {
    const auto at = parts_.begin() + (&part - parts_.data());
    live(now, team, at, at + 1);
  }
  enum class Kind { block, barrier, look };
  static Kind kind_of(const Step& step) {
    if (dynamic_cast<const Barrier*>(&step)) return Kind::barrier;
    return dynamic_cast<const Look*>(&step) ? Kind::look : Kind::block;
  }

  /// True where a barrier of the part acts: then it is no work on one block alone.
  static bool settles(const Moment& now, const Part& part) {
    return std::any_of(part.steps.begin(), part.steps.end(),
                       [&](const auto& step) { return dynamic_cast<const Barrier*>(step.get()) && step->acts(now); });
  }
  /// Block and look steps of one part in one visit.
  static void visit(const Moment& now, const Part& part, Visit& visit) {
    for (const auto& step : part.steps) {
      if (!step->acts(now)) continue;
      if (const auto* block = dynamic_cast<const BlockStep*>(step.get())) block->live(visit);
      if (const auto* look = dynamic_cast<const Look*>(step.get())) look->look(visit);
    }
  }

 private:
  struct Entry {
    const Part* part;
    const Step* step;
  };
  using Parts = typename std::vector<Part>::const_iterator;

  void live(Moment& now, const Team& team, Parts begin, Parts end) const {
    std::vector<Entry> entries;
    for (; begin != end; ++begin)
      for (const auto& step : begin->steps) entries.push_back({&*begin, step.get()});
    std::vector<Entry> together;  // up to the next barrier that acts
    for (const Entry& entry : entries) {
      const auto* barrier = dynamic_cast<const Barrier*>(entry.step);
      if (!barrier) {
        together.push_back(entry);
        continue;
      }
      if (!barrier->acts(now)) continue;
      visit_all(now, team, together);
      together.clear();
      barrier->settle(now, team);
      lap(now.watch(0), entry.part->said.name.c_str());
    }
    visit_all(now, team, together);
  }

  static void visit_all(Moment& now, const Team& team, const std::vector<Entry>& together) {
    std::vector<std::pair<const BlockStep*, const Look*>> acting;
    std::vector<const char*> names;
    for (const Entry& entry : together) {
      if (!entry.step->acts(now)) continue;
      acting.emplace_back(dynamic_cast<const BlockStep*>(entry.step), dynamic_cast<const Look*>(entry.step));
      names.push_back(entry.part->said.name.c_str());
    }
    if (acting.empty()) return;
    for (std::size_t member = 0; member < team.members(); ++member) start(now.watch(member));
    team.for_each(now.blocks(), [&](std::size_t block, std::size_t member) {
      Visit visit = now.visit(block, member);
      for (std::size_t i = 0; i < acting.size(); ++i) {
        if (acting[i].first)
          acting[i].first->live(visit);
        else
          acting[i].second->look(visit);
        lap(now.watch(member), names[i]);
      }
    });
    start(now.watch(0));
  }

  std::vector<Part> parts_;
};

}  // namespace tuopin
