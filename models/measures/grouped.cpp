#include "models/measures/grouped.hpp"

#include <algorithm>

#include "engine/base/numbers.hpp"

namespace tuopin {

namespace {

double bin_start(std::size_t b) { return fixed_exp(static_cast<double>(b) * bin_width); }

struct Totals {
  double persons = 0, yuan = 0;
};

Totals totals_of(const IncomeBins& bins) {
  Totals t;
  for (std::size_t b = 0; b < income_bins; ++b) {
    t.persons += static_cast<double>(bins.persons[b]);
    t.yuan += static_cast<double>(bins.fen[b]) / 100;
  }
  return t;
}

}  // namespace

double grouped_gini(const IncomeBins& bins) {
  const Totals all = totals_of(bins);
  if (!(all.yuan > 0)) return 0;
  double cumulated = 0, sum = 0;
  for (std::size_t b = 0; b < income_bins; ++b) {
    const double p = static_cast<double>(bins.persons[b]) / all.persons;
    const double s = static_cast<double>(bins.fen[b]) / 100 / all.yuan;
    sum += p * (2 * cumulated + s);
    cumulated += s;
  }
  return 1 - sum;
}

double grouped_gini_bound(const IncomeBins& bins) {
  const Totals all = totals_of(bins);
  if (!(all.yuan > 0)) return 0;
  const double mean = all.yuan / all.persons;
  double bound = 0;
  for (std::size_t b = 0; b + 1 < income_bins; ++b) {
    if (bins.persons[b] == 0) continue;
    const double p = static_cast<double>(bins.persons[b]) / all.persons;
    const double a = b == 0 ? 0 : bin_start(b), e = bin_start(b + 1);
    const double mu = std::clamp(static_cast<double>(bins.fen[b]) / 100 / static_cast<double>(bins.persons[b]), a, e);
    bound += p * p * (mu - a) * (e - mu) / (mean * (e - a));
  }
  return bound;
}

double grouped_theil(const IncomeBins& bins) {
  const Totals all = totals_of(bins);
  if (!(all.yuan > 0)) return 0;
  const double mean = all.yuan / all.persons;
  double sum = 0;
  for (std::size_t b = 0; b < income_bins; ++b) {
    if (bins.persons[b] == 0 || bins.fen[b] == 0) continue;
    const double yuan = static_cast<double>(bins.fen[b]) / 100;
    sum += yuan / all.yuan * fixed_log(std::max(1.0, yuan / static_cast<double>(bins.persons[b])) / mean);
  }
  return sum;
}

double grouped_sen_shorrocks_thon(const IncomeBins& bins, double line, double persons, double poor, double gap_sum) {
  if (!(persons > 0) || !(gap_sum > 0)) return 0;
  // Poorest first, so gaps fall: SST = FGT1 (1 + G), G = 1 − Σ p_i (S_i + S_i−1) of gaps in ascending order, which is
  // the same sum with the order reversed; the poor of the bin that holds the line get what is left of both totals.
  double counted = 0, gaps = 0, cumulated = 0, sum = 0;
  for (std::size_t b = 0; b < income_bins && counted < poor; ++b) {
    double n = static_cast<double>(bins.persons[b]);
    double gap = n - static_cast<double>(bins.fen[b]) / 100 / line;
    if (counted + n > poor || bin_start(b + 1) > line) {
      n = poor - counted;
      gap = gap_sum - gaps;
    }
    gap = std::clamp(gap, 0.0, gap_sum - gaps);
    counted += n;
    gaps += gap;
    sum += n / persons * (2 * cumulated + gap / gap_sum);
    cumulated += gap / gap_sum;
  }
  sum += (persons - counted) / persons * 2 * cumulated;  // the non-poor have no gap
  const double gini = sum - 1;
  return gap_sum / persons * (1 + gini);
}

}  // namespace tuopin
