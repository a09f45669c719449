// Scratch: values by row of a block that live within one visit. A named one is shared with later parts of the visit; a
// private one is its part's own, and the next part finds there what it likes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tuopin {

template <typename T>
struct Temp {
  bool operator==(const Temp&) const = default;
  std::uint32_t offset = 0;  ///< bytes a row that stand before it
  bool is_private = false;
};

/// How much scratch a year needs, in bytes a row.
class ScratchPlan {
 public:
  /// Throws std::logic_error where the name is taken by another size.
  std::uint32_t add_named(std::string_view name, std::uint32_t bytes);
  /// Throws std::logic_error where no part has shared it.
  std::uint32_t find_named(std::string_view name, std::uint32_t bytes) const;
  std::uint32_t add_private(std::uint32_t bytes);
  void end_part() { private_now_ = 0; }
  /// All named values of both at the same places.
  bool same_names(const ScratchPlan& other) const { return named_ == other.named_; }
  /// As much as this plan and another need, each by itself.
  ScratchPlan covering(const ScratchPlan& other) const;
  std::uint32_t named_bytes() const { return named_bytes_; }
  std::uint32_t private_bytes() const { return private_most_; }

 private:
  struct Named {
    bool operator==(const Named&) const = default;
    std::string name;
    std::uint32_t offset, bytes;
  };
  std::vector<Named> named_;
  std::uint32_t named_bytes_ = 0, private_now_ = 0, private_most_ = 0;
};

/// The scratch of one member of a team, long enough for any block.
class ScratchRows {
 public:
  ScratchRows(const ScratchPlan& plan, std::size_t rows);
  template <typename T>
  T* operator[](Temp<T> temp) const {
    std::byte* zone = temp.is_private ? private_.get() : named_.get();
    return reinterpret_cast<T*>(zone + temp.offset * stride_);
  }
  /// Rows of each value: a value for each row of the block, and what follows belongs to the next.
  std::size_t stride() const { return stride_; }
  /// A copy of all named values, for tests that compare two visits.
  std::vector<std::byte> named() const { return {named_.get(), named_.get() + named_bytes_}; }
  ScratchRows(const ScratchRows& other);
  ScratchRows(ScratchRows&&) noexcept = default;
  ScratchRows& operator=(const ScratchRows&) = delete;

 private:
  struct Free {
    void operator()(std::byte* bytes) const;
  };
  std::size_t stride_, named_bytes_, private_bytes_;
  std::unique_ptr<std::byte[], Free> named_, private_;
};

}  // namespace tuopin
