// Declarations shared by the files of the extension: one registration function per subject, and the type of input
// arrays.
#pragma once

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>

#include <cstddef>
#include <span>

namespace tuopin::python {

/// Any array-like of numbers, converted and made contiguous when it is not already.
template <class Number>
using Input = pybind11::array_t<Number, pybind11::array::c_style | pybind11::array::forcecast>;

template <class Number>
std::span<const Number> span_of(const Input<Number>& array) {
  return {array.data(), static_cast<std::size_t>(array.size())};
}

void bind_engine(pybind11::module_& module);
void bind_findings(pybind11::module_& module);
void bind_luck(pybind11::module_& module);
void bind_measures(pybind11::module_& module);

}  // namespace tuopin::python
