#include "models/main/version.hpp"

#include <fmt/format.h>

#include "models/main/checkpoint_store.hpp"

namespace tuopin {

namespace {

constexpr const char* compiler =
#ifdef __clang__
    "clang " __clang_version__;
#else
    "gcc " __VERSION__;
#endif

/// What the code was compiled for, which is the machine's or less.
constexpr const char* instruction_set =
#if defined(__AVX512F__)
    "x86-64 with AVX-512";
#elif defined(__AVX2__)
    "x86-64 with AVX2";
#elif defined(__x86_64__)
        "x86-64";
#elif defined(__aarch64__)
        "AArch64";
#else
        "another processor";
#endif

}  // namespace

std::string version_text() {
  return fmt::format("tuopin {}\nbuild {}, {}, {}", TUOPIN_VERSION, build_of_program(), compiler, instruction_set);
}

std::string report_text(const std::vector<std::string>& words) {
  std::string command;
  for (const std::string& word : words) command += (command.empty() ? "" : " ") + word;
  return version_text() + "\ncommand: " + command;
}

}  // namespace tuopin
