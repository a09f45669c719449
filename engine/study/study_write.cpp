// Writing a study: dimension scales at the root, every axis of every variable attached, as netCDF-4 wants it.
#include <hdf5_hl.h>

#include <limits>
#include <set>
#include <stdexcept>

#include "engine/base/errors.hpp"
#include "engine/study/hdf5_values.hpp"

namespace tuopin {

namespace {

constexpr std::size_t small = 64 * 1024;      // bytes: below, compression costs more than it saves
constexpr std::size_t chunk_limit = 1 << 20;  // bytes: HDF5's chunk cache, so that readers never unpack twice
constexpr unsigned deflate_level = 4;

void describe(hid_t dataset, const std::string& unit, const std::string& long_name) {
  write_text_if_any(dataset, "units", unit);
  write_text_if_any(dataset, "long_name", long_name);
}

/// Shuffle and deflate are the two filters that every reader has without plug-ins.
void compress(hid_t properties, const Extents& extents, std::size_t element_bytes) {
  if (elements(extents) * element_bytes <= small) return;
  Extents chunk = extents;
  for (std::size_t axis = 0; elements(chunk) * element_bytes > chunk_limit;) {
    if (chunk[axis] == 1)
      ++axis;
    else
      chunk[axis] = (chunk[axis] + 1) / 2;
  }
  h5(H5Pset_chunk(properties, static_cast<int>(chunk.size()), chunk.data()), msgid("choosing chunks"));
  h5(H5Pset_shuffle(properties), msgid("choosing compression"));
  h5(H5Pset_deflate(properties, deflate_level), msgid("choosing compression"));
}

template <typename Number>
H5Id write_array(hid_t place, const std::string& name, const Extents& extents, const std::vector<Number>& numbers) {
  const H5Id properties = dataset_properties();
  compress(properties, extents, sizeof(Number));
  constexpr bool may_be_unknown = std::is_same_v<Number, double>;
  const double unknown = std::numeric_limits<double>::quiet_NaN();
  if (may_be_unknown) h5(H5Pset_fill_value(properties, H5T_NATIVE_DOUBLE, &unknown), msgid("setting the fill value"));
  H5Id dataset = create_dataset(place, name, number_type<Number>().file, extents, properties);
  write_values(dataset, numbers);
  return dataset;
}

H5Id write_array(hid_t place, const std::string& name, const Extents& extents, const std::vector<std::string>& texts) {
  H5Id dataset = create_dataset(place, name, text_type(), extents, dataset_properties());
  write_values(dataset, texts);
  return dataset;
}

H5Id write_dimension(hid_t file, const Dimension& dimension) {
  H5Id scale =
      std::visit([&](const auto& values) { return write_array(file, dimension.name, {dimension.size()}, values); },
                 dimension.values);
  describe(scale, dimension.unit, dimension.long_name);
  h5(H5DSset_scale(scale, dimension.name.c_str()), msgid("making a dimension"));
  return scale;
}

std::size_t count(const Variable& variable) {
  return std::visit([](const auto& values) { return values.size(); }, variable.values);
}

/// Writer of one study. What the caller built wrongly is a defect (logic_error), never the user's fault.
class StudyWriter {
 public:
  explicit StudyWriter(const Study& study) : study_(study), file_(std::size_t{1} << 20) {}

  void write_to(const std::filesystem::path& path) {
    write_kind(file_, "tuopin study", study_format_version);
    for (const auto& [name, value] : study_.attributes)
      if (!is_mark(name)) write_attribute(file_, name, value);
    for (const Dimension& dimension : study_.dimensions) {
      claim_name(dimension.name);
      scales_.emplace(dimension.name, Scale{write_dimension(file_, dimension), dimension.size()});
    }
    for (const Variable& variable : study_.variables) write_variable(variable);
    for (auto& [name, scale] : scales_) scale.dataset.close(msgid("closing a dimension"));
    for (auto& [name, group] : groups_) group.close(msgid("closing a group"));
    file_.write_to(path);
  }

 private:
  struct Scale {
    H5Id dataset;
    std::size_t size;
  };

  void claim_name(const std::string& name) {
    if (!names_.insert(name).second) throw std::logic_error("study: two variables named " + name);
  }

  /// The root, or the group before the slash; `name` becomes the rest.
  hid_t place_of(std::string& name) {
    const std::size_t slash = name.find('/');
    if (slash == std::string::npos) return file_;
    const std::string group = name.substr(0, slash);
    name.erase(0, slash + 1);
    if (!groups_.contains(group)) {
      claim_name(group);
      groups_.emplace(group, create_group(file_, group));
    }
    return groups_.at(group);
  }

  void write_variable(const Variable& variable) {
    claim_name(variable.name);
    Extents extents;
    for (const std::string& dimension : variable.dimensions) {
      if (!scales_.contains(dimension))
        throw std::logic_error("study: variable " + variable.name + " over an unknown dimension " + dimension);
      extents.push_back(scales_.at(dimension).size);
    }
    if (elements(extents) != count(variable))
      throw std::logic_error("study: variable " + variable.name + " has " + std::to_string(count(variable)) +
                             " values, its dimensions " + std::to_string(elements(extents)));
    std::string name = variable.name;
    const hid_t place = place_of(name);
    H5Id dataset =
        std::visit([&](const auto& values) { return write_array(place, name, extents, values); }, variable.values);
    describe(dataset, variable.unit, variable.long_name);
    write_text_if_any(dataset, "long_name_zh", variable.long_name_zh);
    write_text_if_any(dataset, "comment", variable.comment);
    if (std::holds_alternative<std::vector<double>>(variable.values))
      write_attribute(dataset, "_FillValue", std::numeric_limits<double>::quiet_NaN());
    for (unsigned axis = 0; axis < variable.dimensions.size(); ++axis)
      h5(H5DSattach_scale(dataset, scales_.at(variable.dimensions[axis]).dataset, axis),
         msgid("attaching a dimension"));
    dataset.close(msgid("closing a variable"));
  }

  const Study& study_;
  ImageFile file_;
  std::map<std::string, Scale> scales_;
  std::map<std::string, H5Id> groups_;
  std::set<std::string> names_;
};

}  // namespace

void write_study(const std::filesystem::path& path, const Study& study) try {
  StudyWriter(study).write_to(path);
} catch (const Hdf5Error& error) {
  throw OutputError({Problem{Origin{path.string(), 0, 0}, "", message("cannot write: {}", error.message), ""}});
}

}  // namespace tuopin
