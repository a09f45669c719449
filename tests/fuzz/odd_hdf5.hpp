// Well-formed HDF5 of odd structure: a sound file of ours in memory, changed by what the fuzzer's bytes say. HDF5
// itself writes it, so that OUR reading is what is tested; HDF5's own is tested by hdf5_bytes_fuzz.cpp, behind the
// wall.
#pragma once

#include <fuzzer/FuzzedDataProvider.h>
#include <hdf5.h>
#include <hdf5_hl.h>

#include <string>
#include <vector>

#include "engine/study/hdf5_values.hpp"
#include "tests/fuzz/fuzz_tools.hpp"

namespace tuopin::fuzz {

class OddFile {
 public:
  /// `image`: the bytes of a sound file. `names`: of its objects and of those that a reader looks for.
  OddFile(const std::string& image, const std::vector<std::string>& names, FuzzedDataProvider& from)
      : names_(names), from_(from) {
    start_hdf5();
    const hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    H5Pset_fapl_core(access, 1 << 16, false);
    H5Pset_fclose_degree(access, H5F_CLOSE_STRONG);  // HDF5's own errors leave objects open
    H5Pset_file_image(access, const_cast<char*>(image.data()), image.size());
    file_ = H5Fopen("in memory", H5F_ACC_RDWR, access);
    H5Pclose(access);
    must(file_ >= 0, "a sound image opens");
  }
  ~OddFile() { H5Fclose(file_); }
  OddFile(const OddFile&) = delete;
  OddFile& operator=(const OddFile&) = delete;

  hid_t file() const { return file_; }

  /// A few changes. What HDF5 refuses to do is not done.
  void change() {
    for (int changes = from_.ConsumeIntegralInRange(0, 8); changes > 0; --changes) {
      switch (from_.ConsumeIntegralInRange(0, 6)) {
        case 0: remove(name()); break;
        case 1: add_dataset(); break;
        case 2: add_link(); break;
        case 3: change_attribute(); break;
        case 4: change_scale(); break;
        case 5: H5Lmove(file_, name().c_str(), file_, name().c_str(), H5P_DEFAULT, H5P_DEFAULT); break;
        default: H5Gclose(H5Gcreate2(file_, name().c_str(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
      }
    }
    H5Eclear2(H5E_DEFAULT);
  }

 private:
  /// Not a second link to the root: with it HDF5 1.10 frees the root itself, and falls over its remains.
  void remove(const std::string& at) {
    H5O_info_t root{}, object{};
    const bool is_root = H5Oget_info_by_name(file_, "/", &root, H5P_DEFAULT) >= 0 &&
                         H5Oget_info_by_name(file_, at.c_str(), &object, H5P_DEFAULT) >= 0 && object.addr == root.addr;
    if (!is_root) H5Ldelete(file_, at.c_str(), H5P_DEFAULT);
  }

  std::string name() {
    std::string chosen = from_.PickValueInArray({0, 0, 0, 1}) == 0
                             ? names_[from_.ConsumeIntegralInRange<std::size_t>(0, names_.size() - 1)]
                             : from_.ConsumeRandomLengthString(12);
    return chosen.empty() ? "x" : chosen;
  }

  /// Some type; the caller closes it.
  hid_t type() {
    switch (from_.ConsumeIntegralInRange(0, 9)) {
      case 0: return H5Tcopy(H5T_STD_U8LE);
      case 1: return H5Tcopy(H5T_STD_U32LE);
      case 2: return H5Tcopy(H5T_STD_I64BE);
      case 3: return H5Tcopy(H5T_STD_U64LE);
      case 4: return H5Tcopy(H5T_IEEE_F32LE);
      case 5: return H5Tcopy(H5T_IEEE_F64LE);
      case 6: {
        const hid_t text = H5Tcopy(H5T_C_S1);
        H5Tset_size(text, from_.ConsumeBool() ? H5T_VARIABLE : 5);
        if (from_.ConsumeBool()) H5Tset_cset(text, H5T_CSET_UTF8);
        return text;
      }
      case 7: {
        const hid_t compound = H5Tcreate(H5T_COMPOUND, 8);
        H5Tinsert(compound, "value", 0, H5T_IEEE_F64LE);
        return compound;
      }
      case 8: return H5Tvlen_create(H5T_STD_I32LE);
      default: return H5Tcopy(H5T_STD_REF_OBJ);
    }
  }

  hid_t space() {
    if (from_.ConsumeIntegralInRange(0, 7) == 0) return H5Screate(from_.ConsumeBool() ? H5S_NULL : H5S_SCALAR);
    hsize_t extents[4];
    const int rank = from_.ConsumeIntegralInRange(1, 4);
    for (int axis = 0; axis < rank; ++axis)
      extents[axis] =
          from_.PickValueInArray<hsize_t>({0, 1, 2, 3, 6, 60, 1u << 20, hsize_t{1} << 32, hsize_t{1} << 62});
    return H5Screate_simple(rank, extents, nullptr);
  }

  /// Nothing is stored in it until it is written: any extents whatever can be declared.
  void add_dataset() {
    const hid_t of = type(), over = space(), properties = H5Pcreate(H5P_DATASET_CREATE);
    const int rank = H5Sget_simple_extent_ndims(over);
    const hsize_t chunk[] = {1, 1, 1, 1};
    const bool scalar = H5Sget_simple_extent_type(over) != H5S_SIMPLE;
    if (!scalar) H5Pset_chunk(properties, rank, chunk);
    if (from_.ConsumeIntegralInRange(0, 9) == 0) H5Pset_external(properties, "/dev/zero", 0, H5F_UNLIMITED);
    const std::string at = name();
    if (from_.ConsumeBool()) remove(at);
    const hid_t dataset = H5Dcreate2(file_, at.c_str(), of, over, H5P_DEFAULT, properties, H5P_DEFAULT);
    if (dataset >= 0 && H5Tget_class(of) == H5T_INTEGER && H5Sget_simple_extent_npoints(over) <= 64) {
      const std::vector<std::int64_t> values(64, from_.ConsumeIntegral<std::int64_t>());
      H5Dwrite(dataset, H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
    }
    if (dataset >= 0 && from_.ConsumeBool()) H5DSset_scale(dataset, from_.ConsumeBool() ? at.c_str() : nullptr);
    if (dataset >= 0) H5Dclose(dataset);
    H5Pclose(properties);
    H5Sclose(over);
    H5Tclose(of);
  }

  void add_link() {
    const std::string to = from_.ConsumeBool() ? "/" : name(), at = name();
    switch (from_.ConsumeIntegralInRange(0, 2)) {
      case 0: H5Lcreate_hard(file_, to.c_str(), file_, at.c_str(), H5P_DEFAULT, H5P_DEFAULT); break;
      case 1: H5Lcreate_soft(to.c_str(), file_, at.c_str(), H5P_DEFAULT, H5P_DEFAULT); break;
      default: H5Lcreate_external("/etc/hostname", to.c_str(), file_, at.c_str(), H5P_DEFAULT, H5P_DEFAULT);
    }
  }

  void change_attribute() {
    const std::string object = from_.ConsumeBool() ? "." : name(), attribute = name();
    H5Adelete_by_name(file_, object.c_str(), attribute.c_str(), H5P_DEFAULT);
    if (attribute == "DIMENSION_LIST" || attribute == "REFERENCE_LIST" || attribute == "CLASS") return;  // HDF5's own
    const hid_t of = type(), over = from_.ConsumeBool() ? H5Screate(H5S_SCALAR) : space();
    if (H5Sget_simple_extent_npoints(over) <= 60) {
      const hid_t made =
          H5Acreate_by_name(file_, object.c_str(), attribute.c_str(), of, over, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
      if (made >= 0 && (H5Tget_class(of) == H5T_INTEGER || H5Tget_class(of) == H5T_FLOAT)) {
        const std::vector<std::int64_t> values(64, from_.ConsumeIntegral<std::int64_t>());
        H5Awrite(made, H5T_NATIVE_INT64, values.data());
      } else if (made >= 0 && H5Tis_variable_str(of) > 0 && H5Sget_simple_extent_npoints(over) == 1) {
        const std::string text = from_.ConsumeRandomLengthString(40);
        const char* const pointer = text.c_str();
        H5Awrite(made, of, &pointer);
      }
      if (made >= 0) H5Aclose(made);
    }
    H5Sclose(over);
    H5Tclose(of);
  }

  void change_scale() {
    const hid_t dataset = H5Dopen2(file_, name().c_str(), H5P_DEFAULT);
    const hid_t scale = H5Dopen2(file_, name().c_str(), H5P_DEFAULT);
    const auto axis = from_.ConsumeIntegralInRange<unsigned>(0, 3);
    if (dataset >= 0 && scale >= 0) {
      if (from_.ConsumeBool())
        H5DSattach_scale(dataset, scale, axis);
      else
        H5DSdetach_scale(dataset, scale, axis);
    }
    if (dataset >= 0) H5Dclose(dataset);
    if (scale >= 0) H5Dclose(scale);
  }

  const std::vector<std::string>& names_;
  FuzzedDataProvider& from_;
  hid_t file_ = -1;
};

}  // namespace tuopin::fuzz
