// Names and numbers that address things: stable hashes, never a position in an array.
#pragma once

#include <cstdint>
#include <string_view>

namespace tuopin {

/// FNV-1a over the bytes, 64 bits.
constexpr std::uint64_t hash64(std::string_view text) {
  std::uint64_t h = 0xcbf29ce484222325ull;
  for (const char c : text) {
    h ^= static_cast<unsigned char>(c);
    h *= 0x100000001b3ull;
  }
  return h;
}

/// The 32-bit hash of a name that is part of an address of random numbers: FNV-1a 64 folded.
constexpr std::uint32_t hash32(std::string_view text) {
  const std::uint64_t h = hash64(text);
  return static_cast<std::uint32_t>(h ^ (h >> 32));
}

/// A bijective mix of 64 bits (the finaliser of SplitMix64, Steele, Lea & Flood 2014).
constexpr std::uint64_t mix64(std::uint64_t x) {
  x ^= x >> 30;
  x *= 0xbf58476d1ce4e5b9ull;
  x ^= x >> 27;
  x *= 0x94d049bb133111ebull;
  x ^= x >> 31;
  return x;
}

}  // namespace tuopin
