#include "tests/growth/harvest.hpp"

#include <algorithm>

#include "engine/base/normals.hpp"
#include "models/measures/formulas.hpp"

namespace tuopin::growth {

namespace {

/// What the three steps share.
struct Harvest {
  double kilograms_per_mu, spread, base, slope;
  Reads<float> arable;
  Writes<float> kilograms, earnings;
  Writes<double> price;
  SumHandle supply, usual, revenue_fen;
  BlockLuck all;
  LuckName luck;
};

/// block: what each household harvests
class Bring : public Year::BlockStep {
 public:
  explicit Bring(const Harvest& h) : h_(h) {}
  void run(Moment::Visit& visit) const override {
    const std::uint32_t* draws = h_.all.of_block(visit, visit.world().luck(h_.luck));
    const float* arable = visit[h_.arable];
    float* kilograms = visit[h_.kilograms];
    for (std::uint32_t i = 0; i < visit.rows(); ++i) {
      const double usual = arable[i] * h_.kilograms_per_mu;
      kilograms[i] = static_cast<float>(std::max(0.0, usual * (1 + h_.spread * normal_from(draws[i]))));
      visit.add(h_.supply, static_cast<std::int64_t>(kilograms[i]));
      visit.add(h_.usual, static_cast<std::int64_t>(usual));
    }
  }

 private:
  Harvest h_;
};

/// barrier: the price of each county
class Clear : public Year::Barrier {
 public:
  explicit Clear(const Harvest& h) : h_(h) {}
  void apply(Moment& now, const Team&) const override {
    for (std::uint32_t county = 0; county < now.sharded().counties(); ++county) {
      const auto supply = static_cast<double>(now.work.sums.of(county, h_.supply));
      const auto usual = static_cast<double>(std::max<std::int64_t>(1, now.work.sums.of(county, h_.usual)));
      now.set(h_.price, county, std::max(0.0, h_.base * (1 - h_.slope * (supply / usual - 1))));
    }
  }

 private:
  Harvest h_;
};

/// block: what each household earns
class Sell : public Year::BlockStep {
 public:
  explicit Sell(const Harvest& h) : h_(h) {}
  void run(Moment::Visit& visit) const override {
    const double price = visit.world()[Reads<double>(h_.price)][visit.block.county];
    const float* kilograms = visit[Reads<float>(h_.kilograms)];
    float* earnings = visit[h_.earnings];
    std::int64_t fen = 0;
    for (std::uint32_t i = 0; i < visit.rows(); ++i) {
      const double yuan = price * static_cast<double>(static_cast<std::int64_t>(kilograms[i]));
      earnings[i] += static_cast<float>(yuan);
      fen += static_cast<std::int64_t>(100 * yuan);
    }
    visit.add(h_.revenue_fen, fen);
  }

 private:
  Harvest h_;
};

void make(Year& year, Making& m) {
  Binder b(m.schema, m.needs,
           {"household.harvest", Message::in_both("harvests are sold at a price that falls with the county's supply",
                                                  "收成按县供给量定价出售")});
  const Settings& s = m.settings;
  const Harvest harvest{s.number("harvest.kilograms_per_mu"),
                        s.number("harvest.spread"),
                        s.number("harvest.price"),
                        s.number("harvest.slope"),
                        b.reads<float>("household.arable_mu"),
                        b.writes<float>("household.harvest_kilograms"),
                        b.updates<float>("household.programme_earnings"),
                        b.writes<double>("county.harvest_price"),
                        b.sums({"harvest_kilograms", "kg"}),
                        b.sums({"usual_harvest_kilograms", "kg"}),
                        b.sums({"harvest_revenue_fen", "fen"}),
                        BlockLuck(b),
                        b.luck("household.harvest", Kind::household)};
  Year::Part part;
  part.add<Bring>(harvest).add<Clear>(harvest).add<Sell>(harvest);
  part.said = b.end();
  year.add(std::move(part));
}

Section section() {
  using enum FieldKind;
  return {"harvest",
          msgid("A harvest that is sold at a price which falls with supply."),
          false,
          {{"kilograms_per_mu", number, msgid("usual harvest"), "kg/mu/year", 0, 1e4, true, "", {}},
           {"spread", number, msgid("standard deviation of a harvest, of the usual one"), "share", 0, 1, true, "", {}},
           {"price", number, msgid("price of a usual harvest"), "yuan/kg", 0, 1e3, true, "", {}},
           {"slope",
            number,
            msgid("fall of the price for each share of supply beyond the usual"),
            "1",
            0,
            10,
            true,
            "",
            {}}},
          "",
          {}};
}

void declare(StateSchema& schema) {
  using enum ColumnSpec::Type;
  schema.add(
      {"household", {"harvest_kilograms", f32, "kg", "harvest of the year", "当年收成", true, {}}, Lifetime::year});
  schema.add({"county", {"harvest_price", f64, "yuan/kg", "price of the last harvest", "上季价格", false, {}}});
}

}  // namespace

Mechanism harvest() {
  return {"household.harvest", make, {section()}, [](const Settings& s) { return s.has("harvest.price"); }, declare};
}

std::vector<Figure> harvest_figures() {
  return {{"harvest",
           "mean_price",
           {},
           "yuan/kg",
           "revenue of all harvests over their weight",
           "平均收购价",
           [](const YearFacts& f, const At& at) {
             return ratio(f.declared("harvest_revenue_fen", at) / 100, f.declared("harvest_kilograms", at));
           }}};
}

}  // namespace tuopin::growth
