// Delivering what was granted: the recipients of one programme in one block, what they are paid, and what it costs.
#pragma once

#include "models/programme/programme.hpp"
#include "models/programme/treasury.hpp"

namespace tuopin {

/// Units of one programme that are served in one block in a year, in the order of rows. Vectors go together.
struct Served {
  std::vector<Enrolment> enrolments;
  std::vector<Recipient> recipients;
  std::vector<std::int64_t> paid;  ///< fen to each recipient's household
  std::int64_t cost = 0;           ///< fen of all, administration and rounding included: an upper bound

  std::size_t size() const { return recipients.size(); }
  void add(const Enrolment& enrolment, const Recipient& recipient);
  /// Keeps those whose flag is set.
  void keep(std::span<const std::uint8_t> flags);
};

/// What a block's recipients were paid and supplied with, fen.
struct Spent {
  std::int64_t household = 0, supplier = 0;
};

Recipient recipient_of(const World& world, const Programme& programme, const Enrolment& enrolment);

/// Fen of one served unit that has entered before, administration and a fen of rounding included; zero where it costs
/// nothing.
std::int64_t yearly_cost(const World& world, const Programme& programme, const Served& served, std::size_t i);

/// Pays each recipient's household, takes the days and applies the effects of the year.
Spent deliver(World& world, const Programme& programme, const Served& served, bool entering);

/// Posts what the blocks spent, county by county, with administration on top: a share of the county's sum, cut to fen.
void book(std::span<const Spent> by_county, std::size_t p, const Programme& programme, Treasury& treasury,
          std::vector<ProgrammeTally>& tally);

}  // namespace tuopin
