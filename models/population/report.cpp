#include "models/population/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "engine/settings/units.hpp"
#include "models/scenario/tables.hpp"

namespace tuopin {

namespace {

Message in_words(Status status) {
  return status == Status::published ? msgid("published")
         : status == Status::derived ? msgid("derived")
                                     : msgid("assumption");
}

/// English reports name a margin as its table does, Chinese ones say what it is, too.
Message margin_in_words(const std::string& name) {
  const RowField* const row = margins_table().row(name);
  return row ? Message::in_both(name, row->meaning.zh + "（" + name + "）") : Message::verbatim(name);
}

/// Margins summed over counties, with the largest error of a county.
struct Summary {
  std::string margin, unit;
  double target = 0, achieved = 0, worst = 0;
  Status status = Status::assumption;
};

std::vector<Summary> summaries(const std::vector<SynthesisReport::Line>& lines) {
  std::vector<Summary> result;
  for (const auto& line : lines) {
    auto at = std::find_if(result.begin(), result.end(), [&](const Summary& s) { return s.margin == line.margin; });
    if (at == result.end()) at = result.insert(at, Summary{line.margin, line.unit, 0, 0, 0, line.status});
    at->target += line.weight * line.target;
    at->achieved += line.weight * line.achieved;
    at->worst = std::max(at->worst, line.relative_error());
  }
  return result;
}

}  // namespace

double SynthesisReport::Line::relative_error() const {
  return std::fabs(achieved - target) / (target != 0 ? std::fabs(target) : 1.0);
}

double SynthesisReport::assumption_share() const {
  const int all = published + derived + assumption;
  return all > 0 ? static_cast<double>(assumption) / all : 0;
}

double SynthesisReport::largest_error() const {
  double worst = 0;
  for (const Line& line : lines) worst = std::max(worst, line.relative_error());
  return worst;
}

std::string SynthesisReport::markdown(const Translation& translation) const {
  const auto say = [&](const Message& message) { return message.said(translation); };
  std::string text =
      say(message(
          "# Synthesis report, population {}\n\nA synthetic population: no row is a real person. Of {} margins "
          "read, {} are published, {} derived and {} assumed (assumption share {}%). Largest relative error of a "
          "margin: {}.",
          index, published + derived + assumption, published, derived, assumption,
          fmt::format("{:.0f}", 100 * assumption_share()), fmt::format("{:.2e}", largest_error()))) +
      "\n\n" + say(message("| margin | unit | target | achieved | largest relative error of a place | status |")) +
      "\n|---|---|---:|---:|---:|---|\n";
  for (const Summary& s : summaries(lines)) {
    const int decimals = s.unit == "share" ? 4 : 0;
    text += fmt::format("| {} | {} | {:.{}f} | {:.{}f} | {:.1e} | {} |\n", say(margin_in_words(s.margin)),
                        say(unit_in_words(s.unit)), s.target, decimals, s.achieved, decimals, s.worst,
                        say(in_words(s.status)));
  }
  text += "\n" +
          say(message("## Raking\n\n| place | iterations | converged | largest relative error before rounding | design "
                      "effect 1 + cv² | types | without a household | members swapped by the repair |")) +
          "\n|---|---:|---|---:|---:|---:|---:|---:|\n";
  for (const Raking& r : raking)
    text += fmt::format("| {} | {} | {} | {:.1e} | {:.3f} | {} | {} | {} |\n", r.place, r.iterations,
                        say(r.converged ? msgid("yes") : msgid("no")), r.largest_error, r.design_effect, r.types,
                        r.empty_types, r.repaired);
  if (!notes.empty()) text += "\n" + say(message("## Adjustments")) + "\n\n";
  for (const Message& note : notes) text += "- " + say(note) + "\n";
  if (!unused.empty()) {
    std::string names;
    for (const std::string& name : unused) names += " " + name;
    text += "\n" + say(message("Margins of the table that are shown only, and read by nothing:{}.", names)) + "\n";
  }
  return text;
}

}  // namespace tuopin
