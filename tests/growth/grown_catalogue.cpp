#include "tests/growth/grown_catalogue.hpp"

#include "tests/growth/harvest.hpp"
#include "tests/growth/herd.hpp"
#include "tests/growth/illness.hpp"

namespace tuopin::growth {

namespace {

Catalogue grown() {
  Catalogue catalogue = shipped_catalogue();
  catalogue.add_after("programmes.entrants", illness());
  catalogue.add_after("shocks", harvest());
  catalogue.add(herd_grant());
  catalogue.streams.push_back(herd_upkeep());
  for (const Figure& figure : illness_figures()) catalogue.figures.add(figure);
  for (const Figure& figure : harvest_figures()) catalogue.figures.add(figure);
  catalogue.measures.push_back(ill_persons_measure());
  catalogue.tables.push_back(clinics_table());
  return catalogue;
}

}  // namespace

const Catalogue& grown_catalogue() {
  static const Catalogue catalogue = grown();
  return catalogue;
}

}  // namespace tuopin::growth
