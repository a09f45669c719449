// Streams of bytes and what stands in them: numbers as the machine has them, texts with their length. Who opens a file,
// a pipe or a buffer behind a stream is the caller.
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
  /// Up to `size` bytes; none only at the end.
  virtual std::size_t read(char* to, std::size_t size) = 0;
};

/// A stream in memory: what was written is read from the beginning.
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

/// Puts values one behind the other.
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

/// Takes them back in the same order. What ends too early is a DataError.
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
  [[noreturn]] static void ends_early() { throw DataError("ends before all that it announces"); }
  const char* next(std::size_t size) {
    if (size > bytes_.size()) ends_early();
    const char* const from = bytes_.data();
    bytes_.remove_prefix(size);
    return from;
  }
  std::string_view bytes_;
};

}  // namespace tuopin
