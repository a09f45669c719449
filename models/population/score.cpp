#include "models/population/score.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "engine/base/normals.hpp"
#include "models/scenario/margin_names.hpp"

namespace tuopin {

namespace {

using u8 = std::uint8_t;
using u32 = std::uint32_t;

double covariance(const std::vector<double>& a, const std::vector<double>& b, std::span<const u8> members) {
  double sum = 0, persons = 0;
  for (std::size_t h = 0; h < members.size(); ++h) {
    sum += members[h] * a[h] * b[h];
    persons += members[h];
  }
  return sum / persons;
}

}  // namespace

std::vector<double> standardised(std::vector<double> values, std::span<const u8> members) {
  double mean = 0, persons = 0;
  for (std::size_t h = 0; h < values.size(); ++h) {
    mean += members[h] * values[h];
    persons += members[h];
  }
  mean /= persons;
  for (double& value : values) value -= mean;
  const double sd = std::sqrt(covariance(values, values, members));
  for (double& value : values) value = sd > 0 ? value / sd : 0;
  return values;
}

void score_households(Population& population, const SynthesisContext& context, const ScoreParts& parts) {
  Table& households = population.households;
  const std::size_t n = households.rows();
  const auto members = households.column<u8>("members"), able = households.column<u8>("able_workers");
  const auto id = households.column<u32>("id"), village = households.column<u32>("village");
  const auto prosperity = population.villages.column<float>("prosperity");
  std::vector<double> size(n), labour(n);
  for (std::size_t h = 0; h < n; ++h) {
    size[h] = members[h];
    labour[h] = static_cast<double>(able[h]) / members[h];
  }
  size = standardised(std::move(size), members);
  labour = standardised(std::move(labour), members);

  // Slopes that give each of the two correlations while size and labour are themselves correlated.
  const double r_size = context.correlation(margin::size_correlation),
               r_labour = context.correlation(margin::labour_correlation);
  const double r = covariance(size, labour, members),
               determinant = std::max(1 - r * r, 1e-6);  // definition: no division by zero
  const double b_size = (r_size - r * r_labour) / determinant, b_labour = (r_labour - r * r_size) / determinant;
  double between = parts.village_sd * parts.village_sd, persons = 0;
  for (std::size_t c = 0; c < parts.county.size(); ++c) persons += static_cast<double>(context.targets[c].persons);
  for (std::size_t c = 0; c < parts.county.size(); ++c)
    between += static_cast<double>(context.targets[c].persons) / persons * parts.county[c] * parts.county[c];
  const double own = 1 - between - b_size * r_size - b_labour * r_labour;
  if (own < 0) {
    context.fail(margin::village_correlation, context.input.whole.id,
                 message("villages, size and labour together explain {} of the variance, more than all of it",
                         fmt::format("{:.2f}", 1 - own)));
    return;
  }
  const Luck luck = context.luck("population.score");
  std::vector<std::pair<double, u32>> order(n);
  for (u32 h = 0; h < n; ++h)
    order[h] = {
        prosperity[village[h]] + b_size * size[h] + b_labour * labour[h] + std::sqrt(own) * luck.normal(id[h], 0), h};
  std::sort(order.begin(), order.end());

  const auto score = households.column<float>("permanent_score");
  const auto all = static_cast<double>(population.persons.rows());
  std::int64_t below = 0;
  for (const auto& [index, h] : order) {
    score[h] = static_cast<float>(normal_quantile((static_cast<double>(below) + members[h] / 2.0) / all));
    below += members[h];
  }
}

}  // namespace tuopin
