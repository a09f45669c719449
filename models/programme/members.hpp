// What belongs to one year of programmes as a whole: its sums begin at nothing, and at its end the members are counted.
#pragma once

#include "models/programme/desk.hpp"

namespace tuopin {

/// barrier: desk and tallies opened · block: columns of the year begin anew, and labour days are free.
/// `days_per_worker` as in the scenario's [labour].
Year::Part sums_of_the_year(const StateSchema& schema, YearNeeds& needs, std::size_t programmes, double days_per_worker,
                            Keep<Desk> desk);

/// look: who is enrolled at the end of the year, and who of them left the register in it · barrier: added up
Year::Part members_counted(const StateSchema& schema, YearNeeds& needs, std::size_t programmes, Keep<Desk> desk);

}  // namespace tuopin
