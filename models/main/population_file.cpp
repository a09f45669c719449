#include "models/main/population_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "engine/base/errors.hpp"
#include "models/state/codebook.hpp"

namespace tuopin {

namespace {

/// Checks one population and throws at the first problem, because such a file is not edited by hand.
class PopulationCheck {
 public:
  PopulationCheck(const Population& population, const std::filesystem::path& path)
      : p_(population), path_(path.string()) {}

  void all() const {
    links(p_.persons, "household", p_.households.rows());
    links(p_.households, "village", p_.villages.rows());
    links(p_.villages, "county", p_.counties.rows());
    begins(p_.households, "person_begin", p_.persons, "household");
    begins(p_.villages, "household_begin", p_.households, "village");
    members();
    for (const Table* table : {&p_.persons, &p_.households, &p_.villages, &p_.counties}) values(*table);
    for (const auto* names : {&p_.county_names, &p_.county_names_en, &p_.county_names_zh})
      if (names->size() != p_.counties.rows()) refuse("counties/name", message("has not one name for each county"));
    if (p_.registered_quota.size() != p_.counties.rows())
      refuse("registered_quota", message("has not one number for each county"));
    for (const std::int64_t quota : p_.registered_quota)
      if (quota < 0 || quota > static_cast<std::int64_t>(p_.persons.rows()) * 65535)
        refuse("registered_quota", message("lies outside the population"));
    if (!(p_.true_poverty_rate > 0 && p_.true_poverty_rate < 1)) refuse("true_poverty_rate", message("is no share"));
    if (!(p_.mean_income > 0 && std::isfinite(p_.mean_income))) refuse("mean_income", message("is no income"));
  }

  [[noreturn]] void refuse(const std::string& key, Message what) const {
    throw DataError({Problem{Origin{path_, 0, 0}, key, std::move(what), message("the file is damaged")}});
  }

 private:
  /// Checks that every row refers to a row of the parent table, in ascending order, and that every parent has a row.
  void links(const Table& table, const char* column, std::size_t above) const {
    const auto rows = table.column<std::uint32_t>(column);
    bool sound = rows.empty() ? above == 0 : rows.front() == 0 && rows.back() + std::size_t{1} == above;
    for (std::size_t i = 1; i < rows.size(); ++i) sound = sound && rows[i] - rows[i - 1] <= 1;
    if (!sound) refuse(table.name() + "/" + column, message("leads to rows that do not exist, or leaves some out"));
  }

  /// `begin` is where the rows of each table row start in the table below, whose links are sound already.
  void begins(const Table& table, const char* column, const Table& below, const char* link) const {
    const auto begin = table.column<std::uint32_t>(column);
    const auto up = below.column<std::uint32_t>(link);
    bool sound = true;
    for (std::size_t i = 0; i < begin.size(); ++i)
      sound = sound && begin[i] < up.size() && up[begin[i]] == i && (begin[i] == 0 || up[begin[i] - 1] + 1 == i);
    if (!sound) refuse(table.name() + "/" + column, message("does not lead to the first of its rows"));
  }

  void members() const {
    const auto members = p_.households.column<std::uint8_t>("members");
    const auto begin = p_.households.column<std::uint32_t>("person_begin");
    for (std::size_t h = 0; h < members.size(); ++h) {
      const std::size_t end = h + 1 < members.size() ? begin[h + 1] : p_.persons.rows();
      if (end - begin[h] != members[h])
        refuse("households/members", message("is not the number of the household's persons"));
    }
  }

  /// Categories within their labels, flags 0 or 1, reals finite.
  void values(const Table& table) const {
    for (const ColumnSpec& spec : table.specs()) {
      const bool flag = spec.type == ColumnSpec::Type::u8 && spec.unit == "1" && spec.labels.empty();
      const std::size_t kinds = flag ? 2 : spec.labels.size();
      bool sound = true;
      if (kinds > 0)
        for (const std::uint8_t value : table.column<std::uint8_t>(spec.name)) sound &= value < kinds;
      if (spec.type == ColumnSpec::Type::f32)
        for (const float value : table.column<float>(spec.name)) sound &= std::isfinite(value);
      if (!sound) refuse(table.name() + "/" + std::string(spec.name), message("holds values that no population has"));
    }
  }

  const Population& p_;
  std::string path_;
};

template <typename Kind>
Kind attribute(const TableFile& content, const PopulationCheck& check, const char* name) {
  const auto found = content.attributes.find(name);
  const Kind* value = found == content.attributes.end() ? nullptr : std::get_if<Kind>(&found->second);
  if (!value) check.refuse(name, message("is missing"));
  return *value;
}

/// "12 34 " as numbers.
std::vector<std::int64_t> numbers_of(const std::string& text, const PopulationCheck& check, const char* name) {
  std::vector<std::int64_t> numbers;
  const char* const end = text.data() + text.size();
  for (const char* at = text.data(); at < end; ++at) {
    const auto [stop, error] = std::from_chars(at, end, numbers.emplace_back());
    if (error != std::errc() || stop == end || *stop != ' ') check.refuse(name, message("is no list of numbers"));
    at = stop;
  }
  return numbers;
}

}  // namespace

std::map<std::string, std::vector<ColumnSpec>> population_codebooks() {
  return {{"persons", codebook::persons()},
          {"households", codebook::households()},
          {"villages", codebook::villages()},
          {"counties", codebook::counties()}};
}

void describe_population(const Population& p, TableFile& file) {
  file.attributes["index"] = static_cast<std::int64_t>(p.index);
  file.attributes["true_poverty_rate"] = p.true_poverty_rate;
  file.attributes["mean_income"] = p.mean_income;
  std::string quotas;
  for (const std::int64_t quota : p.registered_quota) quotas += std::to_string(quota) + " ";
  file.attributes["registered_quota"] = quotas;
  std::string& labels = file.labels["persons/ethnicity"];
  const ColumnSpec& spec = p.persons.specs()[static_cast<std::size_t>(p.persons.index_of("ethnicity"))];
  for (std::size_t code = 0; code < spec.labels.size(); ++code)
    labels += (code ? " " : "") + (code < p.groups.size() ? p.groups[code] : std::string(spec.labels[code]));
}

void keep_population(const std::filesystem::path& path, const Population& p) {
  TableFile file;
  file.attributes["content"] = std::string("synthetic population of tuopin: no real person");
  describe_population(p, file);
  file.tables = {p.persons, p.households, p.villages, p.counties};
  file.texts = {{"counties/name", p.county_names},
                {"counties/name_en", p.county_names_en},
                {"counties/name_zh", p.county_names_zh}};
  write_tables(path, file);
}

Population population_of(TableFile content, const std::filesystem::path& path) {
  Population p;
  const PopulationCheck check(p, path);
  const auto table = [&](const char* name) {
    const auto found =
        std::find_if(content.tables.begin(), content.tables.end(), [&](const Table& t) { return t.name() == name; });
    if (found == content.tables.end()) check.refuse(name, message("the table is missing"));
    return std::move(*found);
  };
  p.persons = table("persons");
  p.households = table("households");
  p.villages = table("villages");
  p.counties = table("counties");
  const auto index = attribute<std::int64_t>(content, check, "index");
  if (index < 0 || index > 1'000'000) check.refuse("index", message("is no number of a population"));
  p.index = static_cast<int>(index);
  p.true_poverty_rate = attribute<double>(content, check, "true_poverty_rate");
  p.mean_income = attribute<double>(content, check, "mean_income");
  p.registered_quota =
      numbers_of(attribute<std::string>(content, check, "registered_quota"), check, "registered_quota");
  p.county_names = std::move(content.texts["counties/name"]);
  p.county_names_en = std::move(content.texts["counties/name_en"]);
  p.county_names_zh = std::move(content.texts["counties/name_zh"]);
  check.all();
  return p;
}

Population fetch_population(const std::filesystem::path& path) {
  return population_of(read_tables(path, population_codebooks()), path);
}

}  // namespace tuopin
