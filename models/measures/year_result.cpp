#include "models/measures/year_result.hpp"

namespace tuopin {

namespace {

class Measures : public Year::Look {
 public:
  Measures(Binder& b, bool statistical_line, Keep<SumsByMember> sums)
      : columns_(b), statistical_line_(statistical_line), sums_(sums) {}
  void look(const Moment::Visit& visit) const override {
    const Lines& lines = visit.world().lines;
    const std::uint32_t part = visit.moment().sharded().cells()[visit.cell].shard;
    add_block(visit, columns_, visit.moment().histories[part],
              statistical_line_ ? lines.statistical : lines.administrative,
              visit.kept()[sums_].of[visit.member][visit.block.county]);
  }

 private:
  MeasuredColumns columns_;
  bool statistical_line_;
  Keep<SumsByMember> sums_;
};

class Open : public Year::Barrier {
 public:
  explicit Open(Keep<SumsByMember> sums) : sums_(sums) {}
  void apply(Moment& now, const Team& team) const override {
    now.work.kept[sums_].clear(team.members(), now.sharded().counties());
  }

 private:
  Keep<SumsByMember> sums_;
};

}  // namespace

YearResult with_sums_of(YearResult result, std::shared_ptr<const DeclaredSums> list) {
  for (PlaceSums& place : result.places) {
    std::vector<std::int64_t> own;
    for (const SumRow& row : list->rows()) {
      const auto sum = result.declared ? result.declared->find(row.name) : std::nullopt;
      own.push_back(sum ? place.of(*sum) : 0);
    }
    place.own = std::move(own);
  }
  result.declared = std::move(list);
  return result;
}

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

Year::Part measures(const StateSchema& schema, YearNeeds& needs, bool statistical_line, Keep<SumsByMember> sums) {
  Binder b(schema, needs,
           {"measures",
            "adds up incomes, poverty, and the moves and errors of the register",
            "汇总收入、贫困与名册动态",
            {},
            {},
            {}});
  Year::Part part;
  part.add<Measures>(b, statistical_line, sums);
  part.said = b.end();
  return part;
}

}  // namespace tuopin
