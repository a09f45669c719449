// Sending values through a pipe, in the machine's own byte order, because both ends are the same program. A structure
// lists its members once, in members_of(), for both directions.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <tuple>
#include <type_traits>
#include <variant>
#include <vector>

namespace tuopin {

/// The other end is closed, or the data received are invalid.
class PipeBroken : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The writing end; small values are buffered, large ones are written directly.
class PipeWriter {
 public:
  explicit PipeWriter(int descriptor) : descriptor_(descriptor) {}
  void bytes(const void* from, std::size_t size);
  void flush();

 private:
  void write(const char* from, std::size_t size);
  int descriptor_;
  std::vector<char> gathered_;
};

/// The reading end. `allowed` limits the total number of bytes, so that a damaged length cannot allocate all memory.
class PipeReader {
 public:
  PipeReader(int descriptor, std::uint64_t allowed) : descriptor_(descriptor), allowed_(allowed) {}
  void bytes(void* to, std::size_t size);
  /// A count of elements that follow, each of at least `element_bytes`.
  std::size_t count(std::size_t element_bytes);

 private:
  int descriptor_;
  std::uint64_t allowed_;
  std::array<char, 65536> buffer_{};
  std::size_t begin_ = 0, end_ = 0;
};

template <typename T>
concept Plain = std::is_arithmetic_v<T>;
template <typename T>
concept Structured = requires(T& value) { members_of(value); };

template <Plain T>
void put(PipeWriter& to, const T& value) {
  to.bytes(&value, sizeof value);
}
inline void put(PipeWriter& to, const std::string& text) {
  put(to, static_cast<std::uint64_t>(text.size()));
  to.bytes(text.data(), text.size());
}
template <typename T>
void put(PipeWriter& to, const std::vector<T>& values);
template <typename Key, typename T>
void put(PipeWriter& to, const std::map<Key, T>& values);
template <typename... Kinds>
void put(PipeWriter& to, const std::variant<Kinds...>& value);

template <Structured T>
void put(PipeWriter& to, const T& value) {
  std::apply([&](const auto&... members) { (put(to, members), ...); }, members_of(value));
}
template <typename T>
void put(PipeWriter& to, const std::vector<T>& values) {
  put(to, static_cast<std::uint64_t>(values.size()));
  if constexpr (Plain<T>)
    to.bytes(values.data(), values.size() * sizeof(T));
  else
    for (const T& value : values) put(to, value);
}
template <typename Key, typename T>
void put(PipeWriter& to, const std::map<Key, T>& values) {
  put(to, static_cast<std::uint64_t>(values.size()));
  for (const auto& [key, value] : values) put(to, key), put(to, value);
}
template <typename... Kinds>
void put(PipeWriter& to, const std::variant<Kinds...>& value) {
  put(to, static_cast<std::uint8_t>(value.index()));
  std::visit([&](const auto& kind) { put(to, kind); }, value);
}

template <Plain T>
void take(PipeReader& from, T& value) {
  from.bytes(&value, sizeof value);
}
inline void take(PipeReader& from, std::string& text) {
  text.resize(from.count(1));
  from.bytes(text.data(), text.size());
}
template <typename T>
void take(PipeReader& from, std::vector<T>& values);
template <typename Key, typename T>
void take(PipeReader& from, std::map<Key, T>& values);
template <typename... Kinds>
void take(PipeReader& from, std::variant<Kinds...>& value);

template <Structured T>
void take(PipeReader& from, T& value) {
  std::apply([&](auto&... members) { (take(from, members), ...); }, members_of(value));
}
template <typename T>
void take(PipeReader& from, std::vector<T>& values) {
  if constexpr (Plain<T>) {
    values.resize(from.count(sizeof(T)));
    from.bytes(values.data(), values.size() * sizeof(T));
  } else {
    for (std::size_t left = from.count(1); left > 0; --left) take(from, values.emplace_back());
  }
}
template <typename Key, typename T>
void take(PipeReader& from, std::map<Key, T>& values) {
  for (std::size_t left = from.count(1); left > 0; --left) {
    Key key;
    take(from, key);
    take(from, values[key]);
  }
}
template <typename... Kinds>
void take(PipeReader& from, std::variant<Kinds...>& value) {
  std::uint8_t index = 0;
  take(from, index);
  std::uint8_t at = 0;
  const auto take_as = [&]<typename Kind>(Kind kind) {
    if (at++ != index) return;
    take(from, kind);
    value = std::move(kind);
  };
  (take_as(Kinds{}), ...);
  if (index >= sizeof...(Kinds)) throw PipeBroken("a value of no kind");
}

}  // namespace tuopin
