// Reading a study back, as write_study left it.
#include <hdf5_hl.h>

#include "engine/base/errors.hpp"
#include "engine/files/hdf5_values.hpp"

namespace tuopin {

namespace {

/// The name that H5DSset_scale gave: the dimension's.
std::string scale_name(hid_t scale) {
  const ssize_t length = h5(H5DSget_scale_name(scale, nullptr, 0), "reading a dimension's name");
  std::string name(static_cast<std::size_t>(length) + 1, '\0');
  h5(H5DSget_scale_name(scale, name.data(), name.size()), "reading a dimension's name");
  name.resize(static_cast<std::size_t>(length));
  return name;
}

std::vector<std::string> dimensions_of(hid_t dataset) {
  std::vector<std::string> names;
  const std::size_t rank = extents_of(dataset).size();
  for (unsigned axis = 0; axis < rank; ++axis) {
    std::string name;
    h5(H5DSiterate_scales(
           dataset, axis, nullptr,
           [](hid_t, unsigned, hid_t scale, void* out) -> herr_t {
             try {
               *static_cast<std::string*>(out) = scale_name(scale);
             } catch (...) {  // no exception may cross HDF5's own frames; the empty name is refused below
             }
             return 1;
           },
           &name),
       "reading the dimensions");
    if (name.empty()) throw Hdf5Error("an axis without a dimension");
    names.push_back(std::move(name));
  }
  return names;
}

/// Reads whichever of the kinds in `values` is stored.
template <typename... Kinds>
void read_values(hid_t dataset, std::variant<Kinds...>& values) {
  const std::string type = stored_type(dataset);
  const auto read_as = [&]<typename Kind>(const char* name, Kind kind) {
    if constexpr ((std::is_same_v<Kind, Kinds> || ...)) {
      if (type != name) return false;
      if constexpr (std::is_same_v<Kind, std::vector<std::string>>)
        kind = read_texts(dataset);
      else
        read_numbers(dataset, kind);
      values = std::move(kind);
      return true;
    } else {
      return false;
    }
  };
  if (!read_as("text", std::vector<std::string>{}) && !read_as("f64", std::vector<double>{}) &&
      !read_as("i64", std::vector<std::int64_t>{}) && !read_as("u64", std::vector<std::uint64_t>{}))
    throw Hdf5Error("values of type " + type + ", which no study holds");
}

Dimension read_dimension(hid_t dataset, const std::string& name) {
  Dimension dimension{name, {}, read_text_attribute(dataset, "units"), read_text_attribute(dataset, "long_name")};
  read_values(dataset, dimension.values);
  return dimension;
}

Variable read_variable(hid_t dataset, const std::string& name) {
  Variable variable{name,
                    dimensions_of(dataset),
                    read_text_attribute(dataset, "units"),
                    read_text_attribute(dataset, "long_name"),
                    read_text_attribute(dataset, "long_name_zh"),
                    read_text_attribute(dataset, "comment"),
                    {}};
  read_values(dataset, variable.values);
  return variable;
}

/// Variables of the root and of one level of groups, in the order in which they were written there.
void read_group(hid_t group, const std::string& prefix, Study& study, std::string& reading) {
  for (const std::string& link : link_names(group)) {
    reading = prefix + link;
    const H5Id object = open_object(group, link);
    if (is_group(object) && prefix.empty()) read_group(object, link + "/", study, reading);
    if (!is_dataset(object)) continue;
    if (H5DSis_scale(object) > 0)
      study.dimensions.push_back(read_dimension(object, link));
    else
      study.variables.push_back(read_variable(object, prefix + link));
  }
}

}  // namespace

Study read_study(const std::filesystem::path& path) {
  std::string reading;
  try {
    const H5Id file = open_checked(path, "tuopin study", study_format_version);
    Study study;
    study.attributes = read_attributes(file);
    std::erase_if(study.attributes, [](const auto& attribute) { return is_mark(attribute.first); });
    read_group(file, "", study, reading);
    return study;
  } catch (const Hdf5Error& error) {
    throw DataError({Problem{Origin{path.string(), 0, 0}, reading, error.what(), ""}});
  }
}

}  // namespace tuopin
