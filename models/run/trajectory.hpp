// A trajectory: one scenario under one parameter draw and one replicate, simulated year by year. It can be copied,
// saved, and loaded in another process and continued; the results are the same, bit for bit, in every case.
#pragma once

#include "engine/files/bytes.hpp"
#include "models/run/context.hpp"
#include "models/run/model.hpp"

namespace tuopin {

/// A team with its working memory for one population; the memory is allocated anew when other models are simulated.
class Workers {
 public:
  /// The team must outlive the workers.
  Workers(const ShardedPopulation& sharded, const Team& team) : sharded_(&sharded), team_(&team) {}
  const Team& team() const { return *team_; }
  /// Allocates a workspace for each of the models that are stepped together, and scratch memory that they share.
  void make_ready(const std::vector<std::shared_ptr<const Model>>& models);
  Workspace& work_for(std::size_t position) { return *posts_[position].work; }
  std::span<const ScratchRows> scratch() const { return scratch_; }

 private:
  struct Post {
    std::shared_ptr<const Model> model;
    std::unique_ptr<Workspace> work;
  };
  const ShardedPopulation* sharded_;
  const Team* team_;
  std::vector<Post> posts_;
  std::vector<ScratchRows> scratch_;
};

/// Which households were poor in a year and in the years before it: flags of PovertyHistory by shard and household row.
struct PoorFlags {
  explicit PoorFlags(const ShardedPopulation& of);
  /// The same flags for another sharding of the same population, matched by household id. Throws DataError if a
  /// household is missing there.
  PoorFlags on(const ShardedPopulation& other) const;

  const ShardedPopulation* sharded;
  std::vector<std::vector<std::uint8_t>> shards;
};

class Trajectory {
 public:
  /// A trajectory at the beginning of the base year. The context must outlive it. Throws UsageError for a course for
  /// which the context was not prepared.
  Trajectory(const Context& context, Course course, std::shared_ptr<const Draw> draw, std::uint64_t replicate);
  Trajectory(Trajectory&&) noexcept = default;

  /// An independent copy in the same state.
  Trajectory copy() const { return Trajectory(*this); }
  /// Simulates the next year. `in_first`: who is poor in that year in the reference trajectory, if there is one. Throws
  /// UsageError after the last year.
  void step(Workers& workers, const PoorFlags* in_first = nullptr);
  /// Simulates the next year of several trajectories that are in the same year on the same population, with the same
  /// results, bit for bit, as one by one; common computations are done once (engine/run/year_run.hpp). Without
  /// `in_first`, the first of them is the reference for the others. Throws UsageError for trajectories that cannot be
  /// combined.
  static void step_together(std::span<Trajectory* const> group, Workers& workers, const PoorFlags* in_first = nullptr);
  /// Announces that the state hash of the next year will be needed: computing it during the year costs half as much as
  /// computing it afterwards.
  void hash_next_year() { hashes_next_ = true; }
  /// Last year simulated; at the beginning, the year before the base year.
  int year() const { return draw_->region.base_year + static_cast<int>(results_.size()) - 1; }
  bool done() const { return year() >= draw_->region.last_year; }

  /// Continues as another scenario. Throws UsageError if the two scenarios differ in a year that was already simulated.
  void become(const Course& course);

  /// Writes everything that later years depend on and the results so far, with a checksum. Entities are identified by
  /// id, accounts and programmes by name.
  void save(ByteWriter& to) const;
  /// Loads a saved trajectory of this course. Throws DataError if it is damaged, or of another build, region,
  /// population or scenario.
  static Trajectory load(const Context& context, Course course, ByteReader& from);
  /// Scenario and draw of a saved trajectory, so that the caller can find its course. Throws DataError like load.
  struct Saved {
    std::string scenario;
    DrawAddress address;
  };
  static Saved saved_as(ByteReader& from);

  const Course& course() const { return course_; }
  const Draw& draw() const { return *draw_; }
  const ShardedPopulation& sharded() const { return *sharded_; }
  std::uint64_t replicate() const { return replicate_; }
  const Model& model() const { return *model_; }
  const Worlds& worlds() const { return *worlds_; }
  const Treasury& treasury() const { return *treasury_; }
  /// Results from the base year on, with programmes in the order of this scenario.
  const std::vector<std::shared_ptr<const YearResult>>& results() const { return results_; }
  /// Poverty flags of the last year simulated; null at the beginning.
  const std::shared_ptr<const PoorFlags>& poor() const { return poor_; }
  std::uint64_t state_hash(const Team& team = Threads()) const;

 private:
  Trajectory(const Trajectory& other);
  std::shared_ptr<const Model> model_of(const Course& course) const;
  std::unique_ptr<Treasury> treasury_of(const Model& model) const;
  void take(ByteUnpacker& from, std::uint64_t years);

  const Context* context_;
  const ShardedPopulation* sharded_;
  std::shared_ptr<const Draw> draw_;
  std::uint64_t replicate_;
  Course course_;
  std::shared_ptr<const Model> model_;
  std::unique_ptr<Treasury> treasury_;
  std::unique_ptr<Worlds> worlds_;
  std::shared_ptr<const PoorFlags> poor_;
  std::vector<std::shared_ptr<const YearResult>> results_;
  bool hashes_next_ = false;
  std::vector<std::uint64_t> state_sums_;  ///< of the last year, by block; empty if not requested
};

/// Key of a trajectory's random numbers, different for every draw and replicate. It does not change when a run asks for
/// more draws or replicates.
constexpr std::uint64_t luck_replicate(std::uint64_t draw, std::uint64_t replicate) { return draw << 16 | replicate; }

}  // namespace tuopin
