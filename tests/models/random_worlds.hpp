// Random small worlds for property tests: a hamlet of 20 to 80 households, a scenario, programmes of all five verbs.
// Texts go through the field table, so that what is tested is what a file can say.
#pragma once

#include <fmt/format.h>

#include "models/run/load.hpp"
#include "tests/models/worlds.hpp"

namespace tuopin::testing {

/// A sequence of random numbers: the case number is the seed, so a failing case can be run alone.
class Dice {
 public:
  explicit Dice(std::uint64_t of_case) : case_(of_case), luck_(20160113, 0, hash32("test.dice"), 0, Kind::parameter) {}
  double uniform() { return luck_.uniform(case_, next_++); }
  double between(double low, double high) { return low + (high - low) * uniform(); }
  int whole(int low, int high) { return low + static_cast<int>(uniform() * (high - low + 1)); }
  bool chance(double probability) { return uniform() < probability; }
  template <typename T>
  const T& one_of(const std::vector<T>& things) {
    return things[static_cast<std::size_t>(whole(0, static_cast<int>(things.size()) - 1))];
  }

 private:
  std::uint64_t case_;
  Luck luck_;
  unsigned next_ = 0;
};

/// fmt::format with arguments evaluated from left to right: the order is defined between braces but not between
/// parentheses, where a case would differ between compilers.
struct InOrder : std::string {
  template <typename... Arguments>
  explicit InOrder(fmt::format_string<Arguments...> form, Arguments&&... arguments)
      : std::string(fmt::format(form, std::forward<Arguments>(arguments)...)) {}
};

inline void random_household(Dice& dice, Population& p, std::uint32_t row) {
  const auto u8 = [&](const char* column) -> std::uint8_t& { return p.households.column<std::uint8_t>(column)[row]; };
  const auto f32 = [&](const char* column) -> float& { return p.households.column<float>(column)[row]; };
  p.households.column<std::uint32_t>("id")[row] = 1000 + 7 * row;
  p.households.column<std::uint16_t>("weight")[row] =
      static_cast<std::uint16_t>(dice.chance(0.7) ? 1 : dice.whole(2, 4));
  u8("members") = static_cast<std::uint8_t>(dice.whole(1, 6));
  u8("able_workers") = static_cast<std::uint8_t>(dice.whole(0, u8("members")));
  u8("partial_workers") = static_cast<std::uint8_t>(dice.whole(0, u8("able_workers")));
  f32("permanent_score") = static_cast<float>(normal_quantile(dice.uniform()));
  double parts[4], sum = 0;
  for (double& part : parts) sum += part = dice.between(0.01, 1);
  f32("share_wage") = static_cast<float>(parts[0] / sum);
  f32("share_business") = static_cast<float>(parts[1] / sum);
  f32("share_property") = static_cast<float>(parts[2] / sum);
  f32("share_transfer") = static_cast<float>(parts[3] / sum);
  f32("arable_mu") = static_cast<float>(dice.between(0, 20));
  f32("forest_mu") = static_cast<float>(dice.between(0, 30));
  for (const char* guarantee : {"housing_safe", "water_safe", "schooling_met", "medical_met"})
    u8(guarantee) = dice.chance(0.8);
}

/// An empty population, filled.
inline Population random_people(Dice& dice, Population p) {
  const auto households = static_cast<std::uint32_t>(p.households.rows());
  const auto villages = static_cast<std::uint32_t>(p.villages.rows());
  const auto counties = static_cast<std::uint32_t>(p.counties.rows());
  std::uint32_t persons = 0;
  std::vector<std::int64_t> size(counties, 0);
  for (std::uint32_t row = 0; row < households; ++row) {
    random_household(dice, p, row);
    p.households.column<std::uint32_t>("person_begin")[row] = persons;
    persons += p.households.column<std::uint8_t>("members")[row];
    const std::uint32_t village = p.households.column<std::uint32_t>("village")[row];
    size[p.villages.column<std::uint32_t>("county")[village]] +=
        p.households.column<std::uint8_t>("members")[row] * p.households.column<std::uint16_t>("weight")[row];
  }
  for (std::uint32_t v = 0; v < villages; ++v) {
    for (const char* flag : {"poor_village", "hazard_zone", "forest_zone"})
      p.villages.column<std::uint8_t>(flag)[v] = dice.chance(0.4);
    p.villages.column<float>("remoteness")[v] = static_cast<float>(dice.uniform());
  }
  p.persons = Table("persons", persons, codebook::persons());
  std::uint32_t person = 0;
  for (std::uint32_t row = 0; row < households; ++row)
    for (int k = 0; k < p.households.column<std::uint8_t>("members")[row]; ++k, ++person) {
      p.persons.column<std::uint32_t>("id")[person] = 50 + 3 * person;
      p.persons.column<std::uint32_t>("household")[person] = row;
      p.persons.column<std::uint8_t>("age")[person] = static_cast<std::uint8_t>(dice.whole(0, 90));
      p.persons.column<std::uint8_t>("work_ability")[person] = static_cast<std::uint8_t>(dice.whole(0, 2));
      p.persons.column<std::uint8_t>("in_school")[person] = dice.chance(0.2);
    }
  for (std::uint32_t c = 0; c < counties; ++c)
    p.registered_quota[c] = static_cast<std::int64_t>(static_cast<double>(size[c]) * dice.between(0.1, 0.5));
  return p;
}

inline Population random_population(Dice& dice) {
  const auto counties = static_cast<std::uint32_t>(dice.whole(1, 3));
  const auto villages = static_cast<std::uint32_t>(dice.whole(static_cast<int>(counties), 6));
  const auto households = static_cast<std::uint32_t>(dice.whole(20, 80));
  return random_people(dice, empty_population(households, villages, counties));
}

/// Three counties of four blocks each, 60 villages. The smaller worlds have one block per county, so they do not detect
/// a step that wrongly expects its scratch memory to be kept until a later pass over the blocks; this one does.
inline Population population_of_many_blocks(Dice& dice) { return random_people(dice, empty_population(20'000, 60, 3)); }

inline std::string quantity_text(double value, const char* unit) {
  return fmt::format("{{ value = {:.6f}, unit = \"{}\", source = \"assumption: random\" }}", value, unit);
}
inline std::string by_year_text(Dice& dice, int last_year, double high) {
  std::string years;
  for (int year = 2015; year <= last_year; ++year)
    if (dice.chance(0.8))
      years += InOrder{"{}{} = {}", years.empty() ? "" : ", ", year,
                       dice.chance(0.1) ? 0 : static_cast<int>(dice.between(0, high))};
  return years.empty() ? "{ 2015 = 0 }" : "{ " + years + " }";
}

inline std::string random_scenario_text(Dice& dice, int last_year) {
  std::string text = "title = \"random\"\nregion = \"region/region.toml\"\n[growth]\nnominal = " +
                     quantity_text(dice.between(-0.05, 0.2), "share/year");
  const double permanent = dice.between(0, 0.8), persistent = dice.between(0, 1 - permanent);
  text += InOrder{
      "\n[income]\npermanent_share = {:.5f}\npersistent_share = {:.5f}\nautocorrelation = {:.4f}\n"
      "measurement_share = {:.4f}\nstreams = {}\n",
      permanent,
      persistent,
      dice.between(-0.5, 0.95),
      dice.uniform(),
      dice.chance(0.7)};
  if (dice.chance(0.2))
    text += "[shocks]\noff = true\nreason = \"random\"\n";
  else
    text += InOrder{"[shocks]\nprefecture_sd = {:.4f}\ncounty_sd = {:.4f}\nvillage_sd = {:.4f}\n",
                    dice.between(0.001, 0.1), dice.between(0.001, 0.1), dice.between(0.001, 0.3)};
  text += InOrder{"[land]\ngrain_income = {}\ngrain_days = {}\n", quantity_text(dice.between(0, 800), "yuan/mu/year"),
                  quantity_text(dice.between(0, 13), "days/mu/year")};
  text += InOrder{"[labour]\ndays_per_worker = {}\ndisplacement = {:.4f}\npartial_ability = {}\n", dice.whole(50, 366),
                  dice.uniform(), quantity_text(dice.uniform(), "share")};
  text += InOrder{
      "[safety_net]\noff = {}\nreason = \"random\"\ncoverage = {:.4f}\nadequacy = {:.4f}\napplies_below = {:.4f}\n"
      "assessment_sd = {:.4f}\n",
      dice.chance(0.2),
      dice.uniform(),
      dice.uniform(),
      dice.between(0.5, 2),
      dice.between(0, 1)};
  text += InOrder{
      "[guarantees]\noff = {}\nreason = \"random\"\nhousing_repair = {:.3f}\nwater_repair = {:.3f}\n"
      "schooling_repair = {:.3f}\nmedical_repair = {:.3f}\n",
      dice.chance(0.2),
      dice.uniform(),
      dice.uniform(),
      dice.uniform(),
      dice.uniform()};
  text +=
      InOrder{"[measurement]\nmean_reversion = {:.4f}\nbias = {:.4f}\n", dice.between(0, 0.5), dice.between(-0.2, 0.2)};
  text += InOrder{"[register]\nline = \"{}\"\nexit_only = {}\ndetection = {:.4f}\nmargin = {:.4f}\n",
                  dice.chance(0.5) ? "statistical" : "administrative", dice.chance(0.3), dice.uniform(),
                  dice.between(0, 0.3)};
  for (const char* fund : {"central", "county"})
    text += InOrder{"[funds.{}]\nby_year = {}\nsource = \"assumption: random\"\ncarry_over = {}\n", fund,
                    by_year_text(dice, last_year, 60'000), dice.chance(0.5)};
  return text;
}

/// What a random programme may read and draw on.
struct ProgrammeWish {
  bool reads_income = true;  ///< rules may read what incomes of earlier years decide
  std::string funding;       ///< own funding; empty: random among central, county and gifts (unlimited)
  std::vector<std::string> verbs = {"slot", "stream_add", "asset_grant", "move", "transition_shift"};
};

inline std::string random_land(Dice& dice) {
  const int land = dice.whole(0, 2);
  if (land == 0) return "land = \"own\"\n";
  if (land == 1) return "land = \"cleared\"\n";
  return "land = \"rented\"\nrent = " + quantity_text(dice.between(0, 200), "yuan/mu/year") + "\n";
}

inline std::string random_effect_text(Dice& dice, const ProgrammeWish& wish, bool person, int number) {
  const std::string& verb = dice.one_of(wish.verbs);
  std::string text = fmt::format("[effect.e{}]\nverb = \"{}\"\n", number, verb);
  if (verb == "slot")
    return text + InOrder{"stream = \"local_wage\"\nwage = {}\ndays = {}\n",
                          quantity_text(dice.between(0, 12'000), "yuan/year"), dice.whole(0, 366)};
  const bool may_top_up = wish.reads_income && !person && number == 0;  // one a household
  if (verb == "stream_add" && dice.chance(0.6) && may_top_up)
    return text +
           "stream = \"allowance\"\ntop_up_to = { from_year = { 2015 = 2300, 2017 = 4000 }, source = \"assumption: "
           "random\" }\n" +
           fmt::format("adequacy = {:.4f}\n", dice.uniform());
  if (verb == "stream_add")
    return text + InOrder{"stream = \"relief\"\namount = {}\n{}", quantity_text(dice.between(0, 3000), "yuan/year"),
                          dice.chance(0.5) ? ""
                          : person         ? "per = \"household.forest_mu / 10\"\n"
                                           : "per = \"members - 2\"\n"};
  if (verb == "asset_grant" && dice.chance(0.4)) return text + "asset = \"house\"\n";
  if (verb == "asset_grant")
    return text +
           InOrder{"asset = \"plot\"\narea_per_member = {:.3f}\nfailure = {:.3f}\npays_costs_until_harvest = {}\n{}",
                   dice.between(0, 5), dice.uniform(), dice.chance(0.5), random_land(dice)};
  if (verb == "move")
    return text + InOrder{"wage_gain = {}\nbusiness_loss = {}\nreturn_rate = {}\n",
                          quantity_text(dice.between(-0.2, 1), "share"), quantity_text(dice.between(-0.2, 1), "share"),
                          quantity_text(dice.between(0, 0.3), "share/year")};
  return text + InOrder{"base = {:.4f}\nshift = {}\nwage_gain = {}\nhalf_life = {:.3f}\n", dice.between(0.01, 0.9),
                        quantity_text(dice.between(-1, 3), "log-odds"),
                        quantity_text(dice.between(0, 8000), "yuan/year"), dice.between(0.2, 20)};
}

inline std::string random_programme_text(Dice& dice, const ProgrammeWish& wish, int first_year, int last_year) {
  const bool person = dice.chance(0.35);
  using Rules = std::vector<std::string>;
  Rules eligible =
      person ? Rules{"age >= 16 and age <= 60 and work_ability >= partial", "in_school", "village.hazard_zone"}
             : Rules{"members >= 1", "able_workers * 3 <= members", "village.poor_village and able_workers >= 1",
                     "village.hazard_zone"};
  Rules scores = person ? Rules{"-age", "0"} : Rules{"forest_mu", "village.remoteness + 0.2 * able_workers", "0"};
  if (wish.reads_income) {
    const std::string h = person ? "household." : "";
    eligible.insert(eligible.end(), {h + "registered", h + "measured_income < 1.5 * line",
                                     h + "ever_registered and not " + h + "moved"});
    scores.push_back("-log(" + h + "measured_income / line)");
  }
  std::string text = InOrder{"title = \"random\"\nwindow = [{}, {}]\nunit = \"{}\"\neligible = \"{}\"\n", first_year,
                             dice.whole(first_year, last_year), person ? "person" : "household", dice.one_of(eligible)};
  text += "[evidence]\ngrade = \"D\"\nsource = \"assumption: random\"\n";
  text += InOrder{"[score]\nexpression = \"{}\"\nnoise_sd = {:.3f}\nexclusion = {:.3f}\ncapture = {:.3f}\n",
                  dice.one_of(scores), dice.between(0, 2), dice.between(0, 0.4), dice.between(0, 0.3)};
  text += InOrder{"[capacity]\nunit = \"{}\"\nby = \"{}\"\nkey = \"{}\"\n",
                  person ? "posts" : dice.one_of(Rules{"persons", "households"}),
                  dice.one_of(Rules{"prefecture", "county"}),
                  dice.one_of(Rules{"registered_persons", "population", "forest_mu", "even"})};
  text += dice.chance(0.3) ? "all = true\n"
                           : "by_year = " + by_year_text(dice, last_year, 60) + "\nsource = \"assumption: random\"\n";
  text += fmt::format("[take_up]\nprobability = {:.3f}\n", dice.between(0.3, 1));
  const std::string first = random_effect_text(dice, wish, person, 0);
  std::string second = dice.chance(0.3) ? random_effect_text(dice, wish, person, 1) : "";
  const auto grants_plots = [](const std::string& effect) { return effect.find("\"plot\"") != std::string::npos; };
  if (grants_plots(first) && grants_plots(second))  // a place keeps one crop
    second = "[effect.e1]\nverb = \"asset_grant\"\nasset = \"house\"\n";
  text += first + second;
  text += InOrder{"[duration]\nyears = {}\ndropout = {:.3f}\n[cost]\n", dice.whole(1, 6),
                  dice.chance(0.5) ? 0 : dice.between(0, 0.4)};
  if (dice.chance(0.6)) text += "once = " + quantity_text(dice.between(0, 5000), "yuan") + "\n";
  if (dice.chance(0.5)) text += "per_year = " + quantity_text(dice.between(0, 2000), "yuan/year") + "\n";
  const double central = dice.uniform();
  text += InOrder{"admin_share = {:.4f}\nfunding = {}\n", dice.between(0, 0.2),
                  !wish.funding.empty() ? wish.funding
                  : dice.chance(0.2)    ? std::string("{ gifts = 1.0 }")
                                        : fmt::format("{{ central = {:.6f}, county = {:.6f} }}", central, 1 - central)};
  if (dice.chance(0.4))
    text += "[budget]\nby_year = " + by_year_text(dice, last_year, 40'000) + "\nsource = \"assumption: random\"\n";
  return text;
}

inline Settings random_programme(Dice& dice, const std::string& name, const ProgrammeWish& wish, int first_year,
                                 int last_year) {
  return settings_of(random_programme_text(dice, wish, first_year, last_year), shipped_file_kinds().programme, name);
}

}  // namespace tuopin::testing
