#include "models/measures/person_counts.hpp"

namespace tuopin {

namespace {

/// `persons` where the flag (0 or 1) is set, without a branch.
std::int64_t where(std::uint32_t flag, std::int64_t persons) { return persons & -static_cast<std::int64_t>(flag); }

/// Counts persons by a small code of each row. Two alternating tables avoid waiting when neighbouring rows have the
/// same code.
template <std::size_t Codes, typename CodeOf>
std::array<std::int64_t, Codes> by_code(std::uint32_t n, const std::int32_t* persons, const CodeOf& code_of) {
  std::array<std::int64_t, Codes> even{}, odd{};
  std::uint32_t i = 0;
  for (; i + 1 < n; i += 2) {
    even[code_of(i)] += persons[i];
    odd[code_of(i + 1)] += persons[i + 1];
  }
  if (i < n) even[code_of(i)] += persons[i];
  for (std::size_t code = 0; code < Codes; ++code) even[code] += odd[code];
  return even;
}

/// Adds persons, households, payments and the poverty gap; shifts the poverty bits of earlier years and adds this
/// year's.
void count_poor(std::uint32_t n, const float* __restrict income, const std::int32_t* __restrict persons_of,
                const std::uint16_t* __restrict weight, const std::int32_t* __restrict payments, double line,
                const std::uint8_t* __restrict before, std::uint8_t* __restrict poor, PlaceSums& sums) {
  std::int64_t persons = 0, households = 0, paid = 0, gap = 0;
  for (std::uint32_t i = 0; i < n; ++i) poor[i] = static_cast<double>(income[i]) < line;
  if (before)
    for (std::uint32_t i = 0; i < n; ++i) poor[i] = static_cast<std::uint8_t>(poor[i] | before[i] << 1);
  for (std::uint32_t i = 0; i < n; ++i) {
    persons += persons_of[i];
    households += weight[i];
    paid += static_cast<std::int64_t>(payments[i]) * weight[i];
  }
  for (std::uint32_t i = 0; i < n; ++i) {
    const double missing = std::max(0.0, line - static_cast<double>(income[i]));
    gap += persons_of[i] * static_cast<std::int64_t>(100.0 * missing + 0.5);
  }
  sums.persons += persons;
  sums.households += households;
  sums.payments_fen += paid;
  sums.gap_fen += gap;
}

/// Counts persons by entries to, exits from and relapses onto the register.
void count_moves(std::uint32_t n, const std::int32_t* __restrict persons_of, const std::uint8_t* __restrict poor,
                 const std::uint8_t* __restrict registered, const std::uint8_t* __restrict was,
                 const std::uint16_t* __restrict exit_year, bool base_year, PlaceSums& sums) {
  std::int64_t exits = 0, entries = 0, again = 0, poor_again = 0;
  for (std::uint32_t i = 0; i < n; ++i) {
    const std::int64_t persons = persons_of[i];
    const std::uint32_t in = registered[i], out = in ^ 1, before = was[i], fresh = in & (before ^ 1),
                        left_once = exit_year[i] != 0, newly_poor = (poor[i] & 3u) == 1;  // not so the year before
    exits += where(before & out, persons);
    entries += where(fresh, persons);
    again += where(fresh & left_once, persons);
    poor_again += where(out & left_once & newly_poor, persons);
  }
  sums.exits_gross += exits;
  sums.entries += entries;
  sums.fall_back_registered += again;
  sums.fall_back_true += base_year ? 0 : poor_again;
}

/// Counts inclusion and exclusion errors of the register.
void count_errors(std::uint32_t n, const std::int32_t* __restrict persons, const float* __restrict income,
                  const std::uint8_t* __restrict poor, const std::uint8_t* __restrict registered,
                  const std::uint8_t* __restrict guaranteed, double line, PlaceSums& sums) {
  constexpr std::size_t on = 1, poor_by_line = 2, below = 4, unmet = 8;
  const auto found = by_code<16>(n, persons, [&](std::uint32_t i) {
    return registered[i] * on | (poor[i] & 1) * poor_by_line | (static_cast<double>(income[i]) < line) * below |
           (guaranteed[i] ^ std::size_t{1}) * unmet;
  });
  constexpr std::array<std::size_t, standard_count> any_of = {poor_by_line, below, below | unmet};
  for (std::size_t code = 0; code < found.size(); ++code) {
    sums.registered += code & on ? found[code] : 0;
    for (std::size_t k = 0; k < standard_count; ++k) {
      const bool is_short = code & any_of[k], is_on = code & on;
      sums.short_of[k] += is_short ? found[code] : 0;
      sums.registered_not_short[k] += is_on && !is_short ? found[code] : 0;
      sums.short_not_registered[k] += is_short && !is_on ? found[code] : 0;
    }
  }
}

/// Counts persons by their true poverty in the last five years.
void count_years(std::uint32_t n, const std::int32_t* __restrict persons, const std::uint8_t* __restrict poor,
                 PlaceSums& sums) {
  constexpr std::size_t histories = 32;  // definition: of five years
  const auto found = by_code<histories>(n, persons, [&](std::uint32_t i) { return poor[i] & (histories - 1); });
  for (std::size_t code = 0; code < histories; ++code) {
    const auto years_ago = [code](int k) { return (code >> k & 1) != 0; };
    const auto left = [&](int k) { return years_ago(k + 1) && !years_ago(k); };  // in that year
    const bool now = years_ago(0);
    sums.true_exits += left(0) ? found[code] : 0;
    sums.exits_out_one_year += left(1) && !now ? found[code] : 0;
    sums.exits_out_two_years += left(2) && !years_ago(1) && !now ? found[code] : 0;
    const bool lately = left(1) || left(2) || left(3);
    sums.left_lately += lately ? found[code] : 0;
    sums.left_lately_poor += lately && now ? found[code] : 0;
    const int years = now + years_ago(1) + years_ago(2);
    sums.poor_in_three_years[years == 0 ? 0 : years < 3 ? 1 : 2] += found[code];
  }
}

void count_against_first(std::uint32_t n, const std::int32_t* __restrict persons_of,
                         const std::uint8_t* __restrict poor, const std::uint8_t* __restrict first, PlaceSums& sums) {
  std::int64_t out = 0, into = 0;
  for (std::uint32_t i = 0; i < n; ++i) {
    const std::int64_t persons = persons_of[i];
    const std::uint32_t here = poor[i] & 1u, there = first[i] & 1u;
    out += where((here ^ 1) & there, persons);
    into += where(here & (there ^ 1), persons);
  }
  sums.out_of_poverty += out;
  sums.into_poverty += into;
}

}  // namespace

void count_persons(const Moment::Visit& visit, const MeasuredColumns& columns, const PovertyHistory& history,
                   double register_line, PlaceSums& sums) {
  const std::uint32_t n = visit.rows(), first = visit.block.begin;
  const std::int32_t* persons = visit.world().shard.persons.data() + first;
  const float* income = visit[columns.true_income];
  const std::uint8_t* registered = visit[columns.registered];
  std::uint8_t* poor = history.poor.data() + first;
  const auto of_block = [&](std::span<const std::uint8_t> rows) {
    return rows.empty() ? nullptr : rows.data() + first;
  };

  count_poor(n, income, persons, visit[columns.weight], visit[columns.payments], visit.world().lines.statistical,
             of_block(history.poor_before), poor, sums);
  count_moves(n, persons, poor, registered, visit[columns.was_registered], visit[columns.exit_year],
              history.poor_before.empty(), sums);
  count_errors(n, persons, income, poor, registered, visit[columns.guaranteed], register_line, sums);
  count_years(n, persons, poor, sums);
  if (!history.poor_in_first.empty()) count_against_first(n, persons, poor, of_block(history.poor_in_first), sums);
}

}  // namespace tuopin
