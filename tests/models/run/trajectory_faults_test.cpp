// Errors of trajectories, always with a message and never a crash: a step too many, and saved trajectories that are
// damaged or do not belong here.
#include <gmock/gmock.h>

#include "models/run/trajectory_frame.hpp"
#include "tests/models/run/saved_worlds.hpp"

namespace tuopin::testing {
namespace {

/// The message of the error that `act` throws; empty where it throws none.
template <typename Expected, typename Act>
std::string words_of(const Act& act) {
  try {
    act();
  } catch (const Expected& error) {
    return error.what();
  }
  return "";
}

struct Half {
  Half() : staged(busy_number()), context(staged.context()) {
    Trajectory trajectory = staged.begin(*context);
    const Threads team;
    Workers workers(context->sharded(0), team);
    trajectory.step(workers);
    trajectory.step(workers);
    bytes = saved(trajectory);
  }
  Staged staged;
  std::unique_ptr<Context> context;
  std::string bytes;
};

std::string refusal(const Context& context, const Course& course, const std::string& bytes) {
  return words_of<DataError>([&] { loaded(context, course, bytes); });
}

TEST(TrajectoryFaults, AStepPastTheLastYear) {
  const Staged staged(busy_number());
  const auto context = staged.context();
  Trajectory trajectory = staged.begin(*context);
  const Facts facts = lived_out(trajectory);
  const Threads team;
  Workers workers(context->sharded(0), team);
  const std::string words = words_of<UsageError>([&] { trajectory.step(workers); });
  EXPECT_EQ(words, "random has simulated its last year, " + std::to_string(staged.scenario.region->last_year));
  EXPECT_EQ(trajectory.state_hash(), facts.hashes.back()) << "and nothing has happened";
}

TEST(TrajectoryFaults, AnotherBuild) {
  const Half half;
  for (const char* was : {TUOPIN_VERSION}) {
    ByteBuffer buffer(half.bytes);
    std::string contents = read_framed(buffer);
    const std::size_t at = contents.find(was);
    ASSERT_NE(at, std::string::npos);
    contents[at] = '9';
    ByteBuffer other;
    write_framed(contents, other);
    EXPECT_THAT(refusal(*half.context, half.staged.course, other.bytes),
                ::testing::AllOf(::testing::HasSubstr("is of another build of tuopin: version 9"),
                                 ::testing::HasSubstr("simulate the years again")));
  }
  ByteBuffer buffer(half.bytes);
  std::string contents = read_framed(buffer);
  const std::size_t code = 2 * sizeof(std::uint64_t) + std::string(TUOPIN_VERSION).size();
  contents[code] = contents[code] == 'x' ? 'y' : 'x';
  ByteBuffer other;
  write_framed(contents, other);
  EXPECT_THAT(refusal(*half.context, half.staged.course, other.bytes), ::testing::HasSubstr("another build of tuopin"));
}

TEST(TrajectoryFaults, AnotherScenario) {
  const Half half;
  Scenario other = half.staged.scenario;
  ASSERT_FALSE(other.programmes.empty());
  other.programmes.pop_back();
  const Course changed = Digester().course(other);
  EXPECT_THAT(refusal(*half.context, changed, half.bytes),
              ::testing::HasSubstr("is of the scenario random as it was: from 201"));
  other.name = "fewer";
  EXPECT_THAT(refusal(*half.context, Digester().course(other), half.bytes),
              ::testing::HasSubstr("is of the scenario random, which differs from fewer from 201"));
}

TEST(TrajectoryFaults, AnotherRegion) {
  const Half half;
  Staged other = half.staged;
  Region region = *other.scenario.region;
  region.contents += "one more line of a table";
  other.scenario.region = std::make_shared<const Region>(region);
  other.course = Digester().course(other.scenario);
  EXPECT_THAT(refusal(*other.context(), other.course, half.bytes),
              ::testing::HasSubstr("its files have changed since"));
  region.whole.id = "elsewhere";
  other.scenario.region = std::make_shared<const Region>(region);
  other.course = Digester().course(other.scenario);
  EXPECT_THAT(refusal(*other.context(), other.course, half.bytes), ::testing::HasSubstr("and this is elsewhere"));
}

TEST(TrajectoryFaults, AnotherPopulation) {
  const Half half;
  Population other = half.staged.population;
  other.persons.column<std::uint8_t>("age")[3] ^= 1;
  EXPECT_THAT(refusal(*half.staged.context(1, other), half.staged.course, half.bytes),
              ::testing::HasSubstr("is of another population"));
  other = half.staged.population;
  other.households.column<float>("share_wage")[0] += 0.001f;
  EXPECT_THAT(refusal(*half.staged.context(1, other), half.staged.course, half.bytes),
              ::testing::HasSubstr("is of another population"));
}

TEST(TrajectoryFaults, WhatWasNotPrepared) {
  const Half half;
  Scenario other = half.staged.scenario;
  other.settings = settings_of(
      "title = \"x\"\nregion = \"region/region.toml\"\n[growth]\nnominal = { value = 0.07, unit "
      "= \"share/year\", source = \"assumption: x\" }\n[income]\npermanent_share = "
      "0.5\npersistent_share = 0.2\nautocorrelation = 0.5\nmeasurement_share = "
      "0.0\n[shocks]\noff = true\nreason = \"x\"\n[labour]\ndays_per_worker = "
      "250\ndisplacement = 0.5\n[safety_net]\n[guarantees]\n[measurement]\nmean_reversion = "
      "0.1\n[register]\n",
      shipped_file_kinds().scenario, "other");
  other.programmes.clear();
  const std::string words = words_of<UsageError>([&] {
    Trajectory(*half.context, Digester().course(other), half.context->draw(DrawAddress{1, 0, true}), 0);
  });
  EXPECT_THAT(words, ::testing::HasSubstr("was not prepared"));
}

/// What is prepared later is numbered behind what was there: ledgers go on.
TEST(TrajectoryFaults, PreparingMoreChangesNothing) {
  const Half half;
  Trajectory before = loaded(*half.context, half.staged.course, half.bytes);
  Scenario more = Staged(solvable_numbers(3).back()).scenario;
  more.region = half.staged.scenario.region;
  more.settings = half.staged.scenario.settings;
  half.context->prepare({Digester().course(more)}, 1, Threads(), {}, StopFlag{});
  Trajectory after = loaded(*half.context, half.staged.course, half.bytes);
  const Facts one = lived_out(before), two = lived_out(after);
  EXPECT_EQ(one.hashes, two.hashes);
  EXPECT_TRUE(one.ledger == two.ledger);
}

TEST(TrajectoryFaults, PopulationsOfTwoSizes) {
  const Half half;
  const Trajectory here = loaded(*half.context, half.staged.course, half.bytes);
  const Staged other(solvable_numbers(3).back());
  const auto elsewhere = other.context();
  EXPECT_THROW(here.poor()->on(elsewhere->sharded(0)), DataError);
}

TEST(TrajectoryFaults, BecomingWhatItIsNot) {
  const Half half;
  Trajectory trajectory = loaded(*half.context, half.staged.course, half.bytes);
  Scenario other = half.staged.scenario;
  other.name = "bare";
  other.programmes.clear();
  const Course bare = Digester().course(other);
  ASSERT_LE(first_difference(bare.digests, half.staged.course.digests), trajectory.year());
  EXPECT_THAT(words_of<UsageError>([&] { trajectory.become(bare); }),
              ::testing::HasSubstr("bare is not the world of random"));
  Trajectory again = loaded(*half.context, half.staged.course, half.bytes);
  expect_same(lived_out(trajectory), lived_out(again));  // the refusal changed nothing
}

TEST(TrajectoryFaults, ThousandDamagesAreRefusedWithWords) {
  const Half half;
  Dice dice(20);
  for (int number = 0; number < 1000; ++number) {
    SCOPED_TRACE(number);
    std::string bytes = half.bytes;
    if (number % 3 == 0) {
      bytes.resize(static_cast<std::size_t>(dice.whole(0, static_cast<int>(bytes.size()) - 1)));
    } else {
      const auto at = static_cast<std::size_t>(number % 3 == 1 ? dice.whole(0, 200)
                                                               : dice.whole(0, static_cast<int>(bytes.size()) - 1));
      bytes[at] = static_cast<char>(bytes[at] ^ (1 << dice.whole(0, 7)));
    }
    const std::string words = refusal(*half.context, half.staged.course, bytes);
    ASSERT_THAT(words, ::testing::HasSubstr("saved trajectory: "));
  }
}

/// Forged contents, changed and with a new checksum: what does not fit is refused without a crash.
TEST(TrajectoryFaults, ForgedContentsNeverCrash) {
  const Half half;
  ByteBuffer buffer(half.bytes);
  const std::string contents = read_framed(buffer);
  Dice dice(21);
  int refused = 0;
  for (int number = 0; number < 1000; ++number) {
    SCOPED_TRACE(number);
    std::string changed = contents;
    const int last = static_cast<int>(changed.size()) - 1;
    if (number % 4 == 0) changed.resize(static_cast<std::size_t>(dice.whole(0, last)));
    for (int flips = dice.whole(1, 3); flips > 0 && !changed.empty(); --flips) {
      const auto at = static_cast<std::size_t>(dice.whole(0, static_cast<int>(changed.size()) - 1));
      changed[at] = static_cast<char>(changed[at] ^ (1 << dice.whole(0, 7)));
    }
    ByteBuffer forged;
    write_framed(changed, forged);
    try {
      loaded(*half.context, half.staged.course, forged.bytes);
    } catch (const Error& error) {
      EXPECT_STRNE(error.what(), "");
      ++refused;
    }
  }
  EXPECT_GT(refused, 250);
}

TEST(TrajectoryFaults, AnythingElseIsNoTrajectory) {
  const Half half;
  EXPECT_THAT(refusal(*half.context, half.staged.course, ""), ::testing::HasSubstr("is empty"));
  EXPECT_THAT(refusal(*half.context, half.staged.course, "title = \"a scenario\"\nregion = \"x\"\n"),
              ::testing::HasSubstr("does not begin as one"));
  EXPECT_THAT(refusal(*half.context, half.staged.course, half.bytes.substr(0, 20)),
              ::testing::HasSubstr("in the middle of its head"));
}

}  // namespace
}  // namespace tuopin::testing
