// tuopin explain: the steps of the year in order, and a description of every programme with its numbers.
#include <fmt/format.h>

#include "models/main/options.hpp"
#include "models/main/preparation.hpp"
#include "models/main/speech.hpp"
#include "models/run/model.hpp"

namespace tuopin {

namespace {

std::string list_of(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

/// "block, barrier, block": on the rows of a block, once for all of them, on the rows again. "common block": the same
/// under equal luck in every scenario.
std::string kinds_of(const Year::Part& part, bool zh) {
  std::vector<std::string> words;
  for (const auto& step : part.steps) switch (Year::kind_of(*step)) {
      case Year::Kind::block: words.emplace_back(zh ? "分块" : "block"); break;
      case Year::Kind::common: words.emplace_back(zh ? "共用分块" : "common block"); break;
      case Year::Kind::barrier: words.emplace_back(zh ? "汇总" : "barrier"); break;
      case Year::Kind::look: words.emplace_back(zh ? "观察" : "look"); break;
    }
  return list_of(words);
}

/// One programme in one language.
class Words {
 public:
  Words(const Settings& file, const Programme& made, const std::string& language)
      : file_(file), made_(made), language_(language), zh_(language == "zh") {}

  std::string text() {
    out_ = fmt::format("\n{}  ({})\n", file_.translated("title").in(language_), file_.stem());
    line("for", "对象", file_.text("unit") + " · " + file_.text("eligible"));
    line("ranked by", "排序", file_.text("score.expression"));
    line("reaches", "瞄准", reach());
    line("places", "名额", places());
    const std::vector<std::string> effects = file_.tables("effect");
    for (std::size_t e = 0; e < effects.size(); ++e)
      line("does", "作用",
           fmt::format("{} ({}): {}", effects[e], file_.text("effect." + effects[e] + ".verb"),
                       made_.effects[e]->in_words().in(language_)));
    line("lasts", "期限",
         fmt::format(fmt::runtime(zh_ ? "至多{}年,每年中途退出{:g}%" : "at most {} years; {:g}% drop out in a year"),
                     made_.years, 100 * made_.dropout));
    if (made_.once_fen > 0 || made_.per_year_fen > 0) line("costs", "成本", costs());
    line("paid by", "资金", funds());
    line("evidence", "证据", file_.text("evidence.grade") + " · " + file_.text("evidence.source"));
    ranges();
    return std::move(out_);
  }

 private:
  void line(const char* en, const char* zh, const std::string& text) {
    out_ += fmt::format("  {:<12} {}\n", zh_ ? zh : en, text);
  }

  std::string unit() const {
    const std::string& word = file_.text("capacity.unit");
    if (!zh_) return word;
    return word == "persons" ? "人" : word == "households" ? "户" : "岗";
  }

  std::string reach() const {
    return fmt::format(
        fmt::runtime(zh_ ? "{:g}%从未覆盖,{:g}%插队,{:g}%愿意参加;排序误差{:g}个标准差"
                         : "{:g}% are never reached, {:g}% jump the queue, {:g}% take it up; error of the ranking {:g} "
                           "standard deviations"),
        100 * made_.exclusion, 100 * made_.capture, 100 * made_.take_up, made_.noise_sd);
  }

  std::string places() const {
    if (made_.everyone) return zh_ ? "符合条件者均可" : "everyone who is eligible";
    std::string years;
    for (const auto& [year, value] : file_.series("capacity.by_year").values)
      years += fmt::format("{}: {:.0f}  ", year, value);
    return years + unit();
  }

  std::string costs() const {
    const auto yuan = [](std::int64_t fen) { return static_cast<double>(fen) / 100; };
    return fmt::format(
        fmt::runtime(zh_ ? "每名额({}):一次性{:g}元,每年{:g}元,不含给农户的款项"
                         : "per place ({}): {:g} yuan once, {:g} yuan a year, beside what households get"),
        unit(), yuan(made_.once_fen), yuan(made_.per_year_fen));
  }

  std::string funds() const {
    std::string shares;
    for (const auto& [fund, share] : file_.shares("cost.funding"))
      shares += fmt::format("{} {:g}%  ", fund, 100 * share);
    if (made_.admin_share > 0)
      shares += fmt::format(fmt::runtime(zh_ ? "另加管理费{:g}%" : "and {:g}% of administration on top"),
                            100 * made_.admin_share);
    return shares;
  }

  void ranges() {
    file_.for_each_quantity([&](const Quantity& q) {
      if (q.shape == Shape::fixed) return;
      out_ += fmt::format("  {:<44} {:>12g} {:<14} [{:g}, {:g}]  {}\n", q.name, q.value, q.unit, q.low, q.high,
                          q.status == Status::assumption ? (zh_ ? "假设" : "assumption") : q.source);
    });
  }

  const Settings& file_;
  const Programme& made_;
  const std::string& language_;
  bool zh_;
  std::string out_;
};

}  // namespace

int explain_command(const Options& o) {
  const bool zh = o.language == "zh";
  std::string text;
  for (const Scenario& scenario : load_each(o.scenarios, *o.catalogue)) {
    text += fmt::format("{}\n{}\n\n", scenario.title.in(o.language), std::string(60, '='));
    const Model model(scenario, *scenario.region, Calibration{}, DrawAddress{},
                      *o.catalogue);  // the year says the same of itself whatever incomes are
    int step = 0;
    for (const Year::Part& part : model.year().parts()) {
      const Description& d = part.said;
      text += fmt::format("{:>2}. {}\n    {}\n", ++step, d.name, zh ? d.meaning_zh : d.meaning);
      const auto line = [&](const char* word, const std::string& words) {
        if (!words.empty()) text += fmt::format("    {} {}\n", word, words);
      };
      line(zh ? "步骤:" : "steps: ", kinds_of(part, zh));
      line(zh ? "读取:" : "reads: ", list_of(d.reads));
      line(zh ? "写入:" : "writes:", list_of(d.writes));
      line(zh ? "随机:" : "luck:  ", list_of(d.luck));
    }
    for (std::size_t p = 0; p < scenario.programmes.size(); ++p)
      text += Words(scenario.programmes[p], model.programmes()[p], o.language).text();
    text += "\n";
  }
  answer(text);
  return 0;
}

}  // namespace tuopin
