// The study file: netCDF-4-compatible HDF5. Opens in xarray, h5py, ncdump and R as it is.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "engine/data/table.hpp"

namespace tuopin {

/// A dimension with its coordinate: names (scenario, place) or numbers (year, draw, line).
struct Dimension {
  std::string name;
  std::variant<std::vector<std::string>, std::vector<std::int64_t>, std::vector<double>> values;
  std::string unit, long_name;
  std::size_t size() const;
};

/// One array over named dimensions, row-major. Doubles use NaN for "not known".
struct Variable {
  std::string name;                     ///< "poverty_rate", or with one group: "ledger/amount"
  std::vector<std::string> dimensions;  ///< names; dimensions stand at the root
  std::string unit, long_name, long_name_zh, comment;
  std::variant<std::vector<double>, std::vector<std::int64_t>, std::vector<std::uint64_t>, std::vector<std::string>>
      values;
};

using Attribute = std::variant<std::string, std::int64_t, double>;

struct Study {
  std::map<std::string, Attribute> attributes;  ///< root attributes
  std::vector<Dimension> dimensions;
  std::vector<Variable> variables;
};

/// Of the layout: which variables there are, over what, and what they mean. A study of another is refused.
constexpr std::int64_t study_format_version = 2;

/// Writes to a temporary beside `path`, closes, syncs and renames: under `path` stands a whole file or none.
/// The bytes depend on `study` alone. Throws OutputError. The root attributes Conventions, format and format_version
/// are the writer's own: read_study leaves them out.
void write_study(const std::filesystem::path& path, const Study& study);
/// Reads a study back; DataError for a truncated file, one of another program or of another format version.
Study read_study(const std::filesystem::path& path);

/// The claim on an output file, held as a lock file beside it while the object exists. The constructor refuses if the
/// output exists (without `force`), if its folder cannot be written, or if another run holds the claim. The destructor
/// removes folders that it created and that are still empty. All errors are OutputError.
class OutputClaim {
 public:
  OutputClaim(std::filesystem::path path, bool force);
  ~OutputClaim();
  OutputClaim(const OutputClaim&) = delete;
  OutputClaim& operator=(const OutputClaim&) = delete;

 private:
  void release();
  std::filesystem::path path_, lock_path_;
  std::vector<std::filesystem::path> new_folders_;  ///< the innermost first
  int lock_ = -1;
};

[[noreturn]] void refuse_existing(const std::filesystem::path& path);

/// Hash over the root variables in sorted name order (name, unit, coordinates of the dimensions, values; every NaN is
/// one): "results" of a study. Groups, texts that describe and the order of the variables do not count.
std::string results_hash(const Study& study);  ///< 16 hexadecimal digits

/// Tables and attributes in one HDF5 file, one dataset a column (population cache). Same guarantees as write_study.
struct TableFile {
  std::map<std::string, Attribute> attributes;
  std::vector<Table> tables;                              ///< group = table name
  std::map<std::string, std::vector<std::string>> texts;  ///< "counties/name" → names
  std::map<std::string, std::string> labels;              ///< "persons/ethnicity" → names of its values, if not the
                                                          ///< codebook's
};
void write_tables(const std::filesystem::path& path, const TableFile& file);
/// `codebooks`: table name → its columns; every column must be there with its type and length. Throws DataError.
TableFile read_tables(const std::filesystem::path& path,
                      const std::map<std::string, std::vector<ColumnSpec>>& codebooks);

}  // namespace tuopin
