// What each scenario changes against the first; and the warnings, as at the end of a run but all of them.
#include <fmt/format.h>

#include <algorithm>

#include "models/main/effect_table.hpp"
#include "models/main/study_warnings.hpp"

namespace tuopin {

std::string effect_section(const Page& page) {
  const auto years = page.study.years();
  if (years.empty()) return "";
  std::string text;
  for (std::size_t s = 1; s < page.study.size("scenario"); ++s) {
    const std::string table = effect_table(page, s, page_width, true);
    if (table.empty()) continue;
    text += page.heading(fmt::format(fmt::runtime(page("What ({0}) changes against (1), {1}; money of all years",
                                                       "方案({0})相对方案(1)的变化（{1}年；金额为各年合计）")),
                                     s + 1, years.back())) +
            table;
  }
  if (text.empty()) return "";
  return text + page.note(interval_sentence(page)) +
         page.note(
             fmt::format(fmt::runtime(page(
                             "Person-years: the fall in income poverty summed over {0}–{1}. Cost per person-year: what "
                             "was spent beyond (1) over them, world by world; not estimable where their 90% interval "
                             "holds zero.",
                             "人年：{0}–{1}年各年贫困人口减少之和。每人年费用：超出方案(1)的支出除以人年，逐世界计算；"
                             "人年的90%区间含零时无法估计。")),
                         years.front() + 1, years.back()));
}

std::string warning_section(const Page& page) {
  const auto warnings = study_warnings(page);
  if (warnings.empty()) return "";
  std::string text = page.heading(page("Warnings", "提醒"));
  for (const std::string& warning : warnings) text += paragraph(page("! ", "！"), warning, page_width);
  return text;
}

}  // namespace tuopin
