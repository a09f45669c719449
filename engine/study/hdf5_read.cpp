// Reading half of hdf5_values.hpp.
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <system_error>

#include "engine/base/errors.hpp"
#include "engine/files/limits.hpp"
#include "engine/study/hdf5_values.hpp"

namespace tuopin {

namespace {

[[noreturn]] void refuse_file(const std::filesystem::path& path, Message message, Message hint = "") {
  throw DataError({Problem{Origin{path.string(), 0, 0}, "", std::move(message), std::move(hint)}});
}

/// Refuses with the system's reason what cannot be opened at all, and an empty file: HDF5 would say only "unable".
void check_readable(const std::filesystem::path& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) refuse_file(path, message("is a folder, expected a file"));
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) refuse_file(path, message("cannot read: {}", system_reason(errno)));
  const bool empty = std::fgetc(file) == EOF;
  std::fclose(file);
  if (empty) refuse_file(path, message("is empty"));
}

std::size_t points(hid_t space) {
  return static_cast<std::size_t>(h5(H5Sget_simple_extent_npoints(space), msgid("counting")));
}

bool is_text(hid_t type) { return H5Tget_class(type) == H5T_STRING && H5Tis_variable_str(type) > 0; }

/// Calls `read` to fill pointers, copies the texts and returns the memory to HDF5.
template <typename Read>
std::vector<std::string> take_texts(hid_t space, const Read& read) {
  std::vector<char*> pointers(points(space), nullptr);
  if (pointers.empty()) return {};
  const H5Id type = text_type();
  h5(read(type, pointers.data()), msgid("reading texts"));
  std::vector<std::string> texts;
  for (const char* pointer : pointers) texts.emplace_back(pointer == nullptr ? "" : pointer);
  h5(H5Dvlen_reclaim(type, space, H5P_DEFAULT, pointers.data()), msgid("releasing texts"));
  return texts;
}

/// The attribute where it is one text, whole number or double.
bool read_attribute(hid_t object, const std::string& name, Attribute& value) {
  const H5Id attribute(H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose, msgid("opening an attribute"));
  const H5Id type(H5Aget_type(attribute), H5Tclose, msgid("reading an attribute's type"));
  const H5Id space(H5Aget_space(attribute), H5Sclose, msgid("reading an attribute's shape"));
  if (points(space) != 1) return false;
  if (is_text(type)) {
    value = take_texts(space, [&](hid_t memory, char** to) { return H5Aread(attribute, memory, to); }).at(0);
  } else if (H5Tget_class(type) == H5T_INTEGER) {
    std::int64_t whole = 0;
    h5(H5Aread(attribute, H5T_NATIVE_INT64, &whole), msgid("reading an attribute"));
    value = whole;
  } else if (H5Tget_class(type) == H5T_FLOAT) {
    double number = 0;
    h5(H5Aread(attribute, H5T_NATIVE_DOUBLE, &number), msgid("reading an attribute"));
    value = number;
  } else {
    return false;
  }
  return true;
}

}  // namespace

H5Id open_file(const std::filesystem::path& path) {
  start_hdf5();
  check_readable(path);
  if (H5Fis_hdf5(path.c_str()) <= 0) refuse_file(path, message("is not an HDF5 file"));
  H5Id access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, msgid("creating file access properties"));
  // Files are renamed into place whole and never changed, so locks protect nothing; network file systems refuse them.
  h5(H5Pset_file_locking(access, false, true), msgid("switching file locks off"));
  const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDONLY, access);
  if (file < 0) {
    const std::string reason = innermost_hdf5_words();
    if (reason.find("truncated") != std::string::npos)
      refuse_file(path, message("is cut off: its end is missing ({})", quoted_from_hdf5(reason)),
                  message("copy it again, or run again"));
    refuse_file(path, message("cannot be opened: {}", quoted_from_hdf5(reason)));
  }
  return H5Id(file, H5Fclose, msgid("opening the file"));
}

void check_kind(hid_t file, const std::filesystem::path& path, const std::string& kind, std::int64_t version) {
  const std::string found = read_text_attribute(file, "format");
  if (found.empty())
    refuse_file(path,
                message("is an HDF5 file of another program: it has no attribute \"format\", expected \"{}\"", kind));
  if (found == "tuopin tables" && kind == "tuopin study")
    refuse_file(path, message("is a panel or a population of tuopin, expected a study"),
                message("tuopin.open_panel opens a panel in Python, and tuopin export writes its tables"));
  if (found != kind) refuse_file(path, message("its attribute \"format\" is \"{}\", expected \"{}\"", found, kind));
  Attribute stored;
  if (H5Aexists(file, "format_version") <= 0 || !read_attribute(file, "format_version", stored) ||
      !std::holds_alternative<std::int64_t>(stored))
    refuse_file(path, message("has no attribute \"format_version\"; this program reads version {}", version));
  const std::int64_t is = std::get<std::int64_t>(stored);
  if (is != version)
    refuse_file(
        path,
        message(is < version ? msgid("has format version {}, of an earlier tuopin; this program reads version {}")
                             : msgid("has format version {}, of a later tuopin; this program reads version {}"),
                is, version),
        message("run its scenarios again with this program, or read it with the version of tuopin that wrote it"));
}

void Account::objects(std::size_t count) {
  objects_ += count;
  if (objects_ > max_hdf5_objects)
    throw Hdf5Error(message("holds more than {} variables and attributes", max_hdf5_objects));
}

void Account::values(hid_t dataset) {
  const H5Id properties(H5Dget_create_plist(dataset), H5Pclose, msgid("reading the layout"));
  if (H5Pget_layout(properties) == H5D_VIRTUAL || H5Pget_external_count(properties) > 0)
    throw Hdf5Error(message("its values stand in another file"));
  const H5Id type(H5Dget_type(dataset), H5Tclose, msgid("reading the type"));
  const std::uint64_t element = std::max(H5Tget_size(type), is_text(type) ? sizeof(std::string) : std::size_t{1});
  const std::uint64_t count = elements(extents_of(dataset));
  const auto too_much = [](MessageId what) { throw Hdf5Error(message(what, max_hdf5_values_bytes >> 30)); };
  if (count > max_hdf5_values_bytes / element) too_much(msgid("declares more values than the {} GiB that are read"));
  bytes_ += count * element;
  if (bytes_ > max_hdf5_values_bytes) too_much(msgid("the file declares more values than the {} GiB that are read"));
  const std::uint64_t stored = H5Dget_storage_size(dataset);
  if (count * element > small_hdf5_values_bytes && count * element / max_hdf5_expansion > stored)
    throw Hdf5Error(message("declares {} values and holds {} bytes", count, stored));
}

std::vector<std::string> link_names(hid_t group, Account& account) {
  H5G_info_t info;
  h5(H5Gget_info(group, &info), msgid("listing a group"));
  account.objects(info.nlinks);
  // A file that went through another program may have lost the creation order; names are then the order.
  const bool ordered = H5Lget_name_by_idx(group, ".", H5_INDEX_CRT_ORDER, H5_ITER_INC, 0, nullptr, 0, H5P_DEFAULT) >= 0;
  H5Eclear2(H5E_DEFAULT);
  const H5_index_t index = ordered ? H5_INDEX_CRT_ORDER : H5_INDEX_NAME;
  std::vector<std::string> names;
  for (hsize_t i = 0; i < info.nlinks; ++i) {
    const auto length =
        h5(H5Lget_name_by_idx(group, ".", index, H5_ITER_INC, i, nullptr, 0, H5P_DEFAULT), msgid("listing"));
    std::string name(static_cast<std::size_t>(length) + 1, '\0');
    h5(H5Lget_name_by_idx(group, ".", index, H5_ITER_INC, i, name.data(), name.size(), H5P_DEFAULT), msgid("listing"));
    name.pop_back();
    names.push_back(std::move(name));
  }
  return names;
}

H5Id open_object(hid_t place, const std::string& name) {
  H5L_info_t info;
  h5(H5Lget_info(place, name.c_str(), &info, H5P_DEFAULT), msgid("looking for an object"));
  if (info.type != H5L_TYPE_HARD) throw Hdf5Error(message("is a link to another place"));
  return H5Id(H5Oopen(place, name.c_str(), H5P_DEFAULT), H5Oclose, msgid("opening an object"));
}
bool is_group(hid_t object) { return H5Iget_type(object) == H5I_GROUP; }
bool is_dataset(hid_t object) { return H5Iget_type(object) == H5I_DATASET; }

Extents extents_of(hid_t dataset) {
  const H5Id space(H5Dget_space(dataset), H5Sclose, msgid("reading the shape"));
  if (H5Sget_simple_extent_type(space) == H5S_NULL) throw Hdf5Error(message("has no shape"));
  Extents extents(static_cast<std::size_t>(h5(H5Sget_simple_extent_ndims(space), msgid("reading the shape"))));
  if (!extents.empty()) h5(H5Sget_simple_extent_dims(space, extents.data(), nullptr), msgid("reading the shape"));
  return extents;
}

std::size_t elements(const Extents& extents) {
  std::size_t product = 1;
  for (const hsize_t extent : extents)
    if (__builtin_mul_overflow(product, static_cast<std::size_t>(extent), &product))
      throw Hdf5Error(message("declares more values than can be counted"));
  return product;
}

std::string stored_type(hid_t dataset) {
  const H5Id type(H5Dget_type(dataset), H5Tclose, msgid("reading the type"));
  if (is_text(type)) return "text";
  const std::string bits = std::to_string(8 * H5Tget_size(type));
  if (H5Tget_class(type) == H5T_INTEGER) return (H5Tget_sign(type) == H5T_SGN_NONE ? "u" : "i") + bits;
  if (H5Tget_class(type) == H5T_FLOAT) return "f" + bits;
  return "other";
}

std::vector<std::string> read_texts(hid_t dataset) {
  const H5Id space(H5Dget_space(dataset), H5Sclose, msgid("reading the shape"));
  return take_texts(space,
                    [&](hid_t type, char** to) { return H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, to); });
}

std::map<std::string, Attribute> read_attributes(hid_t object, Account& account) {
  std::vector<std::string> names;
  h5(H5Aiterate2(
         object, H5_INDEX_NAME, H5_ITER_INC, nullptr,
         [](hid_t, const char* name, const H5A_info_t*, void* out) -> herr_t {
           static_cast<std::vector<std::string>*>(out)->emplace_back(name);
           return 0;
         },
         &names),
     msgid("listing attributes"));
  account.objects(names.size());
  std::map<std::string, Attribute> attributes;
  for (const std::string& name : names)
    if (Attribute value; read_attribute(object, name, value)) attributes.emplace(name, std::move(value));
  return attributes;
}

std::string read_text_attribute(hid_t object, const std::string& name) {
  Attribute value;
  if (h5(H5Aexists(object, name.c_str()), msgid("looking for an attribute")) == 0) return "";
  if (!read_attribute(object, name, value) || !std::holds_alternative<std::string>(value)) return "";
  return std::get<std::string>(value);
}

}  // namespace tuopin
