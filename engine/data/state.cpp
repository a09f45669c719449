#include "engine/data/state.hpp"

#include <algorithm>
#include <stdexcept>

namespace tuopin {

namespace {

std::size_t index_of(const std::vector<ColumnSpec>& specs, std::string_view name) {
  const auto found =
      std::find_if(specs.begin(), specs.end(), [&](const ColumnSpec& spec) { return spec.name == name; });
  return static_cast<std::size_t>(found - specs.begin());
}

void fill(Table::Data& data, double initial, std::size_t begin, std::size_t end) {
  std::visit(
      [&](auto& values) {
        using Value = std::decay_t<decltype(values[0])>;
        std::fill(values.begin() + static_cast<std::ptrdiff_t>(begin),
                  values.begin() + static_cast<std::ptrdiff_t>(end), static_cast<Value>(initial));
      },
      data);
}

}  // namespace

void StateSchema::add_level(std::string name, const std::vector<ColumnSpec>* founding) {
  levels_.push_back({std::move(name), founding, {}, {}});
}

std::uint16_t StateSchema::level(std::string_view name) const {
  for (std::size_t i = 0; i < levels_.size(); ++i)
    if (levels_[i].name == name) return static_cast<std::uint16_t>(i);
  throw std::logic_error("no level of the state is called " + std::string(name));
}

void StateSchema::add(const StateColumn& column) {
  Level& of = levels_[level(column.level)];
  if (index_of(of.specs, column.spec.name) < of.specs.size())
    throw std::logic_error("two columns are called " + of.name + "." + std::string(column.spec.name));
  of.columns.push_back(column);
  of.specs.push_back(column.spec);
}

bool StateSchema::has(std::string_view name) const {
  const std::size_t dot = name.find('.');
  for (const Level& of : levels_)
    if (of.name == name.substr(0, dot))
      return index_of(of.specs, name.substr(dot + 1)) < of.specs.size() ||
             (of.founding && index_of(*of.founding, name.substr(dot + 1)) < of.founding->size());
  return false;
}

ColumnPlace StateSchema::find(std::string_view name, ColumnSpec::Type type, bool to_write) const {
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) throw std::logic_error("not a qualified column: " + std::string(name));
  ColumnPlace place;
  place.level = level(name.substr(0, dot));
  const Level& of = levels_[place.level];
  const std::string_view column = name.substr(dot + 1);
  const std::vector<ColumnSpec>* specs = &of.specs;
  std::size_t index = index_of(*specs, column);
  if (index == specs->size() && of.founding) {  // what changes hides what it began as
    specs = of.founding;
    index = index_of(*specs, column);
    place.founding = true;
  }
  if (index == specs->size()) throw std::logic_error("no column is called " + std::string(name));
  if ((*specs)[index].type != type)
    throw std::logic_error(std::string(name) + " holds " + std::string(to_text((*specs)[index].type)) + ", not " +
                           std::string(to_text(type)));
  if (place.founding && to_write)
    throw std::logic_error(std::string(name) + " is a founding column: nothing writes it");
  place.column = static_cast<std::uint16_t>(index);
  return place;
}

State::State(const StateSchema& schema, const std::vector<Level>& levels) {
  for (std::size_t i = 0; i < schema.levels(); ++i) {
    founding_.push_back(levels.at(i).founding);
    own_.emplace_back(schema.level_name(i) + "_state", levels[i].rows, schema.specs(i));
    for (const StateColumn& column : schema.columns(i)) {
      if (!column.from.empty())
        own_[i].data(column.spec.name) = levels[i].founding->data(column.from);
      else if (column.initial != 0)
        fill(own_[i].data(column.spec.name), column.initial, 0, levels[i].rows);
    }
  }
}

void begin_year(const StateSchema& schema, State& state, std::size_t level, std::size_t begin, std::size_t end) {
  for (const StateColumn& column : schema.columns(level))
    if (column.life == Life::year) fill(state.table(level).data(column.spec.name), column.initial, begin, end);
}

}  // namespace tuopin
