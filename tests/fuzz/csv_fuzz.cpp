// Any bytes as a table: read or refused; all cells of what was read can be asked for, as texts and as numbers.
#include <cmath>

#include "engine/files/limits.hpp"
#include "engine/settings/csv.hpp"
#include "tests/fuzz/fuzz_tools.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tuopin;
  static const fuzz::MemoryFile file;
  std::vector<Problem> problems;
  const CsvFile csv(file.holding(fuzz::as_text(data, size)), {"name", "value"}, {"note"}, problems);
  fuzz::must(csv.rows() <= max_csv_rows && problems.size() <= max_csv_problems + max_csv_columns + 8, "limits hold");
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    for (const char* column : {"name", "note", "absent"})
      fuzz::must(csv.text(row, column).size() <= max_cell_bytes, "cells are short");
    const std::size_t before = problems.size();
    const double value = csv.number(row, "value", problems);
    fuzz::must(std::isfinite(value) || problems.size() > before || before > 0, "no number is a problem");
    csv.number(row, "note", problems, true);
    fuzz::must(csv.origin(row).line >= 1, "every row has a line");
  }
  fuzz::must_be_readable(problems);
  return 0;
}
