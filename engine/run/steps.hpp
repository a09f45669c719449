// The kinds of step that a simulated year consists of. There are three:
//
//   block     works on the rows of one block, and on nothing that belongs to another
//   barrier   runs once, after all blocks have finished the steps before it: combines the results of the blocks
//   look      reads a block and writes nothing but figures
//
// A block step may be common: its result depends only on random numbers, unchanging (founding) columns and parameters
// that several trajectories may share. Where such trajectories are stepped together it is computed once (way.hpp).
//
// Steps that belong together (a programme's entrants are searched, ranked, granted and entered) form one part with one
// description. Steps are const: data that one step leaves for another are stored in the moment.
//
// A moment is the data that a year works on. It knows the number of blocks and opens a visit of each; a visit is the
// access to one block that is passed to the steps:
//   std::size_t blocks() const;   Moment::Visit visit(std::size_t block, std::size_t member);
//   Stopwatch* watch(std::size_t member);
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "engine/run/mechanism.hpp"
#include "engine/run/team.hpp"

namespace tuopin {

template <typename Moment>
struct StepsOf {
  using Visit = typename Moment::Visit;

  struct Step {
    virtual ~Step() = default;
    /// False if the step has nothing to do this year. Called after all barriers before the step have run, but possibly
    /// before the block steps before it have, so it must not depend on their results.
    virtual bool acts(const Moment&) const { return true; }
  };
  struct BlockStep : Step {
    virtual void run(Visit&) const = 0;
  };
  struct Common : BlockStep {
    /// True if this step would compute for `here` the same values as `other`, the common step of another trajectory's
    /// year, for `there`. Called before either step has run.
    virtual bool repeats(const Visit& here, const Common& other, const Visit& there) const = 0;
    /// Runs instead of run(), after the other step has run: copies the results that are not in scratch memory.
    virtual void follow(Visit& here, const Visit& there) const = 0;
  };
  struct Look : Step {
    virtual void look(const Visit&) const = 0;
  };
  /// A look whose results another trajectory can take over, where what it looks at is the same there.
  struct SharedLook : Look {
    /// Runs instead of look() if trajectories follow in this block: keeps the results for them.
    virtual void lead(const Visit&) const = 0;
    /// Runs instead of look(), after `other` has led for `there`: the results must be those of look().
    virtual void follow(const Visit& here, const SharedLook& other, const Visit& there) const = 0;
  };
  struct Barrier : Step {
    virtual void apply(Moment&, const Team&) const = 0;
  };

  /// Steps that belong together, with one description.
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
  using Parts = typename std::vector<Part>::const_iterator;
};

}  // namespace tuopin
