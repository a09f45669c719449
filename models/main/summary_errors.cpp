// Errors of the register, by three standards that give three answers: who is wrongly on it, who is wrongly off it.
#include <algorithm>
#include <array>

#include "models/main/summary_parts.hpp"

namespace tuopin {

namespace {

struct Standard {
  const char *id, *en, *zh;
};
constexpr std::array<Standard, 3> standards = {
    Standard{"register_line", "(a) register's\nown line", "(a) 建档\n自身收入线"},
    Standard{"register_line_and_guarantees", "(b) that line\n& guarantees", "(b) 收入线\n与三保障"},
    Standard{"statistical_line", "(c) statis-\ntical line", "(c) 统计\n贫困线"}};

std::vector<YearColumn> error_columns(const Page& page, std::size_t s) {
  const auto names = page.study.names("standard");
  std::vector<YearColumn> columns;
  for (const char* variable : {"inclusion_error", "exclusion_error"})
    for (const Standard& standard : standards) {
      const auto found = std::find(names.begin(), names.end(), standard.id);
      if (found == names.end()) continue;
      const std::string kind = std::string(variable) == "inclusion_error" ? page("wrongly on, %\n", "错评%\n")
                                                                          : page("wrongly off, %\n", "漏评%\n");
      columns.push_back({kind + page(standard.en, standard.zh),
                         rate_cells(spreads_by_year(page, variable, s, 0.01, "standard",
                                                    static_cast<std::size_t>(found - names.begin())))});
    }
  return columns;
}

}  // namespace

std::string error_section(const Page& page) {
  if ((!page.study.has("inclusion_error") && !page.study.has("exclusion_error")) || page.study.size("standard") == 0)
    return "";
  std::vector<std::vector<YearColumn>> columns;
  for (std::size_t s = 0; s < page.study.size("scenario"); ++s) columns.push_back(error_columns(page, s));
  return page.heading(page("Errors of the register, by three standards", "建档立卡的误差：三种标准")) +
         years_by_scenario(page, columns) +
         page.note(page(
             "Wrongly on: of those on the register, the share that the standard calls not poor. Wrongly off: of those "
             "whom the standard calls poor, the share that is not on the register. The standards: (a) simulated income "
             "below the register's own income line; (b) that, or a guarantee not met (schooling, health, house, "
             "water); "
             "(c) simulated income below the statistical line. They answer three questions: quote none without its "
             "name.",
             "错评：在册者中按该标准并不贫困的比例。漏评：按该标准贫困者中不在册的比例。三种标准：(a) "
             "模拟收入低于建档自身"
             "的收入线；(b) 同上，或任一保障（义务教育、医疗、住房、饮水）未达标；(c) "
             "模拟收入低于统计贫困线。三者回答不同"
             "的问题，引用时须注明标准。"));
}

}  // namespace tuopin
