// The template of a new region: every margin and line that is needed has a row, and none that nothing reads.
#include "models/main/new_region_template.hpp"

#include <gmock/gmock.h>

#include "models/scenario/tables.hpp"

namespace tuopin {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

NewRegion two_counties_of_2024() {
  NewRegion region;
  region.whole = {"hills", "Hills", "", "prefecture", ""};
  region.counties = {{"a", "A", "", "county", "hills"}, {"b", "B, \"beyond\"", "乙", "county", "hills"}};
  region.base_year = 2024;
  region.last_year = 2029;
  return region;
}

std::string file_of(const std::string& name) {
  for (const auto& [path, text] : files_of(two_counties_of_2024(), "en"))
    if (path == name) return text;
  throw std::logic_error("no file " + name);
}

TEST(NewRegion, HasARowForEveryMarginThatIsNeeded) {
  const std::string table = file_of("region/margins.csv");
  for (const RowField& field : margins_table().rows) {
    const bool there = table.find("\n" + field.name + ",") != std::string::npos;
    const bool never = field.shown_only || field.level == Level::county;
    EXPECT_TRUE(there || !field.required) << field.name;
    EXPECT_FALSE(there && never) << field.name;
  }
  EXPECT_THAT(table, Not(HasSubstr("ethnic")));
}

TEST(NewRegion, AsksByCountyWhereCountiesDiffer) {
  const std::string table = file_of("region/margins.csv");
  for (const char* row : {"\nregister_population,a,?,persons,2024,", "\nregister_population,b,?,persons,2024,",
                          "\nhouseholds,b,?,households,", "\nmean_income,hills,?,yuan/year,"})
    EXPECT_THAT(table, HasSubstr(row));
  EXPECT_THAT(table, Not(HasSubstr("register_population,hills")));
  EXPECT_THAT(file_of("region/lines.csv"), HasSubstr("\nstatistical,2024,?,yuan/year,"));
}

TEST(NewRegion, QuotesWhatACellOrATextNeedsQuotedFor) {
  EXPECT_THAT(file_of("region/counties.csv"), HasSubstr("\nb,\"B, \"\"beyond\"\"\",乙,county,hills\n"));
  NewRegion odd = two_counties_of_2024();
  odd.whole.name = "The \"high\" hills \\ 1";
  EXPECT_THAT(files_of(odd, "en").front().second, HasSubstr(R"(en = "The \"high\" hills \\ 1")"));
}

TEST(NewRegion, LivesFiveYearsAfterItsBaseYear) {
  EXPECT_THAT(file_of("region/region.toml"), HasSubstr("base_year      = 2024\nlast_year      = 2029\n"));
  EXPECT_THAT(file_of("plan.toml"), HasSubstr("2025 = 2_500_000"));
  EXPECT_THAT(file_of("plan.toml"), HasSubstr("2029 = 2_500_000"));
  EXPECT_THAT(file_of("programmes/posts.toml"), HasSubstr("window   = [2025, 2027]"));
}

}  // namespace
}  // namespace tuopin
