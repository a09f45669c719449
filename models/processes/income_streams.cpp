#include "models/processes/income_streams.hpp"

#include <algorithm>
#include <array>

#include "engine/money/ledger.hpp"
#include "models/processes/forgone_grain.hpp"
#include "models/processes/labour_days.hpp"
#include "models/state/streams.hpp"

namespace tuopin {

namespace {

constexpr std::array<const char*, 4> market_streams = {"wage", "business", "property", "transfer"};

class IncomeByStream : public Year::BlockStep {
 public:
  IncomeByStream(Binder& b, const Settings& scenario, bool adds_up)
      : one_stream_(!scenario.flag("income.streams")), adds_up_(adds_up),
        counts_(counts_market_income_in_part(scenario)), work_left_(scenario), grain_(b, scenario),
        base_(b.uses<double>("year.income_base")),
        stream_{b.uses<double>("year.income_wage"), b.uses<double>("year.income_business"),
                b.uses<double>("year.income_property"), b.uses<double>("year.income_transfer")},
        wage_factor_(b.reads<float>("household.wage_factor")),
        business_factor_(b.reads<float>("household.business_factor")),
        able_workers_(b.reads<std::uint8_t>("household.able_workers")),
        partial_workers_(b.reads<std::uint8_t>("household.partial_workers")),
        days_taken_(b.reads<std::uint16_t>("household.days_taken")), value_(b.mine<double>()), work_(b.mine<double>()) {
    if (counts_) counted_ = b.shares<double>("year.counted_market_income");
    if (adds_up_) b.reads_also({"household.members", "household.weight"});
    for (std::size_t s = 0; s < market_streams.size(); ++s) {
      weight_[s] = register_weight(scenario, market_streams[s]);
      if (adds_up_) sum_[s] = b.adds_to_sum({sum_of_stream(market_streams[s]), "fen"});
    }
  }

  void run(Moment::Visit& visit) const override {
    const std::uint32_t n = visit.rows();
    const double* __restrict base = visit[base_];
    double* __restrict value = visit[value_];
    double* __restrict counted = counts_ ? visit[counted_] : nullptr;
    const ForgoneGrain::Rows grain = grain_.rows(visit);
    fill_work(visit, grain);
    if (counts_) std::fill_n(counted, n, 0.0);
    for (std::size_t s = 0; s < (one_stream_ ? 1 : market_streams.size()); ++s) {
      fill_stream(visit, s);
      if (grain.any && s == (one_stream_ ? 0u : 1u))  // business income
        for (std::uint32_t i = 0; i < n; ++i) value[i] -= grain.lost(i, base[i] * value[i]) / base[i];
      if (adds_up_) add_up(visit, s);
      for (std::uint32_t i = 0; counts_ && i < n; ++i) counted[i] += weight_[s] * value[i];
    }
    for (std::uint32_t i = 0; counts_ && i < n; ++i) counted[i] *= base[i];
  }

 private:
  void fill_work(Moment::Visit& visit, const ForgoneGrain::Rows& grain) const {
    double* __restrict work = visit[work_];
    const std::uint16_t* __restrict taken = visit[days_taken_];
    const std::uint8_t* __restrict able = visit[able_workers_];
    const std::uint8_t* __restrict partial = visit[partial_workers_];
    for (std::uint32_t i = 0; i < visit.rows(); ++i)
      work[i] = work_left_.factor(taken[i], grain.days_freed(i), able[i], partial[i]);
  }
  /// share · white · lasting · work, before the base.
  void fill_stream(Moment::Visit& visit, std::size_t s) const {
    const std::uint32_t n = visit.rows();
    double* __restrict value = visit[value_];
    const double* __restrict stream = visit[stream_[s]], * __restrict work = visit[work_];
    if (s >= 2) {
      std::copy_n(stream, n, value);
      return;
    }
    const float* __restrict factor = visit[s == 0 ? wage_factor_ : business_factor_];
    for (std::uint32_t i = 0; i < n; ++i) value[i] = stream[i] * factor[i] * work[i];
  }
  void add_up(Moment::Visit& visit, std::size_t s) const {
    const double* __restrict base = visit[base_], * __restrict value = visit[value_];
    const std::int32_t* persons = visit.world().shard.persons.data() + visit.block.begin;
    std::int64_t fen = 0;
    for (std::uint32_t i = 0; i < visit.rows(); ++i) fen += to_fen(base[i] * value[i]) * persons[i];
    visit.add(sum_[s], fen);
  }

  bool one_stream_, adds_up_, counts_;
  WorkLeft work_left_;
  ForgoneGrain grain_;
  Temp<double> base_;
  std::array<Temp<double>, 4> stream_;
  Reads<float> wage_factor_, business_factor_;
  Reads<std::uint8_t> able_workers_, partial_workers_;
  Reads<std::uint16_t> days_taken_;
  Temp<double> value_, work_, counted_;
  std::array<double, 4> weight_{};
  std::array<SumHandle, 4> sum_{};
};

}  // namespace

bool counts_market_income_in_part(const Settings& scenario) {
  return std::any_of(market_streams.begin(), market_streams.end(),
                     [&](const char* stream) { return register_weight(scenario, stream) != 1; });
}

void check_market_weights(const Settings& scenario, std::vector<Problem>& problems) {
  if (!scenario.has("income.streams") || scenario.flag("income.streams")) return;
  for (std::size_t s = 1; s < market_streams.size(); ++s)
    if (const std::string key = std::string("register_income.") + market_streams[s];
        register_weight(scenario, market_streams[s]) != 1)
      problems.push_back(
          {scenario.origin(key), key,
           message("weighs a stream that there is not: with income.streams = false all market income is wages"),
           message("say register_income.wage, or leave income.streams at true")});
}

Year::Part market_income_by_stream(const StateSchema& schema, YearNeeds& needs, const Settings& scenario,
                                   bool adds_up) {
  Binder b(schema, needs,
           {"household.income_by_stream",
            msgid("market income taken apart by stream: what each adds up to, and what of it counts")});
  Year::Part part;
  part.add<IncomeByStream>(b, scenario, adds_up);
  part.said = b.end();
  return part;
}

}  // namespace tuopin
