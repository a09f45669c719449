// Random scenario files with one fault each: type, unit, bound, misspelt key, sum, year, range. Each is refused at its
// line; the same files with random valid numbers pass.
#include <gmock/gmock.h>

#include <fmt/format.h>
#include <random>
#include <regex>

#include "tests/models/sanitized.hpp"
#include "tests/models/scenario_files.hpp"

namespace tuopin {
namespace {

const std::vector<std::string> hamlet_files{"baseline.toml", "plan.toml", "programmes/posts.toml",
                                            "programmes/allowance.toml", "programmes/orchard.toml"};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::string text_of(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

struct Fault {
  const char* name;
  std::regex where;     ///< lines that it can strike
  std::string becomes;  ///< what the match turns into
};

/// One fault of each kind that the documents promise to find; `$1` … as in std::regex_replace.
std::vector<Fault> faults() {
  return {
      {"type of a value", std::regex("value = ([0-9._]+)"), "value = \"$1\""},
      {"type of a year's number", std::regex("(by_year *= \\{ [0-9]{4} = )([0-9_]+)"), "$1\"$2\""},
      {"type of a text", std::regex("^(unit|line|batch|expression|eligible)( *= )\".*\""), "$1$2 17"},
      {"type of a table", std::regex("^funding( *= ).*"), "funding$1\"county\""},
      {"unit that is none", std::regex("unit = \"[^\"]*\""), "unit = \"parsec\""},
      {"a month", std::regex("unit = \"yuan/year\""), "unit = \"yuan/month\""},
      {"bound above", std::regex("value = [0-9._]+"), "value = 1e15"},
      {"bound below", std::regex("value = [0-9._]+"), "value = -1e15"},
      {"not finite", std::regex("value = [0-9._]+"), "value = nan"},
      {"negative money", std::regex("(by_year *= \\{ [0-9]{4} = )"), "$1-"},
      {"misspelt key", std::regex("^([a-z_]+[a-z])( *= )"), "$1q$2"},
      {"misspelt key inside", std::regex("source = "), "sourcce = "},
      {"misspelt section",
       std::regex("^\\[(growth|income|labour|measurement|register|evidence|score|capacity|cost)\\]"), "[$1x]"},
      {"misspelt choice", std::regex("^(batch|unit|line)( *= )\"([a-z_]*)\""), "$1$2\"$3qq\""},
      {"sum of shares", std::regex("(county = )(0.5|1.0)"), "$1 0.7"},
      {"share above one", std::regex("(county = )(0.5|1.0)"), "$1 1.5"},
      {"year before the region", std::regex("(by_year *= \\{ )2016"), "$1 2009"},
      {"year after the region", std::regex("(by_year *= \\{ )2016"), "$1 2033"},
      {"no year", std::regex("(by_year *= \\{ )2016"), "$1 first"},
      {"window without a simulated year", std::regex("^(window *= ).*"), "$1[2031, 2040]"},
      {"window turned round", std::regex("^(window *= ).*"), "$1[2018, 2016]"},
      {"half a range", std::regex("range = \\[([0-9._]+), [0-9._]+\\]"), "range = [$1]"},
      {"range turned round", std::regex("range = \\[([0-9._]+), ([0-9._]+)\\]"), "range = [$2, $1]"},
      {"value outside its range", std::regex("range = \\[[0-9._]+, [0-9._]+\\]"), "range = [0.000001, 0.000002]"},
      {"grade that is none", std::regex("grade *= \"[A-D]\""), "grade = \"E\""},
      {"misspelt programme", std::regex("\"orchard\""), "\"orchrad\""},
      {"misspelt fund", std::regex("(funding *= \\{ )county"), "$1 countty"},
      {"merge with nothing", std::regex("\\{ value"), "{ merge = true, value"},
  };
}

TEST(ScenarioFaults, OneFaultIsRefusedAtItsLine) {
  std::mt19937 generator(20160113);
  HamletFiles files;
  int struck = 0;
  for (const Fault& fault : faults()) {
    for (int i = 0; i < (sanitized ? 4 : 36); ++i) {
      std::vector<std::pair<std::string, std::size_t>> places;
      for (const std::string& file : hamlet_files) {
        const auto lines = lines_of(files.read(file));
        for (std::size_t line = 0; line < lines.size(); ++line)
          if (lines[line].find('#') != 0 && std::regex_search(lines[line], fault.where))
            places.emplace_back(file, line);
      }
      ASSERT_FALSE(places.empty()) << fault.name;
      const auto [file, line] = places[generator() % places.size()];
      const std::string whole = files.read(file);
      auto lines = lines_of(whole);
      lines[line] =
          std::regex_replace(lines[line], fault.where, fault.becomes, std::regex_constants::format_first_only);
      files.write(file, text_of(lines));
      files.load("plan.toml");
      const bool found = std::any_of(files.problems.begin(), files.problems.end(), [&](const Problem& problem) {
        return problem.origin.file == files.path(file).string() && problem.origin.line == static_cast<int>(line) + 1;
      });
      EXPECT_TRUE(found) << fault.name << " in " << file << ":" << line + 1 << ": " << lines[line] << "\n"
                         << testing::PrintToString(files.in_words(files.problems));
      files.write(file, whole);
      ++struck;
    }
  }
  EXPECT_GE(struck, sanitized ? 100 : 1000);
  EXPECT_THAT(files.refusals("plan.toml"), testing::IsEmpty()) << "whole again";
}

TEST(ScenarioFaults, ValidOnesPass) {
  std::mt19937 generator(20160114);
  const auto pick = [&](int least, int most) {
    return least + static_cast<int>(generator() % static_cast<unsigned>(most - least + 1));
  };
  HamletFiles files;
  const std::string posts = files.read("programmes/posts.toml");
  const char* const money[] = {"yuan/year", "元/年", "Yuan a year", "yuan per year", "yuan"};
  const char* const tens[] = {"万元", "万元/年", "ten thousand yuan", "10,000 yuan a year"};
  for (int i = 0; i < (sanitized ? 100 : 1000); ++i) {
    std::string fund, capacity;
    for (int year = 2015; year <= 2020; ++year) {
      if (generator() % 2) fund += fmt::format("{}{} = {}", fund.empty() ? "" : ", ", year, pick(1, 400));
      if (year > 2015 && year < 2019)
        capacity += fmt::format("{}{} = {}", capacity.empty() ? "" : ", ", year, pick(0, 9));
    }
    const bool ten = generator() % 2;
    const int first = pick(0, 1000);
    files.write(
        "random.toml",
        fmt::format("extends = \"plan.toml\"\n[growth]\nnominal = {{ value = {}, unit = \"{}\", source = \"x\" }}\n"
                    "[funds.county]\nby_year = {{ {} }}\nunit = \"{}\"\nrelative_range = [0.{}, 1.{}]\n{}",
                    ten ? pick(-40, 90) : 0.01 * pick(-40, 90), ten ? "%" : "share/year", fund,
                    ten ? tens[generator() % 4] : money[generator() % 5], pick(1, 9), pick(1, 9),
                    generator() % 2 ? "merge = false\n" : ""));
    const std::string shares = fmt::format("{{ county = {:.3f}, gifts = {:.3f} }}", first / 1000.0, 1 - first / 1000.0);
    std::string text = posts;
    text.replace(text.find("{ county = 1.0 }"), 16, shares);
    text.replace(text.find("2016 = 4, 2018 = 2"), 18, capacity);
    files.write("programmes/posts.toml", text);
    EXPECT_THAT(files.refusals("random.toml"), testing::IsEmpty()) << files.read("random.toml") << text;
  }
}

}  // namespace
}  // namespace tuopin
