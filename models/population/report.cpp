#include "models/population/report.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include <fmt/core.h>

namespace tuopin {

namespace {

const char* word(Status status) {
  return status == Status::published ? "published" : status == Status::derived ? "derived" : "assumption";
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

std::string SynthesisReport::markdown() const {
  std::string text = fmt::format(
      "# Synthesis report, population {}\n\nA synthetic population: no row is a real person. Of {} margins read, {} "
      "are "
      "published, {} derived and {} assumed (assumption share {:.0f}%). Largest relative error of a margin: {:.2e}.\n\n"
      "| margin | unit | target | achieved | largest relative error of a place | status "
      "|\n|---|---|---:|---:|---:|---|\n",
      index, published + derived + assumption, published, derived, assumption, 100 * assumption_share(),
      largest_error());
  for (const Summary& s : summaries(lines))
    text += s.unit == "share" ? fmt::format("| {} | {} | {:.4f} | {:.4f} | {:.1e} | {} |\n", s.margin, s.unit, s.target,
                                            s.achieved, s.worst, word(s.status))
                              : fmt::format("| {} | {} | {:.0f} | {:.0f} | {:.1e} | {} |\n", s.margin, s.unit, s.target,
                                            s.achieved, s.worst, word(s.status));
  text +=
      "\n## Raking\n\n| place | iterations | converged | largest relative error before rounding | design effect 1 + "
      "cv² | "
      "types | without a household | members swapped by the repair |\n|---|---:|---|---:|---:|---:|---:|---:|\n";
  for (const Raking& r : raking)
    text +=
        fmt::format("| {} | {} | {} | {:.1e} | {:.3f} | {} | {} | {} |\n", r.place, r.iterations,
                    r.converged ? "yes" : "no", r.largest_error, r.design_effect, r.types, r.empty_types, r.repaired);
  if (!notes.empty()) text += "\n## Adjustments\n\n";
  for (const Message& note : notes) text += "- " + note.english() + "\n";
  if (!unused.empty()) {
    text += "\nMargins of the table that are shown only, and read by nothing:";
    for (const std::string& name : unused) text += " " + name;
    text += ".\n";
  }
  return text;
}

}  // namespace tuopin
