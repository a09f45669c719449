// Writing half of hdf5_values.hpp.
#include <cstdlib>
#include <cstring>
#include <new>

#include "engine/files/seal.hpp"
#include "engine/files/whole_file.hpp"
#include "engine/study/hdf5_values.hpp"

namespace tuopin {

namespace {

constexpr unsigned in_order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;

/// No clock in any object header: equal studies are equal bytes.
void without_times_in_order(hid_t properties) {
  h5(H5Pset_obj_track_times(properties, false), msgid("setting properties"));
  h5(H5Pset_attr_creation_order(properties, in_order), msgid("setting properties"));
}

/// The length of a closed file as its superblock (version 2 or 3, which libver 1.8 and later write) states it: eight
/// little-endian bytes at 28. The memory itself is longer, being a multiple of `growth`.
std::size_t stated_length(const char* image) {
  constexpr std::size_t end_of_file_address = 28;
  std::uint64_t length = 0;
  for (std::size_t byte = 8; byte-- > 0;)
    length = length << 8 | static_cast<unsigned char>(image[end_of_file_address + byte]);
  return static_cast<std::size_t>(length);
}

}  // namespace

/// The bytes of the file. Taken over when HDF5 closes it: H5Fget_file_image of HDF5 1.10.8 gives an image with a wrong
/// superblock checksum for files of libver 1.8, and would cost a copy.
struct ImageFile::Memory {
  char* bytes = nullptr;
  std::size_t size = 0;

  Memory() = default;
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;
  ~Memory() { std::free(bytes); }

  static void* resize(void*, std::size_t size, H5FD_file_image_op_t, void* self) {
    Memory& memory = *static_cast<Memory*>(self);
    char* const bytes = static_cast<char*>(std::realloc(memory.bytes, size));
    if (bytes == nullptr) return nullptr;
    if (size > memory.size) std::memset(bytes + memory.size, 0, size - memory.size);  // equal studies are equal bytes
    memory.bytes = bytes;
    memory.size = size;
    return bytes;
  }
  static herr_t keep(void*, H5FD_file_image_op_t, void*) { return 0; }
  static void* same(void* self) { return self; }
  static herr_t leave(void*) { return 0; }
};

ImageFile::ImageFile(std::size_t growth) : memory_(std::make_shared<Memory>()) {
  start_hdf5();
  H5Id access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, msgid("creating file access properties"));
  h5(H5Pset_fapl_core(access, growth, false), msgid("choosing a file in memory"));
  H5FD_file_image_callbacks_t callbacks{nullptr,      nullptr,       Memory::resize, Memory::keep,
                                        Memory::same, Memory::leave, memory_.get()};
  h5(H5Pset_file_image_callbacks(access, &callbacks), msgid("choosing a file in memory"));
  // 1.8: the oldest format with creation order and checksums; up to 1.10: read by every HDF5 since 2016.
  h5(H5Pset_libver_bounds(access, H5F_LIBVER_V18, H5F_LIBVER_V110), msgid("setting the file format"));
  H5Id creation(H5Pcreate(H5P_FILE_CREATE), H5Pclose, msgid("creating file properties"));
  without_times_in_order(creation);
  h5(H5Pset_link_creation_order(creation, in_order), msgid("setting properties"));
  file_ = H5Id(H5Fcreate("in memory", H5F_ACC_TRUNC, creation, access), H5Fclose, msgid("creating a file in memory"));
}

void ImageFile::write_to(const std::filesystem::path& path, bool sealed) {
  file_.close(msgid("closing the file"));
  std::size_t length = stated_length(memory_->bytes);
  if (length > memory_->size) throw Hdf5Error(message("closing the file: its length is inconsistent"));
  if (sealed) {
    const Seal seal = seal_of(memory_->bytes, length);
    if (length + seal.size() > memory_->size &&
        !Memory::resize(nullptr, length + seal.size(), H5FD_FILE_IMAGE_OP_FILE_RESIZE, memory_.get()))
      throw std::bad_alloc();
    std::memcpy(memory_->bytes + length, seal.data(), seal.size());
    length += seal.size();
  }
  write_whole_file(path, memory_->bytes, length);
}

H5Id create_group(hid_t place, const std::string& name) {
  H5Id properties(H5Pcreate(H5P_GROUP_CREATE), H5Pclose, msgid("creating properties"));
  without_times_in_order(properties);
  h5(H5Pset_link_creation_order(properties, in_order), msgid("setting properties"));
  return H5Id(H5Gcreate2(place, name.c_str(), H5P_DEFAULT, properties, H5P_DEFAULT), H5Gclose,
              msgid("creating a group"));
}

H5Id dataset_properties() {
  H5Id properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, msgid("creating properties"));
  without_times_in_order(properties);
  return properties;
}

H5Id create_dataset(hid_t place, const std::string& name, hid_t file_type, const Extents& extents, hid_t properties) {
  H5Id space(extents.empty() ? H5Screate(H5S_SCALAR)
                             : H5Screate_simple(static_cast<int>(extents.size()), extents.data(), nullptr),
             H5Sclose, msgid("describing the shape"));
  return H5Id(H5Dcreate2(place, name.c_str(), file_type, space, H5P_DEFAULT, properties, H5P_DEFAULT), H5Dclose,
              msgid("creating a variable"));
}

H5Id text_type() {
  H5Id type(H5Tcopy(H5T_C_S1), H5Tclose, msgid("describing texts"));
  h5(H5Tset_size(type, H5T_VARIABLE), msgid("describing texts"));
  h5(H5Tset_cset(type, H5T_CSET_UTF8), msgid("describing texts"));
  return type;
}

void write_values(hid_t dataset, const std::vector<std::string>& texts) {
  if (texts.empty()) return;
  std::vector<const char*> pointers;
  for (const std::string& text : texts) pointers.push_back(text.c_str());
  h5(H5Dwrite(dataset, text_type(), H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()), msgid("writing texts"));
}

void write_attribute(hid_t object, const std::string& name, const Attribute& value) {
  H5Id space(H5Screate(H5S_SCALAR), H5Sclose, msgid("describing an attribute"));
  const auto create = [&](hid_t type) {
    return H5Id(H5Acreate2(object, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
                msgid("creating an attribute"));
  };
  if (const auto* text = std::get_if<std::string>(&value)) {
    const H5Id type = text_type();
    const char* pointer = text->c_str();
    h5(H5Awrite(create(type), type, &pointer), msgid("writing an attribute"));
  } else if (const auto* whole = std::get_if<std::int64_t>(&value)) {
    h5(H5Awrite(create(H5T_STD_I64LE), H5T_NATIVE_INT64, whole), msgid("writing an attribute"));
  } else {
    h5(H5Awrite(create(H5T_IEEE_F64LE), H5T_NATIVE_DOUBLE, &std::get<double>(value)), msgid("writing an attribute"));
  }
}

void write_text_if_any(hid_t object, const std::string& name, std::string_view text) {
  if (!text.empty()) write_attribute(object, name, std::string(text));
}

void write_kind(hid_t file, const std::string& kind, std::int64_t version) {
  write_attribute(file, "Conventions", std::string("CF-1.10"));
  write_attribute(file, "format", kind);
  write_attribute(file, "format_version", version);
}

bool is_mark(const std::string& attribute) {
  return attribute == "Conventions" || attribute == "format" || attribute == "format_version";
}

}  // namespace tuopin
