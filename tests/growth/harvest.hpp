// A harvest that is sold at a price which falls with the county's supply. An example of a barrier: what all households
// of a county bring decides what each of them gets.
//
//   price_c = base · (1 − slope · (supply_c / usual_c − 1)),  at least zero;   supply_c = Σ_h yield_ht · area_h
#pragma once

#include "models/run/catalogue.hpp"

namespace tuopin::growth {

Mechanism harvest();
std::vector<Figure> harvest_figures();

}  // namespace tuopin::growth
