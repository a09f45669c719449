// Errors of rules: place, words, nearest name; and limits that hold for any text.
#include <gmock/gmock.h>

#include "tests/engine/rules/rule_fixture.hpp"

namespace tuopin::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

std::string repeated(std::string_view piece, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += piece;
  return text;
}

TEST(RuleErrors, PointAtThePlace) {
  EXPECT_THAT(problems_of("age >= 18 and in_shool"),
              StartsWith("p.toml:7:27: there is no name in_shool\n    age >= 18 and in_shool\n"
                         "                  ^~~~~~~~ (did you mean in_school?)"));
}

TEST(RuleErrors, CountLinesAndColumnsAsReadersDo) {
  EXPECT_THAT(problems_of("age > 18\n  and agge < 3"),
              StartsWith("p.toml:8:7: there is no name agge\n      and agge < 3\n"));
  EXPECT_THAT(problems_of("agge > 1", Rule::Type::boolean, {"p.toml", 0, 0}), StartsWith("p.toml"));
  EXPECT_THAT(problems_of("age > 18 且 true"),
              AllOf(StartsWith("p.toml:7:22: "), HasSubstr("\"且\" is not part of the rule language")));
}

TEST(RuleErrors, ReportEveryUnknownName) {
  const std::string text = problems_of("agge > 3 and sx == male and villag.terrain == karst");
  EXPECT_THAT(text, AllOf(HasSubstr("did you mean age?"), HasSubstr("did you mean sex?"),
                          HasSubstr("did you mean village.terrain?")));
}

TEST(RuleErrors, RefuseColumnsThatRulesMayNotRead) {
  EXPECT_THAT(problems_of("ethnicity == miao"), HasSubstr("ethnicity cannot be read by rules"));
  EXPECT_THAT(problems_of("ethnicity == 1"), HasSubstr("never read by rules"));
  EXPECT_THAT(problems_of("if(person.ethnicity == miao, 1, 0)", Rule::Type::number),
              HasSubstr("person.ethnicity cannot be read by rules"));
  EXPECT_THAT(problems_of("ethnicty == miao"), ::testing::Not(HasSubstr("did you mean ethnicity")));
}

TEST(RuleErrors, ExplainNamesThatStandElsewhere) {
  EXPECT_THAT(problems_of("registered"), HasSubstr("write household.registered"));
  EXPECT_THAT(problems_of("karst"), HasSubstr("karst is a label of village.terrain: write village.terrain == karst"));
  EXPECT_THAT(problems_of("max > 2"), HasSubstr("max is a function"));
  EXPECT_THAT(problems_of("village.age > 2"), HasSubstr("there is no name village.age"));
}

TEST(RuleErrors, KeepCategoriesApart) {
  EXPECT_THAT(problems_of("sex == full"),
              AllOf(HasSubstr("full is a label of work_ability, not of sex"), HasSubstr("male, female")));
  EXPECT_THAT(problems_of("work_ability >= prtial"),
              AllOf(HasSubstr("prtial is not a label of work_ability"), HasSubstr("none, partial, full")));
  EXPECT_THAT(problems_of("work_ability >= 1"),
              AllOf(HasSubstr("compares a category with a number"), HasSubstr("none, partial, full")));
  EXPECT_THAT(problems_of("sex == village.terrain"), HasSubstr("categories with different labels"));
  EXPECT_THAT(problems_of("work_ability"), HasSubstr("must be true or false, but this is a category"));
  EXPECT_THAT(problems_of("work_ability + 1", Rule::Type::number),
              HasSubstr("a number was expected, but this is a category"));
  EXPECT_THAT(problems_of("if(true, sex, sex) == male"), HasSubstr("a category"));
}

TEST(RuleErrors, KeepTypesApart) {
  EXPECT_THAT(problems_of("age"), HasSubstr("must be true or false, but this is a number"));
  EXPECT_THAT(problems_of("in_school", Rule::Type::number),
              AllOf(HasSubstr("must be a number"), HasSubstr("if(condition, 1, 0)")));
  EXPECT_THAT(problems_of("age and in_school"), HasSubstr("true or false was expected, but this is a number"));
  EXPECT_THAT(problems_of("in_school + 1 > 0"), HasSubstr("a number was expected, but this is true or false"));
  EXPECT_THAT(problems_of("in_school < true"), HasSubstr("no order"));
  EXPECT_THAT(problems_of("in_school == 1"), HasSubstr("compares true or false with a number"));
  EXPECT_THAT(problems_of("if(age, 1, 2) > 0"), HasSubstr("true or false was expected"));
  EXPECT_THAT(problems_of("if(in_school, 1, true)"), HasSubstr("a number was expected"));
}

TEST(RuleErrors, ExplainTheGrammar) {
  EXPECT_THAT(problems_of(""), HasSubstr("the rule is empty"));
  EXPECT_THAT(problems_of("  "), HasSubstr("the rule is empty"));
  EXPECT_THAT(problems_of("1 < age < 5"), HasSubstr("write a < b and b < c"));
  EXPECT_THAT(problems_of("age = 5"), HasSubstr("write =="));
  EXPECT_THAT(problems_of("in_school && true"), HasSubstr("write and"));
  EXPECT_THAT(problems_of("age <> 5"), HasSubstr("write !="));
  EXPECT_THAT(problems_of("age ≥ 5"), HasSubstr("write >="));
  EXPECT_THAT(problems_of("age => 5"), HasSubstr("write >="));
  EXPECT_THAT(problems_of("sex == \"male\""), HasSubstr("labels stand without quotes"));
  EXPECT_THAT(problems_of("(age > 5"), HasSubstr("never closed"));
  EXPECT_THAT(problems_of("age > 5)"), HasSubstr("never opened"));
  EXPECT_THAT(problems_of("age > 5 in_school"), HasSubstr("an operator was expected"));
  EXPECT_THAT(problems_of("age >"), HasSubstr("here stands the end of the rule"));
  EXPECT_THAT(problems_of("mn(1, 2) > 0"), HasSubstr("did you mean min?"));
  EXPECT_THAT(problems_of("min(1) > 0"), HasSubstr("min takes at least 2 values, not 1"));
  EXPECT_THAT(problems_of("log() > 0"), HasSubstr("log takes 1 value, not 0"));
  EXPECT_THAT(problems_of("if(true, 1) > 0"), HasSubstr("if takes 3 values, not 2"));
  EXPECT_THAT(problems_of("min(1, 2,) > 0"), HasSubstr("a value was expected"));
  EXPECT_THAT(problems_of("age > 3000yuan"), HasSubstr("numbers stand without units"));
  EXPECT_THAT(problems_of("age > 3_000"), HasSubstr("write numbers without _"));
  EXPECT_THAT(problems_of("age > 1e999"), HasSubstr("number out of range"));
  EXPECT_THAT(problems_of("age == not in_school"), HasSubstr("in parentheses"));
}

TEST(RuleErrors, LimitsHold) {
  EXPECT_THAT(problems_of(std::string(4001, ' ')), HasSubstr("at most 4000"));
  EXPECT_THAT(problems_of(repeated("1+", 256) + "0 > 0"), HasSubstr("more than 512 terms"));
  EXPECT_THAT(problems_of(repeated("1+", 254) + "0 > 0"), IsEmpty());
  EXPECT_THAT(problems_of(repeated("(", 64).append("true").append(repeated(")", 64))), IsEmpty());
  for (const char* piece : {"(", "not ", "abs(", "if(", "(1+"})
    EXPECT_THAT(problems_of(repeated(piece, 65) + "true"), HasSubstr("nested more than 64 deep")) << piece;
  EXPECT_THAT(problems_of(repeated("-", 3999)), HasSubstr("nested more than 64 deep"));
}

TEST(RuleErrors, LongLinesAreCutAroundThePlace) {
  const std::string text = problems_of(repeated("age > 1 and ", 60) + "agge > 1" + repeated(" and age > 1", 60));
  EXPECT_THAT(text, AllOf(HasSubstr("there is no name agge"), HasSubstr("… ")));
  EXPECT_LT(text.size(), 500u);
}

}  // namespace
}  // namespace tuopin::testing
