// asset_grant: a plot of a crop (plot.hpp), or a house: safe housing from the year of entry on. A house is no income.
#include "models/effects/plot.hpp"

namespace tuopin {

namespace {

class House : public Effect {
 public:
  explicit House(const EffectContext& c) : housing_safe_(c.binder.writes<std::uint8_t>("household.housing_safe")) {}
  Acts acts() const override { return {.pays = false, .enters = true, .holds = false}; }
  Message in_words() const override { return msgid("a safe house from the year of entry on"); }
  void enter(World& world, const Recipient& to) const override { world[housing_safe_][to.household] = 1; }

 private:
  Writes<std::uint8_t> housing_safe_;
};

}  // namespace

std::vector<Field> asset_grant_fields() {
  std::vector<Field> fields = {
      {"asset", FieldKind::choice, msgid("what is granted"), "", -1e300, 1e300, true, "", {"plot", "house"}},
  };
  for (Field& field : plot_fields()) fields.push_back(std::move(field));
  return fields;
}

std::unique_ptr<Effect> make_asset_grant(const EffectContext& context) {
  if (context.programme.text(context.path + ".asset") == "house") {
    for (const Field& field : plot_fields())
      if (const std::string key = context.path + "." + field.key;
          field.default_text.empty() && context.programme.has(key))
        context.problems.push_back({context.programme.origin(key), key, message("is of plots, and this grants a house"),
                                    message("leave it out")});
    return std::make_unique<House>(context);
  }
  return make_plot(context);
}

}  // namespace tuopin
