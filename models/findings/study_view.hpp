// A study read by the names of its dimensions.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/data/row_major.hpp"
#include "engine/study/study.hpp"

namespace tuopin {

/// Access to a study by names. What is not in it is NaN or empty; tables show a dash.
class StudyView {
 public:
  using Index = std::initializer_list<std::pair<const char*, std::size_t>>;

  explicit StudyView(const Study& study);

  std::size_t size(const std::string& dimension) const;
  std::vector<std::string> names(const std::string& dimension) const;
  std::vector<std::int64_t> years() const;
  bool has(const std::string& variable) const { return find(variable) != nullptr; }
  /// Dimensions that are not named are at their first entry: the whole region, the line itself, true income.
  double at(const std::string& variable, Index index) const;
  std::string text_at(const std::string& variable, std::size_t entry) const;
  /// The value of every draw and replicate, draws outside; at `entry` of one more dimension where one is named.
  std::vector<double> worlds(const std::string& variable, std::size_t scenario, std::size_t year,
                             const char* dimension = nullptr, std::size_t entry = 0) const;
  /// Of every world the sum over the years from `first_year` on in which the figure is known; NaN where it never is.
  std::vector<double> sums(const std::string& variable, std::size_t scenario, std::size_t first_year = 0,
                           const char* dimension = nullptr, std::size_t entry = 0) const;

  std::string text(const std::string& attribute) const;
  /// A text of several lines, such as a programme's own.
  std::vector<std::string> lines(const std::string& attribute) const;
  double number(const std::string& attribute) const;
  const Study& study() const { return study_; }

 private:
  struct Known {
    const Variable* variable;
    RowMajor layout;
  };
  const Known* find(const std::string& variable) const;
  /// Position of a value; nothing where an index lies outside its dimension.
  static std::optional<std::size_t> position(const Known& known, Index index);

  const Study& study_;
  std::map<std::string_view, Known> variables_;  ///< by name: tables ask for thousands of values
};

}  // namespace tuopin
