// Parts of an unfinished study: tasks that are done wait in a folder beside it until all can be gathered. Plain binary,
// so that any thread may write (HDF5 may not), and append-only, so that a task costs one write.
//
// A file of the folder belongs to one run: a head with the plan of that run, then one record a task. Head and records
// carry checksums; what does not match its own is no task. A file is never changed once its run has ended.
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

/// What one task leaves: its numbers in the order of whoever recorded them.
struct TaskPart {
  std::uint64_t draw = 0, replicate = 0;
  std::vector<double> values, left_out;  ///< of the task itself; of its runs without a batch, where it had any
  std::vector<std::uint64_t> hashes;
  std::uint64_t panel = 0;  ///< checksum of the panel that was written with this task; 0: none
};

/// What decides the numbers of a run, each by name: compared before parts are used.
using PartsPlan = std::vector<std::pair<std::string, std::string>>;

/// Order-sensitive, 64 bits; changing any one byte changes it. Not for keeping secrets.
std::uint64_t checksum(const char* bytes, std::size_t size);
std::uint64_t checksum_of_file(const std::filesystem::path& path);  ///< 0 where it cannot be read

/// The folder of parts. One run at a time: its output must be claimed. Writing throws OutputError.
class Parts {
 public:
  explicit Parts(std::filesystem::path folder);
  ~Parts();
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;

  const std::filesystem::path& folder() const { return folder_; }
  /// Plans of the readable files that are there, oldest first.
  std::vector<PartsPlan> plans() const;
  /// Every whole record; of a task that was kept twice, both. Files that are not ours or damaged are passed over.
  void for_each(const std::function<void(const TaskPart&)>& visit) const;
  std::size_t count() const;  ///< tasks that are there whole

  /// The plan that heads this run's file. The file is made when the first task is kept.
  void begin(PartsPlan plan) { plan_ = std::move(plan); }
  /// Appends a task; may be called from many threads. When it returns, a kill of the process loses nothing of it. The
  /// disk is synced every few seconds: a power failure may cost the tasks since.
  void keep(const TaskPart& part);

  /// Beside the tasks; written whole before the task that it belongs to is kept.
  std::filesystem::path panel() const;
  void create_folder();
  /// Removes everything of ours at one stroke, and the folder if nothing else is in it.
  void remove();

 private:
  void open_file();
  void append(const std::vector<char>& bytes);

  std::filesystem::path folder_, path_;
  PartsPlan plan_;
  int descriptor_ = -1;
  std::uint64_t length_ = 0;  ///< of whole records in the open file
  std::chrono::steady_clock::time_point synced_;
  std::mutex mutex_;
};

}  // namespace tuopin
