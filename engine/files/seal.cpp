#include "engine/files/seal.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdint>
#include <cstring>

#include "engine/base/ids.hpp"

namespace tuopin {

namespace {

constexpr char seal_mark[] = "tuopin:1";  // eight characters before the checksum's eight bytes

/// Four interleaved chains, because one chain would wait for each multiplication; so memory is the bottleneck.
std::uint64_t sum_of_bytes(const char* bytes, std::size_t size) {
  constexpr std::size_t lanes = 4, word = sizeof(std::uint64_t);
  std::uint64_t chain[lanes] = {1, 2, 3, 4};
  std::size_t at = 0;
  for (; at + lanes * word <= size; at += lanes * word) {
    std::uint64_t words[lanes];
    std::memcpy(words, bytes + at, sizeof words);
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      const std::uint64_t mixed = (chain[lane] ^ words[lane]) * 0x9e3779b97f4a7c15ull;
      chain[lane] = mixed ^ (mixed >> 29);
    }
  }
  std::uint64_t result = mix64(size);
  for (; at < size; ++at) result = mix64(result ^ static_cast<unsigned char>(bytes[at]));
  for (const std::uint64_t lane : chain) result = mix64(result ^ lane) + 1;
  return result;
}

}  // namespace

Seal seal_of(const char* bytes, std::size_t size) {
  const std::uint64_t sum = sum_of_bytes(bytes, size);
  Seal seal;
  std::memcpy(seal.data(), seal_mark, 8);
  std::memcpy(seal.data() + 8, &sum, sizeof sum);
  return seal;
}

bool is_sealed(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  struct stat status {};
  const bool regular = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
  const auto size = regular ? static_cast<std::size_t>(status.st_size) : 0;
  bool sealed = false;
  if (size > sizeof(Seal)) {
    void* const memory = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (memory != MAP_FAILED) {
      const char* const bytes = static_cast<const char*>(memory);
      const Seal seal = seal_of(bytes, size - sizeof(Seal));
      sealed = std::memcmp(seal.data(), bytes + size - sizeof(Seal), sizeof(Seal)) == 0;
      ::munmap(memory, size);
    }
  }
  ::close(descriptor);
  return sealed;
}

}  // namespace tuopin
