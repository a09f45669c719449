// Pratt parser (Pratt 1973, "Top down operator precedence"): each operator has a binding power; the loop reads operands
// as long as the next operator binds tighter than the one that waits. Recursion is bounded by most_depth.
#include "engine/rules/rule_parser.hpp"

#include <optional>
#include <utility>

#include "engine/rules/rule_lexer.hpp"

namespace tuopin::rule {

namespace {

using Kind = Token::Kind;

enum Power { power_none, power_or, power_and, power_not, power_compare, power_sum, power_product, power_prefix };

struct Infix {
  Op op;
  Power power;
};

std::optional<Infix> infix(Kind kind) {
  switch (kind) {
    case Kind::kw_or: return Infix{Op::logical_or, power_or};
    case Kind::kw_and: return Infix{Op::logical_and, power_and};
    case Kind::less: return Infix{Op::less, power_compare};
    case Kind::less_equal: return Infix{Op::less_equal, power_compare};
    case Kind::greater: return Infix{Op::greater, power_compare};
    case Kind::greater_equal: return Infix{Op::greater_equal, power_compare};
    case Kind::equal: return Infix{Op::equal, power_compare};
    case Kind::not_equal: return Infix{Op::not_equal, power_compare};
    case Kind::plus: return Infix{Op::add, power_sum};
    case Kind::minus: return Infix{Op::subtract, power_sum};
    case Kind::times: return Infix{Op::multiply, power_product};
    case Kind::divide: return Infix{Op::divide, power_product};
    default: return std::nullopt;
  }
}

struct Function {
  std::string_view name;
  Op op;
  std::size_t fewest, most;
};

constexpr Function functions[] = {
    {"min", Op::minimum, 2, most_nodes}, {"max", Op::maximum, 2, most_nodes}, {"abs", Op::absolute, 1, 1},
    {"log", Op::logarithm, 1, 1},        {"exp", Op::exponential, 1, 1},      {"if", Op::choose, 3, 3},
    {"count", Op::count_of, 1, 1},       {"sum", Op::sum_of, 1, 1},
};

const Function* function(std::string_view name) {
  for (const Function& f : functions)
    if (f.name == name) return &f;
  return nullptr;
}

class Parser {
 public:
  Parser(std::string_view text, Reporter& reporter) : reporter_(reporter), tokens_(tokens_of(text, reporter)) {}

  Tree parse() {
    if (reporter_.failed()) return {};
    if (peek().kind == Kind::end) {
      reporter_.report(peek().span, message("the rule is empty"), message("write true for everyone"));
      return {};
    }
    const int root = expression(power_none);
    if (!reporter_.failed() && peek().kind != Kind::end) report_leftover();
    if (reporter_.failed()) return {};
    tree_.root = root;
    return std::move(tree_);
  }

 private:
  const Token& peek() const { return tokens_[at_]; }
  Token next() {
    const Token token = tokens_[at_];
    if (token.kind != Kind::end) ++at_;
    return token;
  }
  Message words(const Token& token) const {
    return token.kind == Kind::end ? message("the end of the rule")
                                   : Message::verbatim(quoted(reporter_.text(token.span)));
  }

  /// Reports a problem and returns "no node", which every caller passes on.
  int fail(Span span, const Message& what, const Message& hint = "") {
    if (!reporter_.failed()) reporter_.report(span, what, hint);
    return -1;
  }

  int add(Op op, Span span, std::array<int, 3> operands = {-1, -1, -1}, double value = 0) {
    if (tree_.nodes.size() >= most_nodes)
      return fail(span, message("the rule has more than {} terms and operators", most_nodes));
    Node node;
    node.op = op;
    node.span = span;
    node.operands = operands;
    node.value = value;
    tree_.nodes.push_back(node);
    return static_cast<int>(tree_.nodes.size()) - 1;
  }

  /// From the first byte of one node to the last of another.
  Span around(Span first, int last) const {
    const Span end = tree_.at(last).span;
    return {first.offset, end.offset + end.length - first.offset};
  }

  int expression(Power waiting) {
    int left = prefix(waiting);
    while (left >= 0) {
      const Token token = peek();
      const auto op = infix(token.kind);
      if (!op || op->power <= waiting) break;
      next();
      const int right = expression(op->power);
      if (right < 0) return -1;
      left = add(op->op, around(tree_.at(left).span, right), {left, right, -1});
      const auto after = infix(peek().kind);
      if (left >= 0 && op->power == power_compare && after && after->power == power_compare)
        return fail(peek().span, message("comparisons cannot be chained"), message("write a < b and b < c"));
    }
    return left;
  }

  int prefix(Power waiting) {
    const Token token = next();
    switch (token.kind) {
      case Kind::number: return add(Op::number, token.span, {-1, -1, -1}, token.value);
      case Kind::kw_true: return add(Op::boolean, token.span, {-1, -1, -1}, 1);
      case Kind::kw_false: return add(Op::boolean, token.span, {-1, -1, -1}, 0);
      case Kind::name: return peek().kind == Kind::open ? call(token) : add(Op::name, token.span);
      case Kind::open:
      case Kind::minus:
      case Kind::kw_not: return nested(token, waiting);
      default: return fail(token.span, message("a value was expected, but here stands {}", words(token)));
    }
  }

  /// Parses constructs that can be nested without limit; the depth is counted.
  int nested(const Token& token, Power waiting) {
    if (++depth_ > most_depth) return too_deep(token);
    int node = -1;
    if (token.kind == Kind::open) {
      node = parenthesis(token);
    } else if (token.kind == Kind::minus) {
      node = expression(power_prefix);
      if (node >= 0) node = add(Op::negate, around(token.span, node), {node, -1, -1});
    } else if (waiting > power_not) {
      return fail(token.span, message("not binds looser than the operator before it"),
                  message("put not … in parentheses"));
    } else {
      node = expression(power_not);
      if (node >= 0) node = add(Op::logical_not, around(token.span, node), {node, -1, -1});
    }
    --depth_;
    return node;
  }

  int too_deep(const Token& token) {
    return fail(token.span, message("the rule is nested more than {} deep", most_depth));
  }

  int parenthesis(const Token& open) {
    const int node = expression(power_none);
    if (node < 0) return -1;
    if (peek().kind != Kind::close) return unclosed(open);
    const Token close = next();
    Node& inner = tree_.at(node);
    if (inner.op != Op::name) inner.span = {open.span.offset, close.span.offset + 1 - open.span.offset};
    return node;
  }

  int unclosed(const Token& open) {
    if (peek().kind == Kind::end) return fail(open.span, message("this parenthesis is never closed"));
    return fail(peek().span, message("\")\" or an operator was expected, but here stands {}", words(peek())));
  }

  int call(const Token& name) {
    const std::string_view word = reporter_.text(name.span);
    const Function* f = function(word);
    if (f == nullptr)
      return fail(name.span, message("there is no function {}", printable(word)), did_you_mean(word, function_names()));
    if (++depth_ > most_depth) return too_deep(name);
    const Token open = next();
    std::vector<int> arguments;
    while (peek().kind != Kind::close || !arguments.empty()) {
      const int argument = expression(power_none);
      if (argument < 0) return -1;
      arguments.push_back(argument);
      if (peek().kind == Kind::comma)
        next();
      else if (peek().kind == Kind::close)
        break;
      else
        return unclosed(open);
    }
    const Token close = next();
    --depth_;
    const Span span{name.span.offset, close.span.offset + 1 - name.span.offset};
    if (arguments.size() < f->fewest || arguments.size() > f->most)
      return fail(span, message(f->most > 3      ? msgid("{} takes at least {} values, not {}")
                                : f->fewest == 1 ? msgid("{} takes {} value, not {}")
                                                 : msgid("{} takes {} values, not {}"),
                                f->name, f->fewest, arguments.size()));
    return applied(*f, span, arguments);
  }

  /// min and max of many values are a chain of pairs, from the left.
  int applied(const Function& f, Span span, const std::vector<int>& arguments) {
    if (f.op == Op::choose) return add(f.op, span, {arguments[0], arguments[1], arguments[2]});
    if (f.fewest == 1) return add(f.op, span, {arguments[0], -1, -1});
    int node = arguments[0];
    for (std::size_t i = 1; i < arguments.size() && node >= 0; ++i) node = add(f.op, span, {node, arguments[i], -1});
    return node;
  }

  void report_leftover() {
    const Token& token = peek();
    if (token.kind == Kind::close)
      fail(token.span, message("this parenthesis was never opened"));
    else
      fail(token.span, message("an operator was expected, but here stands {}", words(token)),
           did_you_mean(reporter_.text(token.span), {"and", "or"}));
  }

  Reporter& reporter_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  int depth_ = 0;
  Tree tree_;
};

}  // namespace

Tree parse(std::string_view text, Reporter& reporter) {
  if (text.size() > most_characters) {
    reporter.report({0, 0},
                    message("the rule has {} characters; at most {} are allowed", text.size(), most_characters));
    return {};
  }
  return Parser(text, reporter).parse();
}

std::vector<std::string> function_names() {
  std::vector<std::string> names;
  for (const Function& f : functions) names.emplace_back(f.name);
  return names;
}

}  // namespace tuopin::rule
