#include "engine/files/pipe.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace tuopin {

namespace {
constexpr std::size_t gathered = 65536;
}

void PipeWriter::write(const char* from, std::size_t size) {
  while (size > 0) {
    const ssize_t written = ::write(descriptor_, from, size);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw PipeBroken("nobody reads any more");
    from += written;
    size -= static_cast<std::size_t>(written);
  }
}

void PipeWriter::flush() {
  write(gathered_.data(), gathered_.size());
  gathered_.clear();
}

void PipeWriter::bytes(const void* from, std::size_t size) {
  const char* const begin = static_cast<const char*>(from);
  if (gathered_.size() + size > gathered) flush();
  if (size > gathered)
    write(begin, size);
  else
    gathered_.insert(gathered_.end(), begin, begin + size);
}

void PipeReader::bytes(void* to, std::size_t size) {
  char* at = static_cast<char*>(to);
  while (size > 0) {
    if (begin_ < end_) {
      const std::size_t piece = std::min(size, end_ - begin_);
      std::memcpy(at, buffer_.data() + begin_, piece);
      begin_ += piece;
      at += piece;
      size -= piece;
      continue;
    }
    const bool large = size >= buffer_.size();
    const ssize_t got = ::read(descriptor_, large ? at : buffer_.data(), large ? size : buffer_.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) throw PipeBroken("the other end is gone");
    if (large) {
      at += got;
      size -= static_cast<std::size_t>(got);
    } else {
      begin_ = 0;
      end_ = static_cast<std::size_t>(got);
    }
  }
}

std::size_t PipeReader::count(std::size_t element_bytes) {
  std::uint64_t elements = 0;
  bytes(&elements, sizeof elements);
  if (elements > allowed_ / element_bytes) throw PipeBroken("a length beyond all bounds");
  allowed_ -= elements * element_bytes;
  return static_cast<std::size_t>(elements);
}

}  // namespace tuopin
