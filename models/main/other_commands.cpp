// schema, synthesize, hash: the commands that simulate nothing.
#include <memory>

#include "engine/files/whole_file.hpp"
#include "engine/study/output_place.hpp"
#include "engine/study/study.hpp"
#include "models/findings/study_view.hpp"
#include "models/main/language.hpp"
#include "models/main/options.hpp"
#include "models/main/preparation.hpp"
#include "models/main/reference_lists.hpp"
#include "models/main/speech.hpp"
#include "models/main/terminal.hpp"
#include "models/run/load.hpp"
#include "models/scenario/fields.hpp"
#include "models/scenario/tables.hpp"

namespace tuopin {

int schema_command(const Options& o) {
  if (o.kind == "columns" || o.kind == "figures") {
    const auto& list = o.kind == "columns" ? columns_reference : figures_reference;
    answer(list(*o.catalogue, o.markdown, o.language) + "\n");
    return 0;
  }
  const FileKinds kinds = o.catalogue->file_kinds();
  const FileKind& kind = o.kind == "programme" ? kinds.programme
                         : o.kind == "region"  ? kinds.region.file
                                               : kinds.scenario;
  std::vector<TableKind> tables;
  if (o.kind == "region") {
    for (const TableKind* table : region_tables())
      tables.push_back(table == &margins_table() ? margins_table_of_any_region() : *table);
    tables.insert(tables.end(), kinds.region.tables.begin(), kinds.region.tables.end());
  }
  const Translation& translation = translation_into(o.language);
  std::string text = o.markdown ? reference_page(kind, translation) : json_schema(kind, tables, translation);
  for (const TableKind& table : tables)
    if (o.markdown) text += "\n" + reference_page(table, translation);
  answer(text + "\n");
  return 0;
}

int synthesize_command(const Options& o) {
  const InterruptGuard interrupt;
  const std::vector<Scenario> scenarios = load_each(o.scenarios, *o.catalogue);
  std::unique_ptr<OutputClaim> claim;
  if (o.output_given) {
    check_outputs({{o.output, OutputKind::report, "--output"}}, inputs_of(scenarios));
    claim = std::make_unique<OutputClaim>(o.output, o.force);
  }
  std::string text;
  for (const Scenario& scenario : scenarios) {
    const int count =
        o.populations > 0 ? o.populations : static_cast<int>(scenario.region->settings.integer("populations"));
    PopulationRequest request{scenario.region.get(), count, o.threads > 0 ? o.threads : available_threads(), false};
    // The report belongs to the making, so a cached population does not answer this command.
    const PopulationSet set = provide_populations(request, progress_sink(o.progress, o.language), interrupt.flag());
    for (const SynthesisReport& report : set.reports) text += report.markdown(translation_into(o.language)) + "\n";
  }
  if (!claim) {
    answer(text);
    return 0;
  }
  text.insert(0, report_mark);
  write_whole_file(o.output, text.data(), text.size());
  answer(o.output.string() + "\n");
  return 0;
}

int hash_command(const Options& o) {
  const Study study = read_study(o.file);
  const auto or_unknown = [&](const char* attribute) {
    const std::string text = StudyView(study).text(attribute);
    return text.empty() ? message("unknown") : Message::verbatim(text);
  };
  answer(in_words(message("state {}\nresults {}\ninput {}\n", or_unknown("hash_state"), results_hash(study),
                          or_unknown("hash_input")),
                  o.language));
  return 0;
}

}  // namespace tuopin
