// Whether an output can be written at all and replaces nothing but its like: found before anything is computed, and
// without touching the disk.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace tuopin {

enum class OutputKind { study, panel, report };

/// An output that a command will write.
struct OutputPlace {
  std::filesystem::path path;
  OutputKind kind;
  std::string option;  ///< that named it, for messages
};

/// Throws UsageError for names that no output has (another ending, two outputs of one name) and OutputError for what
/// can never be written or may never be replaced, whatever --force says: devices, pipes, links, folders, what the
/// command reads, files of others, names too long. Every problem of every output is in it.
void check_outputs(const std::vector<OutputPlace>& outputs, const std::vector<std::filesystem::path>& inputs);

/// What every synthesis report begins with.
inline constexpr const char* report_beginning = "# Synthesis report, population ";

}  // namespace tuopin
