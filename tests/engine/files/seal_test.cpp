// Any change of a sealed file is detected.
#include "engine/files/seal.hpp"

#include <gtest/gtest.h>

#include "tests/engine/study/study_sample.hpp"

namespace tuopin::test {

TEST(Seal, EveryChangedByteAndEveryLostByteIsSeen) {
  const Folder folder;
  for (const std::size_t size : {1u, 7u, 31u, 32u, 33u, 200u}) {
    std::string bytes;
    for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(i * 37);
    const Seal seal = seal_of(bytes.data(), bytes.size());
    bytes.append(seal.data(), seal.size());
    write_bytes(folder / "whole", bytes);
    EXPECT_TRUE(is_sealed(folder / "whole")) << size;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      for (const char change : {'\x01', '\x40', '\x7f'}) {
        std::string changed = bytes;
        changed[i] = static_cast<char>(changed[i] ^ change);
        write_bytes(folder / "changed", changed);
        EXPECT_FALSE(is_sealed(folder / "changed")) << size << " " << i;
      }
      write_bytes(folder / "cut", bytes.substr(0, i));
      EXPECT_FALSE(is_sealed(folder / "cut")) << size << " " << i;
    }
    write_bytes(folder / "longer", bytes + "x");
    EXPECT_FALSE(is_sealed(folder / "longer"));
  }
  EXPECT_FALSE(is_sealed(folder / "none"));
  EXPECT_FALSE(is_sealed(folder.path()));
}

TEST(Seal, BlocksThatChangePlacesAreSeen) {
  const std::string a(32, 'a'), b(32, 'b');
  EXPECT_NE(seal_of((a + b).data(), 64), seal_of((b + a).data(), 64));
  EXPECT_NE(seal_of(std::string(64, '\0').data(), 64), seal_of(std::string(96, '\0').data(), 96));
}

}  // namespace tuopin::test
