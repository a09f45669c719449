// Random numbers ("luck") are computed from an address instead of being drawn from a sequence:
// draw = f(seed, replicate, entity, year, process, index).
// So a draw never depends on which other draws were made, and scenarios can be compared under the same random numbers.
// The generator is Philox4x64-10 (engine/base/philox.hpp).
//
//   key     = {seed, replicate}
//   counter = {block counted from 1, hash32(process name) << 32 | year << 8 | kind, entity id, 0}
//
// The low 32 bits of a 64-bit word come first, so a block holds eight 32-bit draws. NumPy adds one to word 0 before it
// draws: numpy.random.Philox(key=[seed, replicate], counter=[0, word1, entity, 0]).random_raw() yields blocks 1, 2, …
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/normals.hpp"
#include "engine/base/philox.hpp"

namespace tuopin {

/// Kind of entity that a draw belongs to: part of its address, so that entities of different kinds with equal ids have
/// different draws.
enum class Kind : std::uint8_t {
  household = 0,
  person = 1,
  village = 2,
  county = 3,
  prefecture = 4,
  parameter = 5,
  population = 6,
};

/// The random stream of one process in one year for one kind of entity. `year` lies in [0, 2^24).
class Luck {
 public:
  Luck(std::uint64_t seed, std::uint64_t replicate, std::uint32_t process, int year, Kind kind)
      : seed_(seed), replicate_(replicate),
        word1_(std::uint64_t{process} << 32 | (static_cast<std::uint64_t>(year) & 0xffffffu) << 8 |
               static_cast<std::uint64_t>(kind)) {}

  /// The address that identifies this stream.
  std::array<std::uint64_t, 3> address() const { return {seed_, replicate_, word1_}; }

  /// The eight 32-bit draws of block `block` (counted from 1) of an entity.
  std::array<std::uint32_t, 8> block(std::uint64_t entity, std::uint64_t block = 1) const {
    const PhiloxWords w = philox4x64({block, word1_, entity, 0}, seed_, replicate_);
    return {low(w[0]), high(w[0]), low(w[1]), high(w[1]), low(w[2]), high(w[2]), low(w[3]), high(w[3])};
  }

  /// Draw number `index` (0, 1, …) of an entity; a uniform on (0, 1); a standard normal by inverse distribution
  /// function.
  std::uint32_t draw(std::uint64_t entity, unsigned index) const { return block(entity, 1 + index / 8)[index % 8]; }
  double uniform(std::uint64_t entity, unsigned index) const { return uniform_from(draw(entity, index)); }
  double normal(std::uint64_t entity, unsigned index) const { return normal_from(draw(entity, index)); }

  /// One block for each of many entities: draw k of entities[i] goes to draws[k * stride + i], k = 0 … 7.
  /// `stride` is at least entities.size(), and `draws` holds 8 * stride numbers.
  void fill(std::span<const std::uint32_t> entities, std::uint32_t* draws, std::size_t stride,
            std::uint64_t block = 1) const {
    PhiloxRows{block, word1_, seed_, replicate_, draws, stride}.of(entities.data(), entities.size());
  }
  void fill(std::span<const std::uint64_t> entities, std::uint32_t* draws, std::size_t stride,
            std::uint64_t block = 1) const {
    PhiloxRows{block, word1_, seed_, replicate_, draws, stride}.of(entities.data(), entities.size());
  }

 private:
  static std::uint32_t low(std::uint64_t word) { return static_cast<std::uint32_t>(word); }
  static std::uint32_t high(std::uint64_t word) { return static_cast<std::uint32_t>(word >> 32); }

  std::uint64_t seed_, replicate_, word1_;
};

/// Checks the process names of a run at load: two names with the same hash are refused (remedy: set `luck = "…"`).
void check_process_names(const std::vector<std::string>& names);

}  // namespace tuopin
