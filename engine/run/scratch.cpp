#include "engine/run/scratch.hpp"

#include <algorithm>
#include <new>
#include <stdexcept>

namespace tuopin {

namespace {

constexpr std::size_t line = 64;  // definition: bytes of a cache line, to which every value is aligned

std::byte* made(std::size_t bytes) {
  return static_cast<std::byte*>(::operator new[](std::max(bytes, line), std::align_val_t{line}));
}

std::byte* zeroed(std::size_t bytes) {
  std::byte* zone = made(bytes);
  std::fill_n(zone, bytes, std::byte{0});
  return zone;
}

std::byte* copied(const std::byte* from, std::size_t bytes) {
  std::byte* zone = made(bytes);
  std::copy_n(from, bytes, zone);
  return zone;
}

}  // namespace

std::uint32_t ScratchPlan::add_named(std::string_view name, std::uint32_t bytes) {
  for (const Named& known : named_) {
    if (known.name != name) continue;
    if (known.bytes != bytes) throw std::logic_error("two values of scratch are called " + std::string(name));
    return known.offset;
  }
  named_.push_back({std::string(name), named_bytes_, bytes});
  named_bytes_ += bytes;
  return named_.back().offset;
}

std::uint32_t ScratchPlan::find_named(std::string_view name, std::uint32_t bytes) const {
  for (const Named& known : named_)
    if (known.name == name && known.bytes == bytes) return known.offset;
  throw std::logic_error("no part of the year before has shared " + std::string(name));
}

std::uint32_t ScratchPlan::add_private(std::uint32_t bytes) {
  const std::uint32_t offset = private_now_;
  private_now_ += bytes;
  private_most_ = std::max(private_most_, private_now_);
  return offset;
}

ScratchPlan ScratchPlan::covering(const ScratchPlan& other) const {
  ScratchPlan both = *this;
  both.named_bytes_ = std::max(named_bytes_, other.named_bytes_);
  both.private_most_ = std::max(private_most_, other.private_most_);
  return both;
}

void ScratchRows::Free::operator()(std::byte* bytes) const { ::operator delete[](bytes, std::align_val_t{line}); }

ScratchRows::ScratchRows(const ScratchPlan& plan, std::size_t rows)
    : stride_((rows + line - 1) / line * line +
              line),  // one line more: values a power of two apart fight for the cache
      named_bytes_(plan.named_bytes() * stride_), private_bytes_(plan.private_bytes() * stride_),
      named_(zeroed(named_bytes_)), private_(zeroed(private_bytes_)) {}

ScratchRows::ScratchRows(const ScratchRows& other)
    : stride_(other.stride_), named_bytes_(other.named_bytes_), private_bytes_(other.private_bytes_),
      named_(copied(other.named_.get(), named_bytes_)), private_(copied(other.private_.get(), private_bytes_)) {}

}  // namespace tuopin
