// slot: a paid post. The holder's household receives the wage each year held and gives up the days.
//   payment = wage · index_t;  days are taken from the household's labour (processes/income.hpp displaces other work)
#include <fmt/format.h>

#include "engine/money/ledger.hpp"
#include "models/effects/verbs.hpp"

namespace tuopin {

namespace {

class Slot : public Effect {
 public:
  explicit Slot(const EffectContext& c)
      : stream_name_(c.programme.text(c.path + ".stream")), stream_(stream_in_words(stream_name_)),
        wage_(c.programme.number(c.path + ".wage")), days_(c.programme.number(c.path + ".days")), index_(c.index()) {
    c.binder.updates<std::uint16_t>("household.free_days");
    c.binder.writes<std::uint16_t>("household.days_taken");
    c.binder.writes<std::int32_t>("household.payments");
  }

  Acts acts() const override { return {.pays = true, .enters = false, .holds = false}; }
  std::string stream() const override { return stream_name_; }
  Message in_words() const override {
    return message("a post at {} yuan a year{} ({}) that takes {} days of labour a year", fmt::format("{:g}", wage_),
                   at_prices_of(index_), tuopin::in_words(stream_), fmt::format("{:g}", days_));
  }
  void add_payments(const World& world, std::span<const Recipient>, std::span<std::int64_t> fen) const override {
    const std::int64_t wage = to_fen(wage_ * index_.at(world.year));
    for (std::int64_t& amount : fen) amount += wage;
  }
  double days(const World&, const Recipient&) const override { return days_; }
  bool takes_days() const override { return true; }
  bool needs_days() const override { return true; }

 private:
  std::string stream_name_;
  Text stream_;
  double wage_, days_;
  PriceIndex index_;
};

}  // namespace

std::vector<Field> slot_fields() {
  return {
      {"stream",
       FieldKind::choice,
       msgid("income stream of the wage"),
       "",
       -1e300,
       1e300,
       true,
       "",
       {"public_service_wage", "local_wage"}},
      {"wage", FieldKind::quantity, msgid("pay of the post"), "yuan/year", 0, 1e6, true, "", {}},
      {"days", FieldKind::number, msgid("labour days that the post takes"), "days/year", 0, 366, true, "", {}},
      index_field(),
  };
}

std::unique_ptr<Effect> make_slot(const EffectContext& context) { return std::make_unique<Slot>(context); }

}  // namespace tuopin
