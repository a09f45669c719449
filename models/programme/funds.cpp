#include "models/programme/funds.hpp"

#include "models/programme/treasury.hpp"

namespace tuopin {

namespace {

struct Opened : Year::Barrier {
  void settle(Moment& now, const Team&) const override { now.treasury.begin_year(now.year); }
};

struct Closed : Year::Barrier {
  void settle(Moment& now, const Team&) const override {
    const Land& land = now.land();
    std::vector<std::int64_t> paid(land.counties(), 0);
    for (std::size_t cell = 0; cell < now.blocks(); ++cell)
      paid[land.block(land.cells()[cell]).county] += now.work.safety_net_fen[cell];
    for (std::uint32_t county = 0; county < land.counties(); ++county)
      now.treasury.spend_safety_net(county, paid[county]);
    now.treasury.end_year();
  }
};

}  // namespace

Year::Part funds_opened() {
  Year::Part part({"funds.opened", "money of the year comes into the funds", "当年资金到账", {}, {}, {}});
  part.add<Opened>();
  return part;
}

Year::Part funds_closed() {
  Year::Part part({"funds.closed",
                   "the old safety net's payments are posted; what funds have left is carried over or lapses",
                   "低保支出入账,各资金结余结转或收回",
                   {"year.safety_net_fen"},
                   {},
                   {}});
  part.add<Closed>();
  return part;
}

}  // namespace tuopin
