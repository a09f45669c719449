// Figures of money: spending by year and place, all postings of the ledger, and the flows of each fund.
#include "models/measures/formulas.hpp"
#include "models/measures/shipped_figures.hpp"

namespace tuopin {

namespace {

template <std::int64_t FundYear::*Member>
double flow(const MoneyFacts& f, const At& at) {
  return yuan(f.flows(at).*Member);
}

}  // namespace

std::vector<Figure> spending_figures() {
  return {
      {"",
       "spending",
       {},
       "yuan",
       "all spending, safety net included",
       "支出",
       [](const YearFacts& f, const At& at) {
         return yuan(f.declared_or_zero("safety_net_fen", at) + f.spent_on_programmes(at));
       }},
      {"", "payments", {}, "yuan", "of the spending: reached households", "到户支出", money<&PlaceSums::payments_fen>},
      {"",
       "perfect_information_gap",
       {},
       "yuan",
       "what would lift everybody exactly to the line",
       "理想贫困缺口",
       money<&PlaceSums::gap_fen>},
  };
}

std::vector<Figure> ledger_figures() {
  const std::vector<std::string> by_posting{"year", "place", "programme", "fund", "purpose"}, by_fund{"year", "fund"};
  return {
      {"ledger", "amount", by_posting, "yuan", "postings by source, programme and purpose", "资金流水",
       [](const MoneyFacts& f, const At& at) { return yuan(f.fen(at)); }},
      {"ledger", "transfer_in", by_fund, "yuan", "money of the year into a fund", "资金到账",
       flow<&FundYear::transfer_in>},
      {"ledger", "carried_in", by_fund, "yuan", "carried in from the year before", "上年结转",
       flow<&FundYear::carried_in>},
      {"ledger", "paid", by_fund, "yuan", "paid out of a fund", "已支付", flow<&FundYear::paid>},
      {"ledger", "carried_over", by_fund, "yuan", "carried over into the next year", "结转下年",
       flow<&FundYear::carried_over>},
      {"ledger", "lapsed", by_fund, "yuan", "money that lapsed at the end of the year", "到期收回",
       flow<&FundYear::lapsed>},
      {"ledger", "balance", by_fund, "yuan", "unspent at the end of the year: in and carried in less paid", "年末余额",
       [](const MoneyFacts& f, const At& at) { return yuan(f.flows(at).balance()); }},
  };
}

}  // namespace tuopin
