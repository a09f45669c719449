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
  if (most < 1e5) return {1, msgid("persons")};
  return zh ? Scale{1e4, msgid("ten thousands of persons")} : Scale{1e3, msgid("thousands of persons")};
}

Page::Page(const Study& of, const std::string& language)
    : study(of), one_world(study.size("draw") * study.size("replicate") < 2) {
  const bool zh = language == "zh";
  persons = scale_of_persons(largest(study, "persons"), zh);
  const double spending = largest(study, "spending");
  if (zh)
    money = spending >= 1e8 ? Scale{1e8, msgid("hundred million yuan")} : Scale{1e4, msgid("ten thousand yuan")};
  else
    money = spending >= 1e7 ? Scale{1e6, msgid("million yuan")} : Scale{1e3, msgid("thousand yuan")};
}

Message Page::preview() const {
  const auto& attributes = study.study().attributes;
  return attributes.find("preview") == attributes.end() ? Message() : message(" · preview");
}

Message Page::scenario_title(std::size_t scenario) const {
  const auto names = study.names("scenario");
  const std::string name = scenario < names.size() ? names[scenario] : "";
  const auto titled = [&](const std::string& title) {
    return title.empty() || title == name ? name : fmt::format("{} [{}]", title, name);
  };
  const std::string en = study.text_at("scenario_title", scenario), zh = study.text_at("scenario_title_zh", scenario);
  return Message::in_both(titled(en), titled(zh.empty() ? en : zh));
}

Message Page::attribute(const std::string& name) const {
  const std::string en = study.text(name), zh = study.text(name + "_zh");
  return Message::in_both(en, zh.empty() ? en : zh);
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

Scale scale_of_person_years(const Page& page) {
  const double unit = page.persons.unit;
  return {unit, unit == 1     ? msgid("person-years")
                : unit == 1e3 ? msgid("thousands of person-years")
                              : msgid("ten thousands of person-years")};
}

}  // namespace tuopin
