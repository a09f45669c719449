#include "tests/growth/herd.hpp"

#include <fmt/format.h>

#include "engine/money/ledger.hpp"

namespace tuopin::growth {

Stream herd_upkeep() {
  return {"herd_upkeep", "payments_herd_upkeep", "upkeep of herds", "养殖补助", "herd_upkeep_last_year"};
}

namespace {

class HerdGrant : public Effect {
 public:
  explicit HerdGrant(const EffectContext& c)
      : animals_(c.programme.number(c.path + ".animals")), upkeep_(c.programme.number(c.path + ".upkeep")),
        herd_(c.binder.updates<std::uint16_t>("household.animals")) {
    c.binder.writes<std::int32_t>("household.payments");
  }
  std::string stream() const override { return std::string(herd_upkeep().name); }
  Message in_words() const override {
    return Message::in_both(fmt::format("gives {:g} animals and {:g} yuan a year of upkeep", animals_, upkeep_),
                            fmt::format("发放牲畜{:g}头，每年饲养补助{:g}元", animals_, upkeep_));
  }
  void add_payments(const World&, std::span<const Recipient>, std::span<std::int64_t> fen) const override {
    for (std::int64_t& amount : fen) amount += to_fen(upkeep_);
  }
  void enter(World& world, const Recipient& to) const override {
    std::uint16_t& animals = world[herd_][to.household];
    animals = static_cast<std::uint16_t>(animals + animals_);
  }

 private:
  double animals_, upkeep_;
  Writes<std::uint16_t> herd_;
};

}  // namespace

Verb herd_grant() {
  using enum FieldKind;
  return {
      "herd_grant",
      [] {
        return std::vector<Field>{
            {"animals", number, msgid("animals for each who enters"), "animals", 0, 1000, true, "", {}},
            {"upkeep", quantity, msgid("money a year while enrolled"), "yuan/year", 0, 1e5, true, "", {}}};
      },
      [](const EffectContext& c) { return std::make_unique<HerdGrant>(c); },
      [](StateSchema& schema) {
        schema.add({"household",
                    {"animals", ColumnSpec::Type::u16, "animals", "animals that were granted", "牲畜数", true, {}}});
      }};
}

}  // namespace tuopin::growth
