// The recorder: turns the sums of a year into named, labelled variables of a study. It only looks.
#pragma once

#include "engine/files/study.hpp"
#include "models/catalogue.hpp"

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

/// Slots of one draw, replicate and year belong to one task, so tasks may record at the same time.
class Recorder {
 public:
  explicit Recorder(RecordShape shape);

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
  /// All variables, in a fixed order.
  std::vector<Dimension> dimensions() const;
  std::vector<Variable> variables() const;
  std::uint64_t state_hash() const;
  /// The values of a root or group variable recorded so far, for the evaluation of targets.
  const std::vector<double>& values(const std::string& variable) const;

 private:
  struct Slot {
    Variable variable;
    std::vector<double> values;
    std::vector<std::size_t> strides, sizes;
  };
  Slot& slot(const std::string& name);
  void declare(const std::string& name, const std::string& dimensions, const std::string& unit,
               const std::string& meaning, const std::string& meaning_zh);
  std::size_t size_of(const std::string& dimension) const;

  RecordShape shape_;
  std::vector<Slot> slots_;
  std::vector<std::uint64_t> hashes_;
};

}  // namespace tuopin
