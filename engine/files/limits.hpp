// What a file may hold at most. Files are sent by strangers too, so each limit is one that no honest file comes near
// and that a machine of 4 GiB survives. What reaches one is refused by name; docs/formats.md lists them.
#pragma once

#include <cstddef>
#include <cstdint>

namespace tuopin {

// Tables (CSV). Cells are held as texts, about 40 bytes each.
inline constexpr std::size_t max_csv_bytes = std::size_t{64} << 20;
inline constexpr std::size_t max_csv_rows = 200'000;
inline constexpr std::size_t max_csv_columns = 64;
inline constexpr std::size_t max_cell_bytes = std::size_t{64} << 10;
inline constexpr std::size_t max_csv_problems = 200;  ///< then a file is of another kind, and nobody reads on

// Studies and populations (HDF5).
inline constexpr std::uint64_t max_hdf5_values_bytes = std::uint64_t{4} << 30;  ///< all values of a file together
inline constexpr std::uint64_t max_hdf5_objects = 10'000;                       ///< tables, variables, attributes
/// Values for each byte that is stored: deflate packs 1,032 bytes into one at best.
inline constexpr std::uint64_t max_hdf5_expansion = 1'100;
inline constexpr std::uint64_t small_hdf5_values_bytes = std::uint64_t{1} << 20;  ///< below, expansion is not asked
/// Beside its values the process that reads may use this much memory.
inline constexpr std::uint64_t hdf5_working_bytes = std::uint64_t{1} << 30;
/// Seconds of computing that reading may take: so many for any file, and one more for so many bytes of it.
inline constexpr std::uint64_t hdf5_seconds = 10, hdf5_bytes_a_second = std::uint64_t{4} << 20;
inline constexpr int first_possible_year = 1900, last_possible_year = 2200;  ///< that a file may name

}  // namespace tuopin
