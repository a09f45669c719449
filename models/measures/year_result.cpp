#include "models/measures/year_result.hpp"

namespace tuopin {

namespace {

class Measures : public Year::Look {
 public:
  Measures(bool statistical_line, Keep<SumsByMember> sums) : statistical_line_(statistical_line), sums_(sums) {}
  void look(const Moment::Visit& visit) const override {
    const Lines& lines = visit.world().lines;
    const std::uint32_t part = visit.moment().land().cells()[visit.cell].part;
    add_block(visit.world(), visit.block, visit.scratch, visit.moment().histories[part],
              statistical_line_ ? lines.statistical : lines.administrative, visit.work().safety_net_fen[visit.cell],
              visit.kept()[sums_].of[visit.member][visit.block.county]);
  }

 private:
  bool statistical_line_;
  Keep<SumsByMember> sums_;
};

class Open : public Year::Barrier {
 public:
  explicit Open(Keep<SumsByMember> sums) : sums_(sums) {}
  void settle(Moment& now, const Team& team) const override {
    now.work.kept[sums_].clear(team.members(), now.land().counties());
  }

 private:
  Keep<SumsByMember> sums_;
};

}  // namespace

void SumsByMember::clear(std::size_t members, std::uint32_t counties) {
  of.assign(members, std::vector<PlaceSums>(counties));
}

std::vector<PlaceSums> SumsByMember::added_up() const {
  std::vector<PlaceSums> places = of.front();
  for (std::size_t member = 1; member < of.size(); ++member)
    for (std::size_t c = 0; c < places.size(); ++c) places[c].add(of[member][c]);
  return places;
}

Year::Part measures_opened(Keep<SumsByMember> sums) {
  Year::Part part({"measures.opened", "the sums of the year begin at nothing", "当年汇总清零", {}, {}, {}});
  part.add<Open>(sums);
  return part;
}

Year::Part measures(bool statistical_line, Keep<SumsByMember> sums) {
  Year::Part part({"measures",
                   "adds up incomes, poverty, and the moves and errors of the register",
                   "汇总收入、贫困与名册动态",
                   {"household.true_income", "household.measured_income", "household.registered", "household.exit_year",
                    "household.payments", "household.members", "household.weight", "year.log_true", "year.log_measured",
                    "year.guaranteed", "year.was_registered"},
                   {},
                   {}});
  part.add<Measures>(statistical_line, sums);
  return part;
}

}  // namespace tuopin
