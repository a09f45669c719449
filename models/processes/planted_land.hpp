// Land under plots of programmes by where it comes from: sums for figures, in hundredths of a mu. Own land under plots
// never exceeds the household's arable land (effects/plot.hpp).
#pragma once

#include "models/state/moment.hpp"

namespace tuopin {

class PlantedLand : public Year::BlockStep {
 public:
  explicit PlantedLand(Binder& b);
  static Description about();
  void run(Moment::Visit& visit) const override;

 private:
  Reads<std::uint32_t> own_, rented_, cleared_;
  Reads<std::uint16_t> weight_;
  SumHandle own_sum_, rented_sum_, cleared_sum_;
};

}  // namespace tuopin
