// Shows at any size that a trajectory gives the results of the run in every way. The arguments are those of `tuopin
// run`; the last scenario is simulated:
//   stepped_on run scenarios/xiangxi/plan-2016.toml --draws 1
// Prints the state hash of every year of an undisturbed trajectory, of one that was copied and left behind on the way,
// and of one that was saved after three years, loaded by another process on other parts of the sharded, and stepped on.
// Ends with 1 where they differ.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "models/main/command_line.hpp"
#include "models/main/preparation.hpp"
#include "models/main/speech.hpp"
#include "models/run/trajectory.hpp"

namespace tuopin {
namespace {

using Hashes = std::vector<std::uint64_t>;
constexpr int years_before_saving = 3;

/// What both processes make ready from the same words.
struct Stage {
  Stage(const std::vector<std::string>& words, std::size_t parts) {
    Options options = read_command_line(words);
    options.catalogue = &shipped_catalogue();
    plan = plan_of(options, load_together(options.scenarios, shipped_catalogue()));
    populate(options, plan, {}, StopFlag{});
    course = Digester().course(plan.scenarios.back());
    context = std::make_unique<Context>(course.scenario->region, plan.populations, plan.shares, parts);
    context->prepare({course}, 1, Threads(plan.threads), {}, StopFlag{});
  }
  RunPlan plan;
  Course course;
  std::unique_ptr<Context> context;
};

Hashes to_the_end(Trajectory& trajectory, Workers& workers) {
  Hashes hashes;
  while (!trajectory.done()) {
    trajectory.step(workers);
    hashes.push_back(trajectory.state_hash(workers.team()));
  }
  return hashes;
}

void print(const std::string& what, const Hashes& hashes) {
  answer(fmt::format("{:<40} {:016x}\n", what, fmt::join(hashes, " ")));
}

int load_and_step(const std::vector<std::string>& words, const std::string& path) {
  const Stage stage(words, 8);
  std::ifstream in(path, std::ios::binary);
  ByteBuffer bytes(std::string{std::istreambuf_iterator<char>(in), {}});
  Trajectory trajectory = Trajectory::load(*stage.context, stage.course, bytes);
  const Threads team(stage.plan.threads);
  Workers workers(stage.context->sharded(0), team);
  std::ofstream out(path + ".hashes");
  for (const std::uint64_t hash : to_the_end(trajectory, workers)) out << hash << '\n';
  return 0;
}

int compare(const std::vector<std::string>& words) {
  const Stage stage(words, 1);
  const Threads team(stage.plan.threads);
  Workers workers(stage.context->sharded(0), team);
  const auto draw = stage.context->draw(address_of(stage.plan, 0));
  Trajectory undisturbed(*stage.context, stage.course, draw, 0), walker(*stage.context, stage.course, draw, 0);
  const Hashes whole = to_the_end(undisturbed, workers);
  for (int year = 0; year < years_before_saving; ++year) walker.step(workers);
  Trajectory copy = walker.copy();
  const Hashes rest(whole.begin() + years_before_saving, whole.end()), copied = to_the_end(copy, workers);

  const std::string path = (std::filesystem::temp_directory_path() / fmt::format("stepped_on_{}", ::getpid())).string();
  ByteBuffer saved;
  walker.save(saved);
  std::ofstream(path, std::ios::binary) << saved.bytes;
  std::string command = fmt::format("TUOPIN_SAVED='{}'", path);
  for (const std::string& word : words) command += " '" + word + "'";
  const int ended = std::system(command.c_str());
  std::ifstream in(path + ".hashes");
  const Hashes elsewhere{std::istream_iterator<std::uint64_t>(in), {}};
  for (const char* file : {"", ".hashes"}) std::filesystem::remove(path + file);

  print("undisturbed", whole);
  print("copied after three years", copied);
  print("saved, loaded elsewhere on 8 parts", elsewhere);
  print("the original goes on", to_the_end(walker, workers));
  const bool same = ended == 0 && copied == rest && elsewhere == rest;
  answer(fmt::format("{}: {} bytes saved, {} households\n", same ? "equal" : "DIFFERENT", saved.bytes.size(),
                     stage.plan.populations[0]->households.rows()));
  return same ? 0 : 1;
}

}  // namespace
}  // namespace tuopin

int main(int argc, char** argv) try {
  std::vector<std::string> words{argv, argv + argc};
  words[0] = std::filesystem::read_symlink("/proc/self/exe").string();
  const char* const saved = std::getenv("TUOPIN_SAVED");
  return saved ? tuopin::load_and_step(words, saved) : tuopin::compare(words);
} catch (const tuopin::Error& error) {
  tuopin::remark(std::string("stepped_on: ") + error.what() + "\n");
  return static_cast<int>(error.code());
}
