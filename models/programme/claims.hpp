// From eligibility to ranked claims: who may, who is reached, who wants it, who comes first.
//
//   reached     unless a lasting draw falls below exclusion · exclusion_by
//   takes up    with probability take_up
//   score       s + noise_sd · sd(s among claims) · n;  with probability `capture` a claim jumps the queue
//   rank        score (32 bits), then luck (32 bits), then id
#pragma once

#include "engine/money/allocation.hpp"
#include "models/programme/programme.hpp"

namespace tuopin {

/// Claims of a year in the order of rows, one a household at most; the tally counts eligible and applied persons.
/// Claim::row is the unit's row, Claim::pool the county.
std::vector<Claim> find_claims(const World& world, const Programme& programme, const ProgrammeState& state,
                               std::vector<ProgrammeTally>& tally, int threads);

/// Pools of units and money: one for the region, or one a county by the programme's published key.
std::vector<Pool> make_pools(const World& world, const Programme& programme, std::int64_t units, std::int64_t fen);

}  // namespace tuopin
