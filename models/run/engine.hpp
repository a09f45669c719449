// The engine: scenarios, their populations and calibrations resident in memory, for a process that asks again and again
// (a notebook, a planner). It gives trajectories that are stepped year by year, variants without files, and studies
// that are no file. One call at a time: whoever shares an engine between threads locks it.
#pragma once

#include <filesystem>
#include <map>
#include <optional>

#include "models/population/synthesis.hpp"
#include "models/run/ensemble.hpp"
#include "models/run/trajectory.hpp"
#include "models/run/variants.hpp"

namespace tuopin {

class Engine {
 public:
  struct Options {
    double sample = 1;  ///< share of the villages that is simulated
    std::uint64_t seed = 1;
    int threads = 1;
  };
  /// Reads the files; populations are made when they are first needed. The first scenario is the one against which the
  /// others of a run are held. Throws like load_together.
  Engine(const std::vector<std::filesystem::path>& scenarios, const Options& options);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  std::vector<std::string> scenarios() const;
  const std::vector<Problem>& warnings() const { return warnings_; }
  const Region& region() const { return *region_; }
  const Options& options() const { return options_; }

  /// A scenario made from `of` with some keys said anew; known under its name from then on. Throws ScenarioError with
  /// every problem, UsageError for a name that is taken.
  void add_variant(const std::string& of, const Variant& variant);

  /// A trajectory that has not lived yet. `draw`: nothing for the central values, as of a run of one draw. `against`:
  /// of the same draw and replicate; figures about what differs need it. Throws UsageError for what there is not.
  class Followed;
  std::shared_ptr<Followed> start(const std::string& scenario, std::optional<std::uint32_t> draw,
                                  std::uint64_t replicate, std::shared_ptr<const Followed> against);
  /// Another one in the same state that goes on as another scenario. Throws UsageError where that scenario has been
  /// another world already.
  std::shared_ptr<Followed> copy_as(const std::string& scenario, const Followed& of);
  /// One that was saved by a trajectory of an engine of these scenarios. Throws DataError.
  std::shared_ptr<Followed> load(const std::string& bytes);

  /// What a run asks for beside its scenarios.
  struct RunOptions {
    int draws = 1, replicates = 1, leave_out_draws = 0;
    std::vector<std::string> figures;
  };
  /// Runs scenarios together, the first as the reference: the study that the program would write.
  Study run(const std::vector<std::string>& scenarios, const RunOptions& options, const ProgressSink& progress,
            const StopFlag& stop, RunRecord& record);

 private:
  struct Resident;
  const Course& course(const std::string& scenario) const;
  Resident& resident(std::optional<std::uint32_t> draw);
  std::size_t populations() const;
  std::shared_ptr<const Population> make_population(std::size_t index);
  /// Populations 0 … count−1.
  void make_populations(std::size_t count, const ProgressSink& progress, const StopFlag& stop);

  Options options_;
  std::shared_ptr<const Region> region_;
  SynthesisInput synthesis_;
  Digester digester_;
  std::vector<Course> courses_;  ///< in the order in which they came
  std::vector<Problem> warnings_;
  std::vector<std::shared_ptr<const Population>> populations_;  ///< by index; null until it is needed
  std::vector<double> shares_;                                  ///< of the register population, by index
  std::map<std::size_t, std::unique_ptr<Resident>> resident_;   ///< by population
};

/// A trajectory with what it is held against, and all that may be asked of it.
class Engine::Followed {
 public:
  Followed(Resident& where, Trajectory trajectory, std::optional<std::uint32_t> draw,
           std::shared_ptr<const Followed> against);

  /// Lives the next year. Throws UsageError after the last, and where the one it is held against has not lived it.
  void step();
  std::shared_ptr<Followed> copy() const;
  void become(const Course& course) { trajectory_.become(course); }
  std::string save() const;

  const Trajectory& trajectory() const { return trajectory_; }
  std::optional<std::uint32_t> draw() const { return draw_; }
  const Followed* against() const { return against_.get(); }
  std::uint64_t state_hash() const;

  /// Figures of the years lived, as a study of this world alone would have them: attributes are few. Without one that
  /// it is held against, those about what differs are left out.
  Study figures(const std::vector<std::string>& names) const;

  /// Levels that have columns: person, household, village, county, region, child tables.
  std::vector<std::string> levels() const;
  std::vector<ColumnSpec> columns(const std::string& level) const;
  /// A copy. Throws UsageError, with the nearest name, for what there is not.
  Table::Data column(const std::string& level, const std::string& name) const;

 private:
  const Table* founding(const std::string& level) const;

  Resident* where_;
  Trajectory trajectory_;
  std::optional<std::uint32_t> draw_;
  std::shared_ptr<const Followed> against_;
  std::vector<std::shared_ptr<const PoorFlags>> poor_;  ///< by year; null where it is not known any more
};

}  // namespace tuopin
