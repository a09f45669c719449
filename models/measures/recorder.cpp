#include "models/measures/recorder.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "models/measures/grouped.hpp"

namespace tuopin {

namespace {

constexpr std::size_t spending_purposes = 3;  // to households, to suppliers, administration
constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
constexpr double one_40 = 1099511627776.0, one_36 = 68719476736.0;

double ratio(double part, double whole) { return whole > 0 ? part / whole : unknown; }
double yuan(std::int64_t fen) { return static_cast<double>(fen) / 100; }

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text + " ") {
    if (c != ' ') {
      word += c;
    } else if (!word.empty()) {
      words.push_back(word);
      word.clear();
    }
  }
  return words;
}

}  // namespace

Recorder::Recorder(RecordShape shape) : shape_(std::move(shape)) {
  const std::string year_place = "scenario draw replicate year place", with_income = year_place + " income",
                    with_line = year_place + " line income", by_programme = year_place + " programme";
  declare("poverty_rate", with_line, "share", "persons below the line, FGT0", "贫困发生率");
  declare("poverty_gap", with_line, "share", "poverty gap, FGT1", "贫困深度(FGT1)");
  declare("poverty_gap_squared", with_line, "share", "squared poverty gap, FGT2", "贫困强度(FGT2)");
  declare("watts", with_line, "1", "Watts index", "瓦茨指数");
  declare("sen_shorrocks_thon", with_line, "1", "Sen-Shorrocks-Thon index, from 256 log bins", "SST指数");
  declare("gini", with_income, "1", "Gini coefficient, from 256 log bins (lower bound)", "基尼系数");
  declare("gini_error_bound", with_income, "1", "what grouping can hide of the Gini coefficient, at most",
          "基尼系数分组误差上界");
  declare("theil", with_income, "1", "Theil T, from 256 log bins (lower bound, misses at most 0.0004)", "泰尔指数");
  declare("mean_income", with_income, "yuan/year", "mean income per register member", "人均纯收入");
  declare("persons", year_place, "persons", "register members", "户籍人口");
  declare("register_persons", year_place, "persons", "persons on the register after the year's review", "在册贫困人口");
  declare("register_rate", year_place, "share", "persons on the register over all", "建档立卡贫困发生率");
  declare("exits_gross", year_place, "persons", "gross administrative exits: left the register this year",
          "当年退出人数(行政口径)");
  declare("entries", year_place, "persons", "entered the register this year", "当年纳入人数");
  declare("exits_net", year_place, "persons", "truly non-poor here and truly poor in the first scenario", "净脱贫人数");
  declare("exits_sustained", year_place, "persons", "net exits that hold in the next year too; last year not yet known",
          "稳定净脱贫人数(次年仍成立)");
  declare("fall_back_registered", year_place, "persons", "on the register again", "返贫重新纳入人数");
  declare("fall_back_true", year_place, "persons", "off the register and truly poor again", "退出后实际返贫人数");
  declare("inclusion_error", year_place, "share", "registered and not truly poor, over registered", "错评率");
  declare("exclusion_error", year_place, "share", "truly poor and not registered, over truly poor", "漏评率");
  declare("spending", year_place, "yuan", "all spending, safety net included", "支出");
  declare("payments", year_place, "yuan", "of the spending: reached households", "到户支出");
  declare("perfect_information_gap", year_place, "yuan", "what would lift everybody exactly to the line",
          "理想贫困缺口");
  for (const auto& [name, unit, en, zh] :
       {std::array{"eligible_persons", "persons", "persons of eligible units", "符合条件人数"},
        std::array{"applied_persons", "persons", "persons of units that were reached and wanted it", "申请人数"},
        std::array{"entered_units", "1", "units entered, in the programme's own unit", "新进入名额"},
        std::array{"entered_persons", "persons", "members of households that entered", "新进入户人口"},
        std::array{"entered_poor_persons", "persons", "of these truly poor in the year before", "其中上年实际贫困"},
        std::array{"holding_persons", "persons", "members of households enrolled at the end of the year",
                   "年末在项目人口"},
        std::array{"left_register_persons", "persons", "members of enrolled households that left the register",
                   "在项目且当年退出人口"},
        std::array{"spending", "yuan", "spending of the programme", "项目支出"},
        std::array{"to_households", "yuan", "of the spending: reached households", "其中到户"}})
    declare(std::string("programmes/") + name, by_programme, unit, en, zh);
  declare("ledger/amount", "scenario draw replicate year place programme fund purpose", "yuan",
          "postings by source, programme and purpose", "资金流水");
  declare("ledger/transfer_in", "scenario draw replicate year fund", "yuan", "money of the year into a fund",
          "资金到账");
  declare("ledger/lapsed", "scenario draw replicate year fund", "yuan", "money that lapsed at the end of the year",
          "结余收回");
  if (shape_.leave_out_draws > 0 && !shape_.batches.empty()) {
    const std::string left_out = "scenario batch left_out_draw year";
    declare("batches/claimed_units", left_out, "1", "slots that the plan claims", "计划名额");
    declare("batches/entered_units", left_out, "1", "slots entered", "实际进入名额");
    declare("batches/entered_persons", left_out, "persons", "members of households that entered", "进入户人口");
    declare("batches/spending", left_out, "yuan", "spending of the batch", "该批支出");
    declare("batches/net_exits_lost", left_out, "persons", "net exits lost when the batch is left out",
            "缺该批减少的净脱贫");
    declare("batches/sustained_exits_lost", left_out, "persons", "sustained net exits lost when the batch is left out",
            "缺该批减少的稳定净脱贫");
  }
}

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

std::size_t Recorder::size_of(const std::string& d) const {
  if (d == "scenario") return shape_.scenarios.size();
  if (d == "draw") return shape_.draws;
  if (d == "replicate") return shape_.replicates;
  if (d == "year") return shape_.years();
  if (d == "place") return shape_.places.size();
  if (d == "line") return line_count;
  if (d == "income") return concepts;
  if (d == "programme") return shape_.accounts.programmes.size();
  if (d == "fund") return shape_.accounts.funds.size();
  if (d == "purpose") return spending_purposes;
  if (d == "batch") return shape_.batches.size();
  if (d == "left_out_draw") return shape_.leave_out_draws;
  throw std::logic_error("no dimension " + d);
}

void Recorder::declare(const std::string& name, const std::string& dimensions, const std::string& unit,
                       const std::string& meaning, const std::string& meaning_zh) {
  Slot s;
  s.variable = {name, words_of(dimensions), unit, meaning, meaning_zh, "", {}};
  for (const std::string& d : s.variable.dimensions) {
    s.sizes.push_back(size_of(d));
    s.left_out |= d == "left_out_draw";
  }
  s.strides.assign(s.sizes.size(), 1);
  for (std::size_t i = s.sizes.size(); i-- > 0;) {
    s.strides[i] = s.total;
    s.total *= s.sizes[i];
  }
  slots_.push_back(std::move(s));
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

std::vector<Dimension> Recorder::dimensions() const {
  const auto numbers = [](std::size_t n, std::int64_t first) {
    std::vector<std::int64_t> values(n);
    for (std::size_t i = 0; i < n; ++i) values[i] = first + static_cast<std::int64_t>(i);
    return values;
  };
  std::vector<std::string> purposes(ledger_purposes.begin(), ledger_purposes.begin() + spending_purposes);
  std::vector<Dimension> d = {
      {"scenario", shape_.scenarios, "", "scenario 方案"},
      {"draw", numbers(shape_.draws, 0), "1", "parameter draw 参数抽样"},
      {"replicate", numbers(shape_.replicates, 0), "1", "replicate of luck 随机重复"},
      {"year", numbers(shape_.years(), shape_.first_year), "year", "year 年份"},
      {"place", shape_.places, "", "place 地区"},
      {"line", std::vector<double>(line_multiples.begin(), line_multiples.end()), "multiple of the statistical line",
       "line 贫困线倍数"},
      {"income", std::vector<std::string>{"true", "measured"}, "", "income concept 收入口径"},
      {"programme", shape_.accounts.programmes, "", "programme 项目"},
      {"fund", shape_.accounts.funds, "", "source of money 资金来源"},
      {"purpose", purposes, "", "purpose of a posting 用途"},
  };
  if (shape_.leave_out_draws > 0 && !shape_.batches.empty()) {
    d.push_back({"batch", shape_.batches, "", "batch left out 所缺批次"});
    d.push_back(
        {"left_out_draw", numbers(shape_.leave_out_draws, 0), "1", "parameter draw run without the batch 缺批抽样"});
  }
  return d;
}

std::vector<Variable> Recorder::release_variables() {
  std::vector<Variable> all;
  for (Slot& s : slots_) {
    all.push_back(s.variable);
    all.back().values = std::vector<double>(s.values.get(), s.values.get() + s.total);
    s.values.reset();
  }
  all.push_back({"place_name", {"place"}, "", "name of the place", "地名", "", shape_.place_names});
  all.push_back({"place_name_zh", {"place"}, "", "Chinese name of the place", "中文地名", "", shape_.place_names_zh});
  all.push_back({"scenario_title", {"scenario"}, "", "title of the scenario", "方案标题", "", shape_.scenario_titles});
  all.push_back({"scenario_title_zh",
                 {"scenario"},
                 "",
                 "Chinese title of the scenario",
                 "方案中文标题",
                 "",
                 shape_.scenario_titles_zh});
  all.push_back({"check/state_hash",
                 {"scenario", "draw", "replicate", "year"},
                 "1",
                 "order-free hash of the state at the end of the year",
                 "状态校验",
                 "",
                 hashes_});
  return all;
}

std::uint64_t Recorder::state_hash() const {
  std::uint64_t sum = 0;
  for (const std::uint64_t hash : hashes_) sum = mix64(sum) ^ hash;
  return sum;
}

}  // namespace tuopin
