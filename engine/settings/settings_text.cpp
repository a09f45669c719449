// Reading whole text files safely, quoting, nearest names.
#include "engine/settings/settings_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "engine/settings/settings.hpp"

namespace tuopin {

namespace {

/// Length of the UTF-8 sequence at `at`, 0 when it is not one (overlong forms and surrogates are not, RFC 3629).
std::size_t utf8_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const auto tail = [&](std::size_t i) { return (byte(i) & 0xC0u) == 0x80u; };
  const unsigned lead = byte(at), second = byte(at + 1);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return tail(at + 1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    const bool overlong = lead == 0xE0 && second < 0xA0, surrogate = lead == 0xED && second > 0x9F;
    return tail(at + 1) && tail(at + 2) && !overlong && !surrogate ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    const bool overlong = lead == 0xF0 && second < 0x90, beyond = lead == 0xF4 && second > 0x8F;
    return tail(at + 1) && tail(at + 2) && tail(at + 3) && !overlong && !beyond ? 4 : 0;
  }
  return 0;
}

/// UTF-16 begins with a byte order mark, or has a zero in every other byte of its plain letters.
bool looks_like_utf16(std::string_view text) {
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) return true;
  return text.size() >= 4 && ((text[1] == '\0' && text[3] == '\0') || (text[0] == '\0' && text[2] == '\0'));
}

/// A pair of bytes as GBK writes a Chinese character.
bool looks_like_gbk(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  return byte(at) >= 0x81 && byte(at) <= 0xFE && byte(at + 1) >= 0x40 && byte(at + 1) <= 0xFE;
}

Message in_mebibytes(std::size_t bytes) {
  return bytes % 1048576 == 0 ? message("{} MiB", bytes / 1048576) : message("{} bytes", bytes);
}

/// Optimal string alignment distance: insertions, deletions, replacements and swaps of neighbours.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

/// Case and the choice of - or _ are the most common slips: they cost nothing.
std::string folded(std::string_view name) {
  std::string result(name);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == '-' || c == ' ') c = '_';
  }
  return result;
}

}  // namespace

bool is_readable_text(std::string_view text, const std::string& name, std::size_t max_bytes,
                      std::vector<Problem>& problems) {
  if (text.starts_with("\x89HDF\r\n\x1a\n")) {
    problems.push_back({{name, 0, 0},
                        "",
                        message("is a study (HDF5) or another HDF5 file, expected a text file"),
                        message("a scenario file ends in .toml; tuopin summary prints the tables of a study")});
    return false;
  }
  if (text.size() > max_bytes) {
    problems.push_back({{name, 0, 0}, "", message("is larger than {}", in_mebibytes(max_bytes)), ""});
    return false;
  }
  const Message save = message("save it as UTF-8 (in a spreadsheet: \"CSV UTF-8\")");
  if (looks_like_utf16(text)) {
    problems.push_back({{name, 1, 0}, "", message("is UTF-16, expected UTF-8 text"), save});
    return false;
  }
  int line = 1;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = text[at] == '\0' ? 0 : utf8_length(text, at);
    if (length == 0) {
      const unsigned byte = static_cast<unsigned char>(text[at]);
      problems.push_back({{name, line, 0},
                          "",
                          message(looks_like_gbk(text, at) ? msgid("is not UTF-8 text: byte {}, perhaps GBK")
                                                           : msgid("is not UTF-8 text: byte {}"),
                                  fmt::format("0x{:02X}", byte)),
                          save});
      return false;
    }
    if (text[at] == '\n') ++line;
    at += length;
  }
  return true;
}

std::optional<std::string> read_text_file(const std::filesystem::path& path, std::size_t max_bytes,
                                          std::vector<Problem>& problems) {
  const auto refuse = [&](Message what, Message hint = "") {
    problems.push_back({{path.string(), 0, 0}, "", std::move(what), std::move(hint)});
    return std::nullopt;
  };
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (status.type() == std::filesystem::file_type::not_found)
    return refuse(message("no such file"), did_you_mean_file(path));
  if (std::filesystem::is_directory(status)) return refuse(message("is a folder, expected a file"));
  if (!std::filesystem::is_regular_file(status)) return refuse(message("is not a regular file"));
  errno = 0;
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return refuse(message("cannot be read: {}", system_reason(errno)));
  // One byte more than allowed is read, so that a file that grows meanwhile is still refused.
  std::string text(std::min<std::size_t>(max_bytes, std::filesystem::file_size(path, error)) + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (stream.bad()) return refuse(message("cannot be read"));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  if (!is_readable_text(text, path.string(), max_bytes, problems)) return std::nullopt;
  return text;
}

std::string in_quotes(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    switch (c) {
      case '"': result += "\\\""; break;
      case '\\': result += "\\\\"; break;
      case '\n': result += "\\n"; break;
      case '\r': result += "\\r"; break;
      case '\t': result += "\\t"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
          result += fmt::format("\\u{:04X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
        else
          result += c;
    }
  }
  return result + '"';
}

std::string printable(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const bool control = (byte < 0x20 && byte != '\n') || byte == 0x7F;
    const std::size_t length = control ? 0 : utf8_length(text, at);
    result += length == 0 ? fmt::format("\\x{:02X}", byte) : std::string(text.substr(at, length));
    at += std::max<std::size_t>(length, 1);
  }
  return result;
}

std::string shortened(std::string_view text) {
  if (text.size() <= 60) return std::string(text);
  std::size_t end = 60;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u) --end;  // whole characters only
  return std::string(text.substr(0, end)) + "…";
}

std::string quoted_list(const std::vector<std::string>& names) {
  std::string result;
  for (const std::string& name : names) result += (result.empty() ? "" : ", ") + in_quotes(name);
  return result;
}

std::string toml_float(double value) {
  std::string text = fmt::format("{}", value);
  if (text.find_first_of(".en") == std::string::npos) text += ".0";
  return text;
}

std::string nearest_name(std::string_view misspelt, const std::vector<std::string>& names) {
  std::string best;
  std::size_t best_distance = 0;
  const std::string wanted = folded(misspelt.substr(0, 100));
  for (const std::string& name : names) {
    if (name.size() > 100) continue;
    const std::size_t distance = edit_distance(wanted, folded(name));
    const std::size_t near = (std::max(wanted.size(), name.size()) + 2) / 3;
    const bool nothing_alike = distance >= std::max(wanted.size(), name.size());  // of "E" nothing is left in "A"
    if (distance <= near && !nothing_alike && (best.empty() || distance < best_distance)) {
      best = name;
      best_distance = distance;
    }
  }
  return best;
}

Message did_you_mean(std::string_view misspelt, const std::vector<std::string>& names) {
  const std::string name = nearest_name(misspelt, names);
  return name.empty() ? Message() : message("did you mean {}?", in_quotes(name));
}

Message did_you_mean_file(const std::filesystem::path& missing) {
  const std::filesystem::path folder = missing.has_parent_path() ? missing.parent_path() : ".";
  std::error_code error;
  std::vector<std::string> names;
  for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
    if (entry->path().extension() == missing.extension()) names.push_back(entry->path().filename().string());
  std::sort(names.begin(), names.end());  // the order of a folder differs between machines
  return did_you_mean(missing.filename().string(), names);
}

}  // namespace tuopin
