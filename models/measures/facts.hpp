// What the formulas of figures may read: a year of one world, the money of one life, or a life beside the same one
// without a batch. Every formula is a plain function of one of them and of the place in its dimensions where it is
// asked.
#pragma once

#include <limits>

#include "engine/data/row_major.hpp"
#include "engine/money/fund_years.hpp"
#include "models/measures/record_shape.hpp"
#include "models/measures/year_result.hpp"

namespace tuopin {

/// Where a figure is asked: its entry along each of its dimensions, 0 along those that it does not have.
struct At {
  std::size_t year = 0;   ///< of the money of a life; a year's own facts know theirs
  std::size_t place = 0;  ///< 0 is the whole region
  std::size_t line = 0, income = 0, standard = 0, programme = 0, fund = 0, purpose = 0, stream = 0;
  std::size_t own = 0;  ///< along a dimension that a program brings itself (FigureTable)
};

constexpr double unknown_figure = std::numeric_limits<double>::quiet_NaN();

/// A year of one world.
class YearFacts {
 public:
  /// `year` counts from 0. `programmes`: of the scenario, in the order of the result's tallies.
  /// All of them are to outlive the facts.
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
  /// Of all programmes in a place, in fen.
  std::int64_t spent_on_programmes(const At& at) const;
  /// A sum that a mechanism has declared; NaN where this scenario has no such mechanism, and for a name that nobody
  /// declares.
  double declared(std::string_view sum, const At& at) const;
  /// The same as a whole number; 0 where this scenario has no such mechanism.
  std::int64_t declared_or_zero(std::string_view sum, const At& at) const;
  /// Income of all persons from a stream, in fen; 0 where nobody posted to it.
  std::int64_t stream_fen(const At& at) const;

  int calendar_year() const { return calendar_year_; }
  std::size_t years_before() const { return year_; }  ///< that were simulated before this one: 0 in the base year
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

/// The ledger of a life.
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

/// A year of the whole scenario beside the same year without one of its batches, in the same world.
struct LeftOutFacts {
  std::int64_t claimed_units = 0;  ///< places, as the plan prints them
  std::int64_t entered_units = 0, entered_persons = 0, spent_fen = 0;
  PlaceSums full, without;  ///< the whole region
};

/// The whole region: its counties together.
template <typename Sums>
Sums whole_of(const std::vector<Sums>& counties) {
  Sums whole;
  for (const Sums& county : counties) whole.add(county);
  return whole;
}

}  // namespace tuopin
