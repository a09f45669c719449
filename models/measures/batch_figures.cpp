// Figures of batches that are left out in turn: what the batch did in the full scenario, and what the scenario loses
// without it. Batches reach the same households, so these figures must not be added up over batches.
#include "models/measures/formulas.hpp"
#include "models/measures/shipped_figures.hpp"

namespace tuopin {

namespace {

template <std::int64_t LeftOutFacts::*Member>
double of_batch(const LeftOutFacts& f, const At&) {
  return count(f.*Member);
}

std::int64_t lost_out(const LeftOutFacts& f) { return f.full.out_of_poverty - f.without.out_of_poverty; }
std::int64_t lost_into(const LeftOutFacts& f) { return f.full.into_poverty - f.without.into_poverty; }

}  // namespace

std::vector<Figure> batch_figures() {
  return {
      {"batches",
       "claimed_units",
       {},
       "1",
       "places that the plan claims",
       "计划名额",
       of_batch<&LeftOutFacts::claimed_units>},
      {"batches", "entered_units", {}, "1", "places entered", "实际进入名额", of_batch<&LeftOutFacts::entered_units>},
      {"batches",
       "entered_persons",
       {},
       "persons",
       "members of households that entered",
       "进入户人口",
       of_batch<&LeftOutFacts::entered_persons>},
      {"batches",
       "spending",
       {},
       "yuan",
       "spending of the batch",
       "该批支出",
       [](const LeftOutFacts& f, const At&) { return yuan(f.spent_fen); }},
      {"batches",
       "out_of_poverty_lost",
       {},
       "persons",
       "out of poverty by the plan: the whole plan less the plan without the batch",
       "缺该批减少的因规划脱贫",
       [](const LeftOutFacts& f, const At&) { return count(lost_out(f)); }},
      {"batches",
       "into_poverty_lost",
       {},
       "persons",
       "into poverty by the plan: the whole plan less the plan without the batch",
       "缺该批减少的因规划致贫",
       [](const LeftOutFacts& f, const At&) { return count(lost_into(f)); }},
      {"batches",
       "fall_in_poverty_lost",
       {},
       "persons",
       "fall in poverty that is lost when the batch is left out",
       "缺该批减少的贫困人口下降",
       [](const LeftOutFacts& f, const At&) { return count(lost_out(f) - lost_into(f)); }},
  };
}

}  // namespace tuopin
