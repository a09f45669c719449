#include "models/programme/funds.hpp"

#include "models/programme/treasury.hpp"

namespace tuopin {

namespace {

struct Opened : Year::Barrier {
  void apply(Moment& now, const Team&) const override { now.treasury.begin_year(now.year); }
};

class Closed : public Year::Barrier {
 public:
  explicit Closed(SumHandle safety_net) : safety_net_(safety_net) {}
  void apply(Moment& now, const Team&) const override {
    for (std::uint32_t county = 0; county < now.sharded().counties(); ++county)
      now.treasury.spend_safety_net(county, now.work.sums.of(county, safety_net_));
    now.treasury.end_year();
  }

 private:
  SumHandle safety_net_;
};

}  // namespace

Year::Part funds_opened() {
  Year::Part part({"funds.opened", msgid("money of the year comes into the funds")});
  part.add<Opened>();
  return part;
}

Year::Part funds_closed(const StateSchema& schema, YearNeeds& needs) {
  Binder b(schema, needs,
           {"funds.closed",
            msgid("the old safety net's payments are posted; what funds have left is carried over or lapses")});
  Year::Part part;
  part.add<Closed>(b.reads_sum("safety_net_fen"));
  part.said = b.end();
  return part;
}

}  // namespace tuopin
