// Scratch memory: temporary values for each row of a block, valid within one visit. A named value is shared with later
// parts of the same visit; a private value belongs to one part, and the next part may reuse its memory.
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
  std::uint32_t offset = 0;  ///< bytes per row taken by the values before it
  bool is_private = false;
};

/// The layout of the scratch memory that a year needs, in bytes per row.
class ScratchPlan {
 public:
  /// Throws std::logic_error if the name exists already with another size.
  std::uint32_t add_named(std::string_view name, std::uint32_t bytes);
  /// Throws std::logic_error if no earlier part shares a value of that name.
  std::uint32_t find_named(std::string_view name, std::uint32_t bytes) const;
  std::uint32_t add_private(std::uint32_t bytes);
  void end_part() { private_now_ = 0; }
  /// True if both have the same named values at the same offsets.
  bool same_names(const ScratchPlan& other) const { return named_ == other.named_; }
  /// A plan large enough for this plan or the other, used one at a time.
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

/// The scratch memory of one member of a team, large enough for any block.
class ScratchRows {
 public:
  ScratchRows(const ScratchPlan& plan, std::size_t rows);
  template <typename T>
  T* operator[](Temp<T> temp) const {
    std::byte* zone = temp.is_private ? private_.get() : named_.get();
    return reinterpret_cast<T*>(zone + temp.offset * stride_);
  }
  /// Rows reserved for each value (at least the rows of the block): the distance between two arrays of one value.
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
