#include "models/findings/study_view.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tuopin {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

const Dimension* dimension_of(const Study& study, const std::string& name) {
  const auto found = std::find_if(study.dimensions.begin(), study.dimensions.end(),
                                  [&](const Dimension& d) { return d.name == name; });
  return found == study.dimensions.end() ? nullptr : &*found;
}

/// Makes a text from a file safe for a terminal: control characters, which could fake other output, become spaces.
std::string without_controls(std::string text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool second = byte == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0;
    if (second) text[i + 1] = ' ';
    if (second || byte < 0x20 || byte == 0x7f) text[i] = ' ';
  }
  return text;
}

}  // namespace

StudyView::StudyView(const Study& study) : study_(study) {
  for (const Variable& variable : study.variables) {
    std::vector<std::size_t> sizes;
    for (const std::string& dimension : variable.dimensions) sizes.push_back(size(dimension));
    variables_.emplace(variable.name, Known{&variable, RowMajor(std::move(sizes))});
  }
}

std::size_t StudyView::size(const std::string& dimension) const {
  const Dimension* d = dimension_of(study_, dimension);
  return d ? d->size() : 0;
}

std::vector<std::string> StudyView::names(const std::string& dimension) const {
  const Dimension* d = dimension_of(study_, dimension);
  const auto* values = d ? std::get_if<std::vector<std::string>>(&d->values) : nullptr;
  std::vector<std::string> names = values ? *values : std::vector<std::string>{};
  for (std::string& name : names) name = without_controls(std::move(name));
  return names;
}

std::vector<std::int64_t> StudyView::years() const {
  const Dimension* d = dimension_of(study_, "year");
  const auto* values = d ? std::get_if<std::vector<std::int64_t>>(&d->values) : nullptr;
  return values ? *values : std::vector<std::int64_t>{};
}

const StudyView::Known* StudyView::find(const std::string& variable) const {
  const auto found = variables_.find(variable);
  return found == variables_.end() ? nullptr : &found->second;
}

std::optional<std::size_t> StudyView::position(const Known& known, Index index) {
  std::size_t at = 0;
  for (std::size_t axis = 0; axis < known.layout.axes(); ++axis) {
    std::size_t entry = 0;
    for (const auto& [name, wanted] : index)
      if (known.variable->dimensions[axis] == name) entry = wanted;
    if (entry >= known.layout.size(axis)) return std::nullopt;
    at += entry * known.layout.stride(axis);
  }
  return at;
}

double StudyView::at(const std::string& variable, Index index) const {
  const Known* known = find(variable);
  const auto at = known ? position(*known, index) : std::nullopt;
  if (!at) return unknown;
  const auto& values = known->variable->values;
  if (const auto* doubles = std::get_if<std::vector<double>>(&values))
    return *at < doubles->size() ? (*doubles)[*at] : unknown;
  if (const auto* whole = std::get_if<std::vector<std::int64_t>>(&values))
    return *at < whole->size() ? static_cast<double>((*whole)[*at]) : unknown;
  return unknown;
}

std::string StudyView::text_at(const std::string& variable, std::size_t entry) const {
  const Known* known = find(variable);
  const auto* texts = known ? std::get_if<std::vector<std::string>>(&known->variable->values) : nullptr;
  return texts && entry < texts->size() ? without_controls((*texts)[entry]) : "";
}

std::vector<double> StudyView::worlds(const std::string& variable, std::size_t scenario, std::size_t year,
                                      const char* dimension, std::size_t entry) const {
  std::vector<double> values;
  for (std::size_t d = 0; d < size("draw"); ++d)
    for (std::size_t r = 0; r < size("replicate"); ++r)
      values.push_back(at(variable, {{"scenario", scenario},
                                     {"draw", d},
                                     {"replicate", r},
                                     {"year", year},
                                     {dimension ? dimension : "", entry}}));
  return values;
}

std::vector<double> StudyView::sums(const std::string& variable, std::size_t scenario, std::size_t first_year,
                                    const char* dimension, std::size_t entry) const {
  std::vector<double> totals(size("draw") * size("replicate"), unknown);
  for (std::size_t y = first_year; y < size("year"); ++y) {
    const auto values = worlds(variable, scenario, y, dimension, entry);
    for (std::size_t w = 0; w < values.size(); ++w)
      if (!std::isnan(values[w])) totals[w] = std::isnan(totals[w]) ? values[w] : totals[w] + values[w];
  }
  return totals;
}

std::string StudyView::text(const std::string& attribute) const {
  const auto found = study_.attributes.find(attribute);
  const auto* value = found == study_.attributes.end() ? nullptr : std::get_if<std::string>(&found->second);
  return value ? without_controls(*value) : "";
}

std::vector<std::string> StudyView::lines(const std::string& attribute) const {
  std::vector<std::string> lines;
  const auto found = study_.attributes.find(attribute);
  const auto* value = found == study_.attributes.end() ? nullptr : std::get_if<std::string>(&found->second);
  for (std::size_t at = 0; value && at < value->size();) {
    const std::size_t end = std::min(value->find('\n', at), value->size());
    lines.push_back(without_controls(value->substr(at, end - at)));
    at = end + 1;
  }
  return lines;
}

double StudyView::number(const std::string& attribute) const {
  const auto found = study_.attributes.find(attribute);
  if (found == study_.attributes.end()) return unknown;
  if (const auto* whole = std::get_if<std::int64_t>(&found->second)) return static_cast<double>(*whole);
  const auto* value = std::get_if<double>(&found->second);
  return value ? *value : unknown;
}

}  // namespace tuopin
