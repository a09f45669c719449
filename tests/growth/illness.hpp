// Illness and the debts that it leaves. A household falls ill with a yearly probability that its county's clinics
// lower; who is ill loses days of labour and borrows; a debt is paid back after so many years. A village in which many
// are ill at once is noted. An example of a process with state of three kinds: it is nobody's finding.
#pragma once

#include "models/run/catalogue.hpp"

namespace tuopin::growth {

Mechanism illness();
/// The stream of the relief that it pays.
Stream illness_relief();
TableKind clinics_table();
std::vector<Figure> illness_figures();
TargetMeasure ill_persons_measure();

}  // namespace tuopin::growth
