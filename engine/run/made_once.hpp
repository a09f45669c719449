// Things that are made when they are first asked for, and kept by name for all who ask later, on any thread.
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

  /// Keeps no more than so many: then it begins anew. Who has a thing keeps it.
  explicit MadeOnce(std::size_t most) : most_(most) {}

  /// Calls `make` where nothing of that name is known; who asks meanwhile waits.
  Made of(const std::string& name, const std::function<T()>& make) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (const auto known = known_.find(name); known != known_.end()) return known->second;
    const Made made = std::make_shared<const T>(make());
    if (known_.size() >= most_) known_.clear();
    return known_[name] = made;
  }

 private:
  std::size_t most_;
  std::mutex mutex_;
  std::map<std::string, Made> known_;
};

}  // namespace tuopin
