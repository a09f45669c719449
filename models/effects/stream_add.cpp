// stream_add: money every year held, either an amount times a rule, or a top-up towards a line.
//   payment = amount · index_t · max(0, per(row))                            or
//   payment = adequacy · max(0, top_up_to_t − ŷ°_t−1) · members     with ŷ° the income assessed at the last review,
//                                                                   which leaves out top-ups, its own among them
// A household draws one top-up: who is on the list of the old safety net, or holds such a place, can enter no other.
#include <fmt/format.h>

#include <algorithm>

#include "engine/money/ledger.hpp"
#include "engine/settings/settings_text.hpp"
#include "models/effects/verbs.hpp"
#include "models/state/top_ups.hpp"

namespace tuopin {

namespace {

class StreamAdd : public Effect {
 public:
  explicit StreamAdd(const EffectContext& c)
      : unit_is_person_(c.unit_is_person), stream_name_(c.programme.text(c.path + ".stream")),
        stream_(stream_in_words(stream_name_)), per_(c.programme.text(c.path + ".per"), Rule::Type::number, c.scope,
                                                     c.programme.origin(c.path + ".per"), c.problems),
        assessed_income_(c.binder.schema().reads<float>("household.assessed_income")),
        top_ups_(c.binder.schema().writes<std::int32_t>("household.top_ups")),
        holds_top_up_(c.binder.schema().writes<std::uint8_t>("household.holds_top_up")) {
    c.binder.writes<std::int32_t>("household.payments");
    if (c.programme.has(c.path + ".amount")) amount_ = c.programme.number(c.path + ".amount");
    index_ = c.index();
    if (c.programme.has(c.path + ".top_up_to")) {
      top_up_ = true;
      top_up_to_ = c.programme.series(c.path + ".top_up_to");
      adequacy_ = c.programme.number(c.path + ".adequacy");
      c.binder.reads_also({"household.assessed_income", "household.members", "household.on_safety_net_list"});
      c.binder.writes<std::int32_t>("household.top_ups");
      c.binder.updates<std::uint8_t>("household.holds_top_up");
      refuse_other_top_ups(c);
      if (c.programme.has(c.path + ".index"))
        c.problems.push_back({c.programme.origin(c.path + ".index"), c.path + ".index",
                              message("a top-up fills to a line, which has its own path"), message("leave it out")});
    } else if (per_.valid()) {
      c.binder.reads_also(per_.reads());
    }
    if (top_up_ == c.programme.has(c.path + ".amount"))
      c.problems.push_back({c.programme.origin(c.path), c.path, message("give either `amount` or `top_up_to`"), ""});
  }

  Acts acts() const override { return {.pays = true, .enters = top_up_, .holds = top_up_}; }
  bool tops_up() const override { return top_up_; }
  std::string stream() const override { return stream_name_; }
  Message in_words() const override {
    if (top_up_) {
      std::vector<Message> levels;
      for (const auto& [year, level] : top_up_to_.values) {
        if (!levels.empty()) levels.push_back(msgid(", "));
        levels.push_back(message(msgid("{0} ({1})"), fmt::format("{:g}", top_up_to_.factor.value * level), year));
      }
      return message(
          "each year, for each member, {}% of the gap between assessed income and {} yuan a year a head ({})",
          fmt::format("{:g}", 100 * adequacy_), Message::together(std::move(levels)), tuopin::in_words(stream_));
    }
    const std::string amount = fmt::format("{:g}", amount_);
    const MessageId whom = unit_is_person_ ? msgid("each person") : msgid("each household");
    return per_.text() == "1"
               ? message("pays {} {} yuan a year{} ({})", whom, amount, at_prices_of(index_), tuopin::in_words(stream_))
               : message("pays {} {} yuan a year{} × ({}) ({})", whom, amount, at_prices_of(index_), per_.text(),
                         tuopin::in_words(stream_));
  }

  void add_payments(const World& world, std::span<const Recipient> to, std::span<std::int64_t> fen) const override {
    if (top_up_) {
      const double line = top_up_to_.at(world.year);
      const float* assessed = world[assessed_income_];
      for (std::size_t i = 0; i < to.size(); ++i) {
        const double gap = line - static_cast<double>(assessed[to[i].household]);
        fen[i] += to_fen(adequacy_ * std::max(0.0, gap) * world.shard.people.members[to[i].household]);
      }
      return;
    }
    std::vector<std::uint32_t> rows(to.size());
    std::vector<double> times(to.size());
    for (std::size_t i = 0; i < to.size(); ++i) rows[i] = unit_is_person_ ? to[i].person : to[i].household;
    per_.evaluate(rule_data(world, unit_is_person_), rows, times);
    const double amount = amount_ * index_.at(world.year);
    for (std::size_t i = 0; i < to.size(); ++i) fen[i] += to_fen(amount * std::max(0.0, times[i]));
  }

  void enter(World& world, const Recipient& to) const override { world[holds_top_up_][to.household] = 1; }
  void leave(World& world, const Recipient& to) const override {
    if (top_up_) world[holds_top_up_][to.household] = 0;
  }
  /// Notes what is paid, so that the next review can leave it out.
  void hold(World& world, std::span<const Recipient> to) const override {
    std::vector<std::int64_t> fen(to.size(), 0);
    add_payments(world, to, fen);
    std::int32_t* top_ups = world[top_ups_];
    for (std::size_t i = 0; i < to.size(); ++i) add_top_up(top_ups[to[i].household], fen[i]);
  }

 private:
  /// A top-up is the allowance of a household: of one household there is one, whoever pays it.
  static void refuse_other_top_ups(const EffectContext& c) {
    const std::string key = c.path + ".top_up_to";
    const auto refuse = [&](Message what, Message expected) {
      c.problems.push_back({c.programme.origin(key), key, std::move(what), std::move(expected)});
    };
    if (c.unit_is_person)
      refuse(message("tops up a household, but the programme enrols persons: two of one household would both draw it"),
             message("unit = \"household\""));
    if (const std::string stream = c.programme.text(c.path + ".stream"); stream != "allowance")
      refuse(message("a top-up is paid as an allowance, but `stream` is {}", in_quotes(stream)),
             message("stream = \"allowance\""));
    for (const std::string& other : c.programme.tables("effect"))
      if ("effect." + other < c.path && c.programme.has("effect." + other + ".top_up_to"))
        refuse(message("is a second top-up of the same household, beside {}", "effect." + other), "");
  }

  bool unit_is_person_, top_up_ = false;
  std::string stream_name_;
  Text stream_;
  double amount_ = 0, adequacy_ = 0;
  PriceIndex index_;
  YearSeries top_up_to_;
  Rule per_;
  Reads<float> assessed_income_;
  Writes<std::int32_t> top_ups_;
  Writes<std::uint8_t> holds_top_up_;
};

}  // namespace

std::vector<Field> stream_add_fields() {
  using enum FieldKind;
  constexpr MessageId filled_up = msgid("line a head that assessed income is filled up to");
  return {
      {"stream",
       choice,
       msgid("income stream of the money"),
       "",
       -1e300,
       1e300,
       true,
       "",
       {"ecological_compensation", "allowance", "relief", "programme_cash", "dividend", "pension"}},
      {"amount", quantity, msgid("money a year for each unit of `per`"), "yuan/year", 0, 1e6, false, "", {}},
      index_field(),
      {"per", rule, msgid("what the amount is multiplied by"), "", -1e300, 1e300, false, "\"1\"", {}},
      {"top_up_to", level, filled_up, "yuan/year", 0, 1e6, false, "", {}},
      {"adequacy", number, msgid("share of the gap that is paid"), "share", 0, 1, false, "1.0", {}},
  };
}

std::unique_ptr<Effect> make_stream_add(const EffectContext& context) { return std::make_unique<StreamAdd>(context); }

}  // namespace tuopin
