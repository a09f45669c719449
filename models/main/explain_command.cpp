// tuopin explain: the steps of the year in order, and a description of every programme with its numbers.
#include <fmt/format.h>

#include <set>

#include "engine/settings/units.hpp"
#include "models/main/language.hpp"
#include "models/main/options.hpp"
#include "models/main/preparation.hpp"
#include "models/main/speech.hpp"
#include "models/main/terminal.hpp"
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
std::string kinds_of(const Year::Part& part, const std::string& language) {
  std::vector<Message> words;
  const auto add = [&](MessageId kind) {
    if (!words.empty()) words.push_back(msgid(", "));
    words.push_back(kind);
  };
  for (const auto& step : part.steps) switch (Year::kind_of(*step)) {
      case Year::Kind::block: add(msgid("block")); break;
      case Year::Kind::common: add(msgid("common block")); break;
      case Year::Kind::barrier: add(msgid("barrier")); break;
      case Year::Kind::look: add(msgid("look")); break;
    }
  return in_words(Message::together(std::move(words)), language);
}

/// What one place of a programme is.
Message place_in_words(const std::string& counted) {
  if (counted == "households") return msgid("for each household");
  return counted == "posts" ? msgid("for each post") : msgid("for each member of the household");
}

/// One programme in one language.
class Words {
 public:
  Words(const Scenario& scenario, const Settings& file, const Programme& made, const std::string& language)
      : scenario_(scenario), file_(file), made_(made), language_(language) {}

  std::string text() {
    out_ = fmt::format("\n{}  ({})\n", file_.translated("title").in(language_), file_.stem());
    line(msgid("for"), file_.text("unit") + " · " + file_.text("eligible"));
    line(msgid("ranked by"), file_.text("score.expression"));
    line(msgid("reaches"), reach());
    line(msgid("places"), places());
    const std::vector<std::string> effects = file_.tables("effect");
    for (std::size_t e = 0; e < effects.size(); ++e)
      line(msgid("does"), say(message("{} ({}): {}", effects[e], file_.text("effect." + effects[e] + ".verb"),
                                      made_.effects[e]->in_words())));
    line(msgid("lasts"),
         say(message("at most {} years; {}% drop out in a year", made_.years, short_text(100 * made_.dropout))));
    if (made_.once > 0 || made_.per_year > 0) line(msgid("costs"), costs());
    line(msgid("paid by"), funds());
    line(msgid("evidence"), file_.text("evidence.grade") + " · " + file_.text("evidence.source"));
    ranges();
    return std::move(out_);
  }

 private:
  std::string say(const Message& message) const { return in_words(message, language_); }
  static std::string short_text(double number) { return fmt::format("{:g}", number); }

  void line(MessageId word, const std::string& text) { out_ += fmt::format("  {:<12} {}\n", say(word), text); }

  std::string unit() const { return say(unit_in_words(file_.text("capacity.unit"))); }

  std::string reach() const {
    return say(
        message("{}% are never reached, {}% jump the queue, {}% take it up; error of the ranking {} standard "
                "deviations",
                short_text(100 * made_.exclusion), short_text(100 * made_.capture), short_text(100 * made_.take_up),
                short_text(made_.noise_sd)));
  }

  std::string places() const {
    if (made_.everyone) return say(msgid("everyone who is eligible"));
    std::vector<std::string> years;
    for (const auto& [year, value] : file_.series("capacity.by_year").values)
      years.push_back(fmt::format("{}: {:.0f}", year, value));
    return say(message("{} ({})", listed(years), unit()));
  }

  std::string costs() const {
    return say(message("{}: {} yuan once, {} yuan a year, beside what households get",
                       place_in_words(file_.text("capacity.unit")), short_text(made_.once),
                       short_text(made_.per_year)));
  }

  /// The title that the scenario gives a fund, with its name behind it.
  std::string fund_title(const std::string& fund) const {
    const std::string key = "funds." + fund + ".title";
    if (!scenario_.settings.has(key)) return fund;
    const std::string title = scenario_.settings.translated(key).in(language_);
    return title.empty() || title == fund ? fund : fmt::format("{} [{}]", title, fund);
  }

  std::string funds() const {
    std::vector<std::string> shares;
    for (const auto& [fund, share] : file_.shares("cost.funding"))
      shares.push_back(fmt::format("{} {:g}%", fund_title(fund), 100 * share));
    if (made_.admin_share > 0)
      shares.push_back(say(message("and {}% of administration on top", short_text(100 * made_.admin_share))));
    return say(listed(shares));
  }

  void ranges() {
    std::set<std::string> factors;
    file_.for_each_series([&](const std::string&, const YearSeries& series) { factors.insert(series.factor.name); });
    file_.for_each_quantity([&](const Quantity& q) {
      if (q.shape == Shape::fixed) return;
      const bool factor = factors.contains(q.name);  // one number that multiplies every year of a series
      const std::string own = file_.stem() + ".";    // stands above already
      const Message unit = factor ? Message(msgid("every year")) : unit_in_words(q.unit);
      out_ += fmt::format("  {:<32}  {} {} [{:g}, {:g}]  {}\n",
                          q.name.starts_with(own) ? q.name.substr(own.size()) : q.name,
                          factor ? fmt::format("× {:g}", q.value) : short_text(q.value), say(unit), q.low, q.high,
                          q.status == Status::assumption ? say(msgid("assumption")) : q.source);
    });
  }

  const Scenario& scenario_;
  const Settings& file_;
  const Programme& made_;
  const std::string& language_;
  std::string out_;
};

}  // namespace

int explain_command(const Options& o) {
  std::string text;
  for (const Scenario& scenario : load_each(o.scenarios, *o.catalogue)) {
    text += fmt::format("{}\n{}\n\n", scenario.title.in(o.language), std::string(60, '='));
    const Model model(scenario, *scenario.region, Calibration{}, DrawAddress{},
                      *o.catalogue);  // the year says the same of itself whatever incomes are
    int step = 0;
    for (const Year::Part& part : model.year().parts()) {
      const Description& d = part.said;
      text += fmt::format("{:>2}. {}\n    {}\n", ++step, d.name, in_words(d.meaning, o.language));
      const auto line = [&](MessageId word, const std::string& words) {
        if (!words.empty()) text += fmt::format("    {:<8} {}\n", in_words(message(word), o.language), words);
      };
      line(msgid("steps:"), kinds_of(part, o.language));
      line(msgid("reads:"), list_of(d.reads));
      line(msgid("writes:"), list_of(d.writes));
      line(msgid("luck:"), list_of(d.luck));
    }
    for (std::size_t p = 0; p < scenario.programmes.size(); ++p)
      text += Words(scenario, scenario.programmes[p], model.programmes()[p], o.language).text();
    text += "\n";
  }
  answer(for_terminal(text));
  return 0;
}

}  // namespace tuopin
