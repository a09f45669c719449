// The recorder: turns the sums of a year into named, labelled variables of a study. It only looks.
#pragma once

#include <memory>
#include <span>

#include "engine/study/parts.hpp"
#include "engine/study/study.hpp"
#include "models/run/catalogue.hpp"

namespace tuopin {

/// Sizes and labels of everything that is recorded.
struct RecordShape {
  std::vector<std::string> scenarios, scenario_titles, scenario_titles_zh;
  std::size_t draws = 1, replicates = 1;
  int first_year = 0, last_year = 0;
  std::vector<std::string> places, place_names, place_names_zh;  ///< the whole region first, then its counties
  AccountNames accounts;
  std::vector<std::string> batches;  ///< left out in turn; may be empty
  std::size_t leave_out_draws = 0;
  std::size_t years() const { return static_cast<std::size_t>(last_year - first_year + 1); }
};

/// Slots of one draw, replicate and year belong to one task, so tasks may record at the same time. The whole is
/// allocated at once and touched task by task: memory grows with what is finished.
class Recorder {
 public:
  explicit Recorder(RecordShape shape);  ///< sizes only
  double bytes() const;                  ///< of all values
  void allocate();
  /// Everything that a task records is unknown until it does. To be called before its first record.
  void begin(std::size_t draw, std::size_t replicate);
  /// What one task has recorded, as it is kept beside an unfinished study; and back. A part of another shape, or one
  /// without the runs that leave batches out where they are asked for, is not taken.
  TaskPart part(std::size_t draw, std::size_t replicate) const;
  bool take(const TaskPart& part);

  void record(std::size_t scenario, std::size_t draw, std::size_t replicate, int year, const YearResult& result,
              const Model& model, const Lines& lines);
  void record_ledger(std::size_t scenario, std::size_t draw, std::size_t replicate, const Ledger& ledger);
  void record_hash(std::size_t scenario, std::size_t draw, std::size_t replicate, int year, std::uint64_t hash);
  /// A run without a batch: paired with the full run of the same draw.
  void record_left_out(std::size_t scenario, std::size_t batch, std::size_t draw, int year,
                       const std::vector<PlaceSums>& full, const std::vector<PlaceSums>& without,
                       std::int64_t entered_units, std::int64_t entered_persons, std::int64_t spent_fen,
                       std::int64_t claimed_units);

  const RecordShape& shape() const { return shape_; }
  std::vector<Dimension> dimensions() const;
  /// All variables, in a fixed order. They are handed over: a large study is not held twice.
  std::vector<Variable> release_variables();
  std::uint64_t state_hash() const;
  /// The values of a root or group variable recorded so far, for the evaluation of targets.
  std::span<const double> values(const std::string& variable) const;

 private:
  struct Slot {
    Variable variable;
    std::vector<std::size_t> strides, sizes;
    std::size_t total = 1;
    bool left_out = false;             ///< of the runs without a batch
    std::unique_ptr<double[]> values;  ///< not initialised: untouched pages cost no memory
  };
  struct Moment {
    std::size_t scenario, draw, replicate, year;
  };
  class Row;
  Slot& slot(const std::string& name);
  template <typename ValueOf>
  void put_all(const char* name, const Moment& at, const std::vector<PlaceSums>& places, const ValueOf& value_of);
  void record_incomes(const Moment& at, const std::vector<PlaceSums>& places, const Lines& lines);
  void record_register(const Moment& at, const std::vector<PlaceSums>& places);
  void record_years_of_poverty(const Moment& at, const std::vector<PlaceSums>& places);
  /// Adds what each place spent on programmes, in fen.
  void record_programmes(const Moment& at, const YearResult& result, const Model& model,
                         std::vector<std::int64_t>& spent);
  bool leaves_out(std::size_t draw, std::size_t replicate) const {
    return replicate == 0 && draw < shape_.leave_out_draws;
  }
  /// Calls `visit` with every run of values in the arrays that belongs to the task, in a fixed order; of the runs
  /// without a batch, or of the others.
  template <typename Visit>
  void runs_of(std::size_t draw, std::size_t replicate, bool left_out, const Visit& visit) const;
  template <typename Visit>
  void hashes_of(std::size_t draw, std::size_t replicate, const Visit& visit) const;
  void declare(const std::string& name, const std::string& dimensions, const std::string& unit,
               const std::string& meaning, const std::string& meaning_zh);
  std::size_t size_of(const std::string& dimension) const;

  RecordShape shape_;
  std::vector<Slot> slots_;
  std::vector<std::uint64_t> hashes_;
};

}  // namespace tuopin
