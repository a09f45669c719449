#include "models/findings/study_warnings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/settings/settings.hpp"
#include "models/findings/number_text.hpp"
#include "models/findings/order_statistics.hpp"
#include "models/findings/short_of_money.hpp"
#include "models/findings/titles.hpp"

namespace tuopin {

namespace {

/// A smaller share of unused places or money is not reported.
constexpr double worth_saying = 0.1;

/// Kinds by weight; within a kind the larger share comes first.
enum class Weight { funds_without_limit, unused, empty_year, money_short, misspelt_fund, nobody };

struct Warning {
  Weight weight;
  double share;  ///< that is left unused, where the kind has one
  Message text;
  std::vector<std::string> scenarios;
};

class Warnings {
 public:
  explicit Warnings(const Page& page) : page_(page), study_(page.study) {}

  std::vector<Message> all() {
    const auto scenarios = study_.names("scenario");
    for (std::size_t s = 0; s < scenarios.size(); ++s) {
      scenario_ = scenarios[s];
      bool has_programmes = false;
      for (std::size_t p = 0; p < study_.names("programme").size(); ++p) has_programmes |= look_at_programme(s, p);
      for (std::size_t f = 0; f < study_.names("fund").size(); ++f) look_at_money(s, f);
      planned_ += has_programmes;
    }
    look_at_limits();
    std::stable_sort(found_.begin(), found_.end(), [](const Warning& a, const Warning& b) {
      return a.weight != b.weight ? a.weight > b.weight : a.share > b.share;
    });
    std::vector<Message> texts;
    for (const Warning& w : found_) texts.push_back(with_scenarios(w));
    return texts;
  }

 private:
  static std::string percent(double share) { return fmt::format("{:.0f}", 100 * share); }

  void add(Weight weight, double share, Message text) {
    for (Warning& w : found_)
      if (w.text == text) {
        w.scenarios.push_back(scenario_);
        return;
      }
    found_.push_back({weight, share, std::move(text), {scenario_}});
  }

  /// Names the scenarios that it concerns, unless these are all scenarios with programmes.
  Message with_scenarios(const Warning& warning) const {
    if (warning.scenarios.size() >= planned_ || warning.scenarios.front().empty()) return warning.text;
    return message("{} [{}]", warning.text, listed(warning.scenarios));
  }

  /// Whether the scenario has it.
  bool look_at_programme(std::size_t s, std::size_t p) {
    const Message name = programme_title(study_, study_.names("programme")[p]);
    const auto entered = study_.sums("programmes/entered_units", s, 0, "programme", p);
    if (!is_known(entered)) return false;
    look_at_applicants(s, p, name);
    if (is_nothing(entered)) {
      add(Weight::nobody, 1, message("Nobody enrolled in {} in any world.", name));
      return true;
    }
    look_at_years(s, p, name);
    auto left = study_.sums("programmes/places", s, 0, "programme", p);
    for (std::size_t w = 0; w < left.size(); ++w) left[w] = left[w] > 0 ? 1 - entered[w] / left[w] : std::nan("");
    const Spread empty = spread_of(std::move(left));
    if (empty.worlds > 0 && empty.median >= worth_saying)
      add(Weight::unused, empty.median, message("{}% of the places of {} stayed empty.", percent(empty.median), name));
    return true;
  }

  /// Applicants whom the programme's money does not reach.
  void look_at_applicants(std::size_t s, std::size_t p, const Message& name) {
    for (const EmptyFund& empty : empty_funds(study_, s, p))
      add(Weight::money_short, 1,
          message("The fund {} has no money in {}: nobody can enter {} then.", fund_title(study_, empty.fund),
                  listed(empty.years), name));
    const auto found = short_of_money(study_, s, p);
    if (!found) return;
    const std::string entered = grouped(found->entered, 0), applied = grouped(found->applied, 0);
    const Message years = listed(found->years);
    const double turned_away = 1 - found->entered / found->applied;
    if (found->entered == 0)
      add(Weight::money_short, turned_away,
          message("The money for {} pays not one place in {}: none of {} persons who applied entered.", name, years,
                  applied));
    else
      add(Weight::money_short, turned_away,
          message(found->years.size() == 1
                      ? msgid("The money for {} was short in {}: {} of {} persons who applied entered.")
                      : msgid("The money for {} was short in {}: in the mean of these years {} of {} persons who "
                              "applied entered."),
                  name, years, entered, applied));
  }

  /// Years in which the programme offers places and nobody takes one in any world.
  void look_at_years(std::size_t s, std::size_t p, const Message& name) {
    std::vector<std::string> years;
    for (std::size_t y = 0; y < study_.years().size(); ++y) {
      const auto places = study_.worlds("programmes/places", s, y, "programme", p);
      if (!(spread_of(places).median > 0)) continue;
      if (is_nothing(study_.worlds("programmes/entered_units", s, y, "programme", p)))
        years.push_back(std::to_string(study_.years()[y]));
    }
    if (!years.empty())
      add(Weight::empty_year, 1, message("{} had places in {}, and nobody entered in any world.", name, listed(years)));
  }

  void look_at_money(std::size_t s, std::size_t f) {
    const auto in = study_.sums("ledger/transfer_in", s, 0, "fund", f),
               lapsed = study_.sums("ledger/lapsed", s, 0, "fund", f),
               left = study_.worlds("ledger/carried_over", s, study_.size("year") - 1, "fund", f);
    std::vector<double> unused(in.size()), amount(in.size());
    for (std::size_t w = 0; w < in.size(); ++w) {
      amount[w] = (lapsed[w] + left[w]) / page_.money.unit;
      unused[w] = in[w] > 0 ? (lapsed[w] + left[w]) / in[w] : std::nan("");
    }
    const Spread share = spread_of(std::move(unused));
    if (share.worlds == 0 || share.median < worth_saying) return;
    const bool mostly_lapsed = 2 * spread_of(lapsed).median >= page_.money.unit * spread_of(amount).median;
    const double median = spread_of(amount).median;
    add(Weight::unused, share.median,
        message(mostly_lapsed ? msgid("{}% of the fund {} was never used: {} {} lapsed.")
                              : msgid("{}% of the fund {} was never used: {} {} are left over."),
                percent(share.median), fund_title(study_, study_.names("fund")[f]),
                grouped(median, decimals_for(median)), page_.money.name));
  }

  void look_at_limits() {
    std::vector<std::string> limitless, defined;
    const std::string list = study_.text("funds_unlimited");
    for (std::size_t at = 0; at < list.size();) {
      const std::size_t end = std::min(list.find(',', at), list.size());
      limitless.push_back(list.substr(at, end - at));
      at = end + 1;
    }
    const auto is_limitless = [&](const std::string& fund) {
      return std::find(limitless.begin(), limitless.end(), fund) != limitless.end();
    };
    const auto funds = study_.names("fund");
    for (std::size_t f = 1; f < funds.size(); ++f)  // the safety net's own source comes first
      if (!is_limitless(funds[f])) defined.push_back(funds[f]);
    scenario_.clear();
    std::vector<std::string> others;
    for (const std::string& fund : limitless) {
      const std::string near = nearest_name(fund, defined);
      if (near.empty())
        others.push_back(fund);
      else
        add(Weight::misspelt_fund, 1,
            message("The fund {} has no limit: no [funds.{}] is defined. Is {} meant?", fund, fund, near));
    }
    if (!others.empty())
      add(Weight::funds_without_limit, 1,
          message("Without a limit, since no [funds.…] defines them: {}.", listed(others)));
  }

  /// Known in some world, and zero wherever it is known.
  static bool is_nothing(const std::vector<double>& values) {
    return std::none_of(values.begin(), values.end(), [](double v) { return v > 0; }) && is_known(values);
  }
  /// In some world.
  static bool is_known(const std::vector<double>& values) {
    return std::any_of(values.begin(), values.end(), [](double v) { return !std::isnan(v); });
  }

  const Page& page_;
  const StudyView& study_;
  std::string scenario_;
  std::size_t planned_ = 0;  ///< scenarios that have programmes
  std::vector<Warning> found_;
};

}  // namespace

std::vector<Message> study_warnings(const Page& page) { return Warnings(page).all(); }

}  // namespace tuopin
