// The verbs (kinds of effect) that a programme may use. Each verb is one file here and one line in verbs.cpp, or is
// added by an extending program (models/run/catalogue.hpp). The engine never treats a single programme specially.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/rules/rules.hpp"
#include "engine/settings/settings.hpp"
#include "models/scenario/price_index.hpp"
#include "models/state/row_luck.hpp"
#include "models/state/streams.hpp"

namespace tuopin {

/// A recipient: an enrolled unit in a year.
struct Recipient {
  std::uint32_t household = 0;  ///< row
  std::uint32_t person = 0;     ///< row
  std::uint64_t entity = 0;     ///< id of the unit, by which its random draws are addressed
  int years_held = 0;           ///< 0 in the year of entry
  std::uint8_t detail = 0;      ///< value stored at entry, see Effect::choose
  std::uint32_t own_land = 0;   ///< stored at entry: own arable land under the plot, 0.01 mu
};

/// Which methods of an effect may have a result for some recipient. The others are never called.
struct Acts {
  bool pays = true, enters = true, holds = true;
};

/// An effect acts only on granted enrolments. It returns the money that reaches the household as a payment, so that the
/// ledger posts it; it makes all other changes to the world itself. From its binder it requests the columns that it
/// reads and changes, including those that the delivery changes on its behalf (payments, days), and its own random
/// streams. Adding to a yearly sum is declared as a write only, because the result does not depend on other additions.
class Effect {
 public:
  virtual ~Effect() = default;
  /// Description of the effect with its numbers, for people.
  virtual Message in_words() const = 0;
  /// Which of add_payments, enter and hold have a result.
  virtual Acts acts() const { return {}; }
  /// Adds, for each recipient, the fen paid to the household in this year: also what a claim costs in its first year.
  virtual void add_payments(const World&, std::span<const Recipient>, std::span<std::int64_t>) const {}
  /// Name of the income stream of its payments.
  virtual std::string stream() const { return "programme_cash"; }
  /// Labour days it takes from the household in a year.
  virtual double days(const World&, const Recipient&) const { return 0; }
  virtual bool takes_days() const { return false; }
  /// True if a unit without enough free days may not claim; otherwise the effect takes the days there are.
  virtual bool needs_days() const { return false; }
  /// True if it moves the household. A household that has moved cannot be moved again, by any programme, while it
  /// stays.
  virtual bool moves() const { return false; }
  /// True if it tops up income. A household that holds such a place, or that the old safety net covers, cannot hold
  /// another, of any programme.
  virtual bool tops_up() const { return false; }
  /// Chosen once on entry and kept with the enrolment, as Recipient::detail and own_land (a plot's crop and land).
  virtual void choose(const World&, std::span<Recipient>) const {}
  virtual bool keeps_detail() const { return false; }
  /// Changes of state on entry, in every year held (entry included; all recipients at once), and on leaving.
  virtual void enter(World&, const Recipient&) const {}
  virtual void hold(World&, std::span<const Recipient>) const {}
  virtual void leave(World&, const Recipient&) const {}
  /// Probability to leave in a year, in addition to the programme's own drop-out (the return of movers).
  virtual double leaving_probability() const { return 0; }
};

/// What a verb needs to construct an effect.
struct EffectContext {
  const Settings& programme;
  std::string path;  ///< "effect.post"
  std::string luck;  ///< "programme.forest_rangers.effect.post"
  const PriceIndices& indices;
  const Region& region;
  const RuleScope& scope;  ///< of the programme's unit, for rules inside effects
  Binder& binder;
  bool unit_is_person;
  std::vector<Problem>& problems;

  /// The index that the effect's amounts follow.
  PriceIndex index() const { return indices.of(programme, path + ".index", problems); }
};
/// The key that names it.
Field index_field();
/// " at the prices of 2016"; nothing where amounts follow no index.
Message at_prices_of(const PriceIndex& index);

/// A verb that programmes may use.
struct Verb {
  std::string name;
  std::function<std::vector<Field>()> fields;
  std::function<std::unique_ptr<Effect>(const EffectContext&)> make;
  /// Declares the columns that it adds, in scenarios in which a programme uses it.
  std::function<void(StateSchema&)> declare = {};
};
using Verbs = std::vector<Verb>;

const Verbs& shipped_verbs();
/// Fields of each verb for the field table.
std::map<std::string, std::vector<Field>> fields_of(const Verbs& verbs);
std::unique_ptr<Effect> make_effect(const Verbs& verbs, const EffectContext& context);

/// The tables that a rule of a programme may read.
RuleScope rule_scope(bool unit_is_person, const StateSchema& schema);
RuleData rule_data(const World& world, bool unit_is_person);

// Fields and maker of each verb.
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
