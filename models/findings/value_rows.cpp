#include "models/findings/value_rows.hpp"

#include <cmath>

#include "models/findings/number_text.hpp"

namespace tuopin {

namespace {

constexpr double discount_rate = 0.05;  // definition: share/year, the rate that is shown beside none

/// Σ_t of_t / (1 + rate)^t over the years after the base year up to the year with index `last`.
template <typename OfYear>
std::vector<double> present_value(std::size_t last, double rate, const OfYear& of_year) {
  std::vector<double> sum;
  double factor = 1;
  for (std::size_t year = 1; year <= last; ++year) {
    const std::vector<double> values = of_year(year);
    if (sum.empty()) sum.assign(values.size(), 0);
    factor *= 1 + rate;
    for (std::size_t w = 0; w < values.size(); ++w) sum[w] += values[w] / factor;
  }
  return sum;
}

EffectRow row_of(Message label, const Scale& scale, std::vector<double> values) {
  EffectRow row;
  row.label = std::move(label);
  row.scale = scale;
  row.own_unit = true;
  for (double& value : values) value /= scale.unit;
  row.difference = spread_of(std::move(values));
  return row;
}

/// Indices of the years up to which value is counted: the usual last year, if the run goes beyond it, and the last.
std::vector<std::size_t> horizons(const StudyView& study) {
  const std::vector<std::int64_t> years = study.years();
  std::vector<std::size_t> ends;
  const double usual = study.number("default_last_year");
  for (std::size_t y = 1; y + 1 < years.size(); ++y)
    if (static_cast<double>(years[y]) == usual) ends.push_back(y);
  ends.push_back(years.size() - 1);
  return ends;
}

}  // namespace

std::vector<EffectRow> value_rows(const Page& page, std::size_t scenario) {
  const StudyView& study = page.study;
  std::vector<EffectRow> rows;
  if (scenario == 0 || study.size("year") < 2) return rows;
  const std::vector<std::int64_t> years = study.years();
  const auto fall = [&](std::size_t year) { return study.worlds("fall_in_poverty", scenario, year); };
  const auto closed = [&](std::size_t year) {
    return difference(study.worlds("perfect_information_gap", 0, year),
                      study.worlds("perfect_information_gap", scenario, year));
  };
  const auto label = [&](MessageId plain, MessageId discounted, double rate, std::size_t end) {
    const std::string year = std::to_string(years[end]);
    return rate == 0 ? message(plain, year) : message(discounted, year);
  };
  for (const double rate : {0.0, discount_rate})
    for (const std::size_t end : horizons(study)) {
      if (study.has("fall_in_poverty"))
        rows.push_back(
            row_of(label(msgid("out of poverty to {0}"), msgid("out of poverty to {0}, discounted at 5%"), rate, end),
                   scale_of_person_years(page), present_value(end, rate, fall)));
      if (study.has("perfect_information_gap"))
        rows.push_back(
            row_of(label(msgid("gap closed to {0}"), msgid("gap closed to {0}, discounted at 5%"), rate, end),
                   page.money, present_value(end, rate, closed)));
    }
  for (EffectRow& row : rows) {
    double largest = 0;
    for (const EffectRow& other : rows)
      if (other.scale.name == row.scale.name)
        largest = std::max({largest, std::fabs(other.difference.low), std::fabs(other.difference.high)});
    row.decimals = row.scale.unit > 1 ? decimals_for(largest) : 0;
  }
  return rows;
}

}  // namespace tuopin
