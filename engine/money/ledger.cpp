// Posting to the ledger, and checking it.
#include "engine/money/ledger.hpp"

#include <stdexcept>
#include <string>

namespace tuopin {

namespace {

__extension__ typedef __int128 Sum;

std::int64_t add(std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) throw std::overflow_error("ledger: more fen than 64 bits hold");
  return sum;
}

Account receiver(Purpose purpose) {
  switch (purpose) {
    case Purpose::to_household: return Account::households;
    case Purpose::to_supplier: return Account::suppliers;
    case Purpose::administration: return Account::administration;
    case Purpose::lapsed: return Account::lapsed;
    case Purpose::transfer_in: break;
  }
  return Account::outside;
}

bool through_programme(Purpose purpose) { return purpose != Purpose::transfer_in && purpose != Purpose::lapsed; }

}  // namespace

void Ledger::post(int year, std::size_t place, std::size_t programme, std::size_t fund, Purpose purpose,
                  std::int64_t fen) {
  if (fen < 0) throw std::invalid_argument("ledger: a posting of " + std::to_string(fen) + " fen is negative");
  if (fen == 0) return;
  book({year, static_cast<std::uint32_t>(place), static_cast<std::uint32_t>(programme),
        static_cast<std::uint32_t>(fund), purpose},
       fen);
}

void Ledger::book(const Line& line, std::int64_t fen) {
  if (line.fund >= funds_.size()) funds_.resize(line.fund + std::size_t{1}, 0);
  std::int64_t& fund = funds_[line.fund];
  std::int64_t& other = accounts_[static_cast<std::size_t>(receiver(line.purpose))];
  std::int64_t& sum = lines_[line];
  // All three are computed before any is stored: a posting that does not fit leaves the ledger as it was.
  const std::int64_t into_fund = line.purpose == Purpose::transfer_in ? fen : -fen;
  const std::int64_t new_sum = add(sum, fen), new_fund = add(fund, into_fund), new_other = add(other, -into_fund);
  sum = new_sum;
  fund = new_fund;
  other = new_other;
}

void Ledger::merge(const Ledger& other) {
  if (&other == this) {
    const Ledger copy = other;
    return merge(copy);
  }
  for (const auto& [line, fen] : other.lines_) book(line, fen);
}

std::int64_t Ledger::fund_balance(std::size_t fund) const { return fund < funds_.size() ? funds_[fund] : 0; }

std::int64_t Ledger::programme_turnover(std::size_t programme) const {
  std::int64_t total = 0;
  for (const auto& [line, fen] : lines_) {
    if (line.programme == programme && through_programme(line.purpose)) total = add(total, fen);
  }
  return total;
}

std::int64_t Ledger::balance_sum() const {
  Sum total = 0;
  for (const std::int64_t balance : accounts_) total += balance;
  for (const std::int64_t balance : funds_) total += balance;
  return static_cast<std::int64_t>(total);
}

bool Ledger::balances_follow_from_postings() const {
  std::array<Sum, 5> accounts{};
  std::vector<Sum> funds(funds_.size());
  for (const auto& [line, fen] : lines_) {
    const Sum into_fund = line.purpose == Purpose::transfer_in ? fen : -fen;
    funds[line.fund] += into_fund;
    accounts[static_cast<std::size_t>(receiver(line.purpose))] -= into_fund;
  }
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    if (accounts[i] != accounts_[i]) return false;
  }
  for (std::size_t i = 0; i < funds.size(); ++i) {
    if (funds[i] != funds_[i]) return false;
  }
  return true;
}

bool operator==(const Ledger& a, const Ledger& b) { return a.lines_ == b.lines_; }

}  // namespace tuopin
