// Running a year: order of steps, barriers, steps with nothing to do, and the same result for any team.
#include "engine/run/year.hpp"

#include <gmock/gmock.h>

#include <mutex>

namespace tuopin::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

/// A number for each block, and a log of the steps that were run.
struct Numbers {
  struct Visit {
    Numbers& numbers;
    std::size_t block;
  };
  std::vector<int> values;
  int total = 0;
  int visits = 0;
  std::vector<std::string> log;
  std::mutex mutex;

  std::size_t blocks() const { return values.size(); }
  Visit visit(std::size_t block, std::size_t) {
    const std::lock_guard<std::mutex> guard(mutex);
    ++visits;
    return {*this, block};
  }
  Stopwatch* watch(std::size_t) { return nullptr; }
};
using Year = YearOf<Numbers>;

Description called(const char* name) { return {name, Message::verbatim(name)}; }

struct Add : Year::BlockStep {
  explicit Add(int n) : n_(n) {}
  void run(Year::Visit& visit) const override { visit.numbers.values[visit.block] += n_; }
  int n_;
};
struct AddTotal : Year::BlockStep {
  void run(Year::Visit& visit) const override { visit.numbers.values[visit.block] += visit.numbers.total; }
};
struct Sum : Year::Barrier {
  explicit Sum(bool acts = true) : acts_(acts) {}
  bool acts(const Numbers&) const override { return acts_; }
  void apply(Numbers& now, const Team&) const override {
    now.total = 0;
    for (const int value : now.values) now.total += value;
  }
  bool acts_;
};

Year::Part part(const char* name) { return Year::Part(called(name)); }

Year doubled_sum(bool barrier_acts) {
  Year year;
  year.add(std::move(part("one").add<Add>(1)));
  year.add(std::move(part("sum").add<Sum>(barrier_acts)));
  year.add(std::move(part("total").add<AddTotal>()));
  return year;
}

TEST(Year, ABarrierSeesAllBlocksAndAllBlocksSeeIt) {
  for (const int threads : {1, 2, 3}) {
    Numbers now;
    now.values = {1, 2, 3, 4};
    doubled_sum(true).run(now, Threads(threads));
    EXPECT_THAT(now.values, ElementsAre(2 + 14, 3 + 14, 4 + 14, 5 + 14)) << threads;
  }
}

TEST(Year, StepsUpToABarrierShareAVisit) {
  Numbers now;
  now.values = {1, 2, 3};
  doubled_sum(true).run(now, Threads());
  EXPECT_EQ(now.visits, 2 * 3);
  now.visits = 0;
  doubled_sum(false).run(now, Threads());  // a barrier with nothing to do does not end the visit
  EXPECT_EQ(now.visits, 3);
}

TEST(Year, APartIsPutBehindAnother) {
  Year year = doubled_sum(true);
  year.add_after("one", std::move(part("ten").add<Add>(10)));
  Numbers now;
  now.values = {0, 0};
  year.run(now, Threads());
  EXPECT_EQ(now.total, 22);
  std::vector<std::string> names;
  for (const Year::Part& one : year.parts()) names.push_back(one.said.name);
  EXPECT_THAT(names, ElementsAre("one", "ten", "sum", "total"));
  EXPECT_THAT([&] { year.add_after("nobody", part("x")); }, ThrowsMessage<std::logic_error>(HasSubstr("nobody")));
}

TEST(Year, OnePartAlone) {
  const Year year = doubled_sum(true);
  Numbers now;
  now.values = {5};
  year.run(now, Threads(), year.parts()[1]);
  EXPECT_EQ(now.total, 5);
  EXPECT_TRUE(Year::settles(now, year.parts()[1]));
  EXPECT_FALSE(Year::settles(now, year.parts()[0]));
}

Year::Part sharing(const char* name, std::vector<std::string> shares, std::vector<std::string> uses) {
  Year::Part made = part(name);
  made.said.shares = std::move(shares);
  made.said.uses = std::move(uses);
  return made;
}

TEST(Year, ScratchDoesNotOutliveABarrier) {
  Year year;
  year.add(std::move(sharing("first", {"year.value"}, {}).add<Add>(1)));
  year.add(std::move(sharing("second", {}, {"year.value"}).add<Add>(1)));
  EXPECT_NO_THROW(year.check());
  year.add_after("first", std::move(part("sum").add<Sum>()));
  EXPECT_THAT([&] { year.check(); }, ThrowsMessage<std::logic_error>(HasSubstr("second uses year.value")));
}

TEST(Year, ScratchMayBeSharedAgainBehindABarrier) {
  Year year;
  year.add(std::move(sharing("first", {"year.value"}, {}).add<Add>(1)));
  year.add(std::move(sharing("settled", {"year.value"}, {}).add<Sum>().add<Add>(1)));
  year.add(std::move(sharing("second", {}, {"year.value"}).add<Add>(1)));
  EXPECT_NO_THROW(year.check());
}

/// A common step; the log says which moment computed it and which took it over.
struct Alike : Year::Common {
  explicit Alike(int n) : n_(n) {}
  void run(Year::Visit& visit) const override {
    visit.numbers.values[visit.block] += n_;
    visit.numbers.log.push_back("lives");
  }
  bool repeats(const Year::Visit& here, const Year::Common& other, const Year::Visit& there) const override {
    const auto& twin = dynamic_cast<const Alike&>(other);
    return n_ == twin.n_ && here.numbers.values[here.block] == there.numbers.values[there.block];
  }
  void follow(Year::Visit& here, const Year::Visit& there) const override {
    here.numbers.values[here.block] = there.numbers.values[there.block];  // before the other continues
    here.numbers.log.push_back("follows");
  }
  int n_;
};

Year meeting(int before, int alike) {
  Year year;
  year.add(std::move(part("sum before").add<Add>(before).add<Sum>()));
  year.add(std::move(part("alike").add<Alike>(alike)));
  year.add(std::move(part("sum behind").add<Sum>().add<AddTotal>()));
  return year;
}

void simulate_together(const std::vector<const Year*>& years, const std::vector<Numbers*>& moments, const Team& team) {
  std::vector<YearRun<Numbers>> ways;
  for (std::size_t i = 0; i < years.size(); ++i) ways.push_back(years[i]->way(*moments[i], team));
  YearRun<Numbers>::simulate_together(ways);
}

TEST(Year, WhatIsAlikeIsDoneOnce) {
  const Year first = meeting(1, 10), second = meeting(1, 10), other_number = meeting(1, 11),
             other_before = meeting(2, 10);
  Numbers a, b, c, d, e;
  const std::vector<Numbers*> all = {&a, &b, &c, &d, &e};
  for (Numbers* now : all) now->values = {1, 2, 3};
  e.values = {1, 7, 3};  // differs in one block
  simulate_together({&first, &second, &other_number, &other_before, &first}, all, Threads());
  EXPECT_THAT(a.log, ElementsAre("lives", "lives", "lives"));
  EXPECT_THAT(b.log, ElementsAre("follows", "follows", "follows"));
  EXPECT_THAT(c.log, ElementsAre("lives", "lives", "lives"));
  EXPECT_THAT(d.log, ElementsAre("lives", "lives", "lives"));
  EXPECT_THAT(e.log, ElementsAre("follows", "lives", "follows"));
  EXPECT_THAT(a.values, ElementsAre(12 + 39, 13 + 39, 14 + 39));
  EXPECT_EQ(a.values, b.values);
  EXPECT_THAT(c.values, ElementsAre(13 + 42, 14 + 42, 15 + 42));
  EXPECT_THAT(d.values, ElementsAre(13 + 42, 14 + 42, 15 + 42));
  EXPECT_THAT(e.values, ElementsAre(12 + 44, 18 + 44, 14 + 44));
}

TEST(Year, WhoHasNothingAlikeLivesBesideTheOthers) {
  const Year with = meeting(1, 10), without = doubled_sum(true);
  Numbers a, b, c;
  const std::vector<Numbers*> all = {&a, &b, &c};
  for (Numbers* now : all) now->values = {1, 2};
  simulate_together({&with, &without, &with}, all, Threads());
  EXPECT_EQ(a.values, c.values);
  Numbers alone;
  alone.values = {1, 2};
  without.run(alone, Threads());
  EXPECT_EQ(b.values, alone.values);
}

TEST(Year, ScratchDoesNotCrossTheCommonStep) {
  Year year;
  year.add(std::move(sharing("first", {"year.value"}, {}).add<Add>(1)));
  year.add(std::move(sharing("alike", {"year.alike"}, {}).add<Alike>(1)));
  year.add(std::move(sharing("behind", {}, {"year.alike"}).add<Add>(1)));
  EXPECT_NO_THROW(year.check());
  year.add(std::move(sharing("second", {}, {"year.value"}).add<Add>(1)));
  EXPECT_THAT([&] { year.check(); }, ThrowsMessage<std::logic_error>(HasSubstr("second uses year.value")));
  Year two;
  two.add(std::move(part("one").add<Alike>(1)));
  two.add(std::move(part("two").add<Alike>(1)));
  EXPECT_THAT([&] { two.check(); }, ThrowsMessage<std::logic_error>(HasSubstr("two is the second")));
}

}  // namespace
}  // namespace tuopin::testing
