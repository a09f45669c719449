// Reading a study back, as write_study left it.
#include <fmt/format.h>
#include <hdf5_hl.h>

#include "engine/base/errors.hpp"
#include "engine/files/read_sandboxed.hpp"
#include "engine/study/hdf5_values.hpp"
#include "engine/study/study_read_through.hpp"

namespace tuopin {

// What passes between the process that reads and ours.
auto members_of(const Dimension& d) { return std::tie(d.name, d.values, d.unit, d.long_name); }
auto members_of(Dimension& d) { return std::tie(d.name, d.values, d.unit, d.long_name); }
auto members_of(const Variable& v) {
  return std::tie(v.name, v.dimensions, v.unit, v.long_name, v.long_name_zh, v.comment, v.values);
}
auto members_of(Variable& v) {
  return std::tie(v.name, v.dimensions, v.unit, v.long_name, v.long_name_zh, v.comment, v.values);
}
auto members_of(const Study& s) { return std::tie(s.attributes, s.dimensions, s.variables); }
auto members_of(Study& s) { return std::tie(s.attributes, s.dimensions, s.variables); }

namespace {

/// The name that H5DSset_scale gave: the dimension's.
std::string scale_name(hid_t scale) {
  const ssize_t length = h5(H5DSget_scale_name(scale, nullptr, 0), msgid("reading a dimension's name"));
  std::string name(static_cast<std::size_t>(length) + 1, '\0');
  h5(H5DSget_scale_name(scale, name.data(), name.size()), msgid("reading a dimension's name"));
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
       msgid("reading the dimensions"));
    if (name.empty()) throw Hdf5Error(message("an axis without a dimension"));
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
    throw Hdf5Error(message("values of type {}, which no study holds", type));
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
class StudyReader {
 public:
  Study read(hid_t file) {
    study_.attributes = read_attributes(file, account_);
    std::erase_if(study_.attributes, [](const auto& attribute) { return is_mark(attribute.first); });
    read_group(file, "");
    for (const Variable& variable : study_.variables) check_shape(variable);
    return std::move(study_);
  }

  std::string reading;  ///< name of the object being read, for error messages

 private:
  void read_group(hid_t group, const std::string& prefix) {
    for (const std::string& link : link_names(group, account_)) {
      reading = prefix + link;
      const H5Id object = open_object(group, link);
      if (is_group(object) && prefix.empty()) read_group(object, link + "/");
      if (!is_dataset(object)) continue;
      account_.values(object);
      if (H5DSis_scale(object) > 0)
        read_dimension_of_study(object, link);
      else
        study_.variables.push_back(read_variable(object, prefix + link));
    }
  }

  void read_dimension_of_study(hid_t object, const std::string& name) {
    Dimension dimension = read_dimension(object, name);
    if (extents_of(object).size() != 1) throw Hdf5Error(message("is a dimension, which has one axis"));
    if (!sizes_.emplace(name, dimension.size()).second) throw Hdf5Error(message("is a second dimension of this name"));
    study_.dimensions.push_back(std::move(dimension));
  }

  /// Checks that a variable has as many values as its dimensions say; users of a study rely on it.
  void check_shape(const Variable& variable) {
    reading = variable.name;
    Extents extents;
    for (const std::string& dimension : variable.dimensions) {
      const auto size = sizes_.find(dimension);
      if (size == sizes_.end())
        throw Hdf5Error(message("stands over a dimension that the file does not hold: {}", dimension));
      extents.push_back(size->second);
    }
    const std::size_t count = std::visit([](const auto& values) { return values.size(); }, variable.values);
    if (count != elements(extents))
      throw Hdf5Error(message("has {} values, its dimensions {}", count, elements(extents)));
  }

  Study study_;
  std::map<std::string, std::size_t> sizes_;
  Account account_;
};

}  // namespace

Study study_in(hid_t file, const std::filesystem::path& path) {
  StudyReader reader;
  try {
    if (read_text_attribute(file, "format") == "tuopin tables") read_through(file);  // then it is said what it is
    check_kind(file, path, "tuopin study", study_format_version);
    return reader.read(file);
  } catch (const Hdf5Error& error) {
    throw DataError({Problem{Origin{path.string(), 0, 0}, reader.reading, error.message, ""}});
  }
}

Study read_study(const std::filesystem::path& path) {
  return read_sandboxed<Study>(path, [&] { return study_in(open_file(path), path); });
}

}  // namespace tuopin
