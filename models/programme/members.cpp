#include "models/programme/members.hpp"

#include <algorithm>

namespace tuopin {

namespace {

class OpenYear : public Year::Barrier {
 public:
  OpenYear(std::size_t programmes, Keep<Desk> desk) : programmes_(programmes), desk_(desk) {}
  void apply(Moment& now, const Team& team) const override {
    now.tallies.assign(programmes_, std::vector<ProgrammeTally>(now.sharded().counties()));
    for (World& world : now.worlds.by_shard) open(world);
    now.work.kept[desk_].open(now.sharded(), programmes_, team.members());
  }

 private:
  void open(World& world) const {
    if (world.programmes.size() < programmes_) world.programmes.resize(programmes_);
    begin_year(*world.schema, world.state, county_level, 0, world.shard.counties);
    begin_year(*world.schema, world.state, region_level, 0, 1);
  }
  std::size_t programmes_;
  Keep<Desk> desk_;
};

class BeginYear : public Year::BlockStep {
 public:
  BeginYear(Binder& b, const LabourDays& labour)
      : labour_(labour), able_workers_(b.reads<std::uint8_t>("household.able_workers")),
        partial_workers_(b.reads<std::uint8_t>("household.partial_workers")),
        free_days_(b.writes<std::uint16_t>("household.free_days")) {}
  void run(Moment::Visit& visit) const override {
    World& world = visit.world();
    begin_year(*world.schema, world.state, household_level, visit.block.begin, visit.block.end);
    begin_year(*world.schema, world.state, village_level, visit.block.village_begin, visit.block.village_end);
    for (std::size_t level = region_level + 1; level < world.schema->levels(); ++level)  // child tables of households
      begin_year(*world.schema, world.state, level, visit.number, visit.number + 1);
    const std::uint8_t* __restrict able = visit[able_workers_];
    const std::uint8_t* __restrict partial = visit[partial_workers_];
    std::uint16_t* __restrict free_days = visit[free_days_];
    for (std::uint32_t i = 0; i < visit.rows(); ++i)
      free_days[i] = static_cast<std::uint16_t>(labour_.of(able[i], partial[i]));
  }

 private:
  LabourDays labour_;
  Reads<std::uint8_t> able_workers_, partial_workers_;
  Writes<std::uint16_t> free_days_;
};

class CountMembers : public Year::Look {
 public:
  CountMembers(Binder& b, std::size_t programmes, Keep<Desk> desk)
      : programmes_(programmes), desk_(desk), registered_(b.reads<std::uint8_t>("household.registered")),
        exit_year_(b.reads<std::uint16_t>("household.exit_year")), leaves_(b.mine<std::uint8_t>()) {
    b.reads_also({"household.members", "household.weight"});
  }
  bool acts(const Moment&) const override { return programmes_ > 0; }
  void look(const Moment::Visit& visit) const override {
    const World& world = visit.world();
    const std::uint8_t* __restrict registered = visit[registered_];
    const std::uint16_t* __restrict exit_year = visit[exit_year_];
    std::uint8_t* __restrict leaves = visit[leaves_];
    for (std::uint32_t i = 0; i < visit.rows(); ++i)
      leaves[i] = (registered[i] ^ 1u) & static_cast<unsigned>(exit_year[i] == world.year);
    std::vector<ProgrammeTally>& counts = visit.kept()[desk_].enrolled;
    for (std::size_t p = 0; p < programmes_; ++p)
      if (!world.programmes[p].enrolled.empty() && !world.programmes[p].enrolled[visit.number].empty())
        counts[visit.cell * programmes_ + p] = count(visit, world.programmes[p].holds.data() + visit.block.begin);
  }

 private:
  /// Counts over all rows by their flags, which is faster than following the list of enrolments.
  ProgrammeTally count(const Moment::Visit& visit, const std::uint8_t* __restrict holds) const {
    const std::int32_t* __restrict persons = visit.world().shard.persons.data() + visit.block.begin;
    const std::uint8_t* __restrict leaves = visit[leaves_];
    std::int64_t holding = 0, left = 0;
    for (std::uint32_t i = 0; i < visit.rows(); ++i) {
      const std::int32_t of_holder = holds[i] ? persons[i] : 0;
      holding += of_holder;
      left += leaves[i] ? of_holder : 0;
    }
    ProgrammeTally tally;
    tally.holding_persons = holding;
    tally.left_register_persons = left;
    return tally;
  }

  std::size_t programmes_;
  Keep<Desk> desk_;
  Reads<std::uint8_t> registered_;
  Reads<std::uint16_t> exit_year_;
  Temp<std::uint8_t> leaves_;  ///< the register, this year
};

class AddUp : public Year::Barrier {
 public:
  AddUp(std::size_t programmes, Keep<Desk> desk) : programmes_(programmes), desk_(desk) {}
  void apply(Moment& now, const Team&) const override {
    const std::vector<ProgrammeTally>& counts = now.work.kept[desk_].enrolled;
    for (std::size_t cell = 0; cell < now.blocks(); ++cell)
      for (std::size_t p = 0; p < programmes_; ++p)
        now.tallies[p][now.sharded().block(now.sharded().cells()[cell]).county].add(counts[cell * programmes_ + p]);
  }

 private:
  std::size_t programmes_;
  Keep<Desk> desk_;
};

}  // namespace

Year::Part sums_of_the_year(const StateSchema& schema, YearNeeds& needs, std::size_t programmes,
                            const LabourDays& labour, Keep<Desk> desk) {
  Binder b(schema, needs,
           {"year.sums", msgid("what belongs to one year begins anew: payments, earnings, days taken and days free")});
  Year::Part part;
  part.add<OpenYear>(programmes, desk).add<BeginYear>(b, labour);
  part.said = b.end();
  for (std::size_t level = 0; level < schema.levels(); ++level)
    for (const StateColumn& column : schema.columns(level)) {
      const std::string name = schema.level_name(level) + "." + std::string(column.spec.name);
      if (column.lifetime == Lifetime::year && name != "household.free_days") part.said.writes.push_back(name);
    }
  return part;
}

Year::Part members_counted(const StateSchema& schema, YearNeeds& needs, std::size_t programmes, Keep<Desk> desk) {
  Binder b(schema, needs,
           {"programmes.members",
            msgid("counts who is enrolled at the end of the year, and who of them left the register in it")});
  Year::Part part;
  part.add<CountMembers>(b, programmes, desk).add<AddUp>(programmes, desk);
  part.said = b.end();
  return part;
}

}  // namespace tuopin
