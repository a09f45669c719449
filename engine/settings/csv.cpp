// Reading of CSV. The lines come from fast-cpp-csv-parser's LineReader; its column reader wants the number of columns
// at compile time and knows no line breaks inside quotes, so the cells are split here as RFC 4180 says.
#include "engine/settings/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#define CSV_IO_NO_THREAD
#include <libfccp/csv.h>

#include "engine/files/limits.hpp"
#include "engine/settings/cells.hpp"
#include "engine/settings/settings.hpp"
#include "engine/settings/settings_text.hpp"

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
  char separator = ',';
  Message error;

 private:
  bool split(const char* at, std::vector<std::string>& cells) {
    bool quoted = false, was_quoted = false;
    while (true) {
      std::string& cell = cells.back();
      const char c = *at;
      if (c == '\0') {
        if (!quoted) return true;
        at = lines_.next_line();
        if (!at) return fail(message("a quoted cell is never closed"));
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
      } else if (c == separator) {
        if (cells.size() == max_csv_columns) return fail(message("row has more than {} cells", max_csv_columns));
        cells.emplace_back();
        was_quoted = false;
      } else if (c == '"' && cell.empty() && !was_quoted) {
        quoted = was_quoted = true;
      } else if (c == '"' || was_quoted) {
        return fail(c == '"' ? message("a quote stands inside a cell; write it twice and quote the cell")
                             : message("text follows a closing quote"));
      } else {
        cell += c;
      }
      if (cells.back().size() > max_cell_bytes) return fail(message("a cell is larger than 64 KiB"));
    }
  }

  bool fail(Message what) {
    error = std::move(what);
    return false;
  }

  io::LineReader lines_;
  std::string name_;
};

/// The separator that a spreadsheet's first line `sep=;` names; 0 where it is none.
char separator_of(const std::vector<std::string>& cells) {
  std::string first = trimmed_cell(cells.front());
  for (char& c : first)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  const auto blank = [](const std::string& cell) { return trimmed_cell(cell).empty(); };
  if (!first.starts_with("sep=") || !std::all_of(cells.begin() + 1, cells.end(), blank)) return 0;
  if (first.size() == 4) return cells.front().size() > 4 ? '\t' : cells.size() > 1 ? ',' : char{0};
  return first.size() == 5 && std::string(";|,").find(first[4]) != std::string::npos ? first[4] : char{0};
}

/// Unknown, repeated and missing columns.
void check_header(const std::vector<std::string>& header, const std::vector<std::string>& columns,
                  const std::vector<std::string>& optional, const Origin& origin, std::vector<Problem>& problems) {
  std::vector<std::string> known = columns;
  known.insert(known.end(), optional.begin(), optional.end());
  for (auto name = header.begin(); name != header.end(); ++name) {
    if (name->empty()) {
      problems.push_back({origin, fmt::format("column {}", name - header.begin() + 1), message("has no name"), ""});
    } else if (std::find(known.begin(), known.end(), *name) == known.end()) {
      Message hint = did_you_mean(*name, known);
      if (hint.empty()) hint = message("known: {}", quoted_list(known));
      const std::string seen = invisible_character(*name);
      problems.push_back({origin, seen.empty() ? *name : visible(*name), message("unknown column"), std::move(hint)});
    } else if (std::find(header.begin(), name, *name) != name) {
      problems.push_back({origin, *name, message("column stands twice"), ""});
    }
  }
  for (const std::string& name : columns)
    if (std::find(header.begin(), header.end(), name) == header.end())
      problems.push_back({origin, name, message("column is missing"), ""});
}

}  // namespace

CsvFile::CsvFile(std::filesystem::path path, const std::vector<std::string>& columns,
                 const std::vector<std::string>& optional, std::vector<Problem>& problems,
                 const std::vector<std::string>& may_be_empty)
    : path_(std::move(path)) {
  auto text = read_text_file(path_, max_csv_bytes, problems);
  if (!text) return;
  *text += '\n';  // LineReader looks one byte beyond a last line that is not closed
  try {
    read(*text, columns, optional, may_be_empty, problems);
  } catch (const io::error::base& error) {
    problems.push_back({{path_.string(), 0, 0}, "", message("in the parser's own words: \"{}\"", error.what()), ""});
  }
}

void CsvFile::read(const std::string& text, const std::vector<std::string>& columns,
                   const std::vector<std::string>& optional, const std::vector<std::string>& may_be_empty,
                   std::vector<Problem>& problems) {
  const auto refuse = [&](int line, Message what, Message hint = "") {
    problems.push_back({{path_.string(), line, 0}, "", std::move(what), std::move(hint)});
  };
  RecordReader records(path_.string(), text);
  auto header = records.next();
  const char named = header ? separator_of(*header) : char{0};
  if (named) {
    records.separator = named;
    header = records.next();
  }
  if (!header)
    return refuse(records.record_line, records.error.empty() ? message("is empty, expected a header") : records.error);
  for (const char separator : {';', '\t', '|'})
    if (header->size() == 1 && header->front().find(separator) != std::string::npos)
      return refuse(records.record_line,
                    separator == '\t' ? message("its cells are separated by tabs, expected commas")
                                      : message("its cells are separated by {}, expected commas",
                                                in_quotes(std::string(1, separator))),
                    message("save it as CSV with commas"));
  for (const std::string& name : *header) header_.push_back(trimmed_cell(name));
  while (header_.size() > 1 && header_.back().empty()) header_.pop_back();
  check_header(header_, columns, optional, {path_.string(), records.record_line, 0}, problems);
  const std::size_t before = problems.size();
  while (auto cells = records.next()) {
    if (cells_.size() == max_csv_rows)
      return refuse(records.record_line, message("has more than {} rows", max_csv_rows));
    if (problems.size() - before >= max_csv_problems) return;  // probably a file of another kind: reading stops
    add_row(std::move(*cells), records.record_line, may_be_empty, problems);
  }
  if (!records.error.empty()) refuse(records.record_line, records.error);
}

void CsvFile::add_row(std::vector<std::string> cells, int line, const std::vector<std::string>& may_be_empty,
                      std::vector<Problem>& problems) {
  for (std::string& cell : cells) cell = trimmed_cell(cell);
  const auto blank = [](const std::string& cell) { return cell.empty(); };
  if (std::all_of(cells.begin(), cells.end(), blank)) return;
  const std::size_t given = cells.size();
  while (cells.size() > header_.size() && cells.back().empty()) cells.pop_back();
  bool whole = cells.size() <= header_.size();
  for (std::size_t i = cells.size(); i < header_.size(); ++i)
    whole = whole && std::find(may_be_empty.begin(), may_be_empty.end(), header_[i]) != may_be_empty.end();
  if (!whole) {
    problems.push_back(
        {{path_.string(), line, 0}, "", message("row has {} cells, the header has {}", given, header_.size()), ""});
    return;
  }
  cells.resize(header_.size());
  cells_.push_back(std::move(cells));
  lines_.push_back(line);
}

bool CsvFile::has(std::string_view column) const {
  return std::find(header_.begin(), header_.end(), column) != header_.end();
}

const std::string& CsvFile::text(std::size_t row, std::string_view column) const {
  static const std::string empty;
  const auto name = std::find(header_.begin(), header_.end(), column);
  return name == header_.end() ? empty : cells_.at(row)[static_cast<std::size_t>(name - header_.begin())];
}

double CsvFile::number(std::size_t row, std::string_view column, std::vector<Problem>& problems,
                       bool empty_is_nan) const {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  if (!has(column)) return nan;  // has been reported once for the whole file
  const std::string& cell = text(row, column);
  if (cell.empty() && empty_is_nan) return nan;
  const CellNumber number = number_of_cell(cell);
  if (number.value) return *number.value;
  problems.push_back({origin(row), std::string(column),
                      cell.empty() ? message("is empty, expected {}", message("a number"))
                                   : message("is {}, expected {}", visible(cell), message("a number")),
                      number.hint});
  return nan;
}

Origin CsvFile::origin(std::size_t row) const { return {path_.string(), lines_.at(row), 0}; }

}  // namespace tuopin
