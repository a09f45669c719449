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

MarketIncome::MarketIncome(const Settings& scenario, const Calibration& calibration)
    : parts_(scenario, calibration), displacement_(scenario.number("labour.displacement")),
      days_per_worker_(scenario.number("labour.days_per_worker")) {}

Description MarketIncome::describe() const {
  return {"household.income",
          "market income: permanent, persistent and white parts by stream, at the level of the village",
          "市场收入:持久、持续与暂时成分,分来源,按村水平",
          {"household.persistent_income", "household.permanent_score", "household.share_wage",
           "household.share_business", "household.share_property", "household.share_transfer", "household.able_workers",
           "household.days_taken", "household.wage_factor", "household.business_factor", "year.village_level"},
          {"household.persistent_income", "year.market_income", "year.measurement_error"},
          {"household.income"}};
}

void MarketIncome::live(Moment::Visit& visit) const {
  World& world = visit.world();
  const Block& block = visit.block;
  Scratch& s = visit.scratch;
  const auto& people = world.ground.people;
  auto& h = world.household;
  const std::uint32_t n = block.size(), first = block.begin;
  const unsigned normals = parts_.streams ? 6 : 3;  // z, then the streams, then (last) the measurement error

  const Luck luck = world.luck("household.income", Kind::household);
  luck.fill(people.id.subspan(first, n), s.draws.data(), s.stride);
  for (unsigned k = 0; k < 6; ++k)
    if (k < 2 || k == 5 || normals == 6) normals_from(s.draws.data() + k * s.stride, s.normal[k].data(), n);

  float* __restrict z = h.persistent_income.data() + first;
  const double* __restrict shock = s.normal[0].data();
  if (world.base_year()) {
    for (std::uint32_t i = 0; i < n; ++i) z[i] = static_cast<float>(parts_.sigma_z * shock[i]);
  } else {
    const double innovation = parts_.sigma_z * std::sqrt(1 - parts_.rho * parts_.rho);
    for (std::uint32_t i = 0; i < n; ++i) z[i] = static_cast<float>(parts_.rho * z[i] + innovation * shock[i]);
  }

  const float* __restrict score = people.permanent_score.data() + first;
  double* __restrict base = s.work_a.data();
  for (std::uint32_t i = 0; i < n; ++i) base[i] = parts_.sigma_f * score[i] + z[i] - parts_.half_v;
  fixed_exp(base, base, n);
  for (std::uint32_t v = block.village_begin; v < block.village_end; ++v) {
    const std::uint32_t end = v + 1 < world.ground.villages ? people.village_begin[v + 1] : world.ground.rows;
    for (std::uint32_t row = people.village_begin[v]; row < end; ++row) base[row - first] *= world.village_level[v];
  }

  // F: what programmes changed for good, and the days they take from other work.
  double* __restrict work = s.work_b.data();
  const std::uint16_t* __restrict taken = h.days_taken.data() + first;
  const std::uint8_t* __restrict able = people.able_workers.data() + first;
  for (std::uint32_t i = 0; i < n; ++i) {
    const double available = std::max(1.0, able[i] * days_per_worker_);
    work[i] = 1 - displacement_ * std::min(1.0, taken[i] / available);
  }

  double* __restrict market = s.market_income.data();
  double* __restrict white = s.work_c.data();
  const auto exponential = [&](unsigned stream) {
    const double* __restrict normal = s.normal[1 + stream].data();
    for (std::uint32_t i = 0; i < n; ++i) white[i] = parts_.sigma_e * normal[i];
    fixed_exp(white, white, n);
  };
  const float* __restrict lasting_wage = h.wage_factor.data() + first;
  const float* __restrict lasting_business = h.business_factor.data() + first;
  const float* __restrict a_wage = people.share_wage.data() + first;
  const float* __restrict a_business = people.share_business.data() + first;
  const float* __restrict a_property = people.share_property.data() + first;
  const float* __restrict a_transfer = people.share_transfer.data() + first;

  exponential(0);
  if (!parts_.streams) {
    for (std::uint32_t i = 0; i < n; ++i) market[i] = base[i] * white[i] * lasting_wage[i] * work[i];
    return;
  }
  for (std::uint32_t i = 0; i < n; ++i) market[i] = a_wage[i] * white[i] * lasting_wage[i] * work[i];
  exponential(1);
  for (std::uint32_t i = 0; i < n; ++i) market[i] += a_business[i] * white[i] * lasting_business[i] * work[i];
  exponential(2);
  for (std::uint32_t i = 0; i < n; ++i) market[i] += a_property[i] * white[i];
  exponential(3);
  for (std::uint32_t i = 0; i < n; ++i) market[i] = base[i] * (market[i] + a_transfer[i] * white[i]);
}

}  // namespace tuopin
