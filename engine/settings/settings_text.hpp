// Plain helpers shared by the readers of text files: reading whole files safely, quoting, nearest names.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/errors.hpp"

namespace tuopin {

/// The whole of a text file. Missing, a folder, unreadable, over `max_bytes`, with NUL bytes or not UTF-8: nothing is
/// returned and one problem says why.
std::optional<std::string> read_text_file(const std::filesystem::path& path, std::size_t max_bytes,
                                          std::vector<Problem>& problems);

/// The same checks on a text that is in memory already.
bool is_readable_text(std::string_view text, const std::string& name, std::size_t max_bytes,
                      std::vector<Problem>& problems);

/// In double quotes with escapes that TOML and JSON share.
std::string in_quotes(std::string_view text);
/// As it can be shown anywhere: control characters (but line ends) and bytes that are not UTF-8 become \xNN.
std::string printable(std::string_view text);
/// At most 60 bytes of a text, for messages.
std::string shortened(std::string_view text);
/// `"a", "b", "c"`
std::string quoted_list(const std::vector<std::string>& names);
/// The shortest decimal that reads back as the same double; always a TOML float ("3000.0").
std::string toml_float(double value);
/// did_you_mean over the files in the folder of `missing` that have its extension.
Message did_you_mean_file(const std::filesystem::path& missing);

}  // namespace tuopin
