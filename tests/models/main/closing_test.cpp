// The end of a run, of a study of six households that can be counted by hand.
#include "models/main/closing.hpp"

#include <gtest/gtest.h>

#include "engine/base/wrapped_text.hpp"
#include "tests/models/findings/six_households.hpp"
#include "tests/models/main/messages.hpp"

namespace tuopin {
namespace {

std::vector<std::string> lines_of_text(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

TEST(Closing, SaysBothSidesAndInHowManyWorlds) {
  const std::string text = closing_text(with_money().study, "en", 80);
  for (const char* part : {
           "Six Households, 2017 · 2 worlds",
           "persons in 2017; thousand yuan, 2015–2017 together",
           "income-poor (simulated)",
           "12        7  -6 (-11 to 0)",
           "57.1     31.0  -26.2 (-52.4 to 0.0)",
           "lower in 1 of 2 worlds",  // equal in world 1
           "on the register",
           "10        7  -3\n",  // in all worlds: no interval
           "lower in 2 of 2 worlds",
           "out of poverty by the plan                     9 (6–11)",
           "into poverty by the plan                       3 (0–6)",
           "spent                            0.3      6.3  6.0",
           "unspent                            0     16.0  16.0",
           "cost per person-year, yuan                     950 (400–1,500)",
           "The interval shows how the result varies over the stated assumptions; it is\n  not a forecast",
           "! 80% of the fund county was never used: 16.0 thousand yuan",
       })
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
}

TEST(Closing, CostIsNotEstimableInBothLanguages) {
  SixHouseholds six;
  for (Variable& variable : six.study.variables)
    if (variable.name == "fall_in_poverty")
      std::get<std::vector<double>>(variable.values)[6 + 1] = 0;  // plan, world 1, 2016; nothing in 2017
  EXPECT_NE(closing_text(six.study, "en", 80).find("not estimable"), std::string::npos);
  if (!test::has_messages()) GTEST_SKIP() << "built without Babel";
  EXPECT_NE(closing_text(six.study, "zh", 80).find("无法估计"), std::string::npos);
}

TEST(Closing, SaysWhichFiguresWereNotAskedFor) {
  SixHouseholds six = with_money();
  std::erase_if(six.study.variables, [](const Variable& v) {
    return v.name == "register_persons" || v.name == "persons" || v.name == "fall_in_poverty";
  });
  const std::string text = closing_text(six.study, "en", 80);
  EXPECT_NE(text.find("% of all persons"), std::string::npos) << text;
  EXPECT_NE(text.find("unspent"), std::string::npos) << text;
  for (const char* row : {"income-poor (simulated)", "on the register", "cost per person-year"})
    EXPECT_EQ(text.find(row), std::string::npos) << row << "\n" << text;
  EXPECT_NE(text.find("Not asked for, so not in the table: persons, register_persons,\n  fall_in_poverty.\n"),
            std::string::npos)
      << text;
  EXPECT_EQ(closing_text(with_money().study, "en", 80).find("Not asked for"), std::string::npos);

  six.study.variables.clear();
  if (!test::has_messages()) GTEST_SKIP() << "built without Babel";
  const std::string nothing = closing_text(six.study, "zh", 80);
  EXPECT_NE(nothing.find("未要求"), std::string::npos);
  EXPECT_EQ(nothing.find("区间"), std::string::npos) << nothing;
}

TEST(Closing, ChineseInTenThousandsAndHundredMillions) {
  SixHouseholds six;
  for (Variable& variable : six.study.variables)
    if (variable.name != "poverty_rate" && variable.name != "register_rate")
      for (double& v : std::get<std::vector<double>>(variable.values)) v *= 1e5;
  if (!test::has_messages()) GTEST_SKIP() << "built without Babel";
  const std::string text = closing_text(six.study, "zh", 80);
  for (const char* part : {"六户村，2017年 · 2个世界", "人数单位：万人（2017年）", "金额单位：亿元", "模拟收入贫困",
                           "120      65  -55 (-110至0)", "因规划脱贫", "因规划致贫", "2个世界中有1个更低",
                           "每减少一人年贫困的费用（元）", "不是预测"})
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
}

TEST(Closing, FitsTheLinesAndTheWidth) {
  for (const std::size_t scenarios : {1u, 2u, 3u, 9u})
    for (const std::size_t worlds : {1u, 2u, 100u})
      for (const char* language : {"en", "zh"})
        for (const std::size_t width : {80u, 120u}) {
          SixHouseholds::Texts names;
          for (std::size_t s = 0; s < scenarios; ++s)
            names.push_back("a_scenario_with_a_long_name_" + std::to_string(s));
          SixHouseholds six(names, worlds);
          SixHouseholds::Texts funds = {"safety_net"};
          std::string unlimited;
          for (int f = 0; f < 30; ++f) {
            funds.push_back(std::string(7, static_cast<char>('a' + f % 26)) + std::to_string(f));
            unlimited += funds.back() + "s,";
          }
          six.study.dimensions[5].values = funds;
          six.study.attributes["funds_unlimited"] = unlimited;
          const std::string text = closing_text(six.study, language, width);
          const auto lines = lines_of_text(text);
          EXPECT_LE(lines.size(), closing_lines - 1) << text;
          EXPECT_NE(text.find("tuopin summary"), std::string::npos);  // there are more warnings
          for (const std::string& line : lines) EXPECT_LE(display_width(line), width) << line;
        }
}

TEST(Closing, OneScenarioHasItsOwnColumnOnly) {
  const std::string text = closing_text(SixHouseholds({"none"}).study, "en", 80);
  EXPECT_NE(text.find("12 (9–15)"), std::string::npos) << text;
  for (const char* absent : {"by the plan", "difference", "person-year", "lower in"})
    EXPECT_EQ(text.find(absent), std::string::npos) << absent;
}

TEST(Closing, OneWorldHasNoInterval) {
  const std::string text = closing_text(SixHouseholds({"none", "plan"}, 1).study, "en", 120);
  EXPECT_NE(text.find("one possible world"), std::string::npos) << text;
  EXPECT_EQ(text.find("lower in"), std::string::npos);
}

TEST(Closing, APreviewSaysSo) {
  SixHouseholds six;
  EXPECT_EQ(closing_text(six.study, "en", 80).find("preview"), std::string::npos);
  six.study.attributes["preview"] = std::string("5% of the villages, 20 draws");
  EXPECT_NE(closing_text(six.study, "en", 80).find("2017 · preview"), std::string::npos);
  if (!test::has_messages()) GTEST_SKIP() << "built without Babel";
  EXPECT_NE(closing_text(six.study, "zh", 80).find("预览"), std::string::npos);
}

}  // namespace
}  // namespace tuopin
