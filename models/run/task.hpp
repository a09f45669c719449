// A task: one parameter draw and one replicate, with every scenario in it, and every scenario without each batch, so
// that every effect is a paired difference under equal luck. Years that two scenarios share are lived once.
#pragma once

#include <map>
#include <memory>

#include "models/measures/recorder.hpp"
#include "models/run/catalogue.hpp"

namespace tuopin {

struct RunPlan;

/// Everything that all tasks share and none changes.
struct Stage {
  const RunPlan& plan;
  const Region& region;
  std::vector<std::unique_ptr<Land>> lands;            ///< by population
  std::vector<std::vector<Calibration>> calibrations;  ///< [scenario][population]
  std::vector<std::vector<Scenario>> left_out;         ///< [scenario][batch]; without a name where it has no such batch
  AccountNames accounts;
  int block_threads = 1;

  /// One life of a task, and how much of it an earlier one has lived already.
  struct Life {
    const Scenario* scenario = nullptr;
    std::size_t number = 0;     ///< of the scenario
    std::ptrdiff_t batch = -1;  ///< left out; -1: none
    std::ptrdiff_t parent = -1;
    int shared_until = 0;  ///< last year that the parent has lived for it
  };
  std::vector<Life> lives;
  /// Fills `lives` from the plan's scenarios and `left_out`: each continues the one that it shares most years with.
  void plan_lives();
};

class Task {
 public:
  /// `panel`: where to keep every household's state, or nullptr.
  Task(const Stage& stage, std::size_t draw, std::size_t replicate, Recorder& recorder, std::vector<Table>* panel);
  void run();

 private:
  using Histories =
      std::vector<std::vector<std::uint8_t>>;  ///< true poverty (PovertyHistory) by part and household row
  struct Snapshot {
    Worlds worlds;
    Treasury treasury;
  };
  struct Lived {
    std::unique_ptr<Model> model;
    std::vector<YearResult> years;
    std::vector<std::uint64_t> hashes;
    std::vector<Histories> poor;        ///< by year
    std::map<int, Snapshot> snapshots;  ///< at the end of the years that later lives continue from
  };

  void live(std::size_t life);
  /// Takes over the parent's years; returns its worlds, made ready for this model.
  std::unique_ptr<Worlds> continue_parent(const Stage::Life& life, Lived& lived, Treasury& treasury) const;
  std::vector<PovertyHistory> histories(std::size_t life, Lived& lived, int year) const;
  void note(const Stage::Life& life, const Lived& lived, int year, const Worlds* worlds);
  void pair_without(const Stage::Life& life, const Lived& without);
  bool is_parent(std::size_t life, int year) const;
  std::size_t index(int year) const { return static_cast<std::size_t>(year - region_.base_year); }

  const Stage& stage_;
  Recorder& recorder_;
  std::vector<Table>* panel_;
  std::size_t draw_, replicate_;
  DrawAddress address_;
  std::size_t population_;
  const Land& land_;
  Region region_;
  bool leaves_out_;
  std::vector<Lived> lived_;
};

}  // namespace tuopin
