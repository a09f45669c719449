// Checks that an output can be written and replaces only a file of its own kind. It is done before anything is computed
// and changes nothing on the disk.
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
  std::string option;  ///< the option that gave its name, for messages
};

/// Throws UsageError for invalid names (wrong ending, two outputs with one name) and OutputError for outputs that
/// cannot be written, or must not be replaced even with --force: devices, pipes, links, folders, input files of the
/// command, files of another kind, names that are too long. The error contains every problem of every output.
void check_outputs(const std::vector<OutputPlace>& outputs, const std::vector<std::filesystem::path>& inputs);

/// First line of the file of a synthesis report, by which it is recognised in any language.
inline constexpr const char* report_mark = "<!-- tuopin synthesis report -->\n";
/// The heading of a report in English, which files began with before they had a mark.
inline constexpr const char* report_beginning = "# Synthesis report, population ";

}  // namespace tuopin
