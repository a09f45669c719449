// The extension tuopin._core: the engine, what a study says, measures of arrays, random numbers by address, the
// version.
#include <exception>

#include "engine/base/errors.hpp"
#include "python/bindings/bindings.hpp"
#include "python/bindings/problems.hpp"

namespace py = pybind11;

namespace {

/// Errors of the engine become those of tuopin.errors, by exit code.
void translate(std::exception_ptr thrown) {
  if (!thrown) return;
  try {
    std::rethrow_exception(thrown);
  } catch (const tuopin::Error& error) {
    const py::object made =
        py::module_::import("tuopin._problems")
            .attr("error_of_problems")(static_cast<int>(error.code()), tuopin::python::problems_of(error));
    PyErr_SetObject(py::type::of(made).ptr(), made.ptr());
  }
}

}  // namespace

PYBIND11_MODULE(_core, module) {
  module.doc() = "Compiled part of tuopin. Use tuopin.Engine, tuopin.measures and tuopin.luck.";
  module.attr("version") = TUOPIN_VERSION;
  py::register_exception_translator(translate);
  tuopin::python::bind_engine(module);
  tuopin::python::bind_findings(module);
  tuopin::python::bind_luck(module);
  tuopin::python::bind_measures(module);
}
