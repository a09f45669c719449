// The sums of a year, and the ledger of a life, put into the variables of a study.
#include <array>
#include <limits>

#include "engine/money/fund_years.hpp"
#include "models/measures/grouped.hpp"
#include "models/measures/recorder.hpp"

namespace tuopin {

namespace {

constexpr double no_answer = std::numeric_limits<double>::quiet_NaN();
constexpr double one_40 = 1099511627776.0, one_36 = 68719476736.0;

double ratio(double part, double whole) { return whole > 0 ? part / whole : no_answer; }
double ratio(std::int64_t part, std::int64_t whole) {
  return ratio(static_cast<double>(part), static_cast<double>(whole));
}
double yuan(std::int64_t fen) { return static_cast<double>(fen) / 100; }

/// The whole region first, then its counties.
template <typename Sums>
std::vector<Sums> with_whole(const std::vector<Sums>& counties) {
  std::vector<Sums> places(1);
  for (const Sums& county : counties) {
    places[0].add(county);
    places.push_back(county);
  }
  return places;
}

}  // namespace

/// The values of one variable in one world and year, found once: by place, and by what else it stands over.
class Recorder::Row {
 public:
  Row(Slot& slot, const Moment& at)
      : values_(slot.values.get() + at.scenario * slot.strides[0] + at.draw * slot.strides[1] +
                at.replicate * slot.strides[2] + at.year * slot.strides[3]) {
    for (std::size_t axis = 4; axis < slot.strides.size(); ++axis) strides_[axis - 4] = slot.strides[axis];
  }
  void put(std::size_t place, double value, std::size_t a = 0, std::size_t b = 0) const {
    values_[place * strides_[0] + a * strides_[1] + b * strides_[2]] = value;
  }
  void put(std::size_t place, std::int64_t count, std::size_t a = 0, std::size_t b = 0) const {
    put(place, static_cast<double>(count), a, b);
  }

 private:
  double* values_;
  std::array<std::size_t, 3> strides_{};
};

template <typename ValueOf>
void Recorder::put_all(const char* name, const Moment& at, const std::vector<PlaceSums>& places,
                       const ValueOf& value_of) {
  const Row row(slot(name), at);
  for (std::size_t place = 0; place < places.size(); ++place) row.put(place, value_of(places[place]));
}

void Recorder::record(std::size_t scenario, std::size_t draw, std::size_t replicate, int year, const YearResult& result,
                      const Model& model, const Lines& lines) {
  const Moment at{scenario, draw, replicate, static_cast<std::size_t>(year - shape_.first_year)};
  const std::vector<PlaceSums> places = with_whole(result.places);
  record_incomes(at, places, lines);
  record_register(at, places);
  record_years_of_poverty(at, places);
  put_all("persons", at, places, [](const PlaceSums& s) { return s.persons; });
  put_all("payments", at, places, [](const PlaceSums& s) { return yuan(s.payments_fen); });
  put_all("perfect_information_gap", at, places, [](const PlaceSums& s) { return yuan(s.gap_fen); });

  std::vector<std::int64_t> spent;
  for (const PlaceSums& s : places) spent.push_back(s.safety_net_fen);
  record_programmes(at, result, model, spent);
  const Row spending(slot("spending"), at);
  for (std::size_t place = 0; place < places.size(); ++place) spending.put(place, yuan(spent[place]));
}

void Recorder::record_programmes(const Moment& at, const YearResult& result, const Model& model,
                                 std::vector<std::int64_t>& spent) {
  const auto row = [&](const char* name) { return Row(slot(std::string("programmes/") + name), at); };
  const Row places = row("places"), eligible = row("eligible_persons"), applied = row("applied_persons"),
            units = row("entered_units"), entered = row("entered_persons"), poor = row("entered_poor_persons"),
            holding = row("holding_persons"), left = row("left_register_persons"), spending = row("spending"),
            to_households = row("to_households");
  const int year = shape_.first_year + static_cast<int>(at.year);
  for (std::size_t p = 0; p < model.programmes().size(); ++p) {
    const Programme& programme = model.programmes()[p];
    std::size_t account = 0;
    while (shape_.accounts.programmes[account] != programme.name) ++account;
    const bool for_everyone = programme.everyone && programme.open(year) && at.year > 0;
    const std::vector<ProgrammeTally> tallies = with_whole(result.programmes[p]);
    for (std::size_t place = 0; place < tallies.size(); ++place) {
      const ProgrammeTally& t = tallies[place];
      spent[place] += t.spent_fen();
      const bool has_places = !for_everyone && (place == 0 || programme.by_county);
      places.put(place, has_places ? static_cast<double>(t.places) : no_answer, account);
      eligible.put(place, t.eligible_persons, account);
      applied.put(place, t.applied_persons, account);
      units.put(place, t.entered_units, account);
      entered.put(place, t.entered_persons, account);
      poor.put(place, t.entered_poor_persons, account);
      holding.put(place, t.holding_persons, account);
      left.put(place, t.left_register_persons, account);
      spending.put(place, yuan(t.spent_fen()), account);
      to_households.put(place, yuan(t.to_household_fen), account);
    }
  }
}

void Recorder::record_incomes(const Moment& at, const std::vector<PlaceSums>& places, const Lines& lines) {
  const auto row = [&](const char* name) { return Row(slot(name), at); };
  const Row rate = row("poverty_rate"), poverty_gap = row("poverty_gap"), squared = row("poverty_gap_squared"),
            watts = row("watts"), sen = row("sen_shorrocks_thon"), gini = row("gini"),
            gini_bound = row("gini_error_bound"), theil = row("theil"), mean = row("mean_income");
  for (std::size_t place = 0; place < places.size(); ++place) {
    const PlaceSums& s = places[place];
    const auto persons = static_cast<double>(s.persons);
    for (std::size_t c = 0; c < concepts; ++c) {
      for (std::size_t k = 0; k < line_count; ++k) {
        const auto poor = static_cast<double>(s.poor[c][k]);
        const double gap = static_cast<double>(s.gap[c][k]) / one_40;
        rate.put(place, ratio(poor, persons), k, c);
        poverty_gap.put(place, ratio(gap, persons), k, c);
        squared.put(place, ratio(static_cast<double>(s.gap_squared[c][k]) / one_40, persons), k, c);
        watts.put(place, ratio(static_cast<double>(s.watts[c][k]) / one_36, persons), k, c);
        sen.put(place, grouped_sen_shorrocks_thon(s.bins[c], lines.statistical * line_multiples[k], persons, poor, gap),
                k, c);
      }
      gini.put(place, grouped_gini(s.bins[c]), c);
      gini_bound.put(place, grouped_gini_bound(s.bins[c]), c);
      theil.put(place, grouped_theil(s.bins[c]), c);
      mean.put(place, ratio(yuan(s.income_fen[c]), persons), c);
    }
  }
}

void Recorder::record_register(const Moment& at, const std::vector<PlaceSums>& places) {
  put_all("register_persons", at, places, [](const PlaceSums& s) { return s.registered; });
  put_all("register_rate", at, places, [](const PlaceSums& s) { return ratio(s.registered, s.persons); });
  put_all("exits_gross", at, places, [](const PlaceSums& s) { return s.exits_gross; });
  put_all("entries", at, places, [](const PlaceSums& s) { return s.entries; });
  put_all("fall_back_registered", at, places, [](const PlaceSums& s) { return s.fall_back_registered; });
  put_all("fall_back_true", at, places, [](const PlaceSums& s) { return s.fall_back_true; });
  const Row inclusion(slot("inclusion_error"), at), exclusion(slot("exclusion_error"), at);
  for (std::size_t place = 0; place < places.size(); ++place)
    for (std::size_t k = 0; k < standard_count; ++k) {
      const PlaceSums& s = places[place];
      inclusion.put(place, ratio(s.registered_not_short[k], s.registered), k);
      exclusion.put(place, ratio(s.short_not_registered[k], s.short_of[k]), k);
    }
}

/// Some are of an earlier year and known only now; what the years so far cannot tell stays unknown.
void Recorder::record_years_of_poverty(const Moment& at, const std::vector<PlaceSums>& places) {
  put_all("out_of_poverty", at, places, [](const PlaceSums& s) { return s.out_of_poverty; });
  put_all("into_poverty", at, places, [](const PlaceSums& s) { return s.into_poverty; });
  put_all("fall_in_poverty", at, places, [](const PlaceSums& s) { return s.out_of_poverty - s.into_poverty; });
  const auto earlier = [&](std::size_t years) { return Moment{at.scenario, at.draw, at.replicate, at.year - years}; };
  if (at.year < 1) return;
  put_all("true_exits", at, places, [](const PlaceSums& s) { return s.true_exits; });
  if (at.year < 2) return;
  put_all("true_exits_out_one_year", earlier(1), places, [](const PlaceSums& s) { return s.exits_out_one_year; });
  put_all("fall_back_rate", at, places, [](const PlaceSums& s) { return ratio(s.left_lately_poor, s.left_lately); });
  put_all("poor_none_of_three_years", at, places, [](const PlaceSums& s) { return s.poor_in_three_years[0]; });
  put_all("poor_one_or_two_of_three_years", at, places, [](const PlaceSums& s) { return s.poor_in_three_years[1]; });
  put_all("poor_all_three_years", at, places, [](const PlaceSums& s) { return s.poor_in_three_years[2]; });
  if (at.year < 3) return;
  put_all("true_exits_out_two_years", earlier(2), places, [](const PlaceSums& s) { return s.exits_out_two_years; });
}

void Recorder::record_ledger(std::size_t scenario, std::size_t draw, std::size_t replicate, const Ledger& ledger) {
  const auto start = [&](const Slot& of) {
    return of.values.get() + scenario * of.strides[0] + draw * of.strides[1] + replicate * of.strides[2];
  };
  const Slot& s = slot("ledger/amount");
  std::vector<std::int64_t> amounts(s.strides[2], 0);  // whole fen: a sum of yuan would depend on the order of counties
  ledger.for_each(
      [&](int year, std::size_t place, std::size_t programme, std::size_t fund, Purpose purpose, std::int64_t fen) {
        if (place == everywhere) return;
        const std::size_t rest = static_cast<std::size_t>(year - shape_.first_year) * s.strides[3] +
                                 programme * s.strides[5] + fund * s.strides[6] +
                                 static_cast<std::size_t>(purpose) * s.strides[7];
        amounts[rest + (place + 1) * s.strides[4]] += fen;
        amounts[rest] += fen;
      });
  for (std::size_t i = 0; i < amounts.size(); ++i) start(s)[i] = yuan(amounts[i]);

  const std::size_t funds = shape_.accounts.funds.size();
  const auto flows = fund_years(ledger, shape_.first_year, shape_.years(), funds);
  const auto put = [&](const char* name, const auto& fen_of) {
    double* values = start(slot(name));  // by year and fund
    for (std::size_t y = 0; y < flows.size(); ++y)
      for (std::size_t fund = 0; fund < funds; ++fund) values[y * funds + fund] = yuan(fen_of(flows[y][fund]));
  };
  put("ledger/transfer_in", [](const FundYear& f) { return f.transfer_in; });
  put("ledger/carried_in", [](const FundYear& f) { return f.carried_in; });
  put("ledger/paid", [](const FundYear& f) { return f.paid; });
  put("ledger/carried_over", [](const FundYear& f) { return f.carried_over; });
  put("ledger/lapsed", [](const FundYear& f) { return f.lapsed; });
  put("ledger/balance", [](const FundYear& f) { return f.balance(); });
}

}  // namespace tuopin
