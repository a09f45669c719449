// A trajectory: one scenario under one draw of the parameters and one replicate of luck, lived year by year. It can be
// copied, saved, loaded in another process and stepped on, with equal bits whichever way it was reached.
#pragma once

#include "engine/files/bytes.hpp"
#include "models/run/context.hpp"
#include "models/run/model.hpp"

namespace tuopin {

/// A team, and what it works with on one land: made anew where other models are lived.
class Workers {
 public:
  /// The team outlives the workers.
  Workers(const Land& land, const Team& team) : land_(&land), team_(&team) {}
  const Team& team() const { return *team_; }
  /// Work for models that live a year together, one after another, and scratch for all of them.
  void make_ready(const std::vector<std::shared_ptr<const Model>>& models);
  Workspace& work_for(std::size_t position) { return *posts_[position].work; }
  std::span<const ScratchRows> scratch() const { return scratch_; }

 private:
  struct Post {
    std::shared_ptr<const Model> model;
    std::unique_ptr<Workspace> work;
  };
  const Land* land_;
  const Team* team_;
  std::vector<Post> posts_;
  std::vector<ScratchRows> scratch_;
};

/// Who was poor in a year and the years before it: flags of PovertyHistory by part and household row of a land.
struct PoorFlags {
  explicit PoorFlags(const Land& of);
  /// The same households on another land of the same population, paired by id. Throws DataError for one without them.
  PoorFlags on(const Land& other) const;

  const Land* land;
  std::vector<std::vector<std::uint8_t>> parts;
};

class Trajectory {
 public:
  /// At the beginning of the base year. The context must outlive it. Throws UsageError for a course that the context
  /// was not prepared for.
  Trajectory(const Context& context, Course course, std::shared_ptr<const Draw> draw, std::uint64_t replicate);
  Trajectory(Trajectory&&) noexcept = default;

  /// Another one in the same state; each goes on for itself.
  Trajectory copy() const { return Trajectory(*this); }
  /// Lives the next year. `in_first`: who is poor in that year in the trajectory that this one is held against.
  /// Throws UsageError after the last year.
  void step(Workers& workers, const PoorFlags* in_first = nullptr);
  /// Lives the next year of several that have come equally far on one land, with the bits of each alone: what they have
  /// alike is done once (engine/run/way.hpp). Without `in_first` all others are held against the first of them.
  /// Throws UsageError for trajectories that cannot go together.
  static void step_together(std::span<Trajectory* const> group, Workers& workers, const PoorFlags* in_first = nullptr);
  /// Somebody will ask for the hash of the next year: it is added up while the year is lived, which costs half.
  void hash_next_year() { hashes_next_ = true; }
  /// Last year lived; the year before the base year at the beginning.
  int year() const { return draw_->region.base_year + static_cast<int>(results_.size()) - 1; }
  bool done() const { return year() >= draw_->region.last_year; }

  /// Goes on as another scenario that is the same world up to now. Throws UsageError for one that is not.
  void become(const Course& course);

  /// Everything that the years to come depend on, and the results of those lived, with a checksum. Entities stand by
  /// their ids, accounts and programmes by their names.
  void save(ByteWriter& to) const;
  /// The trajectory of this course that was saved. Throws DataError for a damaged one, and for one of another build,
  /// region, population or scenario.
  static Trajectory load(const Context& context, Course course, ByteReader& from);
  /// Of which scenario and draw a saved trajectory is, for who has to find its course. Throws DataError like load.
  struct Saved {
    std::string scenario;
    DrawAddress address;
  };
  static Saved saved_as(ByteReader& from);

  const Course& course() const { return course_; }
  const Draw& draw() const { return *draw_; }
  const Land& land() const { return *land_; }
  std::uint64_t replicate() const { return replicate_; }
  const Model& model() const { return *model_; }
  const Worlds& worlds() const { return *worlds_; }
  const Treasury& treasury() const { return *treasury_; }
  /// From the base year on, programmes in the order of this scenario.
  const std::vector<std::shared_ptr<const YearResult>>& results() const { return results_; }
  /// Of the last year lived; nothing at the beginning.
  const std::shared_ptr<const PoorFlags>& poor() const { return poor_; }
  std::uint64_t state_hash(const Team& team = Threads()) const;

 private:
  Trajectory(const Trajectory& other);
  std::shared_ptr<const Model> model_of(const Course& course) const;
  std::unique_ptr<Treasury> treasury_of(const Model& model) const;
  void take(ByteUnpacker& from, std::uint64_t years);

  const Context* context_;
  const Land* land_;
  std::shared_ptr<const Draw> draw_;
  std::uint64_t replicate_;
  Course course_;
  std::shared_ptr<const Model> model_;
  std::unique_ptr<Treasury> treasury_;
  std::unique_ptr<Worlds> worlds_;
  std::shared_ptr<const PoorFlags> poor_;
  std::vector<std::shared_ptr<const YearResult>> results_;
  bool hashes_next_ = false;
  std::vector<std::uint64_t> state_sums_;  ///< of the last year, by cell, where they were asked for
};

/// The key of a trajectory's luck: draws and replicates never share it. Stable when more draws or replicates are asked
/// for.
constexpr std::uint64_t luck_replicate(std::uint64_t draw, std::uint64_t replicate) { return draw << 16 | replicate; }

}  // namespace tuopin
