// The catalogue of a program that is not tuopin: the shipped one with one addition of each kind, each a plain call.
#pragma once

#include "models/run/catalogue.hpp"

namespace tuopin::growth {

/// Adds everything to a copy of the shipped catalogue.
void add_everything(Catalogue& catalogue);
/// The copy.
const Catalogue& grown_catalogue();

}  // namespace tuopin::growth
