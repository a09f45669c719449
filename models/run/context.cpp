#include "models/run/context.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "models/run/calibration.hpp"

namespace tuopin {

namespace {
constexpr std::size_t most_draws_kept = 100'000;  // definition: of calibrations; each takes some 200 bytes

/// What the calibration of a draw depends on. Of a design it does not depend on the luck.
std::string name_of(const Course& course, const Draw& draw) {
  const DrawAddress& address = draw.address;
  if (!address.positions) return fmt::format("{} {} {}", course.digests.base(), address.seed, address.draw);
  std::string text = fmt::format("{} of {}", course.digests.base(), draw.population);
  for (const auto& [name, position] : *address.positions) text += fmt::format(" {} {}", name, position);
  return text;
}

}  // namespace

Context::Context(std::shared_ptr<const Region> region, std::vector<std::shared_ptr<const Population>> populations,
                 const std::vector<double>& shares, std::size_t shards, const Catalogue& catalogue)
    : region_(std::move(region)), catalogue_(&catalogue),
      of_draws_(std::make_unique<MadeOnce<Calibration>>(most_draws_kept)),
      of_central_(std::make_unique<MadeOnce<BaseYear::Result>>(most_draws_kept)) {
  for (std::size_t p = 0; p < populations.size(); ++p)
    resident_.push_back(std::make_unique<Resident>(std::move(populations[p]), shards, shares.empty() ? 1 : shares[p]));
}

void Context::number_accounts(const std::vector<Course>& courses) {
  for (const Course& course : courses)
    if (std::find(prepared_.begin(), prepared_.end(), course.scenario) == prepared_.end())
      prepared_.push_back(course.scenario);
  std::vector<const Settings*> settings;
  std::vector<const std::vector<Settings>*> programmes;
  for (const auto& scenario : prepared_) {
    settings.push_back(&scenario->settings);
    programmes.push_back(&scenario->programmes);
  }
  accounts_ = account_names(settings, programmes);
}

void Context::prepare(const std::vector<Course>& courses, const Calibration& known) {
  number_accounts(courses);
  for (const Course& course : courses) {
    calibrations_[course.digests.base()].assign(resident_.size(), known);
    given_.insert(course.digests.base());
  }
}

void Context::prepare(const std::vector<Course>& courses, std::size_t used, const Team& team, const ProgressSink& sink,
                      const StopFlag& stop) {
  number_accounts(courses);
  std::vector<const Course*> bases;  // the first course of each base year that is not known yet
  std::set<std::uint64_t> seen;
  for (const Course& course : courses) {
    const auto known = calibrations_.find(course.digests.base());
    if ((known == calibrations_.end() || known->second.size() < used) && seen.insert(course.digests.base()).second)
      bases.push_back(&course);
  }

  // With fewer populations than members, distribute the rows of each population instead.
  const bool by_population = used >= team.members();
  const Threads alone;
  const Team &of_populations = by_population ? team : alone, &of_rows = by_population ? alone : team;
  Progress progress("calibration", used, sink);
  std::vector<std::vector<Calibration>> found(bases.size(), std::vector<Calibration>(used));
  try_each(of_populations, used, [&](std::size_t p) {
    if (stop.stopped()) return;
    for (std::size_t b = 0; b < bases.size(); ++b)
      found[b][p] = calibrate(sharded(p), *bases[b]->scenario, *region_, *catalogue_, of_rows);
    progress.step();
  });
  if (stop.stopped()) throw Interrupted(message("stopped while calibrating"));
  for (std::size_t b = 0; b < bases.size(); ++b) calibrations_[bases[b]->digests.base()] = std::move(found[b]);
}

const Calibration& Context::calibration(const Course& course, std::size_t population) const {
  const auto known = calibrations_.find(course.digests.base());
  if (known == calibrations_.end() || population >= known->second.size())
    throw UsageError(message("the base year of {} was not prepared with population {}: prepare the scenario first",
                             course.scenario->name, population));
  return known->second[population];
}

Calibration Context::calibration(const Course& course, const Draw& draw) const {
  const Calibration& central = calibration(course, draw.population);
  if (draw.address.central || given_.contains(course.digests.base())) return central;
  const Threads alone;
  if (draw.address.positions)
    return *of_draws_->of(name_of(course, draw), [&] {
      BaseYear base(sharded(draw.population), *course.scenario, draw.region, draw.address, *catalogue_, alone);
      return calibrate_placed(base, *resident_[draw.population]->population,
                              draw.region.line("statistical", draw.region.base_year), central,
                              central_base_year(course, draw.population));
    });
  return *of_draws_->of(name_of(course, draw), [&] {
    BaseYear base(sharded(draw.population), *course.scenario, draw.region, draw.address, *catalogue_, alone);
    return calibrate_draw(base, *resident_[draw.population]->population,
                          draw.region.line("statistical", draw.region.base_year), central);
  });
}

BaseYear::Result Context::central_base_year(const Course& course, std::size_t population) const {
  return *of_central_->of(fmt::format("{} of {}", course.digests.base(), population), [&] {
    const Threads alone;
    BaseYear base(sharded(population), *course.scenario, *region_, DrawAddress{}, *catalogue_, alone);
    const Calibration& central = calibration(course, population);
    return base.at(central.sigma, central.level);
  });
}

std::shared_ptr<const Draw> Context::draw(const DrawAddress& address) const {
  return draw(address, population_of_draw(address.draw, resident_.size()));
}

std::shared_ptr<const Draw> Context::draw(const DrawAddress& address, std::size_t population) const {
  return std::make_shared<const Draw>(Draw{address, population, drawn(*region_, address)});
}

}  // namespace tuopin
