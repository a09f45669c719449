// Row-major order: the index of a value in an array over several axes. The last axis varies fastest.
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
  std::size_t total() const { return total_; }  ///< number of values; one if there are no axes
  std::size_t size(std::size_t axis) const { return sizes_[axis]; }
  std::size_t stride(std::size_t axis) const { return strides_[axis]; }
  /// Number of consecutive values that belong to one entry of the first `axes` axes.
  std::size_t behind(std::size_t axes) const { return axes == 0 ? total_ : strides_[axes - 1]; }
  /// Index of the value with the given positions on the first axes, and position 0 on the others.
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
