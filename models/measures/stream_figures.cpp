// Mean income by stream. If every stream counts in full, they add up to the mean of true register income, except for
// rounding each household's amount down to fen.
#include "models/measures/formulas.hpp"
#include "models/measures/shipped_figures.hpp"

namespace tuopin {

std::vector<Figure> stream_figures() {
  return {{"income_by_stream",
           "mean_income",
           {"stream"},
           "yuan/year",
           "mean of true income a head from this stream, before weights",
           "分来源人均真实收入（未加权）",
           [](const YearFacts& f, const At& at) { return ratio(yuan(f.stream_fen(at)), count(f.sums(at).persons)); }}};
}

}  // namespace tuopin
