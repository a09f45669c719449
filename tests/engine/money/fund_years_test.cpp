// Flows of funds by year, computed from the ledger, compared with the budgets.
#include "engine/money/fund_years.hpp"

#include <gtest/gtest.h>

#include "engine/money/budgets.hpp"

namespace tuopin {
namespace {

TEST(FundYears, InCarriedPaidAndLapsed) {
  Ledger ledger;
  ledger.post(2015, 9, 0, 0, Purpose::transfer_in, 1000);
  ledger.post(2015, 1, 1, 0, Purpose::to_household, 300);
  ledger.post(2015, 2, 1, 0, Purpose::administration, 100);
  ledger.post(2015, 9, 0, 1, Purpose::transfer_in, 70);
  ledger.post(2015, 9, 0, 1, Purpose::lapsed, 70);
  ledger.post(2017, 1, 2, 0, Purpose::to_supplier, 600);
  const auto flows = fund_years(ledger, 2015, 3, 3);
  ASSERT_EQ(flows.size(), 3u);
  const auto expect = [&](std::size_t y, std::size_t fund, const std::vector<std::int64_t>& all) {
    const FundYear& f = flows[y][fund];
    EXPECT_EQ((std::vector<std::int64_t>{f.transfer_in, f.carried_in, f.paid, f.carried_over, f.lapsed, f.balance()}),
              all)
        << y << " " << fund;
  };
  expect(0, 0, {1000, 0, 400, 600, 0, 600});
  expect(1, 0, {0, 600, 0, 600, 0, 600});
  expect(2, 0, {0, 600, 600, 0, 0, 0});
  expect(0, 1, {70, 0, 0, 0, 70, 70});
  for (std::size_t y = 0; y < 3; ++y) expect(y, 2, {0, 0, 0, 0, 0, 0});
  EXPECT_THROW(fund_years(ledger, 2016, 2, 3), std::out_of_range);
}

/// What is carried over is what the budgets have left when the year is over.
TEST(FundYears, CarryOverIsWhatTheBudgetsHave) {
  Budgets budgets({{true, false}, {false, false}}, {{{0, 1}, {0.25, 0.75}}});
  Ledger ledger;
  const std::vector<std::vector<std::int64_t>> money = {{1'001, 3'000}, {0, 50}, {777, 9'999}};
  const std::vector<std::int64_t> spent = {2'003, 40, 3'333};
  for (int year = 0; year < 3; ++year) {
    const auto y = static_cast<std::size_t>(year);
    budgets.begin_year(money[y], std::vector<std::int64_t>{unlimited});
    for (std::size_t fund = 0; fund < 2; ++fund) ledger.post(year, 9, 0, fund, Purpose::transfer_in, money[y][fund]);
    for (const Budgets::Draw& draw : budgets.spend(0, spent[y]))
      ledger.post(year, 0, 0, draw.fund, Purpose::to_household, draw.fen);
    const auto lapsed = budgets.end_year();
    for (std::size_t fund = 0; fund < 2; ++fund) ledger.post(year, 9, 0, fund, Purpose::lapsed, lapsed[fund]);
    const auto flows = fund_years(ledger, 0, y + 1, 2);
    for (std::size_t fund = 0; fund < 2; ++fund) {
      const FundYear& f = flows[y][fund];
      EXPECT_EQ(f.carried_over, budgets.left(fund));
      EXPECT_EQ(f.lapsed, lapsed[fund]);
      EXPECT_EQ(f.balance(), f.carried_over + f.lapsed);
      EXPECT_EQ(f.carried_in, y > 0 ? flows[y - 1][fund].carried_over : 0);
    }
  }
}

}  // namespace
}  // namespace tuopin
