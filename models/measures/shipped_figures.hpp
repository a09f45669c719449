// The shipped figures by subject, one file for each list. Their order is the order in the study.
#pragma once

#include "models/measures/figure.hpp"

namespace tuopin {

std::vector<Figure> income_figures();            // income_figures.cpp
std::vector<Figure> register_figures();          // register_figures.cpp
std::vector<Figure> years_of_poverty_figures();  // years_of_poverty_figures.cpp
std::vector<Figure> register_error_figures();    // register_figures.cpp
std::vector<Figure> spending_figures();          // money_figures.cpp
std::vector<Figure> programme_figures();         // programme_figures.cpp
std::vector<Figure> allowance_figures();         // allowance_figures.cpp
std::vector<Figure> land_figures();              // land_figures.cpp
std::vector<Figure> ledger_figures();            // money_figures.cpp
std::vector<Figure> batch_figures();             // batch_figures.cpp
std::vector<Figure> stream_figures();            // stream_figures.cpp

}  // namespace tuopin
