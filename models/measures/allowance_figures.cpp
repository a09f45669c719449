// Whom allowances reach: the old safety net and programmes that top up, together. Poor: true income without top-ups
// below the statistical line. Published beside them, for China: leakage 0.68 of dibao resources to the non-poor (RI115
// of the evidence, primary study not read); a mean payment of 0.47 of the standard (2016).
#include "models/measures/formulas.hpp"
#include "models/measures/shipped_figures.hpp"

namespace tuopin {

std::vector<Figure> allowance_figures() {
  const auto figure = [](const char* name, const char* unit, const char* meaning, const char* meaning_zh,
                         double (*value)(const YearFacts&, const At&)) {
    return Figure{"allowance", name, {}, unit, meaning, meaning_zh, value};
  };
  return {
      figure("recipients", "persons", "persons in households that draw an allowance",
             "享受低保人口（原有低保与补差项目合计）",
             [](const YearFacts& f, const At& at) { return f.declared("allowance_recipients", at); }),
      figure("mean_payment", "yuan/year", "allowance a head of those who draw it", "低保享受者人均年补差额",
             [](const YearFacts& f, const At& at) {
               return ratio(f.declared("allowance_fen", at) / 100, f.declared("allowance_recipients", at));
             }),
      figure("leakage", "share",
             "share of the money that reaches persons who are not poor without it (true income, statistical line)",
             "漏出率：补差资金中流向不补差也不贫困者的比例（真实收入，统计贫困线）",
             [](const YearFacts& f, const At& at) {
               return ratio(f.declared("allowance_to_not_poor_fen", at), f.declared("allowance_fen", at));
             }),
      figure("inclusion_error", "share", "share of recipients who are not poor without it",
             "错保率：享受低保人口中不补差也不贫困者的比例",
             [](const YearFacts& f, const At& at) {
               return ratio(f.declared("allowance_recipients_not_poor", at), f.declared("allowance_recipients", at));
             }),
      figure("undercoverage", "share", "share of persons poor without it who draw none",
             "漏保率：不补差即贫困的人口中未享受低保者的比例",
             [](const YearFacts& f, const At& at) {
               const double poor = f.declared("poor_without_allowance", at);
               const double reached =
                   f.declared("allowance_recipients", at) - f.declared("allowance_recipients_not_poor", at);
               return ratio(poor - reached, poor);
             }),
  };
}

}  // namespace tuopin
