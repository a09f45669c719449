#include "tests/growth/illness.hpp"

#include <algorithm>

#include "engine/base/numbers.hpp"
#include "models/measures/formulas.hpp"
#include "models/state/stream_payments.hpp"

namespace tuopin::growth {

namespace {

constexpr double huge = 1e300;

class Illness : public Year::BlockStep {
 public:
  Illness(Binder& b, const Settings& s, const Region& region)
      : days_(s.number("illness.days")), debt_fen_(static_cast<std::int64_t>(100 * s.number("illness.debt"))),
        debt_years_(static_cast<int>(s.integer("illness.debt_years"))), many_(s.number("illness.epidemic_share")),
        relief_fen_(static_cast<std::int64_t>(100 * s.number("illness.relief"))),
        ill_years_(b.updates<std::uint8_t>("household.ill_years")),
        free_days_(b.updates<std::uint16_t>("household.free_days")),
        days_taken_(b.updates<std::uint16_t>("household.days_taken")),
        epidemics_(b.updates<std::uint8_t>("village.epidemics")), debts_(b.changes_rows("debt")),
        amount_(b.writes<std::int64_t>("debt.amount")), since_(b.updates<std::uint16_t>("debt.since")),
        relief_(b, illness_relief().name), ill_(b.sums({"ill_persons", "persons"})), all_(b),
        luck_(b.luck("household.illness", Kind::household)) {
    const auto clinics = region.tables.find("clinics");
    for (const Place& county : region.counties) {
      double beds = 0;
      if (clinics != region.tables.end())
        if (const std::size_t row = clinics->second.find("county", county.id); row < clinics->second.rows())
          beds = clinics->second.number(row, "beds");
      chance_.push_back(s.number("illness.chance") / (1 + beds));
    }
  }
  static Description about() {
    return {"household.illness",
            Message::in_both("households fall ill, lose days of labour and borrow", "患病：损失劳动日并举债")};
  }

  void run(Moment::Visit& visit) const override {
    const World& world = visit.world();
    pay_back(visit, world.year);
    const std::uint32_t* draws = all_.of_block(visit, world.luck(luck_));
    std::uint8_t* ill_years = visit[ill_years_];
    std::uint16_t *free_days = visit[free_days_], *days_taken = visit[days_taken_];
    std::vector<std::uint32_t> ill;
    for (std::uint32_t i = 0; i < visit.rows(); ++i) {
      if (uniform_from(draws[i]) >= chance_[visit.block.county]) continue;
      ill.push_back(i);
      ill_years[i] = static_cast<std::uint8_t>(std::min(255, ill_years[i] + 1));
      const auto lost = static_cast<std::uint16_t>(std::min<double>(days_, free_days[i]));
      free_days[i] = static_cast<std::uint16_t>(free_days[i] - lost);
      days_taken[i] = static_cast<std::uint16_t>(days_taken[i] + lost);
      relief_.pay(visit, i, relief_fen_);
      visit.add(ill_, world.shard.persons[visit.block.begin + i]);
    }
    borrow(visit, ill, world.year);
    note_epidemics(visit, ill);
  }

 private:
  void pay_back(Moment::Visit& visit, int year) const {
    ChildRows& debts = visit[debts_];
    const std::uint16_t* since = values_of(debts, since_);
    std::vector<std::uint8_t> open(debts.size());
    for (std::uint32_t i = 0; i < debts.size(); ++i) open[i] = year - since[i] < debt_years_;
    debts.keep(open);
  }
  void borrow(Moment::Visit& visit, const std::vector<std::uint32_t>& ill, int year) const {
    ChildRows& debts = visit[debts_];
    for (const std::uint32_t row : debts.add(ill)) {
      values_of(debts, amount_)[row] = debt_fen_;
      values_of(debts, since_)[row] = static_cast<std::uint16_t>(year);
    }
  }
  void note_epidemics(Moment::Visit& visit, const std::vector<std::uint32_t>& ill) const {
    World& world = visit.world();
    const auto& first_of = world.shard.people.village_begin;
    for (std::uint32_t v = visit.block.village_begin; v < visit.block.village_end; ++v) {
      const std::uint32_t end = v + 1 < world.shard.villages ? first_of[v + 1] : world.shard.rows;
      const std::uint32_t from = first_of[v] - visit.block.begin, to = end - visit.block.begin;
      const auto count = std::lower_bound(ill.begin(), ill.end(), to) - std::lower_bound(ill.begin(), ill.end(), from);
      if (static_cast<double>(count) > many_ * (to - from)) ++world[epidemics_][v];
    }
  }

  double days_;
  std::int64_t debt_fen_;
  int debt_years_;
  double many_;
  std::int64_t relief_fen_;
  std::vector<double> chance_;  ///< by county
  Writes<std::uint8_t> ill_years_;
  Writes<std::uint16_t> free_days_, days_taken_;
  Writes<std::uint8_t> epidemics_;
  ChangesRows debts_;
  Writes<std::int64_t> amount_;
  Writes<std::uint16_t> since_;
  StreamPayments relief_;
  SumHandle ill_;
  BlockLuck all_;
  LuckName luck_;
};

void declare(StateSchema& schema) {
  using enum ColumnSpec::Type;
  schema.add({"household", {"ill_years", u8, "years", "years in which somebody was ill", "患病年数", true, {}}});
  schema.add({"village", {"epidemics", u8, "years", "years in which many were ill", "疫病年数", true, {}}});
  schema.add_child("debt", "household");
  schema.add({"debt", {"amount", i64, "fen", "what was borrowed", "借款额", true, {}}});
  schema.add({"debt", {"since", u16, "year", "year of the loan", "借款年份", true, {}}});
}

Section section() {
  using enum FieldKind;
  return {
      "illness",
      msgid("Illness and the debts that it leaves."),
      false,
      {{"off",
        flag,
        msgid("leaves this part out; the study is stamped with `reason`"),
        "",
        -huge,
        huge,
        false,
        "false",
        {}},
       {"reason", text, msgid("why this part is left out"), "", -huge, huge, false, "", {}},
       {"chance",
        quantity,
        msgid("households that fall ill where there is no clinic"),
        "share/year",
        0,
        1,
        true,
        "",
        {}},
       {"days", number, msgid("days of labour lost"), "days/year", 0, 366, true, "", {}},
       {"debt", number, msgid("money borrowed"), "yuan", 0, 1e6, true, "", {}},
       {"relief", number, msgid("relief that is paid to who is ill"), "yuan", 0, 1e6, false, "0.0", {}},
       {"debt_years", integer, msgid("years until it is paid back"), "years", 1, 50, true, "", {}},
       {"epidemic_share", number, msgid("more households ill than this: an epidemic"), "share", 0, 1, true, "", {}}},
      "",
      {}};
}

}  // namespace

Stream illness_relief() {
  return {"illness_relief", "payments_illness_relief", "relief in illness", "患病救助", "illness_relief_last_year"};
}

Mechanism illness() {
  return {"household.illness",
          [](Year& year, Making& m) { year.add<Illness>(m.schema, m.needs, m.settings, m.region); },
          {section()},
          [](const Settings& s) { return s.has("illness.chance") && !s.flag("illness.off"); },
          declare};
}

TableKind clinics_table() {
  TableKind kind{"clinics", {"Beds of the counties' clinics.", "各县卫生院床位"}, {}, {"county"}};
  Column county{"county", CellKind::reference, {"a county", "县"}};
  county.refers_to = "place";
  Column beds{"beds", CellKind::number, {"beds a thousand persons", "每千人床位"}, true, true, "1", 0, 100};
  kind.columns = {county, beds};
  return kind;
}

std::vector<Figure> illness_figures() {
  return {{"illness",
           "ill_persons",
           {},
           "persons",
           "persons of households in which somebody was ill",
           "患病家庭人口",
           [](const YearFacts& f, const At& at) { return f.declared("ill_persons", at); }}};
}

TargetMeasure ill_persons_measure() { return {"ill_persons", "persons", "", "illness/ill_persons"}; }

}  // namespace tuopin::growth
