#include "models/run/year_list.hpp"

#include "models/processes/allowance_targeting.hpp"
#include "models/processes/common_shocks.hpp"
#include "models/processes/guarantees.hpp"
#include "models/processes/income_streams.hpp"
#include "models/processes/labour_days.hpp"
#include "models/processes/last_review_uprated.hpp"
#include "models/processes/payments_last_year.hpp"
#include "models/processes/planted_land.hpp"
#include "models/processes/safety_net.hpp"
#include "models/processes/true_income.hpp"
#include "models/processes/year_before.hpp"
#include "models/programme/entrants.hpp"
#include "models/programme/funds.hpp"
#include "models/programme/holders.hpp"
#include "models/programme/members.hpp"
#include "models/register/identification.hpp"
#include "models/register/measurement.hpp"
#include "models/register/review.hpp"

namespace tuopin {

namespace {

void holders(Year& year, Making& m) {
  for (std::size_t p = 0; p < m.programmes.size(); ++p) year.add(holders_of(m.programmes[p], p, m.desk));
}
void entrants(Year& year, Making& m) {
  for (std::size_t p = 0; p < m.programmes.size(); ++p) year.add(entrants_of(m.programmes[p], p, m.desk));
}
void day_sums(Year& year, Making& m) {
  year.add(sums_of_the_year(m.schema, m.needs, m.programmes.size(), LabourDays(m.settings), m.desk));
}
void incomes(Year& year, Making& m) { year.add(market_income(m.schema, m.needs, m.settings, m.calibration)); }
void incomes_by_stream(Year& year, Making& m) {
  if (m.adds_up_streams || counts_market_income_in_part(m.settings))
    year.add(market_income_by_stream(m.schema, m.needs, m.settings, m.adds_up_streams));
}
void year_before(Year& year, Making& m) {
  year.add<YearBefore>(m.schema, m.needs, m.settings, IncomeParts(m.settings, m.calibration));
}
void measured(Year& year, Making& m) {
  year.add<Measurement>(m.schema, m.needs, m.settings, IncomeParts(m.settings, m.calibration));
}
void shocks(Year& year, Making& m) {
  year.add(common_shocks(m.schema, m.needs, m.settings, m.region, m.calibration.level));
}
void summed(Year& year, Making& m) {
  year.add(measures(m.schema, m.needs, m.settings.text("register.line") == "statistical", m.sums));
}
void counted(Year& year, Making& m) { year.add(members_counted(m.schema, m.needs, m.programmes.size(), m.desk)); }

/// An entry whose step is constructed from the scenario's settings only.
template <typename S>
void step(Year& year, Making& m) {
  if constexpr (std::is_constructible_v<S, Binder&, const Settings&>)
    year.add<S>(m.schema, m.needs, m.settings);
  else
    year.add<S>(m.schema, m.needs);
}

}  // namespace

std::vector<Mechanism> shipped_year() {
  return {
      {"measures.opened", [](Year& year, Making& m) { year.add(measures_opened(m.sums)); }},
      {"funds.opened", [](Year& year, Making&) { year.add(funds_opened()); }},
      {"programmes.year", day_sums},
      {"household.last_review_uprated",
       [](Year& year, Making& m) { year.add<LastReviewUprated>(m.schema, m.needs, m.settings, m.region); }},
      {"programmes.holders", holders},
      {"programmes.entrants", entrants},
      {"shocks", shocks},
      {"household.income", incomes},
      {"household.income_by_stream", incomes_by_stream},
      {"household.year_before", year_before},
      {"household.safety_net", step<SafetyNet>},
      {"household.true_income",
       [](Year& year, Making& m) {
         year.add<TrueIncome>(m.schema, m.needs, m.settings, m.streams, m.adds_up_streams);
       }},
      {"household.allowance_targeting", step<AllowanceTargeting>},
      {"household.planted_land", step<PlantedLand>},
      {"household.payments_last_year",
       [](Year& year, Making& m) {
         if (keeps_payments_of_last_year(m.streams, m.schema)) year.add<PaymentsLastYear>(m.schema, m.needs, m.streams);
       }},
      {"register.measurement", measured},
      {"register.identification",
       [](Year& year, Making& m) { year.add(identification(m.schema, m.needs, m.settings)); }},
      {"household.guarantees", step<Guarantees>},
      {"register.review", step<Review>},
      {"measures", summed},
      {"programmes.members", counted},
      {"funds.closed", [](Year& year, Making& m) { year.add(funds_closed(m.schema, m.needs)); }},
  };
}

}  // namespace tuopin
