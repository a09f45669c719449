// The rule language: eligibility (true or false) and scores (a number) as typed expressions over columns.
//
//   household.registered and work_ability >= partial and age >= 18 and age <= 60 and village.forest_zone
//   -log(measured_income)
//
// Literals: numbers, true, false, labels of categories. Operators, loosest first: or · and · not · < <= > >= == != ·
// + - · * / · unary minus · parentheses. Functions: min, max, abs, log (of values below 1e-6 as of 1e-6), exp, if(c, a,
// b); of a child table count(plot), sum(plot.area). No loops, no assignment, no calls to anything else; bounded in
// length, nodes and depth. Flags (u8 columns without labels and unit "1") are booleans; u8 columns with labels are
// categories, compared only with their own labels; everything else is a number. Names: columns of the unit itself stand
// bare, those of what it belongs to by prefix (person → household → village → county). Where several codebooks of a
// level hold a name, the last one counts. Named constants (line, year, …) stand bare. The full description is
// rule_language_reference().
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/errors.hpp"
#include "engine/base/message.hpp"
#include "engine/data/child_rows.hpp"
#include "engine/data/table.hpp"

namespace tuopin {

/// One table that a rule may read, from the unit outwards.
struct RuleScope {
  struct Level {
    std::string prefix;  ///< "" for the unit itself (its own name works too), "village", "county"
    std::string name;    ///< "household", "village"
    std::vector<const std::vector<ColumnSpec>*> codebooks;  ///< several tables may hold the columns of one entity
    /// A child table: any number of rows for each entity of the level (the plots of a household).
    struct Child {
      std::string name;
      const std::vector<ColumnSpec>* columns = nullptr;
    };
    std::vector<Child> children{};
    /// Names that a rule may read although no codebook holds them yet: they are suggested for misspelt ones.
    std::vector<std::string> on_demand{};
  };
  std::vector<Level> levels;           ///< unit first
  std::vector<std::string> constants;  ///< "line", "year", …
  /// Columns that a rule of another unit could read, and what to do about it: {codebook, "unit = \"person\" …"}.
  struct Elsewhere {
    const std::vector<ColumnSpec>* codebook = nullptr;
    Message hint;
  } elsewhere{};
};

/// The data behind a scope at one moment: the same levels in the same order.
struct RuleData {
  /// Rows of a child table, by block of its level.
  struct Child {
    std::span<const ChildRows> blocks;
    std::span<const std::uint32_t> block_begin;  ///< first row of each block
  };
  struct Level {
    std::vector<const Table*> tables;                ///< in the order of the scope's codebooks
    std::span<const std::uint32_t> row_of_previous;  ///< row here of each row of the level before; empty for the unit
    /// Where the rows of the level before stand together by row here: the first of each. May be empty; makes the search
    /// faster for rules that ask first of what the unit belongs to.
    std::span<const std::uint32_t> first_of_previous;
    std::vector<Child> children{};  ///< in the order of the scope
  };
  std::vector<Level> levels;
  std::vector<double> constants;
};

/// Where a table stands in a scope.
struct RuleTable {
  std::size_t level = 0, table = 0;
  bool operator==(const RuleTable&) const = default;
};

struct RuleParts;

/// A compiled rule. Immutable; may be used by several threads at once.
class Rule {
 public:
  enum class Type { boolean, number };

  /// Compiles and checks names and types; problems (file, line, column inside the expression, nearest name) are
  /// appended and then the rule is unusable (valid() is false).
  Rule(std::string_view text, Type wanted, const RuleScope& scope, const Origin& origin,
       std::vector<Problem>& problems);

  bool valid() const;
  const std::string& text() const;
  /// Qualified names of the columns read: "household.registered", for explain.
  const std::vector<std::string>& reads() const;

  /// Appends the rows of [begin, end) for which a boolean rule holds, in ascending order. The conjuncts of a top-level
  /// `and` are evaluated one after another on the rows that are left.
  void select(const RuleData& data, std::uint32_t begin, std::uint32_t end, std::vector<std::uint32_t>& rows) const;
  /// Removes from `rows` those for which a boolean rule does not hold; the order is kept.
  void keep(const RuleData& data, std::vector<std::uint32_t>& rows) const;
  /// Splits a boolean rule, for callers that evaluate it repeatedly for the same units: `steady(table)` is true if the
  /// columns of a table never change; `flags` is a table whose flags the caller reads itself.
  RuleParts parts(const std::function<bool(RuleTable)>& steady, RuleTable flags) const;
  /// True for a part without conjuncts, which holds for every unit.
  bool empty() const { return conjuncts_.empty(); }
  /// The text and, of a part, the numbers of its conjuncts: rules of one scope with one name select the same.
  std::string name() const;

  /// Value of a numeric rule on given rows. Throws ScenarioError where a value is not a finite number.
  void evaluate(const RuleData& data, std::span<const std::uint32_t> rows, std::span<double> values) const;
  /// Value for one row by walking the tree, booleans as 0 or 1: slow and simple; select() and evaluate() must agree
  /// with it bit for bit.
  double plain_value(const RuleData& data, std::uint32_t row) const;

 private:
  friend class BoundRule;
  struct Program;
  std::shared_ptr<const Program> program_;  ///< shared with its parts
  std::vector<std::size_t> conjuncts_;      ///< of the program's that belong to this rule; one for a number
};

/// The conjuncts of the top-level `and`, grouped by what they read. The rule holds if all three parts hold.
struct RuleParts {
  Rule steady;  ///< columns that do not change, and no constant
  struct Flag {
    std::string column;
    bool set;  ///< false for `not`
  };
  std::vector<Flag> flags;
  Rule other;
};

/// A numeric rule bound to data, for many calls with a few rows each. The tables must outlive it; their values may
/// change between calls, but constants keep the values they had when it was bound. Not thread-safe.
class BoundRule {
 public:
  BoundRule(const Rule& rule, RuleData data);
  BoundRule(BoundRule&&) noexcept;
  BoundRule& operator=(BoundRule&&) noexcept;
  ~BoundRule();
  /// As Rule::evaluate. `outer`: the row of the next level for each of `rows`, where the caller knows it.
  void evaluate(std::span<const std::uint32_t> rows, std::span<double> values,
                std::span<const std::uint32_t> outer = {});

 private:
  struct Binding;
  std::unique_ptr<Binding> binding_;
};

/// The language as a page in Markdown: types, names, operators, functions, limits.
std::string rule_language_reference();

}  // namespace tuopin
