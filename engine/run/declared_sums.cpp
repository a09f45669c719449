#include "engine/run/declared_sums.hpp"

#include <stdexcept>

namespace tuopin {

SumHandle DeclaredSums::declare(SumRow row) {
  if (find(row.name)) throw std::logic_error("the sum " + row.name + " is declared twice");
  rows_.push_back(std::move(row));
  return {rows_.size() - 1};
}

std::optional<SumHandle> DeclaredSums::find(std::string_view name) const {
  for (std::size_t row = 0; row < rows_.size(); ++row)
    if (rows_[row].name == name) return SumHandle{row};
  return std::nullopt;
}

void SumsOfYear::begin(std::size_t members, std::size_t places, std::size_t sums) {
  members_ = members;
  places_ = places;
  sums_ = sums;
  values_.assign(members * places * sums, 0);
}

std::int64_t SumsOfYear::of(std::size_t place, SumHandle sum) const {
  std::int64_t total = 0;
  for (std::size_t member = 0; member < members_; ++member)
    total += values_[(member * places_ + place) * sums_ + sum.row];
  return total;
}

std::vector<std::int64_t> SumsOfYear::of(std::size_t place) const {
  std::vector<std::int64_t> all;
  for (std::size_t sum = 0; sum < sums_; ++sum) all.push_back(of(place, SumHandle{sum}));
  return all;
}

}  // namespace tuopin
