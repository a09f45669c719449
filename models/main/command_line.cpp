#include "models/main/command_line.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <memory>

#include "engine/base/errors.hpp"
#include "engine/settings/settings.hpp"
#include "engine/settings/settings_text.hpp"
#include "models/main/external.hpp"
#include "models/main/numbers_given.hpp"
#include "models/main/version.hpp"

namespace tuopin {

namespace {

constexpr const char* footer =
    R"(Exit codes: 0 done, 1 defect, 2 usage, 3 scenario invalid, 4 data invalid, 5 interrupted (go on with --resume),
6 output cannot be written, nobody could read the answer, or the machine refused (memory, processes).
Other commands are programs named tuopin-<command> beside this one or on the path.)";

constexpr double quick_sample = 0.05;  ///< of a preview
constexpr int quick_draws = 20;
constexpr std::uint64_t max_seed = 9'223'372'036'854'775'807;  // what a study's attribute can hold
constexpr double least_sample = 0.0001;
constexpr std::uint64_t first_base_year = 1900, last_base_year = 2195;

/// Parser of the command line. Values are kept as text, because CLI11's own conversions wrap around and round.
class Reader {
 public:
  explicit Reader(const std::vector<std::string>& words)
      : app_("tuopin 脱贫: simulation and forecasting of poverty-exit scenarios", "tuopin") {
    o_.words = words;
    o_.language = language_of(words);
    app_.footer(package_help(o_.language) + "\n\n" + footer);
    app_.set_version_flag("--version", version_text, "print version, build, compiler and instruction set");
    app_.require_subcommand(1);
    add_run();
    add_check();
    add_schema();
    add_explain();
    add_synthesize();
    add_hash();
    add_new_region();
  }

  Options read() {
    std::vector<std::string> backwards(o_.words.rbegin(), o_.words.rend());
    if (!backwards.empty()) backwards.pop_back();
    refuse_odd_values();
    try {
      app_.parse(std::move(backwards));
    } catch (const CLI::Success& wanted) {
      return help(wanted);
    } catch (const CLI::ParseError& wrong) {
      add_problem_of(wrong);
    }
    check_together();
    if (!problems_.empty()) throw UsageError(std::move(problems_));
    o_.command = app_.get_subcommands().front()->get_name();
    return std::move(o_);
  }

  std::vector<std::string> commands() const {
    std::vector<std::string> names;
    for (const CLI::App* command : app_.get_subcommands([](const CLI::App*) { return true; }))
      names.push_back(command->get_name());
    return names;
  }

 private:
  // ---- kinds of options

  static CLI::Option* once(CLI::Option* option) { return option->multi_option_policy(CLI::MultiOptionPolicy::Throw); }

  template <typename Number>
  void add_whole(CLI::App& c, const std::string& name, Number& target, std::uint64_t low, std::uint64_t high,
                 const std::string& meaning) {
    CLI::Option* option = c.add_option_function<std::string>(
        name,
        [this, name, &target, low, high](const std::string& typed) {
          std::uint64_t value = 0;
          take_whole(name, typed, low, high, value, problems_);
          target = static_cast<Number>(value);
        },
        fmt::format("{} [{} to {}]", meaning, low, high));
    once(option)->type_name("NUMBER");
  }

  void add_choice(CLI::App& c, const std::string& name, std::string& target, std::vector<std::string> choices,
                  const std::string& meaning) {
    CLI::Option* option = c.add_option_function<std::string>(
        name,
        [this, name, &target, choices](const std::string& typed) {
          take_choice(name, typed, choices, target, problems_);
        },
        meaning);
    once(option)->type_name("WORD");
  }

  void add_path(CLI::App& c, const std::string& name, std::filesystem::path& target, bool& given,
                const std::string& meaning) {
    CLI::Option* option = c.add_option_function<std::string>(
        name,
        [&target, &given](const std::string& typed) {
          target = typed;
          given = true;
        },
        meaning);
    once(option)->type_name("FILE");
  }

  void add_flag(CLI::App& c, const std::string& name, bool& target, const std::string& meaning) {
    once(c.add_flag(name, target, meaning))->disable_flag_override();
  }

  void add_language(CLI::App& c) {
    add_choice(c, "--lang", o_.language, {"en", "zh"}, "language: en or zh (default: that of the locale)");
  }
  void add_progress(CLI::App& c) {
    add_choice(c, "--progress", o_.progress, {"auto", "bar", "json", "none"}, "auto, bar, json or none");
  }
  void add_threads(CLI::App& c) {
    add_whole(c, "--threads", o_.threads, 0, 1024, "threads; 0: all. No result depends on it");
  }
  void add_scenarios(CLI::App& c, const char* meaning = "scenario files; the first is the reference of effects") {
    c.add_option("scenario", o_.scenarios, meaning)->required()->type_name("FILE");
  }
  CLI::App& add_command(const char* name, const char* meaning, const std::string& examples) {
    CLI::App& c = *app_.add_subcommand(name, meaning);
    c.footer(examples);
    return c;
  }

  // ---- commands

  void add_run() {
    CLI::App& c = add_command(
        "run", "simulate scenarios and write a study file",
        "Examples:\n  tuopin run scenarios/hamlet/baseline.toml scenarios/hamlet/plan.toml\n"
        "  tuopin run scenarios/xiangxi/baseline.toml scenarios/xiangxi/plan-2016.toml --quick\n"
        "  tuopin run scenarios/xiangxi/baseline.toml scenarios/xiangxi/plan-2016.toml -o results/xiangxi.h5\n"
        "  the same with --resume, after Ctrl-C, a kill or a full disk: goes on where it was");
    add_scenarios(c);
    add_path(c, "-o,--output", o_.output, o_.output_given,
             "study file, in .h5 (default: results/<scenario stems joined by +>.h5)");
    add_flag(c, "--force", o_.force, "replace an existing study, and what an interrupted run left");
    add_flag(c, "--resume", o_.resume,
             "continue an interrupted run: no finished task is computed again; draws and replicates may be more");
    add_whole(c, "--draws", o_.draws, 1, max_draws, "parameter draws, 100 where not given; 1 takes the central values");
    add_whole(c, "--replicates", o_.replicates, 1, max_replicates, "replicates of luck for each draw");
    add_flag(c, "--quick", o_.quick,
             fmt::format("a preview: {:g}% of the population and {} draws; every output of it says so",
                         100 * quick_sample, quick_draws));
    add_whole(c, "--seed", o_.seed, 0, max_seed,
              "seed of all luck of the run (the population's own stands in the region file)");
    add_threads(c);
    add_whole(c, "--shards", o_.shards, 1, 1024,
              "hold the population in so many parts of whole counties. No result depends on it");
    CLI::Option* sample = c.add_option_function<std::string>(
        "--sample",
        [this](const std::string& typed) { take_decimal("--sample", typed, least_sample, 1, o_.sample, problems_); },
        fmt::format("share of the population, by whole villages [{:g} to 1]", least_sample));
    once(sample)->type_name("NUMBER");
    add_whole(c, "--leave-out-batches", o_.leave_out_batches, 0, max_draws,
              "run the first so many draws again without each batch of the later scenarios in turn");
    CLI::Option* figures = c.add_option_function<std::string>(
        "--figures", [this](const std::string& typed) { take_list("--figures", typed, o_.figures, problems_); },
        "record these alone, with commas between them: poverty_rate,ledger/paid,… (default: all)");
    once(figures)->type_name("NAMES");
    add_path(c, "--panel", o_.panel, o_.panel_given,
             "also write every household's state by year (first draw and replicate) to this file, in .h5");
    add_flag(c, "--no-cache", o_.no_cache, "neither read nor keep synthetic populations");
    add_progress(c);
    add_flag(c, "--quiet", o_.quiet, "print no table at the end");
    add_language(c);
  }

  void add_check() {
    CLI::App& c =
        add_command("check", "do all that a run does before its first year; report every problem of every file",
                    "Examples:\n  tuopin check scenarios/xiangxi/baseline.toml scenarios/xiangxi/plan-2016.toml\n"
                    "  tuopin check --text scenarios");
    add_scenarios(c, "scenario files that are to run together; with --text also folders of them");
    add_flag(c, "--text", o_.text_only, "read the files only, each by itself: no population, no calibration");
    add_threads(c);
    add_flag(c, "--no-cache", o_.no_cache, "neither read nor keep synthetic populations");
    add_progress(c);
    add_language(c);
  }

  void add_schema() {
    CLI::App& c = add_command("schema", "print the JSON Schema of a kind of file, or its reference page",
                              "Example:\n  tuopin schema programme > programme.schema.json");
    add_choice(c, "kind", o_.kind, {"scenario", "programme", "region"}, "scenario, programme or region");
    add_flag(c, "--markdown", o_.markdown, "the reference page in Markdown");
    add_language(c);
  }

  void add_explain() {
    CLI::App& c = add_command("explain", "who reads and writes what, in the order of the year; programmes in words",
                              "Example:\n  tuopin explain scenarios/hamlet/plan.toml --lang zh");
    add_scenarios(c);
    add_language(c);
  }

  void add_synthesize() {
    CLI::App& c = add_command("synthesize", "make the synthetic populations of a scenario's region and report on them",
                              "Example:\n  tuopin synthesize scenarios/hamlet/baseline.toml");
    add_scenarios(c);
    add_whole(c, "--populations", o_.populations, 1, 1000, "how many; where not given as the region says");
    add_threads(c);
    add_path(c, "-o,--output", o_.output, o_.output_given, "write the report here instead of printing it (Markdown)");
    add_flag(c, "--force", o_.force, "replace an existing report");
    add_progress(c);
    add_language(c);
  }

  void add_hash() {
    CLI::App& c = add_command("hash", "print the hashes of a study: state, results, input",
                              "Example:\n  tuopin hash results/xiangxi.h5");
    c.add_option("file", o_.file, "study file")->required()->type_name("FILE");
    add_language(c);
  }

  void add_new_region() {
    CLI::App& c = add_command(
        "new-region", "write a template of a region and its scenarios into a new folder; check lists what to fill in",
        "Example:\n  tuopin new-region myregion --counties longshan,yongshun --base-year 2024 --name \"My region\"");
    c.add_option("folder", o_.file, "folder that does not exist yet, or is empty")->required()->type_name("FOLDER");
    once(c.add_option("--counties", o_.counties, "names of the counties, with commas between them"))
        ->required()
        ->type_name("NAMES");
    add_whole(c, "--base-year", o_.base_year, first_base_year, last_base_year,
              "year of the incomes and of the first register; five years are simulated after it");
    c.get_option("--base-year")->required();
    CLI::Option* name = c.add_option_function<std::string>(
        "--name",
        [this](const std::string& typed) {
          o_.name = typed;
          o_.name_given = true;
        },
        "name of the region");
    once(name)->type_name("NAME");
    add_language(c);
  }

  // ---- what is wrong

  /// The options of the command that was named; where none was, the program's own.
  std::vector<const CLI::Option*> options_in_question() const {
    const auto chosen = app_.get_subcommands();
    const CLI::App& command = chosen.empty() ? app_ : *chosen.front();  // CLI11 names a command once its word is read
    return command.get_options([](const CLI::Option* option) { return option->nonpositional(); });
  }

  std::vector<std::string> names_in_question() const {
    std::vector<std::string> names;
    for (const CLI::Option* option : options_in_question())
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    return names;
  }

  bool is_flag(const std::string& name) const {
    for (const CLI::App* command : app_.get_subcommands([](const CLI::App*) { return true; }))
      if (const CLI::Option* option = command->get_option_no_throw(name)) return option->get_items_expected_max() == 0;
    return false;
  }

  /// "--draws=": CLI11 would take the next word for the value. "--force=true": it would take that.
  void refuse_odd_values() {
    for (const std::string& word : o_.words) {
      const std::size_t equals = word.find('=');
      if (word == "--") break;
      if (word.size() < 4 || !word.starts_with("--") || equals == std::string::npos) continue;
      const std::string name = word.substr(0, equals);
      if (is_flag(name))
        problems_.push_back({Origin{}, name, "takes no value", ""});
      else if (equals == word.size() - 1)
        problems_.push_back({Origin{}, name, "is empty, expected a value", ""});
    }
    if (!problems_.empty()) throw UsageError(std::move(problems_));
  }

  bool give_twice() {
    const std::size_t before = problems_.size();
    for (const CLI::Option* option : options_in_question())
      if (option->count() > 1 && option->get_items_expected_max() <= 1)
        problems_.push_back({Origin{}, option->get_name(), fmt::format("is given {} times", option->count()), ""});
    return problems_.size() > before;
  }

  void add_problem_of(const CLI::ParseError& wrong) {
    if (give_twice()) return;
    const auto add = [&](std::string key, std::string message, std::string hint = "") {
      problems_.push_back({Origin{}, std::move(key), std::move(message), std::move(hint)});
    };
    const std::string text = wrong.what();
    const std::string option = text.substr(0, text.find(':'));
    const bool no_command = app_.get_subcommands().empty();
    if (dynamic_cast<const CLI::ExtrasError*>(&wrong) || (no_command && !app_.remaining().empty())) {
      for (const std::string& word : app_.remaining(true)) {
        const std::string name = word.substr(0, word.find('='));
        if (word.size() > 1 && word.front() == '-')
          add(name, "is no option of this command", did_you_mean(name, names_in_question()));
        else
          add("", "not expected: " + in_quotes(shortened(word)));
      }
    } else if (dynamic_cast<const CLI::RequiredError*>(&wrong)) {
      if (no_command)
        add("", "a subcommand is required: " + quoted_list(commands()), "see tuopin --help");
      else
        add(text.substr(0, text.find(' ')), text.starts_with("--") ? "is required" : "is required: the name of a file");
    } else if (dynamic_cast<const CLI::ArgumentMismatch*>(&wrong)) {
      const bool flag = text.find("flag override") != std::string::npos;
      add(flag ? text.substr(0, text.find(' ')) : option, flag ? "takes no value" : "is empty, expected a value");
    } else {
      add("", text);
    }
  }

  bool given(const char* name) const {
    const auto chosen = app_.get_subcommands();
    if (chosen.empty()) return false;
    const CLI::Option* option = chosen.front()->get_option_no_throw(name);
    return option != nullptr && option->count() > 0;
  }

  /// Checks options that are valid only in combination.
  void check_together() {
    const auto add = [&](const char* key, std::string message, std::string hint = "") {
      problems_.push_back({Origin{}, key, std::move(message), std::move(hint)});
    };
    if (o_.quick) {
      for (const char* name : {"--draws", "--sample"})
        if (given(name))
          add(name,
              fmt::format("cannot stand beside --quick, which sets --draws {} and --sample {:g}", quick_draws,
                          quick_sample),
              "leave one of them out");
      o_.draws = quick_draws;
      o_.sample = quick_sample;
    }
    if (!problems_.empty()) return;
    if (o_.leave_out_batches > o_.draws)
      add("--leave-out-batches", fmt::format("is {}, expected a whole number from 0 to {}, the number of draws",
                                             o_.leave_out_batches, o_.draws));
    const std::uint64_t tasks = static_cast<std::uint64_t>(o_.draws) * static_cast<std::uint64_t>(o_.replicates);
    if (tasks > max_tasks)
      add("--replicates", fmt::format("--draws {} times --replicates {} are {} tasks, at most {} are possible",
                                      o_.draws, o_.replicates, tasks, max_tasks));
  }

  Options help(const CLI::Success& wanted) {
    std::ostringstream out, error;
    app_.exit(wanted, out, error);
    Options options;
    options.help = out.str();
    return options;
  }

  Options o_;
  CLI::App app_;
  std::vector<Problem> problems_;
};

}  // namespace

Options read_command_line(const std::vector<std::string>& words) { return Reader(words).read(); }

std::vector<std::string> command_names() { return Reader({}).commands(); }

std::string language_of(const std::vector<std::string>& words) {
  const std::string name = "--lang";
  for (std::size_t w = 1; w < words.size(); ++w) {
    std::string value;
    if (words[w] == name && w + 1 < words.size()) value = words[w + 1];
    if (words[w].starts_with(name + "=")) value = words[w].substr(name.size() + 1);
    if (value == "en" || value == "zh") return value;
  }
  for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"})
    if (const char* value = std::getenv(variable); value != nullptr && *value != '\0')
      return std::string_view(value).starts_with("zh") ? "zh" : "en";
  return "en";
}

}  // namespace tuopin
