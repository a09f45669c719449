// A figure (a recorded indicator) is one row: name, dimensions, unit, meaning in two languages, and the formula that
// computes it. Study, targets, summaries, export and the command line read these rows; adding a figure means adding a
// row.
//
// The input of its formula determines the first dimensions of a figure; the dimensions named in the row follow them:
//
//   YearFacts      scenario draw replicate year place     recorded at the end of every year
//   MoneyFacts     scenario draw replicate                recorded at the end of a trajectory
//   LeftOutFacts   scenario batch left_out_draw year      recorded where batches are left out in turn
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/study/study.hpp"
#include "models/measures/facts.hpp"

namespace tuopin {

struct Figure {
  /// When the value is known, for a figure that refers to earlier years.
  struct Known {
    int lag = 0;           ///< the value recorded in year t belongs to year t − lag
    int years_before = 0;  ///< number of simulated years that it needs before the recorded one; unknown until then
  };
  using Formula = std::variant<double (*)(const YearFacts&, const At&), double (*)(const MoneyFacts&, const At&),
                               double (*)(const LeftOutFacts&, const At&)>;

  std::string group;  ///< group in the study file; empty: the root
  std::string name;
  std::vector<std::string> dimensions;  ///< in addition to those of its facts
  std::string unit, meaning, meaning_zh;
  Formula value;
  Known known = {};
  bool against_first = false;  ///< true if it compares a scenario with the first one of the run

  /// Name in the study: "poverty_rate", "ledger/paid".
  std::string full_name() const { return group.empty() ? name : group + "/" + name; }
  bool of_year() const { return value.index() == 0; }
  bool of_money() const { return value.index() == 1; }
  bool of_left_out() const { return value.index() == 2; }
};

/// Figures in the order of the study file, each name once; and the dimensions that come with them.
class FigureTable {
 public:
  FigureTable() = default;
  explicit FigureTable(std::vector<Figure> rows);

  /// Throws std::logic_error for a name that is taken.
  void add(Figure figure);
  /// Adds a dimension for figures that are added to the shipped ones: their formulas find the index in At::own. A
  /// figure may have one such dimension.
  void add(Dimension dimension);

  const std::vector<Figure>& rows() const& { return rows_; }
  const std::vector<Figure>& rows() const&& = delete;  // the reference would dangle
  const std::vector<Dimension>& dimensions() const { return dimensions_; }
  const Figure* find(std::string_view full_name) const;
  std::vector<std::string> names() const;
  /// A table of only these figures, in the order of this one. Throws UsageError, with the nearest names, for others.
  FigureTable only(const std::vector<std::string>& full_names) const;
  /// The table without the figures that compare a scenario with the first one.
  FigureTable of_one_scenario() const;

 private:
  std::vector<Figure> rows_;
  std::vector<Dimension> dimensions_;
};

/// The figures of the program as shipped.
const FigureTable& shipped_figures();

}  // namespace tuopin
