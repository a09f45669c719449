// Figures of income: poverty by line and income concept, inequality, the mean. Persons are weighted by household size.
#include "models/measures/formulas.hpp"
#include "models/measures/grouped.hpp"
#include "models/measures/shipped_figures.hpp"

namespace tuopin {

namespace {

constexpr double one_40 = 1099511627776.0, one_36 = 68719476736.0;  // 2^40 and 2^36: units of a person's term

double poor(const YearFacts& f, const At& at) { return count(f.sums(at).poor[at.income][at.line]); }
double all(const YearFacts& f, const At& at) { return count(f.sums(at).persons); }
/// Σ persons · (1 − income / line) of the poor.
double gap(const YearFacts& f, const At& at) {
  return static_cast<double>(f.sums(at).gap[at.income][at.line]) / one_40;
}
double gap_squared(const YearFacts& f, const At& at) {
  return static_cast<double>(f.sums(at).gap_squared[at.income][at.line]) / one_40;
}
/// Σ persons · ln(line / income) of the poor.
double log_gap(const YearFacts& f, const At& at) {
  return static_cast<double>(f.sums(at).watts[at.income][at.line]) / one_36;
}
double line(const YearFacts& f, const At& at) { return f.lines().statistical * line_multiples[at.line]; }
const IncomeBins& bins(const YearFacts& f, const At& at) { return f.sums(at).bins[at.income]; }

}  // namespace

std::vector<Figure> income_figures() {
  const std::vector<std::string> by_line{"line", "income"}, by_income{"income"};
  return {
      {"", "poverty_rate", by_line, "share", "persons below the line, FGT0", "贫困发生率",
       [](const YearFacts& f, const At& at) { return ratio(poor(f, at), all(f, at)); }},
      {"", "poverty_gap", by_line, "share", "poverty gap, FGT1", "贫困深度（FGT1）",
       [](const YearFacts& f, const At& at) { return ratio(gap(f, at), all(f, at)); }},
      {"", "poverty_gap_squared", by_line, "share", "squared poverty gap, FGT2", "贫困强度（FGT2）",
       [](const YearFacts& f, const At& at) { return ratio(gap_squared(f, at), all(f, at)); }},
      {"", "watts", by_line, "1", "Watts index", "瓦茨指数",
       [](const YearFacts& f, const At& at) { return ratio(log_gap(f, at), all(f, at)); }},
      {"", "sen_shorrocks_thon", by_line, "1", "Sen-Shorrocks-Thon index, from 256 log bins", "SST指数",
       [](const YearFacts& f, const At& at) {
         return grouped_sen_shorrocks_thon(bins(f, at), line(f, at), all(f, at), poor(f, at), gap(f, at));
       }},
      {"", "gini", by_income, "1", "Gini coefficient, from 256 log bins (lower bound)", "基尼系数",
       [](const YearFacts& f, const At& at) { return grouped_gini(bins(f, at)); }},
      {"", "gini_error_bound", by_income, "1", "what grouping can hide of the Gini coefficient, at most",
       "基尼系数分组误差上界", [](const YearFacts& f, const At& at) { return grouped_gini_bound(bins(f, at)); }},
      {"", "theil", by_income, "1", "Theil T, from 256 log bins (lower bound, misses at most 0.0004)", "泰尔指数",
       [](const YearFacts& f, const At& at) { return grouped_theil(bins(f, at)); }},
      {"", "mean_income", by_income, "yuan/year", "mean income per register member", "人均纯收入",
       [](const YearFacts& f, const At& at) { return ratio(yuan(f.sums(at).income_fen[at.income]), all(f, at)); }},
      {"", "persons", {}, "persons", "register members", "户籍人口", persons<&PlaceSums::persons>},
  };
}

}  // namespace tuopin
