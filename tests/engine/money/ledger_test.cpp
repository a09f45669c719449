// The ledger balances to the fen, whatever is posted and in whatever order it is merged.
#include "engine/money/ledger.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <stdexcept>
#include <tuple>
#include <vector>

namespace tuopin {
namespace {

struct Posting {
  int year;
  std::size_t place, programme, fund;
  Purpose purpose;
  std::int64_t fen;
};

rc::Gen<Posting> any_posting() {
  return rc::gen::map(rc::gen::tuple(rc::gen::inRange(2015, 2021), rc::gen::inRange(0, 8), rc::gen::inRange(0, 5),
                                     rc::gen::inRange(0, 3), rc::gen::inRange(0, 5),
                                     rc::gen::inRange<std::int64_t>(0, 1'000'000'000'000)),
                      [](const auto& t) {
                        const auto& [year, place, programme, fund, purpose, fen] = t;
                        return Posting{year,
                                       static_cast<std::size_t>(place),
                                       static_cast<std::size_t>(programme),
                                       static_cast<std::size_t>(fund),
                                       static_cast<Purpose>(purpose),
                                       fen};
                      });
}

void post(Ledger& ledger, const Posting& p) { ledger.post(p.year, p.place, p.programme, p.fund, p.purpose, p.fen); }

TEST(Fen, RoundsHalvesUpwards) {
  EXPECT_EQ(to_fen(0), 0);
  EXPECT_EQ(to_fen(1.25), 125);
  EXPECT_EQ(to_fen(0.125), 13);
  EXPECT_EQ(to_fen(0.124), 12);
  EXPECT_EQ(to_fen(10000), 1'000'000);
  EXPECT_EQ(to_fen(-0.005), 0);
}

TEST(Ledger, APostingMovesMoneyBetweenTwoAccounts) {
  Ledger ledger;
  ledger.post(2016, 0, 0, 1, Purpose::transfer_in, 1000);
  ledger.post(2016, 3, 2, 1, Purpose::to_household, 600);
  ledger.post(2016, 3, 2, 1, Purpose::to_supplier, 100);
  ledger.post(2016, 3, 2, 1, Purpose::administration, 50);
  ledger.post(2016, 0, 0, 1, Purpose::lapsed, 250);
  EXPECT_EQ(ledger.fund_balance(1), 0);
  EXPECT_EQ(ledger.fund_balance(7), 0);
  EXPECT_EQ(ledger.balance(Account::outside), -1000);
  EXPECT_EQ(ledger.balance(Account::households), 600);
  EXPECT_EQ(ledger.balance(Account::suppliers), 100);
  EXPECT_EQ(ledger.balance(Account::administration), 50);
  EXPECT_EQ(ledger.balance(Account::lapsed), 250);
  EXPECT_EQ(ledger.programme_turnover(2), 750);
  EXPECT_EQ(ledger.programme_turnover(0), 0);
  EXPECT_EQ(ledger.balance_sum(), 0);
}

TEST(Ledger, PostingsOfOneLineAreSummedAndVisitedInOrder) {
  Ledger ledger;
  ledger.post(2017, 1, 0, 0, Purpose::to_household, 5);
  ledger.post(2016, 2, 0, 0, Purpose::to_household, 7);
  ledger.post(2017, 1, 0, 0, Purpose::to_household, 6);
  ledger.post(2017, 1, 0, 0, Purpose::to_supplier, 0);
  std::vector<std::tuple<int, std::size_t, std::int64_t>> seen;
  ledger.for_each([&](int year, std::size_t place, std::size_t, std::size_t, Purpose, std::int64_t fen) {
    seen.emplace_back(year, place, fen);
  });
  ASSERT_EQ(seen.size(), 2u);
  EXPECT_EQ(seen[0], std::make_tuple(2016, std::size_t{2}, std::int64_t{7}));
  EXPECT_EQ(seen[1], std::make_tuple(2017, std::size_t{1}, std::int64_t{11}));
}

TEST(Ledger, RefusesNegativeAmountsAndOverflowWithoutLosingBalance) {
  Ledger ledger;
  EXPECT_THROW(ledger.post(2016, 0, 0, 0, Purpose::to_household, -1), std::invalid_argument);
  const std::int64_t most = std::numeric_limits<std::int64_t>::max();
  ledger.post(2016, 0, 0, 0, Purpose::transfer_in, most);
  EXPECT_THROW(ledger.post(2016, 0, 0, 0, Purpose::transfer_in, 1), std::overflow_error);
  EXPECT_EQ(ledger.balance_sum(), 0);
  EXPECT_TRUE(ledger.balances_follow_from_postings());
  EXPECT_EQ(ledger.fund_balance(0), most);
}

TEST(LedgerProperties, BalancesSumToZeroAndFollowFromThePostings) {
  EXPECT_TRUE(rc::check([] {
    Ledger ledger;
    for (const Posting& p : *rc::gen::container<std::vector<Posting>>(any_posting())) post(ledger, p);
    RC_ASSERT(ledger.balance_sum() == 0);
    RC_ASSERT(ledger.balances_follow_from_postings());
  }));
}

TEST(LedgerProperties, SplittingAndMergingInAnyOrderChangesNothing) {
  EXPECT_TRUE(rc::check([] {
    const auto postings = *rc::gen::container<std::vector<Posting>>(any_posting());
    Ledger whole, parts[3], forth, back;
    for (const Posting& p : postings) {
      post(whole, p);
      post(parts[*rc::gen::inRange(0, 3)], p);
    }
    for (int i = 0; i < 3; ++i) forth.merge(parts[i]), back.merge(parts[2 - i]);
    RC_ASSERT(forth == whole);
    RC_ASSERT(back == whole);
    RC_ASSERT(forth.balance_sum() == 0);
    RC_ASSERT(forth.balances_follow_from_postings());
    RC_ASSERT(forth.fund_balance(1) == whole.fund_balance(1));
  }));
}

}  // namespace
}  // namespace tuopin
