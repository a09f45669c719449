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

/// "(2) the plan [plan] against (1) without it [baseline]": titles where they fit into a line, else names.
std::string scenarios_line(const Page& page, std::size_t width) {
  const auto names = page.study.names("scenario");
  const auto against = [&](const std::string& first, const std::string& second) {
    return names.size() < 2
               ? first
               : fmt::format(fmt::runtime(page("with it: {1}; without the plan: {0}", "有规划：{1}；无规划：{0}")),
                             first, second);
  };
  if (names.empty()) return "";
  const std::size_t second = names.size() < 2 ? 0 : 1;
  const std::string titles = paragraph("  ", against(page.scenario_title(0), page.scenario_title(second)), width);
  return lines_in(titles) < 2 ? titles : paragraph("  ", against(names[0], names[second]), width);
}

std::string title_lines(const Page& page, std::size_t width) {
  const StudyView& study = page.study;
  std::string region = study.text(page.zh ? "region_zh" : "region");
  if (region.empty()) region = study.text("region");
  const auto years = study.years();
  if (years.empty()) return paragraph("", region + page.preview(), width);
  const std::size_t worlds = study.size("draw") * study.size("replicate");
  std::string text = fmt::format(fmt::runtime(page("{}, {}{} · {} {}", "{}，{}年{} · {}个{}")), region, years.back(),
                                 page.preview(), worlds, worlds == 1 ? page("world", "世界") : page("worlds", "世界"));
  std::string units = fmt::format(
      fmt::runtime(page("{} in {}; {}, {}–{} together", "人数单位：{}（{}年）；金额单位：{}（{}–{}年合计）")),
      page.persons.name, years.back(), page.money.name, years.front(), years.back());
  if (study.number("sample") < 1)
    units += fmt::format(fmt::runtime(page("; sample of {:g}%", "；均为{:g}%样本")), 100 * study.number("sample"));
  return paragraph("", text, width) + scenarios_line(page, width) + paragraph("  ", units, width);
}

/// As many of the paragraphs as fit into `lines`, and how many do not.
std::string as_many(const Page& page, const std::vector<std::string>& paragraphs, std::size_t lines, const char* en,
                    const char* zh) {
  std::string text;
  for (std::size_t i = 0; i < paragraphs.size(); ++i) {
    const bool last = i + 1 == paragraphs.size();
    if (lines_in(text) + lines_in(paragraphs[i]) + (last ? 0 : 1) > lines)
      return lines == 0 ? "" : text + fmt::format(fmt::runtime(page(en, zh)), paragraphs.size() - i);
    text += paragraphs[i];
  }
  return text;
}

}  // namespace

std::string closing_text(const Study& study, const std::string& language, std::size_t width) {
  check_sizes(StudyView(study));
  const Page page(study, language);
  const std::size_t scenarios = page.study.size("scenario");
  const std::size_t shown = scenarios < 2 ? 0 : 1;
  const std::string effects = effect_table(page, shown, width), missing = missing_figures(page, shown);
  const std::string table = title_lines(page, width) + effects +
                            (missing.empty() ? "" : paragraph("  ", missing, width)) +
                            (effects.empty() ? "" : paragraph("  ", interval_sentence(page), width));
  std::vector<std::string> others, warnings;
  for (std::size_t s = 2; s < scenarios; ++s)
    others.push_back(paragraph(
        fmt::format("  ({}) ", s + 1),
        page.scenario_title(s) + page(": income-poor ", "：模拟收入贫困 ") + effect_in_words(page, s), width));
  for (const std::string& warning : study_warnings(page))
    warnings.push_back(paragraph(page("! ", "！"), warning, width));

  std::size_t wanted = 0;
  for (const std::string& warning : warnings) wanted += lines_in(warning);
  const std::size_t own = closing_lines - (page.preview().empty() ? 1 : 2);  // the file, and that it is a preview
  const std::size_t left = own - std::min(own, lines_in(table));
  // Half of what is left is for warnings where there are so many.
  const std::size_t for_others = left - std::min(left, std::min(wanted, (left + 1) / 2));
  const std::string said = as_many(page, others, for_others, "  {} more scenarios in tuopin summary\n",
                                   "  另有{}个方案，见 tuopin summary\n");
  return table + said +
         as_many(page, warnings, left - lines_in(said), "! {} more in tuopin summary\n",
                 "！另有{}条，见 tuopin summary\n");
}

}  // namespace tuopin
