// JSON Schema (2020-12) and reference page of a kind of file, both made from its field table.
#include <fmt/format.h>

#include <algorithm>

#include "engine/settings/settings_data.hpp"
#include "engine/settings/settings_text.hpp"

namespace tuopin {

namespace {

using Members = std::vector<std::pair<std::string, std::string>>;  // name → JSON text

std::string object(const Members& members) {
  std::string text;
  for (const auto& [name, value] : members) text += (text.empty() ? "" : ",") + in_quotes(name) + ":" + value;
  return "{" + text + "}";
}

std::string array(const std::vector<std::string>& items) { return fmt::format("[{}]", fmt::join(items, ",")); }

std::string strings(const std::vector<std::string>& names) { return "[" + quoted_list(names) + "]"; }

/// An object that holds what is named and nothing else.
std::string closed_object(Members properties, const std::vector<std::string>& required, Members more = {}) {
  Members members{{"type", "\"object\""}, {"properties", object(properties)}};
  if (!required.empty()) members.emplace_back("required", strings(required));
  for (auto& member : more) members.push_back(std::move(member));
  members.emplace_back("additionalProperties", "false");
  return object(members);
}

std::string any_number(const Field& field) {
  Members members{{"type", "\"number\""}};
  if (field.lower == 0) members.emplace_back("minimum", "0");  // a bound in every unit
  return object(members);
}

std::string number_within(const Field& field) {
  Members members{{"type", field.kind == FieldKind::integer ? "\"integer\"" : "\"number\""}};
  if (field.lower > -1e300) members.emplace_back("minimum", fmt::format("{}", field.lower));
  if (field.upper < 1e300) members.emplace_back("maximum", fmt::format("{}", field.upper));
  return object(members);
}

const std::string text_schema = R"({"type":"string"})";
const std::string pair_schema = R"({"type":"array","items":{"type":"number"},"minItems":2,"maxItems":2})";
const std::string years_in_window =
    R"({"type":"array","items":{"type":"integer","minimum":1900,"maximum":2200},"minItems":2,"maxItems":2})";
const std::string name_pattern = "^[A-Za-z0-9_-]{1,64}$";

/// How a schema is written: for a file that stands alone (`complete`), or for one that extends another and may leave
/// out what its base gives; and in which language.
struct Form {
  bool complete;
  const Translation& translation;
};

/// `merge = true` in a value of a file that extends another.
void allow_merge(Members& properties, bool complete) {
  if (!complete) properties.emplace_back("merge", R"({"type":"boolean"})");
}

std::string translated_schema(const Form& form) {
  const auto required = form.complete ? std::vector<std::string>{"en", "zh"} : std::vector<std::string>{};
  Members properties{{"en", text_schema}, {"zh", text_schema}};
  allow_merge(properties, form.complete);
  return object({{"anyOf", array({text_schema, closed_object(properties, required)})}});
}

/// unit, range, shape, source, grade, status, reason, office.
Members evidence_properties(const Field& field, const char* range_key, const Form& form) {
  const Message of_unit = message("{}, or an exact multiple of it", unit_in_words(field.unit));
  return {{range_key, pair_schema},
          {"shape", object({{"enum", strings({"fixed", "triangular", "normal", "lognormal", "uniform"})}})},
          {"unit", field.unit.empty()
                       ? text_schema
                       : object({{"type", "\"string\""}, {"description", in_quotes(of_unit.said(form.translation))}})},
          {"source", text_schema},
          {"grade", object({{"enum", strings({"A", "B", "C", "D"})}})},
          {"status", object({{"enum", strings({"published", "derived", "assumption"})}})},
          {"reason", text_schema},
          {"office", translated_schema(form)}};
}

/// Bounds hold in the field's own unit: where the table gives another one, the program judges the converted number.
void bound_in_own_unit(const Field& field, const std::string& key, const std::string& bounded, Members& more) {
  if (field.unit.empty()) return;
  const std::string own_unit = object({{"unit", object({{"const", in_quotes(field.unit)}})}});
  more.emplace_back("if", object({{"properties", own_unit}}));
  more.emplace_back("then", object({{"properties", object({{key, bounded}})}}));
}

std::string quantity_schema(const Field& field, const Form& form) {
  Members properties = evidence_properties(field, "range", form);
  properties.insert(properties.begin(), {"value", field.unit.empty() ? number_within(field) : any_number(field)});
  allow_merge(properties, form.complete);
  Members more;
  bound_in_own_unit(field, "value", number_within(field), more);
  const bool bare = field.kind == FieldKind::number;
  std::vector<std::string> required;
  if (form.complete)
    required = bare ? std::vector<std::string>{"value"} : std::vector<std::string>{"value", "unit", "source"};
  const std::string table = closed_object(properties, required, more);
  return bare ? object({{"anyOf", array({number_within(field), table})}}) : table;
}

std::string years_schema(const std::string& number, bool complete) {
  Members members{{"type", "\"object\""}};
  if (!complete) members.emplace_back("properties", R"({"merge":{"type":"boolean"}})");
  members.emplace_back("patternProperties", object({{"^(19|20|21)[0-9]{2}$|^2200$", number}}));
  members.emplace_back("additionalProperties", "false");
  return object(members);
}

std::string series_schema(const Field& field, const Form& form) {
  if (stands_beside_its_qualifiers(field)) return years_schema(any_number(field), form.complete);
  const std::string key = field.kind == FieldKind::flow ? "by_year" : "from_year";
  Members properties = evidence_properties(field, "relative_range", form);
  properties.insert(properties.begin(), {key, years_schema(any_number(field), form.complete)});
  allow_merge(properties, form.complete);
  Members more;
  bound_in_own_unit(field, key, years_schema(number_within(field), form.complete), more);
  return closed_object(properties, form.complete ? std::vector<std::string>{key} : std::vector<std::string>{}, more);
}

std::string value_schema(const Field& field, const Form& form) {
  switch (field.kind) {
    case FieldKind::text:
    case FieldKind::rule:
    case FieldKind::file: return text_schema;
    case FieldKind::translated: return translated_schema(form);
    case FieldKind::flag: return R"({"type":"boolean"})";
    case FieldKind::integer: return number_within(field);
    case FieldKind::number:
    case FieldKind::quantity: return quantity_schema(field, form);
    case FieldKind::flow:
    case FieldKind::level: return series_schema(field, form);
    case FieldKind::names: {
      const std::string item = field.choices.empty() ? text_schema : object({{"enum", strings(field.choices)}});
      return object({{"type", "\"array\""}, {"items", item}, {"uniqueItems", "true"}});
    }
    case FieldKind::window: return years_in_window;
    case FieldKind::choice: return field.counts ? text_schema : object({{"enum", strings(field.choices)}});
    case FieldKind::shares: {
      Members members{{"type", "\"object\""}};
      if (!form.complete) members.emplace_back("properties", R"({"merge":{"type":["boolean","number"]}})");
      members.emplace_back("additionalProperties", R"({"type":"number","minimum":0,"maximum":1})");
      return object(members);
    }
  }
  return "true";
}

std::string described(const std::string& schema, const Field& field, const Form& form) {
  Message description = field.meaning;
  if (!field.unit.empty() && field.unit != "1")
    description = message("{} [{}]", description, unit_in_words(field.unit));
  if (!field.default_text.empty()) description = message("{}; default {}", description, field.default_text);
  // The schema is an object in braces: its description comes first.
  return "{\"description\":" + in_quotes(description.said(form.translation)) + "," + schema.substr(1);
}

/// Properties of fields; a key that several variants define may hold what any of them allows.
Members field_properties(const std::vector<Field>& fields, const Form& form) {
  std::vector<std::pair<std::string, std::vector<std::string>>> by_key;
  const auto add = [&](const std::string& key, std::string schema) {
    auto known = std::find_if(by_key.begin(), by_key.end(), [&](const auto& entry) { return entry.first == key; });
    if (known == by_key.end()) known = by_key.insert(by_key.end(), {key, {}});
    auto& schemas = known->second;
    if (std::find(schemas.begin(), schemas.end(), schema) == schemas.end()) schemas.push_back(std::move(schema));
  };
  for (const Field& field : fields) add(field.key, described(value_schema(field, form), field, form));
  for (const Field& field : fields)
    if (stands_beside_its_qualifiers(field))
      for (const auto& [key, schema] : evidence_properties(field, "relative_range", form))
        if (std::none_of(fields.begin(), fields.end(), [&, name = key](const Field& f) { return f.key == name; }))
          add(key, schema);
  if (!form.complete && std::any_of(fields.begin(), fields.end(), stands_beside_its_qualifiers))
    add("merge", R"({"type":"boolean"})");
  Members properties;
  for (const auto& [key, schemas] : by_key)
    properties.emplace_back(key, schemas.size() == 1 ? schemas.front() : object({{"anyOf", array(schemas)}}));
  return properties;
}

bool has_stand_in(const std::vector<Field>& fields, const Field& field) {
  return std::any_of(fields.begin(), fields.end(), [&](const Field& other) { return other.instead_of == field.key; });
}

std::vector<std::string> required_keys(const std::vector<Field>& fields, bool complete) {
  std::vector<std::string> keys;
  for (const Field& field : fields)
    if (complete && field.required && !has_stand_in(fields, field)) keys.push_back(field.key);
  return keys;
}

/// Where a flag may stand in place of a required key, one of the two is asked for.
void require_one_of_two(const std::vector<Field>& fields, bool complete, Members& more) {
  for (const Field& field : fields)
    for (const Field& other : fields)
      if (complete && field.required && other.instead_of == field.key)
        more.emplace_back("anyOf", array({object({{"required", strings({field.key})}}),
                                          object({{"required", strings({other.key})}})}));
}

std::vector<Field> variant_fields(const Section& section, const std::string& name) {
  std::vector<Field> fields{{section.discriminator, FieldKind::choice, "", "", -1e300, 1e300, true, "", {name}}};
  for (const auto* more : {&section.fields, &section.variants.at(name)})
    for (const Field& field : *more)
      if (field.key != section.discriminator) fields.push_back(field);
  return fields;
}

/// Fields of a section whose choice is open: those of all variants.
std::vector<Field> fields_of_all_variants(const Section& section) {
  std::vector<Field> fields;
  std::vector<std::string> names;
  for (const auto& [name, more] : section.variants) {
    names.push_back(name);
    for (const Field& field : variant_fields(section, name))
      if (field.key != section.discriminator) fields.push_back(field);
  }
  fields.insert(fields.begin(), {section.discriminator, FieldKind::choice, "", "", -1e300, 1e300, true, "", names});
  return fields;
}

class SchemaWriter {
 public:
  SchemaWriter(const FileKind& kind, const Form& form) : kind_(kind), form_(form) {}

  std::string table(const std::string& path) const {
    const Section* section = find(path);
    if (section && !section->discriminator.empty()) {
      if (!form_.complete) return closed_object(field_properties(fields_of_all_variants(*section), form_), {});
      std::vector<std::string> variants;
      for (const auto& [name, more] : section->variants) {
        const auto fields = variant_fields(*section, name);
        variants.push_back(closed_object(field_properties(fields, form_), required_keys(fields, true)));
      }
      return object({{"description", in_quotes(said(section->meaning))}, {"oneOf", array(variants)}});
    }
    Members properties, more;
    std::vector<std::string> required;
    if (section) {
      properties = field_properties(section->fields, form_);
      required = required_keys(section->fields, form_.complete);
      require_one_of_two(section->fields, form_.complete, more);
      more.emplace_back("description", in_quotes(said(section->meaning)));
    }
    for (const std::string& name : children(path)) {
      const std::string child = path.empty() ? name : path + "." + name;
      if (name == "*") {
        more.emplace_back("patternProperties", object({{name_pattern, table(child)}}));
        if (form_.complete && find(child) && find(child)->required) more.emplace_back("minProperties", "1");
        continue;
      }
      properties.emplace_back(name, table(child));
      const Section* named = find(child + ".*");
      if (form_.complete && ((find(child) && find(child)->required) || (named && named->required)))
        required.push_back(name);
    }
    return closed_object(properties, required, more);
  }

 private:
  std::string said(const Message& message) const { return message.said(form_.translation); }

  const Section* find(const std::string& path) const {
    for (const Section& section : kind_.sections)
      if (section.path == path) return &section;
    return nullptr;
  }

  std::vector<std::string> children(const std::string& path) const {
    const std::string start = path.empty() ? "" : path + ".";
    std::vector<std::string> names;
    for (const Section& section : kind_.sections) {
      if (!section.path.starts_with(start) || section.path.size() <= start.size()) continue;
      const std::string name = section.path.substr(start.size(), section.path.find('.', start.size()) - start.size());
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    return names;
  }

  const FileKind& kind_;
  Form form_;
};

/// Line breaks and two blanks a level. The compact text has no white space outside strings.
std::string indented(const std::string& json) {
  std::string text;
  int level = 0;
  bool in_string = false;
  const auto break_line = [&] { text += "\n" + std::string(static_cast<std::size_t>(level) * 2, ' '); };
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (c == '"') in_string = !in_string;
    if (in_string && c == '\\') {
      text += c;
      text += json[++i];
      continue;
    }
    if (in_string || c == '"') {
      text += c;
    } else if (c == '{' || c == '[') {
      text += c;
      if (json[i + 1] == '}' || json[i + 1] == ']') {
        text += json[++i];
        continue;
      }
      ++level;
      break_line();
    } else if (c == '}' || c == ']') {
      --level;
      break_line();
      text += c;
    } else if (c == ',') {
      text += c;
      break_line();
    } else if (c == ':') {
      text += ": ";
    } else if (c != ' ') {
      text += c;
    }
  }
  return text + "\n";
}

}  // namespace

std::string json_schema(const FileKind& kind, const Translation& translation) {
  return json_schema_with(kind, "", translation);
}

std::string json_schema_with(const FileKind& kind, const std::string& definitions, const Translation& translation) {
  const Section* root = nullptr;
  for (const Section& section : kind.sections)
    if (section.path.empty()) root = &section;
  const bool extends = root && std::any_of(root->fields.begin(), root->fields.end(),
                                           [](const Field& field) { return field.key == "extends"; });
  Members members{{"$schema", "\"https://json-schema.org/draft/2020-12/schema\""},
                  {"title", in_quotes(kind.name)},
                  {"description", in_quotes(kind.meaning.said(translation))}};
  const std::string more = definitions.empty() ? "" : "," + definitions;
  if (extends) {
    members.emplace_back("if", R"({"required":["extends"]})");
    members.emplace_back("then", R"({"$ref":"#/$defs/change"})");
    members.emplace_back("else", R"({"$ref":"#/$defs/whole"})");
    const std::string own = object({{"whole", SchemaWriter(kind, {true, translation}).table("")},
                                    {"change", SchemaWriter(kind, {false, translation}).table("")}});
    members.emplace_back("$defs", own.substr(0, own.size() - 1) + more + "}");
  } else {
    members.emplace_back("allOf", array({SchemaWriter(kind, {true, translation}).table("")}));
    if (!definitions.empty()) members.emplace_back("$defs", "{" + definitions + "}");
  }
  return indented(object(members));
}

}  // namespace tuopin
