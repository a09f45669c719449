#include "models/main/reference_lists.hpp"

#include <fmt/format.h>

#include "engine/settings/settings_text.hpp"
#include "engine/settings/units.hpp"
#include "models/main/language.hpp"
#include "models/state/codebook.hpp"
#include "models/state/schema.hpp"

namespace tuopin {

namespace {

/// One row of a list: key, heading in both languages, value.
struct Cell {
  const char* key;
  Text heading;
  std::string value;
};
using Row = std::vector<Cell>;

struct List {
  std::string name;
  std::vector<Row> rows;
};

std::string as_json(const std::vector<List>& lists) {
  std::string json = "{";
  for (const List& list : lists) {
    json += (json.size() > 1 ? ",\n" : "\n") + in_quotes(list.name) + ": [";
    for (std::size_t r = 0; r < list.rows.size(); ++r) {
      std::string row;
      for (const Cell& cell : list.rows[r])
        row += (row.empty() ? "" : ", ") + in_quotes(cell.key) + ": " + in_quotes(cell.value);
      json += (r ? ",\n  {" : "\n  {") + row + "}";
    }
    json += "]";
  }
  return json + "\n}";
}

std::string as_markdown(const std::string& title, const std::vector<List>& lists, const std::string& language) {
  std::string page = "# " + title + "\n";
  for (const List& list : lists) {
    if (list.rows.empty()) continue;
    std::string heads = "|", rule = "|";
    for (const Cell& cell : list.rows.front()) {
      heads += " " + cell.heading.in(language) + " |";
      rule += "---|";
    }
    page += "\n## " + list.name + "\n\n" + heads + "\n" + rule + "\n";
    for (const Row& row : list.rows) {
      page += "|";
      for (const Cell& cell : row) page += " " + cell.value + " |";
      page += "\n";
    }
  }
  return page;
}

std::string said_unit(std::string_view unit, const std::string& language) {
  return in_words(unit_in_words(unit), language);
}

Row row_of(const ColumnSpec& spec, bool changes, const std::string& language, bool both_languages) {
  const auto truth = [&](bool value) -> std::string {
    if (both_languages || language != "zh") return value ? "yes" : "no";
    return value ? "是" : "否";
  };
  std::string labels;
  for (const std::string_view label : spec.labels) labels += (labels.empty() ? "" : ", ") + std::string(label);
  Row row = {{"name", {"column", "列"}, std::string(spec.name)},
             {"unit", {"unit", "单位"}, both_languages ? std::string(spec.unit) : said_unit(spec.unit, language)},
             {"values", {"values", "取值"}, labels},
             {"rules", {"read by rules", "规则可读"}, truth(spec.readable_by_rules)},
             {"changes", {"changes", "逐年变化"}, truth(changes)}};
  if (both_languages || language != "zh") row.push_back({"meaning", {"meaning", "含义"}, std::string(spec.meaning)});
  if (both_languages || language == "zh")
    row.push_back({"meaning_zh", {"meaning in Chinese", "含义"}, std::string(spec.meaning_zh)});
  return row;
}

/// The state with everything that the catalogue can switch on.
StateSchema whole_schema(const Catalogue& catalogue) {
  StateSchema schema = base_schema();
  std::set<std::string, std::less<>> last_years;
  for (const Stream& stream : catalogue.streams)
    if (!stream.last_year.empty()) last_years.emplace(stream.last_year);
  declare_streams(catalogue.streams, Settings(), true, last_years, schema);
  for (const Mechanism& mechanism : catalogue.year)
    if (mechanism.declare) mechanism.declare(schema);
  for (const Verb& verb : catalogue.verbs)
    if (verb.declare) verb.declare(schema);
  return schema;
}

}  // namespace

std::string columns_reference(const Catalogue& catalogue, bool markdown, const std::string& language) {
  const StateSchema schema = whole_schema(catalogue);
  std::vector<List> lists = {{"person", {}}};
  for (const ColumnSpec& spec : codebook::persons()) lists[0].rows.push_back(row_of(spec, false, language, !markdown));
  for (std::size_t level = 0; level < schema.levels(); ++level) {
    List list{schema.level_name(level), {}};
    const std::vector<ColumnSpec>* founding = level == household_level ? &codebook::households()
                                              : level == village_level ? &codebook::villages()
                                              : level == county_level  ? &codebook::counties()
                                                                       : nullptr;
    if (founding)
      for (const ColumnSpec& spec : *founding)
        if (std::none_of(schema.specs(level).begin(), schema.specs(level).end(),
                         [&](const ColumnSpec& state) { return state.name == spec.name; }))
          list.rows.push_back(row_of(spec, false, language, !markdown));
    for (const ColumnSpec& spec : schema.specs(level)) list.rows.push_back(row_of(spec, true, language, !markdown));
    lists.push_back(std::move(list));
  }
  return markdown ? as_markdown(language == "zh" ? "列" : "Columns", lists, language) : as_json(lists);
}

std::string figures_reference(const Catalogue& catalogue, bool markdown, const std::string& language) {
  std::vector<List> lists;
  for (const Figure& figure : catalogue.figures.rows()) {
    const std::string group = figure.group.empty() ? "study" : figure.group;
    auto list = std::find_if(lists.begin(), lists.end(), [&](const List& known) { return known.name == group; });
    if (list == lists.end()) list = lists.insert(lists.end(), List{group, {}});
    std::string dimensions = figure.of_year()    ? "scenario draw replicate year place"
                             : figure.of_money() ? "scenario draw replicate"
                                                 : "scenario batch left_out_draw year";
    for (const std::string& own : figure.dimensions) dimensions += " " + own;
    Row row = {{"name", {"figure", "指标"}, figure.full_name()},
               {"dimensions", {"dimensions", "维度"}, dimensions},
               {"unit", {"unit", "单位"}, markdown ? said_unit(figure.unit, language) : figure.unit}};
    if (!markdown || language != "zh") row.push_back({"meaning", {"meaning", "含义"}, figure.meaning});
    if (!markdown || language == "zh") row.push_back({"meaning_zh", {"meaning in Chinese", "含义"}, figure.meaning_zh});
    list->rows.push_back(std::move(row));
  }
  return markdown ? as_markdown(language == "zh" ? "指标" : "Figures", lists, language) : as_json(lists);
}

}  // namespace tuopin
