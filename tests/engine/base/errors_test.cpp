// How problems are shown to people, and that an error carries all of them.
#include "engine/base/errors.hpp"

#include <gtest/gtest.h>

namespace tuopin {
namespace {

Problem problem_at(const char* file, int line, const char* key) {
  Problem problem;
  problem.origin.file = file;
  problem.origin.line = line;
  problem.key = key;
  problem.message = Message::verbatim("bad");
  return problem;
}

TEST(Errors, TextNamesPlaceKeyMessageAndHint) {
  Problem problem;
  problem.origin.file = "rangers.toml";
  problem.origin.line = 15;
  problem.origin.column = 3;
  problem.key = "effect.post.wage";
  problem.message = message("unit is {}, expected {}", "\"yuan/day\"", "\"yuan/year\"");
  problem.hint = message("did you mean {}?", "wage_day");
  EXPECT_EQ(
      to_text(problem),
      "rangers.toml:15:3: effect.post.wage: unit is \"yuan/day\", expected \"yuan/year\" (did you mean wage_day?)");
}

TEST(Errors, TextLeavesOutWhatIsNotKnown) {
  EXPECT_EQ(to_text(problem_at("a.toml", 4, "")), "a.toml:4: bad");
  EXPECT_EQ(to_text(problem_at("a.toml", 0, "key")), "a.toml: key: bad");
  EXPECT_EQ(to_text(problem_at("", 0, "")), "bad");
  EXPECT_EQ(to_text(problem_at("", 7, "")), "line 7: bad");
}

TEST(Errors, AnErrorKeepsItsCodeAndAllProblemsInOrder) {
  const ScenarioError error({problem_at("a.toml", 1, "x"), problem_at("b.toml", 2, "y")});
  EXPECT_EQ(error.code(), ExitCode::scenario);
  EXPECT_EQ(error.problems().size(), 2u);
  EXPECT_STREQ(error.what(), "a.toml:1: x: bad\nb.toml:2: y: bad");
}

TEST(Errors, APlainMessageIsOneProblem) {
  const OutputError error(message("disk is full"));
  EXPECT_EQ(error.code(), ExitCode::output);
  ASSERT_EQ(error.problems().size(), 1u);
  EXPECT_STREQ(error.what(), "disk is full");
}

}  // namespace
}  // namespace tuopin
