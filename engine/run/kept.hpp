// Kept values: data that steps of a year pass to later steps across visits and barriers (claims, lists, sums). A part
// of the year asks for a value of any type and gets a handle. Steps are const, so the values themselves are owned by
// the code that runs the year.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace tuopin {

template <typename T>
struct Keep {
  std::uint32_t at = 0;
};

/// The list of values that a year keeps: for each, how to construct or copy it.
class KeptNames {
 public:
  using Value = std::shared_ptr<void>;

  template <typename T>
  Keep<T> add() {
    makers_.push_back([](const void* from) -> Value {
      return from ? std::make_shared<T>(*static_cast<const T*>(from)) : std::make_shared<T>();
    });
    return {static_cast<std::uint32_t>(makers_.size() - 1)};
  }
  /// Each function constructs a default value (from == nullptr) or a copy of `from`.
  const std::vector<Value (*)(const void* from)>& makers() const { return makers_; }

 private:
  std::vector<Value (*)(const void* from)> makers_;
};

/// The kept values themselves. Copying copies the values; nothing is shared.
class Kept {
 public:
  explicit Kept(const KeptNames& names) : makers_(names.makers()) {
    for (const auto& make : makers_) values_.push_back(make(nullptr));
  }
  Kept(const Kept& other) : makers_(other.makers_) {
    for (std::size_t i = 0; i < makers_.size(); ++i) values_.push_back(makers_[i](other.values_[i].get()));
  }
  Kept(Kept&&) noexcept = default;
  Kept& operator=(Kept other) noexcept {
    std::swap(makers_, other.makers_);
    std::swap(values_, other.values_);
    return *this;
  }

  template <typename T>
  T& operator[](Keep<T> keep) {
    return *static_cast<T*>(values_.at(keep.at).get());
  }
  template <typename T>
  const T& operator[](Keep<T> keep) const {
    return *static_cast<const T*>(values_.at(keep.at).get());
  }

 private:
  std::vector<KeptNames::Value (*)(const void* from)> makers_;
  std::vector<KeptNames::Value> values_;
};

}  // namespace tuopin
