// What the tables of a summary share.
#include "models/main/summary_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace tuopin {

namespace {

/// Largest value over scenarios, worlds and years.
double largest(const StudyView& study, const char* variable) {
  double most = 0;
  for (std::size_t s = 0; s < study.size("scenario"); ++s)
    for (std::size_t y = 0; y < study.size("year"); ++y)
      for (const double v : study.worlds(variable, s, y)) most = std::max(most, std::isnan(v) ? 0 : v);
  return most;
}

}  // namespace

Page::Page(const Study& of, const std::string& language, bool with_bold)
    : study(of), zh(language == "zh"), bold(with_bold), one_world(study.size("draw") * study.size("replicate") < 2) {
  persons = largest(study, "persons") < 1e5 ? Scale{1, zh ? "人" : "units"}
            : zh                            ? Scale{1e4, "万人"}
                                            : Scale{1e3, "thousands"};
  const double spending = largest(study, "spending");
  if (zh)
    money = spending >= 1e8 ? Scale{1e8, "亿元"} : Scale{1e4, "万元"};
  else
    money = spending >= 1e7 ? Scale{1e6, "million yuan"} : Scale{1e3, "thousand yuan"};
}

std::string Page::heading(const std::string& text) const {
  return bold ? "\n\033[1m" + text + "\033[0m\n" : "\n" + text + "\n";
}

std::string Page::scenario_title(std::size_t scenario) const {
  const auto names = study.names("scenario");
  std::string title = study.text_at(zh ? "scenario_title_zh" : "scenario_title", scenario);
  if (title.empty()) title = study.text_at("scenario_title", scenario);
  const std::string name = scenario < names.size() ? names[scenario] : "";
  return title.empty() || title == name ? name : fmt::format("{} [{}]", title, name);
}

int decimals_for(double largest) { return largest >= 100 || largest == 0 ? 0 : largest >= 10 ? 1 : 2; }

std::string cell(const Spread& spread, int decimals) {
  if (spread.worlds == 0) return "";
  if (spread.same && spread.median == 0) return "0";
  const std::string median = grouped(spread.median, decimals);
  if (spread.same) return median;
  return median + "\n" + grouped(spread.low, decimals) + "–" + grouped(spread.high, decimals);
}

std::string comparison_sign(const std::string& comparison) {
  return comparison == "at_most" ? "≤" : comparison == "at_least" ? "≥" : "≈";
}

std::string probability_text(const Page& page, double probability) {
  if (std::isnan(probability)) return "–";
  if (page.one_world) return probability > 0.5 ? page("yes", "是") : page("no", "否");
  return fmt::format("{:.0f}%", 100 * probability);
}

std::string target_figure(double value, bool is_rate) {
  if (std::isnan(value)) return "–";
  if (is_rate) return fmt::format("{:.4g}%", 100 * value);
  return grouped(value, 0);
}

}  // namespace tuopin
