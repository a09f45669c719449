// What each stream of payments brought, kept for the rules of the next year:
//
//   last_year_hs = payments_hs / members_h        (yuan a head)
//
// Only the streams whose column a rule reads. Rules are applied before the payments of their own year are known.
#pragma once

#include "models/state/moment.hpp"
#include "models/state/streams.hpp"

namespace tuopin {

bool keeps_payments_of_last_year(const Streams& streams, const StateSchema& schema);

class PaymentsLastYear : public Year::BlockStep {
 public:
  PaymentsLastYear(Binder& b, const Streams& streams);
  static Description about();
  void run(Moment::Visit& visit) const override;

 private:
  struct Kept {
    Reads<std::int32_t> payments;
    Writes<float> last_year;
  };
  std::vector<Kept> kept_;
  Reads<std::uint8_t> members_;
};

}  // namespace tuopin
