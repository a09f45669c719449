// The order of a summary, its header, and the lines on what is uncertain, assumed and left out.
#include "models/main/summary.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <variant>

#include "models/main/speech.hpp"
#include "models/main/summary_parts.hpp"

namespace tuopin {

namespace {

/// Sentences that the program itself writes into a study; anything else is shown as it stands.
std::string translated(const Page& page, const std::string& text) {
  struct Phrase {
    const char *en, *zh;
  };
  constexpr Phrase phrases[] = {
      {"Synthetic population made from published totals and stated assumptions: no real person or household.",
       "合成人口：由公布的总量与明示的假设生成，不含任何真实个人或住户。"},
      {"Partial equilibrium; effects transferred from other places; not valid for single households or single villages "
       "under 200 persons.",
       "局部均衡；效应借自其他地区的研究；不适用于单个住户或不足200人的村。"},
      {"luck of households and common shocks (replicates)", "住户运气与共同冲击（重复）"},
      {"parameters (draws from their ranges)", "参数（按其区间抽样）"},
      {"shocks", "共同冲击"},
      {"safety_net", "原有安全网"},
      {"guarantees", "“三保障”与饮水"}};
  if (!page.zh) return text;
  for (const Phrase& phrase : phrases)
    if (text == phrase.en) return phrase.zh;
  const std::string population = "synthetic population (";
  if (text.starts_with(population))
    return fmt::format("合成人口（{}套）",
                       text.substr(population.size(), text.find(' ', population.size()) - population.size()));
  return text;
}

std::string header(const Page& page) {
  const StudyView& study = page.study;
  const auto count = [&](const char* attribute) { return grouped(study.number(attribute), 0); };
  const auto line = [&](const char* en, const char* zh, const std::string& text) {
    const std::string label = page(en, zh);
    return paragraph(label + std::string(12 - display_width(label), ' '), text, page_width);
  };
  std::string region = study.text(page.zh ? "region_zh" : "region");
  if (region.empty()) region = study.text("region");
  std::string scenarios;
  for (std::size_t s = 0; s < study.size("scenario"); ++s)
    scenarios += fmt::format("{}({}) {}", s == 0 ? "" : page("; ", "；"), s + 1, page.scenario_title(s));
  std::string persons =
      fmt::format(fmt::runtime(page("{} in {} households", "{}人，{}户")), count("persons"), count("households"));
  if (study.number("sample") < 1)
    persons += fmt::format(fmt::runtime(page(" (a sample of villages: {:g}% asked for)", "（村抽样，要求{:g}%）")),
                           100 * study.number("sample"));
  std::string out = page.heading(study.text("title")).substr(1);
  out += line("region", "地区", region);
  out += line("scenarios", "方案", scenarios);
  out += line("persons", "人口", persons);
  out += line("worlds", "模拟世界",
              fmt::format(fmt::runtime(page("parameter draws {} × replicates of luck {} = {}; seed {:.0f}",
                                            "参数抽样{}次 × 随机重复{}次 = {}；种子{:.0f}")),
                          study.size("draw"), study.size("replicate"), study.size("draw") * study.size("replicate"),
                          study.number("seed")));
  if (const std::string figures = study.text("figures"); !figures.empty())
    out += line("figures", "指标", page("only those that were asked for: ", "仅含所要求的：") + figures);
  out += line("synthetic", "合成数据", translated(page, study.text("synthetic")));
  return out;
}

/// "a; b; c" translated part by part, and the layers that are not in it.
std::string layers(const Page& page) {
  const std::string all = page.study.text("uncertainty_layers");
  std::string inside;
  for (std::size_t at = 0; at < all.size();) {
    const std::size_t end = std::min(all.find("; ", at), all.size());
    inside += (inside.empty() ? "" : page("; ", "；")) + translated(page, all.substr(at, end - at));
    at = end + 2;
  }
  std::string missing;
  if (all.find("parameters") == std::string::npos) missing += page("parameters, ", "参数、");
  if (all.find("population") == std::string::npos) missing += page("synthetic population, ", "合成人口、");
  missing += page("form of the model", "模型结构");
  if (page.one_world)
    return page("No intervals (one world). Varied: ", "无区间（仅一个世界）。随机部分：") + inside + page(".", "。");
  return page("In the intervals: ", "区间所含的不确定性：") + inside + page(". Not in them: ", "。未包含：") + missing +
         page(".", "。");
}

std::string inputs(const Page& page) {
  const double published = page.study.number("inputs_published"), derived = page.study.number("inputs_derived"),
               assumed = page.study.number("inputs_assumption"), total = published + derived + assumed;
  if (!(total > 0)) return "";
  return fmt::format(
      fmt::runtime(page(" Inputs: {:.0f}% published, {:.0f}% derived, {:.0f}% assumed, of {:.0f} numbers.",
                        "输入数据：公布{:.0f}%，推导{:.0f}%，假设{:.0f}%（共{:.0f}个）。")),
      100 * published / total, 100 * derived / total, 100 * assumed / total, total);
}

std::string how_sure(const Page& page) {
  std::string out = page.heading(page("How sure", "可信程度")) + page.note(layers(page) + inputs(page));
  const std::string prefix = "left_out:";
  for (const auto& [name, value] : page.study.study().attributes) {
    const auto* reason = std::get_if<std::string>(&value);
    if (!reason || !name.starts_with(prefix)) continue;
    const std::size_t colon = name.find(':', prefix.size());
    const std::string scenario = name.substr(prefix.size(), colon - prefix.size());
    const std::string part = colon == std::string::npos ? "" : name.substr(colon + 1);
    out += page.note(page("LEFT OUT of ", "未计入（") + scenario + page(": ", "）：") + translated(page, part) +
                     page(". Reason: ", "。理由：") + *reason);
  }
  const std::string limits = page.study.text("limits");
  return out + (limits.empty() ? "" : page.note(page("Limits: ", "局限：") + translated(page, limits)));
}

}  // namespace

std::string summary_text(const Study& study, const std::string& language, bool bold) {
  check_sizes(StudyView(study));
  const Page page(study, language, bold);
  return header(page) + effect_section(page) + years_section(page) + income_section(page) + dynamics_section(page) +
         error_section(page) + money_section(page) + programme_section(page) + batch_section(page) +
         target_section(page) + warning_section(page) + how_sure(page) + "\n";
}

void print_summary(const Study& study, const std::string& language) {
  answer(summary_text(study, language, isatty(STDOUT_FILENO) != 0 && !std::getenv("NO_COLOR")));
}

std::string hash_text(const Study& study) {
  const StudyView view(study);
  const auto or_unknown = [](std::string text) { return text.empty() ? "unknown" : text; };
  return fmt::format("state {}\nresults {}\ninput {}\n", or_unknown(view.text("hash_state")), results_hash(study),
                     or_unknown(view.text("hash_input")));
}

}  // namespace tuopin
