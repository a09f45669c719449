// move: the household leaves its place for a site with a safe house (易地搬迁).
//   wage income × (1 + wage_gain), business income × (1 − business_loss), lasting, until it returns
//   returns with probability return_rate a year: the factors are undone and there is no safe house, because the old one
//   was pulled down when the household moved (拆旧复垦)
// Not modelled: the debt of the household's own contribution, lost ties, the site's jobs.
#include <fmt/format.h>

#include "models/effects/verbs.hpp"

namespace tuopin {

namespace {

class Move : public Effect {
 public:
  explicit Move(const EffectContext& c)
      : wage_(1 + c.programme.number(c.path + ".wage_gain")),
        business_(1 - c.programme.number(c.path + ".business_loss")),
        return_rate_(c.programme.number(c.path + ".return_rate")),
        moved_(c.binder.updates<std::uint8_t>("household.moved")),
        housing_safe_(c.binder.writes<std::uint8_t>("household.housing_safe")),
        wage_factor_(c.binder.writes<float>("household.wage_factor")),
        business_factor_(c.binder.writes<float>("household.business_factor")) {}

  Acts acts() const override { return {.pays = false, .enters = true, .holds = false}; }
  Message in_words() const override {
    return message(
        "moves to a site: a safe house, wages {}%, own business {}%, lasting; {}% of the movers return in a year and "
        "lose all three",
        fmt::format("{:+g}", 100 * (wage_ - 1)), fmt::format("{:+g}", 100 * (business_ - 1)),
        fmt::format("{:g}", 100 * return_rate_));
  }
  void enter(World& world, const Recipient& to) const override {
    world[moved_][to.household] = 1;
    world[housing_safe_][to.household] = 1;
    world[wage_factor_][to.household] = static_cast<float>(wage_);
    world[business_factor_][to.household] = static_cast<float>(business_);
  }
  void leave(World& world, const Recipient& to) const override {
    world[moved_][to.household] = 0;
    world[housing_safe_][to.household] = 0;
    world[wage_factor_][to.household] = world[business_factor_][to.household] = 1.0f;
  }
  bool moves() const override { return true; }
  double leaving_probability() const override { return return_rate_; }

 private:
  double wage_, business_, return_rate_;
  Writes<std::uint8_t> moved_, housing_safe_;
  Writes<float> wage_factor_, business_factor_;
};

}  // namespace

std::vector<Field> move_fields() {
  using enum FieldKind;
  return {
      {"wage_gain", quantity, msgid("lasting gain of wage income"), "share", -1, 5, true, "", {}},
      {"business_loss", quantity, msgid("lasting loss of own-business income"), "share", -1, 1, true, "", {}},
      {"return_rate", quantity, msgid("movers who return in a year"), "share/year", 0, 1, true, "", {}},
  };
}

std::unique_ptr<Effect> make_move(const EffectContext& context) { return std::make_unique<Move>(context); }

}  // namespace tuopin
