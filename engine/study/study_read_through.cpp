#include "engine/study/study_read_through.hpp"

namespace tuopin {

namespace {

void read_dataset_through(hid_t dataset) {
  Account().values(dataset);
  if (stored_type(dataset) == "text") {
    static_cast<void>(read_texts(dataset));
    return;
  }
  const H5Id stored(H5Dget_type(dataset), H5Tclose, msgid("reading the type"));
  const H5Id native(H5Tget_native_type(stored, H5T_DIR_ASCEND), H5Tclose, msgid("reading the type"));
  std::vector<char> bytes(elements(extents_of(dataset)) * H5Tget_size(native));
  if (!bytes.empty())
    h5(H5Dread(dataset, native, H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes.data()), msgid("reading values"));
}

}  // namespace

void read_through(hid_t group, int depth) {
  constexpr int deepest = 8;  // a group may hold itself
  if (depth > deepest) throw Hdf5Error(message("groups are nested deeper than tuopin writes them"));
  Account account;
  for (const std::string& link : link_names(group, account)) {
    const H5Id object = open_object(group, link);
    Account own;
    static_cast<void>(read_attributes(object, own));
    if (is_group(object)) read_through(object, depth + 1);
    if (is_dataset(object)) read_dataset_through(object);
  }
}

}  // namespace tuopin
