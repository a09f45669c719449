// Every fund by year: what came in, was carried in, was paid, is carried over, lapsed; and what a person-year took.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "models/main/summary_parts.hpp"

namespace tuopin {

namespace {

constexpr std::array money_flows = {"ledger/transfer_in", "ledger/carried_in",   "ledger/paid",
                                    "ledger/balance",     "ledger/carried_over", "ledger/lapsed"};

using MoneyRow = std::array<Spread, money_flows.size()>;

MoneyRow money_row(const Page& page, std::size_t s, std::size_t fund, std::size_t year) {
  MoneyRow row;
  for (std::size_t flow = 0; flow < row.size(); ++flow) {
    auto values = page.study.worlds(money_flows[flow], s, year, "fund", fund);
    for (double& v : values) v /= page.money.unit;
    row[flow] = spread_of(std::move(values));
  }
  return row;
}

bool has_money(const MoneyRow& row) {
  return std::any_of(row.begin(), row.end(), [](const Spread& s) { return s.worlds > 0 && s.high > 0; });
}

/// Medians of one scenario: a fund's name stands at its first year.
void add_fund(const Page& page, std::size_t s, std::size_t fund, int decimals, TextTable& table) {
  const auto years = page.study.years();
  std::string name = page.study.names("fund")[fund];
  if (fund == 0) name = page("safety net (as paid)", "原有安全网（按实支）");
  for (std::size_t y = 0; y < years.size(); ++y) {
    const MoneyRow row = money_row(page, s, fund, y);
    if (!has_money(row)) continue;
    std::vector<std::string> cells = {name, std::to_string(years[y])};
    for (const Spread& flow : row) cells.push_back(flow.worlds == 0 ? "–" : grouped(flow.median, decimals));
    table.add_row(std::move(cells));
    name.clear();
  }
}

double largest_flow(const Page& page) {
  double most = 0;
  for (std::size_t s = 0; s < page.study.size("scenario"); ++s)
    for (std::size_t fund = 0; fund < page.study.size("fund"); ++fund)
      for (std::size_t y = 0; y < page.study.size("year"); ++y)
        for (const Spread& flow : money_row(page, s, fund, y)) most = std::max(most, flow.worlds > 0 ? flow.median : 0);
  return most;
}

}  // namespace

std::string money_section(const Page& page) {
  if (!page.study.has("ledger/paid") || page.study.size("fund") == 0) return "";
  const int decimals = std::max(1, decimals_for(largest_flow(page)));
  TextTable table;
  table.add_column(page("fund", "资金"), TextTable::Align::left, 34);
  for (const std::string& heading :
       {page("year", "年份"), page("in", "到账"), page("carried in", "上年结转"), page("paid", "支付"),
        page("unspent", "年末余额"), page("carried over", "结转下年"), page("lapsed", "到期收回")})
    table.add_column(heading);
  for (std::size_t s = 0; s < page.study.size("scenario"); ++s) {
    table.add_section(page.heading(fmt::format(fmt::runtime(page("Money of ({}) {}, {}", "方案({}) {}的资金（{}）")),
                                               s + 1, page.scenario_title(s), page.money.name)));
    for (std::size_t fund = 0; fund < page.study.names("fund").size(); ++fund) add_fund(page, s, fund, decimals, table);
  }
  return table.text(0, page_width) +
         page.note(page("Medians. In and carried in, less what was paid, is unspent at the end of the year: it is "
                        "carried over where the fund may do so, else it lapses. Medians of parts need not add up.",
                        "均为中位数。到账与上年结转之和减去支付即年末余额：允许结转的结转下年，否则到期收回。"
                        "各项中位数之和不必等于总数的中位数。"));
}

}  // namespace tuopin
