// Reading of CSV. The lines come from fast-cpp-csv-parser's LineReader; its column reader wants the number of columns
// at compile time and knows no line breaks inside quotes, so the cells are split here as RFC 4180 says.
#include "engine/files/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

#define CSV_IO_NO_THREAD
#include <libfccp/csv.h>

#include "engine/files/limits.hpp"
#include "engine/files/settings.hpp"
#include "engine/files/settings_text.hpp"

namespace tuopin {

namespace {

/// Splits records into cells; a record spans several lines where a quoted cell does.
class RecordReader {
 public:
  RecordReader(const std::string& name, const std::string& text)
      : lines_(name, text.data(), text.data() + text.size()), name_(name) {}

  /// The next record that is not blank, or nothing at the end or after an error (then `error` says which).
  std::optional<std::vector<std::string>> next() {
    while (const char* line = lines_.next_line()) {
      record_line = static_cast<int>(lines_.get_file_line());
      if (*line == '\0') continue;
      std::vector<std::string> cells(1);
      if (!split(line, cells)) return std::nullopt;
      return cells;
    }
    return std::nullopt;
  }

  int record_line = 0;  ///< where the record began
  std::string error;

 private:
  bool split(const char* at, std::vector<std::string>& cells) {
    bool quoted = false, was_quoted = false;
    while (true) {
      std::string& cell = cells.back();
      const char c = *at;
      if (c == '\0') {
        if (!quoted) return true;
        at = lines_.next_line();
        if (!at) return fail("a quoted cell is never closed");
        cell += '\n';
        continue;
      }
      ++at;
      if (quoted) {
        if (c == '"' && *at == '"') {
          cell += *at++;
        } else if (c == '"') {
          quoted = false;
        } else {
          cell += c;
        }
      } else if (c == ',') {
        if (cells.size() == max_csv_columns) return fail(fmt::format("row has more than {} cells", max_csv_columns));
        cells.emplace_back();
        was_quoted = false;
      } else if (c == '"' && cell.empty() && !was_quoted) {
        quoted = was_quoted = true;
      } else if (c == '"' || was_quoted) {
        return fail(c == '"' ? "a quote stands inside a cell; write it twice and quote the cell"
                             : "text follows a closing quote");
      } else {
        cell += c;
      }
      if (cells.back().size() > max_cell_bytes) return fail("a cell is larger than 64 KiB");
    }
  }

  bool fail(std::string message) {
    error = std::move(message);
    return false;
  }

  io::LineReader lines_;
  std::string name_;
};

std::string trimmed(const std::string& cell) {
  const std::size_t begin = cell.find_first_not_of(" \t"), end = cell.find_last_not_of(" \t");
  return begin == std::string::npos ? "" : cell.substr(begin, end - begin + 1);
}

/// Unknown, repeated and missing columns.
void check_header(const std::vector<std::string>& header, const std::vector<std::string>& columns,
                  const std::vector<std::string>& optional, const Origin& origin, std::vector<Problem>& problems) {
  std::vector<std::string> known = columns;
  known.insert(known.end(), optional.begin(), optional.end());
  for (auto name = header.begin(); name != header.end(); ++name) {
    if (std::find(known.begin(), known.end(), *name) == known.end()) {
      std::string hint = did_you_mean(*name, known);
      if (hint.empty()) hint = "known: " + quoted_list(known);
      problems.push_back({origin, *name, "unknown column", std::move(hint)});
    } else if (std::find(header.begin(), name, *name) != name) {
      problems.push_back({origin, *name, "column stands twice", ""});
    }
  }
  for (const std::string& name : columns)
    if (std::find(header.begin(), header.end(), name) == header.end())
      problems.push_back({origin, name, "column is missing", ""});
}

}  // namespace

CsvFile::CsvFile(std::filesystem::path path, const std::vector<std::string>& columns,
                 const std::vector<std::string>& optional, std::vector<Problem>& problems)
    : path_(std::move(path)) {
  auto text = read_text_file(path_, max_csv_bytes, problems);
  if (!text) return;
  *text += '\n';  // LineReader looks one byte beyond a last line that is not closed
  const auto refuse = [&](int line, std::string message) {
    problems.push_back({{path_.string(), line, 0}, "", std::move(message), ""});
  };
  try {
    RecordReader records(path_.string(), *text);
    const auto header = records.next();
    if (!header) {
      refuse(records.record_line, records.error.empty() ? "is empty, expected a header" : records.error);
      return;
    }
    for (const char separator : {';', '\t', '|'})
      if (header->size() == 1 && header->front().find(separator) != std::string::npos) {
        problems.push_back({{path_.string(), records.record_line, 0},
                            "",
                            fmt::format("its cells are separated by {}, expected commas",
                                        separator == '\t' ? "tabs" : in_quotes(std::string(1, separator))),
                            "save it as CSV with commas"});
        return;
      }
    for (const std::string& name : *header) header_.push_back(trimmed(name));
    check_header(header_, columns, optional, {path_.string(), records.record_line, 0}, problems);
    const std::size_t before = problems.size();
    while (auto cells = records.next()) {
      if (cells_.size() == max_csv_rows) {
        refuse(records.record_line, fmt::format("has more than {} rows", max_csv_rows));
        return;
      }
      if (cells->size() != header_.size()) {
        if (problems.size() - before >= max_csv_problems) return;  // a file of another kind: nobody reads on
        refuse(records.record_line, fmt::format("row has {} cells, the header has {}", cells->size(), header_.size()));
        continue;
      }
      cells_.push_back(std::move(*cells));
      lines_.push_back(records.record_line);
    }
    if (!records.error.empty()) refuse(records.record_line, records.error);
  } catch (const io::error::base& error) {
    refuse(0, error.what());
  }
}

const std::string& CsvFile::text(std::size_t row, std::string_view column) const {
  static const std::string empty;
  const auto name = std::find(header_.begin(), header_.end(), column);
  return name == header_.end() ? empty : cells_.at(row)[static_cast<std::size_t>(name - header_.begin())];
}

double CsvFile::number(std::size_t row, std::string_view column, std::vector<Problem>& problems,
                       bool empty_is_nan) const {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  // A missing column has been reported once for the whole file.
  if (std::find(header_.begin(), header_.end(), column) == header_.end()) return nan;
  const std::string cell = trimmed(text(row, column));
  if (cell.empty() && empty_is_nan) return nan;
  double value = nan;
  const char* const end = cell.data() + cell.size();
  const auto result = std::from_chars(cell.data(), end, value);
  if (!cell.empty() && result.ec == std::errc{} && result.ptr == end && std::isfinite(value)) return value;
  problems.push_back({origin(row), std::string(column),
                      cell.empty() ? "is empty, expected a number"
                                   : fmt::format("is {}, expected a number", in_quotes(shortened(cell))),
                      cell.find(',') != std::string::npos ? "write 1234.5 without separators"
                      : cell.ends_with('%')               ? "percent are written as shares: 0.05 for 5%"
                                                          : ""});
  return nan;
}

Origin CsvFile::origin(std::size_t row) const { return {path_.string(), lines_.at(row), 0}; }

}  // namespace tuopin
