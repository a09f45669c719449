// The base year alone, at a spread σ and level of income that are tried out: the year's own steps up to true income,
// with one exception. The shocks that villages and counties share are not drawn but averaged over, because one set of
// them would move the level and the poverty rate of a whole prefecture. A household is poor with the probability
//
//   P(y_market · S + rest < line),   S = exp(s n − s²/2),  s² = county_sd² + village_sd²,
//
// taken over 64 equally probable values of n (32 antithetic pairs); `rest` is what programmes, the safety net and other
// payments add. The mean of S is one, so the mean of incomes needs no average.
#pragma once

#include "engine/run/team.hpp"
#include "models/run/catalogue.hpp"
#include "models/run/model.hpp"

namespace tuopin {

class BaseYear {
 public:
  /// `region`: drawn. The catalogue's mechanisms of the year are run as far as true income. Luck of its own, by
  /// population, so that the result depends on no seed and no replicate of a run.
  BaseYear(const ShardedPopulation& sharded, const Scenario& scenario, const Region& region, const DrawAddress& address,
           const Catalogue& catalogue, const Team& team);

  struct Result {
    double mean_income = 0;   ///< true income, yuan a head
    double poverty_rate = 0;  ///< share of persons below the statistical line
    double mean_rest = 0;     ///< of mean_income what does not grow with the level: payments, yuan a head
    bool operator==(const Result&) const = default;
  };
  Result at(double sigma, double level);
  /// Σ of squared income shares, mean over persons.
  double stream_concentration() const { return stream_concentration_; }

 private:
  const ShardedPopulation& sharded_;
  Scenario scenario_;  ///< without programmes: none acts in the base year
  const Region& region_;
  DrawAddress address_;
  Catalogue catalogue_;  ///< as far as true income
  const Team& team_;
  double stream_concentration_;
  std::unique_ptr<Worlds> worlds_;
};

}  // namespace tuopin
