// A study comes back as it was written, and equal studies are equal bytes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <thread>

#include "engine/base/errors.hpp"
#include "tests/engine/study/study_sample.hpp"

namespace tuopin::test {

namespace {

template <typename Values>
void expect_same(const Values& expected, const Values& found, const std::string& name) {
  ASSERT_EQ(expected.index(), found.index()) << name;
  std::visit(
      [&]<typename Kind>(const Kind& values) {
        const Kind& others = std::get<Kind>(found);
        ASSERT_EQ(values.size(), others.size()) << name;
        for (std::size_t i = 0; i < values.size(); ++i)
          if (!(values[i] != values[i]))
            EXPECT_EQ(values[i], others[i]) << name << " " << i;
          else
            EXPECT_TRUE(others[i] != others[i]) << name << " " << i;
      },
      expected);
}

void expect_same(const Study& expected, const Study& found) {
  EXPECT_EQ(expected.attributes, found.attributes);
  ASSERT_EQ(expected.dimensions.size(), found.dimensions.size());
  for (std::size_t i = 0; i < expected.dimensions.size(); ++i) {
    const Dimension &a = expected.dimensions[i], &b = found.dimensions[i];
    EXPECT_EQ(std::tie(a.name, a.unit, a.long_name), std::tie(b.name, b.unit, b.long_name));
    EXPECT_EQ(a.values, b.values) << a.name;
  }
  ASSERT_EQ(expected.variables.size(), found.variables.size());
  for (std::size_t i = 0; i < expected.variables.size(); ++i) {
    const Variable &a = expected.variables[i], &b = found.variables[i];
    EXPECT_EQ(std::tie(a.name, a.dimensions, a.unit, a.long_name, a.long_name_zh, a.comment),
              std::tie(b.name, b.dimensions, b.unit, b.long_name, b.long_name_zh, b.comment));
    expect_same(a.values, b.values, a.name);
  }
}

}  // namespace

TEST(Study, ComesBackAsItWasWritten) {
  const Folder folder;
  for (const std::size_t draws : {0u, 3u, 20'000u}) {  // nothing, contiguous, compressed in several chunks
    const Study study = sample_study(draws);
    write_study(folder / "study.h5", study);
    expect_same(study, read_study(folder / "study.h5"));
    EXPECT_EQ(folder.entries(), 1u) << "a temporary was left behind";
  }
}

TEST(Study, EqualStudiesAreEqualBytes) {
  const Folder folder;
  for (const std::size_t draws : {3u, 2'000u}) {
    write_study(folder / "one.h5", sample_study(draws));
    std::this_thread::sleep_for(std::chrono::milliseconds(1100));  // object times would count seconds
    write_study(folder / "two.h5", sample_study(draws));
    EXPECT_EQ(bytes_of(folder / "one.h5"), bytes_of(folder / "two.h5"));
  }
}

TEST(Study, IsReplacedWhole) {
  const Folder folder;
  write_study(folder / "study.h5", sample_study(2'000));
  write_study(folder / "study.h5", sample_study(3));
  expect_same(sample_study(3), read_study(folder / "study.h5"));
}

TEST(Study, OpensWhereverItIsCopied) {
  const Folder folder, elsewhere;
  write_study(folder / "study.h5", sample_study());
  std::filesystem::copy(folder / "study.h5", elsewhere / "副本 copy.nc");
  std::filesystem::remove(folder / "study.h5");
  expect_same(sample_study(), read_study(elsewhere / "副本 copy.nc"));
}

TEST(Study, RefusesWhatOnlyADefectCanBuild) {
  const Folder folder;
  Study unknown = sample_study(), wrong_size = sample_study(), twice = sample_study();
  unknown.variables[0].dimensions[0] = "scenari";
  wrong_size.variables[1].values = std::vector<std::int64_t>{1};
  twice.variables[1].name = "poverty_rate";
  for (const Study* study : {&unknown, &wrong_size, &twice})
    EXPECT_THROW(write_study(folder / "study.h5", *study), std::logic_error);
  EXPECT_EQ(folder.entries(), 0u);
}

TEST(ResultsHash, SeesResultsAndNothingElse) {
  const Study study = sample_study();
  const std::string hash = results_hash(study);
  EXPECT_THAT(hash, testing::MatchesRegex("[0-9a-f]{16}"));
  const auto changed = [&](const auto& change) {
    Study other = study;
    change(other);
    return results_hash(other) != hash;
  };
  EXPECT_TRUE(changed([](Study& s) { std::get<0>(s.variables[0].values)[5] = std::nextafter(1.0 / 8, 1.0); }));
  EXPECT_TRUE(changed([](Study& s) { s.variables[1].unit = "households"; }));
  EXPECT_TRUE(changed([](Study& s) { s.variables[1].name = "people"; }));
  EXPECT_TRUE(changed([](Study& s) { std::get<1>(s.dimensions[2].values)[0] = 2014; }));
  EXPECT_FALSE(changed([](Study& s) { std::swap(s.variables[0], s.variables[3]); }));
  EXPECT_FALSE(changed([](Study& s) { s.attributes["title"] = std::string("another"); }));
  EXPECT_FALSE(changed([](Study& s) { s.variables[0].comment = s.variables[0].long_name = "other words"; }));
  EXPECT_FALSE(changed([](Study& s) { std::get<0>(s.variables[5].values)[0] = 9; })) << "a group";
  EXPECT_FALSE(changed([](Study& s) { std::get<0>(s.variables[0].values)[1] = -std::nan("7"); })) << "NaN is NaN";
}

TEST(ResultsHash, IsTheSameAfterReading) {
  const Folder folder;
  write_study(folder / "study.h5", sample_study(2'000));
  EXPECT_EQ(results_hash(sample_study(2'000)), results_hash(read_study(folder / "study.h5")));
}

}  // namespace tuopin::test
