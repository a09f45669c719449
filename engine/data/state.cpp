#include "engine/data/state.hpp"

#include <algorithm>
#include <stdexcept>

#include "engine/base/ids.hpp"

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
  levels_.push_back({std::move(name), founding, {}, {}, {}, {}, -1, {}});
}

void StateSchema::add_child(std::string name, std::string_view of) {
  for (const Level& known : levels_)
    if (known.name == name) throw std::logic_error("two levels of the state are called " + name);
  const int parent = level(of);
  levels_.push_back({std::move(name), nullptr, {}, {}, {}, {}, parent, {}});
}

std::uint16_t StateSchema::child(std::string_view name) const {
  const std::uint16_t at = level(name);
  if (!is_child(at)) throw std::logic_error(std::string(name) + " is no child table");
  return at;
}

bool StateSchema::has_level(std::string_view name) const {
  return std::any_of(levels_.begin(), levels_.end(), [&](const Level& of) { return of.name == name; });
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
  of.initial.push_back(column.initial);
  of.keys.push_back(hash64(of.name + "." + std::string(column.spec.name)));
}

void StateSchema::offer(std::string_view level_name, std::string_view column) {
  levels_[level(level_name)].offered.emplace_back(column);
}

bool StateSchema::has(std::string_view name) const {
  const std::size_t dot = name.find('.');
  for (const Level& of : levels_)
    if (of.name == name.substr(0, dot))
      return index_of(of.specs, name.substr(dot + 1)) < of.specs.size() ||
             (of.founding && index_of(*of.founding, name.substr(dot + 1)) < of.founding->size());
  return false;
}

bool StateSchema::same_columns(const StateSchema& other) const {
  const auto same_column = [](const ColumnSpec& a, const ColumnSpec& b) {
    return a.name == b.name && a.type == b.type;
  };
  return std::equal(levels_.begin(), levels_.end(), other.levels_.begin(), other.levels_.end(),
                    [&](const Level& a, const Level& b) {
                      return a.name == b.name &&
                             std::equal(a.specs.begin(), a.specs.end(), b.specs.begin(), b.specs.end(), same_column);
                    });
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
  if (index == specs->size() && of.founding) {  // a state column hides the founding column of the same name
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
    children_.emplace_back();
    if (schema.is_child(i)) {
      children_[i].assign(levels[i].rows, ChildRows(schema.specs(i), schema.initial(i)));
      own_.emplace_back(schema.level_name(i) + "_state", 0, schema.specs(i));
      continue;
    }
    own_.emplace_back(schema.level_name(i) + "_state", levels[i].rows, schema.specs(i));
    for (const StateColumn& column : schema.columns(i)) {
      if (!column.from.empty())
        own_[i].data(column.spec.name) = levels[i].founding->data(column.from);
      else if (column.initial != 0)
        fill(own_[i].data(column.spec.name), column.initial, 0, levels[i].rows);
    }
  }
}

State State::under(const StateSchema& from, const StateSchema& to, const std::vector<Level>& levels) const {
  State state(to, levels);
  for (std::size_t i = 0; i < to.levels(); ++i) {
    if (!from.has_level(to.level_name(i))) continue;
    const std::uint16_t old = from.level(to.level_name(i));
    for (std::size_t c = 0; c < to.specs(i).size() && !to.is_child(i); ++c)
      if (const std::string_view name = to.specs(i)[c].name; own_[old].has(name))
        state.own_[i].data(name) = own_[old].data(name);
    if (to.is_child(i)) state.children_[i] = children_[old];  // one mechanism declares all columns of a child level
  }
  return state;
}

void begin_year(const StateSchema& schema, State& state, std::size_t level, std::size_t begin, std::size_t end) {
  for (std::size_t c = 0; c < schema.columns(level).size(); ++c) {
    const StateColumn& column = schema.columns(level)[c];
    if (column.lifetime != Lifetime::year) continue;
    if (schema.is_child(level))
      for (std::size_t block = begin; block < end; ++block)
        state.rows(ChangesRows{static_cast<std::uint16_t>(level)}, block).begin_anew(c);
    else
      fill(state.table(level).data(column.spec.name), column.initial, begin, end);
  }
}

}  // namespace tuopin
