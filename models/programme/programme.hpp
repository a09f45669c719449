// One programme file, prepared for simulation under one parameter draw.
#pragma once

#include <limits>

#include "engine/run/mechanism.hpp"
#include "models/programme/eligibility.hpp"
#include "models/state/programme_tally.hpp"

namespace tuopin {

enum class CapacityUnit { persons, households, posts };

class Programme {
 public:
  /// `programme` is drawn; problems of rules and relations are appended.
  Programme(const Settings& programme, const PriceIndices& indices, const Region& region, const Verbs& verbs,
            const StateSchema& schema, YearNeeds& needs, std::vector<Problem>& problems);

  std::string name, luck_name, batch;
  Text title;
  int first_year, last_year, years;
  int first_offer;  ///< first year in which places may be given: programmes begin after the base year
  bool unit_is_person;
  Rule eligible, score, exclusion_by;
  Eligibility eligibility;  ///< the rule `eligible`, split for fast evaluation
  double noise_sd, exclusion, capture, take_up, dropout;
  CapacityUnit capacity_unit;
  bool by_county, everyone, has_budget = false;
  std::string key;
  YearSeries capacity, budget;
  double once = 0, per_year = 0;  ///< yuan per capacity unit, beside payments to households; at the index's base year
  PriceIndex cost_index;
  std::int64_t once_fen(int in_year) const;
  std::int64_t per_year_fen(int in_year) const;
  double admin_share = 0;
  std::map<std::string, double> funding;
  std::vector<std::unique_ptr<Effect>> effects;
  Acts acts{false, false, false};  ///< what any of its effects does
  bool takes_days = false;
  /// An effect that pays, and its income stream.
  struct Payment {
    std::size_t effect;
    StreamOfPayments stream;
    std::string name;
  };
  std::vector<Payment> payments;
  bool pays_through_several = false;  ///< true if its effects pay through more than one stream
  Description of_effects;             ///< columns and random streams that the effects declared
  LuckName targeting_luck, exclusion_luck, dropout_luck;

  /// Columns that the delivery of every programme uses. Columns of single effects are declared by the effects.
  struct Columns {
    explicit Columns(const StateSchema& schema);
    Reads<float> true_income;
    Reads<std::uint8_t> moved, holds_top_up, on_safety_net_list;
    Writes<std::uint16_t> free_days, days_taken;
    Writes<std::int32_t> payments;
  } columns;

  /// Units that may enter in a year in the whole region; a large number if everyone may. For a sample see places_of.
  std::int64_t capacity_of(int year) const;
  bool open(int year) const { return year >= first_year && year <= last_year; }

  /// True if the draws of the ranking are always needed. Otherwise all who are reached are served, and draws are looked
  /// up only if the money does not suffice.
  bool draws_first() const { return !everyone || unit_is_person || take_up < 1; }

  std::uint32_t name_hash() const { return hash32("programme." + luck_name); }
  std::string process(const char* part) const { return "programme." + luck_name + "." + part; }
  std::uint32_t entity(const World& world, std::uint32_t household, std::uint32_t person) const {
    return unit_is_person ? world.shard.person_id[person] : world.shard.people.id[household];
  }
  std::uint32_t units_of(const World& world, std::uint32_t household) const {
    const auto& people = world.shard.people;
    const std::uint32_t weight = people.weight[household];
    return capacity_unit == CapacityUnit::persons && !unit_is_person ? weight * people.members[household] : weight;
  }
};

/// Descriptions of a programme's two parts: serving those already enrolled, and admitting new entrants.
Description describe_holders(const Programme& programme);
Description describe_entrants(const Programme& programme);

}  // namespace tuopin
