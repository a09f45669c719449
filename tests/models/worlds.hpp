// Worlds for the tests: regions, populations and scenarios held in memory, and a run that lives them year by year.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "models/run/calibration.hpp"
#include "models/run/load.hpp"
#include "models/run/model.hpp"
#include "models/scenario/fields.hpp"
#include "models/state/codebook.hpp"

namespace tuopin::testing {

inline const std::filesystem::path hamlet = std::filesystem::path(TUOPIN_SOURCE_DIR) / "scenarios/hamlet";

/// Settings from a text, through the field table. Any problem is a mistake of the test itself.
inline Settings settings_of(const std::string& text, const FileKind& kind, const std::string& name) {
  std::vector<Problem> problems;
  Settings settings =
      load_settings_text(text, hamlet, name, kind, kind.name == "programme" ? name + "." : "", problems);
  for (const Problem& problem : problems) ADD_FAILURE() << to_text(problem) << "\n" << text;
  if (!problems.empty()) throw ScenarioError(problems);
  return settings;
}

/// The hamlet's region with the given counties, constant lines and its own crops in every county.
inline Region region_of(std::uint32_t counties, double statistical_line, double administrative_line, int last_year) {
  std::vector<Problem> problems;
  Region region = load_region(hamlet / "region/region.toml", problems, shipped_file_kinds().region);
  if (!problems.empty()) throw ScenarioError(problems);
  const auto shares = region.crop_shares.begin()->second;
  region.counties.clear();
  for (std::uint32_t c = 0; c < counties; ++c) {
    const std::string id = "county" + std::to_string(c);
    region.counties.push_back({id, id, id, "county", region.whole.id});
    region.crop_shares[id] = shares;
  }
  const auto constant = [&](const char* name, double value) {
    Quantity quantity = region.lines.at(name).begin()->second;
    quantity.value = quantity.low = quantity.high = value;
    region.lines[name] = {{region.base_year, quantity}};
  };
  constant("statistical", statistical_line);
  constant("administrative", administrative_line);
  region.last_year = last_year;
  return region;
}

/// An empty population: rows of zeros, villages filled evenly, counties likewise. Members and the rest are the
/// caller's.
inline Population empty_population(std::uint32_t households, std::uint32_t villages, std::uint32_t counties) {
  Population p;
  p.households = Table("households", households, codebook::households());
  p.villages = Table("villages", villages, codebook::villages());
  p.counties = Table("counties", counties, codebook::counties());
  for (std::uint32_t c = 0; c < counties; ++c) {
    p.counties.column<std::uint32_t>("id")[c] = c;
    p.county_names.push_back("county" + std::to_string(c));
  }
  p.county_names_en = p.county_names_zh = p.county_names;
  const auto part = [](std::uint32_t i, std::uint32_t whole, std::uint32_t parts) {
    return static_cast<std::uint32_t>(std::uint64_t{i} * whole / parts);
  };
  const auto first = p.villages.column<std::uint32_t>("household_begin");
  for (std::uint32_t v = 0; v < villages; ++v) {
    p.villages.column<std::uint32_t>("id")[v] = v;
    p.villages.column<std::uint32_t>("county")[v] = static_cast<std::uint32_t>(std::uint64_t{v} * counties / villages);
    first[v] = part(v, households, villages);
    const std::uint32_t end = part(v + 1, households, villages);
    for (std::uint32_t row = first[v]; row < end; ++row) p.households.column<std::uint32_t>("village")[row] = v;
  }
  for (std::uint32_t row = 0; row < households; ++row) {
    p.households.column<std::uint32_t>("id")[row] = row;
    p.households.column<std::uint16_t>("weight")[row] = 1;
  }
  p.registered_quota.assign(counties, 1);
  return p;
}

/// One county of one-member households in villages of about 300; permanent scores are exact normal scores
/// Φ⁻¹((i − ½)/n), each once, in an order that mixes them over villages.
inline Population analytic_population(std::uint32_t n) {
  Population p = empty_population(n, std::max(1u, n / 300), 1);
  p.persons = Table("persons", n, codebook::persons());
  constexpr std::uint64_t stride = 611953;  // prime and no divisor of n: a permutation
  const auto score = p.households.column<float>("permanent_score");
  for (std::uint32_t row = 0; row < n; ++row) {
    const double rank = static_cast<double>(row * stride % n);
    score[row] = static_cast<float>(normal_quantile((rank + 0.5) / n));
    p.households.column<std::uint8_t>("members")[row] = 1;
    p.households.column<std::uint32_t>("person_begin")[row] = row;
    p.persons.column<std::uint32_t>("id")[row] = p.persons.column<std::uint32_t>("household")[row] = row;
  }
  p.true_poverty_rate = 0.24;
  p.mean_income = 6648;
  return p;
}

/// What one year left behind.
struct YearNotes {
  YearResult result;
  std::uint64_t hash = 0;
  std::vector<std::uint8_t> poor;  ///< by household row, true income
  std::vector<float> true_income;  ///< yuan a head
  PlaceSums whole() const {
    PlaceSums sums;
    for (const PlaceSums& place : result.places) sums.add(place);
    return sums;
  }
};

/// One scenario and replicate, simulated with the real model. It owns copies of all its inputs except the population.
class SimulatedRun {
 public:
  /// `first`: the scenario that this one is held against; its years must be simulated before. `address`: parameters;
  /// the central ones where nothing is said.
  SimulatedRun(Scenario scenario, const ShardedPopulation& sharded, const Calibration& calibration,
               std::uint64_t seed = 1, std::uint64_t replicate = 0, int threads = 1,
               const SimulatedRun* first = nullptr, const DrawAddress& address = {},
               const Catalogue& catalogue = shipped_catalogue())
      : scenario_(std::move(scenario)), region_(drawn(*scenario_.region, address)),
        model_(scenario_, region_, calibration, address, catalogue),
        treasury_(model_.settings(), model_.programmes(), accounts(), sharded.share(), sharded.counties()),
        worlds_(sharded, region_, model_.schema(), seed, replicate), team_(threads),
        work_(model_.workspace(sharded, team_.members())), first_(first) {}
  SimulatedRun(const SimulatedRun&) = delete;

  /// Simulates one more year and returns its notes, the rows of all shards one after another.
  const YearNotes& simulate_year() {
    const std::size_t y = years_.size();
    YearNotes notes;
    std::vector<PovertyHistory> histories;
    poor_.emplace_back();
    for (const World& world : worlds_.by_shard) poor_[y].emplace_back(world.shard.rows);
    for (std::size_t part = 0; part < poor_[y].size(); ++part) {
      histories.emplace_back();
      histories.back().poor = poor_[y][part];
      if (y > 0) histories.back().poor_before = poor_[y - 1][part];
      if (first_) histories.back().poor_in_first = first_->poor_[y][part];
    }
    notes.result =
        model_.simulate(worlds_, region_.base_year + static_cast<int>(y), treasury_, histories, work_, team_);
    notes.hash = state_hash(worlds_, model_.programme_hashes());
    for (std::size_t part = 0; part < poor_[y].size(); ++part) {
      const auto income = worlds_.by_shard[part].household<float>("true_income");
      notes.true_income.insert(notes.true_income.end(), income.begin(), income.end());
      for (const std::uint8_t history : poor_[y][part]) notes.poor.push_back(history & 1);
    }
    years_.push_back(std::move(notes));
    return years_.back();
  }
  const std::vector<YearNotes>& live_all() {
    while (region_.base_year + static_cast<int>(years_.size()) <= region_.last_year) simulate_year();
    return years_;
  }

  const World& world() const { return worlds_.by_shard.front(); }
  const Worlds& worlds() const { return worlds_; }
  const Ledger& ledger() const { return treasury_.ledger(); }
  const Model& model() const { return model_; }
  const Treasury& treasury() const { return treasury_; }
  const std::vector<YearNotes>& years() const { return years_; }

 private:
  AccountNames accounts() const {
    const Settings* settings[] = {&scenario_.settings};
    const std::vector<Settings>* programmes[] = {&scenario_.programmes};
    return account_names(settings, programmes);
  }

  Scenario scenario_;
  Region region_;
  Model model_;
  Treasury treasury_;
  Worlds worlds_;
  Threads team_;
  Workspace work_;
  const SimulatedRun* first_;
  std::vector<std::vector<std::vector<std::uint8_t>>> poor_;  ///< by year, part and household row: PovertyHistory
  std::vector<YearNotes> years_;
};

/// The analytic tier: log income of three parts and nothing else. Numbers of model.md, the null model's by default.
struct Analytic {
  double permanent = 0.6, persistent = 0.2, rho = 0.5;
  std::string growth = "nominal = { value = 0.0, unit = \"share/year\", source = \"derived: stationary\" }";
  std::string of_register = "line = \"statistical\"\nexit_only = true";
};

inline Scenario analytic_scenario(const Analytic& a, Region region) {
  const std::string text =
      "title = \"analytic\"\nregion = \"region/region.toml\"\n[growth]\n" + a.growth +
      "\n[income]\npermanent_share = " + std::to_string(a.permanent) +
      "\npersistent_share = " + std::to_string(a.persistent) + "\nautocorrelation = " + std::to_string(a.rho) +
      "\nmeasurement_share = 0.0\nstreams = false\n[shocks]\noff = true\nreason = \"closed form\"\n"
      "[labour]\ndays_per_worker = 300\ndisplacement = 0.0\n[safety_net]\noff = true\nreason = \"closed form\"\n"
      "[guarantees]\noff = true\nreason = \"closed form\"\n[measurement]\nmean_reversion = 0.0\n[register]\n" +
      a.of_register + "\n";
  Scenario scenario;
  scenario.name = "analytic";
  scenario.settings = settings_of(text, shipped_file_kinds().scenario, "analytic");
  scenario.region = std::make_shared<const Region>(std::move(region));
  return scenario;
}

/// σ of log income, mean and line of the document's base (model.md 0.2): 24% poor at a mean of 6,648 yuan.
constexpr double document_sigma = 0.7733432526, document_mean = 6648, document_line = 2855;
inline const Calibration document_calibration{document_sigma, document_mean, 1};

}  // namespace tuopin::testing
