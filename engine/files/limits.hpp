// Limits on the size of input files. Files may come from untrusted sources, so each limit is far above any legitimate
// file and low enough for a machine with 4 GiB. A file that reaches a limit is refused with the name of the limit;
// docs/formats.md lists them.
#pragma once

#include <cstddef>
#include <cstdint>

namespace tuopin {

// Tables (CSV). Cells are held as texts, about 40 bytes each.
inline constexpr std::size_t max_csv_bytes = std::size_t{64} << 20;
inline constexpr std::size_t max_csv_rows = 200'000;
inline constexpr std::size_t max_csv_columns = 64;
inline constexpr std::size_t max_cell_bytes = std::size_t{64} << 10;
inline constexpr std::size_t max_csv_problems = 200;  ///< more: probably a file of another kind, reading stops

// Studies and populations (HDF5).
inline constexpr std::uint64_t max_hdf5_values_bytes = std::uint64_t{4} << 30;  ///< all values of a file together
inline constexpr std::uint64_t max_hdf5_objects = 10'000;                       ///< tables, variables, attributes
/// Values for each byte that is stored: deflate packs 1,032 bytes into one at best.
inline constexpr std::uint64_t max_hdf5_expansion = 1'100;
inline constexpr std::uint64_t small_hdf5_values_bytes = std::uint64_t{1} << 20;  ///< smaller: expansion is not checked
/// Memory that the reading process may use in addition to the values.
inline constexpr std::uint64_t hdf5_working_bytes = std::uint64_t{1} << 30;
/// Processor seconds that reading may take: hdf5_seconds for any file, plus one for each hdf5_bytes_a_second bytes.
inline constexpr std::uint64_t hdf5_seconds = 10, hdf5_bytes_a_second = std::uint64_t{4} << 20;
inline constexpr int first_possible_year = 1900, last_possible_year = 2200;  ///< that a file may name

}  // namespace tuopin
