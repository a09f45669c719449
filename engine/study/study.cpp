// What is common to writing and reading studies: sizes and the hash of the results.
#include "engine/study/study.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdio>
#include <stdexcept>
#include <string_view>

#include "engine/base/ids.hpp"

namespace tuopin {

namespace {

/// A hash over 64-bit words by value instead of by bytes, so that it does not depend on the byte order of the machine.
class Chain {
 public:
  void add(std::uint64_t word) { state_ = mix64(state_ ^ word) + 0x9e3779b97f4a7c15ull; }
  void add(std::int64_t number) { add(static_cast<std::uint64_t>(number)); }
  void add(double number) { add(std::isnan(number) ? not_known : std::bit_cast<std::uint64_t>(number)); }
  void add(std::string_view text) {
    add(static_cast<std::uint64_t>(text.size()));
    add(hash64(text));
  }
  template <typename Value>
  void add(const std::vector<Value>& values) {
    add(static_cast<std::uint64_t>(values.size()));
    for (const Value& value : values) add(value);
  }
  std::uint64_t state() const { return state_; }

 private:
  static constexpr std::uint64_t not_known = 0x7ff8000000000000ull;  // one NaN for all
  std::uint64_t state_ = 0;
};

void add_dimension(Chain& chain, const Study& study, const std::string& name) {
  chain.add(std::string_view(name));
  for (const Dimension& dimension : study.dimensions) {
    if (dimension.name != name) continue;
    chain.add(std::string_view(dimension.unit));
    std::visit([&](const auto& values) { chain.add(values); }, dimension.values);
  }
}

}  // namespace

std::size_t Dimension::size() const {
  return std::visit([](const auto& coordinate) { return coordinate.size(); }, values);
}

std::string results_hash(const Study& study) {
  std::vector<const Variable*> results;
  for (const Variable& variable : study.variables)
    if (variable.name.find('/') == std::string::npos) results.push_back(&variable);
  std::sort(results.begin(), results.end(), [](auto* a, auto* b) { return a->name < b->name; });

  Chain chain;
  for (const Variable* variable : results) {
    chain.add(std::string_view(variable->name));
    chain.add(std::string_view(variable->unit));
    for (const std::string& dimension : variable->dimensions) add_dimension(chain, study, dimension);
    std::visit([&](const auto& values) { chain.add(values); }, variable->values);
  }
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(chain.state()));
  return digits;
}

}  // namespace tuopin
