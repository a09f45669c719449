#include "models/population/review.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <span>

#include "engine/base/largest_remainder.hpp"
#include "models/population/livelihoods.hpp"
#include "models/population/people.hpp"
#include "models/scenario/margin_names.hpp"
#include "models/scenario/tables.hpp"

namespace tuopin {

namespace {

using u8 = std::uint8_t;
using u32 = std::uint32_t;

class Review {
 public:
  Review(const Population& p, const SynthesisContext& c, SynthesisReport& r)
      : people_(p), context_(c), report_(r), extents_(p), income_weights_(income_weights(p, c)) {}

  void line(std::string_view margin, std::size_t county, std::string_view unit, double target, double achieved) {
    add(margin, context_.input.counties[county].id, unit, target, achieved);
  }
  void whole(std::string_view margin, std::string_view unit, double target, double achieved) {
    add(margin, context_.input.whole.id, unit, target, achieved);
  }

  void persons(std::size_t c) {
    const CountyTargets& target = context_.targets[c];
    const u32 first = extents_.persons[c], last = extents_.persons[c + 1];
    const auto count = [&](std::string_view column, const std::function<bool(u8)>& is) {
      const auto values = people_.persons.column<u8>(column).subspan(first, last - first);
      return static_cast<double>(std::count_if(values.begin(), values.end(), is));
    };
    const auto of = [&](PersonMargin m) { return static_cast<double>(target.person_counts[m]); };
    const auto total = static_cast<double>(target.persons);
    const auto is = [](u8 code) { return [code](u8 value) { return value == code; }; };
    line(margin::persons, c, "persons", total, last - first);
    line(margin::child, c, "persons", of(of_child), count("age", [](u8 age) { return age < 16; }));
    line(margin::adult, c, "persons", total - of(of_child) - of(of_elder),
         count("age", [](u8 age) { return age >= 16 && age < 60; }));
    line(margin::elder, c, "persons", of(of_elder), count("age", [](u8 age) { return age >= 60; }));
    line(margin::male, c, "persons", of(of_male), count("sex", is(0)));
    line(margin::in_school, c, "persons", of(of_school), count("in_school", is(1)));
    line(margin::away, c, "persons", of(of_away), count("away", is(1)));
    line(margin::partial, c, "persons", of(of_partial), count("work_ability", is(1)));
    const auto age = people_.persons.column<u8>("age"), ability = people_.persons.column<u8>("work_ability");
    double unable = 0;
    for (u32 p = first; p < last; ++p) unable += age[p] >= 16 && age[p] <= 65 && ability[p] == 0;
    line(margin::none, c, "persons", of(of_none), unable);
    const auto& groups = context_.margins.groups();
    constexpr u8 other = margin::most_groups;
    for (u8 e = 0; e <= other; ++e)
      if (e == other ? !groups.empty() : e < groups.size())
        line(e == other ? "other_ethnicity" : groups[e], c, "persons", static_cast<double>(target.ethnicity[e]),
             count("ethnicity", is(e)));
  }

  void households(std::size_t c) {
    const CountyTargets& target = context_.targets[c];
    const u32 first = extents_.households[c], last = extents_.households[c + 1];
    const auto members = people_.households.column<u8>("members"), able = people_.households.column<u8>("able_workers");
    std::array<double, size_classes> asked{}, sizes{};
    double workers = 0;
    // The central population is compared with the typed margins, the others with the drawn and adjusted ones.
    if (report_.index == 0) std::copy(target.typed_sizes.begin(), target.typed_sizes.end(), asked.begin());
    for (std::size_t k = 0; k < largest_household && report_.index > 0; ++k)
      asked[std::min<std::size_t>(k, size_classes - 1)] += static_cast<double>(target.by_size[k]);
    for (u32 h = first; h < last; ++h) {
      sizes[static_cast<std::size_t>(std::min<int>(members[h], size_classes) - 1)] += 1;
      workers += able[h];
    }
    line(margin::households, c, "households", static_cast<double>(target.households), last - first);
    for (std::size_t k = 0; k < size_classes; ++k)
      line(std::string(margin::size_prefix) + std::to_string(k + 1), c, "households", asked[k], sizes[k]);
    line(margin::able, c, "persons", static_cast<double>(target.person_counts[of_able]), workers);
  }

  void villages(std::size_t c) {
    const u32 first = extents_.villages[c], last = extents_.villages[c + 1];
    const auto marked = [&](std::string_view column) {
      const auto values = people_.villages.column<u8>(column).subspan(first, last - first);
      return static_cast<double>(std::count(values.begin(), values.end(), u8{1}));
    };
    const CountyTargets& target = context_.targets[c];
    line(margin::villages, c, "villages", static_cast<double>(target.villages), last - first);
    line(margin::poor_villages, c, "villages", static_cast<double>(target.poor_villages), marked("poor_village"));
    line(margin::forest_villages, c, "villages", static_cast<double>(target.forest_villages), marked("forest_zone"));
    line(margin::registered, c, "persons", static_cast<double>(target.registered),
         static_cast<double>(people_.registered_quota[c]));
  }

  void land() {
    double forest = 0, holders = 0, arable = 0, arable_target = 0;
    for (const float mu : people_.households.column<float>("forest_mu")) forest += mu, holders += mu > 0;
    for (const float mu : people_.households.column<float>("arable_mu")) arable += mu;
    for (std::size_t c = 0; c < context_.targets.size(); ++c)
      arable_target += context_.county(margin::arable_per_person, c) * static_cast<double>(context_.targets[c].persons);
    whole(margin::arable_per_person, "mu", arable_target, arable);
    if (context_.margins.own(margin::forest_mu, context_.input.whole.id))
      whole(margin::forest_mu, "mu", context_.region(margin::forest_mu), forest);
    if (context_.margins.own(margin::forest_households, context_.input.whole.id))
      whole(margin::forest_households, "households", context_.region(margin::forest_households), holders);
  }

  /// Households counted by a flag of their own or of their village; by county where the margin is.
  void flagged(std::string_view name, const std::function<bool(u32)>& is) {
    const auto in = [&](u32 first, u32 last) {
      double count = 0;
      for (u32 h = first; h < last; ++h) count += is(h);
      return count;
    };
    const auto asked = [](double share, u32 households) {
      return static_cast<double>(nearest_whole(households * share));
    };
    const auto all = static_cast<u32>(people_.households.rows());
    if (!context_.by_county(name)) return whole(name, "households", asked(context_.region(name), all), in(0, all));
    for (std::size_t c = 0; c < context_.targets.size(); ++c) {
      const u32 first = extents_.households[c], last = extents_.households[c + 1];
      line(name, c, "households", asked(context_.county(name, c), last - first), in(first, last));
    }
  }

  void livelihoods() {
    const auto village = people_.households.column<u32>("village");
    const auto hazard = people_.villages.column<u8>("hazard_zone");
    flagged(margin::hazard, [&](u32 h) { return hazard[village[h]] != 0; });
    land();
    const std::pair<std::string_view, std::string_view> lacks[] = {{margin::housing_unsafe, "housing_safe"},
                                                                   {margin::water_unsafe, "water_safe"},
                                                                   {margin::schooling_unmet, "schooling_met"},
                                                                   {margin::medical_unmet, "medical_met"}};
    for (const auto& [name, column] : lacks) {
      const auto values = people_.households.column<u8>(column);
      flagged(name, [&](u32 h) { return values[h] == 0; });
    }
    const std::string_view streams[] = {margin::share_wage, margin::share_business, margin::share_property,
                                        margin::share_transfer};
    const bool by_county = std::any_of(std::begin(streams), std::end(streams),
                                       [&](std::string_view name) { return context_.by_county(name); });
    const std::string& region = context_.input.whole.id;
    for (const std::string_view name : streams) {
      if (!by_county) stream(name, streams, region, 0, static_cast<u32>(people_.households.rows()), 1);
      for (std::size_t c = 0; by_county && c < context_.targets.size(); ++c) {
        const double persons = extents_.persons[c + 1] - extents_.persons[c];
        stream(name, streams, context_.input.counties[c].id, extents_.households[c], extents_.households[c + 1],
               persons / static_cast<double>(people_.persons.rows()));
      }
    }
  }

  /// A stream's share of the income of households [first, last).
  void stream(std::string_view name, std::span<const std::string_view> streams, const std::string& place, u32 first,
              u32 last, double weight) {
    double all = 0, mean = 0, whole = 0;
    for (const std::string_view one : streams) all += context_.margins.optional(one, place);
    const auto share = people_.households.column<float>(name);
    for (u32 h = first; h < last; ++h) {
      mean += share[h] * income_weights_[h];
      whole += income_weights_[h];
    }
    add(name, place, "share", context_.margins.optional(name, place) / all, mean / whole);
    report_.lines.back().weight = weight;
  }

 private:
  void add(std::string_view margin, std::string_view place, std::string_view unit, double target, double achieved) {
    const Margin* row = context_.margins.find(margin, place);
    report_.lines.push_back({std::string(margin), std::string(place), std::string(unit), target, achieved,
                             row ? row->status : Status::assumption});
  }

  const Population& people_;
  const SynthesisContext& context_;
  SynthesisReport& report_;
  CountyRows extents_;
  std::vector<double> income_weights_;
};

}  // namespace

void review(const Population& population, const SynthesisContext& context, SynthesisReport& report) {
  Review review(population, context, report);
  for (std::size_t c = 0; c < context.targets.size(); ++c) {
    review.persons(c);
    review.households(c);
    review.villages(c);
  }
  review.livelihoods();
  std::string other_years;
  for (const auto& [key, margin] : context.margins.rows()) {
    if (margin.from_counties) continue;
    if (const RowField* field = context.margins.table().row(key.first); !field || field->shown_only) {
      if (report.unused.empty() || report.unused.back() != key.first) report.unused.push_back(key.first);
      continue;
    }
    if (margin.year != 0 && margin.year != context.input.base_year) {
      const std::string text = fmt::format(" {} ({}, {})", margin.name, margin.place, margin.year);
      if (other_years.find(text) == std::string::npos) other_years += text;
    }
    ++(margin.status == Status::published ? report.published
       : margin.status == Status::derived ? report.derived
                                          : report.assumption);
  }
  if (!other_years.empty())
    report.notes.push_back(message("figures of other years stand for {}:{}", context.input.base_year, other_years));
}

}  // namespace tuopin
