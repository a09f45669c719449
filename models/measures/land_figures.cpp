// Land under plots of programmes, by where it comes from. A programme whose plots may not exceed own land grants less
// than its area per member: the difference shows here.
#include "models/measures/shipped_figures.hpp"

namespace tuopin {

std::vector<Figure> land_figures() {
  const auto figure = [](const char* name, const char* meaning, const char* meaning_zh,
                         double (*value)(const YearFacts&, const At&)) {
    return Figure{"land", name, {}, "mu", meaning, meaning_zh, value};
  };
  return {
      figure("planted_own", "land of plots on the holders' own arable land", "种植地块占用自家承包地面积",
             [](const YearFacts& f, const At& at) { return f.declared("planted_own", at) / 100; }),
      figure("planted_rented", "land of plots that holders rent", "种植地块租地面积",
             [](const YearFacts& f, const At& at) { return f.declared("planted_rented", at) / 100; }),
      figure("planted_cleared", "land of plots that was newly cleared", "种植地块新开垦面积",
             [](const YearFacts& f, const At& at) { return f.declared("planted_cleared", at) / 100; }),
  };
}

}  // namespace tuopin
