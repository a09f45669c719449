// Figures of the register: size, entries and exits; and its errors, by three poverty standards.
#include "models/measures/formulas.hpp"
#include "models/measures/shipped_figures.hpp"

namespace tuopin {

std::vector<Figure> register_figures() {
  return {
      {"",
       "register_persons",
       {},
       "persons",
       "persons on the register after the year's review",
       "在册贫困人口",
       persons<&PlaceSums::registered>},
      {"",
       "register_rate",
       {},
       "share",
       "persons on the register over all",
       "建档立卡贫困发生率",
       [](const YearFacts& f, const At& at) { return ratio(f.sums(at).registered, f.sums(at).persons); }},
      {"",
       "exits_gross",
       {},
       "persons",
       "gross administrative exits: left the register this year",
       "当年退出人数（行政口径）",
       persons<&PlaceSums::exits_gross>},
      {"", "entries", {}, "persons", "entered the register this year", "当年纳入人数", persons<&PlaceSums::entries>},
  };
}

std::vector<Figure> register_error_figures() {
  const std::vector<std::string> by_standard{"standard"};
  return {
      {"", "inclusion_error", by_standard, "share", "registered and not poor by the standard, over registered",
       "错评率（按标准）",
       [](const YearFacts& f, const At& at) {
         return ratio(f.sums(at).registered_not_short[at.standard], f.sums(at).registered);
       }},
      {"", "exclusion_error", by_standard, "share", "poor by the standard and not registered, over poor by it",
       "漏评率（按标准）",
       [](const YearFacts& f, const At& at) {
         return ratio(f.sums(at).short_not_registered[at.standard], f.sums(at).short_of[at.standard]);
       }},
  };
}

}  // namespace tuopin
