// The world: what lives through the years of one scenario, one parameter draw and one replicate.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/luck.hpp"
#include "engine/data/table.hpp"
#include "engine/run/blocks.hpp"
#include "engine/run/stopwatch.hpp"
#include "models/scenario/region.hpp"
#include "models/state/population.hpp"

namespace tuopin {

/// Columns of the population, bound once. Nothing here ever changes during a run.
struct PeopleColumns {
  explicit PeopleColumns(const Population& population);
  std::span<const std::uint32_t> id, village, person_begin;
  std::span<const std::uint16_t> weight;
  std::span<const std::uint8_t> members, able_workers;
  std::span<const float> permanent_score, share_wage, share_business, share_property, share_transfer;
  std::span<const std::uint32_t> village_id, village_county, village_begin, county_id;
};

/// Columns of the household state, bound once.
struct StateColumns {
  explicit StateColumns(Table& state);
  std::span<float> persistent_income, true_income, measured_income;
  std::span<std::uint8_t> registered, ever_registered;
  std::span<std::uint16_t> exit_year;
  std::span<std::uint8_t> housing_safe, water_safe, schooling_met, medical_met, moved;
  std::span<std::uint16_t> days_taken, free_days;
  std::span<float> wage_factor, business_factor, programme_earnings;
  std::span<std::int32_t> payments;
};

/// Poverty lines of a year, yuan a head and year.
struct Lines {
  double statistical = 0, administrative = 0, allowance = 0;
};
Lines lines_of(const Region& region, int year);

/// A population, or a part of one, made ready to run: its blocks and bound columns, shared by all worlds. Counties are
/// numbered as in the whole region, also where a part holds only some of them.
struct Ground {
  explicit Ground(const Population& population);
  const Population* population;
  PeopleColumns people;
  std::span<const std::uint32_t> person_id, person_household;
  std::vector<Block> blocks;
  std::vector<std::int32_t> persons;  ///< members times weight, by household row
  std::uint32_t rows, villages, counties;
  CountyKeys county_keys;  ///< of all that is simulated, also on a part
  double share = 1;        ///< of the register population that this population holds (a sample of villages)
};

/// Membership of one programme in one world.
struct Enrolment {
  std::uint32_t household = 0;  ///< row
  std::uint32_t person = 0;     ///< row; of the first member where the unit is the household
  std::uint16_t entered = 0;    ///< year
  std::uint8_t detail = 0;      ///< what the verb keeps: the crop of a plot
};

struct ProgrammeState {
  std::vector<std::vector<Enrolment>> enrolled;  ///< by block, ascending by household row
  std::vector<std::uint8_t> holds;               ///< by household row: enrolled now
};

/// All enrolments of a programme, ascending by household row.
std::vector<Enrolment> everyone_enrolled(const ProgrammeState& state);

/// The state of one ground's households under one scenario, draw and replicate.
class World {
 public:
  World(const Ground& ground, const Region& region, std::uint64_t seed, std::uint64_t replicate);
  World(const World& other);
  World& operator=(const World&) = delete;

  const Ground& ground;
  const Region& region;  ///< drawn
  std::uint64_t seed, replicate;
  int year;
  Lines lines;
  Table state;
  StateColumns household;
  std::vector<double> village_level;  ///< yuan a head: mean market income of the year times common shocks
  double mean_path = 0;  ///< ȳ, yuan a head: mean of the year without shocks, towards which measuring errs
  std::vector<ProgrammeState> programmes;

  bool base_year() const { return year == region.base_year; }
  Luck luck(std::string_view process, Kind kind) const { return {seed, replicate, hash32(process), year, kind}; }
  void begin_year(int new_year);
};

/// Rows of scratch that a thread reuses from block to block. Values of the year that are not stored stand here.
struct Scratch {
  explicit Scratch(std::uint32_t rows);
  static constexpr std::uint32_t draw_rows = 8;
  std::uint32_t stride;
  std::vector<std::uint32_t> draws;            ///< [draw][row]
  std::vector<std::uint32_t> rows, ids;        ///< rows of the block that a test has left, and their ids
  std::vector<double> normal[6];               ///< standard normals of household.income
  std::vector<double> market_income;           ///< yuan a head
  std::vector<double> log_true, log_measured;  ///< of the stored incomes, at least log 1
  std::vector<double> work_a, work_b, work_c, work_d;
  std::vector<std::uint8_t> was_registered, guaranteed;  ///< before the review; all guarantees met
  Stopwatch* watch = nullptr;                            ///< of this thread, where a benchmark asks for it
};

/// The rows' part of the state hash: a sum over the rows of a block of a mix of id and values, programmes included.
std::uint64_t state_sum(const World& world, std::size_t block, std::span<const std::uint32_t> programme_names);
/// The state hash of a year from the sums of all blocks: no order and no parts change it.
std::uint64_t state_hash(std::uint64_t sum_of_blocks, int year);

}  // namespace tuopin
