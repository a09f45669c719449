// Checkpoints of an unfinished study: stored tasks are read back bit by bit, and damaged records are ignored.
#include "engine/study/checkpoints.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include <bit>
#include <map>
#include <thread>

#include "engine/base/errors.hpp"
#include "tests/engine/study/study_sample.hpp"

namespace tuopin::test {

using testing::HasSubstr;

namespace {

const CheckpointPlan plan{{"--seed", "1"}, {"scenarios", "baseline, plan"}, {"empty", ""}};

TaskRecord part_of(std::uint64_t draw, std::uint64_t replicate = 0) {
  TaskRecord part;
  part.draw = draw;
  part.replicate = replicate;
  for (std::uint64_t i = 0; i < 4 + draw % 3; ++i) part.values.push_back(1.0 / static_cast<double>(3 + draw + i));
  part.values[1] = std::numeric_limits<double>::quiet_NaN();
  if (draw == 0) part.left_out = {7.5, -0.0};
  part.hashes = {draw * 0x9e3779b97f4a7c15ull, ~replicate};
  part.panel = draw == 0 ? 99 : 0;
  return part;
}

std::string bits(const TaskRecord& part) {
  std::string text =
      std::to_string(part.draw) + "/" + std::to_string(part.replicate) + "/" + std::to_string(part.panel);
  for (const auto* numbers : {&part.values, &part.left_out})
    for (const double x : *numbers) text += " " + std::to_string(std::bit_cast<std::uint64_t>(x));
  for (const std::uint64_t hash : part.hashes) text += " #" + std::to_string(hash);
  return text;
}

std::vector<std::string> kept_in(const std::filesystem::path& folder) {
  std::vector<std::string> found;
  Checkpoints(folder).for_each([&](const TaskRecord& part) { found.push_back(bits(part)); });
  return found;
}

void keep(const std::filesystem::path& folder, std::uint64_t first, std::uint64_t count) {
  Checkpoints parts(folder);
  parts.begin(plan);
  for (std::uint64_t draw = first; draw < first + count; ++draw) parts.keep(part_of(draw));
}

}  // namespace

TEST(Checkpoints, ComeBackBitByBitAndFromEveryRun) {
  const Folder folder;
  const auto parts = folder / "study.h5.parts";
  EXPECT_THAT(kept_in(parts), testing::IsEmpty());
  EXPECT_TRUE(Checkpoints(parts).plans().empty());
  keep(parts, 0, 3);
  keep(parts, 2, 12);
  std::vector<std::string> expected;
  for (const std::uint64_t draw : {0u, 1u, 2u, 2u, 3u, 4u, 5u, 6u, 7u, 8u, 9u, 10u, 11u, 12u, 13u})
    expected.push_back(bits(part_of(draw)));
  EXPECT_EQ(kept_in(parts), expected);
  EXPECT_EQ(Checkpoints(parts).count(), 14u) << "a task that was kept twice is one";
  EXPECT_EQ(Checkpoints(parts).plans(), (std::vector<CheckpointPlan>{plan, plan}));
}

TEST(Checkpoints, ARunThatKeepsNothingMakesNoFolder) {
  const Folder folder;
  {
    Checkpoints parts(folder / "study.h5.parts");
    parts.begin(plan);
  }
  EXPECT_EQ(folder.entries(), 0u);
}

TEST(Checkpoints, DamageAtAnyByteCostsTasksAndNeverChangesOne) {
  const Folder folder;
  const auto parts = folder / "p";
  keep(parts, 0, 3);
  const std::string whole = bytes_of(parts / "tasks-1");
  const auto all = kept_in(parts);
  ASSERT_EQ(all.size(), 3u);
  std::map<std::size_t, int> survivors;
  for (std::size_t at = 0; at < whole.size(); ++at)
    for (const int flip : {1, 0x80, 0xff}) {
      std::string damaged = whole;
      damaged[at] = static_cast<char>(damaged[at] ^ flip);
      write_bytes(parts / "tasks-1", damaged);
      const auto found = kept_in(parts);
      EXPECT_LT(found.size(), all.size()) << "damage at byte " << at << " was not seen";
      for (const std::string& task : found) EXPECT_THAT(all, testing::Contains(task)) << "byte " << at;
      ++survivors[found.size()];
    }
  EXPECT_GT(survivors[2], 0) << "damage to the numbers of one task must not cost the others";
}

TEST(Checkpoints, CutAnywhereTheTasksBeforeTheCutStand) {
  const Folder folder;
  const auto parts = folder / "p";
  keep(parts, 0, 3);
  const std::string whole = bytes_of(parts / "tasks-1");
  const auto all = kept_in(parts);
  std::size_t before = 0;
  for (std::size_t length = 0; length <= whole.size(); ++length) {
    write_bytes(parts / "tasks-1", whole.substr(0, length));
    const auto found = kept_in(parts);
    ASSERT_LE(found.size(), all.size());
    EXPECT_TRUE(std::equal(found.begin(), found.end(), all.begin())) << length;
    EXPECT_GE(found.size(), before);
    EXPECT_TRUE(found.size() < 3 || length == whole.size());
    before = found.size();
  }
  EXPECT_EQ(before, 3u);
  write_bytes(parts / "tasks-1",
              whole.substr(0, whole.size() - 1));  // torn by a kill: the next run writes its own file
  keep(parts, 2, 1);
  EXPECT_EQ(kept_in(parts), all);
}

TEST(Checkpoints, WhatIsNotOursIsNeitherReadNorRemoved) {
  const Folder folder;
  const auto path = folder / "p";
  keep(path, 0, 2);
  write_bytes(path / "tasks-7", "notes of somebody, long enough to hold a head of a file of tasks");
  write_bytes(path / "readme.txt", "mine");
  write_bytes(path / "tasks-x", "mine, too");
  EXPECT_EQ(kept_in(path).size(), 2u);
  Checkpoints(path).remove();
  EXPECT_EQ(bytes_of(path / "readme.txt"), "mine");
  EXPECT_EQ(bytes_of(path / "tasks-x"), "mine, too");
  EXPECT_FALSE(std::filesystem::exists(path / "tasks-1"));
  EXPECT_EQ(folder.entries(), 1u);
}

TEST(Checkpoints, RemoveLeavesNothing) {
  const Folder folder;
  keep(folder / "p", 0, 2);
  write_bytes(folder / "p" / "panel.h5", "a panel");
  write_bytes(folder / "p" / "panel.h5.tmp-17-0", "half a panel");
  std::filesystem::create_directory(folder / "p.removed");  // of a run that was killed while it removed
  write_bytes(folder / "p.removed" / "tasks-3", "x");
  Checkpoints(folder / "p").remove();
  EXPECT_EQ(folder.entries(), 0u);
}

TEST(Checkpoints, ManyThreadsKeepEveryTask) {
  const Folder folder;
  constexpr std::uint64_t threads = 4, each = 200;
  {
    Checkpoints parts(folder / "p");
    parts.begin(plan);
    std::vector<std::jthread> workers;
    for (std::uint64_t t = 0; t < threads; ++t)
      workers.emplace_back([&parts, t] {
        for (std::uint64_t i = 0; i < each; ++i) parts.keep(part_of(t, i));
      });
  }
  auto found = kept_in(folder / "p");
  std::vector<std::string> expected;
  for (std::uint64_t t = 0; t < threads; ++t)
    for (std::uint64_t i = 0; i < each; ++i) expected.push_back(bits(part_of(t, i)));
  EXPECT_THAT(found, testing::UnorderedElementsAreArray(expected));
}

TEST(Checkpoints, AFullDiskIsToldAndWhatWasKeptStays) {
  const Folder folder;
  Checkpoints parts(folder / "p");
  parts.begin(plan);
  parts.keep(part_of(0));
  const auto size = std::filesystem::file_size(folder / "p" / "tasks-1");
  {
    const auto handler = ::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    ::getrlimit(RLIMIT_FSIZE, &before);
    const rlimit limit{size + 100, before.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const std::string message = message_of<OutputError>([&] { parts.keep(part_of(1)); });
    ::setrlimit(RLIMIT_FSIZE, &before);
    ::signal(SIGXFSZ, handler);
    EXPECT_THAT(message, HasSubstr("File too large"));
  }
  EXPECT_EQ(std::filesystem::file_size(folder / "p" / "tasks-1"), size) << "half a record was left";
  parts.keep(part_of(2));
  EXPECT_EQ(kept_in(folder / "p"), (std::vector<std::string>{bits(part_of(0)), bits(part_of(2))}));
}

}  // namespace tuopin::test
