// The verbs that a programme may use. Each verb is one file here and one line in verbs.cpp, or is added by a program of
// its own (models/run/catalogue.hpp); no programme is ever special-cased.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/rules/rules.hpp"
#include "engine/settings/settings.hpp"
#include "models/state/row_luck.hpp"
#include "models/state/streams.hpp"

namespace tuopin {

/// Who receives: an enrolled unit in a year.
struct Recipient {
  std::uint32_t household = 0;  ///< row
  std::uint32_t person = 0;     ///< row
  std::uint64_t entity = 0;     ///< id of the unit: address of its luck
  int years_held = 0;           ///< 0 in the year of entry
  std::uint8_t detail = 0;      ///< kept from entry
};

/// What an effect may do. What it never does, whoever receives, nobody asks it for.
struct Acts {
  bool pays = true, enters = true, holds = true;
};

/// An effect acts only on what was granted. Money that reaches the household as a payment is returned, so that the
/// ledger posts it; everything else is done to the world. It asks its binder for the columns that decide what it does
/// and those it changes, what the service does in its name (payments, days) included, and for the luck that it alone
/// looks up. Adding to a sum of the year counts as a write alone: what others add does not matter.
class Effect {
 public:
  virtual ~Effect() = default;
  /// What it does, in words with its numbers.
  virtual Text in_words() const = 0;
  /// Of add_payments, enter and hold.
  virtual Acts acts() const { return {}; }
  /// Adds, for each recipient, the fen paid to the household in this year: also what a claim costs in its first year.
  virtual void add_payments(const World&, std::span<const Recipient>, std::span<std::int64_t>) const {}
  /// Name of the stream that its payments are.
  virtual std::string stream() const { return "programme_cash"; }
  /// Labour days it takes from the household in a year.
  virtual double days(const World&, const Recipient&) const { return 0; }
  virtual bool takes_days() const { return false; }
  /// True where a unit without enough free days may not claim; otherwise it takes what days there are.
  virtual bool needs_days() const { return false; }
  /// True where it moves the household: nobody is moved twice at a time, by this programme or another.
  virtual bool moves() const { return false; }
  /// Chosen once on entry and kept with the enrolment, as Recipient::detail (the crop of a plot).
  virtual void choose(const World&, std::span<Recipient>) const {}
  virtual bool keeps_detail() const { return false; }
  /// Changes of state on entry, in every year held (entry included; all recipients at once), and on leaving.
  virtual void enter(World&, const Recipient&) const {}
  virtual void hold(World&, std::span<const Recipient>) const {}
  virtual void leave(World&, const Recipient&) const {}
  /// Probability to leave in a year beside the programme's own drop-out (the return of movers).
  virtual double leaving_probability() const { return 0; }
};

/// What a verb needs to be made.
struct EffectContext {
  const Settings& programme;
  std::string path;  ///< "effect.post"
  std::string luck;  ///< "programme.forest_rangers.effect.post"
  const Region& region;
  const RuleScope& scope;  ///< of the programme's unit, for rules inside effects
  Binder& binder;
  bool unit_is_person;
  std::vector<Problem>& problems;
};

/// A verb that programmes may use.
struct Verb {
  std::string name;
  std::function<std::vector<Field>()> fields;
  std::function<std::unique_ptr<Effect>(const EffectContext&)> make;
  /// The columns that it brings, in scenarios of which a programme uses it.
  std::function<void(StateSchema&)> declare = {};
};
using Verbs = std::vector<Verb>;

const Verbs& shipped_verbs();
/// Fields of each verb for the field table.
std::map<std::string, std::vector<Field>> fields_of(const Verbs& verbs);
std::unique_ptr<Effect> make_effect(const Verbs& verbs, const EffectContext& context);

/// Data behind a rule scope in a world.
RuleScope rule_scope(bool unit_is_person, const StateSchema& schema);
RuleData rule_data(const World& world, bool unit_is_person);

// One pair a verb.
std::vector<Field> slot_fields();
std::unique_ptr<Effect> make_slot(const EffectContext&);
std::vector<Field> stream_add_fields();
std::unique_ptr<Effect> make_stream_add(const EffectContext&);
std::vector<Field> asset_grant_fields();
std::unique_ptr<Effect> make_asset_grant(const EffectContext&);
std::vector<Field> move_fields();
std::unique_ptr<Effect> make_move(const EffectContext&);
std::vector<Field> transition_shift_fields();
std::unique_ptr<Effect> make_transition_shift(const EffectContext&);

}  // namespace tuopin
