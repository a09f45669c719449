// Helpers for writing the formulas of figures.
#pragma once

#include "models/measures/facts.hpp"

namespace tuopin {

inline double count(std::int64_t whole) { return static_cast<double>(whole); }
inline double yuan(std::int64_t fen) { return count(fen) / 100; }
/// part / whole; unknown (NaN) if whole is not positive.
inline double ratio(double part, double whole) { return whole > 0 ? part / whole : unknown_figure; }
inline double ratio(std::int64_t part, std::int64_t whole) { return ratio(count(part), count(whole)); }

/// A sum of the year without conversion: persons.
template <auto Member>
double persons(const YearFacts& f, const At& at) {
  return count(f.sums(at).*Member);
}
/// A sum of the year in fen, as yuan.
template <auto Member>
double money(const YearFacts& f, const At& at) {
  return yuan(f.sums(at).*Member);
}

}  // namespace tuopin
