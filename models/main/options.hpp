// What the command line asks for. Parsing stands in main.cpp, the only file that knows CLI11.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace tuopin {

struct Options {
  std::vector<std::string> command;  ///< as it was given, for the message that says how to go on
  std::vector<std::filesystem::path> scenarios;
  std::filesystem::path output, file, panel;
  bool force = false, resume = false, no_cache = false, quiet = false;
  int draws = 1, replicates = 1, threads = 0, shards = 1, leave_out_batches = 0;
  std::uint64_t seed = 1;
  double sample = 1;
  std::string language = "en";    ///< en or zh
  std::string progress = "auto";  ///< auto, bar, json, none
  std::string kind = "scenario";  ///< for schema: scenario, programme, region
  bool markdown = false;          ///< for schema: the reference page instead
  int populations = 0;            ///< for synthesize; 0: as the region says
};

int run_command(const Options& options);
int check_command(const Options& options);
int schema_command(const Options& options);
int explain_command(const Options& options);
int synthesize_command(const Options& options);
int summary_command(const Options& options);
int hash_command(const Options& options);

}  // namespace tuopin
