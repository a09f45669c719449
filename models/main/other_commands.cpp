// check, schema, explain, synthesize, summary, hash: the commands that simulate nothing.
#include <fmt/format.h>

#include <fstream>
#include <memory>

#include "engine/files/study.hpp"
#include "models/catalogue.hpp"
#include "models/fields.hpp"
#include "models/main/options.hpp"
#include "models/main/population_store.hpp"
#include "models/main/summary.hpp"
#include "models/main/terminal.hpp"
#include "models/scenario.hpp"

namespace tuopin {

namespace {

std::vector<Scenario> load_checked(const std::vector<std::filesystem::path>& paths) {
  std::vector<Problem> problems;
  std::vector<Scenario> scenarios;
  for (const auto& path : paths) scenarios.push_back(load_scenario(path, problems));
  if (!problems.empty()) refuse(std::move(problems));
  return scenarios;
}

/// `; did you mean "county"?` for a fund whose name is close to a defined one.
std::string fund_hint(const Scenario& scenario, const std::string& fund) {
  const std::string near = did_you_mean(fund, scenario.settings.tables("funds"));
  return near.empty() ? "" : "; " + near;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

void explain_programme(const Settings& p, const std::string& language) {
  const bool zh = language == "zh";
  fmt::print("\n{}  ({})\n", p.translated("title").in(language), p.stem());
  const auto line = [](const char* label, const std::string& text) { fmt::print("  {:<12} {}\n", label, text); };
  line(zh ? "对象" : "for", p.text("unit") + " · " + p.text("eligible"));
  line(zh ? "排序" : "ranked by", p.text("score.expression"));
  if (p.has("capacity.by_year")) {
    std::string years;
    for (const auto& [year, value] : p.series("capacity.by_year").values)
      years += fmt::format("{}: {:.0f}  ", year, value);
    line(zh ? "名额" : "places", years + p.text("capacity.unit"));
  } else {
    line(zh ? "名额" : "places", zh ? "符合条件者均可" : "everyone who is eligible");
  }
  for (const std::string& effect : p.tables("effect"))
    line(zh ? "作用" : "does", effect + ": " + p.text("effect." + effect + ".verb"));
  std::string shares;
  for (const auto& [fund, share] : p.shares("cost.funding")) shares += fmt::format("{} {:.0f}%  ", fund, 100 * share);
  line(zh ? "资金" : "paid by", shares);
  line(zh ? "证据" : "evidence", p.text("evidence.grade") + " · " + p.text("evidence.source"));
  p.for_each_quantity([&](const Quantity& q) {
    if (q.shape == Shape::fixed) return;
    fmt::print("  {:<44} {:>12g} {:<14} [{:g}, {:g}]  {}\n", q.name, q.value, q.unit, q.low, q.high,
               q.status == Status::assumption ? (zh ? "假设" : "assumption") : q.source);
  });
}

}  // namespace

int check_command(const Options& o) {
  for (const Scenario& scenario : load_checked(o.scenarios)) {
    const InputCount count = count_inputs(scenario);
    std::vector<Problem> problems;
    synthesis_input(*scenario.region, problems);
    if (!problems.empty()) throw DataError(problems);
    fmt::print("{}: valid; {} programmes; {} numbers, of which {} published, {} derived, {} assumed\n", scenario.name,
               scenario.programmes.size(), count.total(), count.published, count.derived, count.assumption);
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

int explain_command(const Options& o) {
  const bool zh = o.language == "zh";
  for (const Scenario& scenario : load_checked(o.scenarios)) {
    fmt::print("{}\n{}\n\n", scenario.title.in(o.language), std::string(60, '='));
    const Model model(scenario, *scenario.region, Calibration{0.7, 5000, 0.4}, DrawAddress{});
    int step = 0;
    for (const Description& d : model.descriptions()) {
      fmt::print("{:>2}. {}\n    {}\n", ++step, d.name, zh ? d.meaning_zh : d.meaning);
      fmt::print("    {} {}\n    {} {}\n", zh ? "读取:" : "reads: ", joined(d.reads),
                 zh ? "写入:" : "writes:", joined(d.writes));
      if (!d.luck.empty()) fmt::print("    {} {}\n", zh ? "随机:" : "luck:  ", joined(d.luck));
    }
    for (const Settings& programme : scenario.programmes) explain_programme(programme, o.language);
    fmt::print("\n");
  }
  return 0;
}

int synthesize_command(const Options& o) {
  const InterruptGuard interrupt;
  for (const Scenario& scenario : load_checked(o.scenarios)) {
    const int count =
        o.populations > 0 ? o.populations : static_cast<int>(scenario.region->settings.integer("populations"));
    PopulationRequest request{scenario.region.get(), count, o.threads > 0 ? o.threads : available_threads(), false};
    // The report belongs to the making, so a cached population does not answer this command.
    const PopulationSet set = provide_populations(request, progress_sink(o.progress, o.language), interrupt.flag());
    std::string text;
    for (const SynthesisReport& report : set.reports) text += report.markdown() + "\n";
    if (o.output.empty()) {
      fmt::print("{}", text);
    } else {
      std::ofstream out(o.output);
      out << text;
      if (!out.flush()) throw OutputError("cannot write " + o.output.string());
      fmt::print("{}\n", o.output.string());
    }
  }
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
