#include "models/processes/income.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/numbers.hpp"

namespace tuopin {

IncomeParts::IncomeParts(const Settings& scenario, const Calibration& calibration) {
  const double variance = calibration.sigma * calibration.sigma;
  const double permanent = scenario.number("income.permanent_share");
  const double persistent = scenario.number("income.persistent_share");
  const double white = std::max(0.0, 1 - permanent - persistent);
  const double measured = scenario.number("income.measurement_share");
  streams = scenario.flag("income.streams");
  sigma_f = std::sqrt(permanent * variance);
  sigma_z = std::sqrt(persistent * variance);
  rho = scenario.number("income.autocorrelation");
  sigma_e = std::sqrt(white * (1 - measured) * variance / (streams ? calibration.stream_concentration : 1.0));
  sigma_measurement = std::sqrt(white * measured * variance);
  half_v = (sigma_f * sigma_f + sigma_z * sigma_z + sigma_e * sigma_e) / 2;
}

MarketIncome::MarketIncome(Binder& b, const Settings& scenario, const Calibration& calibration)
    : parts_(scenario, calibration), displacement_(scenario.number("labour.displacement")),
      days_per_worker_(scenario.number("labour.days_per_worker")), z_(b.updates<float>("household.persistent_income")),
      score_(b.reads<float>("household.permanent_score")), wage_factor_(b.reads<float>("household.wage_factor")),
      business_factor_(b.reads<float>("household.business_factor")),
      share_{b.reads<float>("household.share_wage"), b.reads<float>("household.share_business"),
             b.reads<float>("household.share_property"), b.reads<float>("household.share_transfer")},
      able_workers_(b.reads<std::uint8_t>("household.able_workers")),
      days_taken_(b.reads<std::uint16_t>("household.days_taken")), village_level_(b.reads<double>("village.level")),
      market_income_(b.shares<double>("year.market_income")), error_(b.shares<double>("year.measurement_error")),
      base_(b.mine<double>()), work_(b.mine<double>()), white_(b.mine<double>()), all_(b),
      luck_(b.luck("household.income", Kind::household)) {
  for (Temp<double>& normal : normal_) normal = b.mine<double>();
}

Description MarketIncome::about() {
  return {"household.income",
          "market income: permanent, persistent and white parts by stream, at the level of the village",
          "市场收入:持久、持续与暂时成分,分来源,按村水平",
          {},
          {},
          {}};
}

/// Of a household's draws the first is z's, four are the streams', the sixth is the error of measuring.
void MarketIncome::draw_normals(Moment::Visit& visit) const {
  const std::uint32_t n = visit.rows();
  const std::uint32_t* draws = all_.of_block(visit, visit.world().luck(luck_));
  const std::size_t stride = visit.scratch.stride();
  for (std::size_t k = 0; k < (parts_.streams ? normal_.size() : 2u); ++k)
    normals_from(draws + k * stride, visit[normal_[k]], n);
  normals_from(draws + normal_.size() * stride, visit[error_], n);
}

/// exp(f + z − v/2) at the level of the village; z goes on by a year.
void MarketIncome::fill_base(Moment::Visit& visit) const {
  const World& world = visit.world();
  const std::uint32_t n = visit.rows();
  float* __restrict z = visit[z_];
  const double* __restrict shock = visit[normal_[0]];
  if (world.base_year()) {
    for (std::uint32_t i = 0; i < n; ++i) z[i] = static_cast<float>(parts_.sigma_z * shock[i]);
  } else {
    const double innovation = parts_.sigma_z * std::sqrt(1 - parts_.rho * parts_.rho);
    for (std::uint32_t i = 0; i < n; ++i) z[i] = static_cast<float>(parts_.rho * z[i] + innovation * shock[i]);
  }
  const float* __restrict score = visit[score_];
  double* __restrict base = visit[base_];
  for (std::uint32_t i = 0; i < n; ++i) base[i] = parts_.sigma_f * score[i] + z[i] - parts_.half_v;
  fixed_exp(base, base, n);
  const auto& first_of = world.ground.people.village_begin;
  const double* level = world[village_level_];
  for (std::uint32_t v = visit.block.village_begin; v < visit.block.village_end; ++v) {
    const std::uint32_t end = v + 1 < world.ground.villages ? first_of[v + 1] : world.ground.rows;
    for (std::uint32_t row = first_of[v]; row < end; ++row) base[row - visit.block.begin] *= level[v];
  }
}

/// What the days that programmes take leave of other work.
void MarketIncome::fill_work(Moment::Visit& visit) const {
  double* __restrict work = visit[work_];
  const std::uint16_t* __restrict taken = visit[days_taken_];
  const std::uint8_t* __restrict able = visit[able_workers_];
  for (std::uint32_t i = 0; i < visit.rows(); ++i) {
    const double available = std::max(1.0, able[i] * days_per_worker_);
    work[i] = 1 - displacement_ * std::min(1.0, taken[i] / available);
  }
}

/// The products keep their order: ((share · white) · lasting) · work, then the sum, then the base.
void MarketIncome::add_streams(Moment::Visit& visit) const {
  const std::uint32_t n = visit.rows();
  double* __restrict market = visit[market_income_];
  double* __restrict white = visit[white_];
  const double* __restrict base = visit[base_];
  const double* __restrict work = visit[work_];
  const auto exponential = [&](std::size_t stream) {
    const double* __restrict normal = visit[normal_[1 + stream]];
    for (std::uint32_t i = 0; i < n; ++i) white[i] = parts_.sigma_e * normal[i];
    fixed_exp(white, white, n);
  };
  const float* __restrict wage_factor = visit[wage_factor_];
  const float* __restrict business_factor = visit[business_factor_];
  const float* __restrict a_wage = visit[share_[0]];
  const float* __restrict a_business = visit[share_[1]];
  const float* __restrict a_property = visit[share_[2]];
  const float* __restrict a_transfer = visit[share_[3]];

  exponential(0);
  if (!parts_.streams) {
    for (std::uint32_t i = 0; i < n; ++i) market[i] = base[i] * white[i] * wage_factor[i] * work[i];
    return;
  }
  for (std::uint32_t i = 0; i < n; ++i) market[i] = a_wage[i] * white[i] * wage_factor[i] * work[i];
  exponential(1);
  for (std::uint32_t i = 0; i < n; ++i) market[i] += a_business[i] * white[i] * business_factor[i] * work[i];
  exponential(2);
  for (std::uint32_t i = 0; i < n; ++i) market[i] += a_property[i] * white[i];
  exponential(3);
  for (std::uint32_t i = 0; i < n; ++i) market[i] = base[i] * (market[i] + a_transfer[i] * white[i]);
}

void MarketIncome::live(Moment::Visit& visit) const {
  draw_normals(visit);
  fill_base(visit);
  fill_work(visit);
  add_streams(visit);
}

}  // namespace tuopin
