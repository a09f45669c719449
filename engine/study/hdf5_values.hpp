// What studies and tables share: numbers, texts, attributes and whole files in HDF5.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

#include "engine/study/hdf5_handles.hpp"
#include "engine/study/study.hpp"

namespace tuopin {

/// Type in memory and type in the file. Files are little-endian everywhere, so that equal data are equal bytes.
struct NumberType {
  hid_t memory, file;
};

template <typename Number>
NumberType number_type() {
  if constexpr (std::is_same_v<Number, std::uint8_t>)
    return {H5T_NATIVE_UINT8, H5T_STD_U8LE};
  else if constexpr (std::is_same_v<Number, std::uint16_t>)
    return {H5T_NATIVE_UINT16, H5T_STD_U16LE};
  else if constexpr (std::is_same_v<Number, std::uint32_t>)
    return {H5T_NATIVE_UINT32, H5T_STD_U32LE};
  else if constexpr (std::is_same_v<Number, std::uint64_t>)
    return {H5T_NATIVE_UINT64, H5T_STD_U64LE};
  else if constexpr (std::is_same_v<Number, std::int32_t>)
    return {H5T_NATIVE_INT32, H5T_STD_I32LE};
  else if constexpr (std::is_same_v<Number, std::int64_t>)
    return {H5T_NATIVE_INT64, H5T_STD_I64LE};
  else if constexpr (std::is_same_v<Number, float>)
    return {H5T_NATIVE_FLOAT, H5T_IEEE_F32LE};
  else {
    static_assert(std::is_same_v<Number, double>);
    return {H5T_NATIVE_DOUBLE, H5T_IEEE_F64LE};
  }
}

using Extents = std::vector<hsize_t>;

// --- writing ---

/// A file in memory: HDF5 never touches the disk, so a full disk cannot bring it down.
class ImageFile {
 public:
  explicit ImageFile(std::size_t growth);  ///< bytes by which the memory grows
  operator hid_t() const { return file_; }
  /// Closes the file and writes it whole under `path`; `sealed` puts its checksum behind it (seal.hpp).
  void write_to(const std::filesystem::path& path, bool sealed = false);

 private:
  struct Memory;
  std::shared_ptr<Memory> memory_;  // outlives the file, which hands it over when it closes
  H5Id file_;
};

/// Groups and datasets without times, with creation order tracked (netCDF-C needs it).
H5Id create_group(hid_t place, const std::string& name);
H5Id dataset_properties();
H5Id create_dataset(hid_t place, const std::string& name, hid_t file_type, const Extents& extents, hid_t properties);
H5Id text_type();  ///< variable-length UTF-8

void write_values(hid_t dataset, const std::vector<std::string>& texts);
template <typename Number>
void write_values(hid_t dataset, const std::vector<Number>& numbers) {
  if (!numbers.empty())
    h5(H5Dwrite(dataset, number_type<Number>().memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, numbers.data()),
       msgid("writing values"));
}

void write_attribute(hid_t object, const std::string& name, const Attribute& value);
void write_text_if_any(hid_t object, const std::string& name, std::string_view text);  ///< nothing where empty

// --- reading ---

/// Opens a file. May be called only in a sandboxed process (read_sandboxed.hpp), or for a file with a valid seal
/// (seal.hpp).
H5Id open_file(const std::filesystem::path& path);
/// Checks that an open file is one of ours: `kind` ("tuopin study") and version. Throws DataError.
void check_kind(hid_t file, const std::filesystem::path& path, const std::string& kind, std::int64_t version);
/// Marks a file as one that open_checked takes.
void write_kind(hid_t file, const std::string& kind, std::int64_t version);
bool is_mark(const std::string& attribute);  ///< written by write_kind, or Conventions

/// Adds up the sizes that a file declares while it is read and checks them against limits.hpp, so that no memory is
/// allocated for false sizes. Throws Hdf5Error.
class Account {
 public:
  void objects(std::size_t count);
  /// Of a dataset, before its values are read; refuses values that stand in another file, too.
  void values(hid_t dataset);

 private:
  std::uint64_t bytes_ = 0;
  std::size_t objects_ = 0;
};

std::vector<std::string> link_names(hid_t group, Account& account);  ///< in creation order
/// Follows hard links only: other links may form cycles or lead to other files.
H5Id open_object(hid_t place, const std::string& name);
bool is_group(hid_t object);
bool is_dataset(hid_t object);
Extents extents_of(hid_t dataset);
std::size_t elements(const Extents& extents);  ///< throws Hdf5Error where the product is no number of this machine
/// Class, size and sign of the stored numbers, as a codebook says them ("u8", …, "f64"), "text" or "other".
std::string stored_type(hid_t dataset);

std::vector<std::string> read_texts(hid_t dataset);
template <typename Number>
void read_numbers(hid_t dataset, std::vector<Number>& numbers) {
  numbers.resize(elements(extents_of(dataset)));
  if (!numbers.empty())
    h5(H5Dread(dataset, number_type<Number>().memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, numbers.data()),
       msgid("reading values"));
}

/// All attributes that are one text, whole number or double; others are left out.
std::map<std::string, Attribute> read_attributes(hid_t object, Account& account);
std::string read_text_attribute(hid_t object, const std::string& name);  ///< "" where there is none

// --- whole files, already open: what read_study and read_tables do in their sandboxed process ---

Study study_in(hid_t file, const std::filesystem::path& path);
TableFile tables_in(hid_t file, const std::filesystem::path& path,
                    const std::map<std::string, std::vector<ColumnSpec>>& codebooks);

}  // namespace tuopin
