#include "python/bindings/studies.hpp"

#include <pybind11/stl.h>

#include <string>
#include <tuple>
#include <utility>
#include <variant>

namespace py = pybind11;

namespace tuopin::python {
namespace {

py::object values_of(std::vector<std::string> texts) { return py::cast(texts); }
template <typename Number>
py::object values_of(std::vector<Number> numbers) {
  return array_of(std::move(numbers));
}

/// A list of texts, or numbers: whole ones stay whole.
template <typename Values>
Values values_from(const py::handle& given) {
  if (py::isinstance<py::list>(given)) return given.cast<std::vector<std::string>>();
  const py::array array = py::reinterpret_borrow<py::object>(given);
  if (array.dtype().kind() == 'i') {
    const Input<std::int64_t> whole(array);
    return std::vector<std::int64_t>(whole.data(), whole.data() + whole.size());
  }
  const Input<double> numbers(array);
  return std::vector<double>(numbers.data(), numbers.data() + numbers.size());
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

Study study_of_dict(const py::dict& all) {
  Study study;
  for (const auto& [name, value] : all["attributes"].cast<py::dict>())
    study.attributes[name.cast<std::string>()] = value.cast<Attribute>();
  for (const py::handle& of : all["dimensions"].cast<py::list>()) {
    const auto [name, values] = of.cast<std::pair<std::string, py::object>>();
    study.dimensions.push_back({name, values_from<decltype(Dimension::values)>(values), "", ""});
  }
  for (const py::handle& of : all["variables"].cast<py::list>()) {
    const auto [name, dimensions, values] = of.cast<std::tuple<std::string, std::vector<std::string>, py::object>>();
    study.variables.push_back({name, dimensions, "", "", "", "", values_from<decltype(Variable::values)>(values)});
  }
  return study;
}

}  // namespace tuopin::python
