// Market income: permanent, persistent and white parts, split into streams (model of permanent and transitory income).
//
//   y_ht = level_vt · Σ_s a_hs · F_hs · exp(f_h + z_ht + e_hst − v/2)                 yuan a head and year
//
//   level of the village: processes/common_shocks.hpp
//
//   f_h   = σ_f · score_h          permanent,  σ_f² = permanent_share · σ²
//   z_ht  = ρ z_h,t−1 + σ_z √(1−ρ²) n_ht      persistent AR(1), stationary variance σ_z² = persistent_share · σ²
//   e_hst = σ_e n_hst              white, by stream; σ_e² = (1−measurement_share)(white share) σ² / E[Σ_s a_hs²]
//   v     = σ_f² + σ_z² + σ_e²     keeps the mean at one
//   F     = lasting change by programmes × (1 − displacement · days taken / days available) for wage and business;
//           days available: processes/labour_days.hpp; with `streams = false` all income is one
//           stream, which moves as wages do, and σ_e² is not divided by E[Σ_s a_hs²]
//
//   grain on own land under plots is subtracted, and the days it took are free: processes/forgone_grain.hpp
//
// There are two steps. The first computes what does not depend on programmes: random draws, z, level · exp(f + z −
// v/2), and a · exp(e) by stream. Scenarios with equal parameters and luck that are stepped together share it. The
// second step is computed for each scenario: F and the sum.
//
// Not modelled: months within the year, prices by stream, savings.
#pragma once

#include "models/state/moment.hpp"

namespace tuopin {

/// σ and the level of income, solved on the synthesised population (models/run/calibration.hpp).
struct Calibration {
  double sigma = 0;                 ///< standard deviation of log income, measurement error included
  double level = 0;                 ///< yuan a head in the base year
  double stream_concentration = 1;  ///< E[Σ_s a_hs²] over persons
};

/// The standard deviations of the parts, from σ and the scenario's shares.
struct IncomeParts {
  IncomeParts(const Settings& scenario, const Calibration& calibration);
  bool operator==(const IncomeParts&) const = default;
  double sigma_f, sigma_z, rho, sigma_e, sigma_measurement, half_v;
  bool streams;
};

Year::Part market_income(const StateSchema& schema, YearNeeds& needs, const Settings& scenario,
                         const Calibration& calibration);

}  // namespace tuopin
