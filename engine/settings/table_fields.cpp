#include "engine/settings/table_fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/files/limits.hpp"
#include "engine/settings/cells.hpp"
#include "engine/settings/settings_text.hpp"
#include "engine/settings/units.hpp"

namespace tuopin {

namespace {

constexpr double boundless = 1e299;
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

Message words_or(const std::vector<std::string>& words) {
  if (words.size() < 2) return Message::verbatim(words.empty() ? "" : words.front());
  return message("{} or {}", fmt::format("{}", fmt::join(words.begin(), words.end() - 1, ", ")), words.back());
}

Message bounds_in_words(double lower, double upper, double value) {
  constexpr double far_away = 1e9;  // a bound against slips: named where it is what was missed
  if (lower > -boundless && upper < (value > upper ? boundless : far_away))
    return message("{} to {}", fmt::format("{:g}", lower), fmt::format("{:g}", upper));
  return lower > -boundless ? message("at least {}", fmt::format("{:g}", lower))
                            : message("at most {}", fmt::format("{:g}", upper));
}

Message percent_hint(std::string_view unit, double value, double upper) {
  return unit.starts_with("share") && value > upper && value <= 100
             ? message("percent are written as shares: 0.05 for 5%, or with the unit %")
             : "";
}

/// "there is no margin x"; the words for rows and places are those that the tables of a region declare.
Message there_is_no(const std::string& what, const std::string& name) {
  static constexpr MessageId known[] = {
      msgid("there is no place {}"),
      msgid("there is no crop {}"),
      msgid("there is no margin {}"),
      msgid("there is no line {}"),
      msgid("there is no published figure {}"),
      msgid("there is no quantity of a crop {}"),
  };
  for (const MessageId id : known)
    if (id.text == "there is no " + what + " {}") return message(id, name);
  return message("there is no {} {}", what, name);
}

/// Hint for an unknown name: an invisible character in it, otherwise the nearest valid name.
Message name_hint(const std::string& typed, const std::vector<std::string>& names) {
  Message hint = did_you_mean(typed, names);
  if (const std::string seen = invisible_character(typed); !seen.empty())
    hint = hint.empty() ? message("it holds the character {}", seen)
                        : message("it holds the character {}; {}", seen, hint);
  if (hint.empty() && names.size() <= 12) hint = message("known: {}", quoted_list(names));
  return hint;
}

std::vector<std::string> names_of(const std::vector<Column>& columns, bool required) {
  std::vector<std::string> names;
  for (const Column& column : columns)
    if (column.required == required) names.push_back(column.name);
  return names;
}

std::vector<std::string> that_may_be_empty(const std::vector<Column>& columns) {
  std::vector<std::string> names;
  for (const Column& column : columns)
    if (!column.filled) names.push_back(column.name);
  return names;
}

Message expected_of(const Column& column) {
  switch (column.kind) {
    case CellKind::number: return message("a number");
    case CellKind::year: return message("a year");
    case CellKind::truth: return message("yes or no");
    case CellKind::choice: return words_or(column.choices);
    case CellKind::unit: return message("a unit");
    case CellKind::reference:
      return message(column.refers_to == "crop" ? msgid("the name of a crop") : msgid("the name of a place"));
    default: return message("a name");
  }
}

}  // namespace

const RowField* TableKind::row(std::string_view wanted) const {
  const auto found =
      std::find_if(rows.begin(), rows.end(), [&](const RowField& field) { return field.name == wanted; });
  return found == rows.end() ? nullptr : &*found;
}

std::vector<std::string> TableKind::row_names() const {
  std::vector<std::string> names;
  for (const RowField& field : rows) names.push_back(field.name);
  return names;
}

bool check_measured(const RowField& field, const std::string& unit, const std::string& name, const Origin& origin,
                    Measured& m, std::vector<Problem>& problems) {
  const std::size_t before = problems.size();
  const auto refuse = [&](const char* column, const Message& what, Message hint = "") {
    problems.push_back({origin, column, message("{}: {}", name, what), std::move(hint)});
  };
  m.typed = fmt::format("{} {}", m.value, unit);
  const auto factor = unit_factor(unit, field.unit);
  if (!factor) {
    refuse("unit",
           unit.empty() ? message("is empty, expected {}", unit_in_quotes(field.unit))
                        : message("is {}, expected {}", visible(unit), unit_in_quotes(field.unit)),
           why_no_multiple(unit, field.unit));
    return false;
  }
  const double typed[] = {m.value, m.low, m.high};
  m.rounding = factor->of(m.rounding);
  const char* const columns[] = {"value", "low", "high"};
  double* const parts[] = {&m.value, &m.low, &m.high};
  for (std::size_t i = 0; i < 3; ++i) {
    double& part = *parts[i];
    part = factor->of(part);
    if (i > 0 && !m.ranged) break;
    if (field.counted && std::fabs(part - std::round(part)) <= 1e-9 * std::fabs(part)) part = std::round(part);
    const Message as_typed = with_unit(typed[i], unit);
    const Message in_words =
        factor->is_one() ? as_typed
                         : message("{}, which is {}", as_typed, with_unit(fmt::format("{:g}", part), field.unit));
    if (part < field.lower || part > field.upper)
      refuse(columns[i], message("is {}, expected {}", in_words, bounds_in_words(field.lower, field.upper, part)),
             percent_hint(field.unit, part, field.upper));
    else if (i == 0 && field.counted && part != std::round(part))
      refuse(columns[i], message("is {}, expected a whole number of {}", in_words, unit_in_words(field.unit)));
  }
  if (!m.ranged) m.low = m.high = m.value;
  if (problems.size() > before) return false;
  if (m.low > m.high)
    refuse("low", message("is {}, above high, which is {}", typed[1], typed[2]),
           message("low is the 5% point, high the 95% point"));
  else if (m.value < m.low || m.value > m.high)
    refuse("value", message("is {}, outside its own range [low, high] = [{}, {}]", typed[0], typed[1], typed[2]),
           message("move low or high, or empty both"));
  return problems.size() == before;
}

TableRows::TableRows(const std::filesystem::path& path, const TableKind& kind, const TableNames& names,
                     std::vector<Problem>& problems)
    : csv_(path, names_of(kind.columns, true), names_of(kind.columns, false), problems,
           that_may_be_empty(kind.columns)),
      kind_(kind), problems_(problems), sound_(csv_.rows(), true), fields_(csv_.rows(), nullptr),
      measured_(csv_.rows()) {
  readable_ = std::all_of(kind.columns.begin(), kind.columns.end(),
                          [&](const Column& column) { return !column.required || csv_.has(column.name); });
  if (!readable_) return;
  const std::size_t before = problems.size();
  for (std::size_t row = 0; row < size(); ++row) {
    for (const Column& column : kind.columns)
      if (csv_.has(column.name)) check_cell(row, column, names);
    if (!kind.row_name.empty()) check_row_field(row);
    if (problems.size() - before <= max_csv_problems + open_) continue;
    std::fill(sound_.begin() + static_cast<std::ptrdiff_t>(row), sound_.end(), false);
    return;  // probably a file of another kind: reading stops
  }
  check_keys();
}

void TableRows::refuse(std::size_t row, std::string column, Message what, Message hint) {
  problems_.push_back({origin(row), std::move(column), std::move(what), std::move(hint)});
  sound_[row] = false;
}

void TableRows::check_cell(std::size_t row, const Column& column, const TableNames& names) {
  const std::string& cell = text(row, column.name);
  if (!column.only_where.empty() && !truth(row, column.only_where)) return;
  const std::string control = control_character(cell, column.kind != CellKind::text);
  if (!control.empty())
    return refuse(row, column.name, message("is {}, which holds the control character {}", visible(cell), control));
  if (is_open_cell(cell) && column.kind != CellKind::text && column.kind != CellKind::name) return ask(row, column);
  if (cell.empty()) {
    const bool said_later = column.kind == CellKind::unit && !kind_.row_name.empty();  // with the unit that is meant
    if (column.filled && !said_later) refuse(row, column.name, message("is empty, expected {}", expected_of(column)));
    return;
  }
  const auto unexpected = [&](Message hint) {
    if (hint.empty()) hint = made_by_spreadsheet(cell);
    refuse(row, column.name, message("is {}, expected {}", visible(cell), expected_of(column)), std::move(hint));
  };
  switch (column.kind) {
    case CellKind::number: {
      const CellNumber number = number_of_cell(cell);
      if (!number.value) return unexpected(number.hint);
      if (*number.value < column.lower || *number.value > column.upper)
        refuse(row, column.name,
               message("is {}, expected {}", with_unit(visible(cell), column.unit),
                       bounds_in_words(column.lower, column.upper, *number.value)),
               percent_hint(column.unit, *number.value, column.upper));
      return;
    }
    case CellKind::year: {
      const CellYear year = year_of_cell(cell);
      if (!year.value || *year.value < first_possible_year || *year.value > last_possible_year) unexpected(year.hint);
      return;
    }
    case CellKind::truth:
      if (!truth_of_cell(cell)) unexpected("");
      return;
    case CellKind::choice:
      if (std::find(column.choices.begin(), column.choices.end(), cell) == column.choices.end())
        unexpected(did_you_mean(cell, column.choices));
      return;
    case CellKind::reference: return check_reference(row, column, names);
    case CellKind::name:
      if (const Message why = made_by_spreadsheet(cell); !why.empty())
        refuse(row, column.name, message("is {}, expected {}", visible(cell), message("a name")), why);
      else if (const std::string seen = invisible_character(cell); !seen.empty() && column.name != kind_.row_name)
        refuse(row, column.name, message("is {}, which holds the character {} that nobody sees", visible(cell), seen));
      return;
    default: return;
  }
}

/// Reports a cell that is not filled in yet, with what belongs there.
void TableRows::ask(std::size_t row, const Column& column) {
  const RowField* field = kind_.row_name.empty() ? nullptr : kind_.row(text(row, kind_.row_name));
  const bool of_field = field && column.kind == CellKind::number;
  const std::string unit =
      of_field ? csv_.has("unit") && has(row, "unit") ? text(row, "unit") : field->unit : column.unit;
  const Message meaning = in_words(of_field ? field->meaning : column.meaning);
  refuse(row, column.name,
         unit.empty() ? message("{}: is to be filled in: {}", name(row), meaning)
                      : message("{}: is to be filled in: {}; unit: {}", name(row), meaning, unit_in_words(unit)));
  ++open_;
}

void TableRows::check_reference(std::size_t row, const Column& column, const TableNames& names) {
  const auto known = names.find(column.refers_to);
  const std::string& cell = text(row, column.name);
  if (known == names.end() || std::find(known->second.begin(), known->second.end(), cell) != known->second.end())
    return;
  refuse(row, column.name, there_is_no(column.refers_to, visible(cell)), name_hint(cell, known->second));
}

void TableRows::check_row_field(std::size_t row) {
  const std::string& typed = text(row, kind_.row_name);
  fields_[row] = kind_.row(typed);
  if (!fields_[row]) {
    const std::vector<std::string> names = kind_.row_names();
    if (!typed.empty() && sound_[row]) {
      if (const auto replaced = kind_.replaced.find(typed); replaced != kind_.replaced.end())
        refuse(row, kind_.row_name, message("{} is no longer read", typed), message(replaced->second));
      else
        refuse(row, kind_.row_name, there_is_no(kind_.row_word, visible(typed)), name_hint(typed, names));
    }
    sound_[row] = false;
    misspelt_.push_back(typed);
    return;
  }
  Measured& m = measured_[row];
  m.value = number(row, "value");
  m.rounding = number_of_cell(text(row, "value")).rounding;
  const bool low = has(row, "low"), high = has(row, "high");
  if (low != high)
    refuse(row, low ? "high" : "low",
           message("{}: {}", name(row),
                   message(low ? msgid("is empty, and low is {}") : msgid("is empty, and high is {}"),
                           visible(text(row, low ? "low" : "high")))),
           message("give both, the 5% and the 95% point, or empty both"));
  m.ranged = low && high;
  if (m.ranged) {
    m.low = number(row, "low");
    m.high = number(row, "high");
  }
  if (std::isnan(m.value) || std::isnan(m.low) || std::isnan(m.high)) return;  // has been reported
  if (!check_measured(*fields_[row], text(row, "unit"), name(row), origin(row), m, problems_)) sound_[row] = false;
}

void TableRows::check_keys() {
  if (kind_.key.empty()) return;
  std::map<std::vector<std::string>, std::size_t> first;
  for (std::size_t row = 0; row < size(); ++row) {
    std::vector<std::string> key;
    for (const std::string& column : kind_.key) {
      const int as_year = column == "year" ? year(row, column) : 0;
      key.push_back(as_year ? std::to_string(as_year) : text(row, column));
    }
    if (std::any_of(key.begin(), key.end(), [](const std::string& cell) { return cell.empty(); })) continue;
    const auto [at, is_new] = first.emplace(std::move(key), row);
    if (!is_new)
      refuse(row, kind_.key.front(),
             message("a second row for {}; the first stands in line {}", name(row), origin(at->second).line),
             message("one of the two is to go"));
  }
}

std::string TableRows::name(std::size_t row) const {
  std::string words;
  for (const std::string& column : kind_.key) words += (words.empty() ? "" : ", ") + shortened(text(row, column));
  return words;
}

double TableRows::number(std::size_t row, std::string_view column) const {
  return number_of_cell(text(row, column)).value.value_or(not_a_number);
}

int TableRows::year(std::size_t row, std::string_view column) const {
  return year_of_cell(text(row, column)).value.value_or(0);
}

bool TableRows::truth(std::size_t row, std::string_view column) const {
  return truth_of_cell(text(row, column)).value_or(false);
}

Status TableRows::status(std::size_t row) const { return status_of(text(row, "status")); }

bool one_may_mean(const std::vector<std::string>& misspelt, const std::string& name) {
  return std::any_of(misspelt.begin(), misspelt.end(),
                     [&](const std::string& word) { return nearest_name(word, {name}) == name; });
}

Status status_of(std::string_view word) {
  return word == "published" ? Status::published : word == "derived" ? Status::derived : Status::assumption;
}

std::vector<Column> quantity_columns(bool status_may_be_empty) {
  Column low{"low", CellKind::number, {"5% point of an assumption", "假设值的5%分位点"}},
      high{"high", CellKind::number, {"95% point of an assumption", "假设值的95%分位点"}},
      status{"status",
             CellKind::choice,
             {"published (read in a source), derived (arithmetic on sources), assumption (judgement)",
              "published 公布值、derived 推算值、assumption 假设值"}},
      source{"source", CellKind::text, {"where the number comes from", "来源"}};
  low.filled = high.filled = source.filled = false;
  status.filled = !status_may_be_empty;
  status.choices = {"published", "derived", "assumption"};
  return {{"value", CellKind::number, {"the number", "数值"}},
          {"unit", CellKind::unit, {"unit of value, low and high: the row's own or an exact multiple", "单位"}},
          source,
          status,
          low,
          high};
}

}  // namespace tuopin
