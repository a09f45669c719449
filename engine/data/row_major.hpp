// Row-major order: where a value of an array over several axes stands. The last axis runs fastest.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <utility>
#include <vector>

namespace tuopin {

class RowMajor {
 public:
  RowMajor() = default;
  explicit RowMajor(std::vector<std::size_t> sizes) : sizes_(std::move(sizes)), strides_(sizes_.size()) {
    for (std::size_t axis = sizes_.size(); axis-- > 0;) {
      strides_[axis] = total_;
      total_ *= sizes_[axis];
    }
  }

  std::size_t axes() const { return sizes_.size(); }
  std::size_t total() const { return total_; }  ///< values in all; of no axis: one
  std::size_t size(std::size_t axis) const { return sizes_[axis]; }
  std::size_t stride(std::size_t axis) const { return strides_[axis]; }
  /// Values that one entry of the first `axes` axes has, one behind the other.
  std::size_t behind(std::size_t axes) const { return axes == 0 ? total_ : strides_[axes - 1]; }
  /// Of the entry at the given places of the first axes; the others stand at their first entry.
  std::size_t at(std::initializer_list<std::size_t> entry) const {
    std::size_t number = 0, axis = 0;
    for (const std::size_t place : entry) number = number * sizes_[axis++] + place;
    return number * behind(axis);
  }

 private:
  std::vector<std::size_t> sizes_, strides_;
  std::size_t total_ = 1;
};

}  // namespace tuopin
