// slot: a paid post. The holder's household receives the wage each year held and gives up the days.
//   payment = wage;  days are taken from the household's labour (processes/income.hpp displaces other work)
#include "engine/money/ledger.hpp"
#include "models/effects/verbs.hpp"

namespace tuopin {

namespace {

class Slot : public Effect {
 public:
  explicit Slot(const EffectContext& c)
      : wage_(c.programme.number(c.path + ".wage")), days_(c.programme.number(c.path + ".days")) {}

  Text in_words() const override {
    const std::string wage = std::to_string(static_cast<long>(wage_)), days = std::to_string(static_cast<long>(days_));
    return {"a post at " + wage + " yuan a year that takes " + days + " days",
            "岗位:年报酬" + wage + "元,用工" + days + "天"};
  }
  void add_payments(const World&, std::span<const Recipient>, std::span<std::int64_t> fen) const override {
    for (std::int64_t& amount : fen) amount += to_fen(wage_);
  }
  double days(const World&, const Recipient&) const override { return days_; }
  bool takes_days() const override { return true; }
  bool needs_days() const override { return true; }

 private:
  double wage_, days_;
};

}  // namespace

std::vector<Field> slot_fields() {
  return {
      {"stream",
       FieldKind::choice,
       "income stream of the wage",
       "",
       -1e300,
       1e300,
       true,
       "",
       {"public_service_wage", "local_wage"}},
      {"wage", FieldKind::quantity, "pay of the post", "yuan/year", 0, 1e6, true, "", {}},
      {"days", FieldKind::number, "labour days that the post takes", "days/year", 0, 366, true, "", {}},
  };
}

std::unique_ptr<Effect> make_slot(const EffectContext& context) { return std::make_unique<Slot>(context); }

}  // namespace tuopin
