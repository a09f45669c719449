// Checkpoints of an unfinished study ("parts"): finished tasks are stored in a folder beside the study until it can be
// written. The format is plain binary, so that any thread may write (HDF5 does not allow that), and append-only, so
// that a task costs one write.
//
// Each file in the folder belongs to one run: a header with the plan of the run, then one record per task. Header and
// records have checksums; records with a wrong checksum are ignored. A file is not changed after its run has ended.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace tuopin {

/// Checkpoint record of one task: its values in the order of the recorder.
struct TaskRecord {
  std::uint64_t draw = 0, replicate = 0;
  std::vector<double> values, left_out;  ///< values of the task; values of its runs without a batch, if any
  std::vector<std::uint64_t> hashes;
  std::uint64_t panel = 0;  ///< checksum of the panel that was written with this task; 0: none
};

/// Everything that determines the numbers of a run, by name: compared before checkpoints are used.
using CheckpointPlan = std::vector<std::pair<std::string, std::string>>;

/// Order-sensitive, 64 bits; changing any one byte changes it. Not for keeping secrets.
std::uint64_t checksum(const char* bytes, std::size_t size);
std::uint64_t checksum_of_file(const std::filesystem::path& path);  ///< 0 where it cannot be read

/// The folder of checkpoints. Only one run may use it at a time: its output must be claimed. Writing throws
/// OutputError.
class Checkpoints {
 public:
  explicit Checkpoints(std::filesystem::path folder);
  ~Checkpoints();
  Checkpoints(const Checkpoints&) = delete;
  Checkpoints& operator=(const Checkpoints&) = delete;

  const std::filesystem::path& folder() const { return folder_; }
  /// Plans of the readable files in the folder, oldest first.
  std::vector<CheckpointPlan> plans() const;
  /// Calls `visit` for every complete record; for a task stored twice, both times. Foreign and damaged files are
  /// skipped.
  void for_each(const std::function<void(const TaskRecord&)>& visit) const;
  std::size_t count() const;  ///< number of tasks with a complete record

  /// Sets the plan in the header of this run's file. The file is created when the first task is stored.
  void begin(CheckpointPlan plan) { plan_ = std::move(plan); }
  /// Appends a task; may be called from several threads. After it returns, the record survives a kill of the process.
  /// The disk is synced every few seconds, so a power failure may lose the tasks since then.
  void keep(const TaskRecord& part);

  /// Path of the panel in the folder; it is written completely before the record of its task.
  std::filesystem::path panel() const;
  void create_folder();
  /// Removes all checkpoints atomically, and the folder if nothing else is in it.
  void remove();

 private:
  void open_file();
  void append(const std::vector<char>& bytes);

  std::filesystem::path folder_, path_;
  CheckpointPlan plan_;
  int descriptor_ = -1;
  std::uint64_t length_ = 0;  ///< of whole records in the open file
  std::chrono::steady_clock::time_point synced_;
  std::mutex mutex_;
};

}  // namespace tuopin
