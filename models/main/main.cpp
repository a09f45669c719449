// The command line of tuopin. Parsing and help only: each command stands in a file of its own.
#include <fmt/format.h>
#include <malloc.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <limits>

#include "engine/base/errors.hpp"
#include "models/main/options.hpp"

namespace {

using tuopin::Options;

constexpr const char* footer =
    R"(Exit codes: 0 done, 1 defect, 2 usage, 3 scenario invalid, 4 data invalid, 5 interrupted (go on with --resume),
6 output cannot be written.
Other commands (export, chart, …) are programs named tuopin-<command> beside this one.)";

void add_language(CLI::App& command, Options& o) {
  command.add_option("--lang", o.language, "language of tables: en or zh")->check(CLI::IsMember({"en", "zh"}));
}

void add_scenarios(CLI::App& command, Options& o) {
  command
      .add_option("scenario", o.scenarios, "scenario files; the others are held against the first, under equal luck")
      ->required();
}

void add_run(CLI::App& app, Options& o) {
  CLI::App& c = *app.add_subcommand("run", "simulate scenarios and write a study file");
  add_scenarios(c, o);
  c.add_option("-o,--output", o.output, "study file (default: results/<scenario stems joined by +>.h5)");
  c.add_flag("--force", o.force, "replace an existing study, and what an interrupted run left");
  c.add_flag("--resume", o.resume,
             "continue an interrupted run: no finished task is computed again; draws and replicates may be more");
  c.add_option("--draws", o.draws, "parameter draws; 1 takes the central values")->check(CLI::Range(1, 65535));
  c.add_option("--replicates", o.replicates, "replicates of luck for each draw")->check(CLI::Range(1, 65535));
  c.add_option("--seed", o.seed, "seed of all luck of the run (the population's own stands in the region file)");
  c.add_option("--threads", o.threads, "threads; 0: all. No result depends on it")->check(CLI::Range(0, 1024));
  c.add_option("--shards", o.shards, "hold the population in so many parts of whole counties. No result depends on it")
      ->check(CLI::Range(1, 1024));
  c.add_option("--sample", o.sample, "share of the population, by whole villages")->check(CLI::Range(0.0001, 1.0));
  c.add_option("--leave-out-batches", o.leave_out_batches,
               "run the first N draws again without each batch of the later scenarios in turn")
      ->check(CLI::Range(0, 65535));
  c.add_option("--panel", o.panel,
               "also write every household's state by year (first draw and replicate) to this file");
  c.add_flag("--no-cache", o.no_cache, "neither read nor keep synthetic populations");
  c.add_option("--progress", o.progress, "auto, bar, json or none")
      ->check(CLI::IsMember({"auto", "bar", "json", "none"}));
  c.add_flag("--quiet", o.quiet, "print no table at the end");
  add_language(c, o);
  c.footer(
      "Examples:\n  tuopin run scenarios/hamlet/baseline.toml scenarios/hamlet/plan.toml\n"
      "  tuopin run scenarios/xiangxi/baseline.toml scenarios/xiangxi/plan-2016.toml --draws 100 -o "
      "results/xiangxi.h5\n"
      "  the same with --resume, after Ctrl-C, a kill or a full disk: goes on where it was");
  c.callback([&o] { throw CLI::RuntimeError(tuopin::run_command(o)); });
}

void add_others(CLI::App& app, Options& o) {
  CLI::App& check = *app.add_subcommand("check", "check scenario files and everything they name; report every problem");
  add_scenarios(check, o);
  check.footer("Example:\n  tuopin check scenarios/xiangxi/plan-2016.toml");
  check.callback([&o] { throw CLI::RuntimeError(tuopin::check_command(o)); });

  CLI::App& schema = *app.add_subcommand("schema", "print the JSON Schema of a kind of file, or its reference page");
  schema.add_option("kind", o.kind, "scenario, programme or region")
      ->check(CLI::IsMember({"scenario", "programme", "region"}));
  schema.add_flag("--markdown", o.markdown, "the reference page in Markdown");
  schema.footer("Example:\n  tuopin schema programme > programme.schema.json");
  schema.callback([&o] { throw CLI::RuntimeError(tuopin::schema_command(o)); });

  CLI::App& explain =
      *app.add_subcommand("explain", "who reads and writes what, in the order of the year; programmes in words");
  add_scenarios(explain, o);
  add_language(explain, o);
  explain.footer("Example:\n  tuopin explain scenarios/hamlet/plan.toml --lang zh");
  explain.callback([&o] { throw CLI::RuntimeError(tuopin::explain_command(o)); });

  CLI::App& synthesize =
      *app.add_subcommand("synthesize", "make the synthetic populations of a scenario's region and report on them");
  add_scenarios(synthesize, o);
  synthesize.add_option("--populations", o.populations, "how many; default: as the region says")
      ->check(CLI::Range(1, 1000));
  synthesize.add_option("--threads", o.threads, "threads; 0: all")->check(CLI::Range(0, 1024));
  synthesize.add_flag("--no-cache", o.no_cache, "do not keep them");
  synthesize.add_option("-o,--output", o.output, "write the report here instead of printing it (Markdown)");
  synthesize.add_flag("--force", o.force, "replace an existing report");
  synthesize.add_option("--progress", o.progress, "auto, bar, json or none")
      ->check(CLI::IsMember({"auto", "bar", "json", "none"}));
  add_language(synthesize, o);
  synthesize.footer("Example:\n  tuopin synthesize scenarios/hamlet/baseline.toml");
  synthesize.callback([&o] { throw CLI::RuntimeError(tuopin::synthesize_command(o)); });

  CLI::App& summary = *app.add_subcommand("summary", "print the tables of a study file");
  summary.add_option("file", o.file, "study file")->required();
  add_language(summary, o);
  summary.footer("Example:\n  tuopin summary results/xiangxi.h5 --lang zh");
  summary.callback([&o] { throw CLI::RuntimeError(tuopin::summary_command(o)); });

  CLI::App& hash = *app.add_subcommand("hash", "print the hashes of a study: state, results, input");
  hash.add_option("file", o.file, "study file")->required();
  hash.footer("Example:\n  tuopin hash results/xiangxi.h5");
  hash.callback([&o] { throw CLI::RuntimeError(tuopin::hash_command(o)); });
}

/// `tuopin NAME …` for a NAME that is no command here runs tuopin-NAME beside this program or on the path.
void try_external(int argc, char** argv, const CLI::App& app) {
  if (argc < 2 || argv[1][0] == '-') return;
  const std::string name = argv[1];
  for (const CLI::App* command : app.get_subcommands({}))
    if (command->check_name(name)) return;
  std::error_code ignored;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", ignored);
  const std::string program = "tuopin-" + name;
  argv[1] = argv[0];
  if (!ignored) execv((self.parent_path() / program).c_str(), argv + 1);
  execvp(program.c_str(), argv + 1);
  argv[1] = const_cast<char*>(name.c_str());
  throw tuopin::UsageError("there is no command \"" + name + "\" (and no program " + program + "); see tuopin --help");
}

}  // namespace

/// What a year frees, the next one needs again: given back to the system, each 4 kB of it would cost a page fault.
void keep_freed_memory() {
#ifdef __GLIBC__
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
#endif
}

int main(int argc, char** argv) {
  keep_freed_memory();
  Options options;
  options.command.assign(argv, argv + argc);
  CLI::App app{"tuopin 脱贫: simulation and forecasting of poverty-exit scenarios"};
  app.footer(footer);
  app.set_version_flag("--version", TUOPIN_VERSION);
  app.require_subcommand(1);
  add_run(app, options);
  add_others(app, options);
  try {
    try_external(argc, argv, app);
    std::signal(SIGXFSZ, SIG_IGN);  // a limit on the size of files is an error of writing, no reason to be killed
    app.parse(argc, argv);
    return 0;
  } catch (const CLI::RuntimeError& done) {
    return done.get_exit_code();
  } catch (const CLI::Success& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& wrong) {
    app.exit(wrong);
    return static_cast<int>(tuopin::ExitCode::usage);
  } catch (const tuopin::Error& error) {
    fmt::print(stderr, "tuopin: {}\n", error.what());
    return static_cast<int>(error.code());
  } catch (const std::bad_alloc&) {
    fmt::print(stderr,
               "tuopin: not enough memory; try --sample, fewer --threads, fewer --draws or fewer scenarios at once\n");
    return static_cast<int>(tuopin::ExitCode::defect);
  } catch (const std::exception& defect) {
    fmt::print(stderr, "tuopin: a defect of the program, please report it: {}\n", defect.what());
    return static_cast<int>(tuopin::ExitCode::defect);
  }
}
