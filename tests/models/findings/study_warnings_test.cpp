// Warnings of a study of six households.
#include "models/findings/study_warnings.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/models/findings/six_households.hpp"

namespace tuopin {
namespace {

std::vector<std::string> warnings_of(const Study& study) {
  std::vector<std::string> said;
  for (const Message& warning : study_warnings(Page(study, "en"))) said.push_back(warning.english());
  return said;
}

/// For readers of Chinese, of a catalogue that has no translation: what the study names has its Chinese name.
std::string first_in_chinese(const Study& study) {
  return study_warnings(Page(study, "zh")).front().said([](const std::string& text) { return text; });
}

TEST(Warnings, NobodyEnrolledComesBeforeAFundLeftUnused) {
  SixHouseholds six = with_money();
  six.entry("programmes/entered_units", "programme", 1, [](auto s, auto, auto) { return s == 0 ? std::nan("") : 0.0; });
  six.entry("programmes/places", "programme", 1, [](auto s, auto, auto y) {
    return s == 0 ? std::nan("") : y == 1 ? 4 : 0;
  });
  EXPECT_EQ(warnings_of(six.study),
            (std::vector<std::string>{"Nobody enrolled in posts in any world.",
                                      "80% of the fund county was never used: 16.0 thousand yuan lapsed."}));
}

TEST(Warnings, NameProgrammesAndFundsByTheirTitles) {
  SixHouseholds six = with_money();
  six.study.attributes["programme_text:posts"] =
      std::string("title = { en = \"Forest \\\"posts\\\"\", zh = \"护林岗位\" }\nunit = \"household\"\n");
  six.study.attributes["scenario_text:plan"] =
      std::string("funds.county.title = { en = \"The county\", zh = \"县级财政\" }\n");
  six.entry("programmes/entered_units", "programme", 1, [](auto s, auto, auto) { return s == 0 ? std::nan("") : 0.0; });
  EXPECT_EQ(warnings_of(six.study)[0], "Nobody enrolled in Forest \"posts\" [posts] in any world.");
  EXPECT_EQ(warnings_of(six.study)[1],
            "80% of the fund The county [county] was never used: 16.0 thousand yuan lapsed.");
  EXPECT_EQ(first_in_chinese(six.study), "Nobody enrolled in 护林岗位 [posts] in any world.");
}

TEST(Warnings, AYearWithPlacesAndNobody) {
  SixHouseholds six;
  six.entry("programmes/entered_units", "programme", 1, [](auto, auto, auto y) { return y == 1 ? 4 : 0; });
  six.entry("programmes/places", "programme", 1, [](auto, auto, auto y) { return y > 0 ? 4 : 0; });
  EXPECT_EQ(warnings_of(six.study),
            (std::vector<std::string>{"posts had places in 2017, and nobody entered in any world.",
                                      "50% of the places of posts stayed empty."}));
}

TEST(Warnings, NothingToSayWhereEverybodyMayEnterAndMoneyIsSpent) {
  SixHouseholds six;
  six.entry("programmes/entered_units", "programme", 1, [](auto, auto, auto y) { return y == 1 ? 4 : 0; });
  six.entry("programmes/places", "programme", 1, [](auto, auto, auto y) { return y == 1 ? std::nan("") : 0.0; });
  six.entry("ledger/transfer_in", "fund", 1, [](auto, auto, auto) { return 100; });
  six.entry("ledger/lapsed", "fund", 1, [](auto, auto, auto) { return 9; });
  six.entry("ledger/carried_over", "fund", 1, [](auto, auto, auto) { return 0; });
  EXPECT_EQ(warnings_of(six.study), std::vector<std::string>{});
}

TEST(Warnings, AFundWithoutLimitNamesTheOneThatMayBeMeant) {
  SixHouseholds six;
  six.study.dimensions[5].values = SixHouseholds::Texts{"safety_net", "total", "totel", "gifts"};
  six.study.attributes["funds_unlimited"] = std::string("totel,gifts");
  EXPECT_EQ(warnings_of(six.study),
            (std::vector<std::string>{"The fund totel has no limit: no [funds.totel] is defined. Is total meant?",
                                      "Without a limit, since no [funds.…] defines them: gifts."}));
}

}  // namespace
}  // namespace tuopin
