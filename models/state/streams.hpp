// Income streams: the sources of a household's income. Mechanisms and verbs add income to streams by name. The table
// [register_income] of a scenario gives the weight with which each stream counts as register income.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/data/state.hpp"
#include "engine/run/binder.hpp"
#include "engine/settings/settings.hpp"

namespace tuopin {

/// All texts are literals.
struct Stream {
  std::string_view name;    ///< "allowance"
  std::string_view column;  ///< state column of the year's payments, if kept by household: "payments_allowance"
  const char *en, *zh;
  /// Of a paid stream: state column of what it brought in the year before, yuan a head, if a rule reads it:
  /// "allowance_last_year". Rules read no market income: an office knows what it paid, and the rest only as measured.
  std::string_view last_year = {};

  /// True: payments in fen to a household. False: market income per head.
  bool is_paid() const { return !column.empty(); }
};
using Streams = std::vector<Stream>;

const Streams& shipped_streams();
std::vector<std::string> names_of(const Streams& streams);

/// Description of a stream for people; its name if it is not declared.
Text stream_in_words(std::string_view name);

/// Qualified name of the state column of what a stream brought in the year before: "household.allowance_last_year".
std::string last_year_column(std::string_view stream);

/// Name of the yearly sum of a stream: fen to all persons of a county.
std::string sum_of_stream(std::string_view stream);

/// The section [register_income] of a scenario file, with a weight for each stream.
Section register_income_section(const Streams& streams);

/// Weight with which a stream counts as register income; one if the scenario does not set it.
double register_weight(const Settings& scenario, std::string_view stream);

/// Declares the state columns of streams: the payments of each paid stream whose weight is not one, or (`all`) of every
/// paid stream; and what a stream brought in the year before, if its column is among `last_years`. The other columns of
/// this kind are offered: a rule that names one has it declared.
void declare_streams(const Streams& streams, const Settings& scenario, bool all,
                     const std::set<std::string, std::less<>>& last_years, StateSchema& schema);

/// Where payments of one stream are counted in addition to the household's total payments: the stream's yearly sum, and
/// its column if there is one.
class StreamOfPayments {
 public:
  StreamOfPayments(Binder& b, std::string_view stream);
  SumHandle sum() const { return sum_; }
  bool has_column() const { return has_column_; }
  Writes<std::int32_t> column() const { return column_; }

 private:
  SumHandle sum_;
  bool has_column_;
  Writes<std::int32_t> column_;
};

}  // namespace tuopin
