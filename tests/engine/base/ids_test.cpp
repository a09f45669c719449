// Hashes used in addresses of random numbers: known answers.
#include "engine/base/ids.hpp"

#include <gtest/gtest.h>

#include <set>

namespace tuopin {
namespace {

TEST(Ids, HashIsFnv1a) {
  // Fowler, Noll & Vo, test vectors of the FNV reference (RFC 9923).
  EXPECT_EQ(hash64(""), 0xcbf29ce484222325u);
  EXPECT_EQ(hash64("a"), 0xaf63dc4c8601ec8cu);
  EXPECT_EQ(hash64("foobar"), 0x85944171f73967e8u);
  EXPECT_EQ(hash32("a"), 0xaf63dc4cu ^ 0x8601ec8cu);
}

TEST(Ids, MixIsABijectionOnASample) {
  std::set<std::uint64_t> seen;
  for (std::uint64_t i = 0; i < 20000; ++i) seen.insert(mix64(i));
  EXPECT_EQ(seen.size(), 20000u);
}

TEST(Ids, MixHasTheFinaliserOfSplitMix64) {
  // Steele, Lea & Flood (2014): the first output of SplitMix64 seeded with 0 is the mix of the golden gamma.
  EXPECT_EQ(mix64(0x9e3779b97f4a7c15u), 0xe220a8397b1dcdafu);
}

}  // namespace
}  // namespace tuopin
