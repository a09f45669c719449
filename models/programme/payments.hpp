// What a programme pays, stream by stream. Where all its effects pay through one stream that is what it pays in all;
// where there are several, each effect is asked again, in the state in which the payment was worked out.
#pragma once

#include "models/programme/delivery.hpp"

namespace tuopin {

/// Adds the payments of a block to the sums of their streams, and to their columns where there are any. To be called
/// before anything else is delivered. `recipients`: of `served`, empty where the programme pays through one stream.
void post_to_streams(Moment::Visit& visit, const Programme& programme, const Served& served);

}  // namespace tuopin
