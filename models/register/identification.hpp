// The first register, at the end of the base year: in each county the lowest measured incomes, up to the county's quota
// of persons, exactly (households are not divided: when the next in rank no longer fits, the next that fits is taken).
#pragma once

#include "models/state/moment.hpp"

namespace tuopin {

/// Columns of the first register.
struct FirstRegister {
  explicit FirstRegister(Binder& b);
  Reads<float> measured;
  Writes<std::uint8_t> registered, ever_registered;
};

/// Steps: barrier: the counties' registers filled · block: logs of incomes recomputed for later steps of the year
Year::Part identification(const StateSchema& schema, YearNeeds& needs, const Settings& scenario);

/// `persons`: size of the register; the counties' quotas are rescaled to it by largest remainder. Weights count.
void identify(Worlds& worlds, const FirstRegister& columns, std::int64_t persons, const Team& team);
/// The same by sorting everybody: a simple version, against which the fast one is tested.
void identify_by_rank(Worlds& worlds, const FirstRegister& columns, std::int64_t persons, const Team& team);

}  // namespace tuopin
