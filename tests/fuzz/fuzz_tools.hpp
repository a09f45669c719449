// What fuzz targets share.
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/errors.hpp"

namespace tuopin::fuzz {

/// A property that must hold for every input whatever.
inline void must(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

/// Every problem can be printed and says something.
inline void must_be_readable(std::span<const Problem> problems) {
  for (const Problem& problem : problems) must(to_text(problem).size() > 2, "a problem says something");
}

/// A file in memory with a name, for readers that want one.
class MemoryFile {
 public:
  MemoryFile() : descriptor_(::memfd_create("input", 0)) { must(descriptor_ >= 0, "memory files can be made"); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() { ::close(descriptor_); }

  const std::filesystem::path holding(std::string_view bytes) const {
    must(::ftruncate(descriptor_, 0) == 0 && ::pwrite(descriptor_, bytes.data(), bytes.size(), 0) >= 0,
         "it is written");
    return "/proc/self/fd/" + std::to_string(descriptor_);
  }

 private:
  int descriptor_;
};

inline std::string contents_of(const std::filesystem::path& path) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  must(file != nullptr, "the file can be read");
  std::string text(std::filesystem::file_size(path), '\0');
  must(std::fread(text.data(), 1, text.size(), file) == text.size(), "the file is read");
  std::fclose(file);
  return text;
}

inline std::string_view as_text(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

}  // namespace tuopin::fuzz
