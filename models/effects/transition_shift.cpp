// transition_shift: shifts the odds of a change of state. Here: from no paid work to paid work, by training.
//   p₀ = base;  logit p₁ = logit p₀ + shift;  who has a lasting draw u in [p₀, p₁) finds paid work by it
//   earnings in year k = wage_gain · index_t · 2^(−k / half_life) for those
//                        raise · index_t · 2^(−k / half_life) for who has u < p₀ and works anyway; nobody else gains
// The same u under any shift: more training never costs anyone the job. Not modelled: displacement of other workers.
#include <fmt/format.h>

#include "engine/base/numbers.hpp"
#include "models/effects/verbs.hpp"

namespace tuopin {

namespace {

class TransitionShift : public Effect {
 public:
  explicit TransitionShift(const EffectContext& c)
      : p0_(c.programme.number(c.path + ".base")), wage_gain_(c.programme.number(c.path + ".wage_gain")),
        half_life_(c.programme.number(c.path + ".half_life")),
        raise_(c.programme.has(c.path + ".raise") ? c.programme.number(c.path + ".raise") : 0), index_(c.index()),
        luck_(c.binder.luck(c.luck, c.unit_is_person ? Kind::person : Kind::household)),
        earnings_(c.binder.writes<float>("household.programme_earnings")) {
    const double odds = p0_ / (1 - p0_) * fixed_exp(c.programme.number(c.path + ".shift"));
    p1_ = odds / (1 + odds);
  }

  Acts acts() const override { return {.pays = false, .enters = false, .holds = true}; }
  Message in_words() const override {
    return message(
        "raises the probability of paid work from {}% to {}%: who finds work by it earns {} yuan a year more, who "
        "works "
        "anyway {} yuan{}; both halve every {} years",
        fmt::format("{:.3g}", 100 * p0_), fmt::format("{:.3g}", 100 * p1_), fmt::format("{:g}", wage_gain_),
        fmt::format("{:g}", raise_), at_prices_of(index_), fmt::format("{:g}", half_life_));
  }
  void hold(World& world, std::span<const Recipient> recipients) const override {
    const std::size_t n = recipients.size();
    std::vector<std::uint64_t> entities(n);
    for (std::size_t i = 0; i < n; ++i) entities[i] = recipients[i].entity;
    const auto draws = draws_of(world.lasting_luck(luck_), std::span<const std::uint64_t>(entities));
    const double gain = wage_gain_ * index_.at(world.year), raise = raise_ * index_.at(world.year);
    float* earnings = world[earnings_];
    for (std::size_t i = 0; i < n; ++i) {
      const Recipient& to = recipients[i];
      const double u = uniform_from(draws[i]);
      if (u >= p1_) continue;
      const double earned = u < p0_ ? raise : gain;
      const double fade = fixed_exp(-fixed_log(2.0) * to.years_held / half_life_);
      float& stored = earnings[to.household];
      stored = static_cast<float>(static_cast<double>(stored) + earned * fade);
    }
  }

 private:
  double p0_, p1_ = 0, wage_gain_, half_life_;
  double raise_;  ///< yuan/year
  PriceIndex index_;
  LuckName luck_;
  Writes<float> earnings_;
};

}  // namespace

std::vector<Field> transition_shift_fields() {
  using enum FieldKind;
  constexpr MessageId base_meaning = msgid("probability of paid work without the programme");
  constexpr MessageId raise_meaning = msgid("net gain of those who have paid work anyway; left out: none");
  return {
      {"transition", choice, msgid("the change of state"), "", -1e300, 1e300, false, "\"paid_work\"", {"paid_work"}},
      {"base", number, base_meaning, "probability", 0.001, 0.999, true, "", {}},
      {"shift", quantity, msgid("shift of the log-odds"), "log-odds", -5, 5, true, "", {}},
      {"wage_gain", quantity, msgid("net gain of income from the work found"), "yuan/year", 0, 1e6, true, "", {}},
      {"raise", quantity, raise_meaning, "yuan/year", 0, 1e6, false, "", {}},
      {"half_life", number, msgid("years in which the gain halves"), "years", 0.1, 100, true, "", {}},
      index_field(),
  };
}

std::unique_ptr<Effect> make_transition_shift(const EffectContext& context) {
  return std::make_unique<TransitionShift>(context);
}

}  // namespace tuopin
