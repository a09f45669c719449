#include "models/processes/income.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include "engine/base/numbers.hpp"
#include "models/processes/forgone_grain.hpp"
#include "models/processes/labour_days.hpp"
#include "models/state/row_luck.hpp"

namespace tuopin {

IncomeParts::IncomeParts(const Settings& scenario, const Calibration& calibration) {
  const double variance = calibration.sigma * calibration.sigma;
  const double permanent = scenario.number("income.permanent_share");
  const double persistent = scenario.number("income.persistent_share");
  const double white = std::max(0.0, 1 - permanent - persistent);  // below zero by rounding only: checked, and drawn so
  const double measured = scenario.number("income.measurement_share");
  streams = scenario.flag("income.streams");
  sigma_f = std::sqrt(permanent * variance);
  sigma_z = std::sqrt(persistent * variance);
  rho = scenario.number("income.autocorrelation");
  sigma_e = std::sqrt(white * (1 - measured) * variance / (streams ? calibration.stream_concentration : 1.0));
  sigma_measurement = std::sqrt(white * measured * variance);
  half_v = (sigma_f * sigma_f + sigma_z * sigma_z + sigma_e * sigma_e) / 2;
}

namespace {

constexpr std::size_t stream_count = 4;  ///< wage, business, property, transfer

/// Values that the first step computes for the second, in scratch memory.
struct CommonValues {
  bool operator==(const CommonValues&) const = default;
  explicit CommonValues(Binder& b)
      : base(b.shares<double>("year.income_base")),
        stream{b.shares<double>("year.income_wage"), b.shares<double>("year.income_business"),
               b.shares<double>("year.income_property"), b.shares<double>("year.income_transfer")} {}
  Temp<double> base;                              ///< level · exp(f + z − v/2)
  std::array<Temp<double>, stream_count> stream;  ///< a · exp(e); with one stream exp(e), in the first
};

class CommonIncome : public Year::Common {
 public:
  CommonIncome(Binder& b, const IncomeParts& parts, const CommonValues& values)
      : parts_(parts), z_(b.updates<float>("household.persistent_income")),
        score_(b.reads<float>("household.permanent_score")),
        share_{b.reads<float>("household.share_wage"), b.reads<float>("household.share_business"),
               b.reads<float>("household.share_property"), b.reads<float>("household.share_transfer")},
        village_level_(b.reads<double>("village.level")), values_(values),
        error_(b.shares<double>("year.measurement_error")), all_(b),
        luck_(b.luck("household.income", Kind::household)) {}

  /// Draws of a household: the first is for z, the next four for the streams, the sixth for the measurement error.
  void run(Moment::Visit& visit) const override {
    const std::uint32_t* draws = all_.of_block(visit, visit.world().luck(luck_));
    const std::size_t stride = visit.scratch.stride();
    fill_base(visit, draws);
    for (std::size_t s = 0; s < (parts_.streams ? stream_count : 1); ++s)
      fill_stream(visit, draws + (1 + s) * stride, s);
    normals_from(draws + (1 + stream_count) * stride, visit[error_], visit.rows());
  }

  /// True if parameters, random numbers, last year's z and village levels are equal: then the results are equal.
  bool repeats(const Moment::Visit& here, const Year::Common& other, const Moment::Visit& there) const override {
    const auto* twin = dynamic_cast<const CommonIncome*>(&other);
    return twin && parts_ == twin->parts_ && values_ == twin->values_ && error_ == twin->error_ &&
           luck_ == twin->luck_ && here.scratch.stride() == there.scratch.stride() && same_luck(here, there) &&
           same_bits(here[as_read(z_)], there[as_read(twin->z_)], here.rows()) && same_levels(here, *twin, there);
  }
  void follow(Moment::Visit& here, const Moment::Visit& there) const override {
    std::copy_n(there[as_read(z_)], here.rows(), here[z_]);
  }

 private:
  static Reads<float> as_read(Writes<float> column) { return column; }
  template <typename T>
  static bool same_bits(const T* a, const T* b, std::size_t n) {
    return std::memcmp(a, b, n * sizeof(T)) == 0;
  }
  /// The same households under the same luck.
  static bool same_luck(const Moment::Visit& here, const Moment::Visit& there) {
    const World &a = here.world(), &b = there.world();
    return &a.shard == &b.shard && here.cell == there.cell && a.seed == b.seed && a.replicate == b.replicate &&
           a.year == b.year && a.base_year() == b.base_year();
  }
  bool same_levels(const Moment::Visit& here, const CommonIncome& other, const Moment::Visit& there) const {
    const std::uint32_t first = here.block.village_begin;
    return same_bits(here.world()[village_level_] + first, there.world()[other.village_level_] + first,
                     here.block.village_end - first);
  }

  /// Advances z by a year and computes the base.
  void fill_base(Moment::Visit& visit, const std::uint32_t* draws) const {
    const World& world = visit.world();
    const std::uint32_t n = visit.rows();
    double* __restrict base = visit[values_.base];
    normals_from(draws, base, n);
    float* __restrict z = visit[z_];
    const float* __restrict score = visit[score_];
    if (world.base_year()) {
      for (std::uint32_t i = 0; i < n; ++i) z[i] = static_cast<float>(parts_.sigma_z * base[i]);
    } else {
      const double innovation = parts_.sigma_z * std::sqrt(1 - parts_.rho * parts_.rho);
      for (std::uint32_t i = 0; i < n; ++i) z[i] = static_cast<float>(parts_.rho * z[i] + innovation * base[i]);
    }
    for (std::uint32_t i = 0; i < n; ++i) base[i] = fixed_exp(parts_.sigma_f * score[i] + z[i] - parts_.half_v);
    const auto& first_of = world.shard.people.village_begin;
    const double* level = world[village_level_];
    for (std::uint32_t v = visit.block.village_begin; v < visit.block.village_end; ++v) {
      const std::uint32_t end = v + 1 < world.shard.villages ? first_of[v + 1] : world.shard.rows;
      for (std::uint32_t row = first_of[v]; row < end; ++row) base[row - visit.block.begin] *= level[v];
    }
  }

  void fill_stream(Moment::Visit& visit, const std::uint32_t* draws, std::size_t s) const {
    const std::uint32_t n = visit.rows();
    double* __restrict stream = visit[values_.stream[s]];
    normals_from(draws, stream, n);
    if (!parts_.streams) {
      for (std::uint32_t i = 0; i < n; ++i) stream[i] = fixed_exp(parts_.sigma_e * stream[i]);
      return;
    }
    const float* __restrict share = visit[share_[s]];
    for (std::uint32_t i = 0; i < n; ++i) stream[i] = share[i] * fixed_exp(parts_.sigma_e * stream[i]);
  }

  IncomeParts parts_;
  Writes<float> z_;
  Reads<float> score_;
  std::array<Reads<float>, stream_count> share_;
  Reads<double> village_level_;
  CommonValues values_;
  Temp<double> error_;
  BlockLuck all_;
  LuckName luck_;
};

class OwnIncome : public Year::BlockStep {
 public:
  OwnIncome(Binder& b, const Settings& scenario, bool streams, const CommonValues& values)
      : streams_(streams), work_left_(scenario), grain_(b, scenario),
        wage_factor_(b.reads<float>("household.wage_factor")),
        business_factor_(b.reads<float>("household.business_factor")),
        able_workers_(b.reads<std::uint8_t>("household.able_workers")),
        partial_workers_(b.reads<std::uint8_t>("household.partial_workers")),
        days_taken_(b.reads<std::uint16_t>("household.days_taken")), values_(values),
        market_income_(b.shares<double>("year.market_income")), work_(b.mine<double>()) {}

  void run(Moment::Visit& visit) const override {
    const std::uint16_t* taken = visit[days_taken_];
    const ForgoneGrain::Rows grain = grain_.rows(visit);
    std::uint32_t any = grain.any;
    for (std::uint32_t i = 0; i < visit.rows(); ++i) any |= taken[i];
    if (any) {
      fill_work(visit, grain);
      const double* __restrict work = visit[work_];
      add_up(visit, [work](std::uint32_t i) { return work[i]; });
    } else {  // no days taken: the factor would be one
      add_up(visit, [](std::uint32_t) { return 1.0; });
    }
    if (grain.any) forgo(visit, grain);
  }

 private:
  /// The order of operations is fixed so that results are equal bit for bit: ((share · white) · lasting) · work, then
  /// the sum over streams, then the base.
  template <typename Work>
  void add_up(Moment::Visit& visit, const Work& work) const {
    const std::uint32_t n = visit.rows();
    double* __restrict market = visit[market_income_];
    const double* __restrict base = visit[values_.base];
    const double *__restrict wage = visit[values_.stream[0]], *__restrict business = visit[values_.stream[1]],
                 *__restrict property = visit[values_.stream[2]], *__restrict transfer = visit[values_.stream[3]];
    const float* __restrict wage_factor = visit[wage_factor_], * __restrict business_factor = visit[business_factor_];
    if (!streams_) {
      for (std::uint32_t i = 0; i < n; ++i) market[i] = base[i] * wage[i] * wage_factor[i] * work(i);
      return;
    }
    for (std::uint32_t i = 0; i < n; ++i)
      market[i] = base[i] * (wage[i] * wage_factor[i] * work(i) + business[i] * business_factor[i] * work(i) +
                             property[i] + transfer[i]);
  }

  void fill_work(Moment::Visit& visit, const ForgoneGrain::Rows& grain) const {
    double* __restrict work = visit[work_];
    const std::uint16_t* __restrict taken = visit[days_taken_];
    const std::uint8_t* __restrict able = visit[able_workers_];
    const std::uint8_t* __restrict partial = visit[partial_workers_];
    for (std::uint32_t i = 0; i < visit.rows(); ++i)
      work[i] = work_left_.factor(taken[i], grain.days_freed(i), able[i], partial[i]);
  }

  /// Subtracts the grain that plots on own land replace from business income; from all income if it is one stream.
  void forgo(Moment::Visit& visit, const ForgoneGrain::Rows& grain) const {
    double* __restrict market = visit[market_income_];
    const double *base = visit[values_.base], *business = visit[values_.stream[1]], *work = visit[work_];
    const float* factor = visit[business_factor_];
    for (std::uint32_t i = 0; i < visit.rows(); ++i)
      market[i] -= grain.lost(i, streams_ ? base[i] * (business[i] * factor[i] * work[i]) : market[i]);
  }

  bool streams_;
  WorkLeft work_left_;
  ForgoneGrain grain_;
  Reads<float> wage_factor_, business_factor_;
  Reads<std::uint8_t> able_workers_, partial_workers_;
  Reads<std::uint16_t> days_taken_;
  CommonValues values_;
  Temp<double> market_income_, work_;
};

}  // namespace

Year::Part market_income(const StateSchema& schema, YearNeeds& needs, const Settings& scenario,
                         const Calibration& calibration) {
  Binder b(schema, needs,
           {"household.income",
            msgid("market income: permanent, persistent and white parts by stream, at the level of the village")});
  const IncomeParts parts(scenario, calibration);
  const CommonValues values(b);
  Year::Part part;
  part.add<CommonIncome>(b, parts, values).add<OwnIncome>(b, scenario, parts.streams, values);
  part.said = b.end();
  return part;
}

}  // namespace tuopin
