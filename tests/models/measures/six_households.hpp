// A whole world of six households in two counties whose every figure can be derived by hand: incomes that never change,
// lines that do, and a plan that pays some, moves one into poverty and draws on three funds.
//
//                 A     B     C  |    D     E     F      county0 holds A, B, C; county1 D, E, F
//   persons       1     2     4  |    8    16    32
//   yuan a head 900  1100  1300  | 1500  2000   700      without the plan, every year
//
//   line         2015 1000   2016 1200   2017 1000   2018 1400   2019 1000   2020 1000;   the register's own: 800
//
// The plan:
//   cash   500 yuan a member and year, two years, for A, B and C, the smallest first: one household in 2016 and 2017,
//          three in 2018; half from `saved`, which carries over, half from `yearly`, which lapses
//   move   D, in 2016: it loses half of its income for good; 1,000 yuan once from `gifts`, which has no end
//   guests 160 yuan to everybody eligible (E) in 2017, once, from `gifts`
#pragma once

#include "models/run/ensemble.hpp"
#include "models/run/load.hpp"
#include "models/run/task.hpp"
#include "tests/models/worlds.hpp"

namespace tuopin::testing {

inline Population six_households() {
  Population p = empty_population(6, 2, 2);
  const std::array<double, 6> income = {900, 1100, 1300, 1500, 2000, 700};
  p.persons = Table("persons", 6, codebook::persons());  // of the members only the first is ever looked at
  for (std::uint32_t row = 0; row < 6; ++row) {
    p.households.column<std::uint8_t>("members")[row] = static_cast<std::uint8_t>(1 << row);
    p.households.column<std::uint32_t>("person_begin")[row] = row;
    p.persons.column<std::uint32_t>("id")[row] = p.persons.column<std::uint32_t>("household")[row] = row;
    // y = level · exp(score − ½) with σ = 1 and a level of 1,000 yuan, all of it permanent
    p.households.column<float>("permanent_score")[row] = static_cast<float>(std::log(income[row] / 1000) + 0.5);
    p.households.column<float>("share_wage")[row] = 1;
    for (const char* guarantee : {"housing_safe", "water_safe", "schooling_met", "medical_met"})
      p.households.column<std::uint8_t>(guarantee)[row] = 1;
  }
  p.households.column<std::uint8_t>("water_safe")[4] = 0;  // E is not poor, and has no safe water
  p.registered_quota = {1, 32};                            // A and F
  return p;
}

inline Scenario six_scenario(const std::string& name, const std::string& more) {
  Region region = region_of(2, 1000, 800, 2020);
  const Quantity line = region.lines.at("statistical").at(region.base_year);
  for (const auto& [year, value] : {std::pair{2016, 1200.0}, {2017, 1000.0}, {2018, 1400.0}, {2019, 1000.0}}) {
    Quantity& of_year = region.lines["statistical"][year] = line;
    of_year.value = of_year.low = of_year.high = value;
  }
  Scenario scenario;
  scenario.name = name;
  scenario.settings = settings_of(
      "title = \"six\"\nregion = \"region/region.toml\"\n[growth]\nnominal = { value = 0, unit = \"share/year\", "
      "source = \"derived: by hand\" }\n[income]\npermanent_share = 1.0\npersistent_share = 0.0\n"
      "autocorrelation = 0.5\nmeasurement_share = 0.0\nstreams = true\n[shocks]\noff = true\nreason = \"by hand\"\n"
      "[labour]\ndays_per_worker = 300\ndisplacement = 0.0\n[safety_net]\noff = true\nreason = \"by hand\"\n"
      "[guarantees]\nhousing_repair = 0.0\nwater_repair = 0.0\nschooling_repair = 0.0\nmedical_repair = 0.0\n"
      "[measurement]\nmean_reversion = 0.0\n[register]\nline = \"administrative\"\nexit_only = true\n" +
          more,
      shipped_file_kinds().scenario, name);
  scenario.region = std::make_shared<const Region>(std::move(region));
  return scenario;
}

inline Settings six_programme(const std::string& name, const std::string& head, const std::string& tail) {
  return settings_of("title = \"" + name + "\"\nunit = \"household\"\n" + head +
                         "\n[evidence]\ngrade = \"D\"\nsource = \"assumption: by hand\"\n" + tail,
                     shipped_file_kinds().programme, name);
}

inline Scenario six_plan() {
  Scenario plan = six_scenario("plan",
                               "[funds.saved]\nby_year = { 2016 = 1100, 2018 = 500 }\ncarry_over = true\n"
                               "source = \"assumption: by hand\"\n"
                               "[funds.yearly]\nby_year = { 2016 = 400, 2017 = 760, 2018 = 2000 }\n"
                               "source = \"assumption: by hand\"\n");
  const auto quantity = [](const char* value, const char* unit) {
    return std::string("{ value = ") + value + ", unit = \"" + unit + "\", source = \"assumption: by hand\" }\n";
  };
  plan.programmes = {
      six_programme("cash", "batch = \"social_protection\"\nwindow = [2016, 2018]\neligible = \"members <= 4\"",
                    "[score]\nexpression = \"-members\"\nnoise_sd = 0\n[capacity]\nunit = \"households\"\n"
                    "by_year = { 2016 = 1, 2017 = 1, 2018 = 3 }\nsource = \"assumption: by hand\"\n[effect.money]\n"
                    "verb = \"stream_add\"\nstream = \"relief\"\nper = \"members\"\namount = " +
                        quantity("500", "yuan/year") +
                        "[duration]\nyears = 2\n[cost]\nfunding = { saved = 0.5, yearly = 0.5 }\n"),
      six_programme(
          "move", "batch = \"relocation\"\nwindow = [2016, 2016]\neligible = \"members == 8\"",
          "[score]\nexpression = \"0\"\nnoise_sd = 0\n[capacity]\nunit = \"households\"\nby = \"county\"\nkey = "
          "\"even\"\n"
          "by_year = { 2016 = 2 }\nsource = \"assumption: by hand\"\n[effect.site]\nverb = \"move\"\nwage_gain = " +
              quantity("-0.5", "share") + "business_loss = " + quantity("0", "share") +
              "return_rate = " + quantity("0", "share/year") +
              "[duration]\nyears = 10\n[cost]\nonce = " + quantity("1000", "yuan") + "funding = { gifts = 1.0 }\n"),
      six_programme("guests", "window = [2017, 2017]\neligible = \"members == 16\"",
                    "[score]\nexpression = \"0\"\nnoise_sd = 0\n[capacity]\nunit = \"households\"\nall = true\n"
                    "[effect.money]\nverb = \"stream_add\"\nstream = \"relief\"\namount = " +
                        quantity("160", "yuan/year") + "[duration]\nyears = 1\n[cost]\nfunding = { gifts = 1.0 }\n")};
  return plan;
}

/// The study of both scenarios, without and with the plan, and of the plan without each of its batches.
class SixStudy {
 public:
  SixStudy() {
    plan_.scenarios = {six_scenario("without", ""), six_plan()};
    plan_.populations = {std::make_shared<const Population>(six_households())};
    plan_.leave_out_draws = 1;
    RecordShape shape;
    shape.scenarios = {"without", "plan"};
    shape.first_year = 2015;
    shape.last_year = 2020;
    shape.places = {"whole", "county0", "county1"};
    shape.batches = plan_.scenarios[1].batches();
    shape.leave_out_draws = 1;
    const TaskPaths paths(plan_.scenarios, shape.batches);
    Context context(plan_.scenarios[0].region, plan_.populations, {}, 2);
    context.prepare({paths.course_of(0), paths.course_of(1)}, Calibration{1, 1000, 1});
    shape.accounts = context.accounts();
    Recorder recorder(shape);
    recorder.allocate();
    recorder.begin(0, 0);
    Task(context, paths, context.draw(address_of(plan_, 0)), 0, 0, recorder, nullptr).run(Threads());
    dimensions_ = recorder.dimensions();
    variables_ = recorder.release_variables();
  }

  /// The six years of a variable at the given entries of its other dimensions; 0 for those that are not named.
  std::vector<double> years(const std::string& variable,
                            const std::vector<std::pair<std::string, std::string>>& at) const {
    const auto found =
        std::find_if(variables_.begin(), variables_.end(), [&](const Variable& v) { return v.name == variable; });
    EXPECT_NE(found, variables_.end()) << variable;
    std::vector<double> values;
    for (std::size_t year = 0; year < 6; ++year) {
      std::size_t index = 0;
      for (const std::string& name : found->dimensions) {
        std::size_t entry = name == "year" ? year : 0;
        for (const auto& [dimension, label] : at)
          if (dimension == name) entry = entry_of(name, label);
        index = index * size_of(name) + entry;
      }
      values.push_back(std::get<std::vector<double>>(found->values).at(index));
    }
    return values;
  }

 private:
  const Dimension& dimension(const std::string& name) const {
    return *std::find_if(dimensions_.begin(), dimensions_.end(), [&](const Dimension& d) { return d.name == name; });
  }
  std::size_t size_of(const std::string& name) const { return dimension(name).size(); }
  std::size_t entry_of(const std::string& name, const std::string& label) const {
    const auto& labels = std::get<std::vector<std::string>>(dimension(name).values);
    const auto found = std::find(labels.begin(), labels.end(), label);
    EXPECT_NE(found, labels.end()) << name << " " << label;
    return static_cast<std::size_t>(found - labels.begin());
  }

  RunPlan plan_;
  std::vector<Dimension> dimensions_;
  std::vector<Variable> variables_;
};

}  // namespace tuopin::testing
