// Delivery of a programme in one block: the recipients, the payments to them, and the costs.
#pragma once

#include "models/programme/programme.hpp"
#include "models/programme/treasury.hpp"

namespace tuopin {

/// Units of one programme served in one block in a year, in the order of rows.
struct Served {
  std::span<const Enrolment> enrolments;
  std::span<const std::int64_t> paid;     ///< fen to the household of each; empty if the programme pays nothing
  std::span<const Recipient> recipients;  ///< empty if no effect needs them
};

/// Fen spent in a block: payments to households, and to suppliers.
struct Spent {
  std::int64_t household = 0, supplier = 0;
};

Recipient recipient_of(const World& world, const Programme& programme, const Enrolment& enrolment);
/// Lists the recipients of a block; overwrites `recipients`.
void list_recipients(const World& world, const Programme& programme, std::span<const Enrolment> enrolments,
                     std::vector<Recipient>& recipients);

/// Yearly cost in fen of one unit that is enrolled already, with `paid` to its household, including administration and
/// one fen for rounding; zero if it costs nothing.
std::int64_t yearly_cost(const World& world, const Programme& programme, std::uint32_t household, std::int64_t paid);

/// Pays the recipients' households, subtracts the labour days that the programme takes, and applies the year's effects.
Spent deliver(World& world, const Programme& programme, const Served& served, bool entering);

/// Posts what the blocks spent, by county, plus administration: a share of the county's sum, rounded down to fen.
void book(std::span<const Spent> by_county, std::size_t p, const Programme& programme, Treasury& treasury,
          std::vector<ProgrammeTally>& tally);

}  // namespace tuopin
