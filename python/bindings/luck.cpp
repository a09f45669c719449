// Random numbers by address: any draw of any run can be recomputed by an analyst.
#include "engine/base/luck.hpp"

#include <cstdint>
#include <string>
#include <utility>

#include "engine/base/ids.hpp"
#include "python/bindings/bindings.hpp"

namespace py = pybind11;

namespace tuopin::python {
namespace {

/// A table [entity, index] of `count` draws for each entity, made by `draw_of(luck, entity, index)`.
template <class Number, class DrawOf>
py::array_t<Number> table_of(const Luck& luck, const Input<std::uint64_t>& entities, unsigned count, DrawOf draw_of) {
  const std::span<const std::uint64_t> ids = span_of(entities);
  py::array_t<Number> table({static_cast<py::ssize_t>(ids.size()), static_cast<py::ssize_t>(count)});
  Number* next = table.mutable_data();
  const py::gil_scoped_release unlocked;
  for (const std::uint64_t id : ids) {
    for (unsigned index = 0; index < count; ++index) *next++ = draw_of(luck, id, index);
  }
  return table;
}

template <class Number, class DrawOf>
void bind_draws(py::module_& module, const char* name, DrawOf draw_of) {
  using py::arg;
  module.def(
      name,
      [draw_of](std::uint64_t seed, std::uint64_t replicate, const std::string& process, int year, Kind kind,
                const Input<std::uint64_t>& entities, unsigned count) {
        return table_of<Number>(Luck(seed, replicate, hash32(process), year, kind), entities, count, draw_of);
      },
      arg("seed"), arg("replicate"), arg("process"), arg("year"), arg("kind"), arg("entities"), arg("count"));
}

}  // namespace

void bind_luck(py::module_& module) {
  py::enum_<Kind>(module, "Kind")
      .value("household", Kind::household)
      .value("person", Kind::person)
      .value("village", Kind::village)
      .value("county", Kind::county)
      .value("prefecture", Kind::prefecture)
      .value("parameter", Kind::parameter)
      .value("population", Kind::population);
  bind_draws<std::uint32_t>(module, "draws",
                            [](const Luck& luck, std::uint64_t id, unsigned i) { return luck.draw(id, i); });
  bind_draws<double>(module, "uniforms",
                     [](const Luck& luck, std::uint64_t id, unsigned i) { return luck.uniform(id, i); });
  bind_draws<double>(module, "normals",
                     [](const Luck& luck, std::uint64_t id, unsigned i) { return luck.normal(id, i); });
}

}  // namespace tuopin::python
