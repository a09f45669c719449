#include "models/measures/facts.hpp"

#include <algorithm>

#include "models/state/streams.hpp"

namespace tuopin {

YearFacts::YearFacts(const RecordShape& shape, std::size_t year, const YearResult& result,
                     const std::vector<Programme>& programmes, const Lines& lines)
    : shape_(shape), year_(year), calendar_year_(shape.first_year + static_cast<int>(year)), lines_(lines),
      counties_(result.places), whole_(whole_of(result.places)), served_(shape.accounts.programmes.size()),
      declared_(result.declared.get()) {
  const auto& names = shape.accounts.programmes;
  for (std::size_t p = 0; p < programmes.size(); ++p) {
    const auto account =
        static_cast<std::size_t>(std::find(names.begin(), names.end(), programmes[p].name) - names.begin());
    served_.at(account) = {&programmes[p], &result.programmes[p], whole_of(result.programmes[p])};
  }
}

std::int64_t YearFacts::spent_on_programmes(const At& at) const {
  std::int64_t fen = 0;
  At of = at;
  for (of.programme = 0; of.programme < served_.size(); ++of.programme)
    if (const ProgrammeTally* served = tally(of)) fen += served->spent_fen();
  return fen;
}

std::int64_t YearFacts::declared_or_zero(std::string_view name, const At& at) const {
  const auto sum = declared_ ? declared_->find(name) : std::nullopt;
  return sum ? sums(at).of(*sum) : 0;
}

std::int64_t YearFacts::stream_fen(const At& at) const {
  return declared_or_zero(sum_of_stream(shape_.streams.at(at.stream)), at);
}

double YearFacts::declared(std::string_view name, const At& at) const {
  const auto sum = declared_ ? declared_->find(name) : std::nullopt;
  return sum ? static_cast<double>(sums(at).of(*sum)) : unknown_figure;
}

MoneyFacts::MoneyFacts(const RecordShape& shape, const Ledger& ledger)
    : postings_({shape.years(), shape.places.size(), shape.accounts.programmes.size(), shape.accounts.funds.size(),
                 spending_purposes}),
      fen_(postings_.total()),
      flows_(fund_years(ledger, shape.first_year, shape.years(), shape.accounts.funds.size())) {
  ledger.for_each(
      [&](int year, std::size_t place, std::size_t programme, std::size_t fund, Purpose purpose, std::int64_t fen) {
        if (place == everywhere) return;
        const auto y = static_cast<std::size_t>(year - shape.first_year), what = static_cast<std::size_t>(purpose);
        fen_[postings_.at({y, place + 1, programme, fund, what})] += fen;
        fen_[postings_.at({y, 0, programme, fund, what})] += fen;
      });
}

}  // namespace tuopin
