// Exact measures on NumPy arrays. Shapes are checked by tuopin.measures, values by the measures themselves.
#include "models/measures/vector_measures.hpp"

#include <pybind11/stl.h>

#include <optional>
#include <utility>
#include <variant>

#include "engine/base/errors.hpp"
#include "python/bindings/bindings.hpp"

namespace py = pybind11;

namespace tuopin::python {
namespace {

using Weights = std::optional<Input<double>>;
using Lines = std::variant<double, Input<double>>;  // one for all, or one for each income

exact::Line line_of(const Lines& line) {
  if (const auto* each = std::get_if<Input<double>>(&line)) return span_of(*each);
  return std::get<double>(line);
}

/// Runs a measure without the interpreter's lock; the arrays stay alive because the caller holds them.
template <class Measure>
double measured(const Input<double>& income, const Weights& weights, Measure measure) {
  // An empty span means "weight one for each", so an empty array of weights must not be taken for it.
  if (weights && weights->size() == 0 && income.size() > 0)
    throw DataError(message("weights are empty, expected one for each income"));
  const exact::Sample sample{span_of(income), weights ? span_of(*weights) : std::span<const double>{}};
  const py::gil_scoped_release unlocked;
  return measure(sample);
}

}  // namespace

void bind_measures(py::module_& module) {
  using py::arg;
  module.def(
      "fgt",
      [](const Input<double>& income, const Lines& line, double alpha, const Weights& weights) {
        return measured(income, weights,
                        [&](const exact::Sample& sample) { return exact::fgt(sample, line_of(line), alpha); });
      },
      arg("income"), arg("line"), arg("alpha"), arg("weights") = py::none());
  module.def(
      "watts",
      [](const Input<double>& income, const Lines& line, const Weights& weights, double floor) {
        return measured(income, weights,
                        [&](const exact::Sample& sample) { return exact::watts(sample, line_of(line), floor); });
      },
      arg("income"), arg("line"), arg("weights") = py::none(), arg("floor") = exact::income_floor);
  module.def(
      "sen_shorrocks_thon",
      [](const Input<double>& income, const Lines& line, const Weights& weights) {
        return measured(income, weights,
                        [&](const exact::Sample& sample) { return exact::sen_shorrocks_thon(sample, line_of(line)); });
      },
      arg("income"), arg("line"), arg("weights") = py::none());
  module.def(
      "gini",
      [](const Input<double>& income, const Weights& weights) { return measured(income, weights, exact::gini); },
      arg("income"), arg("weights") = py::none());
  module.def(
      "theil",
      [](const Input<double>& income, const Weights& weights, double floor) {
        return measured(income, weights, [&](const exact::Sample& sample) { return exact::theil(sample, floor); });
      },
      arg("income"), arg("weights") = py::none(), arg("floor") = exact::income_floor);
  module.def(
      "mean_log_deviation",
      [](const Input<double>& income, const Weights& weights, double floor) {
        return measured(income, weights,
                        [&](const exact::Sample& sample) { return exact::mean_log_deviation(sample, floor); });
      },
      arg("income"), arg("weights") = py::none(), arg("floor") = exact::income_floor);
}

}  // namespace tuopin::python
