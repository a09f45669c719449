#include "engine/study/output_place.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <fstream>
#include <system_error>

#include "engine/base/errors.hpp"
#include "engine/files/read_sandboxed.hpp"
#include "engine/settings/settings_text.hpp"
#include "engine/study/hdf5_values.hpp"

namespace tuopin {

namespace {

namespace fs = std::filesystem;

/// Longest suffix that is added to a name while its file is written: that of the run record's temporary.
constexpr std::size_t longest_addition = std::char_traits<char>::length(".run.json.tmp-4194304-1000");

/// Information about the file itself, without following a link; empty if there is no file.
struct Standing {
  bool there = false;
  struct statx status {};
  int reason = 0;

  explicit Standing(const fs::path& path) {
    there = ::statx(AT_FDCWD, path.c_str(), AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS, &status) == 0;
    if (!there) reason = errno;
  }
  bool is(unsigned type) const { return there && (status.stx_mode & S_IFMT) == type; }
  bool has(std::uint64_t attribute) const { return there && (status.stx_attributes & attribute) != 0; }
};

Message in_words(const Standing& found) {
  switch (found.status.stx_mode & S_IFMT) {
    case S_IFLNK: return message("is a symbolic link, expected a file");
    case S_IFDIR: return message("is a folder, expected a file");
    case S_IFIFO: return message("is a pipe, expected a file");
    case S_IFSOCK: return message("is a socket, expected a file");
    case S_IFCHR:
    case S_IFBLK: return message("is a device, expected a file");
    default: return "";
  }
}

/// Kind of an HDF5 file written by this program; empty for any other file.
std::string kind_of_hdf5(const fs::path& path) try {
  return read_sandboxed<std::string>(path, [&] {
    const H5Id file = open_file(path);
    return read_text_attribute(file, "format") + ": " + read_text_attribute(file, "content");
  });
} catch (const DataError&) {
  return "";
}

bool is_of_kind(const fs::path& path, OutputKind kind) {
  if (kind == OutputKind::study) return kind_of_hdf5(path).starts_with("tuopin study: ");
  if (kind == OutputKind::panel) return kind_of_hdf5(path).starts_with("tuopin tables: panel");
  std::string beginning(64, '\0');
  std::ifstream(path, std::ios::binary).read(beginning.data(), static_cast<std::streamsize>(beginning.size()));
  return beginning.starts_with(report_mark) || beginning.starts_with(report_beginning);
}

MessageId is_not_of(OutputKind kind) {
  return kind == OutputKind::study   ? msgid("exists already and is not a study of tuopin: it is never replaced")
         : kind == OutputKind::panel ? msgid("exists already and is not a panel: it is never replaced")
                                     : msgid("exists already and is not a synthesis report: it is never replaced");
}

/// A canonical form of a path, equal for every spelling, whether the file exists or not.
fs::path resolved(const fs::path& path) {
  std::error_code error;
  const fs::path absolute = fs::absolute(path, error);
  const fs::path canonical = fs::weakly_canonical(absolute, error);
  return error ? absolute.lexically_normal() : canonical;
}

bool same_file(const fs::path& one, const fs::path& other) {
  std::error_code error;
  return fs::equivalent(one, other, error) || resolved(one) == resolved(other);
}

class PlaceCheck {
 public:
  PlaceCheck(const OutputPlace& output, const std::vector<fs::path>& inputs) : output_(output), inputs_(inputs) {
    check_name();
    if (!wrong_use.empty()) return;
    check_folder();
    check_what_stands_there();
    if (output.kind == OutputKind::study) check_beside();
  }

  std::vector<Problem> wrong_use, cannot;

 private:
  void refuse(Message message, Message hint = "") {
    cannot.push_back({Origin{output_.path.string()}, "", std::move(message), std::move(hint)});
  }

  void check_name() {
    const std::string text = output_.path.string(), ending = output_.path.extension().string();
    const auto misuse = [&](Message what, Message hint = "") {
      wrong_use.push_back({Origin{}, output_.option, std::move(what), std::move(hint)});
    };
    std::vector<Problem> unreadable;
    const bool control = std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < ' ' || c == 0x7f; });
    if (text.empty()) return misuse(message("is empty, expected the name of a file"));
    if (control || !is_readable_text(text, "", text.size(), unreadable))
      return misuse(message("holds a name with control characters or bytes that are not UTF-8"),
                    message("give it another name"));
    const std::string name = output_.path.filename().string();
    if (name.empty() || name == "." || name == "..")
      return misuse(message("is {}, the name of a folder; expected the name of a file", in_quotes(shortened(text))));
    if (output_.kind != OutputKind::report) {
      if (ending != ".h5")
        misuse(message(output_.kind == OutputKind::study ? msgid("is {}; the name of a study must end in .h5")
                                                         : msgid("is {}; the name of a panel must end in .h5"),
                       in_quotes(shortened(text))),
               message("did you mean {}?",
                       in_quotes(shortened(fs::path(output_.path).replace_extension(".h5").string()))));
      return;
    }
    for (const char* other : {".h5", ".toml", ".csv", ".json", ".xlsx", ".parquet", ".png"})
      if (ending == other)
        misuse(message("is {}; the report is Markdown", in_quotes(shortened(text))),
               message("did you mean {}?",
                       in_quotes(shortened(fs::path(output_.path).replace_extension(".md").string()))));
  }

  /// Checks the nearest existing folder: the missing ones must be creatable in it.
  void check_folder() {
    fs::path folder = fs::path(output_.path).parent_path();
    if (folder.empty()) folder = ".";
    fs::path there = folder;
    std::size_t longest_new = 0;
    while (true) {
      struct stat status {};
      if (::stat(there.c_str(), &status) == 0) {
        if (!S_ISDIR(status.st_mode))
          return refuse(message("{} is no folder: {}", there.string(), system_reason(ENOTDIR)));
        break;
      }
      const int reason = errno;
      if (reason != ENOENT) return refuse(message("its folder cannot be used: {}", system_reason(reason)));
      if (Standing(there).there) return refuse(message("{} is a symbolic link to nothing", there.string()));
      longest_new = std::max(longest_new, there.filename().string().size());
      there = there.has_parent_path() && there.parent_path() != there ? there.parent_path() : fs::path(".");
    }
    check_length(there, longest_new);
    if (::access(there.c_str(), W_OK | X_OK) != 0)
      refuse(message("its folder cannot be written: {}", system_reason(errno)),
             message("name another folder with {}", output_.option));
    else if (const Standing found(there); found.has(STATX_ATTR_APPEND | STATX_ATTR_IMMUTABLE))
      refuse(message("its folder allows no renaming"), message("name another folder with {}", output_.option));
  }

  void check_length(const fs::path& folder, std::size_t longest_new) {
    const long of_system = ::pathconf(folder.c_str(), _PC_NAME_MAX);
    const std::size_t most = of_system > 0 ? static_cast<std::size_t>(of_system) : NAME_MAX;
    const std::size_t bytes = output_.path.filename().string().size();
    if (bytes + longest_addition > most || longest_new > most)
      refuse(message("the name is too long: it has {} bytes, at most {} are possible here",
                     std::max(bytes, longest_new), longest_new > most ? most : most - longest_addition),
             message("name a shorter one with {}", output_.option));
    if (output_.path.string().size() + 2 * longest_addition > PATH_MAX)
      refuse(message("the path is too long: it has {} bytes", output_.path.string().size()),
             message("name a shorter one with {}", output_.option));
  }

  void check_what_stands_there() {
    const auto input =
        std::find_if(inputs_.begin(), inputs_.end(), [&](const fs::path& p) { return same_file(p, output_.path); });
    if (input != inputs_.end())
      return refuse(message("is read by this command and cannot be its output"),
                    message("name another one with {}", output_.option));
    const Standing found(output_.path);
    if (!found.there) {
      if (found.reason != ENOENT && cannot.empty()) refuse(system_reason(found.reason));
      return;
    }
    if (!found.is(S_IFREG)) return refuse(in_words(found), message("name another output"));
    if (!is_of_kind(output_.path, output_.kind))
      return refuse(is_not_of(output_.kind), message("name another output, or move that file away yourself"));
    if (found.has(STATX_ATTR_MOUNT_ROOT)) return refuse(message("is a mount of its own, which cannot be replaced"));
    if (found.has(STATX_ATTR_APPEND | STATX_ATTR_IMMUTABLE)) return refuse(message("is marked as unchangeable"));
    const fs::path parent = output_.path.has_parent_path() ? output_.path.parent_path() : fs::path(".");
    struct stat folder {};
    if (const uid_t me = ::geteuid(); ::stat(parent.c_str(), &folder) == 0 && (folder.st_mode & S_ISVTX) && me != 0 &&
                                      me != folder.st_uid && me != found.status.stx_uid)
      refuse(message("belongs to another user in a folder where only owners may replace their files"),
             message("name another output"));
  }

  /// Checks the files that a run writes beside its study.
  void check_beside() {
    const auto beside = [&](const char* addition) { return fs::path(output_.path.string() + addition); };
    const auto in_the_way = [&](const fs::path& path, MessageId what) {
      cannot.push_back({Origin{path.string()}, "", what, message("move it away, or name another output")});
    };
    if (const Standing parts(beside(".parts")); parts.there && !parts.is(S_IFDIR))
      in_the_way(beside(".parts"), msgid("is no folder of unfinished tasks and stands in the way of this output"));
    else if (parts.has(STATX_ATTR_MOUNT_ROOT))
      in_the_way(beside(".parts"), msgid("is on another file system and stands in the way of this output"));
    const Standing record(beside(".run.json"));
    if (!record.there) return;
    std::string beginning(32, '\0');
    if (record.is(S_IFREG)) std::ifstream(beside(".run.json"), std::ios::binary).read(beginning.data(), 32);
    if (!beginning.starts_with("{\n  \"seconds_total\": "))
      in_the_way(beside(".run.json"), msgid("is not the record of a run and stands in the way of this output"));
  }

  const OutputPlace& output_;
  const std::vector<fs::path>& inputs_;
};

}  // namespace

void check_outputs(const std::vector<OutputPlace>& outputs, const std::vector<fs::path>& inputs) {
  std::vector<Problem> wrong_use, cannot;
  for (const OutputPlace& output : outputs) {
    const PlaceCheck check(output, inputs);
    wrong_use.insert(wrong_use.end(), check.wrong_use.begin(), check.wrong_use.end());
    cannot.insert(cannot.end(), check.cannot.begin(), check.cannot.end());
    for (const OutputPlace& earlier : outputs) {
      if (&earlier == &output) break;
      const fs::path folder = resolved(earlier.path.string() + ".parts");
      if (same_file(earlier.path, output.path))
        wrong_use.push_back({Origin{}, output.option, message("names the same file as {}", earlier.option),
                             message("name another one")});
      else if (resolved(output.path).parent_path() == folder)
        wrong_use.push_back({Origin{}, output.option,
                             message("lies in {}, which goes when the run ends", folder.filename().string()),
                             message("name another one")});
    }
  }
  if (!wrong_use.empty()) throw UsageError(std::move(wrong_use));
  if (!cannot.empty()) throw OutputError(std::move(cannot));
}

}  // namespace tuopin
