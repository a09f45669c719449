// Apportionment, fixed shares, and funds through the years.
#include "engine/money/budgets.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace tuopin {

namespace {

__extension__ typedef unsigned __int128 Wide;

Wide wide(std::int64_t value) { return static_cast<Wide>(value); }

}  // namespace

std::vector<std::int64_t> apportion(std::int64_t total, std::span<const std::int64_t> keys) {
  if (total < 0) throw std::invalid_argument("apportion: the total is negative");
  if (keys.empty() && total > 0) throw std::invalid_argument("apportion: nobody to take the total");
  Wide sum = 0;
  for (const std::int64_t key : keys) {
    if (key < 0) throw std::invalid_argument("apportion: a key is negative");
    sum += wide(key);
  }
  if (sum == 0) {
    const std::vector<std::int64_t> even(keys.size(), 1);
    return keys.empty() ? std::vector<std::int64_t>{} : apportion(total, even);
  }
  std::vector<std::int64_t> parts(keys.size());
  std::vector<Wide> remainders(keys.size());
  std::int64_t left = total;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const Wide exact = wide(total) * wide(keys[i]);  // < 2^126
    parts[i] = static_cast<std::int64_t>(exact / sum);
    remainders[i] = exact % sum;
    left -= parts[i];
  }
  std::vector<std::size_t> order(keys.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
  for (std::size_t i = 0; i < static_cast<std::size_t>(left); ++i) ++parts[order[i]];  // left < number of remainders
  return parts;
}

std::vector<std::int64_t> apportion_by_weights(std::int64_t total, std::span<const double> weights) {
  double largest = 0;
  for (const double weight : weights) {
    if (!(weight >= 0) || weight > std::numeric_limits<double>::max())
      throw std::invalid_argument("apportion: a weight is negative or not a number");
    largest = std::max(largest, weight);
  }
  std::vector<std::int64_t> keys(weights.size(), 0);
  if (largest > 0) {
    for (std::size_t i = 0; i < keys.size(); ++i)
      keys[i] = static_cast<std::int64_t>(std::floor(weights[i] / largest * 0x1p52 + 0.5));
  }
  return apportion(total, keys);
}

Shares::Shares(std::span<const double> shares) : parts_(apportion_by_weights(whole, shares)) {
  if (std::none_of(shares.begin(), shares.end(), [](double share) { return share > 0; }))
    throw std::invalid_argument("shares: none is positive");
}

std::vector<std::int64_t> Shares::split(std::int64_t total) const { return apportion(total, parts_); }

std::int64_t Shares::fundable(std::span<const std::int64_t> left, std::int64_t splits) const {
  std::int64_t total = unlimited;
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    if (parts_[i] == 0 || left[i] >= unlimited) continue;
    const std::int64_t usable = left[i] - (parts_[i] == whole ? 0 : splits);
    if (usable <= 0) return 0;
    const Wide most = wide(usable) * wide(whole) / wide(parts_[i]);
    if (most < wide(total)) total = static_cast<std::int64_t>(most);
  }
  return total;
}

Budgets::Budgets(std::vector<Fund> funds, const std::vector<Programme>& programmes)
    : funds_(std::move(funds)), left_(funds_.size(), 0) {
  for (const Programme& programme : programmes) {
    for (const std::size_t fund : programme.funds) {
      if (fund >= funds_.size()) throw std::invalid_argument("budgets: a programme names a fund that is not there");
      if (std::count(programme.funds.begin(), programme.funds.end(), fund) > 1)
        throw std::invalid_argument("budgets: a programme names a fund twice");
    }
    if (programme.funds.size() != programme.shares.size())
      throw std::invalid_argument("budgets: funds and shares differ in number");
    programmes_.push_back({programme.funds, Shares(programme.shares), 0});
  }
}

void Budgets::take_over(const Budgets& other) {
  if (other.left_.size() != left_.size()) throw std::invalid_argument("budgets: not the same funds");
  left_ = other.left_;
}

void Budgets::restore(std::span<const std::int64_t> left) {
  if (left.size() != left_.size() || std::any_of(left.begin(), left.end(), [](std::int64_t fen) { return fen < 0; }))
    throw std::invalid_argument("budgets: not the same funds, or one with less than nothing");
  left_.assign(left.begin(), left.end());
}

void Budgets::begin_year(std::span<const std::int64_t> new_money, std::span<const std::int64_t> envelopes) {
  if (new_money.size() != funds_.size() || envelopes.size() != programmes_.size())
    throw std::invalid_argument("budgets: the year needs one amount for each fund and each programme");
  for (std::size_t f = 0; f < funds_.size(); ++f) {
    if (new_money[f] < 0 || __builtin_add_overflow(left_[f], new_money[f], &left_[f]))
      throw std::invalid_argument("budgets: a fund's money is negative or beyond 64 bits");
  }
  for (std::size_t p = 0; p < programmes_.size(); ++p) programmes_[p].envelope_left = envelopes[p];
}

std::int64_t Budgets::available(std::size_t programme, std::int64_t splits) const {
  const Claimant& claimant = programmes_[programme];
  std::vector<std::int64_t> left_by_share;
  for (const std::size_t fund : claimant.funds) left_by_share.push_back(left(fund));
  return std::max<std::int64_t>(0, std::min(claimant.envelope_left, claimant.shares.fundable(left_by_share, splits)));
}

std::vector<Budgets::Draw> Budgets::spend(std::size_t programme, std::int64_t fen) {
  Claimant& claimant = programmes_[programme];
  const std::vector<std::int64_t> parts = claimant.shares.split(fen);
  bool fits = fen <= claimant.envelope_left;
  for (std::size_t i = 0; i < parts.size(); ++i) fits = fits && parts[i] <= left(claimant.funds[i]);
  if (!fits) throw std::logic_error("budgets: a programme would spend more than it has");
  std::vector<Draw> draws;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::size_t fund = claimant.funds[i];
    if (!funds_[fund].endless) left_[fund] -= parts[i];
    if (parts[i] > 0) draws.push_back({fund, parts[i]});
  }
  if (claimant.envelope_left < unlimited) claimant.envelope_left -= fen;
  return draws;
}

std::vector<std::int64_t> Budgets::end_year() {
  std::vector<std::int64_t> lapsed(funds_.size(), 0);
  for (std::size_t f = 0; f < funds_.size(); ++f) {
    if (funds_[f].carry_over) continue;
    std::swap(lapsed[f], left_[f]);
    if (funds_[f].endless) lapsed[f] = 0;
  }
  return lapsed;
}

}  // namespace tuopin
