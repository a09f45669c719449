// The recorder: evaluates the formulas of the figures and stores their values. It changes nothing in the simulation.
#pragma once

#include <memory>
#include <span>

#include "engine/study/checkpoints.hpp"
#include "models/measures/study_axes.hpp"

namespace tuopin {

/// The values of one draw and replicate are written by one task only, so tasks may record at the same time. Memory is
/// reserved at once but used (touched) task by task, so it grows with the number of finished tasks.
class Recorder {
 public:
  /// Reserves memory. Figures about left-out batches are recorded only if the shape has batches.
  explicit Recorder(RecordShape shape, FigureTable figures = shipped_figures());
  double bytes() const;  ///< bytes of all values
  void allocate();
  /// Sets all values of a task to unknown (NaN). Must be called before its first record.
  void begin(std::size_t draw, std::size_t replicate);
  /// part(): the values of one task as a checkpoint record of an unfinished study; the function below restores them. A
  /// record of another shape, or one that lacks requested runs without a batch, is rejected.
  TaskRecord part(std::size_t draw, std::size_t replicate) const;
  bool take(const TaskRecord& part);

  void record(std::size_t scenario, std::size_t draw, std::size_t replicate, int year, const YearResult& result,
              const std::vector<Programme>& programmes, const Lines& lines);
  void record_ledger(std::size_t scenario, std::size_t draw, std::size_t replicate, const Ledger& ledger);
  void record_hash(std::size_t scenario, std::size_t draw, std::size_t replicate, int year, std::uint64_t hash);
  /// Records one year of a scenario without a batch, compared with the full run of the same draw.
  void record_left_out(std::size_t scenario, std::size_t batch, std::size_t draw, int year, const LeftOutFacts& facts);

  const RecordShape& shape() const { return shape_; }
  std::vector<Dimension> dimensions() const;
  /// All variables, in a fixed order. The values are moved out, so that a large study is not in memory twice.
  std::vector<Variable> release_variables();
  std::uint64_t state_hash() const;

  /// One recorded figure, for the evaluation of targets.
  struct Recorded {
    std::span<const double> values;
    const RowMajor& layout;
  };
  bool has(std::string_view figure) const;
  Recorded recorded(std::string_view figure) const;  ///< throws std::logic_error if it is not recorded

 private:
  struct Slot {
    Figure figure;
    std::string name;  ///< full name
    RowMajor layout;
    std::vector<std::size_t At::*> inner;  ///< the dimensions that one call fills; the last varies fastest
    std::unique_ptr<double[]> values;      ///< not initialised: untouched pages cost no memory
  };
  template <typename Facts>
  void fill(const Slot& slot, std::size_t first, const Facts& facts) const;
  bool leaves_out(std::size_t draw, std::size_t replicate) const {
    return replicate == 0 && draw < shape_.leave_out_draws;
  }
  /// Calls `visit` with every contiguous range of values that belongs to the task, in a fixed order: either those of
  /// the simulations without a batch, or all others.
  template <typename Visit>
  void runs_of(std::size_t draw, std::size_t replicate, bool left_out, const Visit& visit) const;
  /// The state hashes of a task, scenario by scenario.
  template <typename Visit>
  void hashes_of(std::size_t draw, std::size_t replicate, const Visit& visit) const;
  const Slot* find(std::string_view figure) const;

  RecordShape shape_;
  StudyAxes axes_;
  std::vector<Slot> slots_;
  RowMajor hash_layout_;
  std::vector<std::uint64_t> hashes_;
};

}  // namespace tuopin
