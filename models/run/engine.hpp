// The engine: holds scenarios, populations and calibrations in memory for interactive use (a notebook, a planner). It
// offers trajectories that are stepped year by year, variants of scenarios without files, and studies in memory. It is
// not thread-safe: callers that share an engine between threads must lock it.
#pragma once

#include <filesystem>
#include <map>
#include <optional>

#include "models/population/synthesis.hpp"
#include "models/run/ensemble.hpp"
#include "models/run/numbers.hpp"
#include "models/run/trajectory.hpp"
#include "models/run/variants.hpp"

namespace tuopin {

class Engine {
 public:
  struct Options {
    double sample = 1;  ///< share of the villages that is simulated
    std::uint64_t seed = 1;
    int threads = 1;
    int last_year = 0;  ///< last simulated year; zero: as the region says
  };
  /// Reads the files; populations are synthesised when first needed. The first scenario is the reference with which the
  /// others of a run are compared. Throws like load_together.
  Engine(const std::vector<std::filesystem::path>& scenarios, const Options& options);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  std::vector<std::string> scenarios() const;
  const std::vector<Problem>& warnings() const { return warnings_; }
  const Region& region() const { return *region_; }
  const Options& options() const { return options_; }

  /// Adds a scenario made from `of` with some keys changed, under the variant's name. Throws ScenarioError with every
  /// problem, UsageError for a name that is taken.
  void add_variant(const std::string& of, const Variant& variant);

  /// A new trajectory at the start of its base year. `draw`: no value for the central parameter values, as in a run of
  /// one draw. `against`: the reference trajectory, of the same draw and replicate, needed for figures that compare two
  /// scenarios; may be null. Throws UsageError for an unknown scenario, draw or replicate.
  class Followed;
  std::shared_ptr<Followed> start(const std::string& scenario, std::optional<std::uint32_t> draw,
                                  std::uint64_t replicate, std::shared_ptr<const Followed> against);
  /// A copy of a trajectory that continues as another scenario. Throws UsageError if the two scenarios differ in a year
  /// that was already simulated.
  std::shared_ptr<Followed> copy_as(const std::string& scenario, const Followed& of);
  /// Loads a trajectory saved by an engine of the same scenarios. Throws DataError.
  std::shared_ptr<Followed> load(const std::string& bytes);

  /// Options of a run besides its scenarios.
  struct RunOptions {
    int draws = 1, replicates = 1, leave_out_draws = 0;
    std::vector<std::string> figures;
  };
  /// A world of a design: which of the region's populations, which luck, and where numbers stand in their ranges.
  /// Margins among them ("margin.NAME.PLACE") make a population of their own.
  struct World {
    std::size_t population = 0;
    std::uint32_t luck = 0;
    Positions positions;
  };
  /// Where the first draws of a run put the numbers of these scenarios, margins left out.
  std::vector<Positions> positions(const std::vector<std::string>& scenarios, std::size_t draws) const;
  /// Runs scenarios together in worlds of a design: `draw` of the study counts them.
  Study run_placed(const std::vector<std::string>& scenarios, const std::vector<World>& worlds,
                   const std::vector<std::string>& figures, const ProgressSink& progress, const StopFlag& stop);
  /// Every number of these scenarios with status, range, origin and office.
  std::vector<NumberUsed> numbers(const std::vector<std::string>& scenarios) const;
  /// Attributes by which a study says what it was made of, for a run with these options, on a sample or not.
  std::map<std::string, Attribute> inputs(const std::vector<std::string>& scenarios, const RunOptions& options,
                                          double sample, const std::string& preview) const;
  std::size_t populations() const;

  /// Runs scenarios together, the first as the reference: the study that the program would write.
  Study run(const std::vector<std::string>& scenarios, const RunOptions& options, const ProgressSink& progress,
            const StopFlag& stop, RunRecord& record);

 private:
  struct Resident;
  const Course& course(const std::string& scenario) const;
  Resident& resident(std::optional<std::uint32_t> draw);
  RunPlan plan_of(const std::vector<std::string>& scenarios, const RunOptions& options) const;
  /// With margins at positions of their ranges.
  std::shared_ptr<const Population> make_population(std::size_t index, double& share,
                                                    const Positions& positions = {}) const;
  /// Populations 0 … count−1.
  void make_populations(std::size_t count, const ProgressSink& progress, const StopFlag& stop);

  Options options_;
  std::shared_ptr<const Region> region_;
  SynthesisInput synthesis_;
  Digester digester_;
  std::vector<Course> courses_;  ///< in the order in which they were added
  std::vector<Problem> warnings_;
  std::vector<std::shared_ptr<const Population>> populations_;  ///< by index; null until it is needed
  std::vector<double> shares_;                                  ///< share of the register population, by index
  std::map<std::size_t, std::unique_ptr<Resident>> resident_;   ///< by population
};

/// A trajectory together with its reference trajectory, and the queries on it.
class Engine::Followed {
 public:
  Followed(Resident& where, Trajectory trajectory, std::optional<std::uint32_t> draw,
           std::shared_ptr<const Followed> against);

  /// Simulates the next year. Throws UsageError after the last year, and if the reference trajectory has not reached
  /// it.
  void step();
  std::shared_ptr<Followed> copy() const;
  void become(const Course& course) { trajectory_.become(course); }
  std::string save() const;

  const Trajectory& trajectory() const { return trajectory_; }
  std::optional<std::uint32_t> draw() const { return draw_; }
  const Followed* against() const { return against_.get(); }
  std::uint64_t state_hash() const;

  /// Figures of the years simulated so far, laid out as in a study of this trajectory alone, with only a few
  /// attributes. Without a reference trajectory, figures that compare two scenarios are left out.
  Study figures(const std::vector<std::string>& names) const;

  /// Levels that have columns: person, household, village, county, region, child tables.
  std::vector<std::string> levels() const;
  std::vector<ColumnSpec> columns(const std::string& level) const;
  /// A copy of a column. Throws UsageError, with the nearest name, for an unknown level or column.
  Table::Data column(const std::string& level, const std::string& name) const;

 private:
  const Table* founding(const std::string& level) const;

  Resident* where_;
  Trajectory trajectory_;
  std::optional<std::uint32_t> draw_;
  std::shared_ptr<const Followed> against_;
  std::vector<std::shared_ptr<const PoorFlags>> poor_;  ///< by year; null for years that are no longer kept
};

}  // namespace tuopin
