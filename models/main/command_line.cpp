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
#include "models/main/help.hpp"
#include "models/main/language.hpp"
#include "models/main/numbers_given.hpp"
#include "models/main/version.hpp"

namespace tuopin {

namespace {

constexpr double quick_sample = 0.05;  ///< of a preview
constexpr int quick_draws = 20;
constexpr std::uint64_t max_seed = 9'223'372'036'854'775'807;  // what a study's attribute can hold
constexpr double least_sample = 0.0001;
constexpr std::uint64_t first_base_year = 1900, last_base_year = 2195;

/// Parser of the command line. Values are kept as text, because CLI11's own conversions wrap around and round.
class Reader {
 public:
  explicit Reader(const std::vector<std::string>& words) {
    o_.words = words;
    o_.language = language_of(words);
    app_.name("tuopin");
    app_.description(say(msgid("tuopin 脱贫: simulation and forecasting of poverty-exit scenarios")));
    app_.formatter(std::make_shared<HelpFormatter>(o_.language));
    app_.set_help_flag("-h,--help", say(msgid("print this help and end")));
    app_.footer(package_help(o_.language) + "\n\n" + footer_of_help(o_.language));
    app_.set_version_flag("--version", version_text, say(msgid("print version, build, compiler and instruction set")));
    app_.require_subcommand(1);
    add_language(app_);  // before the command as well as behind it
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
  std::string say(const Message& message) const { return in_words(message, o_.language); }

  // ---- kinds of options

  static CLI::Option* once(CLI::Option* option) { return option->multi_option_policy(CLI::MultiOptionPolicy::Throw); }

  template <typename Number>
  void add_whole(CLI::App& c, const std::string& name, Number& target, std::uint64_t low, std::uint64_t high,
                 MessageId meaning) {
    CLI::Option* option = c.add_option_function<std::string>(
        name,
        [this, name, &target, low, high](const std::string& typed) {
          std::uint64_t value = 0;
          take_whole(name, typed, low, high, value, problems_);
          target = static_cast<Number>(value);
        },
        say(message("{} [{} to {}]", message(meaning), low, high)));
    once(option)->type_name("NUMBER");
  }

  void add_choice(CLI::App& c, const std::string& name, std::string& target, std::vector<std::string> choices,
                  MessageId meaning) {
    CLI::Option* option = c.add_option_function<std::string>(
        name,
        [this, name, &target, choices](const std::string& typed) {
          take_choice(name, typed, choices, target, problems_);
        },
        say(meaning));
    once(option)->type_name("WORD");
  }

  void add_path(CLI::App& c, const std::string& name, std::filesystem::path& target, bool& given, MessageId meaning) {
    CLI::Option* option = c.add_option_function<std::string>(
        name,
        [&target, &given](const std::string& typed) {
          target = typed;
          given = true;
        },
        say(meaning));
    once(option)->type_name("FILE");
  }

  void add_flag(CLI::App& c, const std::string& name, bool& target, const Message& meaning) {
    once(c.add_flag(name, target, say(meaning)))->disable_flag_override();
  }

  void add_language(CLI::App& c) {
    add_choice(c, "--lang", o_.language, {"en", "zh"}, msgid("language: en or zh (default: that of the locale)"));
  }
  void add_progress(CLI::App& c) {
    add_choice(c, "--progress", o_.progress, {"auto", "bar", "json", "none"}, msgid("auto, bar, json or none"));
  }
  void add_threads(CLI::App& c) {
    add_whole(c, "--threads", o_.threads, 0, 1024, msgid("threads; 0: all. No result depends on it"));
  }
  void add_scenarios(CLI::App& c, MessageId meaning = msgid("scenario files; the first is the reference of effects")) {
    c.add_option("scenario", o_.scenarios, say(meaning))->required()->type_name("FILE");
  }
  CLI::App& add_command(const char* name, MessageId meaning, MessageId examples) {
    CLI::App& c = *app_.add_subcommand(name, say(meaning));
    c.footer(say(examples));
    return c;
  }

  // ---- commands

  void add_run() {
    CLI::App& c = add_command(
        "run", msgid("simulate scenarios and write a study file"),
        msgid("Examples:\n  tuopin run scenarios/hamlet/baseline.toml scenarios/hamlet/plan.toml\n"
              "  tuopin run scenarios/xiangxi/baseline.toml scenarios/xiangxi/plan-2016.toml --quick\n"
              "  tuopin run scenarios/xiangxi/baseline.toml scenarios/xiangxi/plan-2016.toml -o results/xiangxi.h5\n"
              "  the same with --resume, after Ctrl-C, a kill or a full disk: goes on where it was"));
    add_scenarios(c);
    add_path(c, "-o,--output", o_.output, o_.output_given,
             msgid("study file, in .h5 (default: results/<scenario stems joined by +>.h5)"));
    add_flag(c, "--force", o_.force, msgid("replace an existing study, and what an interrupted run left"));
    add_flag(
        c, "--resume", o_.resume,
        msgid("continue an interrupted run: no finished task is computed again; draws and replicates may be more"));
    add_whole(c, "--draws", o_.draws, 1, max_draws,
              msgid("parameter draws, 100 where not given; 1 takes the central values"));
    add_whole(c, "--replicates", o_.replicates, 1, max_replicates, msgid("replicates of luck for each draw"));
    add_flag(c, "--quick", o_.quick,
             message("a preview: {}% of the population and {} draws; every output of it says so",
                     fmt::format("{:g}", 100 * quick_sample), quick_draws));
    add_whole(c, "--seed", o_.seed, 0, max_seed,
              msgid("seed of all luck of the run (the population's own stands in the region file)"));
    add_whole(c, "--last-year", o_.last_year, 1900, 2200,
              msgid("simulate until this year; left out: as the region says (default_last_year)"));
    add_threads(c);
    add_whole(c, "--shards", o_.shards, 1, 1024,
              msgid("hold the population in so many parts of whole counties. No result depends on it"));
    CLI::Option* sample = c.add_option_function<std::string>(
        "--sample",
        [this](const std::string& typed) { take_decimal("--sample", typed, least_sample, 1, o_.sample, problems_); },
        say(message("share of the population, by whole villages [{} to 1]", fmt::format("{:g}", least_sample))));
    once(sample)->type_name("NUMBER");
    add_whole(c, "--leave-out-batches", o_.leave_out_batches, 0, max_draws,
              msgid("run the first so many draws again without each batch of the later scenarios in turn"));
    CLI::Option* figures = c.add_option_function<std::string>(
        "--figures", [this](const std::string& typed) { take_list("--figures", typed, o_.figures, problems_); },
        say(msgid("record these alone, with commas between them: poverty_rate,ledger/paid,… (default: all)")));
    once(figures)->type_name("NAMES");
    add_path(c, "--panel", o_.panel, o_.panel_given,
             msgid("also write every household's state by year (first draw and replicate) to this file, in .h5"));
    add_flag(c, "--no-cache", o_.no_cache, msgid("neither read nor keep synthetic populations"));
    add_progress(c);
    add_flag(c, "--quiet", o_.quiet, msgid("print no table at the end"));
    add_language(c);
  }

  void add_check() {
    CLI::App& c =
        add_command("check", msgid("do all that a run does before its first year; report every problem of every file"),
                    msgid("Examples:\n  tuopin check scenarios/xiangxi/baseline.toml scenarios/xiangxi/plan-2016.toml\n"
                          "  tuopin check --text scenarios"));
    add_scenarios(c, msgid("scenario files that are to run together; with --text also folders of them"));
    add_flag(c, "--text", o_.text_only, msgid("read the files only, each by itself: no population, no calibration"));
    add_threads(c);
    add_flag(c, "--no-cache", o_.no_cache, msgid("neither read nor keep synthetic populations"));
    add_progress(c);
    add_language(c);
  }

  void add_schema() {
    CLI::App& c = add_command(
        "schema", msgid("what may stand in a kind of file (JSON Schema); the columns and figures there are"),
        msgid("Examples:\n  tuopin schema programme > programme.schema.json\n  tuopin schema columns --markdown"));
    add_choice(c, "kind", o_.kind, {"scenario", "programme", "region", "columns", "figures"},
               msgid("a kind of file, or columns of the population and its state, or figures of a study"));
    add_flag(c, "--markdown", o_.markdown, msgid("the reference page in Markdown"));
    add_language(c);
  }

  void add_explain() {
    CLI::App& c =
        add_command("explain", msgid("who reads and writes what, in the order of the year; programmes in words"),
                    msgid("Example:\n  tuopin explain scenarios/hamlet/plan.toml --lang zh"));
    add_scenarios(c);
    add_language(c);
  }

  void add_synthesize() {
    CLI::App& c =
        add_command("synthesize", msgid("make the synthetic populations of a scenario's region and report on them"),
                    msgid("Example:\n  tuopin synthesize scenarios/hamlet/baseline.toml"));
    add_scenarios(c);
    add_whole(c, "--populations", o_.populations, 1, 1000, msgid("how many; where not given as the region says"));
    add_threads(c);
    add_path(c, "-o,--output", o_.output, o_.output_given,
             msgid("write the report here instead of printing it (Markdown)"));
    add_flag(c, "--force", o_.force, msgid("replace an existing report"));
    add_progress(c);
    add_language(c);
  }

  void add_hash() {
    CLI::App& c = add_command("hash", msgid("print the hashes of a study: state, results, input"),
                              msgid("Example:\n  tuopin hash results/xiangxi.h5"));
    c.add_option("file", o_.file, say(msgid("study file")))->required()->type_name("FILE");
    add_language(c);
  }

  void add_new_region() {
    CLI::App& c = add_command(
        "new-region",
        msgid("write a template of a region and its scenarios into a new folder; check lists what to fill in"),
        msgid("Example:\n  tuopin new-region myregion --counties longshan,yongshun --base-year 2024 --name \"My "
              "region\""));
    c.add_option("folder", o_.file, say(msgid("folder that does not exist yet, or is empty")))
        ->required()
        ->type_name("FOLDER");
    once(c.add_option("--counties", o_.counties, say(msgid("names of the counties, with commas between them"))))
        ->required()
        ->type_name("NAMES");
    add_whole(c, "--base-year", o_.base_year, first_base_year, last_base_year,
              msgid("year of the incomes and of the first register; five years are simulated after it"));
    c.get_option("--base-year")->required();
    CLI::Option* name = c.add_option_function<std::string>(
        "--name",
        [this](const std::string& typed) {
          o_.name = typed;
          o_.name_given = true;
        },
        say(msgid("name of the region")));
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
        problems_.push_back({Origin{}, name, message("takes no value"), ""});
      else if (equals == word.size() - 1)
        problems_.push_back({Origin{}, name, message("is empty, expected a value"), ""});
    }
    if (!problems_.empty()) throw UsageError(std::move(problems_));
  }

  bool give_twice() {
    const std::size_t before = problems_.size();
    for (const CLI::Option* option : options_in_question())
      if (option->count() > 1 && option->get_items_expected_max() <= 1)
        problems_.push_back({Origin{}, option->get_name(), message("is given {} times", option->count()), ""});
    return problems_.size() > before;
  }

  void add_problem_of(const CLI::ParseError& wrong) {
    if (give_twice()) return;
    const auto add = [&](std::string key, Message message, Message hint = "") {
      problems_.push_back({Origin{}, std::move(key), std::move(message), std::move(hint)});
    };
    const std::string text = wrong.what();
    const std::string option = text.substr(0, text.find(':'));
    const bool no_command = app_.get_subcommands().empty();
    if (dynamic_cast<const CLI::ExtrasError*>(&wrong) || (no_command && !app_.remaining().empty())) {
      for (const std::string& word : app_.remaining(true)) {
        const std::string name = word.substr(0, word.find('='));
        const std::vector<std::string> known = names_in_question();
        if (word.size() > 1 && word.front() == '-' && std::find(known.begin(), known.end(), name) != known.end())
          add(name, message("stands before the command"), message("write it after the command's name"));
        else if (word.size() > 1 && word.front() == '-')
          add(name, message("is no option of this command"), did_you_mean(name, known));
        else
          add("", message("not expected: {}", in_quotes(shortened(word))));
      }
    } else if (dynamic_cast<const CLI::RequiredError*>(&wrong)) {
      if (no_command)
        add("", message("a command is required:\n{}\n{}\nSee tuopin --help, or tuopin COMMAND --help",
                        list_of_commands(app_), package_help(o_.language)));
      else
        add(text.substr(0, text.find(' ')),
            text.starts_with("--") ? message("is required") : message("is required: the name of a file"));
    } else if (dynamic_cast<const CLI::ArgumentMismatch*>(&wrong)) {
      const bool flag = text.find("flag override") != std::string::npos;
      add(flag ? text.substr(0, text.find(' ')) : option,
          flag ? message("takes no value") : message("is empty, expected a value"));
    } else {
      add("", message("in the parser's own words: \"{}\"", text));
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
    const auto add = [&](const char* key, Message message, Message hint = "") {
      problems_.push_back({Origin{}, key, std::move(message), std::move(hint)});
    };
    if (o_.quick) {
      for (const char* name : {"--draws", "--sample"})
        if (given(name))
          add(name,
              message("cannot stand beside --quick, which sets --draws {} and --sample {}", quick_draws,
                      fmt::format("{:g}", quick_sample)),
              message("leave one of them out"));
      o_.draws = quick_draws;
      o_.sample = quick_sample;
    }
    if (given("--lang") && app_.count("--lang") > 0)
      add("--lang", message("is given before the command and behind it"), message("leave one of them out"));
    if (!problems_.empty()) return;
    if (o_.leave_out_batches > o_.draws)
      add("--leave-out-batches",
          message("is {}, expected a whole number from 0 to {}, the number of draws", o_.leave_out_batches, o_.draws));
    const std::uint64_t tasks = static_cast<std::uint64_t>(o_.draws) * static_cast<std::uint64_t>(o_.replicates);
    if (tasks > max_tasks)
      add("--replicates", message("--draws {} times --replicates {} are {} tasks, at most {} are possible", o_.draws,
                                  o_.replicates, tasks, max_tasks));
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

}  // namespace tuopin
