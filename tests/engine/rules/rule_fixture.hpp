// A small world for the tests of rules: persons in households in villages, with state beside founding values.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "engine/rules/rules.hpp"

namespace tuopin::testing {

using Column = ColumnSpec;

inline const std::vector<ColumnSpec>& person_columns() {
  static const std::vector<ColumnSpec> columns = {
      {"id", Column::Type::u32, "1", "number", "", false, {}},
      {"age", Column::Type::u8, "years", "age", "", true, {}},
      {"sex", Column::Type::u8, "1", "sex", "", true, {"male", "female"}},
      {"work_ability", Column::Type::u8, "1", "ability to work", "", true, {"none", "partial", "full"}},
      {"in_school", Column::Type::u8, "1", "attends school", "", true, {}},
      {"balance", Column::Type::i32, "fen", "account", "", true, {}},
      {"ethnicity", Column::Type::u8, "1", "a margin only, never read by rules", "", false, {"tujia", "miao"}},
  };
  return columns;
}

inline const std::vector<ColumnSpec>& household_columns() {
  static const std::vector<ColumnSpec> columns = {
      {"members", Column::Type::u8, "persons", "members", "", true, {}},
      {"able_workers", Column::Type::u8, "persons", "workers", "", true, {}},
      {"forest_mu", Column::Type::f32, "mu", "forest", "", true, {}},
      {"housing_safe", Column::Type::u8, "1", "at founding", "", false, {}},
      {"head_sex", Column::Type::u8, "1", "sex of the head", "", true, {"male", "female"}},
  };
  return columns;
}

inline const std::vector<ColumnSpec>& household_state_columns() {
  static const std::vector<ColumnSpec> columns = {
      {"measured_income", Column::Type::f64, "yuan/year", "income", "", true, {}},
      {"registered", Column::Type::u8, "1", "registered", "", true, {}},
      {"housing_safe", Column::Type::u8, "1", "now", "", true, {}},
      {"exit_year", Column::Type::u16, "year", "exit", "", true, {}},
  };
  return columns;
}

inline const std::vector<ColumnSpec>& village_columns() {
  static const std::vector<ColumnSpec> columns = {
      {"poor_village", Column::Type::u8, "1", "poor", "", true, {}},
      {"remoteness", Column::Type::f32, "share", "remote", "", true, {}},
      {"terrain", Column::Type::u8, "1", "terrain", "", true, {"valley", "slope", "karst"}},
  };
  return columns;
}

inline RuleScope person_scope() {
  return {{{"", "person", {&person_columns()}},
           {"household", "household", {&household_columns(), &household_state_columns()}},
           {"village", "village", {&village_columns()}}},
          {"line", "year"}};
}

/// Tables filled by a fixed sequence of mt19937 (whose output the C++ standard fixes), and the links between them.
struct World {
  Table persons, households, state, villages;
  std::vector<std::uint32_t> household_of, village_of, first_person;

  explicit World(std::uint32_t person_count = 3000, std::uint32_t seed = 7)
      : persons("persons", person_count, person_columns()),
        households("households", person_count / 3 + 1, household_columns()),
        state("household_state", person_count / 3 + 1, household_state_columns()),
        villages("villages", 11, village_columns()) {
    std::mt19937 luck(seed);
    const auto below = [&](std::uint32_t bound) { return static_cast<std::uint32_t>(luck() % bound); };
    for (auto& v : persons.column<std::uint8_t>("age")) v = static_cast<std::uint8_t>(below(100));
    for (auto& v : persons.column<std::uint8_t>("sex")) v = static_cast<std::uint8_t>(below(2));
    for (auto& v : persons.column<std::uint8_t>("work_ability")) v = static_cast<std::uint8_t>(below(3));
    for (auto& v : persons.column<std::uint8_t>("in_school")) v = static_cast<std::uint8_t>(below(5) == 0);
    for (auto& v : persons.column<std::int32_t>("balance")) v = static_cast<std::int32_t>(below(2001)) - 1000;
    for (auto& v : households.column<std::uint8_t>("members")) v = static_cast<std::uint8_t>(1 + below(7));
    for (auto& v : households.column<std::uint8_t>("able_workers")) v = static_cast<std::uint8_t>(below(4));
    for (auto& v : households.column<float>("forest_mu")) v = static_cast<float>(below(300)) / 7.0f;
    for (auto& v : households.column<std::uint8_t>("head_sex")) v = static_cast<std::uint8_t>(below(2));
    for (auto& v : state.column<double>("measured_income")) v = static_cast<double>(below(90000)) / 9.0 - 500.0;
    for (auto& v : state.column<std::uint8_t>("registered")) v = static_cast<std::uint8_t>(below(5) == 0);
    for (auto& v : state.column<std::uint8_t>("housing_safe")) v = static_cast<std::uint8_t>(below(2));
    for (auto& v : villages.column<std::uint8_t>("poor_village")) v = static_cast<std::uint8_t>(below(2));
    for (auto& v : villages.column<float>("remoteness")) v = static_cast<float>(below(1000)) / 999.0f;
    for (auto& v : villages.column<std::uint8_t>("terrain")) v = static_cast<std::uint8_t>(below(3));
    for (std::uint32_t i = 0; i < person_count; ++i) household_of.push_back(i / 3);
    for (std::uint32_t i = 0; i < households.rows(); ++i) village_of.push_back(below(11));
    for (std::uint32_t i = 0; i < households.rows(); ++i) first_person.push_back(std::min(3 * i, person_count));
  }

  /// `grouped`: says where each household's members begin, which search may use. Villages are scattered.
  RuleData data(bool grouped = true) const {
    std::span<const std::uint32_t> first;
    if (grouped) first = first_person;
    return {{{{&persons}, {}, {}}, {{&households, &state}, household_of, first}, {{&villages}, village_of, {}}},
            {2855.0, 2016.0}};
  }
};

/// The text of all problems of a rule, as a user reads them.
inline std::string problems_of(std::string_view text, Rule::Type type = Rule::Type::boolean,
                               Origin origin = {"p.toml", 7, 13}) {
  std::vector<Problem> problems;
  const Rule rule(text, type, person_scope(), origin, problems);
  std::string all;
  for (const Problem& problem : problems) all += to_text(problem) + "\n";
  if (rule.valid() != problems.empty()) all += "INCONSISTENT";
  return all;
}

}  // namespace tuopin::testing
