// Studies and single columns as NumPy arrays, moved without copying.
#pragma once

#include <memory>
#include <vector>

#include "engine/study/study.hpp"
#include "python/bindings/bindings.hpp"

namespace tuopin::python {

template <typename Number>
pybind11::array array_of(std::vector<Number> values) {
  auto held = std::make_unique<std::vector<Number>>(std::move(values));
  const Number* const data = held->data();
  const std::size_t size = held->size();
  const pybind11::capsule owner(held.release(), [](void* of) { delete static_cast<std::vector<Number>*>(of); });
  return pybind11::array_t<Number>(static_cast<pybind11::ssize_t>(size), data, owner);
}

/// {"attributes": {…}, "dimensions": [(name, values, unit, long_name)], "variables": [(name, dimensions, values, unit,
/// long_name, long_name_zh, comment)]}; values of texts are lists, of numbers flat arrays.
pybind11::dict study_as_dict(Study study);
/// The way back, for reading: units and meanings are left out, and variables hold numbers or texts.
Study study_of_dict(const pybind11::dict& all);

}  // namespace tuopin::python
