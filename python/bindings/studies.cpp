#include "python/bindings/studies.hpp"

#include <pybind11/stl.h>

#include <string>
#include <variant>

namespace py = pybind11;

namespace tuopin::python {
namespace {

py::object values_of(std::vector<std::string> texts) { return py::cast(texts); }
template <typename Number>
py::object values_of(std::vector<Number> numbers) {
  return array_of(std::move(numbers));
}

}  // namespace

py::dict study_as_dict(Study study) {
  py::dict attributes;
  for (const auto& [name, value] : study.attributes)
    attributes[py::str(name)] = std::visit([](const auto& of) { return py::cast(of); }, value);
  py::list dimensions, variables;
  for (Dimension& of : study.dimensions)
    dimensions.append(py::make_tuple(of.name,
                                     std::visit([](auto& values) { return values_of(std::move(values)); }, of.values),
                                     of.unit, of.long_name));
  for (Variable& of : study.variables)
    variables.append(py::make_tuple(of.name, of.dimensions,
                                    std::visit([](auto& values) { return values_of(std::move(values)); }, of.values),
                                    of.unit, of.long_name, of.long_name_zh, of.comment));
  py::dict all;
  all["attributes"] = attributes;
  all["dimensions"] = dimensions;
  all["variables"] = variables;
  return all;
}

}  // namespace tuopin::python
