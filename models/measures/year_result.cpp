#include "models/measures/year_result.hpp"

#include <cstring>

#include "models/measures/person_counts.hpp"

namespace tuopin {

namespace {

class Measures : public Year::SharedLook {
 public:
  Measures(Binder& b, bool statistical_line, Keep<SumsByMember> sums)
      : columns_(b), statistical_line_(statistical_line), sums_(sums) {}
  void look(const Moment::Visit& visit) const override {
    add_block(visit, columns_, history(visit), register_line(visit), sums_of_county(visit));
  }
  void lead(const Moment::Visit& visit) const override {
    PlaceSums& of_block = visit.kept()[sums_].of_block[visit.member];
    of_block = PlaceSums();
    add_block_incomes(visit, columns_, of_block);
    sums_of_county(visit).add(of_block);
    count_persons(visit, columns_, history(visit), register_line(visit), sums_of_county(visit));
  }
  /// The sums over incomes are those of the leader if line and incomes are (their logarithms follow from them).
  void follow(const Moment::Visit& here, const Year::SharedLook& other, const Moment::Visit& there) const override {
    const auto* twin = dynamic_cast<const Measures*>(&other);
    const auto same = [&](Reads<float> column, Reads<float> of_twin) {
      return std::memcmp(here[column], there[of_twin], here.rows() * sizeof(float)) == 0;
    };
    if (!twin || here.world().lines.statistical != there.world().lines.statistical ||
        !same(columns_.true_income, twin->columns_.true_income) ||
        !same(columns_.measured_income, twin->columns_.measured_income))
      return look(here);
    sums_of_county(here).add(there.kept()[twin->sums_].of_block[there.member]);
    count_persons(here, columns_, history(here), register_line(here), sums_of_county(here));
  }

 private:
  static const PovertyHistory& history(const Moment::Visit& visit) {
    return visit.moment().histories[visit.moment().sharded().cells()[visit.cell].shard];
  }
  double register_line(const Moment::Visit& visit) const {
    const Lines& lines = visit.world().lines;
    return statistical_line_ ? lines.statistical : lines.administrative;
  }
  PlaceSums& sums_of_county(const Moment::Visit& visit) const {
    return visit.kept()[sums_].of[visit.member][visit.block.county];
  }

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
  of_block.assign(members, PlaceSums());
}

std::vector<PlaceSums> SumsByMember::added_up() const {
  std::vector<PlaceSums> places = of.front();
  for (std::size_t member = 1; member < of.size(); ++member)
    for (std::size_t c = 0; c < places.size(); ++c) places[c].add(of[member][c]);
  return places;
}

Year::Part measures_opened(Keep<SumsByMember> sums) {
  Year::Part part({"measures.opened", msgid("the sums of the year begin at nothing")});
  part.add<Open>(sums);
  return part;
}

Year::Part measures(const StateSchema& schema, YearNeeds& needs, bool statistical_line, Keep<SumsByMember> sums) {
  Binder b(schema, needs, {"measures", msgid("adds up incomes, poverty, and the moves and errors of the register")});
  Year::Part part;
  part.add<Measures>(b, statistical_line, sums);
  part.said = b.end();
  return part;
}

}  // namespace tuopin
