#include "models/programme/members.hpp"

#include <algorithm>

namespace tuopin {

namespace {

class OpenYear : public Year::Barrier {
 public:
  OpenYear(std::size_t programmes, Keep<Desk> desk) : programmes_(programmes), desk_(desk) {}
  void settle(Moment& now, const Team&) const override {
    now.tallies.assign(programmes_, std::vector<ProgrammeTally>(now.land().counties()));
    for (World& world : now.worlds.parts)
      if (world.programmes.size() < programmes_) world.programmes.resize(programmes_);
    now.work.kept[desk_].open(now.land(), programmes_);
  }

 private:
  std::size_t programmes_;
  Keep<Desk> desk_;
};

class Clear : public Year::BlockStep {
 public:
  explicit Clear(double days_per_worker) : days_per_worker_(days_per_worker) {}
  void live(Moment::Visit& visit) const override {
    auto& h = visit.world().household;
    const auto begin = visit.block.begin, n = visit.block.size();
    std::fill_n(h.payments.begin() + begin, n, 0);
    std::fill_n(h.programme_earnings.begin() + begin, n, 0.0f);
    std::fill_n(h.days_taken.begin() + begin, n, std::uint16_t{0});
    const std::uint8_t* __restrict able = visit.world().ground.people.able_workers.data();
    for (std::uint32_t row = begin; row < visit.block.end; ++row)
      h.free_days[row] = static_cast<std::uint16_t>(able[row] * days_per_worker_);
  }

 private:
  double days_per_worker_;
};

class CountMembers : public Year::Look {
 public:
  CountMembers(std::size_t programmes, Keep<Desk> desk) : programmes_(programmes), desk_(desk) {}
  void look(const Moment::Visit& visit) const override {
    const World& world = visit.world();
    std::vector<ProgrammeTally>& counts = visit.kept()[desk_].members;
    for (std::size_t p = 0; p < programmes_; ++p) {
      if (world.programmes[p].enrolled.empty()) continue;
      ProgrammeTally tally;
      for (const Enrolment& e : world.programmes[p].enrolled[visit.number]) {
        const std::int64_t persons = world.ground.persons[e.household];
        const bool left =
            !world.household.registered[e.household] && world.household.exit_year[e.household] == world.year;
        tally.holding_persons += persons;
        tally.left_register_persons += left ? persons : 0;
      }
      counts[visit.cell * programmes_ + p] = tally;
    }
  }

 private:
  std::size_t programmes_;
  Keep<Desk> desk_;
};

class AddUp : public Year::Barrier {
 public:
  AddUp(std::size_t programmes, Keep<Desk> desk) : programmes_(programmes), desk_(desk) {}
  void settle(Moment& now, const Team&) const override {
    const std::vector<ProgrammeTally>& counts = now.work.kept[desk_].members;
    for (std::size_t cell = 0; cell < now.blocks(); ++cell)
      for (std::size_t p = 0; p < programmes_; ++p)
        now.tallies[p][now.land().block(now.land().cells()[cell]).county].add(counts[cell * programmes_ + p]);
  }

 private:
  std::size_t programmes_;
  Keep<Desk> desk_;
};

}  // namespace

Year::Part sums_of_the_year(std::size_t programmes, double days_per_worker, Keep<Desk> desk) {
  Year::Part part(
      {"year.sums",
       "what belongs to one year begins at nothing: payments, earnings, days taken",
       "当年累计项清零:补助、项目收入、已占用劳动日",
       {"household.able_workers"},
       {"household.payments", "household.programme_earnings", "household.days_taken", "household.free_days"},
       {}});
  part.add<OpenYear>(programmes, desk).add<Clear>(days_per_worker);
  return part;
}

Year::Part members_counted(std::size_t programmes, Keep<Desk> desk) {
  Year::Part part({"programmes.members",
                   "counts who is enrolled at the end of the year, and who of them left the register in it",
                   "统计年末在项目人口及其中当年退出名册者",
                   {"household.registered", "household.exit_year", "household.members", "household.weight"},
                   {},
                   {}});
  part.add<CountMembers>(programmes, desk).add<AddUp>(programmes, desk);
  return part;
}

}  // namespace tuopin
