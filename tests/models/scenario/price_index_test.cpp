// Price indices by hand, and what is refused.
#include "models/scenario/price_index.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/models/scenario_files.hpp"

namespace tuopin {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(PriceIndex, CompoundsFromItsBaseYear) {
  const PriceIndex wages{0.1, 2016};
  EXPECT_DOUBLE_EQ(wages.at(2016), 1);
  EXPECT_DOUBLE_EQ(wages.at(2018), 1.21);
  EXPECT_DOUBLE_EQ(wages.at(2015), 1 / 1.1);
  EXPECT_EQ(PriceIndex{}.at(2020), 1);
}

constexpr const char* wages =
    "\n[index.wages]\nbase_year = 2016\ngrowth = { value = 0.06, unit = \"share/year\", source = \"assumption: a "
    "test\" "
    "}\n";

TEST(PriceIndex, OfAPostThatNamesItIsAccepted) {
  HamletFiles files;
  files.write("baseline.toml", files.read("baseline.toml") + wages);
  files.change("programmes/posts.toml", "verb   = \"slot\"", "verb   = \"slot\"\nindex = \"wages\"");
  EXPECT_THAT(files.refusals("plan.toml"), ::testing::IsEmpty());
}

TEST(PriceIndex, ThatTheScenarioDoesNotHaveIsRefused) {
  HamletFiles files;
  files.change("programmes/posts.toml", "verb   = \"slot\"", "verb   = \"slot\"\nindex = \"wage\"");
  EXPECT_THAT(files.refusals("plan.toml"),
              ElementsAre(AllOf(HasSubstr("programmes/posts.toml:23"), HasSubstr("effect.post.index"),
                                HasSubstr("no index \"wage\""), HasSubstr("give [index.wage]"))));
  files.write("baseline.toml", files.read("baseline.toml") + wages);
  EXPECT_THAT(files.refusals("plan.toml"), ElementsAre(HasSubstr("did you mean \"wages\"")));
}

TEST(PriceIndex, WithoutABaseYearIsRefused) {
  HamletFiles files;
  files.write("baseline.toml", files.read("baseline.toml") +
                                   "\n[index.wages]\ngrowth = { value = 0.06, unit = \"share/year\", source = "
                                   "\"assumption: a test\" }\n");
  EXPECT_THAT(files.refusals("baseline.toml"), ElementsAre(HasSubstr("index.wages.base_year: is missing")));
}

TEST(PriceIndex, OfATopUpIsRefused) {
  HamletFiles files;
  files.write("baseline.toml", files.read("baseline.toml") + wages);
  files.change("programmes/allowance.toml", "verb      = \"stream_add\"",
               "verb      = \"stream_add\"\nindex = \"wages\"");
  EXPECT_THAT(files.refusals("plan.toml"), ElementsAre(HasSubstr("effect.top_up.index: a top-up fills to a line")));
}

}  // namespace
}  // namespace tuopin
