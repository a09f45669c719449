// The kinds of step that a year is made of. There are three:
//
//   block     works on the rows of one block, and on nothing that belongs to another
//   barrier   happens once, when all blocks have come as far: it adds up what they left, and settles it
//   look      reads a block and writes nothing but figures
//
// A block step may be common: what it does hangs on luck, founding columns and numbers that several moments have alike,
// and where they live together it is done once for all of them (way.hpp).
//
// Steps that belong together (a programme's entrants are searched, ranked, granted and entered) are one part with one
// description. Steps are const: what one leaves for another stands in the moment.
//
// A moment is what the year acts on. It says how many blocks there are and opens the visit of each:
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
    /// False where there is nothing to do. Asked when the barriers before the step have settled, but perhaps before the
    /// blocks have come as far: it may not depend on what they leave.
    virtual bool acts(const Moment&) const { return true; }
  };
  struct BlockStep : Step {
    virtual void live(Visit&) const = 0;
  };
  struct Common : BlockStep {
    /// True where this step would do here what `other`, the common step of another year, is going to do there. Asked
    /// before either has lived.
    virtual bool repeats(const Visit& here, const Common& other, const Visit& there) const = 0;
    /// Instead of living, once the other has: takes over what does not stand in scratch.
    virtual void follow(Visit& here, const Visit& there) const = 0;
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
  using Parts = typename std::vector<Part>::const_iterator;
};

}  // namespace tuopin
