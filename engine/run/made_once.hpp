// A thread-safe cache by name: a value is made on the first request and returned to all later ones.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace tuopin {

template <typename T>
class MadeOnce {
 public:
  using Made = std::shared_ptr<const T>;

  /// Holds at most `most` values; when full it is emptied. Callers that still hold a value keep it alive.
  explicit MadeOnce(std::size_t most) : most_(most) {}

  /// Calls `make` if there is no value of that name; other callers of the name wait until it is made, callers of other
  /// names do not.
  Made of(const std::string& name, const std::function<T()>& make) {
    const std::shared_ptr<Entry> entry = entry_of(name);
    const std::lock_guard<std::mutex> lock(entry->making);
    if (!entry->value) entry->value = std::make_shared<const T>(make());
    return entry->value;
  }

 private:
  struct Entry {
    std::mutex making;
    Made value;
  };
  std::shared_ptr<Entry> entry_of(const std::string& name) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (const auto known = known_.find(name); known != known_.end()) return known->second;
    if (known_.size() >= most_) known_.clear();
    return known_[name] = std::make_shared<Entry>();
  }

  std::size_t most_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Entry>> known_;
};

}  // namespace tuopin
