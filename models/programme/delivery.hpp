// Delivering what was granted: the recipients of one programme in one block, what they are paid, and what it costs.
#pragma once

#include "models/programme/programme.hpp"
#include "models/programme/treasury.hpp"

namespace tuopin {

/// Units of one programme that are served in one block in a year, in the order of rows.
struct Served {
  std::span<const Enrolment> enrolments;
  std::span<const std::int64_t> paid;     ///< fen to each one's household; empty where nobody is paid
  std::span<const Recipient> recipients;  ///< empty where no effect asks who they are
};

/// What a block's recipients were paid and supplied with, fen.
struct Spent {
  std::int64_t household = 0, supplier = 0;
};

Recipient recipient_of(const World& world, const Programme& programme, const Enrolment& enrolment);
/// Those of a block, written over what the list held.
void list_recipients(const World& world, const Programme& programme, std::span<const Enrolment> enrolments,
                     std::vector<Recipient>& recipients);

/// Fen of one served unit that has entered before and is paid so much, administration and a fen of rounding included;
/// zero where it costs nothing.
std::int64_t yearly_cost(const World& world, const Programme& programme, std::uint32_t household, std::int64_t paid);

/// Pays each recipient's household, takes the days and applies the effects of the year.
Spent deliver(World& world, const Programme& programme, const Served& served, bool entering);

/// Posts what the blocks spent, county by county, with administration on top: a share of the county's sum, cut to fen.
void book(std::span<const Spent> by_county, std::size_t p, const Programme& programme, Treasury& treasury,
          std::vector<ProgrammeTally>& tally);

}  // namespace tuopin
