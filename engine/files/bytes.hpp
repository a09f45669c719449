// Byte streams, and how values are stored in them: numbers in the machine's own representation, texts with their
// length. The caller opens the file, pipe or buffer behind a stream.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "engine/base/errors.hpp"

namespace tuopin {

class ByteWriter {
 public:
  virtual ~ByteWriter() = default;
  virtual void write(const char* bytes, std::size_t size) = 0;
};

class ByteReader {
 public:
  virtual ~ByteReader() = default;
  /// Reads up to `size` bytes; returns 0 only at the end.
  virtual std::size_t read(char* to, std::size_t size) = 0;
};

/// A stream in memory: reading starts at the beginning of what was written.
class ByteBuffer : public ByteWriter, public ByteReader {
 public:
  ByteBuffer() = default;
  explicit ByteBuffer(std::string contents) : bytes(std::move(contents)) {}
  void write(const char* from, std::size_t size) override { bytes.append(from, size); }
  std::size_t read(char* to, std::size_t size) override {
    size = std::min(size, bytes.size() - at_);
    std::memcpy(to, bytes.data() + at_, size);
    at_ += size;
    return size;
  }
  std::string bytes;

 private:
  std::size_t at_ = 0;
};

template <typename T>
concept PlainBytes = std::is_trivially_copyable_v<T> && !std::is_pointer_v<T>;

/// Writes values one after another.
class BytePacker {
 public:
  template <PlainBytes T>
  void put(const T& value) {
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  template <PlainBytes T>
  void put_all(std::span<const T> values) {
    put(std::uint64_t{values.size()});
    if (!values.empty()) bytes_.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
  }
  void put_text(std::string_view text) { put_all(std::span<const char>(text)); }
  std::string& bytes() { return bytes_; }

 private:
  std::string bytes_;
};

/// Reads them in the same order. Throws DataError if the stream ends too early.
class ByteUnpacker {
 public:
  explicit ByteUnpacker(std::string_view bytes) : bytes_(bytes) {}

  template <PlainBytes T>
  T take() {
    T value;
    std::memcpy(&value, next(sizeof value), sizeof value);
    return value;
  }
  template <PlainBytes T>
  std::vector<T> take_all() {
    const auto count = take<std::uint64_t>();
    if (count > bytes_.size() / sizeof(T)) ends_early();
    std::vector<T> values(count);
    if (count > 0) std::memcpy(values.data(), next(count * sizeof(T)), count * sizeof(T));
    return values;
  }
  std::string take_text() {
    const std::vector<char> text = take_all<char>();
    return {text.begin(), text.end()};
  }
  std::size_t left() const { return bytes_.size(); }

 private:
  [[noreturn]] static void ends_early() { throw DataError(message("ends before all that it announces")); }
  const char* next(std::size_t size) {
    if (size > bytes_.size()) ends_early();
    const char* const from = bytes_.data();
    bytes_.remove_prefix(size);
    return from;
  }
  std::string_view bytes_;
};

}  // namespace tuopin
