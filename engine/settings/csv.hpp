// CSV with a header row, UTF-8, quotes as in RFC 4180. Each cell keeps its line number for error messages. Additions of
// spreadsheets are ignored: `sep=;` in the first line, empty rows and trailing empty columns, blanks around cells.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/errors.hpp"

namespace tuopin {

/// One CSV file in memory. All getters report what is wrong to the Problems list that the file was read with.
class CsvFile {
 public:
  /// Reads the file; `columns` must all be there, columns neither in `columns` nor in `optional` are refused with the
  /// nearest valid name. Problems (missing file, ragged row, unknown column) are appended to `problems`. A row may end
  /// early where all that it lacks stands in `may_be_empty`: spreadsheets leave out the last separators.
  CsvFile(std::filesystem::path path, const std::vector<std::string>& columns, const std::vector<std::string>& optional,
          std::vector<Problem>& problems, const std::vector<std::string>& may_be_empty = {});

  std::size_t rows() const { return cells_.size(); }
  bool has(std::string_view column) const;
  /// The cell without the blanks around it; empty where the column is absent.
  const std::string& text(std::size_t row, std::string_view column) const;
  /// A number; an empty or malformed cell is a problem (returns NaN) unless `empty_is_nan`.
  double number(std::size_t row, std::string_view column, std::vector<Problem>& problems,
                bool empty_is_nan = false) const;
  Origin origin(std::size_t row) const;
  const std::filesystem::path& path() const { return path_; }

 private:
  void read(const std::string& text, const std::vector<std::string>& columns, const std::vector<std::string>& optional,
            const std::vector<std::string>& may_be_empty, std::vector<Problem>& problems);
  void add_row(std::vector<std::string> cells, int line, const std::vector<std::string>& may_be_empty,
               std::vector<Problem>& problems);

  std::filesystem::path path_;
  std::vector<std::string> header_;
  std::vector<std::vector<std::string>> cells_;
  std::vector<int> lines_;
};

}  // namespace tuopin
