// Saving and loading a trajectory. Households, persons, programmes and funds are identified by id or name, so that the
// order of rows, the shards and the numbering of accounts may differ when it is loaded. Values that every year computes
// before it reads them (lines, village levels, the mean path) are not saved.
#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "engine/base/ids.hpp"
#include "models/run/code_identity.hpp"
#include "models/run/population_digest.hpp"
#include "models/run/saved_worlds.hpp"
#include "models/run/trajectory.hpp"
#include "models/run/trajectory_frame.hpp"

namespace tuopin {

namespace {

static_assert(PlainBytes<Counts> && PlainBytes<WideCounts> && PlainBytes<ProgrammeTally>,
              "results of a year are kept as they stand");

[[noreturn]] void refuse_saved(Message what, Message hint = "") {
  throw DataError({Problem{{}, "", message("saved trajectory: {}", what), std::move(hint)}});
}

/// Description of the layout, which must be the same when loading: names and types of all columns, sizes of the sums.
std::string schema_of(const Worlds& worlds) {
  std::string schema = fmt::format("{} {} {}", sizeof(Counts), sizeof(WideCounts), sizeof(ProgrammeTally));
  const StateSchema& columns = *worlds.by_shard.front().schema;
  for (std::size_t level = 0; level < columns.levels(); ++level)
    for (const ColumnSpec& spec : columns.specs(level))
      schema += fmt::format(" {}.{}:{}", columns.level_name(level), spec.name, to_text(spec.type));
  return schema;
}

void save_treasury(const Treasury& treasury, BytePacker& to) {
  const AccountNames& names = treasury.names();
  to.put(std::uint64_t{names.funds.size()});
  for (std::size_t fund = 0; fund < names.funds.size(); ++fund) {
    to.put_text(names.funds[fund]);
    to.put(treasury.left()[fund]);
  }
  std::uint64_t postings = 0;
  treasury.ledger().for_each([&](auto&&...) { ++postings; });
  to.put(postings);
  treasury.ledger().for_each(
      [&](int year, std::size_t place, std::size_t programme, std::size_t fund, Purpose purpose, std::int64_t fen) {
        to.put(year);
        to.put(std::uint64_t{place});
        to.put_text(names.programmes[programme]);
        to.put_text(names.funds[fund]);
        to.put(purpose);
        to.put(fen);
      });
}

std::size_t account_of(const std::vector<std::string>& names, const std::string& name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end())
    refuse_saved(message("holds money of {}, an account that was not prepared", name),
                 message("prepare the scenario first"));
  return static_cast<std::size_t>(found - names.begin());
}

void load_treasury(ByteUnpacker& from, std::uint32_t counties, Treasury& treasury) {
  const AccountNames& names = treasury.names();
  std::vector<std::int64_t> left(names.funds.size(), 0);
  for (auto funds = from.take<std::uint64_t>(); funds > 0; --funds) {
    const std::string name = from.take_text();
    const auto fen = from.take<std::int64_t>();
    if (fen < 0) refuse_saved(message("holds less than nothing in the fund {}", name));
    if (fen > 0) left[account_of(names.funds, name)] = fen;  // empty funds may belong to other scenarios of the run
  }
  Ledger ledger;
  for (auto postings = from.take<std::uint64_t>(); postings > 0; --postings) {
    const auto year = from.take<int>();
    const auto place = from.take<std::uint64_t>();
    const std::size_t programme = account_of(names.programmes, from.take_text());
    const std::size_t fund = account_of(names.funds, from.take_text());
    const auto purpose = from.take<Purpose>();
    const auto fen = from.take<std::int64_t>();
    if ((place >= counties && place != everywhere) || static_cast<std::size_t>(purpose) >= ledger_purposes.size() ||
        fen < 0)
      refuse_saved(message("holds a posting that no ledger has"));
    if (fen > std::numeric_limits<std::int64_t>::max() / 1024)
      refuse_saved(message("holds more money than a region has"));
    ledger.post(year, place, programme, fund, purpose, fen);
  }
  treasury.restore(left, std::move(ledger));
}

void put(const DeclaredSums& declared, BytePacker& to) {
  to.put(std::uint64_t{declared.rows().size()});
  for (const SumRow& row : declared.rows()) {
    to.put_text(row.name);
    to.put_text(row.unit);
  }
}

std::shared_ptr<const DeclaredSums> take_declared(ByteUnpacker& from) {
  auto declared = std::make_shared<DeclaredSums>();
  for (auto sums = from.take<std::uint64_t>(); sums > 0; --sums) {
    std::string name = from.take_text(), unit = from.take_text();
    if (declared->find(name)) refuse_saved(message("holds a sum twice"));
    declared->declare({std::move(name), std::move(unit)});
  }
  return declared;
}

/// What a trajectory belongs to (build, scenario, draw, region, population), and how many years it has.
struct Identity {
  std::string version = TUOPIN_VERSION, code = code_identity(), schema, region, scenario;
  std::uint64_t region_digest = 0, population_digest = 0;
  std::vector<std::uint64_t> digests;
};

void put(const Identity& identity, BytePacker& to) {
  for (const std::string* text :
       {&identity.version, &identity.code, &identity.schema, &identity.region, &identity.scenario})
    to.put_text(*text);
  to.put(identity.region_digest);
  to.put(identity.population_digest);
  to.put_all(std::span<const std::uint64_t>(identity.digests));
}

/// Reads the identity; of a file of another build only the version is read.
Identity take_identity(ByteUnpacker& from) {
  Identity saved;
  const Identity own;
  saved.version = from.take_text();
  saved.code = from.take_text();
  if (saved.version != own.version || saved.code != own.code)
    refuse_saved(
        message("is of another build of tuopin: version {}, code {}, where this is version {}, code {}", saved.version,
                fmt::format("{:.12}", saved.code), own.version, fmt::format("{:.12}", own.code)),
        message("another build may compute otherwise: simulate the years again"));
  for (std::string* text : {&saved.schema, &saved.region, &saved.scenario}) *text = from.take_text();
  saved.region_digest = from.take<std::uint64_t>();
  saved.population_digest = from.take<std::uint64_t>();
  saved.digests = from.take_all<std::uint64_t>();
  return saved;
}

Identity identity_of(const Context& context, const Course& course, const std::string& schema) {
  Identity identity;
  identity.schema = schema;
  identity.region = context.region().whole.id;
  identity.region_digest = hash64(context.region().contents);
  identity.scenario = course.scenario->name;
  identity.digests = course.digests.by_year;
  return identity;
}

DrawAddress take_address(ByteUnpacker& from) {
  DrawAddress address;
  address.seed = from.take<std::uint64_t>();
  address.draw = from.take<std::uint32_t>();
  address.central = from.take<std::uint8_t>() != 0;
  return address;
}

void check(const Identity& saved, const Identity& own, const YearDigests& digests) {
  if (saved.region != own.region)
    refuse_saved(message("is of the region {}, and this is {}", saved.region, own.region));
  if (saved.region_digest != own.region_digest)
    refuse_saved(message("is of the region {} as it was: its files have changed since", saved.region));
  if (saved.digests == own.digests) return;
  const int differ = first_difference(YearDigests{digests.base_year, saved.digests}, digests);
  refuse_saved(
      saved.scenario == own.scenario
          ? message("is of the scenario {} as it was: from {} on it has changed since", saved.scenario, differ)
          : message("is of the scenario {}, which differs from {} from {} on", saved.scenario, own.scenario, differ),
      message("load it with its own scenario"));
}

}  // namespace

void Trajectory::save(ByteWriter& to) const {
  BytePacker contents;
  Identity identity = identity_of(*context_, course_, schema_of(*worlds_));
  identity.population_digest = digest_of(*sharded_);
  put(identity, contents);
  contents.put(draw_->address.seed);
  contents.put(draw_->address.draw);
  contents.put(std::uint8_t{draw_->address.central});
  contents.put(replicate_);
  contents.put(std::uint64_t{results_.size()});
  save_worlds(*worlds_, model_->programmes(), poor_ ? poor_->shards : FlagsByShard{}, contents);
  for (const auto& result : results_) {
    for (const PlaceSums& place : result->places) {
      contents.put(static_cast<const Counts&>(place));
      contents.put(static_cast<const WideCounts&>(place));
      contents.put_all(std::span<const std::int64_t>(place.own));
    }
    put(*result->declared, contents);
    for (const auto& tallies : result->programmes) contents.put_all(std::span<const ProgrammeTally>(tallies));
  }
  save_treasury(*treasury_, contents);
  write_framed(contents.bytes(), to);
}

Trajectory::Saved Trajectory::saved_as(ByteReader& reader) {
  const std::string contents = read_framed(reader);
  ByteUnpacker from(contents);
  const Identity saved = take_identity(from);
  return {saved.scenario, take_address(from)};
}

Trajectory Trajectory::load(const Context& context, Course course, ByteReader& reader) {
  const std::string contents = read_framed(reader);
  ByteUnpacker from(contents);
  const Identity saved = take_identity(from);
  const DrawAddress address = take_address(from);
  const auto replicate = from.take<std::uint64_t>(), years = from.take<std::uint64_t>();
  check(saved, identity_of(context, course, saved.schema), course.digests);
  if (years > course.digests.by_year.size()) refuse_saved(message("has more years than its region"));
  Trajectory loaded(context, std::move(course), context.draw(address), replicate);
  if (schema_of(*loaded.worlds_) != saved.schema)
    refuse_saved(message("is of another build of tuopin: its columns are others"));
  if (saved.population_digest != digest_of(*loaded.sharded_))
    refuse_saved(
        message("is of another population: other people live in this one, or the share that is simulated is another"));
  loaded.take(from, years);
  if (from.left() > 0) refuse_saved(message("holds more than a trajectory"));
  return loaded;
}

void Trajectory::take(ByteUnpacker& from, std::uint64_t years) {
  const auto& programmes = model_->programmes();
  FlagsByShard flags = load_worlds(from, programmes, *worlds_);
  if (flags.empty() != (years == 0)) refuse_saved(message("does not say who was poor in its last year"));
  for (std::uint64_t year = 0; year < years; ++year) {
    YearResult result;
    result.places.resize(sharded_->counties());
    for (PlaceSums& place : result.places) {
      static_cast<Counts&>(place) = from.take<Counts>();
      static_cast<WideCounts&>(place) = from.take<WideCounts>();
      place.own = from.take_all<std::int64_t>();
    }
    result.declared = take_declared(from);
    for (std::size_t p = 0; p < programmes.size(); ++p) result.programmes.push_back(from.take_all<ProgrammeTally>());
    const auto is_short = [&](const auto& by_county) { return by_county.size() != sharded_->counties(); };
    if (std::any_of(result.programmes.begin(), result.programmes.end(), is_short))
      refuse_saved(message("holds results of another number of counties"));
    results_.push_back(std::make_shared<const YearResult>(with_sums_of(std::move(result), model_->declared())));
  }
  load_treasury(from, sharded_->counties(), *treasury_);
  if (years == 0) return;
  auto poor = std::make_shared<PoorFlags>(*sharded_);
  poor->shards = std::move(flags);
  poor_ = std::move(poor);
  for (World& world : worlds_->by_shard) world.begin_year(year(), model_->lines(year()), model_->lines(year() - 1));
}

}  // namespace tuopin
