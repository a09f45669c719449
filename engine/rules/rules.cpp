// Rules: compile once, then select rows or compute values block by block.
#include "engine/rules/rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <stdexcept>

#include "engine/rules/rule_check.hpp"
#include "engine/rules/rule_parser.hpp"
#include "engine/rules/rule_plain.hpp"
#include "engine/rules/rule_program.hpp"

namespace tuopin {

using rule::block_rows;
using rule::BlockRows;
using rule::Frame;

struct Rule::Program {
  std::string text;
  Origin origin;
  Type wanted = Type::boolean;
  std::vector<std::string> reads;
  std::size_t levels = 0, constants = 0;
  rule::Tree tree;
  std::vector<int> roots;                ///< nodes of the conjuncts of the top-level `and`, in the order of the text
  std::vector<rule::Program> conjuncts;  ///< their instructions; one for a number

  bool valid() const { return tree.root >= 0; }
  void check_use(Type type, const RuleData& data) const;
};

namespace {

/// The operands of a chain of `and`, from left to right.
void collect_conjuncts(const rule::Tree& tree, int index, std::vector<int>& conjuncts) {
  const rule::Node& node = tree.at(index);
  if (node.op != rule::Op::logical_and) return conjuncts.push_back(index);
  collect_conjuncts(tree, node.operands[0], conjuncts);
  collect_conjuncts(tree, node.operands[1], conjuncts);
}

RuleTable table_of(const rule::Node& column) {
  return {static_cast<std::size_t>(column.level), static_cast<std::size_t>(column.table)};
}

/// True where a subtree reads columns of steady tables alone, and no constant.
bool is_steady(const rule::Tree& tree, int index, const std::function<bool(RuleTable)>& steady) {
  const rule::Node& node = tree.at(index);
  if (node.op == rule::Op::constant) return false;
  if (node.op == rule::Op::column) return steady(table_of(node));
  if (rule::is_read(node.op)) return false;  // child rows come and go
  for (int i = 0; i < rule::operand_count(node.op); ++i)
    if (!is_steady(tree, node.operands[static_cast<std::size_t>(i)], steady)) return false;
  return true;
}

std::size_t count_ones(const std::uint8_t* mask, std::size_t count) {
  std::uint32_t ones = 0;
  for (std::size_t i = 0; i < count; ++i) ones += mask[i];
  return ones;
}

/// Writes row_of(i) for every set byte and returns how many. Branch-free: every row is written, only kept ones advance.
/// `out` may be what row_of reads: a row is never written before it was read.
template <typename RowOf>
std::size_t compact(const std::uint8_t* mask, std::size_t count, std::uint32_t* out, const RowOf& row_of) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < count; ++i) {
    out[kept] = row_of(i);
    kept += mask[i];
  }
  return kept;
}

/// A subset of the conjuncts of a rule.
struct Conjuncts {
  const std::vector<rule::Program>& all;
  const std::vector<std::size_t>& chosen;
};

bool all_of_them(const rule::Program&) { return true; }

/// Selection on one block at a time. While many rows are left, conjuncts run over all of the block, whose loops are
/// contiguous; once few are left, over the list of these.
class Selector {
 public:
  /// `base`: the level of the rows. Takes the conjuncts for which `wanted(conjunct)` holds.
  template <typename Wanted>
  Selector(const Conjuncts& conjuncts, const RuleData& data, std::size_t base, const Wanted& wanted) {
    frames_.reserve(conjuncts.chosen.size());
    for (const std::size_t number : conjuncts.chosen) {
      const rule::Program& conjunct = conjuncts.all[number];
      if (conjunct.uniform())
        nobody_ = nobody_ || Frame(conjunct, data).uniform_value() == 0;
      else if (wanted(conjunct))
        frames_.emplace_back(conjunct, data, base);
    }
  }

  bool nobody() const { return nobody_; }
  bool empty() const { return frames_.empty(); }
  void check_reaches(std::uint32_t last) const {
    for (const Frame& frame : frames_) frame.check_reaches(last);
  }

  /// Of `count` rows from `first` on; valid until the next call.
  std::span<const std::uint32_t> block(std::uint32_t first, std::size_t count) {
    std::size_t at = 0;
    std::size_t left = count;
    std::memset(mask_, 1, count);
    for (; at < frames_.size() && left > count / dense_share; ++at) {
      const std::uint8_t* holds = frames_[at].booleans({count, first, nullptr});
      for (std::size_t i = 0; i < count; ++i) mask_[i] &= holds[i];
      left = count_ones(mask_, count);
    }
    left = compact(mask_, count, list_, [&](std::size_t i) { return first + static_cast<std::uint32_t>(i); });
    return narrow(left, at);
  }

  /// Of the rows of a list, at most a block of them.
  std::span<const std::uint32_t> listed(std::span<const std::uint32_t> rows) {
    std::copy(rows.begin(), rows.end(), list_);
    return narrow(rows.size(), 0);
  }

  static constexpr std::size_t dense_share = 4;  // gathering a row costs about as much as four contiguous rows

 private:
  std::span<const std::uint32_t> narrow(std::size_t left, std::size_t at) {
    for (; at < frames_.size() && left > 0; ++at) {
      const std::uint8_t* holds = frames_[at].booleans({left, 0, list_});
      left = compact(holds, left, list_, [&](std::size_t i) { return list_[i]; });
    }
    return {list_, left};
  }

  std::vector<Frame> frames_;
  bool nobody_ = false;
  std::uint8_t mask_[block_rows];
  std::uint32_t list_[block_rows];
};

void select_all(Selector& all, std::uint32_t begin, std::uint32_t end, std::vector<std::uint32_t>& rows) {
  for (std::uint32_t first = begin; first < end;) {
    const auto count = std::min<std::uint32_t>(end - first, block_rows);
    const auto found = all.block(first, count);
    rows.insert(rows.end(), found.begin(), found.end());
    first += count;
  }
}

/// For rules with conjuncts that do not read the unit itself: evaluates those first, once for each row of the next
/// outer level (once per household instead of once per member), and then the others for the units that remain.
class OuterFirst {
 public:
  OuterFirst(const Conjuncts& conjuncts, const RuleData& data)
      : outside_(data.levels[1]),
        outer_(conjuncts, data, 1, [](const rule::Program& p) { return p.innermost_level() > 0; }),
        inner_(conjuncts, data, 0, [](const rule::Program& p) { return p.innermost_level() == 0; }) {}

  bool useful() const { return !outer_.empty(); }

  void select(Selector& all, std::uint32_t begin, std::uint32_t end, std::vector<std::uint32_t>& rows) {
    const std::uint32_t last = outside_.row_of_previous[end - 1] + 1;
    for (std::uint32_t first = outside_.row_of_previous[begin]; first < last;) {
      const auto count = std::min<std::uint32_t>(last - first, block_rows);
      const auto kept = outer_.block(first, count);
      if (kept.size() > count / Selector::dense_share)
        select_all(all, std::max(begin, first_unit(first)), std::min(end, first_unit(first + count)), rows);
      else
        select_within(kept, begin, end, rows);
      first += count;
    }
  }

 private:
  std::uint32_t first_unit(std::uint32_t outer_row) const {
    return outer_row < outside_.first_of_previous.size() ? outside_.first_of_previous[outer_row]
                                                         : static_cast<std::uint32_t>(outside_.row_of_previous.size());
  }

  void select_within(std::span<const std::uint32_t> outer_rows, std::uint32_t begin, std::uint32_t end,
                     std::vector<std::uint32_t>& rows) {
    units_.clear();
    for (const std::uint32_t outer_row : outer_rows)
      for (std::uint32_t row = std::max(begin, first_unit(outer_row)); row < std::min(end, first_unit(outer_row + 1));
           ++row)
        units_.push_back(row);
    for (std::size_t at = 0; at < units_.size(); at += block_rows) {
      const auto some = std::span(units_).subspan(at, std::min(block_rows, units_.size() - at));
      const auto found = inner_.listed(some);
      rows.insert(rows.end(), found.begin(), found.end());
    }
  }

  const RuleData::Level& outside_;
  Selector outer_, inner_;
  std::vector<std::uint32_t> units_;
};

bool contiguous(std::span<const std::uint32_t> rows) {
  std::uint32_t difference = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) difference |= rows[i] ^ (rows[0] + static_cast<std::uint32_t>(i));
  return difference == 0;
}

bool all_finite(std::span<const double> values) {
  unsigned good = 1;
  for (const double value : values) good &= static_cast<unsigned>(std::fabs(value) <= 1.7976931348623157e308);
  return good != 0;
}

}  // namespace

void Rule::Program::check_use(Type type, const RuleData& data) const {
  if (!valid()) throw std::logic_error(fmt::format("an invalid rule was evaluated: {}", rule::printable(text)));
  if (type != wanted)
    throw std::logic_error(fmt::format("a rule was evaluated as the wrong type: {}", rule::printable(text)));
  if (data.levels.size() < levels || data.constants.size() < constants)
    throw std::logic_error(
        fmt::format("the data of a rule lack levels or constants of its scope: {}", rule::printable(text)));
}

Rule::Rule(std::string_view text, Type wanted, const RuleScope& scope, const Origin& origin,
           std::vector<Problem>& problems) {
  const auto program = std::make_shared<Program>();
  program_ = program;
  program->text = text;
  program->origin = origin;
  program->wanted = wanted;
  program->levels = scope.levels.size();
  program->constants = scope.constants.size();
  rule::Reporter reporter(program->text, program->origin, problems);
  rule::Tree& tree = program->tree;
  tree = rule::parse(program->text, reporter);
  if (tree.root < 0) return;
  program->reads =
      rule::check(tree, wanted == Type::boolean ? rule::Type::boolean : rule::Type::number, scope, reporter);
  if (reporter.failed()) {
    tree.root = -1;
    return;
  }
  if (wanted == Type::boolean)
    collect_conjuncts(tree, tree.root, program->roots);
  else
    program->roots.push_back(tree.root);
  for (const int root : program->roots) {
    conjuncts_.push_back(program->conjuncts.size());
    program->conjuncts.emplace_back(tree, root);
  }
}

bool Rule::valid() const { return program_->valid(); }
const std::string& Rule::text() const { return program_->text; }
const std::vector<std::string>& Rule::reads() const { return program_->reads; }

std::string Rule::name() const {
  std::string name = program_->text;
  if (conjuncts_.size() < program_->conjuncts.size())
    for (const std::size_t number : conjuncts_) name += " /" + std::to_string(number);
  return name;
}

RuleParts Rule::parts(const std::function<bool(RuleTable)>& steady, RuleTable flags) const {
  RuleParts parts{*this, {}, *this};
  parts.steady.conjuncts_.clear();
  parts.other.conjuncts_.clear();
  const rule::Tree& tree = program_->tree;
  for (const std::size_t number : conjuncts_) {
    int node = program_->roots[number];
    if (is_steady(tree, node, steady)) {
      parts.steady.conjuncts_.push_back(number);
      continue;
    }
    bool set = true;
    for (; tree.at(node).op == rule::Op::logical_not; node = tree.at(node).operands[0]) set = !set;
    const rule::Node& last = tree.at(node);
    if (last.op == rule::Op::column && table_of(last) == flags)
      parts.flags.push_back({std::string(last.column_name), set});
    else
      parts.other.conjuncts_.push_back(number);
  }
  return parts;
}

void Rule::select(const RuleData& data, std::uint32_t begin, std::uint32_t end,
                  std::vector<std::uint32_t>& rows) const {
  program_->check_use(Type::boolean, data);
  const Conjuncts conjuncts{program_->conjuncts, conjuncts_};
  Selector all(conjuncts, data, 0, all_of_them);
  if (all.nobody() || begin >= end) return;
  all.check_reaches(end - 1);
  if (data.levels.size() > 1 && !data.levels[1].first_of_previous.empty()) {
    OuterFirst outer_first(conjuncts, data);
    if (outer_first.useful()) return outer_first.select(all, begin, end, rows);
  }
  select_all(all, begin, end, rows);
}

void Rule::keep(const RuleData& data, std::vector<std::uint32_t>& rows) const {
  program_->check_use(Type::boolean, data);
  Selector all({program_->conjuncts, conjuncts_}, data, 0, all_of_them);
  if (all.nobody()) rows.clear();
  if (rows.empty()) return;
  all.check_reaches(*std::max_element(rows.begin(), rows.end()));
  std::size_t left = 0;
  for (std::size_t at = 0; at < rows.size(); at += block_rows) {
    const auto kept = all.listed(std::span(rows).subspan(at, std::min(block_rows, rows.size() - at)));
    std::copy(kept.begin(), kept.end(), rows.begin() + static_cast<std::ptrdiff_t>(left));
    left += kept.size();
  }
  rows.resize(left);
}

void Rule::evaluate(const RuleData& data, std::span<const std::uint32_t> rows, std::span<double> values) const {
  BoundRule(*this, data).evaluate(rows, values);
}

struct BoundRule::Binding {
  Binding(const Rule& rule, RuleData of)
      : program(rule.program_), data(std::move(of)), frame(program->conjuncts.front(), data) {}
  std::shared_ptr<const Rule::Program> program;
  RuleData data;
  Frame frame;
};

BoundRule::BoundRule(const Rule& rule, RuleData data) {
  rule.program_->check_use(Rule::Type::number, data);
  binding_ = std::make_unique<Binding>(rule, std::move(data));
}

BoundRule::BoundRule(BoundRule&&) noexcept = default;
BoundRule& BoundRule::operator=(BoundRule&&) noexcept = default;
BoundRule::~BoundRule() = default;

void BoundRule::evaluate(std::span<const std::uint32_t> rows, std::span<double> values,
                         std::span<const std::uint32_t> outer) {
  if (rows.size() != values.size() || (!outer.empty() && outer.size() != rows.size()))
    throw std::logic_error("as many values as rows are needed");
  if (rows.empty()) return;
  auto& [program, data, frame] = *binding_;
  frame.check_reaches(*std::max_element(rows.begin(), rows.end()));
  if (program->conjuncts.front().uniform()) {
    std::fill(values.begin(), values.end(), frame.uniform_value());
  } else {
    for (std::size_t at = 0; at < rows.size(); at += block_rows) {
      const auto block = rows.subspan(at, std::min(block_rows, rows.size() - at));
      const double* result = frame.numbers({block.size(), block[0], contiguous(block) ? nullptr : block.data(),
                                            outer.empty() ? nullptr : outer.data() + at});
      std::copy_n(result, block.size(), values.begin() + static_cast<std::ptrdiff_t>(at));
    }
  }
  if (!all_finite(values))
    throw ScenarioError(
        {{program->origin, "",
          message("the value is not a finite number for some rows: {}", rule::printable(program->text, 200)),
          message("guard a division, as in if(b > 0, a / b, 0), and large arguments of exp")}});
}

double Rule::plain_value(const RuleData& data, std::uint32_t row) const {
  program_->check_use(program_->wanted, data);
  return rule::plain_value(program_->tree, program_->tree.root, data, row);
}

}  // namespace tuopin
