// Who may write where: one run an output, nothing replaced unasked.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <optional>

#include "engine/base/errors.hpp"
#include "tests/engine/study/study_sample.hpp"

namespace tuopin::test {

using testing::AllOf;
using testing::HasSubstr;

namespace {

std::string refusal(const std::filesystem::path& path, bool force = false) {
  return message_of<OutputError>([&] { OutputClaim claim(path, force); });
}

}  // namespace

TEST(OutputClaim, LeavesNothingBehind) {
  const Folder folder;
  { const OutputClaim claim(folder / "study.h5", false); }
  EXPECT_EQ(folder.entries(), 0u);
}

TEST(OutputClaim, MakesTheFolders) {
  const Folder folder;
  const OutputClaim claim(folder / "results" / "new" / "study.h5", false);
  EXPECT_TRUE(std::filesystem::is_directory(folder / "results" / "new"));
}

TEST(OutputClaim, ASecondRunIsRefusedUntilTheFirstEnds) {
  const Folder folder;
  std::optional<OutputClaim> first;
  first.emplace(folder / "study.h5", false);
  for (const bool force : {false, true})
    EXPECT_THAT(refusal(folder / "study.h5", force),
                AllOf(HasSubstr("study.h5"), HasSubstr("another run holds it"), HasSubstr(std::to_string(::getpid()))));
  EXPECT_EQ(refusal(folder / "other.h5"), "");
  first.reset();
  EXPECT_EQ(refusal(folder / "study.h5"), "");
}

TEST(OutputClaim, AKilledRunHoldsNothing) {
  const Folder folder;
  const pid_t child = ::fork();
  if (child == 0) {
    const OutputClaim claim(folder / "study.h5", false);
    ::_exit(0);  // no destructor runs: as after kill -9
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(std::filesystem::exists(folder / "study.h5.lock"));
  EXPECT_EQ(refusal(folder / "study.h5"), "");
  EXPECT_EQ(folder.entries(), 0u);
}

TEST(OutputClaim, ReplacesOnlyWhenForced) {
  const Folder folder;
  write_bytes(folder / "study.h5", "older results");
  EXPECT_THAT(refusal(folder / "study.h5"), AllOf(HasSubstr("exists already"), HasSubstr("--force")));
  EXPECT_EQ(refusal(folder / "study.h5", true), "");
  EXPECT_EQ(bytes_of(folder / "study.h5"), "older results") << "a claim alone changes nothing";
  EXPECT_EQ(folder.entries(), 1u);
}

TEST(OutputClaim, FoldersThatHoldNothingGoWithIt) {
  const Folder folder;
  { const OutputClaim claim(folder / "results" / "new" / "study.h5", false); }
  EXPECT_EQ(folder.entries(), 0u);
  {
    const OutputClaim claim(folder / "results" / "new" / "study.h5", false);
    write_bytes(folder / "results" / "new" / "study.h5", "a study");
  }
  EXPECT_EQ(bytes_of(folder / "results" / "new" / "study.h5"), "a study");
}

TEST(OutputClaim, WhatIsNoLockIsNotWrittenInto) {
  const Folder folder;
  write_bytes(folder / "mine", "my notes");
  std::filesystem::create_symlink(folder / "mine", folder / "a.h5.lock");
  write_bytes(folder / "b.h5.lock", "my list of locks");
  write_bytes(folder / "c.h5.lock", "12345");  // of a run that was killed
  for (const char* name : {"a.h5", "b.h5"}) EXPECT_THAT(refusal(folder / name), HasSubstr("is no lock of tuopin"));
  EXPECT_EQ(refusal(folder / "c.h5"), "");
  EXPECT_EQ(bytes_of(folder / "mine"), "my notes");
  EXPECT_EQ(bytes_of(folder / "b.h5.lock"), "my list of locks");
}

TEST(OutputClaim, RefusesPlacesThatHoldNoFile) {
  const Folder folder;
  write_bytes(folder / "file", "");
  EXPECT_THAT(refusal(folder.path()), HasSubstr("is a folder"));
  EXPECT_THAT(refusal(folder / "file" / "study.h5"), HasSubstr("Not a directory"));
}

}  // namespace tuopin::test
