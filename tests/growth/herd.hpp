// The verb herd_grant: animals for a household, which stay when the programme ends. An example of a verb with a column
// of its own.
#pragma once

#include "models/effects/verbs.hpp"

namespace tuopin::growth {

Verb herd_grant();
/// The stream of its payments.
Stream herd_upkeep();

}  // namespace tuopin::growth
