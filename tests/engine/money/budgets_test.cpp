// Apportionment is exact, shares add up, and no fund is ever overdrawn.
#include "engine/money/budgets.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <numeric>
#include <stdexcept>

namespace tuopin {
namespace {

using testing::ElementsAre;

std::int64_t sum(const std::vector<std::int64_t>& parts) {
  return std::accumulate(parts.begin(), parts.end(), std::int64_t{0});
}
std::vector<std::int64_t> parts_of(std::int64_t total, const std::vector<std::int64_t>& keys) {
  return apportion(total, keys);
}

TEST(Apportion, FollowsHamiltonsMethod) {
  // The five parties of Balinski & Young, Fair Representation (2nd ed., 2001): 26 seats for 9061, 7179, 5259, 3319,
  // 1182 by largest remainder.
  EXPECT_THAT(parts_of(26, {9061, 7179, 5259, 3319, 1182}), ElementsAre(9, 7, 5, 4, 1));
  EXPECT_THAT(parts_of(10, {1, 1, 1}), ElementsAre(4, 3, 3));  // a tie goes to the lower index
  EXPECT_THAT(parts_of(7, {0, 3, 0}), ElementsAre(0, 7, 0));
  EXPECT_THAT(parts_of(5, {0, 0}), ElementsAre(3, 2));
  EXPECT_THAT(parts_of(0, {4, 5}), ElementsAre(0, 0));
  EXPECT_THAT(parts_of(0, {}), ElementsAre());
}

TEST(Apportion, IsExactWhereDoublesAreNot) {
  const std::int64_t total = 9'000'000'000'000'000'001;
  const auto parts = parts_of(total, {3'000'000'000'000'000'000, 3'000'000'000'000'000'000, 3'000'000'000'000'000'001});
  EXPECT_EQ(sum(parts), total);
  EXPECT_THAT(parts, ElementsAre(3'000'000'000'000'000'000, 3'000'000'000'000'000'000, 3'000'000'000'000'000'001));
}

TEST(Apportion, RefusesWhatMakesNoSense) {
  EXPECT_THROW(parts_of(-1, {1}), std::invalid_argument);
  EXPECT_THROW(parts_of(1, {}), std::invalid_argument);
  EXPECT_THROW(parts_of(1, {2, -1}), std::invalid_argument);
  EXPECT_THROW(apportion_by_weights(1, std::vector<double>{1.0, -0.5}), std::invalid_argument);
  EXPECT_THROW(Shares(std::vector<double>{0.0, 0.0}), std::invalid_argument);
}

TEST(ApportionProperties, PartsSumToTheTotalAndStayWithinOneOfTheExactShare) {
  EXPECT_TRUE(rc::check([] {
    const auto total = *rc::gen::inRange<std::int64_t>(0, 1'000'000'000'000);
    const auto keys =
        *rc::gen::nonEmpty(rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(0, 1'000'000)));
    const auto parts = apportion(total, keys);
    RC_ASSERT(sum(parts) == total);
    const std::int64_t all = sum(keys);
    if (all == 0) return;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const long double exact =
          static_cast<long double>(total) * static_cast<long double>(keys[i]) / static_cast<long double>(all);
      RC_ASSERT(static_cast<long double>(parts[i]) > exact - 1.0L - 1e-6L);
      RC_ASSERT(static_cast<long double>(parts[i]) < exact + 1.0L + 1e-6L);
      if (keys[i] == 0) RC_ASSERT(parts[i] == 0);
    }
  }));
}

TEST(Shares, SplitAddsUpAndFundableIsTheMostThatFits) {
  const Shares single(std::vector<double>{1.0});
  EXPECT_EQ(single.fundable(std::vector<std::int64_t>{1234}), 1234);
  EXPECT_EQ(single.fundable(std::vector<std::int64_t>{unlimited}), unlimited);
  const Shares three(std::vector<double>{0.5, 0.3, 0.2});
  EXPECT_THAT(three.split(1001), ElementsAre(501, 300, 200));
  EXPECT_EQ(three.fundable(std::vector<std::int64_t>{0, 10, 10}), 0);
  EXPECT_EQ(three.fundable(std::vector<std::int64_t>{unlimited, 301, unlimited}), 1000);
}

TEST(BudgetProperties, NobodyIsEverOverdrawnAndAvailableCanAlwaysBeSpent) {
  EXPECT_TRUE(rc::check([] {
    const auto funds = *rc::gen::inRange<std::size_t>(1, 5);
    std::vector<Budgets::Fund> rules(funds);
    std::vector<std::int64_t> money(funds);
    Budgets::Programme programme;
    for (std::size_t f = 0; f < funds; ++f) {
      rules[f].endless = *rc::gen::weightedElement<bool>({{4, false}, {1, true}});
      rules[f].carry_over = *rc::gen::arbitrary<bool>();
      money[f] = *rc::gen::inRange<std::int64_t>(0, 100'000);
      programme.funds.push_back(f);
      programme.shares.push_back(*rc::gen::inRange(1, 100) / 100.0);
    }
    const auto envelope = *rc::gen::element(std::int64_t{unlimited}, std::int64_t{50'000}, std::int64_t{0});
    Budgets budgets(rules, {programme});
    for (int year = 0; year < 3; ++year) {
      budgets.begin_year(money, std::vector<std::int64_t>{envelope});
      const std::int64_t splits = *rc::gen::inRange<std::int64_t>(1, 6);
      std::int64_t rest = budgets.available(0, splits), spent = 0;
      if (rest >= unlimited / 2) rest = 1'000'000;
      for (std::int64_t s = 0; s < splits; ++s) {
        const std::int64_t fen = s + 1 == splits ? rest : *rc::gen::inRange<std::int64_t>(0, rest + 1);
        std::int64_t drawn = 0;
        for (const Budgets::Draw& draw : budgets.spend(0, fen)) drawn += draw.fen;
        RC_ASSERT(drawn == fen);
        rest -= fen;
        spent += fen;
      }
      RC_ASSERT(spent <= envelope);
      std::vector<std::int64_t> left(funds);
      for (std::size_t f = 0; f < funds; ++f) RC_ASSERT((left[f] = budgets.left(f)) >= 0);
      const auto lapsed = budgets.end_year();
      for (std::size_t f = 0; f < funds; ++f) {
        if (rules[f].endless) continue;
        RC_ASSERT(lapsed[f] == (rules[f].carry_over ? 0 : left[f]));
        RC_ASSERT(budgets.left(f) == (rules[f].carry_over ? left[f] : 0));
      }
    }
  }));
}

TEST(Budgets, RefuseToOverspend) {
  Budgets budgets({{false, false}, {false, true}}, {{{0, 1}, {0.5, 0.5}}, {{1}, {1.0}}});
  budgets.begin_year(std::vector<std::int64_t>{100, 0}, std::vector<std::int64_t>{unlimited, 70});
  EXPECT_EQ(budgets.available(0), 198);  // one fen kept back for rounding
  EXPECT_EQ(budgets.available(1), 70);
  EXPECT_THROW(budgets.spend(0, 300), std::logic_error);
  EXPECT_EQ(budgets.available(0), 198) << "a refused spending took something";
  budgets.spend(1, 70);
  EXPECT_EQ(budgets.available(1), 0);
  EXPECT_THROW(Budgets({{}}, {{{1}, {1.0}}}), std::invalid_argument);
  EXPECT_THROW(Budgets({{}}, {{{0, 0}, {0.5, 0.5}}}), std::invalid_argument);
}

TEST(Budgets, AreRestoredBetweenYears) {
  const std::vector<Budgets::Fund> funds{{true, false}, {false, false}, {false, true}};
  const std::vector<Budgets::Programme> programmes{{{0, 1}, {0.5, 0.5}}};
  Budgets budgets(funds, programmes), again(funds, programmes);
  budgets.begin_year(std::vector<std::int64_t>{1000, 1000, 0}, std::vector<std::int64_t>{unlimited});
  budgets.spend(0, 600);
  budgets.end_year();
  EXPECT_THAT(std::vector(budgets.all_left().begin(), budgets.all_left().end()), ElementsAre(700, 0, 0));
  again.restore(budgets.all_left());
  for (Budgets* of : {&budgets, &again})
    of->begin_year(std::vector<std::int64_t>{1, 10, 0}, std::vector<std::int64_t>{50});
  for (std::size_t fund = 0; fund < funds.size(); ++fund) EXPECT_EQ(again.left(fund), budgets.left(fund));
  EXPECT_EQ(again.available(0), budgets.available(0));
  EXPECT_THROW(again.restore(std::vector<std::int64_t>{1, 2}), std::invalid_argument);
  EXPECT_THROW(again.restore(std::vector<std::int64_t>{1, -2, 0}), std::invalid_argument);
}

}  // namespace
}  // namespace tuopin
