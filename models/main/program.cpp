// Each command stands in a file of its own.
#include "models/main/program.hpp"

#include <fmt/format.h>
#include <malloc.h>

#include <csignal>
#include <limits>
#include <map>
#include <new>
#include <system_error>

#include "engine/base/errors.hpp"
#include "models/main/command_line.hpp"
#include "models/main/external.hpp"
#include "models/main/language.hpp"
#include "models/main/options.hpp"
#include "models/main/speech.hpp"
#include "models/main/terminal.hpp"
#include "models/main/version.hpp"

namespace tuopin {

namespace {

/// Makes the allocator keep freed memory in the process. Every year needs the same amount again, and memory returned to
/// the system costs a page fault for every 4 kB.
void keep_freed_memory() {
#ifdef __GLIBC__
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
#endif
}

int obey(const Options& options) {
  if (options.command.empty()) {
    answer(for_terminal(options.help));
    return 0;
  }
  const std::map<std::string, int (*)(const Options&)> commands = {{"run", run_command},
                                                                   {"check", check_command},
                                                                   {"schema", schema_command},
                                                                   {"explain", explain_command},
                                                                   {"synthesize", synthesize_command},
                                                                   {"hash", hash_command},
                                                                   {"new-region", new_region_command}};
  return commands.at(options.command)(options);
}

/// "the system refused: cannot make a pipe to read a file: Too many open files"
Message refusal(const std::system_error& error) {
  const std::string reason = error.code().message();
  std::string doing = error.what();
  if (doing.ends_with(": " + reason)) doing.resize(doing.size() - reason.size() - 2);
  return doing == error.what() ? message("the system refused: {}", doing)
                               : message("the system refused: {}: {}", Message(Message::Kind::catalogue, doing, {}),
                                         system_reason(error.code().value()));
}

int refuse(ExitCode code, const std::string& text) {
  remark(for_error_terminal("tuopin: " + text + "\n"));
  return static_cast<int>(code);
}

int run_with(int argc, char** argv, const std::function<const Catalogue&()>& catalogue) {
  hold_standard_streams();
  keep_freed_memory();
  const std::vector<std::string> words(argv, argv + argc);
  const std::string language = language_of(words);
  try {
    try_external(argc, argv, command_names());
    std::signal(SIGXFSZ, SIG_IGN);  // a limit on the size of files is an error of writing, no reason to be killed,
    std::signal(SIGPIPE, SIG_IGN);  // and so is a reader that has gone
    Options options = read_command_line(words);
    options.catalogue = &catalogue();
    return obey(options);
  } catch (const Error& error) {
    return refuse(error.code(), in_words(error, language));
  } catch (const std::bad_alloc&) {
    return refuse(ExitCode::output,
                  in_words(message("not enough memory; try --sample, fewer --threads, fewer --draws or fewer "
                                   "scenarios at once"),
                           language));
  } catch (const std::system_error& refused) {  // of the machine, not of the program: no process, a file that vanished
    return refuse(ExitCode::output, in_words(refusal(refused), language));
  } catch (const std::exception& defect) {
    return refuse(ExitCode::defect, in_words(message("a defect of the program, please report it with these lines: {}",
                                                     std::string(defect.what()) + "\n" + report_text(words)),
                                             language));
  }
}

}  // namespace

int run_program(int argc, char** argv, const Catalogue& catalogue) {
  return run_with(argc, argv, [&]() -> const Catalogue& { return catalogue; });
}

int run_program(int argc, char** argv, const std::function<void(Catalogue&)>& add) {
  Catalogue catalogue = shipped_catalogue();
  return run_with(argc, argv, [&]() -> const Catalogue& {
    add(catalogue);
    return catalogue;
  });
}

}  // namespace tuopin
