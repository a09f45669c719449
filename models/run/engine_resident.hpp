// One population of an engine, prepared for simulation, with the threads and memory that step its trajectories.
#pragma once

#include "models/run/engine.hpp"

namespace tuopin {

struct Engine::Resident {
  Resident(std::shared_ptr<const Region> region, std::shared_ptr<const Population> of, double share, int threads)
      : population(std::move(of)), team(threads), context(std::move(region), {population}, {share}, 1),
        workers(context.sharded(0), team) {}
  std::shared_ptr<const Population> population;
  Threads team;
  Context context;
  Workers workers;
};

}  // namespace tuopin
