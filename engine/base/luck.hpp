// Luck is looked up, not consumed: draw = f(seed, replicate, entity, year, process, index).
// Philox4x64-10 (Salmon, Moraes, Dror & Shaw 2011, SC'11), the generator of numpy.random.Philox.
//
//   key     = {seed, replicate}
//   counter = {block counted from 1, hash32(process name) << 32 | year << 8 | kind, entity id, 0}
//
// The low 32 bits of a 64-bit word come first, so a block holds eight 32-bit draws.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/ids.hpp"

namespace tuopin {

/// Who a draw belongs to: part of its address, so that equal numbers of different entities never share luck.
enum class Kind : std::uint8_t {
  household = 0,
  person = 1,
  village = 2,
  county = 3,
  prefecture = 4,
  parameter = 5,
  population = 6,
};

using PhiloxWords = std::array<std::uint64_t, 4>;

/// Ten rounds of Philox4x64. Inline: a tenth of the lean year is spent here.
PhiloxWords philox4x64(PhiloxWords counter, std::uint64_t key0, std::uint64_t key1);

/// The luck of one process in one year for one kind of entity.
class Luck {
 public:
  Luck(std::uint64_t seed, std::uint64_t replicate, std::uint32_t process, int year, Kind kind);

  /// The eight 32-bit draws of block `block` (counted from 1) of an entity.
  std::array<std::uint32_t, 8> block(std::uint64_t entity, std::uint64_t block = 1) const;
  /// Draw number `index` (0, 1, …) of an entity; a uniform on (0, 1); a standard normal by inverse distribution function.
  std::uint32_t draw(std::uint64_t entity, unsigned index) const;
  double uniform(std::uint64_t entity, unsigned index) const;
  double normal(std::uint64_t entity, unsigned index) const;

 private:
  std::uint64_t seed_, replicate_, word1_;
};

/// Every process name of a run, checked at load: two names with one hash are refused (name `luck = "…"` to mend).
void check_process_names(const std::vector<std::string>& names);

}  // namespace tuopin
