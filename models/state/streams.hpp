// Streams: where the income of a household comes from. Mechanisms and verbs post to streams by name; what counts as
// register income is a table of weights in the scenario, [register_income].
#pragma once

#include <string_view>
#include <vector>

#include "engine/data/state.hpp"
#include "engine/run/binder.hpp"
#include "engine/settings/settings.hpp"

namespace tuopin {

/// All texts are literals.
struct Stream {
  std::string_view name;    ///< "allowance"
  std::string_view column;  ///< of the payments of a year, where they are kept by household: "payments_allowance"
  const char *en, *zh;

  /// Paid by somebody, in fen to a household; else market income, a head.
  bool is_paid() const { return !column.empty(); }
};
using Streams = std::vector<Stream>;

const Streams& shipped_streams();
std::vector<std::string> names_of(const Streams& streams);

/// A stream in words; its name where nobody has declared it.
Text stream_in_words(std::string_view name);

/// Name of the sum of the year that a stream adds up to: fen to all persons of a county.
std::string sum_of_stream(std::string_view stream);

/// The section of a scenario file, a weight for each stream.
Section register_income_section(const Streams& streams);

/// Weight with which a stream counts as register income: one where the scenario says nothing.
double register_weight(const Settings& scenario, std::string_view stream);

/// Adds the column of each paid stream that does not count in full, or of all of them.
void declare_streams(const Streams& streams, const Settings& scenario, bool all, StateSchema& schema);

/// Where payments of one stream go beside the payments of the household: to the stream's sum, and to its column where
/// there is one.
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
