// The engine: results, stepped year by year or computed at once, are equal to those of a run, bit for bit.
#include "models/run/engine.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/models/random_case.hpp"

namespace tuopin::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const ProgressSink silent = [](const ProgressNews&) {};

Engine::Options with_threads(int threads) { return {1, 1, threads}; }

std::string hash_of_run(Engine& engine, const std::vector<std::string>& scenarios, const Engine::RunOptions& options) {
  RunRecord record;
  const Study study = engine.run(scenarios, options, silent, StopFlag{}, record);
  return std::get<std::string>(study.attributes.at("hash_state"));
}

template <typename Kind, typename Call>
std::string refused(const Call& call) {
  try {
    call();
  } catch (const Kind& error) {
    return error.what();
  }
  return "nothing was refused";
}

TEST(Engine, SteppedWorldsHaveTheHashOfARun) {
  Engine engine({hamlet / "baseline.toml", hamlet / "plan.toml"}, with_threads(1));
  EXPECT_THAT(engine.scenarios(), ElementsAre("baseline", "plan"));
  std::uint64_t sum = 0;  // as the study adds up the hashes of its scenarios and years
  for (const std::string& name : engine.scenarios()) {
    const auto world = engine.start(name, std::nullopt, 0, nullptr);
    while (!world->trajectory().done()) {
      world->step();
      sum = mix64(sum) ^ world->state_hash();
    }
  }
  EXPECT_EQ(hash_of_run(engine, engine.scenarios(), {}), fmt::format("{:016x}", sum));
  Engine two({hamlet / "baseline.toml", hamlet / "plan.toml"}, with_threads(2));
  EXPECT_EQ(hash_of_run(two, two.scenarios(), {3, 2, 1, {}}), hash_of_run(engine, engine.scenarios(), {3, 2, 1, {}}));
}

TEST(Engine, CopiesAndSavedTrajectoriesGoOnToTheSameBits) {
  Engine engine({hamlet / "plan.toml"}, with_threads(1)), other({hamlet / "plan.toml"}, with_threads(2));
  const auto world = engine.start("plan", 3, 1, nullptr);
  for (int year = 0; year < 3; ++year) world->step();
  const auto copy = world->copy();
  const auto loaded = other.load(world->save());
  EXPECT_EQ(loaded->draw(), std::optional<std::uint32_t>(3));
  for (const auto& one : {world, copy, loaded})
    while (!one->trajectory().done()) one->step();
  EXPECT_EQ(copy->state_hash(), world->state_hash());
  EXPECT_EQ(loaded->state_hash(), world->state_hash());
  Engine without({hamlet / "baseline.toml"}, with_threads(1));
  EXPECT_THAT(refused<DataError>([&] { without.load(world->save()); }), HasSubstr("is of the scenario plan"));
}

TEST(Engine, WhatDiffersIsCountedAgainstATrajectoryThatHasLivedTheYear) {
  Engine engine({hamlet / "baseline.toml", hamlet / "plan.toml"}, with_threads(1));
  const auto first = engine.start("baseline", 1, 0, nullptr), plan = engine.start("plan", 1, 0, first);
  EXPECT_THAT(refused<UsageError>([&] { plan->step(); }), HasSubstr("has not simulated 2015"));
  while (!first->trajectory().done()) first->step();
  while (!plan->trajectory().done()) plan->step();
  const auto names = [](const Study& study) {
    std::vector<std::string> all;
    for (const Variable& variable : study.variables) all.push_back(variable.name);
    return all;
  };
  EXPECT_THAT(names(plan->figures({})), ::testing::Contains("out_of_poverty"));
  EXPECT_THAT(names(first->figures({})), ::testing::Not(::testing::Contains("out_of_poverty")));
  EXPECT_THAT(refused<UsageError>([&] { first->figures({"into_poverty"}); }), HasSubstr("differs from another"));
  EXPECT_THAT(refused<UsageError>([&] { engine.start("plan", 2, 0, first); }), HasSubstr("equal luck"));
}

TEST(Engine, ColumnsOfEveryLevelAreThere) {
  Engine engine({hamlet / "plan.toml"}, with_threads(1));
  const auto world = engine.start("plan", std::nullopt, 0, nullptr);
  world->step();
  for (const std::string& level : world->levels())
    for (const ColumnSpec& spec : world->columns(level)) {
      const Table::Data data = world->column(level, std::string(spec.name));
      EXPECT_FALSE(spec.meaning.empty()) << level << "." << spec.name;
      EXPECT_GT(std::visit([](const auto& values) { return values.size(); }, data), 0u) << level << "." << spec.name;
    }
  EXPECT_THAT(refused<UsageError>([&] { world->column("household", "true_incom"); }), HasSubstr("true_income"));
  EXPECT_THAT(refused<UsageError>([&] { world->columns("housold"); }), HasSubstr("household"));
}

TEST(Engine, VariantsStandBesideTheScenariosOfFiles) {
  Engine engine({hamlet / "baseline.toml", hamlet / "plan.toml"}, with_threads(1));
  const auto before = engine.start("plan", std::nullopt, 0, nullptr);
  engine.add_variant("plan", {"no-2018", {{"posts.capacity.by_year.2018", "0"}}, {}});
  const auto variant = engine.start("no-2018", std::nullopt, 0, nullptr);
  for (int year = 2015; year <= 2018; ++year) {
    before->step();
    variant->step();
    EXPECT_EQ(variant->state_hash() == before->state_hash(), year < 2018) << year;
  }
  const auto fork = engine.start("plan", std::nullopt, 0, nullptr);
  for (int year = 2015; year < 2018; ++year) fork->step();
  const auto other_way = engine.copy_as("no-2018", *fork);
  other_way->step();
  EXPECT_EQ(other_way->state_hash(), variant->state_hash());
  fork->step();
  EXPECT_THAT(refused<UsageError>([&] { engine.copy_as("no-2018", *fork); }), HasSubstr("2018"));
  EXPECT_THAT(refused<UsageError>([&] { engine.add_variant("plan", {"plan", {}, {}}); }), HasSubstr("already"));
  EXPECT_THAT(refused<ScenarioError>([&] {
                engine.add_variant("plan", {"x", {{"posts.yaers", "3"}}, {}});
              }),
              HasSubstr("unknown key"));
  EXPECT_THAT(engine.scenarios(), ElementsAre("baseline", "plan", "no-2018"));
}

}  // namespace
}  // namespace tuopin::testing
