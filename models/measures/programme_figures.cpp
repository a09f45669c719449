// Figures of programmes: what each offers, whom it reaches, what it spends. Exits from poverty are not attributed to
// programmes: an effect is the difference between two scenarios.
#include "models/measures/formulas.hpp"
#include "models/measures/shipped_figures.hpp"

namespace tuopin {

namespace {

/// Persons or units of a tally; unknown where the scenario has no such programme.
template <auto Member>
double tally(const YearFacts& f, const At& at) {
  const ProgrammeTally* found = f.tally(at);
  return found ? count(found->*Member) : unknown_figure;
}

/// Places offered. Places of the whole region belong to no county; if everyone may enter there is no number of places.
double places_offered(const YearFacts& f, const At& at) {
  const Programme* programme = f.programme(at);
  if (!programme) return unknown_figure;
  const bool for_everyone = programme->everyone && programme->open(f.calendar_year()) && f.years_before() > 0;
  const bool has_places = !for_everyone && (at.place == 0 || programme->by_county);
  return has_places ? count(f.tally(at)->places) : unknown_figure;
}

}  // namespace

std::vector<Figure> programme_figures() {
  const std::vector<std::string> by{"programme"};
  using Tally = ProgrammeTally;
  return {
      {"programmes", "places", by, "1", "places offered, in the programme's own unit; unknown where everyone may enter",
       "计划名额", places_offered},
      {"programmes", "eligible_persons", by, "persons", "persons of eligible units", "符合条件人数",
       tally<&Tally::eligible_persons>},
      {"programmes", "applied_persons", by, "persons", "persons of units that were reached and wanted it", "申请人数",
       tally<&Tally::applied_persons>},
      {"programmes", "entered_units", by, "1", "units entered, in the programme's own unit", "新进入名额",
       tally<&Tally::entered_units>},
      {"programmes", "entered_persons", by, "persons", "members of households that entered", "新进入户人口",
       tally<&Tally::entered_persons>},
      {"programmes", "entered_poor_persons", by, "persons", "of these income-poor (simulated) in the year before",
       "新进入户中上年模拟收入贫困人口", tally<&Tally::entered_poor_persons>},
      {"programmes", "holding_persons", by, "persons", "members of households enrolled at the end of the year",
       "年末在项目人口", tally<&Tally::holding_persons>},
      {"programmes", "left_register_persons", by, "persons", "members of enrolled households that left the register",
       "在项目且当年退出名册人口", tally<&Tally::left_register_persons>},
      {"programmes", "spending", by, "yuan", "spending of the programme", "项目支出",
       [](const YearFacts& f, const At& at) { return f.tally(at) ? yuan(f.tally(at)->spent_fen()) : unknown_figure; }},
      {"programmes", "to_households", by, "yuan", "of the spending: reached households", "项目到户支出",
       [](const YearFacts& f, const At& at) {
         return f.tally(at) ? yuan(f.tally(at)->to_household_fen) : unknown_figure;
       }},
  };
}

}  // namespace tuopin
