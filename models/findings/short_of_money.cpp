#include "models/findings/short_of_money.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "models/findings/order_statistics.hpp"

namespace tuopin {

namespace {

/// A smaller share of applicants turned away is not reported.
constexpr double turned_away_worth_saying = 0.1;

struct Persons {
  double entered = 0, applied = 0;
};

/// The text behind `key = ` in the programme's own lines; empty where there is none.
std::string setting(const StudyView& study, const std::string& programme, const std::string& key) {
  const std::string begin = key + " = ";
  for (const std::string& line : study.lines("programme_text:" + programme))
    if (line.starts_with(begin)) return line.substr(begin.size());
  return "";
}

/// Whole households, of ten members at most, fill places for persons: a queue may stop with so many places free.
double places_left_by_size(const StudyView& study, const std::string& programme) {
  return setting(study, programme, "capacity.unit") == "\"persons\"" ? 10 : 0;
}

class OfProgramme {
 public:
  OfProgramme(const StudyView& study, std::size_t scenario, std::size_t programme)
      : study_(study), scenario_(scenario), programme_(programme),
        slack_(places_left_by_size(study, study.names("programme")[programme])) {}

  /// Of the queues of one world and year in which money was short.
  Persons turned_away(std::size_t draw, std::size_t replicate, std::size_t year) const {
    Persons sum;
    const auto value = [&](const char* figure, std::size_t place) {
      return study_.at(figure, {{"scenario", scenario_},
                                {"draw", draw},
                                {"replicate", replicate},
                                {"year", year},
                                {"place", place},
                                {"programme", programme_}});
    };
    const auto add = [&](std::size_t place) {
      const double offered = value("programmes/places", place), applied = value("programmes/applied_persons", place),
                   entered = value("programmes/entered_persons", place);
      const bool free = std::isnan(offered) || value("programmes/entered_units", place) + slack_ < offered;
      if (!free || !(applied > entered)) return;
      sum.applied += applied;
      sum.entered += entered;
    };
    // Where places are the counties' own, each county has a queue and its part of the money.
    bool by_county = false;
    for (std::size_t place = 1; place < study_.size("place"); ++place)
      by_county = by_county || !std::isnan(value("programmes/places", place));
    if (!by_county) add(0);
    for (std::size_t place = 1; by_county && place < study_.size("place"); ++place) add(place);
    return sum;
  }

 private:
  const StudyView& study_;
  std::size_t scenario_, programme_;
  double slack_;
};

/// [first, last] year in which the programme takes anybody in.
std::pair<std::int64_t, std::int64_t> window_of(const StudyView& study, const std::string& programme) {
  const std::string text = setting(study, programme, "window");
  const std::size_t comma = text.find(',');
  if (!text.starts_with("[") || comma == text.npos) return {0, -1};
  return {std::atoll(text.c_str() + 1), std::atoll(text.c_str() + comma + 1)};
}

}  // namespace

std::optional<MoneyShort> short_of_money(const StudyView& study, std::size_t scenario, std::size_t programme) {
  const std::size_t draws = study.size("draw"), replicates = study.size("replicate"), years = study.size("year");
  const OfProgramme of(study, scenario, programme);
  std::vector<Persons> sums(draws * replicates);
  MoneyShort found;
  for (std::size_t y = 1; y < years; ++y) {  // no programme acts in the base year
    std::vector<Persons> worlds;
    for (std::size_t d = 0; d < draws; ++d)
      for (std::size_t r = 0; r < replicates; ++r) worlds.push_back(of.turned_away(d, r, y));
    const auto in_short = std::count_if(worlds.begin(), worlds.end(), [](const Persons& p) {
      return p.applied - p.entered >= turned_away_worth_saying * p.applied && p.applied > 0;
    });
    if (2 * static_cast<std::size_t>(in_short) <= worlds.size()) continue;
    found.years.push_back(std::to_string(study.years()[y]));
    for (std::size_t w = 0; w < worlds.size(); ++w) {
      sums[w].entered += worlds[w].entered;
      sums[w].applied += worlds[w].applied;
    }
  }
  if (found.years.empty()) return std::nullopt;
  std::vector<double> entered, applied;
  for (const Persons& of_world : sums) {
    entered.push_back(of_world.entered / static_cast<double>(found.years.size()));
    applied.push_back(of_world.applied / static_cast<double>(found.years.size()));
  }
  found.entered = spread_of(std::move(entered)).median;
  found.applied = spread_of(std::move(applied)).median;
  return found;
}

std::vector<EmptyFund> empty_funds(const StudyView& study, std::size_t scenario, std::size_t programme) {
  const std::string name = study.names("programme")[programme], funding = setting(study, name, "cost.funding");
  const auto [first, last] = window_of(study, name);
  const auto funds = study.names("fund");
  const auto years = study.years();
  std::vector<EmptyFund> found;
  for (std::size_t f = 1; f < funds.size(); ++f) {  // the safety net's own source comes first
    if (funding.find("\"" + funds[f] + "\" = ") == funding.npos) continue;
    const std::string own = "funds." + funds[f] + ".by_year";
    const auto lines = study.lines("scenario_text:" + study.names("scenario")[scenario]);
    if (std::none_of(lines.begin(), lines.end(), [&](const std::string& line) { return line.starts_with(own); }))
      continue;  // without limit
    EmptyFund fund{funds[f], {}};
    for (std::size_t y = 1; y < years.size(); ++y) {  // no programme acts in the base year
      const auto places = study.worlds("programmes/places", scenario, y, "programme", programme);
      const auto in = study.worlds("ledger/transfer_in", scenario, y, "fund", f),
                 before = study.worlds("ledger/carried_in", scenario, y, "fund", f);
      const bool open =
          years[y] >= first && years[y] <= last && !(spread_of(places).high <= 0 && spread_of(places).worlds);
      const auto nothing = [](double fen) { return fen == 0; };
      if (open && !in.empty() && std::all_of(in.begin(), in.end(), nothing) &&
          std::all_of(before.begin(), before.end(), nothing))
        fund.years.push_back(std::to_string(years[y]));
    }
    if (!fund.years.empty()) found.push_back(std::move(fund));
  }
  return found;
}

}  // namespace tuopin
