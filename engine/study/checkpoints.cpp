#include "engine/study/checkpoints.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <set>
#include <system_error>

#include "engine/base/errors.hpp"
#include "engine/base/ids.hpp"
#include "engine/files/whole_file.hpp"

namespace tuopin {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t file_mark = 0x31747061706f7574;  // "toupapt1" in a little-endian file; another order is foreign
constexpr std::uint64_t record_mark = 0x6b7361742d74726f;  // any pattern that numbers do not have by chance
constexpr auto sync_interval = std::chrono::seconds(5);

struct FileHead {
  std::uint64_t mark = file_mark, plan_size = 0, plan_checksum = 0, head_checksum = 0;
};

struct RecordHead {
  std::uint64_t mark = record_mark, draw = 0, replicate = 0, values = 0, left_out = 0, hashes = 0, panel = 0,
                payload_checksum = 0, head_checksum = 0;
};

/// Checksum of a header without its last word, which stores the checksum.
template <typename Head>
std::uint64_t head_checksum(const Head& head) {
  return checksum(reinterpret_cast<const char*>(&head), sizeof head - sizeof(std::uint64_t));
}

[[noreturn]] void refuse_part(const fs::path& path, MessageId what, int reason) {
  const Message hint = reason == ENOSPC || reason == EDQUOT ? message("free some space, or name another folder") : "";
  throw OutputError({Problem{Origin{path.string(), 0, 0}, "", message(what, system_reason(reason)), hint}});
}

/// A file that is read from its beginning; every read gives all it was asked for or fails.
class Reader {
 public:
  explicit Reader(const fs::path& path) : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    struct stat status {};
    if (descriptor_ >= 0 && ::fstat(descriptor_, &status) == 0 && S_ISREG(status.st_mode))
      left_ = static_cast<std::uint64_t>(status.st_size);
  }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  ~Reader() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  std::uint64_t left() const { return left_; }
  bool read(void* to, std::uint64_t size) {
    if (size > left_) return false;
    left_ -= size;
    for (auto* at = static_cast<char*>(to); size > 0;) {
      const ssize_t got = ::read(descriptor_, at, std::min(size, std::uint64_t{1} << 26));
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) return false;
      at += got;
      size -= static_cast<std::uint64_t>(got);
    }
    return true;
  }

 private:
  int descriptor_;
  std::uint64_t left_ = 0;
};

std::string text_of(const CheckpointPlan& plan) {
  std::string text;
  for (const auto& [name, value] : plan) text += name + '\t' + value + '\n';
  return text;
}

CheckpointPlan plan_of(const std::string& text) {
  CheckpointPlan plan;
  for (std::size_t begin = 0, end; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1) {
    const std::size_t tab = text.find('\t', begin);
    if (tab < end) plan.emplace_back(text.substr(begin, tab - begin), text.substr(tab + 1, end - tab - 1));
  }
  return plan;
}

std::optional<CheckpointPlan> read_head(Reader& reader) {
  FileHead head;
  if (!reader.read(&head, sizeof head) || head.mark != file_mark || head.head_checksum != head_checksum(head) ||
      head.plan_size > reader.left())
    return {};
  std::string text(head.plan_size, '\0');
  if (!reader.read(text.data(), text.size()) || checksum(text.data(), text.size()) != head.plan_checksum) return {};
  return plan_of(text);
}

/// Reads the next complete record. A record with damaged contents is skipped; a damaged header ends the file, because
/// the start of the next record is unknown. A record whose run was killed while writing it looks like that, too.
bool read_record(Reader& reader, TaskRecord& part, std::vector<char>& buffer) {
  for (RecordHead head; reader.read(&head, sizeof head);) {
    if (head.mark != record_mark || head.head_checksum != head_checksum(head)) return false;
    const std::uint64_t most = reader.left() / sizeof(double);
    if (head.values > most || head.left_out > most || head.hashes > most) return false;
    buffer.resize((head.values + head.left_out + head.hashes) * sizeof(double));
    if (!reader.read(buffer.data(), buffer.size())) return false;
    if (checksum(buffer.data(), buffer.size()) != head.payload_checksum) continue;
    const char* from = buffer.data();
    const auto fill = [&](auto& numbers, std::uint64_t count) {
      numbers.resize(count);
      if (count > 0) std::memcpy(numbers.data(), from, count * sizeof(double));
      from += count * sizeof(double);
    };
    part.draw = head.draw;
    part.replicate = head.replicate;
    part.panel = head.panel;
    fill(part.values, head.values);
    fill(part.left_out, head.left_out);
    fill(part.hashes, head.hashes);
    return true;
  }
  return false;
}

std::vector<char> record_of(const TaskRecord& part) {
  RecordHead head;
  head.draw = part.draw;
  head.replicate = part.replicate;
  head.values = part.values.size();
  head.left_out = part.left_out.size();
  head.hashes = part.hashes.size();
  head.panel = part.panel;
  std::vector<char> bytes(sizeof head + (head.values + head.left_out + head.hashes) * sizeof(double));
  char* to = bytes.data() + sizeof head;
  const auto add = [&](const auto& numbers) {
    if (!numbers.empty()) std::memcpy(to, numbers.data(), numbers.size() * sizeof(double));
    to += numbers.size() * sizeof(double);
  };
  add(part.values);
  add(part.left_out);
  add(part.hashes);
  head.payload_checksum = checksum(bytes.data() + sizeof head, bytes.size() - sizeof head);
  head.head_checksum = head_checksum(head);
  std::memcpy(bytes.data(), &head, sizeof head);
  return bytes;
}

constexpr const char *task_prefix = "tasks-", *panel_name = "panel.h5";

/// The number of "tasks-12"; 0 for any other name.
std::uint64_t number_of(const fs::path& path) {
  const std::string name = path.filename().string();
  if (!name.starts_with(task_prefix) || name.size() > std::strlen(task_prefix) + 9) return 0;
  std::uint64_t number = 0;
  for (const char c : name.substr(std::strlen(task_prefix))) {
    if (c < '0' || c > '9') return 0;
    number = number * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return number;
}

/// Files of tasks, oldest first.
std::vector<fs::path> files_of(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
    if (number_of(entry->path()) > 0) found.push_back(entry->path());
  std::sort(found.begin(), found.end(), [](auto& a, auto& b) { return number_of(a) < number_of(b); });
  return found;
}

}  // namespace

std::uint64_t checksum(const char* bytes, std::size_t size) {
  constexpr std::uint64_t odd = 0x9e3779b97f4a7c15ull;
  std::uint64_t sum = mix64(size + 1);
  // Every step is one-to-one in the sum and in the word: one changed word always shows.
  const auto add = [&](std::uint64_t word) { sum = (sum ^ word) * odd, sum ^= sum >> 29; };
  std::uint64_t word = 0;
  for (; size >= sizeof word; bytes += sizeof word, size -= sizeof word) {
    std::memcpy(&word, bytes, sizeof word);
    add(word);
  }
  word = 0;
  if (size > 0) std::memcpy(&word, bytes, size);
  add(word);
  return mix64(sum);
}

std::uint64_t checksum_of_file(const fs::path& path) {
  Reader reader(path);
  std::vector<char> bytes(reader.left());
  return !bytes.empty() && reader.read(bytes.data(), bytes.size()) ? checksum(bytes.data(), bytes.size()) : 0;
}

Checkpoints::Checkpoints(fs::path folder) : folder_(std::move(folder)) {}

fs::path Checkpoints::panel() const { return folder_ / panel_name; }

Checkpoints::~Checkpoints() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::vector<CheckpointPlan> Checkpoints::plans() const {
  std::vector<CheckpointPlan> plans;
  for (const fs::path& file : files_of(folder_)) {
    Reader reader(file);
    if (auto plan = read_head(reader)) plans.push_back(std::move(*plan));
  }
  return plans;
}

void Checkpoints::for_each(const std::function<void(const TaskRecord&)>& visit) const {
  TaskRecord part;
  std::vector<char> buffer;
  for (const fs::path& file : files_of(folder_)) {
    Reader reader(file);
    if (!read_head(reader)) continue;
    while (read_record(reader, part, buffer)) visit(part);
  }
}

std::size_t Checkpoints::count() const {
  std::set<std::pair<std::uint64_t, std::uint64_t>> tasks;
  for_each([&](const TaskRecord& part) { tasks.emplace(part.draw, part.replicate); });
  return tasks.size();
}

void Checkpoints::create_folder() {
  std::error_code error;
  fs::create_directories(folder_, error);
  if (error) refuse_part(folder_, msgid("cannot create this folder: {}"), error.value());
  sync_folder(folder_);
}

void Checkpoints::open_file() {
  create_folder();
  const auto there = files_of(folder_);
  for (std::uint64_t number = there.empty() ? 1 : number_of(there.back()) + 1; descriptor_ < 0; ++number) {
    path_ = folder_ / (task_prefix + std::to_string(number));
    descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0666);
    if (descriptor_ < 0 && errno != EEXIST) refuse_part(path_, msgid("cannot create it: {}"), errno);
  }
  sync_folder(path_);
  const std::string text = text_of(plan_);
  FileHead head;
  head.plan_size = text.size();
  head.plan_checksum = checksum(text.data(), text.size());
  head.head_checksum = head_checksum(head);
  std::vector<char> bytes(sizeof head + text.size());
  std::memcpy(bytes.data(), &head, sizeof head);
  std::memcpy(bytes.data() + sizeof head, text.data(), text.size());
  append(bytes);
}

/// Appends all bytes or none: if the disk is full, a partly written record is cut off again.
void Checkpoints::append(const std::vector<char>& bytes) {
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t written = ::write(descriptor_, bytes.data() + done, bytes.size() - done);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      const int reason = errno;
      // If that fails too, the incomplete record and everything after it are skipped when the file is read.
      if (::ftruncate(descriptor_, static_cast<off_t>(length_)) != 0 || length_ == 0) {
        ::close(descriptor_);
        descriptor_ = -1;
      }
      refuse_part(path_, msgid("cannot write: {}"), reason);
    }
    done += static_cast<std::size_t>(written);
  }
  length_ += bytes.size();
}

void Checkpoints::keep(const TaskRecord& part) {
  const std::vector<char> bytes = record_of(part);
  int to_sync = -1;
  {
    const std::lock_guard<std::mutex> guard(mutex_);
    if (descriptor_ < 0) {
      length_ = 0;
      open_file();
    }
    append(bytes);
    const auto now = std::chrono::steady_clock::now();
    if (now - synced_ >= sync_interval) {
      synced_ = now;
      to_sync = ::dup(descriptor_);  // others go on while this one waits for the disk
    }
  }
  if (to_sync < 0) return;
  const int reason = ::fdatasync(to_sync) == 0 ? 0 : errno;
  ::close(to_sync);
  if (reason != 0 && reason != EINVAL && reason != ENOTSUP)
    refuse_part(path_, msgid("cannot write to the disk: {}"), reason);
}

void Checkpoints::remove() {
  if (descriptor_ >= 0) ::close(descriptor_);
  descriptor_ = -1;
  // Rename the folder first: a kill during removal must not leave some tasks without the others.
  const fs::path gone = folder_.string() + ".removed";
  const auto empty = [](const fs::path& folder) {
    std::error_code ignored;
    for (const fs::path& file : files_of(folder)) fs::remove(file, ignored);
    fs::remove(folder / panel_name, ignored);
    remove_temporaries_of(folder / panel_name);
    ::rmdir(folder.c_str());
  };
  empty(gone);  // left by a run that was killed during removal
  if (::rename(folder_.c_str(), gone.c_str()) != 0) return empty(folder_);
  empty(gone);
  std::error_code ignored;
  if (fs::exists(gone, ignored)) fs::rename(gone, folder_, ignored);  // it contains foreign files: keep the folder
}

}  // namespace tuopin
