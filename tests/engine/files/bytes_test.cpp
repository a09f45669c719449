// Values written to a stream are read back in the same order, and a truncated stream is refused.
#include "engine/files/bytes.hpp"

#include <gtest/gtest.h>

namespace tuopin {
namespace {

TEST(Bytes, ComeBackAsTheyWerePut) {
  BytePacker packer;
  packer.put(std::int64_t{-7});
  packer.put_text("小村");
  packer.put_text("");
  const std::vector<float> numbers{1.5f, -0.0f, 3e38f};
  packer.put_all(std::span<const float>(numbers));
  ByteUnpacker unpacker(packer.bytes());
  EXPECT_EQ(unpacker.take<std::int64_t>(), -7);
  EXPECT_EQ(unpacker.take_text(), "小村");
  EXPECT_EQ(unpacker.take_text(), "");
  EXPECT_EQ(unpacker.take_all<float>(), numbers);
  EXPECT_EQ(unpacker.left(), 0u);
  EXPECT_THROW(unpacker.take<char>(), DataError);
}

TEST(Bytes, EveryCutIsRefused) {
  BytePacker packer;
  packer.put_text("some words");
  packer.put_all(std::span<const double>(std::vector<double>{1, 2, 3}));
  for (std::size_t size = 0; size < packer.bytes().size(); ++size) {
    ByteUnpacker unpacker(std::string_view(packer.bytes()).substr(0, size));
    EXPECT_THROW(
        {
          unpacker.take_text();
          unpacker.take_all<double>();
        },
        DataError)
        << size;
  }
}

/// A length larger than any memory is refused before allocation.
TEST(Bytes, ALengthBeyondTheStreamIsRefused) {
  BytePacker packer;
  packer.put(~std::uint64_t{0});
  packer.put(std::uint64_t{1});
  EXPECT_THROW(ByteUnpacker(packer.bytes()).take_all<double>(), DataError);
  EXPECT_THROW(ByteUnpacker(packer.bytes()).take_text(), DataError);
}

TEST(Bytes, ABufferIsReadFromItsBeginning) {
  ByteBuffer buffer;
  buffer.write("abcdef", 6);
  char to[8] = {};
  EXPECT_EQ(buffer.read(to, 4), 4u);
  EXPECT_EQ(std::string(to, 4), "abcd");
  EXPECT_EQ(buffer.read(to, 8), 2u);
  EXPECT_EQ(buffer.read(to, 8), 0u);
}

}  // namespace
}  // namespace tuopin
