// What check and run say before the first year.
#include "models/main/preparation.hpp"

#include <gtest/gtest.h>

#include "tests/models/main/messages.hpp"

namespace tuopin::test {

TEST(Preparation, EachWarningOnceInBothLanguages) {
  std::vector<Scenario> scenarios(2);
  const Problem same{Origin{"region.toml", 3}, "margin", message("column stands twice"),
                     message("did you mean {}?", "\"x\"")};
  scenarios[0].warnings = {same};
  scenarios[1].warnings = {same, Problem{Origin{"plan.toml"}, "funds", Message::verbatim("what no phrase says"), ""}};
  EXPECT_EQ(warnings_in_words(scenarios, "en"),
            "warning: region.toml:3: margin: column stands twice (did you mean \"x\"?)\n"
            "warning: plan.toml: funds: what no phrase says\n");
  EXPECT_EQ(warnings_in_words({}, "en"), "");
  if (!has_messages()) GTEST_SKIP() << "built without Babel";
  EXPECT_EQ(warnings_in_words(scenarios, "zh"),
            "注意：region.toml:3: margin: 列出现两次（是否指\"x\"？）\n注意：plan.toml: funds: what no phrase says\n");
}

}  // namespace tuopin::test
