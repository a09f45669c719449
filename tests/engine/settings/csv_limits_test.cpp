// What a table may hold at most: each limit is refused with file, line and the limit.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/files/limits.hpp"
#include "engine/settings/csv.hpp"
#include "tests/engine/study/study_sample.hpp"

namespace tuopin::test {

using testing::HasSubstr;

namespace {

struct Read {
  std::string problems;
  std::size_t count = 0, rows = 0;
};

Read read(const std::string& text) {
  const Folder folder;
  write_bytes(folder / "t.csv", text);
  std::vector<Problem> problems;
  const CsvFile csv(folder / "t.csv", {"a", "b"}, {}, problems);
  Read result{"", problems.size(), csv.rows()};
  for (const Problem& problem : problems) result.problems += to_text(problem) + "\n";
  return result;
}

std::string repeated(const std::string& text, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

}  // namespace

TEST(CsvLimits, Rows) {
  EXPECT_EQ(read("a,b\n" + repeated("1,2\n", max_csv_rows)).count, 0u);
  const Read beyond = read("a,b\n" + repeated("1,2\n", max_csv_rows + 5));
  EXPECT_THAT(beyond.problems, HasSubstr("t.csv:200002: has more than 200000 rows"));
  EXPECT_EQ(beyond.rows, max_csv_rows);
}

TEST(CsvLimits, Columns) {
  EXPECT_THAT(read(repeated(",", 1'000'000) + "\n").problems, HasSubstr("t.csv:1: row has more than 64 cells"));
  EXPECT_THAT(read("a,b\n1,2\n" + repeated(",", 1'000'000)).problems, HasSubstr("t.csv:3: row has more than 64 cells"));
}

TEST(CsvLimits, AnUnclosedQuoteAndALongCell) {
  EXPECT_THAT(read("a,b\n\"" + repeated("x\n", 100'000)).problems, HasSubstr("t.csv:2: a cell is larger than 64 KiB"));
}

TEST(CsvLimits, AFileOfAnotherKindGivesNotEndlessProblems) {
  EXPECT_EQ(read("a,b\n" + repeated("1\n", 5'000)).count, max_csv_problems);
}

TEST(CsvLimits, Bytes) {
  EXPECT_THAT(read(std::string(max_csv_bytes + 1, 'x')).problems, HasSubstr("is larger than 64 MiB"));
}

}  // namespace tuopin::test
