// The command line: valid ones are parsed correctly, a fault is reported with its option, and no number wraps around.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

#include "engine/base/errors.hpp"
#include "models/main/command_line.hpp"
#include "models/main/language.hpp"

namespace tuopin::test {

using testing::HasSubstr;
using Words = std::vector<std::string>;

namespace {

Options read(Words words) {
  words.insert(words.begin(), "tuopin");
  return read_command_line(words);
}

std::string refusal(const Words& words) {
  try {
    read(words);
  } catch (const UsageError& error) {
    return error.what();
  }
  return "";
}

struct Number {
  const char *command, *option;
  std::string low, high, above;
};

const std::vector<Number> numbers = {
    {"run", "--draws", "1", "65535", "65536"},
    {"run", "--replicates", "1", "65535", "65536"},
    {"run", "--seed", "0", "9223372036854775807", "9223372036854775808"},
    {"run", "--threads", "0", "1024", "1025"},
    {"run", "--shards", "1", "1024", "1025"},
    {"run", "--sample", "0.0001", "1", "1.001"},
    {"run", "--leave-out-batches", "0", "100", "101"},
    {"check", "--threads", "0", "1024", "1025"},
    {"synthesize", "--populations", "1", "1000", "1001"},
    {"synthesize", "--threads", "0", "1024", "1025"},
};

struct Choice {
  const char *command, *option;
  Words right, wrong;
};

const std::vector<Choice> choices = {
    {"run", "--lang", {"en", "zh"}, {"cn", "fr", "EN", "english", "zh_CN"}},
    {"check", "--lang", {"en", "zh"}, {"cn", ""}},
    {"explain", "--lang", {"en", "zh"}, {"chinese"}},
    {"run", "--progress", {"auto", "bar", "json", "none"}, {"jsn", "yes", "JSON "}},
};

const Words flags_of_run = {"--force", "--resume", "--no-cache", "--quiet"};

class Luck {
 public:
  explicit Luck(std::uint32_t seed) : engine_(seed) {}
  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(engine_); }
  template <typename List>
  const auto& one_of(const List& list) {
    return list[below(list.size())];
  }

 private:
  std::mt19937 engine_;
};

/// A sound command line of `command`: some of its options, in any order, each at most once.
Words sound(Luck& luck, const std::string& command, const std::string& without) {
  std::vector<Words> parts;
  for (const Number& n : numbers)
    if (n.command == command && n.option != without && luck.below(3) == 0)
      parts.push_back({n.option, luck.below(2) ? n.low : n.high});
  for (const Choice& c : choices)
    if (c.command == command && c.option != without && luck.below(3) == 0) {
      const std::string& word = luck.one_of(c.right);
      parts.push_back(luck.below(2) ? Words{c.option, word} : Words{std::string(c.option) + "=" + word});
    }
  if (command == "run")
    for (const std::string& flag : flags_of_run)
      if (flag != without && luck.below(4) == 0) parts.push_back({flag});
  parts.push_back({"a.toml"});
  if (luck.below(2)) parts.push_back({"folder/b.toml"});
  Words words = {command};
  while (!parts.empty()) {
    const auto part = parts.begin() + static_cast<std::ptrdiff_t>(luck.below(parts.size()));
    words.insert(words.end(), part->begin(), part->end());
    parts.erase(part);
  }
  // Both at their highest are more tasks than a run may have; --leave-out-batches may not exceed the draws.
  const bool draws = std::find(words.begin(), words.end(), "--draws") != words.end();
  return draws ? sound(luck, command, without) : words;
}

}  // namespace

TEST(CommandLine, SoundOnesAreReadAndOneFaultIsNamedWithItsOption) {
  const Words no_number = {
      "",     "1e3", "-1",    "+5", " 5",    "5 ", "0x10", "nan",  "inf", "1,000", "18446744073709551616",
      "many", "٣",   "1.5.2", "--", "1_000", "5%", "-0",   "1.0e1"};
  int faults = 0;
  for (std::uint32_t seed = 0; seed < 1'000; ++seed) {
    Luck luck(seed);
    const Number& number = luck.one_of(numbers);
    const Choice& choice = luck.one_of(choices);
    const std::size_t kind = luck.below(6);
    const std::string command = kind < 3 ? number.command : kind < 4 ? choice.command : "run";
    const std::string option = kind < 3 ? number.option : kind < 4 ? choice.option : luck.one_of(flags_of_run);
    Words words = sound(luck, command, option);
    ASSERT_EQ(refusal(words), "") << testing::PrintToString(words);
    switch (kind) {
      case 0: words.insert(words.end(), {option, luck.one_of(no_number)}); break;
      case 1: words.insert(words.end(), {option, number.above}); break;
      case 2: words.insert(words.end(), {option, number.high, option, number.high}); break;
      case 3: words.insert(words.end(), {option, luck.one_of(choice.wrong)}); break;
      case 4: words.insert(words.end(), {option, option}); break;
      default: words.push_back(option + "=true");
    }
    const std::string why = refusal(words);
    EXPECT_THAT(why, HasSubstr(option + ":")) << testing::PrintToString(words);
    faults += !why.empty();
  }
  EXPECT_EQ(faults, 1'000);
}

TEST(CommandLine, SaysWhatIsExpected) {
  EXPECT_EQ(refusal({"run", "a.toml", "--draws", "1e3"}),
            "--draws: is \"1e3\", expected a whole number from 1 to 65535 (write all digits, without an exponent)");
  EXPECT_EQ(refusal({"run", "a.toml", "--sample", "5%"}),
            "--sample: is \"5%\", expected a number from 0.0001 to 1 (write 0.05 for 5%)");
  EXPECT_EQ(refusal({"run", "a.toml", "--seed="}), "--seed: is empty, expected a value");
  EXPECT_EQ(refusal({"run", "a.toml", "--draws"}), "--draws: is empty, expected a value");
  EXPECT_THAT(refusal({"run"}), HasSubstr("scenario: is required"));
  for (const char* command : {"run", "new-region", "simulate scenarios and write a study file", "summary"})
    EXPECT_THAT(refusal({}), HasSubstr(command));
  EXPECT_THAT(refusal({"hash", "a.h5", "b.h5"}), HasSubstr("not expected: \"b.h5\""));
}

TEST(CommandLine, TheLanguageMayStandBeforeTheCommand) {
  EXPECT_EQ(read({"--lang", "zh", "hash", "a.h5"}).language, "zh");
  EXPECT_EQ(read({"--lang=zh", "hash", "a.h5"}).language, "zh");
  EXPECT_THAT(refusal({"--lang", "cn", "hash", "a.h5"}), HasSubstr("--lang: is \"cn\""));
  EXPECT_EQ(refusal({"--lang", "en", "hash", "a.h5", "--lang", "en"}),
            "--lang: is given before the command and behind it (leave one of them out)");
}

TEST(CommandLine, EveryFaultAtOnce) {
  const std::string why = refusal({"run", "a.toml", "--draws", "0", "--seed", "-1", "--lang", "cn"});
  for (const char* option : {"--draws:", "--seed:", "--lang:"}) EXPECT_THAT(why, HasSubstr(option));
}

TEST(CommandLine, NearMissesGetASuggestion) {
  EXPECT_THAT(refusal({"run", "a.toml", "--draw", "3"}),
              HasSubstr("--draw: is no option of this command (did you mean \"--draws\"?)"));
  EXPECT_THAT(refusal({"run", "a.toml", "--langs", "zh"}), HasSubstr("did you mean \"--lang\"?"));
  EXPECT_THAT(refusal({"run", "a.toml", "--leave-out-batch=3"}), HasSubstr("did you mean \"--leave-out-batches\"?"));
  EXPECT_THAT(refusal({"run", "a.toml", "--lang", "cn"}), HasSubstr("did you mean \"zh\"?"));
  EXPECT_THAT(refusal({"run", "a.toml", "--progress", "jsno"}), HasSubstr("did you mean \"json\"?"));
  EXPECT_THAT(refusal({"schema", "program"}), HasSubstr("did you mean \"programme\"?"));
  EXPECT_THAT(refusal({"--versoin"}), HasSubstr("did you mean \"--version\"?"));
}

TEST(CommandLine, OptionsThatHoldOnlyTogether) {
  EXPECT_EQ(refusal({"run", "a.toml", "--draws", "20", "--leave-out-batches", "50"}),
            "--leave-out-batches: is 50, expected a whole number from 0 to 20, the number of draws");
  EXPECT_EQ(refusal({"run", "a.toml", "--draws", "20", "--leave-out-batches", "20"}), "");
  EXPECT_THAT(refusal({"run", "a.toml", "--draws", "65535", "--replicates", "65535"}), HasSubstr("4294836225 tasks"));
  for (const char* option : {"--draws", "--sample"})
    EXPECT_THAT(refusal({"run", "a.toml", "--quick", option, "1"}), HasSubstr("cannot stand beside --quick"));
  const Options quick = read({"run", "a.toml", "--quick"});
  EXPECT_EQ(quick.draws, 20);
  EXPECT_EQ(quick.sample, 0.05);
}

TEST(CommandLine, ReadsValuesExactly) {
  const Options o = read({"run", "a.toml", "b.toml", "--seed", "9223372036854775807", "--sample", ".25", "--draws",
                          "00030", "-o", "x.h5", "--panel", "p.h5", "--leave-out-batches", "5", "--shards=2"});
  EXPECT_EQ(o.command, "run");
  EXPECT_EQ(o.scenarios.size(), 2u);
  EXPECT_EQ(o.seed, 9223372036854775807u);
  EXPECT_EQ(o.sample, 0.25);
  EXPECT_EQ(o.draws, 30);
  EXPECT_EQ(o.leave_out_batches, 5);
  EXPECT_EQ(o.shards, 2);
  EXPECT_EQ(o.output, "x.h5");
  EXPECT_EQ(o.panel, "p.h5");
  EXPECT_EQ(read({"run", "a.toml"}).draws, 100);
}

TEST(CommandLine, FiguresAreNamesWithCommasBetween) {
  EXPECT_THAT(read({"run", "a.toml", "--figures", "gini,ledger/paid"}).figures,
              ::testing::ElementsAre("gini", "ledger/paid"));
  EXPECT_THAT(read({"run", "a.toml"}).figures, ::testing::IsEmpty());
  for (const char* empty : {"", "gini,", ",gini", "gini,,theil"})
    EXPECT_THAT(refusal({"run", "a.toml", "--figures", empty}), HasSubstr("--figures: holds an empty name")) << empty;
  EXPECT_EQ(refusal({"run", "a.toml", "--figures", "gini,theil,gini"}), "--figures: names \"gini\" twice");
}

TEST(CommandLine, HelpAndVersionAreTexts) {
  EXPECT_THAT(read({"--help"}).help, HasSubstr("Exit codes:\n  0  done"));
  EXPECT_THAT(read({"run", "--help"}).help, HasSubstr("Usage: tuopin run"));
  EXPECT_TRUE(read({"--version"}).command.empty());
  for (const std::string& command : command_names())
    EXPECT_THAT(read({command, "--help"}).help, HasSubstr("tuopin " + command));
}

TEST(CommandLine, TheLanguageIsThatOfTheOptionElseOfTheLocale) {
  const auto language = [](const char* all, const char* messages, const char* lang, Words words) {
    const auto set = [](const char* name, const char* value) { value ? ::setenv(name, value, 1) : ::unsetenv(name); };
    set("LC_ALL", all), set("LC_MESSAGES", messages), set("LANG", lang);
    words.insert(words.begin(), "tuopin");
    return language_of(words);
  };
  EXPECT_EQ(language(nullptr, nullptr, nullptr, {}), "en");
  EXPECT_EQ(language(nullptr, nullptr, "zh_CN.UTF-8", {}), "zh");
  EXPECT_EQ(language(nullptr, "en_GB", "zh_CN.UTF-8", {}), "en");
  EXPECT_EQ(language("zh_TW", "en_GB", "C", {}), "zh");
  EXPECT_EQ(language("", "", "zh_CN", {}), "zh");
  EXPECT_EQ(language("C.UTF-8", nullptr, "zh_CN", {}), "en");
  EXPECT_EQ(language(nullptr, nullptr, "zh_CN", {"run", "a", "--lang", "en"}), "en");
  EXPECT_EQ(language(nullptr, nullptr, nullptr, {"run", "a", "--lang=zh"}), "zh");
  EXPECT_EQ(language(nullptr, nullptr, "zh_CN", {"run", "a", "--lang", "cn"}), "zh");
}

}  // namespace tuopin::test
