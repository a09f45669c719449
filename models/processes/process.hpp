// A process changes households, block by block. It is made anew from the drawn scenario of each run.
#pragma once

#include "engine/run/mechanism.hpp"
#include "models/state/world.hpp"

namespace tuopin {

class Process {
 public:
  virtual ~Process() = default;
  virtual Description describe() const = 0;
  /// The name in describe(), at hand for the stopwatch.
  virtual const char* name() const = 0;
  /// Work of a year that is not by household: common shocks, levels. Called once, before any block.
  virtual void begin_year(World&) const {}
  /// Work of a year on the rows of one block. Blocks may run at the same time in any order.
  virtual void live(World& world, const Block& block, Scratch& scratch) const = 0;
};

}  // namespace tuopin
