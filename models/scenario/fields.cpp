#include "models/scenario/fields.hpp"

namespace tuopin {

namespace {

using enum FieldKind;

constexpr double huge = 1e300;

/// A number without a default is required.
Field number_of(std::string key, std::string unit, Message meaning, double lower, double upper,
                std::string default_text = "") {
  const bool required = default_text.empty();
  return {std::move(key),          number, std::move(meaning), std::move(unit), lower, upper, required,
          std::move(default_text), {}};
}

Field year_of(std::string key, Message meaning, bool required) {
  return {std::move(key), integer, std::move(meaning), "year", 1900, 2200, required, "", {}};
}

Field quantity_of(std::string key, std::string unit, Message meaning, double lower, double upper,
                  bool required = true) {
  return {std::move(key), quantity, std::move(meaning), std::move(unit), lower, upper, required, "", {}};
}

Field of(std::string key, FieldKind kind, Message meaning, bool required = false, std::string default_text = "",
         std::vector<std::string> choices = {}) {
  return {std::move(key),    kind, std::move(meaning), "", -huge, huge, required, std::move(default_text),
          std::move(choices)};
}

Field series_of(std::string key, FieldKind kind, std::string unit, Message meaning, bool required) {
  constexpr double most = 1e12;  // definition: yuan or places of a year; more is a slip, and would not add up
  return {std::move(key), kind, std::move(meaning), std::move(unit), 0, most, required, "", {}};
}

/// A choice that gives the unit of the numbers by year in the same table.
Field counted_in(std::string key, Message meaning, std::vector<std::string> choices) {
  Field field = of(std::move(key), choice, std::move(meaning), true, "", std::move(choices));
  field.counts = true;
  return field;
}

/// A flag that may be given instead of another key of its table.
Field in_place_of(std::string key, Field field) {
  field.instead_of = std::move(key);
  return field;
}

/// A field that changes no result, hash or study.
Field for_readers(Field field) {
  field.for_readers = true;
  return field;
}

/// The switch `off`, which requires a reason.
Field off() {
  return of("off", flag, msgid("leaves this part out; the study is stamped with `reason`"), false, "false");
}
Field reason() { return of("reason", text, msgid("why this part is left out")); }

/// Sections on the scenario itself and on incomes without programmes.
std::vector<Section> scenario_and_incomes() {
  return {
      {"",
       msgid("What the scenario is and what it is made of."),
       true,
       {of("title", translated, msgid("name shown in tables and charts"), true),
        of("description", translated, msgid("one or two sentences for readers")),
        of("extends", text, msgid("scenario file that this one changes")),
        of("region", file, msgid("region file: people, places, lines, crops, targets"), true),
        of("programmes", names,
           msgid("programme files in the folder programmes/, in the order in which they are served"), false, "[]")},
       "",
       {}},
      {"growth",
       msgid(
           "Mean market income without the plan. Where both `nominal` and `mean_income` stand, the observed means are "
           "used."),
       true,
       {quantity_of("nominal", "share/year", msgid("growth of mean nominal market income"), -0.5, 1, false),
        series_of("mean_income", level, "yuan/year", msgid("observed mean income per head (a hindcast)"), false),
        of("contains_plan", flag, msgid("the given means already contain the effect of the plan"), false, "false"),
        quantity_of("trend", "share/year",
                    msgid("yearly growth that carries mean_income on after its last entry; zero when absent"), -0.5, 1,
                    false)},
       "",
       {}},
      {"income",
       msgid("Log income: permanent, persistent (AR(1)) and white parts; shares of its cross-section variance."),
       true,
       {number_of("permanent_share", "share", msgid("permanent part of the variance"), 0, 1),
        number_of("persistent_share", "share", msgid("stationary AR(1) part of the variance"), 0, 1),
        number_of("autocorrelation", "1", msgid("yearly autocorrelation of the AR(1) part"), -0.99, 0.99),
        number_of("measurement_share", "share", msgid("share of the white part that is measurement error, not income"),
                  0, 1),
        of("streams", flag, msgid("white noise by stream (wage, business, property, transfer); false: one stream"),
           false, "true")},
       "",
       {}},
      {"shocks",
       msgid("Common shocks to log income, mean one."),
       true,
       {off(), reason(),
        number_of("prefecture_sd", "log", msgid("standard deviation of the prefecture's shock"), 0, 1, "0.0"),
        number_of("county_sd", "log", msgid("standard deviation of a county's shock"), 0, 1, "0.0"),
        number_of("village_sd", "log", msgid("standard deviation of a village's shock"), 0, 1, "0.0")},
       "",
       {}},
      {"lines",
       msgid("Lines that this scenario has in place of the region's, from the first year that is given on. The "
             "statistical line, which measures poverty, is the region's in every scenario."),
       false,
       {series_of("administrative", level, "yuan/year", msgid("line that the register uses, for entry and for exit"),
                  false),
        series_of("allowance", level, "yuan/year", msgid("line to which the old safety net tops up"), false)},
       "",
       {}},
  };
}

/// Sections on labour, land and prices.
std::vector<Section> labour_land_and_prices() {
  return {
      {"labour",
       msgid("Labour days."),
       true,
       {number_of("days_per_worker", "days/year", msgid("days of an able worker"), 1, 366),
        quantity_of("partial_ability", "share",
                    msgid("days of a worker of partial ability, as a share of a full worker's; left out: one"), 0, 1,
                    false),
        number_of("displacement", "share",
                  msgid("other work income lost when all labour days of a household are taken by programmes"), 0, 1)},
       "",
       {}},
      {"land",
       msgid("What own arable land yields under grain; a household forgoes it where a plot of a programme stands."),
       false,
       {quantity_of("grain_income", "yuan/mu/year",
                    msgid("cash income of grain: gross value less cash cost, own labour and land not counted"), 0, 1e5),
        quantity_of("grain_days", "days/mu/year", msgid("labour days of grain, free for other work again"), 0, 366),
        of("index", text, msgid("price index that the cash income of grain follows"))},
       "",
       {}},
      {"index.*",
       msgid("A price index: amounts that name it stand at the prices of its base year and follow it."),
       false,
       {year_of("base_year", msgid("year in which the amounts are stated"), true),
        quantity_of("growth", "share/year", msgid("growth of the index"), -0.5, 1)},
       "",
       {}},
  };
}

/// Sections on the old safety net, guarantees, the register and money.
std::vector<Section> net_register_and_funds() {
  return {
      {"safety_net",
       msgid("The old safety net: tops up assessed income towards the allowance line."),
       true,
       {off(), reason(),
        number_of("coverage", "share", msgid("probability that a household is on its list, for good"), 0, 1, "0.0"),
        number_of("adequacy", "share", msgid("share of the gap to the allowance line that is paid"), 0, 1, "0.0"),
        number_of("applies_below", "multiple of the line", msgid("listed households assessed below this are topped up"),
                  0, 10, "1.0"),
        number_of("assessment_sd", "log", msgid("error of its own assessment, beside that of measured income"), 0, 3,
                  "0.0")},
       "",
       {}},
      {"guarantees",
       msgid("Housing, water, schooling, medical care: share of the unmet repaired a year without programmes."),
       true,
       {off(), reason(), number_of("housing_repair", "share/year", msgid("unsafe houses repaired"), 0, 1, "0.0"),
        number_of("water_repair", "share/year", msgid("unsafe water repaired"), 0, 1, "0.0"),
        number_of("schooling_repair", "share/year", msgid("unmet schooling repaired"), 0, 1, "0.0"),
        number_of("medical_repair", "share/year", msgid("unmet medical care repaired"), 0, 1, "0.0")},
       "",
       {}},
      {"measurement",
       msgid("Measured income: ln ŷ = (1−λ) ln y + λ ln ȳ + bias + error."),
       true,
       {number_of("mean_reversion", "1", msgid("λ: how far measured income is drawn to the mean"), 0, 1),
        number_of("bias", "log", msgid("bias of the measurement"), -1, 1, "0.0")},
       "",
       {}},
      {"register",
       msgid("The register beside the truth (建档立卡)."),
       true,
       {of("line", choice, msgid("line of the yearly review"), false, "\"administrative\"",
           {"statistical", "administrative"}),
        quantity_of("persons", "persons",
                    msgid("size at the end of the base year; default: the region's registered_poor"), 0, 1e9, false),
        of("entry_line", choice, msgid("line below which households enter; left out: as `line`"), false, "",
           {"statistical", "administrative"}),
        of("exit_only", flag, msgid("nobody enters after the base year"), false, "false"),
        number_of("detection", "share/year", msgid("probability that a household measured as poor enters"), 0, 1,
                  "0.0"),
        year_of("look_back_year",
                msgid("year in which the register is looked through again, and more of the poor outside it enter"),
                false),
        quantity_of("look_back_detection", "share/year", msgid("detection in that year"), 0, 1, false),
        number_of("margin", "share", msgid("exit asks for measured income of line × (1 + margin)"), 0, 2, "0.0")},
       "",
       {}},
      {"funds.*",
       msgid(
           "A source of money. A fund that a programme names and no file defines is unlimited and warned about; a name "
           "near "
           "a defined one is refused."),
       false,
       {of("title", translated, msgid("name of the source")),
        series_of("by_year", flow, "yuan/year", msgid("money of the year"), true),
        in_place_of("by_year", of("unlimited", flag, msgid("true: the fund is meant to be without limit"))),
        of("carry_over", flag, msgid("unspent money is kept for the next year"), false, "false")},
       "",
       {}},
  };
}

FileKind make_scenario(std::vector<Section> more) {
  FileKind kind{"scenario", msgid("A world to be simulated: growth, income dynamics, register, programmes."),
                scenario_and_incomes()};
  for (Section& section : labour_land_and_prices()) kind.sections.push_back(std::move(section));
  for (Section& section : net_register_and_funds()) kind.sections.push_back(std::move(section));
  for (Section& section : more) kind.sections.push_back(std::move(section));
  return kind;
}

/// The places of a programme.
Section capacity() {
  return {"capacity",
          msgid("How many may enter a year: by_year, or all = true."),
          true,
          {counted_in("unit", msgid("what is counted, or an exact multiple such as 万人"),
                      {"persons", "households", "posts"}),
           of("by", choice, msgid("level at which the number is shared out"), false, "\"prefecture\"",
              {"prefecture", "county"}),
           of("key", choice, msgid("published key by which counties share"), false, "\"registered_persons\"",
              {"registered_persons", "population", "forest_mu", "hazard_persons", "even"}),
           series_of("by_year", flow, "", msgid("entries of the year"), false),
           in_place_of("by_year", of("all", flag, msgid("everyone who is eligible and takes it up"), false, "false"))},
          "",
          {}};
}

FileKind make_programme(std::map<std::string, std::vector<Field>> verbs) {
  FileKind kind{
      "programme", msgid("A policy as data: who, how many, what, how long, at what cost, on what evidence."), {}};
  const Field evidence_grade = of("grade", choice, msgid("strength of the evidence"), true, "", {"A", "B", "C", "D"});
  kind.sections = {
      {"",
       msgid("Identity and reach."),
       true,
       {of("title", translated, msgid("name shown in tables"), true),
        of("description", translated, msgid("what it does, in words")),
        of("extends", text, msgid("programme file that this one changes")),
        of("batch", choice, msgid("batch of the plan that it belongs to"), false, "\"other\"", batch_names()),
        of("window", window, msgid("first and last year of entry, within the simulated years"), true),
        of("unit", choice, msgid("who is enrolled"), true, "", {"household", "person"}),
        of("eligible", rule, msgid("who may be enrolled"), true),
        of("luck", text, msgid("name that addresses its luck, when the file was renamed"))},
       "",
       {}},
      {"evidence",
       msgid("Where the design comes from."),
       true,
       {evidence_grade, of("source", text, msgid("document, study or table"), true),
        of("note", text, msgid("remarks"))},
       "",
       {}},
      {"score",
       msgid("Who comes first (highest score), and how wrong the ranking is."),
       true,
       {of("expression", rule, msgid("score; ties break by luck"), true),
        number_of("noise_sd", "standard deviations",
                  msgid("targeting error, in standard deviations of the score among claims"), 0, 10),
        number_of("exclusion", "probability", msgid("an eligible unit is never reached"), 0, 1, "0.0"),
        of("exclusion_by", rule, msgid("multiplies the probability of exclusion"), false, "\"1\""),
        number_of("capture", "probability", msgid("a claim jumps the queue"), 0, 1, "0.0")},
       "",
       {}},
      capacity(),
      {"take_up",
       msgid("Do those who are offered a place accept?"),
       false,
       {number_of("probability", "probability", msgid("a chosen unit accepts"), 0, 1, "1.0")},
       "",
       {}},
      {"effect.*", msgid("What it does: one or more verbs."), true, {}, "verb", std::move(verbs)},
      {"duration",
       msgid("How long it lasts."),
       true,
       {{"years", integer, msgid("years from entry; at most the horizon counts"), "years", 1, 100, true, "", {}},
        number_of("dropout", "share/year", msgid("enrolled units that leave before the end"), 0, 1, "0.0")},
       "",
       {}},
      {"cost",
       msgid("Money beyond what reaches the household as income; payments draw on the same funds by themselves."),
       true,
       {quantity_of("once", "yuan", msgid("per capacity unit on entry"), 0, 1e7, false),
        quantity_of("per_year", "yuan/year", msgid("per capacity unit and year"), 0, 1e7, false),
        number_of("admin_share", "share", msgid("administration on top of all spending"), 0, 1, "0.0"),
        of("funding", shares, msgid("shares by fund"), true),
        of("index", text, msgid("price index of the scenario that `once` and `per_year` follow"))},
       "",
       {}},
      {"budget",
       msgid("The programme's envelope; without it the funds alone set the limit."),
       false,
       {series_of("by_year", flow, "yuan/year", msgid("at most this in a year"), false)},
       "",
       {}},
  };
  return kind;
}

FileKind make_region(const std::vector<TableKind>& tables) {
  FileKind kind{"region", msgid("People, places, lines, crops and targets of a region; all lists are CSV files."), {}};
  kind.sections = {
      {"",
       msgid("The region."),
       true,
       {of("title", translated, msgid("name of the region"), true),
        of("description", translated, msgid("remarks")),
        of("extends", text, msgid("region file that this one changes")),
        {"synthesis_seed", integer, msgid("seed of the synthetic population"), "1", 0, 9e18, true, "", {}},
        {"populations", integer, msgid("number of synthetic populations"), "1", 1, 1000, true, "", {}},
        year_of("base_year", msgid("year of the incomes and of the first register"), true),
        year_of("last_year", msgid("last year that can be simulated: data reach it"), true),
        year_of("default_last_year", msgid("last year of a run that names none; left out: last_year"), false),
        of("groups", names,
           msgid("groups of persons, at most three, each with a margin of its name (share of persons); the rest is "
                 "other. "
                 "No rule can read them"))},
       "",
       {}},
      {"files",
       msgid("Tables, as CSV."),
       true,
       {of("counties", file, msgid("the region's places"), true),
        of("margins", file, msgid("totals that the synthesis meets"), true),
        of("lines", file, msgid("poverty lines and income means by year"), true),
        of("crops", file, msgid("crops that plots carry"), false),
        of("crop_shares", file, msgid("crops by county"), false),
        of("targets", file, msgid("targets of the plan"), false),
        of("observations", file, msgid("what was published later; shown, never used"), false)},
       "",
       {}},
      {"margin.*",
       msgid("A margin that this file sets for the whole region, in place of its row in the table."),
       false,
       {{"value", quantity, msgid("the margin"), "", -huge, huge, true, "", {}},
        of("counties", choice, msgid("rows by county keep their proportions and are scaled to the new figure"), false,
           "", {"in proportion"}),
        of("note", text, msgid("why"))},
       "",
       {}},
      {"office.*",
       msgid("An office, and the numbers of this region and its scenarios that it would know. For readers only."),
       false,
       {for_readers(of("title", translated, msgid("name of the office"), true)),
        for_readers(of("knows", names,
                       msgid("beginnings of names: `growth`, `crop`, `margin.mean_income`, `line.statistical`, a "
                             "programme; the longest that fits counts, and an `office` beside a number goes before it"),
                       true))},
       "",
       {}},
  };
  for (const TableKind& table : tables)
    kind.sections[1].fields.push_back(of(table.name, file, in_words(table.meaning)));
  return kind;
}

}  // namespace

const std::vector<std::string>& batch_names() {
  static const std::vector<std::string> names = {"production", "relocation",        "ecology",
                                                 "education",  "social_protection", "other"};
  return names;
}

FileKinds file_kinds(FileAdditions additions) {
  FileKind region = make_region(additions.tables);
  return {make_scenario(std::move(additions.sections)),
          make_programme(std::move(additions.verbs)),
          {std::move(region), std::move(additions.tables), std::move(additions.measures)}};
}

}  // namespace tuopin
