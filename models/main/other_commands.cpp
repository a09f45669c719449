// check, schema, synthesize, summary, hash: the commands that simulate nothing.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "engine/files/study.hpp"
#include "engine/files/whole_file.hpp"
#include "models/catalogue.hpp"
#include "models/fields.hpp"
#include "models/main/options.hpp"
#include "models/main/population_store.hpp"
#include "models/main/summary.hpp"
#include "models/main/terminal.hpp"
#include "models/population/margin_names.hpp"
#include "models/scenario.hpp"

namespace tuopin {

namespace {

/// `; did you mean "county"?` for a fund whose name is close to a defined one.
std::string fund_hint(const Scenario& scenario, const std::string& fund) {
  const std::string near = did_you_mean(fund, scenario.settings.tables("funds"));
  return near.empty() ? "" : "; " + near;
}

/// Up to this many persons, which takes about two seconds, `check` makes the central population as a run would.
constexpr double tried_persons = 5e6;  // definition: a limit of patience

/// Makes the population of central margins, which throws where they are missing or contradict each other.
std::string population_in_words(const Region& region) {
  std::vector<Problem> problems;
  const SynthesisInput input = synthesis_input(region, problems);
  if (!problems.empty()) throw DataError(problems);
  const Margin* persons = input.margins.find(margin::persons, region.whole.id);
  if (persons && persons->value > tried_persons)
    return fmt::format("population: {:.0f} persons, not tried here; tuopin synthesize tells whether margins fit",
                       persons->value);
  SynthesisReport report;
  const Population population = synthesize(input, 0, report);
  std::string text =
      fmt::format("population: {} persons in {} households meet the margins (largest relative error {:.1e})",
                  population.persons.rows(), population.households.rows(), report.largest_error());
  for (const std::string& note : report.notes) text += "\n  population: " + note;
  return text;
}

}  // namespace

int check_command(const Options& o) {
  std::vector<std::string> tried;
  for (const Scenario& scenario : load_checked(o.scenarios)) {
    const InputCount count = count_inputs(scenario);
    const std::string& region = scenario.region->settings.path().string();
    const bool again = std::find(tried.begin(), tried.end(), region) != tried.end();
    const std::string population = again ? "" : population_in_words(*scenario.region);
    tried.push_back(region);
    fmt::print("{}: valid; {} programmes; {} numbers, of which {} published, {} derived, {} assumed\n", scenario.name,
               scenario.programmes.size(), count.total(), count.published, count.derived, count.assumption);
    if (!again) fmt::print("  {}\n", population);
    const Settings* settings = &scenario.settings;
    const std::vector<Settings>* programmes = &scenario.programmes;
    const AccountNames accounts = account_names({&settings, 1}, {&programmes, 1});
    for (std::size_t f = 1; f < accounts.funds.size(); ++f)  // the safety net's own source comes first
      if (accounts.unlimited[f])
        fmt::print("  fund \"{}\" is limited by no [funds.{}]: it pays whatever is asked{}\n", accounts.funds[f],
                   accounts.funds[f], fund_hint(scenario, accounts.funds[f]));
  }
  return 0;
}

int schema_command(const Options& o) {
  const FileKind& kind = o.kind == "programme" ? programme_file()
                         : o.kind == "region"  ? region_file()
                                               : scenario_file();
  fmt::print("{}\n", o.markdown ? reference_page(kind) : json_schema(kind));
  return 0;
}

int synthesize_command(const Options& o) {
  const InterruptGuard interrupt;
  std::unique_ptr<OutputClaim> claim;
  if (!o.output.empty()) claim = std::make_unique<OutputClaim>(o.output, o.force);
  std::string text;
  for (const Scenario& scenario : load_checked(o.scenarios)) {
    const int count =
        o.populations > 0 ? o.populations : static_cast<int>(scenario.region->settings.integer("populations"));
    PopulationRequest request{scenario.region.get(), count, o.threads > 0 ? o.threads : available_threads(), false};
    // The report belongs to the making, so a cached population does not answer this command.
    const PopulationSet set = provide_populations(request, progress_sink(o.progress, o.language), interrupt.flag());
    for (const SynthesisReport& report : set.reports) text += report.markdown() + "\n";
  }
  if (!claim) {
    fmt::print("{}", text);
    return 0;
  }
  write_whole_file(o.output, text.data(), text.size());
  fmt::print("{}\n", o.output.string());
  return 0;
}

int summary_command(const Options& o) {
  print_summary(read_study(o.file), o.language);
  return 0;
}

int hash_command(const Options& o) {
  fmt::print("{}", hash_text(read_study(o.file)));
  return 0;
}

}  // namespace tuopin
