// What the descriptions say of reading and writing is what happens: each step of the year is run on random worlds, and
// the household state is compared before and after. A column that a step does not name may be turned upside down
// without any other column taking notice.
#include <functional>
#include <set>

#include "models/processes/guarantees.hpp"
#include "models/processes/safety_net.hpp"
#include "models/processes/true_income.hpp"
#include "tests/models/random_case.hpp"

namespace tuopin::testing {
namespace {

constexpr std::uint64_t worlds_tried = 100;
using Columns = std::set<std::string>;

/// What ProgrammeService empties before its first programme. Sums are filled by several steps, then read.
const Columns sums_of_the_year = {"household.payments", "household.programme_earnings", "household.days_taken"};
const Columns cleared = {"household.payments", "household.programme_earnings", "household.days_taken",
                         "household.free_days"};

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

/// All that a step can change: the worlds, and the scratch of the block that is being lived.
struct Moment {
  Worlds worlds;
  Scratch scratch;
  World& world() { return worlds.parts.front(); }
  const World& world() const { return worlds.parts.front(); }
};
using Step = std::function<void(Moment&)>;

bool left_the_same(const Moment& a, const Moment& b, const std::string& apart_from) {
  const auto enrolments = [](const Moment& m) {
    std::vector<std::uint32_t> all;
    for (const ProgrammeState& programme : m.world().programmes)
      for (const Enrolment& e : everyone_enrolled(programme)) {
        const std::uint32_t kept[] = {e.household, e.person, e.entered, e.detail};
        all.insert(all.end(), std::begin(kept), std::end(kept));
      }
    return all;
  };
  const auto of_year = [](const Moment& m) {
    return std::tie(m.scratch.market_income, m.scratch.log_true, m.scratch.log_measured, m.scratch.guaranteed,
                    m.scratch.was_registered, m.scratch.safety_net_fen);
  };
  return beyond(differing(a.world().state, b.world().state), {apart_from}).empty() && of_year(a) == of_year(b) &&
         enrolments(a) == enrolments(b);
}

/// Columns by kind of step, over all worlds: a declaration that never comes true is padded.
struct Seen {
  std::map<std::string, Columns> declared, changed;
};

void take(const Step& step, const Description& d, const std::string& kind, Moment& now, Seen& seen) {
  SCOPED_TRACE(d.name + " " + d.meaning);
  const Moment before = now;
  step(now);
  const Columns reads = of_state(d.reads), writes = of_state(d.writes);
  const Columns changed = differing(before.world().state, now.world().state);
  EXPECT_EQ(beyond(changed, writes), Columns{}) << "changed, but not declared as written";
  seen.declared[kind].insert(writes.begin(), writes.end());
  seen.changed[kind].insert(changed.begin(), changed.end());
  for (const std::string& column : beyond(state(), reads)) {
    Moment other = before;
    std::visit([](auto& values) { std::reverse(values.begin(), values.end()); },
               other.world().state.data(column.substr(std::string("household.").size())));
    step(other);
    EXPECT_TRUE(left_the_same(now, other, column)) << column << " decides, but is not declared as read";
  }
}

/// The world of a run at the beginning of its next year, before anything has happened in it.
Moment next_year(const Lived& run, const Case& c) {
  Moment moment{run.worlds(), Scratch(c.land.largest_block())};
  moment.world().begin_year(first_year + static_cast<int>(run.years().size()));
  return moment;
}

/// Serves programmes with the money of a first year: how much there is does not matter here.
void serve(Moment& moment, const Case& c, const Lived& run, const std::vector<Programme>& programmes) {
  const Settings* settings[] = {&c.scenario.settings};
  const std::vector<Settings>* files[] = {&c.scenario.programmes};
  Treasury treasury(run.model().settings(), programmes, account_names(settings, files), 1, c.land.counties());
  treasury.begin_year(moment.world().year);
  YearTallies tallies;
  ProgrammeService(programmes, run.model().settings().number("labour.days_per_worker"))
      .serve(moment.worlds, treasury, tallies, 1);
}

/// "move", "asset_grant house"; nothing where there are two effects, whose columns could not be told apart.
std::string verb_of(const Settings& programme) {
  const std::vector<std::string> effects = programme.tables("effect");
  if (effects.size() != 1) return "two effects";
  const std::string path = "effect." + effects.front();
  const std::string& verb = programme.text(path + ".verb");
  return verb == "asset_grant" ? verb + " " + programme.text(path + ".asset") : verb;
}

TEST(DataFlow, AProgrammeServedAloneReadsAndWritesWhatItDeclares) {
  Seen seen;
  for (std::uint64_t number = 0; number < worlds_tried && !HasFailure(); ++number) {
    SCOPED_TRACE(number);
    const Case c(number);
    for (const Settings& programme : c.scenario.programmes) {
      Scenario alone = c.scenario;
      alone.programmes = {programme};
      Lived run(alone, c.land, c.calibration, c.seed);
      for (run.live(); first_year + static_cast<int>(run.years().size()) <= c.last_year; run.live()) {
        Moment now = next_year(run, c);
        serve(now, c, run, {});  // only clears, so that what follows is the programme's own
        take([&](Moment& m) { serve(m, c, run, run.model().programmes()); }, describe(run.model().programmes().front()),
             verb_of(programme), now, seen);
      }
    }
  }
  EXPECT_EQ(seen.declared.size(), 7u) << "of the six kinds of effect, one was never tried";
  EXPECT_EQ(seen.declared, seen.changed) << "declared as written, but never changed";
}

TEST(DataFlow, AProcessReadsAndWritesWhatItDeclares) {
  Seen seen;
  for (std::uint64_t number = 0; number < worlds_tried && !HasFailure(); ++number) {
    SCOPED_TRACE(number);
    const Case c(number);
    Lived run(c.scenario, c.land, c.calibration, c.seed);
    const Settings& settings = run.model().settings();
    std::vector<std::unique_ptr<Process>> year;
    year.push_back(std::make_unique<MarketIncome>(settings, *c.scenario.region, c.calibration));
    year.push_back(std::make_unique<SafetyNet>(settings));
    year.push_back(std::make_unique<TrueIncome>());
    year.push_back(std::make_unique<Measurement>(settings, IncomeParts(settings, c.calibration)));
    year.push_back(std::make_unique<Guarantees>(settings));
    year.push_back(std::make_unique<Review>(settings));
    std::vector<Description> catalogue = run.model().descriptions();
    catalogue.erase(catalogue.begin(), catalogue.begin() + std::ssize(c.scenario.programmes));
    ASSERT_EQ(catalogue.size(), year.size()) << "the catalogue has another year than this test";
    for (std::size_t i = 0; i < year.size(); ++i) ASSERT_EQ(catalogue[i].name, year[i]->name());

    for (run.live(); first_year + static_cast<int>(run.years().size()) <= c.last_year; run.live()) {
      Moment now = next_year(run, c);
      serve(now, c, run, run.model().programmes());
      year.front()->begin_year(now.world());
      for (const Block& block : c.ground.blocks)
        for (const auto& process : year)
          take([&](Moment& m) { process->live(m.world(), block, m.scratch); }, process->describe(), process->name(),
               now, seen);
    }
  }
  EXPECT_EQ(seen.declared, seen.changed) << "declared as written, but never changed";
}

TEST(DataFlow, AYearChangesWhatItsStepsDeclare) {
  Columns all_declared = cleared, all_changed;
  for (std::uint64_t number = 0; number < worlds_tried && !HasFailure(); ++number) {
    SCOPED_TRACE(number);
    const Case c(number);
    Lived run(c.scenario, c.land, c.calibration, c.seed);
    Columns declared = cleared;
    for (const Description& d : run.model().descriptions()) declared.merge(of_state(d.writes));
    while (first_year + static_cast<int>(run.years().size()) <= c.last_year) {
      const Table before = run.world().state;
      run.live();
      const Columns changed = differing(before, run.world().state);
      EXPECT_EQ(beyond(changed, declared), Columns{}) << "changed, but no step declares it";
      all_changed.insert(changed.begin(), changed.end());
    }
    all_declared.merge(declared);
  }
  EXPECT_EQ(all_declared, all_changed);
  EXPECT_EQ(all_declared, state()) << "a column of the state that no step writes";
}

TEST(DataFlow, NoColumnIsReadBeforeItIsWritten) {
  Columns stored = state();  // carried from the year before, or made with the population
  stored.merge(names_of("household", codebook::households()));
  stored.merge(names_of("person", codebook::persons()));
  stored.merge(names_of("village", codebook::villages()));
  for (std::uint64_t number = 0; number < worlds_tried; ++number) {
    SCOPED_TRACE(number);
    const Case c(number);
    const Lived run(c.scenario, c.land, c.calibration, c.seed);
    Columns written = beyond(stored, sums_of_the_year), closed;
    for (const Description& d : run.model().descriptions()) {
      SCOPED_TRACE(d.name);
      for (const std::string& column : d.writes) {
        EXPECT_TRUE(stored.contains(column) || column.starts_with("year.")) << column << " is in no codebook";
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
