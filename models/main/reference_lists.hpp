// Reference lists of what the program declares: columns of the population and its state, and figures of a study.
#pragma once

#include <string>

#include "models/run/catalogue.hpp"

namespace tuopin {

/// Every column, by table: those of the population and those that change, with all that the catalogue can switch on.
/// As JSON, or a page in Markdown in `language`.
std::string columns_reference(const Catalogue& catalogue, bool markdown, const std::string& language);
/// Every figure that a run can record, by group; the dimensions that all figures of a kind share stand first.
std::string figures_reference(const Catalogue& catalogue, bool markdown, const std::string& language);

}  // namespace tuopin
