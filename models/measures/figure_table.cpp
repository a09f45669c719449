#include <algorithm>

#include <fmt/format.h>
#include <stdexcept>

#include "engine/settings/cells.hpp"
#include "engine/settings/settings.hpp"
#include "models/measures/shipped_figures.hpp"

namespace tuopin {

FigureTable::FigureTable(std::vector<Figure> rows) {
  for (Figure& row : rows) add(std::move(row));
}

void FigureTable::add(Figure figure) {
  if (find(figure.full_name())) throw std::logic_error(fmt::format("the figure {} is there twice", figure.full_name()));
  rows_.push_back(std::move(figure));
}

void FigureTable::add(Dimension dimension) { dimensions_.push_back(std::move(dimension)); }

const Figure* FigureTable::find(std::string_view full_name) const {
  const auto found =
      std::find_if(rows_.begin(), rows_.end(), [&](const Figure& row) { return row.full_name() == full_name; });
  return found == rows_.end() ? nullptr : &*found;
}

std::vector<std::string> FigureTable::names() const {
  std::vector<std::string> names;
  for (const Figure& row : rows_) names.push_back(row.full_name());
  return names;
}

FigureTable FigureTable::of_one_scenario() const {
  FigureTable own;
  own.dimensions_ = dimensions_;
  for (const Figure& figure : rows_)
    if (!figure.against_first) own.rows_.push_back(figure);
  return own;
}

FigureTable FigureTable::only(const std::vector<std::string>& wanted) const {
  std::vector<Problem> problems;
  for (const std::string& name : wanted)
    if (!find(name)) {
      const Message near = did_you_mean(name, names());
      problems.push_back({{},
                          "--figures",
                          message("there is no figure {}", visible(name)),
                          near.empty() ? message("the variables of any study are the figures there are") : near});
    }
  if (!problems.empty()) throw UsageError(std::move(problems));
  FigureTable table;
  table.dimensions_ = dimensions_;
  for (const Figure& row : rows_)
    if (std::find(wanted.begin(), wanted.end(), row.full_name()) != wanted.end()) table.rows_.push_back(row);
  return table;
}

const FigureTable& shipped_figures() {
  static const FigureTable table = [] {
    FigureTable all;
    for (const auto& subject : {income_figures(), register_figures(), years_of_poverty_figures(),
                                register_error_figures(), spending_figures(), programme_figures(), ledger_figures(),
                                batch_figures(), stream_figures(), allowance_figures(), land_figures()})
      for (const Figure& row : subject) all.add(row);
    return all;
  }();
  return table;
}

}  // namespace tuopin
