// The document's targets: what is asked, what the model gives, and how often it is reached.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "models/main/summary_parts.hpp"

namespace tuopin {

namespace {

constexpr std::size_t scenarios_a_table = 3;  // more do not fit beside the words of a target

bool is_rate(const Page& page, std::size_t t) {
  return !page.study.text_at("targets/measure", t).empty() && page.study.text_at("targets/unit", t) == "share";
}

/// What a rate is of: the base that the table of targets names, else all register members of the year.
std::string base_of(const Page& page, std::size_t t) {
  if (!is_rate(page, t)) return "";
  const double own = page.study.at("targets/base_persons", {{"target", t}});
  if (own > 0)
    return fmt::format(fmt::runtime(page("\nof {} persons, the document's own base", "\n以文件自身的{}人为基数")),
                       grouped(own, 0));
  const auto years = page.study.years();
  std::size_t y = page.study.size("year") - 1;
  for (std::size_t i = 0; i < years.size(); ++i)
    if (static_cast<double>(years[i]) == page.study.at("targets/year", {{"target", t}})) y = i;
  return fmt::format(
      fmt::runtime(page.study.number("sample") < 1
                       ? page("\nof the {} register members in the sample", "\n以样本中户籍人口{}人为基数")
                       : page("\nof {} register members", "\n以户籍人口{}人为基数")),
      grouped(spread_of(page.study.worlds("persons", 0, y)).median, 0));
}

std::string words_of(const Page& page, std::size_t t) {
  const StudyView& study = page.study;
  const std::string measure = study.text_at("targets/measure", t);
  std::string asks = study.text_at(page.zh ? "targets/name_zh" : "targets/name", t);
  if (asks.empty()) asks = study.text_at("targets/name", t);
  // The Chinese phrases have no subject ("2016年脱贫10万人"): the name of the programme is added to distinguish them.
  if (page.zh && measure.find(':') != std::string::npos) asks += " [" + measure.substr(measure.find(':') + 1) + "]";
  return asks + base_of(page, t);
}

std::string note_text(const Page& page, const std::string& note) {
  if (note == "not in this run") return page("not in\nthis run", "本次未含\n该项目");
  if (note == "needs --leave-out-batches") return page("needs --leave-\nout-batches", "需要 --leave-\nout-batches");
  if (note == "figure not asked for") return page("not\nasked for", "未要求\n该指标");
  return note;
}

/// Places that whole households must leave empty, the most of all scenarios.
double allowance_of(const Page& page, std::size_t t) {
  double most = 0;
  for (std::size_t s = 0; s < page.study.size("scenario"); ++s) {
    const double allowed = page.study.at("targets/allowance_persons", {{"scenario", s}, {"target", t}});
    most = std::max(most, std::isnan(allowed) ? 0 : std::ceil(allowed));
  }
  return most;
}

std::vector<std::string> target_row(const Page& page, std::size_t t, std::size_t from, std::size_t to, bool inputs) {
  const StudyView& study = page.study;
  const double year = study.at("targets/year", {{"target", t}});
  std::vector<std::string> row = {study.names("target")[t], words_of(page, t),
                                  year > 0 ? fmt::format("{:.0f}", year) : "–",
                                  comparison_sign(study.text_at("targets/comparison", t)) +
                                      target_figure(study.at("targets/value", {{"target", t}}), is_rate(page, t))};
  if (inputs) row.push_back(grouped(allowance_of(page, t), 0));
  for (std::size_t s = from; s < to; ++s) {
    const std::string note = study.text_at("targets/note", {{"scenario", s}, {"target", t}});
    const double median = study.at("targets/median", {{"scenario", s}, {"target", t}});
    row.push_back(!note.empty()                             ? note_text(page, note)
                  : is_rate(page, t) && !std::isnan(median) ? fmt::format("{:.1f}%", 100 * median)
                                                            : grouped(median, 0));
    row.push_back(
        note.empty() ? probability_text(page, study.at("targets/probability", {{"scenario", s}, {"target", t}})) : "");
  }
  return row;
}

std::string target_table(const Page& page, const std::vector<std::size_t>& targets, std::size_t from, std::size_t to,
                         bool inputs) {
  TextTable table;
  table.add_column(page("id", "编号"), TextTable::Align::left);
  table.add_column(page("what the document asks", "文件要求"), TextTable::Align::left,
                   to - from > 1 ? (to - from > 2 ? 34 : 46) : 60);
  table.add_column(page("year", "年份"));
  table.add_column(page("figure", "目标值"));
  if (inputs) table.add_column(page("of it may\nstay empty", "其中可\n空出"));
  for (std::size_t s = from; s < to; ++s) {
    table.add_column(fmt::format("({})\n{}", s + 1, page("median", "中位数")));
    table.add_column(page("reached", "实现"));
  }
  for (const std::size_t t : targets) table.add_row(target_row(page, t, from, to, inputs));
  return table.text(0, page_width);
}

/// The targets of one kind, with a table for every few scenarios.
std::string target_part(const Page& page, const char* kind, const std::string& title) {
  std::vector<std::size_t> targets;
  for (std::size_t t = 0; t < page.study.names("target").size(); ++t)
    if (!page.study.text_at("targets/measure", t).empty() && page.study.text_at("targets/kind", t) == kind)
      targets.push_back(t);
  if (targets.empty()) return "";
  const std::size_t scenarios = page.study.size("scenario");
  std::string text = page.heading(title);
  for (std::size_t from = 0; from < scenarios; from += scenarios_a_table)
    text += (from > 0 ? "\n" : "") + target_table(page, targets, from, std::min(scenarios, from + scenarios_a_table),
                                                  std::string(kind) == "input");
  return text;
}

/// Whether whole households leave anything empty in any target.
bool has_allowance(const Page& page) {
  for (std::size_t t = 0; t < page.study.size("target"); ++t)
    if (allowance_of(page, t) > 0) return true;
  return false;
}

/// Number at the end of an id, -1 without one.
long number_of(const std::string& id) {
  const std::size_t start = id.find_last_not_of("0123456789") + 1;
  return start < id.size() && id.size() - start < 10 ? std::stol(id.substr(start)) : -1;
}

struct Outside {
  std::size_t count = 0;
  std::string ids;  ///< runs of neighbours as "S078–S093"
};

/// The targets that nothing in the model answers to.
Outside outside(const Page& page) {
  Outside out;
  const auto ids = page.study.names("target");
  const auto is_outside = [&](std::size_t t) {
    return t < ids.size() && page.study.text_at("targets/measure", t).empty();
  };
  for (std::size_t t = 0; t < ids.size(); ++t) {
    if (!is_outside(t)) continue;
    std::size_t last = t;
    while (is_outside(last + 1) && number_of(ids[last]) >= 0 && number_of(ids[last + 1]) == number_of(ids[last]) + 1)
      ++last;
    out.ids += (out.count == 0 ? "" : page(", ", "、")) + ids[t];
    if (last > t) out.ids += (last > t + 1 ? "–" : page(", ", "、")) + ids[last];
    out.count += last - t + 1;
    t = last;
  }
  return out;
}

}  // namespace

std::string target_section(const Page& page) {
  const std::size_t targets = page.study.size("target"), scenarios = page.study.size("scenario");
  if (targets == 0) return "";
  const Outside missing = outside(page);
  std::string text;
  if (missing.count < targets) {
    const std::string outcomes =
        target_part(page, "outcome", page("Targets: what should come out", "文件目标：应取得的结果"));
    const std::string inputs =
        target_part(page, "input", page("Targets: what the plan puts in", "文件目标：规划自身的投入"));
    text += outcomes + inputs;
    std::string scenario_names;
    for (std::size_t s = 0; s < scenarios; ++s)
      scenario_names += fmt::format("{}({}) {}", s == 0 ? "" : page("; ", "；"), s + 1, page.scenario_title(s));
    text += page.note(scenario_names + page(".", "。"));
    text += page.note(
        page("Reached: share of the simulated worlds; ≈ within a tenth. – : the scenario has nothing that the figure "
             "could be read from. What the plan puts in is counted by entries into programmes, which are not exits "
             "from poverty.",
             "实现：达到目标的模拟世界所占比例；≈ 为相差不超过一成；– "
             "为该方案无对应数值。规划的投入以进入项目的数量计，进入项目不等于脱贫。"));
    if (has_allowance(page))
      text += page.note(page(
          "May stay empty: places for persons are filled by whole households, and a queue stops at the first household "
          "that does not fit. So each queue (a year, or a year and county) leaves at most one largest household less "
          "one person empty; in a sample these persons are scaled up, and so is what rounding to whole places takes. "
          "A target counts as reached when no more than this is missing, and not for any other reason.",
          "可空出：按人计的名额由整户进入，排队到第一个容纳不下的住户为止。因此每个队列（每年，或每年每县）至多空出最大"
          "住户"
          "人数减一；样本中按比例放大，并计入名额取整的差额。缺口不超过此数即算实现，除此之外没有其他宽限。"));
  } else {
    text += page.heading(page("Targets of the document", "文件目标"));
  }
  if (missing.count > 0)
    text += page.note(fmt::format(
        fmt::runtime(page("{} of {} targets are not in the lean model (reasons in the study, targets/reason): {}.",
                          "{1}项目标中有{0}项不在精简模型之内（原因见结果文件 targets/reason）：{2}。")),
        missing.count, targets, missing.ids));
  return text;
}

}  // namespace tuopin
