// Type check of a rule: booleans, numbers and categories never mix, and every refusal says what to write instead.
#include "engine/rules/rule_check.hpp"

#include <algorithm>
#include <utility>

#include "engine/rules/rule_parser.hpp"

namespace tuopin::rule {

namespace {

Type type_of(const ColumnSpec& spec) {
  if (spec.type != ColumnSpec::Type::u8) return Type::number;
  if (!spec.labels.empty()) return Type::category;
  return spec.unit == "1" ? Type::boolean : Type::number;
}

std::string list(const std::vector<std::string_view>& labels) {
  std::string text;
  for (const std::string_view label : labels) text += (text.empty() ? "" : ", ") + std::string(label);
  return text;
}

Message in_words(Type type) {
  return type == Type::boolean    ? message("true or false")
         : type == Type::category ? message("a category")
                                  : message("a number");
}

/// A column of the scope and where it stands.
struct Found {
  int level = -1, table = -1;
  const ColumnSpec* spec = nullptr;
};

class Checker {
 public:
  Checker(Tree& tree, const RuleScope& scope, Reporter& reporter) : tree_(tree), scope_(scope), reporter_(reporter) {}

  void check_root(Type wanted) {
    const Type type = check(tree_.root);
    if (type == Type::invalid || type == wanted) return;
    const Span span = tree_.at(tree_.root).span;
    if (wanted == Type::boolean)
      reporter_.report(span, message("the rule must be true or false, but this is {}", in_words(type)),
                       message("compare it, for example with > 0"));
    else
      reporter_.report(
          span, message("the rule must be a number, but this is {}", in_words(type)),
          type == Type::boolean ? message("write if(condition, 1, 0)") : message("write if(column == label, 1, 0)"));
  }

  std::vector<std::string> reads;

 private:
  // --- names ------------------------------------------------------------------------------------------------------

  /// The column of a name, whether rules may read it or not. Later codebooks come first: state overrides founding
  /// values.
  Found find_column(std::string_view name) const {
    const std::size_t dot = name.rfind('.');
    const std::string_view prefix = dot == std::string_view::npos ? "" : name.substr(0, dot);
    const std::string_view column = dot == std::string_view::npos ? name : name.substr(dot + 1);
    for (std::size_t l = 0; l < scope_.levels.size(); ++l) {
      const RuleScope::Level& level = scope_.levels[l];
      const bool here = prefix.empty() ? l == 0 : prefix == level.name || prefix == level.prefix;
      if (!here) continue;
      for (std::size_t t = level.codebooks.size(); t-- > 0;)
        for (const ColumnSpec& spec : *level.codebooks[t])
          if (spec.name == column) return {static_cast<int>(l), static_cast<int>(t), &spec};
    }
    return {};
  }

  int find_constant(std::string_view name) const {
    const auto at = std::find(scope_.constants.begin(), scope_.constants.end(), name);
    return at == scope_.constants.end() ? -1 : static_cast<int>(at - scope_.constants.begin());
  }

  std::string_view word_of(int node) const { return reporter_.text(tree_.at(node).span); }

  /// Every name that can be written, for the nearest.
  std::vector<std::string> writable_names() const {
    std::vector<std::string> names = scope_.constants;
    for (std::size_t l = 0; l < scope_.levels.size(); ++l)
      for (const auto* codebook : scope_.levels[l].codebooks)
        for (const ColumnSpec& spec : *codebook) {
          if (!spec.readable_by_rules) continue;
          if (l == 0) names.emplace_back(spec.name);
          names.push_back(qualifier(l) + "." + std::string(spec.name));
        }
    for (std::size_t l = 0; l < scope_.levels.size(); ++l)
      for (const std::string& name : scope_.levels[l].on_demand) {
        if (l == 0) names.push_back(name);
        names.push_back(qualifier(l) + "." + name);
      }
    return names;
  }

  std::string qualifier(std::size_t level) const {
    const RuleScope::Level& l = scope_.levels[level];
    return l.prefix.empty() ? l.name : l.prefix;
  }

  Type check_name(int index) {
    const std::string_view word = word_of(index);
    const Found found = find_column(word);
    if (found.spec != nullptr) return use_column(index, word, found);
    Node& node = tree_.at(index);
    node.index = find_constant(word);
    if (node.index < 0) return unknown_name(node.span, word);
    node.op = Op::constant;
    return Type::number;
  }

  Type use_column(int index, std::string_view word, const Found& found) {
    Node& node = tree_.at(index);
    const ColumnSpec& spec = *found.spec;
    if (!spec.readable_by_rules) {
      reporter_.report(node.span, message("{} cannot be read by rules", word),
                       Message::in_both(std::string(spec.meaning), std::string(spec.meaning_zh)));
      return Type::invalid;
    }
    node.op = Op::column;
    node.uniform = false;
    node.level = found.level;
    node.table = found.table;
    node.column_name = spec.name;
    const std::string qualified =
        scope_.levels[static_cast<std::size_t>(found.level)].name + "." + std::string(spec.name);
    if (std::find(reads.begin(), reads.end(), qualified) == reads.end()) reads.push_back(qualified);
    return type_of(spec);
  }

  Type unknown_name(Span span, std::string_view word) {
    reporter_.report(span, message("there is no name {}", printable(word)), hint_for(word));
    return Type::invalid;
  }

  // --- child tables -----------------------------------------------------------------------------------------------

  /// A child table by name: its level and its number there; -1 where there is none.
  std::pair<int, int> find_child(std::string_view name) const {
    for (std::size_t l = 0; l < scope_.levels.size(); ++l)
      for (std::size_t c = 0; c < scope_.levels[l].children.size(); ++c)
        if (scope_.levels[l].children[c].name == name) return {static_cast<int>(l), static_cast<int>(c)};
    return {-1, -1};
  }

  std::vector<std::string> child_names(bool with_columns) const {
    std::vector<std::string> names;
    for (const RuleScope::Level& level : scope_.levels)
      for (const RuleScope::Level::Child& child : level.children) {
        if (!with_columns) names.push_back(child.name);
        for (const ColumnSpec& spec : *child.columns)
          if (with_columns && spec.readable_by_rules) names.push_back(child.name + "." + std::string(spec.name));
      }
    return names;
  }

  /// count(plot) and sum(plot.area): turned into a leaf that reads the child table.
  Type check_children(int index) {
    const bool sums = tree_.at(index).op == Op::sum_of;
    const int operand = tree_.at(index).operands[0];
    const std::string_view word = tree_.at(operand).op == Op::name ? word_of(operand) : "";
    const std::size_t dot = sums ? word.rfind('.') : word.size();
    const auto [level, child] = dot == std::string_view::npos ? std::pair(-1, -1) : find_child(word.substr(0, dot));
    if (child < 0) return no_child(index, word, sums);
    const std::vector<ColumnSpec>& columns =
        *scope_.levels[static_cast<std::size_t>(level)].children[static_cast<std::size_t>(child)].columns;
    Node& node = tree_.at(index);
    if (sums) {
      const auto found = std::find_if(columns.begin(), columns.end(),
                                      [&](const ColumnSpec& spec) { return spec.name == word.substr(dot + 1); });
      if (found == columns.end()) return no_child(index, word, sums);
      if (!found->readable_by_rules || !found->labels.empty()) {
        reporter_.report(tree_.at(operand).span, message("{} cannot be summed by rules", word),
                         Message::in_both(std::string(found->meaning), std::string(found->meaning_zh)));
        return Type::invalid;
      }
      node.index = static_cast<int>(found - columns.begin());
    }
    node.op = sums ? Op::child_sum : Op::child_count;
    node.uniform = false;
    node.level = level;
    node.table = child;
    const std::string read(sums ? word : word.substr(0, dot));
    if (std::find(reads.begin(), reads.end(), read) == reads.end()) reads.push_back(read);
    return Type::number;
  }

  Type no_child(int index, std::string_view word, bool sums) {
    const std::vector<std::string> names = child_names(sums);
    const Message near = word.empty() ? Message() : did_you_mean(word, names);
    std::string known;
    for (const std::string& name : names) known += (known.empty() ? "" : ", ") + name;
    reporter_.report(tree_.at(index).span,
                     sums ? message("sum takes a column of a child table, as in sum(plot.area)")
                          : message("count takes the name of a child table, as in count(plot)"),
                     !near.empty()    ? near
                     : !known.empty() ? message("there are: {}", known)
                                      : message("this scenario has no child table"));
    return Type::invalid;
  }

  Message hint_for(std::string_view word) const {
    if (find_child(word.substr(0, word.find('.'))).second >= 0)
      return message("a child table is read with {} or {}",
                     "count(" + std::string(word.substr(0, word.find('.'))) + ")",
                     "sum(" + std::string(word) + (word.find('.') == std::string_view::npos ? ".column" : "") + ")");
    const std::vector<std::string> functions = function_names();
    if (std::find(functions.begin(), functions.end(), word) != functions.end())
      return message("{} is a function: its values follow in parentheses", word);
    for (std::size_t l = 1; l < scope_.levels.size(); ++l) {
      const std::string elsewhere = qualifier(l) + "." + std::string(word);
      if (const Found found = find_column(elsewhere); found.spec != nullptr && found.spec->readable_by_rules)
        return message("write {}", elsewhere);
    }
    if (scope_.elsewhere.codebook != nullptr)
      for (const ColumnSpec& spec : *scope_.elsewhere.codebook)
        if (spec.readable_by_rules && spec.name == word) return scope_.elsewhere.hint;
    if (const std::string owner = owner_of_label(word); !owner.empty())
      return message("{} is a label of {}: write {} == {}", word, owner, owner, word);
    return did_you_mean(word, writable_names());
  }

  // --- categories -------------------------------------------------------------------------------------------------

  /// The column whose label this is, or "".
  std::string owner_of_label(std::string_view word) const {
    for (std::size_t l = 0; l < scope_.levels.size(); ++l)
      for (const auto* codebook : scope_.levels[l].codebooks)
        for (const ColumnSpec& spec : *codebook)
          if (spec.readable_by_rules && type_of(spec) == Type::category &&
              std::find(spec.labels.begin(), spec.labels.end(), word) != spec.labels.end())
            return (l == 0 ? "" : qualifier(l) + ".") + std::string(spec.name);
    return "";
  }

  /// The category column that a node names, or none.
  const ColumnSpec* category_of(int index) const {
    if (tree_.at(index).op != Op::name && tree_.at(index).op != Op::column) return nullptr;
    const Found found = find_column(word_of(index));
    const bool category =
        found.spec != nullptr && found.spec->readable_by_rules && type_of(*found.spec) == Type::category;
    return category ? found.spec : nullptr;
  }

  /// Turns a bare word opposite a category column into the number of that label. Labels win over names of columns here.
  Type check_beside(const ColumnSpec* category, int index) {
    if (category == nullptr || tree_.at(index).op != Op::name) return check(index);
    const std::string_view word = word_of(index);
    const auto at = std::find(category->labels.begin(), category->labels.end(), word);
    Node& node = tree_.at(index);
    if (at != category->labels.end()) {
      node.op = Op::number;
      node.label = true;
      node.value = static_cast<double>(at - category->labels.begin());
      return node.type = Type::category;
    }
    if (find_column(word).spec != nullptr || find_constant(word) >= 0) return check(index);
    const std::string owner = owner_of_label(word);
    const std::string column(category->name);
    reporter_.report(node.span,
                     owner.empty() ? message("{} is not a label of {}", printable(word), column)
                                   : message("{} is a label of {}, not of {}", printable(word), owner, column),
                     message("labels of {}: {}", column, list(category->labels)));
    return node.type = Type::invalid;
  }

  Type check_comparison(int index) {
    const Node node = tree_.at(index);
    const int a = node.operands[0], b = node.operands[1];
    const ColumnSpec *left = category_of(a), *right = category_of(b);
    // A column named like a label of the other side is rare; then the side written first decides.
    const Type type_a = left == nullptr ? check_beside(right, a) : check(a);
    const Type type_b = left == nullptr ? check(b) : check_beside(left, b);
    if (type_a == Type::invalid || type_b == Type::invalid) return Type::invalid;
    if (type_a != type_b) return unlike(node, a, b, left != nullptr ? left : right);
    if (type_a == Type::boolean && node.op != Op::equal && node.op != Op::not_equal) {
      reporter_.report(node.span, message("true and false have no order"), message("write == or !=, or and, or, not"));
      return Type::invalid;
    }
    const bool labels = tree_.at(a).label || tree_.at(b).label;
    if (type_a == Type::category && !labels && left->labels != right->labels) {
      reporter_.report(node.span, message("categories with different labels cannot be compared"),
                       message("{} against {}", list(left->labels), list(right->labels)));
      return Type::invalid;
    }
    return Type::boolean;
  }

  Type unlike(const Node& node, int a, int b, const ColumnSpec* category) {
    Message hint;
    if (category != nullptr)
      hint = message("labels of {}: {}", category->name, list(category->labels));
    else if (tree_.at(a).type == Type::boolean || tree_.at(b).type == Type::boolean)
      hint = message("a flag stands alone or is compared with true or false");
    reporter_.report(node.span,
                     message("this compares {} with {}", in_words(tree_.at(a).type), in_words(tree_.at(b).type)), hint);
    return Type::invalid;
  }

  // --- operators --------------------------------------------------------------------------------------------------

  bool require(int index, Type type, Type wanted) {
    if (type == Type::invalid) return false;
    if (type == wanted) return true;
    Message hint;
    if (wanted == Type::boolean)
      hint = type == Type::category ? message("compare it with a label") : message("compare it, for example with > 0");
    else if (type == Type::boolean)
      hint = message("write if(condition, 1, 0)");
    else
      hint = message("a category can only be compared with its labels");
    reporter_.report(tree_.at(index).span, message("{} was expected, but this is {}", in_words(wanted), in_words(type)),
                     hint);
    return false;
  }

  Type check_operands(int index, Type wanted) {
    const Node node = tree_.at(index);
    bool good = true;
    for (int i = 0; i < operand_count(node.op); ++i) {
      const int operand = node.operands[static_cast<std::size_t>(i)];
      good = require(operand, check(operand), wanted) && good;
    }
    return good ? wanted : Type::invalid;
  }

  Type check_choice(int index) {
    const Node node = tree_.at(index);
    const bool good = require(node.operands[0], check(node.operands[0]), Type::boolean);
    const Type a = check(node.operands[1]), b = check(node.operands[2]);
    if (a == Type::invalid || b == Type::invalid) return Type::invalid;
    if (a == Type::category) return require(node.operands[1], a, Type::number), Type::invalid;
    if (!require(node.operands[2], b, a)) return Type::invalid;
    return good ? a : Type::invalid;
  }

  Type check_op(int index) {
    const Op op = tree_.at(index).op;
    if (is_comparison(op)) return check_comparison(index);
    switch (op) {
      case Op::number: return Type::number;
      case Op::boolean: return Type::boolean;
      case Op::name: return check_name(index);
      case Op::count_of:
      case Op::sum_of: return check_children(index);
      case Op::column:
      case Op::child_count:
      case Op::child_sum:
      case Op::constant: return tree_.at(index).type;
      case Op::logical_not:
      case Op::logical_and:
      case Op::logical_or: return check_operands(index, Type::boolean);
      case Op::choose: return check_choice(index);
      default: return check_operands(index, Type::number);
    }
  }

  Type check(int index) {
    const Type type = check_op(index);
    Node& node = tree_.at(index);
    node.type = type;
    for (int i = 0; i < operand_count(node.op); ++i)
      node.uniform = node.uniform && tree_.at(node.operands[static_cast<std::size_t>(i)]).uniform;
    return type;
  }

  Tree& tree_;
  const RuleScope& scope_;
  Reporter& reporter_;
};

}  // namespace

std::vector<std::string> check(Tree& tree, Type wanted, const RuleScope& scope, Reporter& reporter) {
  Checker checker(tree, scope, reporter);
  checker.check_root(wanted);
  return std::move(checker.reads);
}

}  // namespace tuopin::rule
