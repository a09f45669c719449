// The binder is handed to each part of the year when the part is constructed. The part asks it for columns, scratch
// memory, sums and random streams ("luck"); the binder records each request as a declaration. `tuopin explain`, the
// check for shared random streams and the data-flow test read these declarations, so nothing is listed by hand.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

#include "engine/base/ids.hpp"
#include "engine/base/luck.hpp"
#include "engine/data/state.hpp"
#include "engine/run/declared_sums.hpp"
#include "engine/run/kept.hpp"
#include "engine/run/mechanism.hpp"
#include "engine/run/scratch.hpp"

namespace tuopin {

/// What the parts of a year need from the code that runs it: kept values, sums and scratch memory.
struct YearNeeds {
  KeptNames kept;
  DeclaredSums sums;
  ScratchPlan scratch;
};

/// The address of a random stream without seed, replicate and year, which the world supplies.
struct LuckName {
  bool operator==(const LuckName&) const = default;
  std::uint32_t process = 0;
  Kind kind = Kind::household;
};

class Binder {
 public:
  Binder(const StateSchema& schema, YearNeeds& needs, Description said)
      : schema_(&schema), needs_(&needs), said_(std::move(said)) {}

  // Columns by qualified name. `writes`: overwrites every row without reading it. `updates`: reads the old values, or
  // changes only some rows.
  template <typename T>
  Reads<T> reads(std::string_view name) {
    add_new(said_.reads, name);
    return schema_->reads<T>(name);
  }
  template <typename T>
  Writes<T> writes(std::string_view name) {
    add_new(said_.writes, name);
    return schema_->writes<T>(name);
  }
  template <typename T>
  Writes<T> updates(std::string_view name) {
    add_new(said_.reads, name);
    return writes<T>(name);
  }
  // Child tables by name: reads_rows only reads their rows; changes_rows may add, change and remove them.
  ReadsRows reads_rows(std::string_view name) {
    add_new(said_.reads, name);
    return schema_->reads_rows(name);
  }
  ChangesRows changes_rows(std::string_view name) {
    add_new(said_.reads, name);
    add_new(said_.writes, name);
    return schema_->changes_rows(name);
  }
  /// Declares columns that are read on behalf of this part by other code, for instance by a rule.
  void reads_also(const std::vector<std::string>& names) {
    for (const std::string& name : names) add_new(said_.reads, name);
  }

  // Scratch memory. shares: a value that later parts of the visit may use. uses: a value that an earlier part shares.
  // mine: a private value of this part.
  template <typename T>
  Temp<T> shares(std::string_view name) {
    add_new(said_.writes, name);
    add_new(said_.shares, name);
    return {needs_->scratch.add_named(name, sizeof(T)), false};
  }
  template <typename T>
  Temp<T> uses(std::string_view name) {
    add_new(said_.reads, name);
    add_new(said_.uses, name);
    return {needs_->scratch.find_named(name, sizeof(T)), false};
  }
  template <typename T>
  Temp<T> mine(std::uint32_t values = 1) {
    return {needs_->scratch.add_private(values * static_cast<std::uint32_t>(sizeof(T))), true};
  }

  /// Scratch memory that keeps its contents between visits (a cache). The contents may come from any earlier visit,
  /// also from one of another world that is stepped together with this one, so the part must store with the values what
  /// they belong to, and results must not depend on what is found. Initially zero.
  template <typename T>
  Temp<T> recalls() {
    const std::string name = said_.name + " recalls " + std::to_string(recalled_++);
    return {needs_->scratch.add_named(name, sizeof(T)), false};
  }

  template <typename T>
  Keep<T> keeps() {
    return needs_->kept.add<T>();
  }

  /// A sum of the year that this part alone adds to, and one that an earlier part has declared.
  SumHandle sums(SumRow row) {
    add_new(said_.writes, "year." + row.name);
    return needs_->sums.declare(std::move(row));
  }
  /// A sum that several parts may add to.
  SumHandle adds_to_sum(SumRow row) {
    add_new(said_.writes, "year." + row.name);
    const auto found = needs_->sums.find(row.name);
    return found ? *found : needs_->sums.declare(std::move(row));
  }
  SumHandle reads_sum(std::string_view name) {
    add_new(said_.reads, "year." + std::string(name));
    const auto found = needs_->sums.find(name);
    if (!found) throw std::logic_error("no part of the year has declared the sum " + std::string(name));
    return *found;
  }

  LuckName luck(const std::string& process, Kind kind) {
    add_new(said_.luck, process);
    return {hash32(process), kind};
  }

  const StateSchema& schema() const { return *schema_; }
  /// Returns the description with everything declared so far, and releases the part's private scratch memory.
  Description end() {
    needs_->scratch.end_part();
    return std::move(said_);
  }

 private:
  static void add_new(std::vector<std::string>& list, std::string_view name) {
    for (const std::string& known : list)
      if (known == name) return;
    list.emplace_back(name);
  }
  const StateSchema* schema_;
  YearNeeds* needs_;
  Description said_;
  std::size_t recalled_ = 0;
};

}  // namespace tuopin
