#include "python/bindings/problems.hpp"

namespace tuopin::python {

namespace py = pybind11;

namespace {

/// Text of a file or of a user may hold bytes that are not UTF-8.
py::str as_text(const std::string& text) {
  return py::reinterpret_steal<py::str>(
      PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "backslashreplace"));
}

}  // namespace

py::object as_object(const Message& message) {
  py::list values;
  for (const Message& value : message.values()) values.append(as_object(value));
  switch (message.kind()) {
    case Message::Kind::verbatim: return as_text(message.text());
    case Message::Kind::both: return py::make_tuple("both", as_text(message.text()), values[0]);
    case Message::Kind::together: return py::make_tuple("together", values);
    case Message::Kind::catalogue: break;
  }
  if (message.empty()) return py::str("");
  return py::make_tuple("text", as_text(message.text()), values);
}

py::list problems_of(const Error& error) {
  py::list problems;
  for (const Problem& problem : error.problems())
    problems.append(py::make_tuple(as_text(problem.origin.file), problem.origin.line, problem.origin.column,
                                   as_text(problem.key), as_object(problem.message), as_object(problem.hint)));
  return problems;
}

}  // namespace tuopin::python
