#include "models/population/margin_sums.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/settings/units.hpp"
#include "models/population/targets.hpp"
#include "models/scenario/margin_names.hpp"
#include "models/scenario/tables.hpp"

namespace tuopin {

namespace {

constexpr double close_enough = 1e-6;      // definition: shares that sum to one
constexpr double rounding_of_sums = 1e-9;  // definition: adding up doubles

/// Shares that sum to one, or at most to one (the rest is other).
struct Whole {
  std::vector<std::string> names;
  bool may_be_less;
};

std::vector<Whole> wholes(const Margins& margins) {
  std::vector<std::string> sizes;
  for (int size = 1; size <= size_classes; ++size)
    sizes.push_back(std::string(margin::size_prefix) + std::to_string(size));
  const auto names = [](std::initializer_list<std::string_view> list) {
    return std::vector<std::string>(list.begin(), list.end());
  };
  std::vector<Whole> all = {
      {sizes, false},
      {names({margin::child, margin::adult, margin::elder}), false},
      {names({margin::share_wage, margin::share_business, margin::share_property, margin::share_transfer}), false}};
  if (!margins.groups().empty()) all.push_back({margins.groups(), true});
  return all;
}

/// `0.31 (age_0_15, line 12)`
Message figure_of(const Margin& margin, const Message& called, const std::string& file) {
  return margin.origin.file == file
             ? message("{} ({}, line {})", margin.value, called, margin.origin.line)
             : message("{} ({}, {}, line {})", margin.value, called, margin.origin.file, margin.origin.line);
}
Message figure_of(const Margin& margin, const std::string& called, const std::string& file) {
  return figure_of(margin, Message::verbatim(called), file);
}

Message list_of(const std::vector<Message>& figures) {
  constexpr std::size_t most = 16;
  std::vector<Message> parts;
  for (std::size_t i = 0; i < figures.size() && i < most; ++i) {
    if (i) parts.push_back(Message::verbatim(", "));
    parts.push_back(figures[i]);
  }
  Message list = Message::together(std::move(parts));
  return figures.size() > most ? message("{} and {} more", list, figures.size() - most) : list;
}

/// Weight of a county's share or mean in that of the region.
std::vector<double> weights_of(const RowField& field, const Margins& margins, const std::vector<std::string>& counties,
                               const CountyWeights& weights) {
  if (field.name == margin::largest_size_mean) {
    std::vector<double> large = weights.households;
    const std::string last = std::string(margin::size_prefix) + std::to_string(size_classes);
    for (std::size_t c = 0; c < large.size(); ++c) large[c] *= margins.optional(last, counties[c]);
    return large;
  }
  return field.unit == "share of households" ? weights.households : weights.persons;
}

double mean_of(const std::string& name, const Margins& margins, const std::vector<std::string>& counties,
               const std::vector<double>& weight) {
  double sum = 0, all = 0;
  for (std::size_t c = 0; c < counties.size(); ++c) {
    sum += weight[c] * margins.own(name, counties[c])->value;
    all += weight[c];
  }
  return all > 0 ? sum / all : 0;
}

double sum_of(const std::string& name, const Margins& margins, const std::vector<std::string>& counties) {
  double sum = 0;
  for (const std::string& county : counties) sum += margins.own(name, county)->value;
  return sum;
}

class SumCheck {
 public:
  SumCheck(const SynthesisInput& input, std::vector<Problem>& problems)
      : input_(input), margins_(input.margins), counties_(ids_of(input.counties)), problems_(problems) {}

  void all_or_none() const {
    for (const RowField& field : margins_.table().rows) {
      const Margin* some = nullptr;
      const std::string* lacking = nullptr;
      for (const std::string& county : counties_) {
        const Margin* row = margins_.own(field.name, county);
        if (row && !some) some = row;
        if (!row && !lacking) lacking = &county;
      }
      if (some && lacking && !field.shown_only)
        problems_.push_back({some->origin, "place",
                             message("{} has rows for some counties and none for {}", field.name, *lacking),
                             message("give rows for all counties or for none")});
    }
  }

  void one_way_of_saying_it() const {
    const auto first = [&](std::string_view name) { return margins_.own(name, counties_.front()); };
    if (counties_.empty()) return;
    const Margin *mean = first(margin::mean_income), *relative = first(margin::relative_income);
    if (mean && relative)
      problems_.push_back({relative->origin, "name",
                           message("{} says again what {} by county says (line {})", margin::relative_income,
                                   margin::mean_income, mean->origin.line),
                           message("keep one of the two")});
    const std::string_view name = mean ? margin::mean_income : margin::relative_income;
    if (!margins_.by_county(name, counties_)) return;
    const Margin* region = margins_.own(name, input_.whole.id);
    const double even = region ? region->value : mean ? first(name)->value : 1;
    const bool differ = std::any_of(counties_.begin(), counties_.end(), [&](const std::string& county) {
      return margins_.own(name, county)->value != even;
    });
    const Margin* spread = margins_.own(margin::permanent_sd, input_.whole.id);
    if (differ && !(spread && spread->value > 0))
      problems_.push_back({spread ? spread->origin : first(name)->origin, "value",
                           message(spread ? msgid("{} is zero where counties differ in {}")
                                          : msgid("{} is missing where counties differ in {}"),
                                   margin::permanent_sd, name),
                           message("give the row {},{}, in log", margin::permanent_sd, input_.whole.id)});
  }

  void shares() const {
    for (const Whole& whole : wholes(margins_)) {
      const auto has_own = [&](const std::string& place) {
        return std::any_of(whole.names.begin(), whole.names.end(),
                           [&](const std::string& name) { return margins_.own(name, place) != nullptr; });
      };
      share_sum(whole, input_.whole.id);
      for (const std::string& county : counties_)
        if (has_own(county)) share_sum(whole, county);
    }
  }

  void counties_and_region() const {
    const CountyWeights weights = county_weights(input_, margins_);
    for (const RowField& field : margins_.table().rows) {
      if (field.shown_only || field.level == Level::region || !margins_.by_county(field.name, counties_)) continue;
      const Margin* region = margins_.own(field.name, input_.whole.id);
      if (field.level == Level::county)
        against(field, 1, 0, nullptr, weights);
      else if (region && !region->in_proportion)
        against(field, region->value, region->rounding, region, weights);
    }
  }

  void proportions() const {
    for (const auto& [key, margin] : margins_.rows())
      if (margin.in_proportion && !margins_.by_county(margin.name, counties_))
        problems_.push_back({margin.origin, "margin." + margin.name + ".counties",
                             message("is \"in proportion\", and {} has no rows by county", margin.name),
                             message("leave it out")});
  }

 private:
  void share_sum(const Whole& whole, const std::string& place) const {
    double sum = 0;
    std::vector<Message> figures;
    const Margin* at = nullptr;
    for (const std::string& name : whole.names) {
      const Margin* margin = margins_.find(name, place);
      if (!margin) return;  // missing margins are reported elsewhere
      if (!at) at = margin;
      sum += margin->value;
    }
    if (sum <= 1 + close_enough && (whole.may_be_less || sum >= 1 - close_enough)) return;
    for (const std::string& name : whole.names) {
      const Margin* margin = margins_.find(name, place);
      figures.push_back(figure_of(
          *margin, margin->place == place ? Message::verbatim(name) : message("{} of {}", name, margin->place),
          at->origin.file));
    }
    problems_.push_back(
        {at->origin, "value",
         message("{}: {}", place,
                 message(whole.may_be_less ? msgid("the shares {} to {} sum to {}, expected at most 1: {}")
                                           : msgid("the shares {} to {} sum to {}, expected 1: {}"),
                         whole.names.front(), whole.names.back(), fmt::format("{:.7g}", sum), list_of(figures))),
         ""});
  }

  void against(const RowField& field, double region, double rounding, const Margin* row,
               const CountyWeights& weights) const {
    const std::vector<double> weight = weights_of(field, margins_, counties_, weights);
    double tolerance = rounding, all = 0;
    for (const double w : weight) all += w;
    std::vector<Message> figures;
    const Margin* first = margins_.own(field.name, counties_.front());
    for (std::size_t c = 0; c < counties_.size(); ++c) {
      const Margin* own = margins_.own(field.name, counties_[c]);
      tolerance += own->rounding * (field.total ? 1 : all > 0 ? weight[c] / all : 0);
      figures.push_back(figure_of(*own, counties_[c], first->origin.file));
    }
    if (field.counted) tolerance = 0;
    const double counties =
        field.total ? sum_of(field.name, margins_, counties_) : mean_of(field.name, margins_, counties_, weight);
    const double slack = tolerance + rounding_of_sums * std::max(1.0, std::fabs(region));
    if (!(all > 0) || std::fabs(counties - region) <= slack) return;
    const Message expected = row ? figure_of(*row, input_.whole.id, first->origin.file)
                                 : message("{}, as counties over their own mean", region);
    const bool replaced = row && row->origin.file != first->origin.file;
    problems_.push_back(
        {row ? row->origin : first->origin, "value",
         message("{}: {}", field.name,
                 message(field.total ? msgid("the counties sum to {}, expected {}: {}")
                                     : msgid("the counties average {}, expected {}: {}"),
                         with_unit(fmt::format("{:.10g}", counties), field.unit), expected, list_of(figures))),
         replaced ? message("counties = \"in proportion\" in [margin.{}] scales the rows of the counties", field.name)
         : row    ? message("mend one of the two, or leave out the region's")
                  : ""});
  }

  const SynthesisInput& input_;
  const Margins& margins_;
  const std::vector<std::string> counties_;
  std::vector<Problem>& problems_;
};

/// Multiplies the counties' shares or means until their mean is the region's; none exceeds its bound.
double scale_to_region(Margins& margins, const RowField& field, const std::vector<std::string>& counties,
                       const std::vector<double>& weight, double region) {
  const double before = mean_of(field.name, margins, counties, weight);
  std::vector<double> values;
  std::vector<bool> full(counties.size(), false);
  for (const std::string& county : counties) values.push_back(margins.own(field.name, county)->value);
  for (bool over = true; over;) {
    double wanted = 0, free = 0;
    for (std::size_t c = 0; c < values.size(); ++c) {
      wanted += weight[c] * (full[c] ? region - field.upper : region);
      free += full[c] ? 0 : weight[c] * values[c];
    }
    if (!(free > 0)) break;
    over = false;
    for (std::size_t c = 0; c < values.size(); ++c) {
      if (full[c]) continue;
      values[c] *= wanted / free;
      if (values[c] > field.upper) values[c] = field.upper, full[c] = over = true;
    }
  }
  for (std::size_t c = 0; c < counties.size(); ++c) {
    Margin margin = *margins.own(field.name, counties[c]);
    margin.value = values[c];
    margins.set(std::move(margin));
  }
  return before;
}

/// What is said of counties that were brought to the region's figure.
MessageId brought_together(bool drawn, bool total) {
  if (drawn)
    return total ? msgid("drawn {} of the counties sums to {}: brought to the region's {} (each times {})")
                 : msgid("drawn {} of the counties averages {}: brought to the region's {} (each times {})");
  return total ? msgid("{} of the counties sums to {}: brought to the region's {} (each times {})")
               : msgid("{} of the counties averages {}: brought to the region's {} (each times {})");
}

/// Drawn shares that do not sum to one; the targets divide them by their sum.
void note_drawn_shares(const Margins& margins, const SynthesisInput& input, const std::vector<std::string>& counties,
                       SynthesisReport& report) {
  std::vector<std::string> places{input.whole.id};
  places.insert(places.end(), counties.begin(), counties.end());
  for (const Whole& whole : wholes(margins))
    for (const std::string& place : places) {
      double sum = 0;
      bool own = false, all = true;
      for (const std::string& name : whole.names) {
        const Margin* margin = margins.find(name, place);
        all = all && margin;
        own = own || margins.own(name, place);
        sum += margin ? margin->value : 0;
      }
      if (!own || !all || std::fabs(sum - 1) <= close_enough || (whole.may_be_less && sum < 1)) continue;
      report.notes.push_back(message("drawn shares {} to {} of {} sum to {}: brought to 1 (each times {})",
                                     whole.names.front(), whole.names.back(), place, fmt::format("{:.4f}", sum),
                                     fmt::format("{:.4f}", 1 / sum)));
    }
}

}  // namespace

std::vector<std::string> ids_of(const std::vector<Place>& counties) {
  std::vector<std::string> ids;
  for (const Place& place : counties) ids.push_back(place.id);
  return ids;
}

CountyWeights county_weights(const SynthesisInput& input, const Margins& margins) {
  std::vector<Problem> said_elsewhere;
  const std::vector<double> even(input.counties.size(), 1.0);
  const auto numbers = [](const std::vector<std::int64_t>& counts) {
    return std::vector<double>(counts.begin(), counts.end());
  };
  CountyWeights weights;
  weights.persons = numbers(shared_out(input, margins, margin::persons, even, said_elsewhere));
  weights.households = numbers(shared_out(input, margins, margin::households, weights.persons, said_elsewhere));
  return weights;
}

void check_sums(const SynthesisInput& input, std::vector<Problem>& problems) {
  const SumCheck typed(input, problems);
  const std::size_t before = problems.size();
  typed.all_or_none();
  typed.one_way_of_saying_it();
  typed.proportions();
  if (problems.size() > before) return;
  typed.counties_and_region();
  SynthesisInput scaled = input;  // shares of counties sum to one after they were scaled, too
  SynthesisReport report;
  bring_together(scaled.margins, input, report);
  SumCheck(scaled, problems).shares();
}

void bring_together(Margins& margins, const SynthesisInput& input, SynthesisReport& report) {
  const std::vector<std::string> counties = ids_of(input.counties);
  const CountyWeights weights = county_weights(input, margins);
  for (const RowField& field : margins.table().rows) {
    if (field.level != Level::either || field.shown_only || !margins.by_county(field.name, counties)) continue;
    const std::vector<double> weight = weights_of(field, margins, counties, weights);
    const Margin* region = margins.own(field.name, input.whole.id);
    if (!region) {
      Margin made = *margins.own(field.name, counties.front());
      made.place = input.whole.id;
      made.value = field.total ? sum_of(field.name, margins, counties) : mean_of(field.name, margins, counties, weight);
      made.low = made.high = made.value;
      made.from_counties = true;
      margins.set(std::move(made));
      continue;
    }
    if (report.index == 0 && !region->in_proportion) continue;
    const double asked = region->value;
    const double given =
        field.total ? sum_of(field.name, margins, counties) : scale_to_region(margins, field, counties, weight, asked);
    if (std::fabs(given - asked) > close_enough * std::fabs(asked) && given > 0)
      report.notes.push_back(message(brought_together(report.index > 0, field.total), field.name,
                                     with_unit(fmt::format("{:.10g}", given), field.unit),
                                     fmt::format("{:.10g}", asked), fmt::format("{:.4f}", asked / given)));
  }
  if (report.index > 0) note_drawn_shares(margins, input, counties, report);
}

}  // namespace tuopin
