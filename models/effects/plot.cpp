#include "models/effects/plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/base/normals.hpp"
#include "models/scenario/limits.hpp"

namespace tuopin {

namespace {

struct CropCard {
  CropCard(const Crop& crop, LuckName choice)
      : choice_luck(choice), price_luck{hash32("crop." + crop.name + ".price"), Kind::prefecture},
        first(crop.number("years_to_first_harvest")), full(crop.number("years_to_full_harvest")),
        first_share(crop.number("first_harvest_share")), price(crop.number("price")), yield(crop.number("yield")),
        cash_cost(crop.number("cash_cost")), cash_cost_young(crop.number("cash_cost_young")),
        days_planting(crop.number("labour_days_planting")), days_young(crop.number("labour_days_young")),
        days_bearing(crop.number("labour_days_bearing")), price_sd(crop.number("price_sd")),
        yield_sd(crop.number("yield_sd")) {}

  LuckName choice_luck, price_luck;  ///< the price is common to all plots: drawn for the prefecture
  double first, full, first_share, price, yield, cash_cost, cash_cost_young;
  double days_planting, days_young, days_bearing, price_sd, yield_sd;

  double ramp(int k) const {
    if (k < first) return 0;
    if (k >= full) return 1;
    return first_share + (1 - first_share) * (k - first) / (full - first);
  }
  /// From the young plot's value to the bearing one's, as the harvest grows.
  double by_age(int k, double young, double bearing) const { return young + (bearing - young) * ramp(k); }
  double days(int k) const { return k == 0 ? days_planting : by_age(k, days_young, days_bearing); }
};

/// What holds the crop's number at entry holds the failure too.
constexpr std::uint8_t failed = 128;  // definition: above max_crops
static_assert(max_crops <= failed);
bool has_failed(const Recipient& to) { return to.detail >= failed; }
std::size_t crop_of(const Recipient& to) { return to.detail % failed; }

class Plot : public Effect {
 public:
  explicit Plot(const EffectContext& c)
      : area_per_member_(c.programme.number(c.path + ".area_per_member")),
        failure_(c.programme.number(c.path + ".failure")),
        costs_paid_(c.programme.has(c.path + ".pays_costs_until_harvest") &&
                    c.programme.flag(c.path + ".pays_costs_until_harvest")),
        land_(c.programme.has(c.path + ".land") ? c.programme.text(c.path + ".land") : ""),
        rent_(c.programme.has(c.path + ".rent") ? c.programme.number(c.path + ".rent") : 0), index_(c.index()),
        yield_luck_(c.binder.luck(c.luck + ".yield", kind_of(c))),
        failure_luck_(c.binder.luck(c.luck + ".failure", kind_of(c))),
        arable_(c.binder.reads<float>("household.arable_mu")),
        earnings_(c.binder.writes<float>("household.programme_earnings")),
        planted_own_(c.binder.updates<std::uint32_t>("household.planted_own")) {
    if (land_ == "rented") planted_beyond_ = c.binder.writes<std::uint32_t>("household.planted_rented");
    if (land_ == "cleared") planted_beyond_ = c.binder.writes<std::uint32_t>("household.planted_cleared");
    c.binder.reads_also({"household.members"});
    c.binder.updates<std::uint16_t>("household.free_days");
    c.binder.writes<std::uint16_t>("household.days_taken");
    for (const Crop& crop : c.region.crops)
      cards_.emplace_back(crop, c.binder.luck(c.luck + ".crop." + crop.name, Kind::household));
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
    check(c);
  }

  Acts acts() const override { return {.pays = false, .enters = false, .holds = true}; }
  Message in_words() const override {
    const Message land = land_ == "own" ? message("at most its own arable land")
                         : land_ == "rented"
                             ? message("beyond its own arable land rented at {} yuan a mu", fmt::format("{:g}", rent_))
                             : message("beyond its own arable land newly cleared");
    return message(
        "{} mu of one of the county's crops for each member, {}; earns from its first harvest on and takes the days of "
        "the crop by its age; {}; {}% of the plots never yield",
        fmt::format("{:g}", area_per_member_), land,
        costs_paid_ ? message("the programme pays the costs until then")
                    : message("the household pays the costs until then"),
        fmt::format("{:g}", 100 * failure_));
  }

  void choose(const World& world, std::span<Recipient> recipients) const override {
    choose_crops(world, recipients);
    std::vector<std::uint64_t> entities;
    for (const Recipient& to : recipients) entities.push_back(to.entity);
    const auto draws = draws_of(world.lasting_luck(failure_luck_), std::span<const std::uint64_t>(entities));
    for (std::size_t i = 0; i < recipients.size(); ++i) {
      Recipient& to = recipients[i];
      if (uniform_from(draws[i]) < failure_) to.detail = static_cast<std::uint8_t>(to.detail + failed);
      const double arable = std::clamp(100.0 * static_cast<double>(world[arable_][to.household]), 0.0, most_land);
      const auto all = static_cast<std::uint32_t>(arable);  // whole hundredths that it has
      const std::uint32_t planted = world[Reads<std::uint32_t>(planted_own_)][to.household];
      to.own_land = std::min(granted(world, to), all - std::min(all, planted));
    }
  }

  bool keeps_detail() const override { return true; }
  bool takes_days() const override { return true; }
  double days(const World& world, const Recipient& to) const override {
    return given_up(to) ? 0 : area(world, to) / 100.0 * cards_[crop_of(to)].days(to.years_held);
  }

  void hold(World& world, std::span<const Recipient> recipients) const override {
    std::vector<double> price;  // by crop, common to the prefecture
    for (const CropCard& card : cards_)
      price.push_back(card.price_sd * world.luck(card.price_luck).normal(0, 0) - card.price_sd * card.price_sd / 2);
    std::vector<std::uint64_t> entities;  // of the plots that yield this year
    for (const Recipient& to : recipients)
      if (yields(to)) entities.push_back(to.entity);
    const auto draws = draws_of(world.luck(yield_luck_), std::span<const std::uint64_t>(entities));
    std::vector<double> shock(entities.size());
    normals_from(draws.data(), shock.data(), shock.size());

    const double prices = index_.at(world.year);
    float* earnings = world[earnings_];
    std::uint32_t *own = world[planted_own_], *beyond = land_ == "own" ? nullptr : world[planted_beyond_];
    std::size_t next = 0;
    for (const Recipient& to : recipients) {
      if (given_up(to)) continue;
      const CropCard& card = cards_[crop_of(to)];
      const std::uint32_t all = area(world, to), rest = all - to.own_land;
      own[to.household] += to.own_land;
      if (beyond) beyond[to.household] += rest;
      double gross = 0;  // yuan a mu
      if (yields(to)) {
        const double luck = card.yield_sd * shock[next++] - card.yield_sd * card.yield_sd / 2;
        gross = card.price * card.yield * card.ramp(to.years_held) * fixed_exp(price[crop_of(to)] + luck);
      }
      const double earned = prices * (all / 100.0 * (gross - cost(card, to)) - rent_ * (rest / 100.0));
      float& stored = earnings[to.household];
      stored = static_cast<float>(static_cast<double>(stored) + earned);
    }
  }

 private:
  static constexpr double never = -1e300;
  static constexpr double most_land = 4e9;  // definition: hundredths of a mu in 32 bits

  static Kind kind_of(const EffectContext& c) { return c.unit_is_person ? Kind::person : Kind::household; }
  static bool given_up(const Recipient& to) { return has_failed(to) && to.years_held > 0; }

  void check(const EffectContext& c) const {
    const auto refuse = [&](Message problem, Message hint) {
      c.problems.push_back({c.programme.origin(c.path), c.path, std::move(problem), std::move(hint)});
    };
    if (c.region.crops.empty())
      refuse(message("grants plots, but the region has no crops (files.crops)"), "");
    else if (c.region.crop_shares.empty())
      refuse(message("grants plots, but the region does not say what its counties grow (files.crop_shares)"), "");
    if (land_.empty())
      refuse(message("grants plots, but does not say where they stand beyond the holder's own arable land"),
             message("give land: \"own\" (no further), \"rented\" or \"cleared\""));
    else if ((land_ == "rented") != c.programme.has(c.path + ".rent"))
      refuse(land_ == "rented" ? message("rents land, but at no stated rent")
                               : message("states a rent, but rents no land"),
             land_ == "rented" ? message("give rent, in yuan/mu/year") : message("leave rent out, or say \"rented\""));
    if (!c.programme.has(c.path + ".pays_costs_until_harvest"))
      refuse(message("grants plots, but does not say who pays their cash costs before the first harvest"),
             message("give pays_costs_until_harvest: true (the programme) or false (the household)"));
  }

  void choose_crops(const World& world, std::span<Recipient> recipients) const {
    const auto& people = world.shard.people;
    const std::size_t n = recipients.size();
    std::vector<std::uint64_t> households(n);
    std::vector<const double*> log_shares(n);  // of the crops of each recipient's county
    for (std::size_t i = 0; i < n; ++i) {
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
  }

  bool yields(const Recipient& to) const { return !has_failed(to) && cards_[crop_of(to)].ramp(to.years_held) > 0; }
  double cost(const CropCard& card, const Recipient& to) const {
    const bool young = has_failed(to) || to.years_held < card.first;
    if (young) return costs_paid_ ? 0 : card.cash_cost_young;
    return card.by_age(to.years_held, card.cash_cost_young, card.cash_cost);
  }
  /// Area that the programme grants, in hundredths of a mu.
  std::uint32_t granted(const World& world, const Recipient& to) const {
    const double mu = area_per_member_ * world.shard.people.members[to.household];
    return static_cast<std::uint32_t>(std::floor(100.0 * mu + 0.5));
  }
  /// Area of the plot: no more than own land where it may not exceed it.
  std::uint32_t area(const World& world, const Recipient& to) const {
    return land_ == "own" ? to.own_land : granted(world, to);
  }

  double area_per_member_, failure_;
  bool costs_paid_;  ///< by the programme, until the first harvest
  std::string land_;
  double rent_;                         ///< yuan/mu/year, of rented land
  PriceIndex index_;                    ///< of crop prices, costs and the rent
  LuckName yield_luck_, failure_luck_;  ///< of the enrolled unit
  Reads<float> arable_;
  Writes<float> earnings_;
  Writes<std::uint32_t> planted_own_, planted_beyond_;
  std::vector<CropCard> cards_;
  std::vector<std::vector<double>> log_shares_;  ///< [county][crop]
};

}  // namespace

std::vector<Field> plot_fields() {
  using enum FieldKind;
  return {
      {"area_per_member", number, msgid("area for each member (plot)"), "mu", 0, 1000, false, "0.0", {}},
      {"failure", number, msgid("plots that never yield"), "share", 0, 1, false, "0.0", {}},
      {"land",
       choice,
       msgid("land of a plot beyond the holder's own arable land (own: none, the plot is smaller)"),
       "",
       -1e300,
       1e300,
       false,
       "",
       {"own", "rented", "cleared"}},
      {"rent", quantity, msgid("rent of that land, if rented"), "yuan/mu/year", 0, 1e5, false, "", {}},
      index_field(),
      {"pays_costs_until_harvest",
       flag,
       msgid("the programme pays a plot's cash costs before its first harvest; false: the household does"),
       "",
       -1e300,
       1e300,
       false,
       "",
       {}},
  };
}

std::unique_ptr<Effect> make_plot(const EffectContext& context) { return std::make_unique<Plot>(context); }

}  // namespace tuopin
