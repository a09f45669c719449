// Lists of columns and figures: everything declared stands in them once, in the language asked for.
#include "models/main/reference_lists.hpp"

#include <gmock/gmock.h>

namespace tuopin::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(ReferenceLists, HaveEveryColumn) {
  const std::string page = columns_reference(shipped_catalogue(), true, "en");
  for (const char* row : {"## person", "## household", "## village", "## county", "| true_income |", "| age |",
                          "| allowance_last_year | yuan/year |", "| payments_dividend | fen |"})
    EXPECT_THAT(page, HasSubstr(row));
  // A founding column that the state hides stands once, as a column that changes.
  const std::size_t first = page.find("| housing_safe |");
  ASSERT_NE(first, std::string::npos);
  EXPECT_EQ(page.find("| housing_safe |", first + 1), std::string::npos);
  EXPECT_THAT(columns_reference(shipped_catalogue(), true, "zh"), HasSubstr("| true_income |"));
  EXPECT_THAT(columns_reference(shipped_catalogue(), true, "zh"), Not(HasSubstr("true register net income")));
  EXPECT_THAT(columns_reference(shipped_catalogue(), false, "en"),
              HasSubstr(R"("name": "ethnicity", "unit": "1", "values": ")"));
}

TEST(ReferenceLists, HaveEveryFigure) {
  const std::string page = figures_reference(shipped_catalogue(), true, "en");
  for (const Figure& figure : shipped_figures().rows()) EXPECT_THAT(page, HasSubstr("| " + figure.full_name() + " |"));
  EXPECT_THAT(figures_reference(shipped_catalogue(), true, "zh"), HasSubstr("# 指标"));
}

}  // namespace
}  // namespace tuopin::testing
