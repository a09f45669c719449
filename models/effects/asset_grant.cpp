// asset_grant: a plot of a crop, or a house.
//
// Plot of area A = area_per_member · members, planted on entry (age k = 0 in that year):
//   earnings_k = A · margin_c · ramp_c(k) · exp(s_c n_ct − s_c²/2) · exp(i_c n_ht − i_c²/2)     yuan a year
//   ramp(k) = 0 before first harvest g; share s₁ at g, rising to 1 at full harvest; n_ct is common to the prefecture,
//   n_ht the holder's own (household or person, as enrolled); a share `failure` of the plots never yields. Labour: up
//   to A · days of the crop.
// The crop is chosen once by the Gumbel-max method over the county's crop shares, with one shock for each crop name, so
// that adding a crop changes only the choices of households that now choose it.
// Not modelled: falling prices when everybody plants the same, replanting, sale of the plot.
//
// House: safe housing from the year of entry on. Not income.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/base/normals.hpp"
#include "models/effects/verbs.hpp"

namespace tuopin {

namespace {

struct CropCard {
  LuckName choice_luck, price_luck;
  double first, full, first_share, margin, days, price_sd, yield_sd;

  double ramp(int k) const {
    if (k < first) return 0;
    if (k >= full) return 1;
    return first_share + (1 - first_share) * (k - first) / (full - first);
  }
};

class Plot : public Effect {
 public:
  explicit Plot(const EffectContext& c)
      : area_per_member_(c.programme.number(c.path + ".area_per_member")),
        failure_(c.programme.number(c.path + ".failure")), yield_luck_(c.binder.luck(c.luck + ".yield", kind_of(c))),
        failure_luck_(c.binder.luck(c.luck + ".failure", kind_of(c))),
        earnings_(c.binder.writes<float>("household.programme_earnings")) {
    c.binder.reads_also({"household.members"});
    c.binder.updates<std::uint16_t>("household.free_days");
    c.binder.writes<std::uint16_t>("household.days_taken");
    for (const Crop& crop : c.region.crops)  // the price of a crop is common to all plots: drawn for the prefecture
      cards_.push_back({c.binder.luck(c.luck + ".crop." + crop.name, Kind::household),
                        {hash32("crop." + crop.name + ".price"), Kind::prefecture},
                        crop.number("years_to_first_harvest"),
                        crop.number("years_to_full_harvest"),
                        crop.number("first_harvest_share"),
                        crop.number("net_margin"),
                        crop.number("labour_days"),
                        crop.number("price_sd"),
                        crop.number("yield_sd")});
    for (const Place& county : c.region.counties) {
      std::vector<double> logs;
      const auto shares = c.region.crop_shares.find(county.id);
      for (const Crop& crop : c.region.crops) {
        const bool grown = shares != c.region.crop_shares.end() && shares->second.contains(crop.name);
        const double share = grown ? shares->second.at(crop.name) : 0;
        logs.push_back(share > 0 ? fixed_log(share) : never);
      }
      log_shares_.push_back(logs);
    }
    if (cards_.empty() || c.region.crop_shares.empty())
      c.problems.push_back({c.programme.origin(c.path), c.path,
                            cards_.empty() ? message("grants plots, but the region has no crops (files.crops)")
                                           : message("grants plots, but the region does not say what its counties grow "
                                                     "(files.crop_shares)"),
                            ""});
  }

  Acts acts() const override { return {.pays = false, .enters = false, .holds = true}; }
  Message in_words() const override {
    return message(
        "{} mu of one of the county's crops for each member; earns from its first harvest on and takes the days of the "
        "crop; {}% of the plots never yield",
        fmt::format("{:g}", area_per_member_), fmt::format("{:g}", 100 * failure_));
  }
  void choose(const World& world, std::span<Recipient> recipients) const override {
    const auto& people = world.shard.people;
    const std::size_t n = recipients.size();
    std::vector<std::uint64_t> entities(n), households(n);
    std::vector<const double*> log_shares(n);  // of the crops of each recipient's county
    for (std::size_t i = 0; i < n; ++i) {
      entities[i] = recipients[i].entity;
      households[i] = people.id[recipients[i].household];
      log_shares[i] = log_shares_[people.village_county[people.village[recipients[i].household]]].data();
    }
    std::vector<double> gumbel(n), highest(n, never);
    for (std::size_t c = 0; c < cards_.size(); ++c) {
      if (std::all_of(log_shares.begin(), log_shares.end(), [&](const double* of) { return of[c] == never; })) continue;
      const auto draws = draws_of(world.luck(cards_[c].choice_luck), std::span<const std::uint64_t>(households));
      for (std::size_t i = 0; i < n; ++i) gumbel[i] = -fixed_log(-fixed_log(uniform_from(draws[i])));
      for (std::size_t i = 0; i < n; ++i) {
        const double share = log_shares[i][c];
        if (share == never || !(share + gumbel[i] > highest[i])) continue;
        highest[i] = share + gumbel[i];
        recipients[i].detail = static_cast<std::uint8_t>(c);
      }
    }
    const auto draws = draws_of(world.lasting_luck(failure_luck_), std::span<const std::uint64_t>(entities));
    for (std::size_t i = 0; i < n; ++i)
      if (uniform_from(draws[i]) < failure_) recipients[i].detail = failed;
  }

  bool keeps_detail() const override { return true; }
  bool takes_days() const override { return true; }
  double days(const World& world, const Recipient& to) const override {
    return to.detail == failed ? 0 : area(world, to) * cards_[to.detail].days;
  }

  void hold(World& world, std::span<const Recipient> recipients) const override {
    std::vector<double> price;  // by crop, common to the prefecture
    for (const CropCard& card : cards_) {
      price.push_back(card.price_sd * world.luck(card.price_luck).normal(0, 0) - card.price_sd * card.price_sd / 2);
    }
    std::vector<std::uint32_t> bearing;  // number of each recipient whose plot yields this year
    std::vector<std::uint64_t> entities;
    for (std::uint32_t i = 0; i < recipients.size(); ++i) {
      const Recipient& to = recipients[i];
      if (to.detail == failed || !(cards_[to.detail].ramp(to.years_held) > 0)) continue;
      bearing.push_back(i);
      entities.push_back(to.entity);
    }
    const std::size_t n = bearing.size();
    const auto draws = draws_of(world.luck(yield_luck_), std::span<const std::uint64_t>(entities));
    float* stored_earnings = world[earnings_];
    std::vector<double> shock(n);
    normals_from(draws.data(), shock.data(), n);
    for (std::size_t i = 0; i < n; ++i) {
      const Recipient& to = recipients[bearing[i]];
      const CropCard& card = cards_[to.detail];
      const double own = card.yield_sd * shock[i] - card.yield_sd * card.yield_sd / 2;
      const double earnings =
          area(world, to) * card.margin * card.ramp(to.years_held) * fixed_exp(price[to.detail] + own);
      float& stored = stored_earnings[to.household];
      stored = static_cast<float>(static_cast<double>(stored) + earnings);
    }
  }

 private:
  static constexpr double never = -1e300;
  static constexpr std::uint8_t failed = 255;  // definition: kept in place of a crop's number

  static Kind kind_of(const EffectContext& c) { return c.unit_is_person ? Kind::person : Kind::household; }
  double area(const World& world, const Recipient& to) const {
    return area_per_member_ * world.shard.people.members[to.household];
  }

  double area_per_member_, failure_;
  LuckName yield_luck_, failure_luck_;  ///< of the enrolled unit
  Writes<float> earnings_;
  std::vector<CropCard> cards_;
  std::vector<std::vector<double>> log_shares_;  ///< [county][crop]
};

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
  return {
      {"asset", FieldKind::choice, msgid("what is granted"), "", -1e300, 1e300, true, "", {"plot", "house"}},
      {"area_per_member", FieldKind::number, msgid("area for each member (plot)"), "mu", 0, 1000, false, "0.0", {}},
      {"failure", FieldKind::number, msgid("plots that never yield"), "share", 0, 1, false, "0.0", {}},
  };
}

std::unique_ptr<Effect> make_asset_grant(const EffectContext& context) {
  if (context.programme.text(context.path + ".asset") == "house") return std::make_unique<House>(context);
  return std::make_unique<Plot>(context);
}

}  // namespace tuopin
