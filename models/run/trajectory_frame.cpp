#include "models/run/trajectory_frame.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/ids.hpp"
#include "engine/files/seal.hpp"

namespace tuopin {

namespace {

constexpr std::uint64_t frame_mark = 0x31746e69706f7574;  // "tuopint1" in a little-endian stream

struct FrameHead {
  std::uint64_t mark = frame_mark, size = 0, check = 0;
  std::uint64_t expected_check() const { return mix64(mix64(mark) + size); }
};

constexpr MessageId save_again = msgid("save it again");

[[noreturn]] void refuse_frame(Message what, Message hint = save_again) {
  throw DataError({Problem{{}, "", message("saved trajectory: {}", what), std::move(hint)}});
}

/// Appends up to `size` bytes, in pieces, so that a truncated stream cannot cause an allocation of its stated length.
std::size_t append_from(ByteReader& from, std::string& to, std::uint64_t size) {
  constexpr std::uint64_t piece = std::uint64_t{1} << 24;
  std::size_t got = 0;
  while (got < size) {
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(piece, size - got));
    const std::size_t before = to.size();
    to.resize(before + wanted);
    const std::size_t read = from.read(to.data() + before, wanted);
    to.resize(before + read);
    if (read == 0) break;
    got += read;
  }
  return got;
}

}  // namespace

void write_framed(const std::string& contents, ByteWriter& to) {
  FrameHead head;
  head.size = contents.size();
  head.check = head.expected_check();
  to.write(reinterpret_cast<const char*>(&head), sizeof head);
  to.write(contents.data(), contents.size());
  const Seal seal = seal_of(contents.data(), contents.size());
  to.write(seal.data(), seal.size());
}

std::string read_framed(ByteReader& from) {
  std::string bytes;
  FrameHead head;
  const std::size_t got = append_from(from, bytes, sizeof head);
  if (got == 0) refuse_frame(message("is empty"));
  std::memcpy(&head, bytes.data(), std::min(got, sizeof head));
  if (got >= sizeof head.mark && head.mark != frame_mark)
    refuse_frame(message("is none: it does not begin as one"), message("give a trajectory that tuopin saved"));
  if (got < sizeof head) refuse_frame(message("ends after {} bytes, in the middle of its head", got));
  if (head.check != head.expected_check())
    refuse_frame(message("is damaged: the length in its head is not the one written"));
  std::string contents;
  if (append_from(from, contents, head.size) < head.size)
    refuse_frame(message("ends after {} of {} bytes", contents.size(), head.size));
  std::string tail;
  append_from(from, tail, sizeof(Seal));
  const Seal seal = seal_of(contents.data(), contents.size());
  if (tail.size() < sizeof(Seal)) refuse_frame(message("ends before its checksum"));
  if (std::memcmp(tail.data(), seal.data(), sizeof seal) != 0)
    refuse_frame(message("is damaged: its checksum is another"));
  return contents;
}

}  // namespace tuopin
