// The declared reads and writes of each part of the year are complete: each part is run on random worlds, and the
// household state is compared before and after. Changing a column that a part does not declare must not change what the
// part writes.
#include <set>

#include "models/programme/treasury.hpp"
#include "tests/models/random_case.hpp"

namespace tuopin::testing {
namespace {

constexpr std::uint64_t worlds_tried = 100;
using Columns = std::set<std::string>;

/// Sums of the year are filled by several parts, then read.
const Columns sums_of_the_year = {"household.payments", "household.programme_earnings", "household.days_taken"};

Columns names_of(const char* level, const std::vector<ColumnSpec>& specs) {
  Columns names;
  for (const ColumnSpec& spec : specs) names.insert(std::string(level) + "." + std::string(spec.name));
  return names;
}
const Columns& state() {
  static const Columns names = names_of("household", codebook::household_state());
  return names;
}

Columns of_state(const std::vector<std::string>& columns) {
  Columns kept;
  for (const std::string& column : columns)
    if (state().contains(column)) kept.insert(column);
  return kept;
}

Columns differing(const Table& a, const Table& b) {
  Columns names;
  for (const ColumnSpec& spec : a.specs())
    if (a.data(spec.name) != b.data(spec.name)) names.insert("household." + std::string(spec.name));
  return names;
}

Columns beyond(Columns names, const Columns& allowed) {
  for (const std::string& name : allowed) names.erase(name);
  return names;
}

/// All that a part of the year can change.
struct At {
  Worlds worlds;
  int year;
  Treasury treasury;
  YearTallies tallies;
  Workspace work;
  std::vector<std::uint8_t> poor;

  World& world() { return worlds.by_shard.front(); }
  const World& world() const { return worlds.by_shard.front(); }
  Moment moment(const PovertyHistory& history) { return {worlds, year, treasury, tallies, {&history, 1}, work}; }
};
const Table& households(const At& at) { return at.world().state.table(household_level); }

/// Runs the part as a whole, or, where no barrier of it acts, in one visit to one block.
void run_part(const Year& year, const Year::Part& part, std::ptrdiff_t block, At& at) {
  PovertyHistory history;
  history.poor = at.poor;
  Moment now = at.moment(history);
  if (block < 0) {
    year.run(now, Threads(), part);
  } else {
    Moment::Visit visit = now.visit(static_cast<std::size_t>(block), 0);
    Year::visit(now, part, visit);
  }
}
bool settles(const Year::Part& part, At& at) {
  const PovertyHistory history;
  return Year::settles(at.moment(history), part);
}

bool left_the_same(const At& a, const At& b, const std::string& apart_from) {
  const auto enrolments = [](const At& m) {
    std::vector<std::uint32_t> all;
    for (const ProgrammeState& programme : m.world().programmes)
      for (const Enrolment& e : everyone_enrolled(programme)) {
        const std::uint32_t kept[] = {e.household, e.person, e.entered, e.detail, e.own_land};
        all.insert(all.end(), std::begin(kept), std::end(kept));
      }
    return all;
  };
  // Scratch that later parts of the visit may use: all of it, since nobody else knows which value is whose.
  const auto of_year = [](const At& m) { return std::pair(m.work.scratch[0].named(), m.work.sums); };
  return beyond(differing(households(a), households(b)), {apart_from}).empty() && of_year(a) == of_year(b) &&
         enrolments(a) == enrolments(b);
}

/// Columns changed by kind of step, over all worlds: finds declared writes that never happen.
struct Seen {
  std::map<std::string, Columns> declared, changed;
};

void take(const Year& year, const Year::Part& part, std::ptrdiff_t block, const std::string& kind, At& now,
          Seen& seen) {
  const Description& d = part.said;
  SCOPED_TRACE(d.name + " " + d.meaning.english());
  const At before = now;
  run_part(year, part, block, now);
  const Columns reads = of_state(d.reads), writes = of_state(d.writes);
  const Columns changed = differing(households(before), households(now));
  EXPECT_EQ(beyond(changed, writes), Columns{}) << "changed, but not declared as written";
  seen.declared[kind].insert(writes.begin(), writes.end());
  seen.changed[kind].insert(changed.begin(), changed.end());
  for (const std::string& column : beyond(state(), reads)) {
    At other = before;
    std::visit([](auto& values) { std::reverse(values.begin(), values.end()); },
               other.world().state.table(household_level).data(column.substr(std::string("household.").size())));
    run_part(year, part, block, other);
    EXPECT_TRUE(left_the_same(now, other, column)) << column << " decides, but is not declared as read";
  }
}

/// The world of a run at the beginning of its next year, before anything has happened in it.
At next_year(const SimulatedRun& run, const Case& c) {
  const int year = first_year + static_cast<int>(run.years().size());
  At at{run.worlds(), year, run.treasury(), {}, run.model().workspace(c.sharded, 1), {}};
  at.world().begin_year(year, run.model().lines(year), run.model().lines(year - 1));
  at.poor.resize(at.world().shard.rows);
  return at;
}

/// "move", "asset_grant house"; nothing where there are two effects, whose columns could not be told apart.
std::string verb_of(const Settings& programme) {
  const std::vector<std::string> effects = programme.tables("effect");
  if (effects.size() != 1) return "two effects";
  const std::string path = "effect." + effects.front();
  const std::string& verb = programme.text(path + ".verb");
  return verb == "asset_grant" ? verb + " " + programme.text(path + ".asset") : verb;
}

/// What the part is a case of: a verb, or the part itself.
std::string kind_of(const Year::Part& part, const Case& c) {
  for (const Settings& programme : c.scenario.programmes)
    for (const char* of : {"", ".holders"})
      if (part.said.name == "programme." + programme.stem() + of) return verb_of(programme) + of;
  return part.said.name;
}

TEST(DataFlow, APartReadsAndWritesWhatItDeclares) {
  Seen seen;
  for (std::uint64_t number = 0; number < worlds_tried && !HasFailure(); ++number) {
    SCOPED_TRACE(number);
    const Case c(number);
    SimulatedRun run(c.scenario, c.sharded, c.calibration, c.seed);
    const Year& year = run.model().year();
    while (first_year + static_cast<int>(run.years().size()) <= c.last_year) {
      At now = next_year(run, c);
      // Parts without a barrier share a visit: what they leave for each other stands in the scratch of its block.
      for (auto part = year.parts().begin(); part != year.parts().end();) {
        if (settles(*part, now)) {
          take(year, *part, -1, kind_of(*part, c), now, seen);
          ++part;
          continue;
        }
        const auto first = part;
        while (part != year.parts().end() && !settles(*part, now)) ++part;
        for (std::ptrdiff_t block = 0; block < std::ssize(c.shard.blocks); ++block)
          for (auto of = first; of != part; ++of) take(year, *of, block, kind_of(*of, c), now, seen);
      }
      EXPECT_EQ(differing(households(now), (run.simulate_year(), run.world().state.table(household_level))), Columns{})
          << "the year in parts differs";
    }
  }
  for (auto& [kind, declared] : seen.declared) {
    if (kind.ends_with(".holders")) continue;  // leave what entry has done to undo: the union is tried below
    if (kind == "two effects") continue;       // each verb is tried alone
    EXPECT_EQ(declared, seen.changed[kind]) << kind << ": declared as written, but never changed";
  }
}

TEST(DataFlow, AYearChangesWhatItsStepsDeclare) {
  Columns all_declared, all_changed;
  for (std::uint64_t number = 0; number < worlds_tried && !HasFailure(); ++number) {
    SCOPED_TRACE(number);
    const Case c(number);
    SimulatedRun run(c.scenario, c.sharded, c.calibration, c.seed);
    Columns declared;
    for (const Year::Part& part : run.model().year().parts()) declared.merge(of_state(part.said.writes));
    while (first_year + static_cast<int>(run.years().size()) <= c.last_year) {
      const Table before = run.world().state.table(household_level);
      run.simulate_year();
      const Columns changed = differing(before, run.world().state.table(household_level));
      EXPECT_EQ(beyond(changed, declared), Columns{}) << "changed, but no step declares it";
      all_changed.insert(changed.begin(), changed.end());
    }
    all_declared.merge(declared);
  }
  EXPECT_EQ(all_declared, all_changed);
  EXPECT_EQ(all_declared, state()) << "a column of the state that no step writes";
}

TEST(DataFlow, NoColumnIsReadBeforeItIsWritten) {
  const StateSchema schema = base_schema();
  Columns founding = names_of("household", codebook::households()), lasting;
  founding.merge(names_of("person", codebook::persons()));
  founding.merge(names_of("village", codebook::villages()));
  for (std::size_t level = 0; level < schema.levels(); ++level)
    for (const StateColumn& column : schema.columns(level))
      if (column.lifetime == Lifetime::lasting)  // carried from the year before
        lasting.insert(schema.level_name(level) + "." + std::string(column.spec.name));
  for (std::uint64_t number = 0; number < worlds_tried; ++number) {
    SCOPED_TRACE(number);
    const Case c(number);
    const SimulatedRun run(c.scenario, c.sharded, c.calibration, c.seed);
    Columns written = founding, closed;
    written.insert(lasting.begin(), lasting.end());
    for (const Year::Part& part : run.model().year().parts()) {
      const Description& d = part.said;
      SCOPED_TRACE(d.name);
      for (const std::string& column : d.writes) {
        EXPECT_TRUE(schema.has(column) || column.starts_with("year.")) << column << " is in no codebook";
        EXPECT_FALSE(closed.contains(column)) << column << " grows after it was read";
      }
      // A sum of the year is whole once it is read, even where nothing was added to it.
      for (const std::string& column : d.reads) {
        EXPECT_TRUE(written.contains(column) || sums_of_the_year.contains(column)) << column;
        if (sums_of_the_year.contains(column)) closed.insert(column);
      }
      written.insert(d.writes.begin(), d.writes.end());
    }
  }
}

}  // namespace
}  // namespace tuopin::testing
