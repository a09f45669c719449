// Tables in HDF5: one contiguous dataset a column, uncompressed, because loading them must cost no more than the disk.
#include <fmt/format.h>

#include <optional>

#include "engine/base/errors.hpp"
#include "engine/files/seal.hpp"
#include "engine/study/hdf5_values.hpp"

namespace tuopin {

namespace {

constexpr const char* kind = "tuopin tables";
constexpr std::int64_t table_format_version = 1;

/// Names of a column's values, in their order; empty where it is no category.
std::string labels_of(const TableFile& file, const Table& table, const ColumnSpec& spec) {
  const auto own = file.labels.find(table.name() + "/" + std::string(spec.name));
  return own != file.labels.end() ? own->second : fmt::format("{}", fmt::join(spec.labels, " "));
}

void write_column(hid_t group, const Table& table, const ColumnSpec& spec, const std::string& labels) {
  const H5Id properties = dataset_properties();
  h5(H5Pset_fill_time(properties, H5D_FILL_TIME_NEVER), msgid("setting properties"));
  std::visit(
      [&]<typename Number>(const std::vector<Number>& numbers) {
        H5Id dataset =
            create_dataset(group, std::string(spec.name), number_type<Number>().file, {table.rows()}, properties);
        write_values(dataset, numbers);
        write_text_if_any(dataset, "units", spec.unit);
        write_text_if_any(dataset, "long_name", spec.meaning);
        write_text_if_any(dataset, "long_name_zh", spec.meaning_zh);
        write_text_if_any(dataset, "flag_meanings", labels);
        dataset.close(msgid("closing a column"));
      },
      table.data(spec.name));
}

H5Id open_or_create_group(hid_t file, const std::string& name) {
  if (h5(H5Lexists(file, name.c_str(), H5P_DEFAULT), msgid("looking for a group")) > 0)
    return H5Id(H5Gopen2(file, name.c_str(), H5P_DEFAULT), H5Gclose, msgid("opening a group"));
  return create_group(file, name);
}

void write_texts(hid_t file, const std::string& name, const std::vector<std::string>& texts) {
  const std::size_t slash = name.find('/');
  H5Id group;
  if (slash != std::string::npos) group = open_or_create_group(file, name.substr(0, slash));
  H5Id dataset =
      create_dataset(slash == std::string::npos ? file : group, name.substr(slash == std::string::npos ? 0 : slash + 1),
                     text_type(), {texts.size()}, dataset_properties());
  write_values(dataset, texts);
  dataset.close(msgid("closing texts"));
}

/// Collects everything that is wrong with a file before it is refused.
class TableReader {
 public:
  TableReader(const std::filesystem::path& path, hid_t file) : path_(path), file_(file) {}

  Table read(const std::string& name, const std::vector<ColumnSpec>& codebook) {
    if (H5Lexists(file_, name.c_str(), H5P_DEFAULT) <= 0) {
      report(name, message("the table is missing"));
      return {};
    }
    const H5Id group = open_object(file_, name);
    const std::optional<std::size_t> rows = common_length(group, name, codebook);
    if (!rows) return {};
    Table table(name, *rows, codebook);
    for (const ColumnSpec& spec : codebook) {
      const H5Id dataset = open_object(group, std::string(spec.name));
      std::visit([&](auto& numbers) { read_numbers(dataset, numbers); }, table.data(spec.name));
    }
    return table;
  }

  void read_all_texts(hid_t group, const std::string& prefix, std::map<std::string, std::vector<std::string>>& texts) {
    for (const std::string& link : link_names(group, account)) {
      const H5Id object = open_object(group, link);
      if (is_group(object) && prefix.empty()) read_all_texts(object, link + "/", texts);
      if (!is_dataset(object) || stored_type(object) != "text") continue;
      account.values(object);
      texts.emplace(prefix + link, read_texts(object));
    }
  }

  void throw_if_any() const {
    if (!problems_.empty()) throw DataError(problems_);
  }

  Account account;

 private:
  void report(const std::string& key, Message what) {
    problems_.push_back(Problem{Origin{path_.string(), 0, 0}, key, std::move(what), ""});
  }

  /// The length of all columns, or nothing where one is missing, has another type or another length.
  std::optional<std::size_t> common_length(hid_t group, const std::string& table,
                                           const std::vector<ColumnSpec>& codebook) {
    std::optional<std::size_t> length;
    bool sound = true;
    const auto wrong = [&](const ColumnSpec& spec, Message what) {
      report(table + "/" + std::string(spec.name), std::move(what));
      sound = false;
    };
    for (const ColumnSpec& spec : codebook) {
      const std::string column(spec.name);
      if (H5Lexists(group, column.c_str(), H5P_DEFAULT) <= 0) {
        wrong(spec, message("the column is missing"));
        continue;
      }
      const H5Id dataset = open_object(group, column);
      const std::string type = is_dataset(dataset) ? stored_type(dataset) : "group";
      if (type != to_text(spec.type)) {
        wrong(spec, message("has type {}, expected {}", type, to_text(spec.type)));
        continue;
      }
      account.values(dataset);
      const Extents extents = extents_of(dataset);
      if (extents.size() != 1)
        wrong(spec, message("has {} axes, expected 1", extents.size()));
      else if (length && *length != extents[0])
        wrong(spec, message("has {} rows, the columns before it {}", extents[0], *length));
      else
        length = extents[0];
    }
    if (!sound) return std::nullopt;
    return length.value_or(0);
  }

  const std::filesystem::path& path_;
  hid_t file_;
  std::vector<Problem> problems_;
};

}  // namespace

void write_tables(const std::filesystem::path& path, const TableFile& content) try {
  ImageFile file(std::size_t{1} << 24);
  write_kind(file, kind, table_format_version);
  for (const auto& [name, value] : content.attributes)
    if (!is_mark(name)) write_attribute(file, name, value);
  for (const Table& table : content.tables) {
    H5Id group = open_or_create_group(file, table.name());
    for (const ColumnSpec& spec : table.specs()) write_column(group, table, spec, labels_of(content, table, spec));
    group.close(msgid("closing a table"));
  }
  for (const auto& [name, texts] : content.texts) write_texts(file, name, texts);
  file.write_to(path, true);
} catch (const Hdf5Error& error) {
  throw OutputError({Problem{Origin{path.string(), 0, 0}, "", message("cannot write: {}", error.message), ""}});
}

TableFile tables_in(hid_t file, const std::filesystem::path& path,
                    const std::map<std::string, std::vector<ColumnSpec>>& codebooks) try {
  check_kind(file, path, kind, table_format_version);
  TableReader reader(path, file);
  TableFile content;
  content.attributes = read_attributes(file, reader.account);
  std::erase_if(content.attributes, [](const auto& attribute) { return is_mark(attribute.first); });
  for (const auto& [name, codebook] : codebooks) content.tables.push_back(reader.read(name, codebook));
  reader.read_all_texts(file, "", content.texts);
  reader.throw_if_any();
  return content;
} catch (const Hdf5Error& error) {
  throw DataError({Problem{Origin{path.string(), 0, 0}, "", error.message, ""}});
}

TableFile read_tables(const std::filesystem::path& path,
                      const std::map<std::string, std::vector<ColumnSpec>>& codebooks) {
  if (!is_sealed(path))
    throw DataError({Problem{Origin{path.string(), 0, 0}, "",
                             message("is damaged, or no file of \"{}\": its checksum does not fit", kind), ""}});
  return tables_in(open_file(path), path, codebooks);
}

}  // namespace tuopin
