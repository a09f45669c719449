// The inputs of the formulas of figures: one year of a trajectory (YearFacts), the ledger of a whole trajectory
// (MoneyFacts), or a scenario compared with the same scenario without a batch (LeftOutFacts). Every formula is a plain
// function of one of them and of the position along its dimensions (At).
#pragma once

#include <limits>

#include "engine/data/row_major.hpp"
#include "engine/money/fund_years.hpp"
#include "models/measures/record_shape.hpp"
#include "models/measures/year_result.hpp"

namespace tuopin {

/// Position at which a figure is computed: its index along each of its dimensions, 0 along those it does not have.
struct At {
  std::size_t year = 0;   ///< used by MoneyFacts only; YearFacts belong to one year
  std::size_t place = 0;  ///< 0 is the whole region
  std::size_t line = 0, income = 0, standard = 0, programme = 0, fund = 0, purpose = 0, stream = 0;
  std::size_t own = 0;  ///< along a dimension that was added to the FigureTable
};

constexpr double unknown_figure = std::numeric_limits<double>::quiet_NaN();

/// The results of one year of a trajectory.
class YearFacts {
 public:
  /// `year` counts from 0. `programmes`: of the scenario, in the order of the result's tallies.
  /// All arguments must outlive the facts.
  YearFacts(const RecordShape& shape, std::size_t year, const YearResult& result,
            const std::vector<Programme>& programmes, const Lines& lines);

  const PlaceSums& sums(const At& at) const { return at.place == 0 ? whole_ : counties_[at.place - 1]; }
  /// What a programme did in a place; null where the scenario has no such programme.
  const ProgrammeTally* tally(const At& at) const {
    const Served& served = served_[at.programme];
    if (!served.programme) return nullptr;
    return at.place == 0 ? &served.whole : &(*served.counties)[at.place - 1];
  }
  const Programme* programme(const At& at) const { return served_[at.programme].programme; }
  /// Spending of all programmes in a place, in fen.
  std::int64_t spent_on_programmes(const At& at) const;
  /// A sum that a mechanism has declared; NaN if no mechanism of this scenario declares it.
  double declared(std::string_view sum, const At& at) const;
  /// The same as an integer; 0 if no mechanism of this scenario declares it.
  std::int64_t declared_or_zero(std::string_view sum, const At& at) const;
  /// Income of all persons from a stream, in fen; 0 if there was none.
  std::int64_t stream_fen(const At& at) const;

  int calendar_year() const { return calendar_year_; }
  std::size_t years_before() const { return year_; }  ///< years simulated before this one: 0 in the base year
  const Lines& lines() const { return lines_; }

 private:
  const RecordShape& shape_;
  std::size_t year_;
  int calendar_year_;
  const Lines& lines_;
  struct Served {
    const Programme* programme = nullptr;  ///< null: not in this scenario
    const std::vector<ProgrammeTally>* counties = nullptr;
    ProgrammeTally whole;
  };
  const std::vector<PlaceSums>& counties_;
  PlaceSums whole_;
  std::vector<Served> served_;  ///< by account
  const DeclaredSums* declared_;
};

/// The ledger of a whole trajectory.
class MoneyFacts {
 public:
  MoneyFacts(const RecordShape& shape, const Ledger& ledger);

  std::int64_t fen(const At& at) const {
    return fen_[postings_.at({at.year, at.place, at.programme, at.fund, at.purpose})];
  }
  const FundYear& flows(const At& at) const { return flows_[at.year][at.fund]; }

 private:
  RowMajor postings_;
  std::vector<std::int64_t> fen_;  // whole fen: a sum of yuan would depend on the order of counties
  std::vector<std::vector<FundYear>> flows_;
};

/// One year of a scenario with all its batches and without one of them, under the same draw and luck.
struct LeftOutFacts {
  std::int64_t claimed_units = 0;  ///< places, as the plan prints them
  std::int64_t entered_units = 0, entered_persons = 0, spent_fen = 0;
  PlaceSums full, without;  ///< the whole region
};

/// The sums of the whole region: all counties added.
template <typename Sums>
Sums whole_of(const std::vector<Sums>& counties) {
  Sums whole;
  for (const Sums& county : counties) whole.add(county);
  return whole;
}

}  // namespace tuopin
