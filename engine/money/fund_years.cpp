#include "engine/money/fund_years.hpp"

namespace tuopin {

std::vector<std::vector<FundYear>> fund_years(const Ledger& ledger, int first_year, std::size_t years,
                                              std::size_t funds) {
  std::vector<std::vector<FundYear>> flows(years, std::vector<FundYear>(funds));
  ledger.for_each([&](int year, std::size_t, std::size_t, std::size_t fund, Purpose purpose, std::int64_t fen) {
    FundYear& flow = flows.at(static_cast<std::size_t>(year - first_year)).at(fund);
    (purpose == Purpose::transfer_in ? flow.transfer_in : purpose == Purpose::lapsed ? flow.lapsed : flow.paid) += fen;
  });
  for (std::size_t y = 0; y < years; ++y)
    for (std::size_t fund = 0; fund < funds; ++fund) {
      FundYear& flow = flows[y][fund];
      flow.carried_in = y > 0 ? flows[y - 1][fund].carried_over : 0;
      flow.carried_over = flow.balance() - flow.lapsed;
    }
  return flows;
}

}  // namespace tuopin
