// A figure is one row: what it is called, over what it stands, its unit, what it means in two languages, and the
// formula that gives it. Study, targets, summaries, export and the command line read the rows; a figure more is a row
// more.
//
// What a formula reads says over what a figure stands, before the dimensions that the row names:
//
//   YearFacts      scenario draw replicate year place     recorded at the end of every year
//   MoneyFacts     scenario draw replicate                recorded at the end of a life
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
  /// When it is known, of a figure that looks back.
  struct Known {
    int lag = 0;           ///< years back to the one that it is of: it is known only so much later
    int years_before = 0;  ///< simulated years that it needs before the one in which it is recorded; unknown until then
  };
  using Formula = std::variant<double (*)(const YearFacts&, const At&), double (*)(const MoneyFacts&, const At&),
                               double (*)(const LeftOutFacts&, const At&)>;

  std::string group;  ///< of the study file; empty: its root
  std::string name;
  std::vector<std::string> dimensions;  ///< beyond those of its facts
  std::string unit, meaning, meaning_zh;
  Formula value;
  Known known = {};
  bool against_first = false;  ///< says how a scenario differs from the first one of its run

  /// As the study has it: "poverty_rate", "ledger/paid".
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

  /// Throws std::logic_error for a name that is there already.
  void add(Figure figure);
  /// A dimension of its own for figures that are added: their formulas find the entry in At::own. One a figure.
  void add(Dimension dimension);

  const std::vector<Figure>& rows() const& { return rows_; }
  const std::vector<Figure>& rows() const&& = delete;  // they would go with the table
  const std::vector<Dimension>& dimensions() const { return dimensions_; }
  const Figure* find(std::string_view full_name) const;
  std::vector<std::string> names() const;
  /// The table with these rows alone, in its own order. UsageError, with the nearest names, for what it does not have.
  FigureTable only(const std::vector<std::string>& full_names) const;
  /// The table without the figures about what differs from the first scenario.
  FigureTable of_one_scenario() const;

 private:
  std::vector<Figure> rows_;
  std::vector<Dimension> dimensions_;
};

/// All that the program itself records.
const FigureTable& shipped_figures();

}  // namespace tuopin
