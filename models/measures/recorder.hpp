// The recorder: evaluates the rows of the figures and keeps their values. It only looks.
#pragma once

#include <memory>
#include <span>

#include "engine/study/parts.hpp"
#include "models/measures/study_axes.hpp"

namespace tuopin {

/// Values of one draw, replicate and year belong to one task, so tasks may record at the same time. The whole is
/// allocated at once and touched task by task: memory grows with what is finished.
class Recorder {
 public:
  /// Sizes only. Figures of batches that are left out are recorded where batches are.
  explicit Recorder(RecordShape shape, FigureTable figures = shipped_figures());
  double bytes() const;  ///< of all values
  void allocate();
  /// Everything that a task records is unknown until it does. To be called before its first record.
  void begin(std::size_t draw, std::size_t replicate);
  /// What one task has recorded, as it is kept beside an unfinished study; and back. A part of another shape, or one
  /// without the runs that leave batches out where they are asked for, is not taken.
  TaskPart part(std::size_t draw, std::size_t replicate) const;
  bool take(const TaskPart& part);

  void record(std::size_t scenario, std::size_t draw, std::size_t replicate, int year, const YearResult& result,
              const std::vector<Programme>& programmes, const Lines& lines);
  void record_ledger(std::size_t scenario, std::size_t draw, std::size_t replicate, const Ledger& ledger);
  void record_hash(std::size_t scenario, std::size_t draw, std::size_t replicate, int year, std::uint64_t hash);
  /// A run without a batch: paired with the full run of the same draw.
  void record_left_out(std::size_t scenario, std::size_t batch, std::size_t draw, int year, const LeftOutFacts& facts);

  const RecordShape& shape() const { return shape_; }
  std::vector<Dimension> dimensions() const;
  /// All variables, in a fixed order. They are handed over: a large study is not held twice.
  std::vector<Variable> release_variables();
  std::uint64_t state_hash() const;

  /// One figure as recorded so far, for the evaluation of targets.
  struct Recorded {
    std::span<const double> values;
    const RowMajor& layout;
  };
  bool has(std::string_view figure) const;
  Recorded recorded(std::string_view figure) const;  ///< throws std::logic_error where it is not

 private:
  struct Slot {
    Figure figure;
    std::string name;  ///< in full
    RowMajor layout;
    std::vector<std::size_t At::*> inner;  ///< of the dimensions that one call fills, the last runs fastest
    std::unique_ptr<double[]> values;      ///< not initialised: untouched pages cost no memory
  };
  template <typename Facts>
  void fill(const Slot& slot, std::size_t first, const Facts& facts) const;
  bool leaves_out(std::size_t draw, std::size_t replicate) const {
    return replicate == 0 && draw < shape_.leave_out_draws;
  }
  /// Calls `visit` with every run of values that belongs to the task, in a fixed order; of the runs without a batch,
  /// or of the others.
  template <typename Visit>
  void runs_of(std::size_t draw, std::size_t replicate, bool left_out, const Visit& visit) const;
  /// The hashes of a task, scenario by scenario.
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
