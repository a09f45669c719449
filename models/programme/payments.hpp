// The payments of a programme by income stream. If all its effects pay through one stream, that is the programme's
// total payment. If there are several, each effect computes its payment again, in the same state as for the total.
#pragma once

#include "models/programme/delivery.hpp"

namespace tuopin {

/// Adds the payments of a block to the sums of their streams, and to the streams' columns where there are any. Must be
/// called before anything is delivered. The recipients in `served` may be empty if the programme pays through one
/// stream.
void post_to_streams(Moment::Visit& visit, const Programme& programme, const Served& served);

}  // namespace tuopin
