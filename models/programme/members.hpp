// The steps at the beginning and end of a year that concern all programmes: sums are set to zero, and at the end the
// members of households enrolled are counted.
#pragma once

#include "models/processes/labour_days.hpp"
#include "models/programme/desk.hpp"

namespace tuopin {

/// Steps: barrier: desk and tallies prepared · block: yearly columns reset, and all labour days made available.
/// `labour`: from the scenario's [labour].
Year::Part sums_of_the_year(const StateSchema& schema, YearNeeds& needs, std::size_t programmes,
                            const LabourDays& labour, Keep<Desk> desk);

/// Steps: look: counts who is enrolled at the end of the year, and who of them left the register in it · barrier: adds
/// up
Year::Part members_counted(const StateSchema& schema, YearNeeds& needs, std::size_t programmes, Keep<Desk> desk);

}  // namespace tuopin
