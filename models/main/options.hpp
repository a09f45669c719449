// The options of a command line. They are parsed in command_line.cpp, the only file that uses CLI11.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace tuopin {

class Catalogue;  // models/run/catalogue.hpp

struct Options {
  const Catalogue* catalogue = nullptr;  ///< mechanisms, verbs and figures of the program
  std::vector<std::string> words;        ///< the command line as it was given, for the message that says how to go on
  std::string command;                   ///< run, check, …; empty where `help` is all that was asked for
  std::string help;                      ///< the text of --help or --version
  std::vector<std::filesystem::path> scenarios;
  std::filesystem::path output, file, panel;
  bool force = false, resume = false, no_cache = false, quiet = false;
  bool quick = false;      ///< a preview: small sample, few draws
  bool text_only = false;  ///< for check: files only, no population
  bool output_given = false, panel_given = false;
  int draws = 100, replicates = 1, threads = 0, shards = 1, leave_out_batches = 0;
  std::vector<std::string> figures;  ///< that are recorded; empty: all
  std::uint64_t seed = 1;
  double sample = 1;
  std::string language = "en";    ///< en or zh
  std::string progress = "auto";  ///< auto, bar, json, none
  std::string kind = "scenario";  ///< for schema: scenario, programme, region
  bool markdown = false;          ///< for schema: the reference page instead
  int populations = 0;            ///< for synthesize; 0: as the region says
  std::string counties, name;     ///< for new-region, which makes the folder `file`
  bool name_given = false;
  int base_year = 0;
  int last_year = 0;  ///< last simulated year; 0: as the region says

  bool zh() const { return language == "zh"; }
};

int run_command(const Options& options);
int check_command(const Options& options);
int schema_command(const Options& options);
int explain_command(const Options& options);
int synthesize_command(const Options& options);
int hash_command(const Options& options);
int new_region_command(const Options& options);

}  // namespace tuopin
