#include "tests/growth/grown_catalogue.hpp"

#include "tests/growth/harvest.hpp"
#include "tests/growth/herd.hpp"
#include "tests/growth/illness.hpp"

namespace tuopin::growth {

void add_everything(Catalogue& catalogue) {
  catalogue.add_after("programmes.entrants", illness());
  catalogue.add_after("shocks", harvest());
  catalogue.add(herd_grant());
  catalogue.streams.push_back(herd_upkeep());
  catalogue.streams.push_back(illness_relief());
  for (const Figure& figure : illness_figures()) catalogue.figures.add(figure);
  for (const Figure& figure : harvest_figures()) catalogue.figures.add(figure);
  catalogue.measures.push_back(ill_persons_measure());
  catalogue.tables.push_back(clinics_table());
}

const Catalogue& grown_catalogue() {
  static const Catalogue catalogue = [] {
    Catalogue copy = shipped_catalogue();
    add_everything(copy);
    return copy;
  }();
  return catalogue;
}

}  // namespace tuopin::growth
