#include "models/measures/recorder.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "models/measures/grouped.hpp"

namespace tuopin {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
constexpr double one_40 = 1099511627776.0, one_36 = 68719476736.0;

double ratio(double part, double whole) { return whole > 0 ? part / whole : unknown; }
double yuan(std::int64_t fen) { return static_cast<double>(fen) / 100; }

}  // namespace

double Recorder::bytes() const {
  double sum = 0;
  for (const Slot& s : slots_) sum += static_cast<double>(s.total) * sizeof(double);
  return sum;
}

void Recorder::allocate() {
  for (Slot& s : slots_) s.values = std::make_unique_for_overwrite<double[]>(s.total);
  hashes_.assign(shape_.scenarios.size() * shape_.draws * shape_.replicates * shape_.years(), 0);
}

template <typename Visit>
void Recorder::runs_of(std::size_t draw, std::size_t replicate, bool left_out, const Visit& visit) const {
  for (const Slot& s : slots_) {
    if (s.left_out != left_out) continue;  // scenario batch left_out_draw …, or scenario draw replicate …
    const std::size_t outer = left_out ? s.sizes[0] * s.sizes[1] : s.sizes[0];
    const std::size_t before = left_out ? draw * s.strides[2] : draw * s.strides[1] + replicate * s.strides[2];
    for (std::size_t i = 0; i < outer; ++i)
      visit(std::span<double>(s.values.get() + i * s.strides[left_out ? 1 : 0] + before, s.strides[2]));
  }
}

template <typename Visit>
void Recorder::hashes_of(std::size_t draw, std::size_t replicate, const Visit& visit) const {
  for (std::size_t s = 0; s < shape_.scenarios.size(); ++s)
    visit(((s * shape_.draws + draw) * shape_.replicates + replicate) * shape_.years());
}

void Recorder::begin(std::size_t draw, std::size_t replicate) {
  const auto forget = [](std::span<double> run) { std::fill(run.begin(), run.end(), unknown); };
  runs_of(draw, replicate, false, forget);
  if (leaves_out(draw, replicate)) runs_of(draw, replicate, true, forget);
}

TaskPart Recorder::part(std::size_t draw, std::size_t replicate) const {
  TaskPart part;
  part.draw = draw;
  part.replicate = replicate;
  runs_of(draw, replicate, false,
          [&](std::span<double> run) { part.values.insert(part.values.end(), run.begin(), run.end()); });
  if (leaves_out(draw, replicate))
    runs_of(draw, replicate, true,
            [&](std::span<double> run) { part.left_out.insert(part.left_out.end(), run.begin(), run.end()); });
  hashes_of(draw, replicate, [&](std::size_t first) {
    for (std::size_t y = 0; y < shape_.years(); ++y) part.hashes.push_back(hashes_[first + y]);
  });
  return part;
}

bool Recorder::take(const TaskPart& part) {
  if (part.draw >= shape_.draws || part.replicate >= shape_.replicates) return false;
  const bool leaves = leaves_out(part.draw, part.replicate);
  std::size_t values = 0, left_out = 0;
  runs_of(part.draw, part.replicate, false, [&](std::span<double> run) { values += run.size(); });
  if (leaves) runs_of(part.draw, part.replicate, true, [&](std::span<double> run) { left_out += run.size(); });
  if (part.values.size() != values || part.hashes.size() != shape_.scenarios.size() * shape_.years()) return false;
  if (leaves && part.left_out.size() != left_out) return false;
  const auto copy_from = [](const std::vector<double>& all) {
    return [next = all.begin()](std::span<double> run) mutable {
      std::copy_n(next, run.size(), run.begin());
      next += static_cast<std::ptrdiff_t>(run.size());
    };
  };
  auto to_values = copy_from(part.values), to_left_out = copy_from(part.left_out);
  runs_of(part.draw, part.replicate, false, [&](std::span<double> run) { to_values(run); });
  if (leaves) runs_of(part.draw, part.replicate, true, [&](std::span<double> run) { to_left_out(run); });
  auto next = part.hashes.begin();
  hashes_of(part.draw, part.replicate, [&](std::size_t first) {
    for (std::size_t y = 0; y < shape_.years(); ++y) hashes_[first + y] = *next++;
  });
  return true;
}

Recorder::Slot& Recorder::slot(const std::string& name) {
  for (Slot& s : slots_)
    if (s.variable.name == name) return s;
  throw std::logic_error("no recorded variable " + name);
}

std::span<const double> Recorder::values(const std::string& name) const {
  const Slot& s = const_cast<Recorder&>(*this).slot(name);
  return {s.values.get(), s.total};
}

void Recorder::record(std::size_t scenario, std::size_t draw, std::size_t replicate, int year, const YearResult& result,
                      const Model& model, const Lines& lines) {
  const auto y = static_cast<std::size_t>(year - shape_.first_year);
  const auto put = [&](const char* name, std::size_t place, double value, std::size_t a = 0, std::size_t b = 0) {
    Slot& s = slot(name);
    const std::size_t index[] = {scenario, draw, replicate, y, place, a, b};
    std::size_t at = 0;
    for (std::size_t i = 0; i < s.strides.size(); ++i) at += index[i] * s.strides[i];
    s.values[at] = value;
  };
  std::vector<PlaceSums> places(1);
  for (const PlaceSums& county : result.places) {
    places[0].add(county);
    places.push_back(county);
  }
  const std::size_t programmes = model.programmes().size();
  std::vector<std::int64_t> programme_spending(places.size(), 0);
  for (std::size_t p = 0; p < programmes; ++p) {
    const auto& accounts = shape_.accounts.programmes;
    std::size_t slot_of = 0;
    while (accounts[slot_of] != model.programmes()[p].name) ++slot_of;
    std::vector<ProgrammeTally> tallies(1);
    for (const ProgrammeTally& tally : result.programmes[p]) {
      tallies[0].add(tally);
      tallies.push_back(tally);
    }
    for (std::size_t place = 0; place < places.size(); ++place) {
      const ProgrammeTally& t = tallies[place];
      programme_spending[place] += t.spent_fen();
      put("programmes/eligible_persons", place, static_cast<double>(t.eligible_persons), slot_of);
      put("programmes/applied_persons", place, static_cast<double>(t.applied_persons), slot_of);
      put("programmes/entered_units", place, static_cast<double>(t.entered_units), slot_of);
      put("programmes/entered_persons", place, static_cast<double>(t.entered_persons), slot_of);
      put("programmes/entered_poor_persons", place, static_cast<double>(t.entered_poor_persons), slot_of);
      put("programmes/holding_persons", place, static_cast<double>(t.holding_persons), slot_of);
      put("programmes/left_register_persons", place, static_cast<double>(t.left_register_persons), slot_of);
      put("programmes/spending", place, yuan(t.spent_fen()), slot_of);
      put("programmes/to_households", place, yuan(t.to_household_fen), slot_of);
    }
  }
  for (std::size_t place = 0; place < places.size(); ++place) {
    const PlaceSums& s = places[place];
    const auto persons = static_cast<double>(s.persons);
    double poor_true = 0;
    for (std::size_t c = 0; c < concepts; ++c) {
      for (std::size_t k = 0; k < line_count; ++k) {
        const auto poor = static_cast<double>(s.poor[c][k]);
        const double gap = static_cast<double>(s.gap[c][k]) / one_40;
        if (c == 0 && k == 0) poor_true = poor;
        put("poverty_rate", place, ratio(poor, persons), k, c);
        put("poverty_gap", place, ratio(gap, persons), k, c);
        put("poverty_gap_squared", place, ratio(static_cast<double>(s.gap_squared[c][k]) / one_40, persons), k, c);
        put("watts", place, ratio(static_cast<double>(s.watts[c][k]) / one_36, persons), k, c);
        put("sen_shorrocks_thon", place,
            grouped_sen_shorrocks_thon(s.bins[c], lines.statistical * line_multiples[k], persons, poor, gap), k, c);
      }
      put("gini", place, grouped_gini(s.bins[c]), c);
      put("gini_error_bound", place, grouped_gini_bound(s.bins[c]), c);
      put("theil", place, grouped_theil(s.bins[c]), c);
      put("mean_income", place, ratio(yuan(s.income_fen[c]), persons), c);
    }
    put("persons", place, persons);
    put("register_persons", place, static_cast<double>(s.registered));
    put("register_rate", place, ratio(static_cast<double>(s.registered), persons));
    put("exits_gross", place, static_cast<double>(s.exits_gross));
    put("entries", place, static_cast<double>(s.entries));
    put("exits_net", place, static_cast<double>(s.exits_net));
    if (y > 0) {
      // Known a year later: the exits of the year before that hold now. The last year's stay "not yet known".
      Slot& sustained = slot("exits_sustained");
      const std::size_t index[] = {scenario, draw, replicate, y - 1, place};
      std::size_t at = 0;
      for (std::size_t i = 0; i < 5; ++i) at += index[i] * sustained.strides[i];
      sustained.values[at] = static_cast<double>(s.exits_sustained);
    }
    put("fall_back_registered", place, static_cast<double>(s.fall_back_registered));
    put("fall_back_true", place, static_cast<double>(s.fall_back_true));
    put("inclusion_error", place, ratio(static_cast<double>(s.registered_not_poor), static_cast<double>(s.registered)));
    put("exclusion_error", place, ratio(static_cast<double>(s.poor_not_registered), poor_true));
    put("spending", place, yuan(s.safety_net_fen + programme_spending[place]));
    put("payments", place, yuan(s.payments_fen));
    put("perfect_information_gap", place, yuan(s.gap_fen));
  }
}

void Recorder::record_ledger(std::size_t scenario, std::size_t draw, std::size_t replicate, const Ledger& ledger) {
  Slot &s = slot("ledger/amount"), &in = slot("ledger/transfer_in"), &lapsed = slot("ledger/lapsed");
  const auto start = [&](const Slot& of) {
    return scenario * of.strides[0] + draw * of.strides[1] + replicate * of.strides[2];
  };
  for (Slot* of : {&in, &lapsed}) std::fill_n(of->values.get() + start(*of), of->strides[2], 0.0);
  std::vector<std::int64_t> amounts(s.strides[2], 0);  // whole fen: a sum of yuan would depend on the order of counties
  ledger.for_each(
      [&](int year, std::size_t place, std::size_t programme, std::size_t fund, Purpose purpose, std::int64_t fen) {
        const auto y = static_cast<std::size_t>(year - shape_.first_year);
        if (place == everywhere) {
          Slot& flow = purpose == Purpose::transfer_in ? in : lapsed;
          flow.values[start(flow) + y * flow.strides[3] + fund * flow.strides[4]] += yuan(fen);
          return;
        }
        const std::size_t rest = y * s.strides[3] + programme * s.strides[5] + fund * s.strides[6] +
                                 static_cast<std::size_t>(purpose) * s.strides[7];
        amounts[rest + (place + 1) * s.strides[4]] += fen;
        amounts[rest] += fen;
      });
  for (std::size_t i = 0; i < amounts.size(); ++i) s.values[start(s) + i] = yuan(amounts[i]);
}

void Recorder::record_hash(std::size_t scenario, std::size_t draw, std::size_t replicate, int year,
                           std::uint64_t hash) {
  hashes_[((scenario * shape_.draws + draw) * shape_.replicates + replicate) * shape_.years() +
          static_cast<std::size_t>(year - shape_.first_year)] = hash;
}

void Recorder::record_left_out(std::size_t scenario, std::size_t batch, std::size_t draw, int year,
                               const std::vector<PlaceSums>& full, const std::vector<PlaceSums>& without,
                               std::int64_t entered_units, std::int64_t entered_persons, std::int64_t spent_fen,
                               std::int64_t claimed_units) {
  const auto y = static_cast<std::size_t>(year - shape_.first_year);
  const auto put = [&](const char* name, std::size_t at_year, double value) {
    Slot& s = slot(name);
    s.values[scenario * s.strides[0] + batch * s.strides[1] + draw * s.strides[2] + at_year * s.strides[3]] = value;
  };
  std::int64_t net = 0, sustained = 0;
  for (std::size_t c = 0; c < full.size(); ++c) {
    net += full[c].exits_net - without[c].exits_net;
    sustained += full[c].exits_sustained - without[c].exits_sustained;
  }
  put("batches/claimed_units", y, static_cast<double>(claimed_units));
  put("batches/entered_units", y, static_cast<double>(entered_units));
  put("batches/entered_persons", y, static_cast<double>(entered_persons));
  put("batches/spending", y, yuan(spent_fen));
  put("batches/net_exits_lost", y, static_cast<double>(net));
  if (y > 0) put("batches/sustained_exits_lost", y - 1, static_cast<double>(sustained));
}

std::uint64_t Recorder::state_hash() const {
  std::uint64_t sum = 0;
  for (const std::uint64_t hash : hashes_) sum = mix64(sum) ^ hash;
  return sum;
}

}  // namespace tuopin
