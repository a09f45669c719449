#include "models/findings/page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>

#include "engine/base/errors.hpp"

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

Scale scale_of_persons(double most, bool zh) {
  if (most < 1e5) return {1, zh ? "人" : "persons"};
  return zh ? Scale{1e4, "万人"} : Scale{1e3, "thousands of persons"};
}

Page::Page(const Study& of, const std::string& language)
    : study(of), zh(language == "zh"), one_world(study.size("draw") * study.size("replicate") < 2) {
  persons = scale_of_persons(largest(study, "persons"), zh);
  const double spending = largest(study, "spending");
  if (zh)
    money = spending >= 1e8 ? Scale{1e8, "亿元"} : Scale{1e4, "万元"};
  else
    money = spending >= 1e7 ? Scale{1e6, "million yuan"} : Scale{1e3, "thousand yuan"};
}

std::string Page::preview() const {
  const auto& attributes = study.study().attributes;
  return attributes.find("preview") == attributes.end() ? "" : zh ? " · 预览" : " · preview";
}

std::string Page::scenario_title(std::size_t scenario) const {
  const auto names = study.names("scenario");
  std::string title = study.text_at(zh ? "scenario_title_zh" : "scenario_title", scenario);
  if (title.empty()) title = study.text_at("scenario_title", scenario);
  const std::string name = scenario < names.size() ? names[scenario] : "";
  return title.empty() || title == name ? name : fmt::format("{} [{}]", title, name);
}

void check_sizes(const StudyView& study) {
  constexpr double most = 2e7;
  const auto product = [&](std::initializer_list<const char*> dimensions) {
    double figures = 1;
    for (const char* dimension : dimensions) figures *= static_cast<double>(study.size(dimension));
    return figures;
  };
  for (const double figures :
       {product({"scenario", "draw", "replicate", "year"}), product({"scenario", "draw", "replicate", "year", "fund"}),
        product({"scenario", "draw", "replicate", "year", "programme"}),
        product({"scenario", "batch", "left_out_draw", "year"}), product({"scenario", "target", "year"})})
    if (figures > most)
      throw DataError({Problem{{},
                               "",
                               message("the study claims {} figures a table, at most {} are shown",
                                       fmt::format("{:.3g}", figures), fmt::format("{:g}", most)),
                               message("open it in Python")}});
}

}  // namespace tuopin
