// What a finished study says: order statistics, effects and warnings are computed here for the program and for Python
// alike. A study comes as arrays, because the extension opens no files; what is said of it are messages.
#include <pybind11/stl.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "engine/base/wrapped_text.hpp"
#include "models/findings/effect_rows.hpp"
#include "models/findings/number_text.hpp"
#include "models/findings/study_warnings.hpp"
#include "models/findings/titles.hpp"
#include "models/findings/value_rows.hpp"
#include "python/bindings/bindings.hpp"
#include "python/bindings/problems.hpp"
#include "python/bindings/studies.hpp"

namespace py = pybind11;

namespace tuopin::python {
namespace {

/// The study lives as long as what reads it.
class Findings {
 public:
  Findings(const py::dict& study, const std::string& language)
      : study_(study_of_dict(study)), page_(checked(study_), language) {}
  Findings(const Findings&) = delete;
  Findings& operator=(const Findings&) = delete;

  const Page& page() const { return page_; }

 private:
  static const Study& checked(const Study& study) {
    check_sizes(StudyView(study));
    return study;
  }
  Study study_;
  Page page_;
};

/// Rows of values [row, world] → order statistics [row, level]; a row with an unknown value has none.
py::array_t<double> order_statistics(const Input<double>& values, const std::vector<double>& levels) {
  if (values.ndim() != 2) throw py::value_error("values: expected two dimensions, row and world");
  const auto rows = static_cast<std::size_t>(values.shape(0)), worlds = static_cast<std::size_t>(values.shape(1));
  std::vector<double> found(rows * levels.size(), std::numeric_limits<double>::quiet_NaN());
  const double* const data = values.data();
  {
    const py::gil_scoped_release unlocked;
    std::vector<double> sorted;
    for (std::size_t r = 0; r < rows && worlds > 0; ++r) {
      sorted.assign(data + r * worlds, data + (r + 1) * worlds);
      if (std::any_of(sorted.begin(), sorted.end(), [](double v) { return std::isnan(v); })) continue;
      std::sort(sorted.begin(), sorted.end());
      for (std::size_t l = 0; l < levels.size(); ++l) found[r * levels.size() + l] = order_statistic(sorted, levels[l]);
    }
  }
  return py::array_t<double>(array_of(std::move(found)))
      .reshape({values.shape(0), static_cast<py::ssize_t>(levels.size())});
}

Spread spread_of_array(const Input<double>& values) {
  const auto span = span_of(values);
  return spread_of({span.begin(), span.end()});
}

void bind_spread(py::module_& module) {
  py::class_<Spread>(module, "Spread", "Median and 90% interval over the worlds in which a figure is known.")
      .def_readonly("worlds", &Spread::worlds)
      .def_readonly("low", &Spread::low)
      .def_readonly("median", &Spread::median)
      .def_readonly("high", &Spread::high)
      .def_readonly("error", &Spread::error)
      .def_readonly("same", &Spread::same);
  module.def("spread_of", &spread_of_array, py::arg("values"));
  module.def("order_statistics", &order_statistics, py::arg("values"), py::arg("levels"));
  module.attr("worlds_of_an_interval") = worlds_of_an_interval;
}

py::tuple scale(const Scale& of) { return py::make_tuple(of.unit, as_object(of.name)); }

void bind_rows(py::module_& module) {
  py::class_<EffectRow>(module, "EffectRow", "A row of the table of effects.")
      .def_property_readonly("label", [](const EffectRow& row) { return as_object(row.label); })
      .def_property_readonly("unit", [](const EffectRow& row) { return as_object(row.scale.name); })
      .def_readonly("own_unit", &EffectRow::own_unit)
      .def_readonly("is_rate", &EffectRow::is_rate)
      .def_readonly("of_row_above", &EffectRow::of_row_above)
      .def_readonly("without", &EffectRow::without)
      .def_readonly("with_it", &EffectRow::with)
      .def_readonly("difference", &EffectRow::difference)
      .def_property_readonly("lower",
                             [](const EffectRow& row) { return py::make_tuple(row.lower.worlds, row.lower.of); })
      .def_property_readonly("words", [](const EffectRow& row) { return as_object(row.words); })
      .def_readonly("decimals", &EffectRow::decimals);
  py::class_<Findings>(module, "Findings", "What a study says, for readers of a language.")
      .def(py::init<const py::dict&, const std::string&>(), py::arg("study"), py::arg("language"))
      .def(
          "effect_rows",
          [](const Findings& of, std::size_t scenario, bool with_person_years) {
            return effect_rows(of.page(), scenario, with_person_years);
          },
          py::arg("scenario"), py::arg("with_person_years"))
      .def(
          "value_rows", [](const Findings& of, std::size_t scenario) { return value_rows(of.page(), scenario); },
          py::arg("scenario"))
      .def("programme_title", [](const Findings& of,
                                 const std::string& name) { return as_object(programme_title(of.page().study, name)); })
      .def("fund_title",
           [](const Findings& of, const std::string& name) { return as_object(fund_title(of.page().study, name)); })
      .def("scenario_title", [](const Findings& of, std::size_t s) { return as_object(of.page().scenario_title(s)); })
      .def("warnings",
           [](const Findings& of) {
             py::list warnings;
             for (const Message& warning : study_warnings(of.page())) warnings.append(as_object(warning));
             return warnings;
           })
      .def_property_readonly("interval_name", [](const Findings& of) { return as_object(interval_name(of.page())); })
      .def_property_readonly("interval_sentence",
                             [](const Findings& of) { return as_object(interval_sentence(of.page())); })
      .def_property_readonly("persons", [](const Findings& of) { return scale(of.page().persons); })
      .def_property_readonly("money", [](const Findings& of) { return scale(of.page().money); });
}

}  // namespace

void bind_findings(py::module_& module) {
  bind_spread(module);
  bind_rows(module);
  module.def(
      "scale_of_persons",
      [](double most, const std::string& language) { return scale(scale_of_persons(most, language == "zh")); },
      py::arg("most"), py::arg("language"));
  module.def(
      "stream_title", [](const std::string& name) { return as_object(stream_title(name)); }, py::arg("name"));
  module.def("grouped", &grouped, py::arg("value"), py::arg("decimals"));
  module.def("decimals_for", &decimals_for, py::arg("largest"));
  module.def("wrapped", &wrapped, py::arg("text"), py::arg("width"));
}

}  // namespace tuopin::python
