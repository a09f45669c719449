#include "models/main/closing.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/wrapped_text.hpp"
#include "models/findings/study_warnings.hpp"
#include "models/main/effect_table.hpp"

namespace tuopin {

namespace {

std::size_t lines_in(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

/// "with it: the plan [plan]; without the plan: no plan [baseline]": titles where they fit into a line, else names.
std::string scenarios_line(const SpokenPage& page, std::size_t width) {
  const auto names = page.study.names("scenario");
  const auto against = [&](const Message& first, const Message& second) {
    return page(names.size() < 2 ? first : message("with it: {}; without the plan: {}", second, first));
  };
  if (names.empty()) return "";
  const std::size_t second = names.size() < 2 ? 0 : 1;
  const std::string titles = paragraph("  ", against(page.scenario_title(0), page.scenario_title(second)), width);
  return lines_in(titles) < 2
             ? titles
             : paragraph("  ", against(Message::verbatim(names[0]), Message::verbatim(names[second])), width);
}

std::string title_lines(const SpokenPage& page, std::size_t width) {
  const StudyView& study = page.study;
  const Message region = page.attribute("region");
  const auto years = study.years();
  if (years.empty()) return paragraph("", page(region) + page(page.preview()), width);
  const std::size_t worlds = study.size("draw") * study.size("replicate");
  const Message text = message(worlds == 1 ? msgid("{}, {}{} · {} world") : msgid("{}, {}{} · {} worlds"), region,
                               years.back(), page.preview(), worlds);
  Message units = message("{} in {}; {}, {}–{} together", page.persons.name, years.back(), page.money.name,
                          years.front(), years.back());
  if (study.number("sample") < 1)
    units = message("{}; sample of {}%", units, fmt::format("{:g}", 100 * study.number("sample")));
  return paragraph("", page(text), width) + scenarios_line(page, width) + paragraph("  ", page(units), width);
}

/// As many of the paragraphs as fit into `lines`, and how many do not.
std::string as_many(const SpokenPage& page, const std::vector<std::string>& paragraphs, std::size_t lines,
                    MessageId more) {
  std::string text;
  for (std::size_t i = 0; i < paragraphs.size(); ++i) {
    const bool last = i + 1 == paragraphs.size();
    if (lines_in(text) + lines_in(paragraphs[i]) + (last ? 0 : 1) > lines)
      return lines == 0 ? "" : text + page(message(more, paragraphs.size() - i)) + "\n";
    text += paragraphs[i];
  }
  return text;
}

}  // namespace

std::string closing_text(const Study& study, const std::string& language, std::size_t width) {
  check_sizes(StudyView(study));
  const SpokenPage page(study, language);
  const std::size_t scenarios = page.study.size("scenario");
  const std::size_t shown = scenarios < 2 ? 0 : 1;
  const std::string effects = effect_table(page, shown, width), missing = missing_figures(page, shown);
  const std::string table = title_lines(page, width) + effects +
                            (missing.empty() ? "" : paragraph("  ", missing, width)) +
                            (effects.empty() ? "" : paragraph("  ", page(interval_sentence(page)), width));
  std::vector<std::string> others, warnings;
  for (std::size_t s = 2; s < scenarios; ++s)
    others.push_back(paragraph(fmt::format("  ({}) ", s + 1),
                               page(message("{}: income-poor {}", page.scenario_title(s), effect_in_words(page, s))),
                               width));
  for (const Message& warning : study_warnings(page))
    warnings.push_back(paragraph(page(msgid("! ")), page(warning), width));

  std::size_t wanted = 0;
  for (const std::string& warning : warnings) wanted += lines_in(warning);
  const std::size_t own = closing_lines - (page.preview().empty() ? 1 : 2);  // the file, and that it is a preview
  const std::size_t left = own - std::min(own, lines_in(table));
  // Half of what is left is for warnings where there are so many.
  const std::size_t for_others = left - std::min(left, std::min(wanted, (left + 1) / 2));
  const std::string said = as_many(page, others, for_others, msgid("  {} more scenarios in tuopin summary"));
  return table + said + as_many(page, warnings, left - lines_in(said), msgid("! {} more in tuopin summary"));
}

}  // namespace tuopin
