// Messages and errors of the engine for Python: texts and values apart, since the extension itself never translates.
#pragma once

#include <pybind11/pybind11.h>

#include "engine/base/errors.hpp"

namespace tuopin::python {

/// The message as tuopin._problems says it.
pybind11::object as_object(const Message& message);
/// The problems as tuopin._problems takes them.
pybind11::list problems_of(const Error& error);

}  // namespace tuopin::python
