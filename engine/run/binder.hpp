// A binder is all that a part of the year gets when it is made. Asking for a column, a value of scratch or a luck is
// the declaration that explain, the check of luck and the test of the data flow read: nothing is listed by hand.
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

/// What the parts of a year need of whoever runs it.
struct YearNeeds {
  KeptNames kept;
  DeclaredSums sums;
  ScratchPlan scratch;
};

/// An address of luck without world and year.
struct LuckName {
  bool operator==(const LuckName&) const = default;
  std::uint32_t process = 0;
  Kind kind = Kind::household;
};

class Binder {
 public:
  Binder(const StateSchema& schema, YearNeeds& needs, Description said)
      : schema_(&schema), needs_(&needs), said_(std::move(said)) {}

  // Columns by qualified name; `writes` whole, whatever stood there before; `updates` what stands there, or some rows.
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
  // Child tables by name: their rows are read; or are added, changed and removed.
  ReadsRows reads_rows(std::string_view name) {
    add_new(said_.reads, name);
    return schema_->reads_rows(name);
  }
  ChangesRows changes_rows(std::string_view name) {
    add_new(said_.reads, name);
    add_new(said_.writes, name);
    return schema_->changes_rows(name);
  }
  /// Columns that are read elsewhere in the name of this part: by a rule.
  void reads_also(const std::vector<std::string>& names) {
    for (const std::string& name : names) add_new(said_.reads, name);
  }

  // Scratch: a value that later parts of the visit may use, one that an earlier part has shared, one of its own.
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

  /// Scratch in which a part finds again what it left in any visit before, also one of a world that lives together with
  /// this one. Nobody may be able to tell what was there: it must say itself what it is. At first it is zero.
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
  /// The description as it has become; the part's private scratch ends here.
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
