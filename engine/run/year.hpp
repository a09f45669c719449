// The year: a list of parts in the order in which they are run. Kinds of step: steps.hpp. How they are run: way.hpp.
#pragma once

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>

#include "engine/run/binder.hpp"
#include "engine/run/year_run.hpp"

namespace tuopin {

template <typename Moment>
class YearOf : public StepsOf<Moment> {
 public:
  using Steps = StepsOf<Moment>;
  using typename Steps::Barrier;
  using typename Steps::BlockStep;
  using typename Steps::Common;
  using typename Steps::Look;
  using typename Steps::Part;
  using typename Steps::SharedLook;
  using typename Steps::Step;
  using typename Steps::Visit;

  void add(Part part) { parts_.push_back(std::move(part)); }
  /// A part that consists of one step of type S, constructed with a binder. S::about() gives its name and meanings.
  template <typename S, typename... Arguments>
  void add(const StateSchema& schema, YearNeeds& needs, Arguments&&... arguments) {
    Binder binder(schema, needs, S::about());
    auto step = std::make_unique<const S>(binder, std::forward<Arguments>(arguments)...);
    Part part(binder.end());
    part.steps.push_back(std::move(step));
    parts_.push_back(std::move(part));
  }
  /// Inserts a part at a position of parts().
  void insert(std::size_t position, Part part) {
    parts_.insert(parts_.begin() + static_cast<std::ptrdiff_t>(position), std::move(part));
  }
  /// Inserts a part after the part of that name. Throws std::logic_error if there is none.
  void add_after(std::string_view name, Part part) {
    const auto found = std::find_if(parts_.begin(), parts_.end(), [&](const Part& p) { return p.said.name == name; });
    if (found == parts_.end()) throw std::logic_error("no part of the year is called " + std::string(name));
    parts_.insert(found + 1, std::move(part));
  }
  const std::vector<Part>& parts() const { return parts_; }

  /// Throws std::logic_error if there are two common steps, or if a part uses scratch memory that was shared before a
  /// barrier or before the common step: data needed after a visit must be in a column, or be shared again.
  void check() const {
    std::vector<std::string> alive;
    std::string last_barrier;
    const auto is_alive = [&](const std::string& name) {
      return std::find(alive.begin(), alive.end(), name) != alive.end();
    };
    bool met = false;
    for (const Part& part : parts_)
      for (const auto& step : part.steps) {
        if (dynamic_cast<const Barrier*>(step.get())) {
          alive.clear();
          last_barrier = part.said.name;
          continue;
        }
        if (dynamic_cast<const Common*>(step.get())) {
          if (met) throw std::logic_error(part.said.name + " is the second part of the year with a common step");
          met = true;
          alive.clear();  // moments stepped together have overwritten the scratch
        }
        for (const std::string& name : part.said.uses)
          if (!is_alive(name))
            throw std::logic_error(part.said.name + " uses " + name + ", which no part of the same visit has shared" +
                                   (last_barrier.empty() ? "" : ": the last barrier before it is of " + last_barrier));
        alive.insert(alive.end(), part.said.shares.begin(), part.said.shares.end());
      }
  }

  void run(Moment& now, const Team& team) const { way(now, team).run(); }
  /// Runs one part alone.
  void run(Moment& now, const Team& team, const Part& part) const {
    const auto at = parts_.begin() + (&part - parts_.data());
    YearRun<Moment>(now, team, at, at + 1).run();
  }
  /// The run of this year on one moment, to be executed alone or together with others.
  YearRun<Moment> way(Moment& now, const Team& team) const { return {now, team, parts_.begin(), parts_.end()}; }

  enum class Kind { block, common, barrier, look };
  static Kind kind_of(const Step& step) {
    if (dynamic_cast<const Barrier*>(&step)) return Kind::barrier;
    if (dynamic_cast<const Look*>(&step)) return Kind::look;
    return dynamic_cast<const Common*>(&step) ? Kind::common : Kind::block;
  }

  /// True if a barrier of the part has something to do: then the part cannot be run block by block.
  static bool settles(const Moment& now, const Part& part) {
    return std::any_of(part.steps.begin(), part.steps.end(),
                       [&](const auto& step) { return dynamic_cast<const Barrier*>(step.get()) && step->acts(now); });
  }
  /// Runs the block and look steps of one part in one visit.
  static void visit(const Moment& now, const Part& part, Visit& visit) {
    for (const auto& step : part.steps) {
      if (!step->acts(now)) continue;
      if (const auto* block = dynamic_cast<const BlockStep*>(step.get())) block->run(visit);
      if (const auto* look = dynamic_cast<const Look*>(step.get())) look->look(visit);
    }
  }

 private:
  std::vector<Part> parts_;
};

}  // namespace tuopin
