#include "models/programme/treasury.hpp"

#include <algorithm>

namespace tuopin {

namespace {

std::size_t position_of(const std::vector<std::string>& names, const std::string& name) {
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

std::vector<Budgets::Fund> fund_rules(const Settings& scenario, const AccountNames& names) {
  std::vector<Budgets::Fund> funds;
  for (const std::string& name : names.funds) {
    const bool defined = scenario.has("funds." + name + ".by_year");
    funds.push_back({defined && scenario.flag("funds." + name + ".carry_over"), !defined});
  }
  return funds;
}

std::vector<Budgets::Programme> claimants(const std::vector<Programme>& programmes, const AccountNames& names) {
  std::vector<Budgets::Programme> claimants;
  for (const Programme& programme : programmes) {
    Budgets::Programme claimant;
    for (const auto& [fund, share] : programme.funding) {
      claimant.funds.push_back(position_of(names.funds, fund));
      claimant.shares.push_back(share);
    }
    claimants.push_back(claimant);
  }
  return claimants;
}

}  // namespace

Treasury::Treasury(const Settings& scenario, const std::vector<Programme>& programmes, AccountNames names, double share,
                   std::uint32_t counties)
    : names_(std::move(names)), programmes_(programmes),
      budgets_(fund_rules(scenario, names_), claimants(programmes, names_)), share_(share),
      splits_(6 * static_cast<std::int64_t>(counties)) {  // holders and entrants, three purposes, every county
  for (const std::string& name : names_.funds) {
    const std::string path = "funds." + name + ".by_year";
    fund_money_.push_back(scenario.has(path) ? scenario.series(path) : YearSeries{});
  }
  for (const Programme& programme : programmes)
    programme_account_.push_back(position_of(names_.programmes, programme.name));
}

void Treasury::continue_from(const Treasury& other) {
  budgets_.take_over(other.budgets_);
  ledger_ = other.ledger_;
}

void Treasury::restore(std::span<const std::int64_t> left, Ledger ledger) {
  budgets_.restore(left);
  ledger_ = std::move(ledger);
}

void Treasury::begin_year(int year) {
  year_ = year;
  std::vector<std::int64_t> money, envelopes;
  for (std::size_t fund = 0; fund < fund_money_.size(); ++fund) {
    const bool defined = !fund_money_[fund].values.empty();
    money.push_back(defined ? to_fen(fund_money_[fund].at(year) * share_) : 0);
    if (money.back() > 0) ledger_.post(year, everywhere, 0, fund, Purpose::transfer_in, money.back());
  }
  for (const Programme& programme : programmes_)
    envelopes.push_back(programme.has_budget ? to_fen(programme.budget.at(year) * share_) : unlimited);
  budgets_.begin_year(money, envelopes);
}

std::int64_t Treasury::available(std::size_t programme) const { return budgets_.available(programme, splits_); }

void Treasury::post(std::size_t programme, std::size_t account, std::uint32_t county, Purpose purpose,
                    std::int64_t fen) {
  if (fen == 0) return;
  for (const Budgets::Draw& draw : budgets_.spend(programme, fen)) {
    if (fund_money_[draw.fund].values.empty())  // an unlimited fund receives exactly what is spent
      ledger_.post(year_, everywhere, 0, draw.fund, Purpose::transfer_in, draw.fen);
    ledger_.post(year_, county, account, draw.fund, purpose, draw.fen);
  }
}

void Treasury::spend(std::size_t programme, std::uint32_t county, std::int64_t to_household, std::int64_t to_supplier,
                     std::int64_t administration) {
  const std::size_t account = programme_account_[programme];
  post(programme, account, county, Purpose::to_household, to_household);
  post(programme, account, county, Purpose::to_supplier, to_supplier);
  post(programme, account, county, Purpose::administration, administration);
}

void Treasury::spend_safety_net(std::uint32_t county, std::int64_t to_household) {
  if (to_household == 0) return;
  ledger_.post(year_, everywhere, 0, 0, Purpose::transfer_in, to_household);
  ledger_.post(year_, county, 0, 0, Purpose::to_household, to_household);
}

void Treasury::end_year() {
  const auto lapsed = budgets_.end_year();
  for (std::size_t fund = 0; fund < lapsed.size(); ++fund)
    if (lapsed[fund] > 0 && !fund_money_[fund].values.empty())
      ledger_.post(year_, everywhere, 0, fund, Purpose::lapsed, lapsed[fund]);
}

AccountNames account_names(std::span<const Settings* const> scenarios,
                           std::span<const std::vector<Settings>* const> programmes) {
  AccountNames names;
  names.funds = {safety_net_name};
  names.programmes = {safety_net_name};
  const auto add = [](std::vector<std::string>& list, const std::string& name) {
    if (std::find(list.begin(), list.end(), name) == list.end()) list.push_back(name);
  };
  for (std::size_t s = 0; s < scenarios.size(); ++s) {
    for (const std::string& fund : scenarios[s]->tables("funds")) add(names.funds, fund);
    for (const Settings& programme : *programmes[s]) {
      add(names.programmes, programme.stem());
      for (const auto& [fund, share] : programme.shares("cost.funding")) add(names.funds, fund);
    }
  }
  for (const std::string& fund : names.funds) {
    bool endless = fund == safety_net_name;
    for (std::size_t s = 0; s < scenarios.size(); ++s)
      if (!scenarios[s]->has("funds." + fund + ".by_year"))
        for (const Settings& programme : *programmes[s]) endless |= programme.shares("cost.funding").contains(fund);
    names.unlimited.push_back(endless);
  }
  return names;
}

}  // namespace tuopin
