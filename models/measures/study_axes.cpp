#include "models/measures/study_axes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace tuopin {

namespace {

std::vector<std::int64_t> numbers(std::size_t n, std::int64_t first) {
  std::vector<std::int64_t> values(n);
  for (std::size_t i = 0; i < n; ++i) values[i] = first + static_cast<std::int64_t>(i);
  return values;
}

/// The leading dimensions of a figure, given by the facts that it reads, and how many of them formulas do not see.
struct Leading {
  std::vector<std::string> dimensions;
  std::size_t outer;
};
const Leading& leading(const Figure& figure) {
  static const Leading year{{"scenario", "draw", "replicate", "year", "place"}, 4},
      money{{"scenario", "draw", "replicate"}, 3}, left_out{{"scenario", "batch", "left_out_draw", "year"}, 4};
  return figure.of_left_out() ? left_out : figure.of_money() ? money : year;
}

}  // namespace

StudyAxes::StudyAxes(const RecordShape& shape, const FigureTable& figures) {
  const std::vector<std::string> purposes(ledger_purposes.begin(), ledger_purposes.begin() + spending_purposes);
  axes_ = {
      {{"scenario", shape.scenarios, "", "scenario 方案"}},
      {{"draw", numbers(shape.draws, 0), "1", "parameter draw 参数抽样"}},
      {{"replicate", numbers(shape.replicates, 0), "1", "replicate of luck 随机重复"}},
      {{"year", numbers(shape.years(), shape.first_year), "year", "year 年份"}, &At::year},
      {{"place", shape.places, "", "place 地方"}, &At::place},
      {{"line", std::vector<double>(line_multiples.begin(), line_multiples.end()), "multiple of the statistical line",
        "line 贫困线倍数"},
       &At::line},
      {{"income", std::vector<std::string>{"true", "measured"}, "", "income concept 收入口径"}, &At::income},
      {{"standard", std::vector<std::string>(standards.begin(), standards.end()), "",
        "what makes poor, where the register's errors are counted 错评漏评所按标准"},
       &At::standard},
      {{"programme", shape.accounts.programmes, "", "programme 项目"}, &At::programme},
      {{"fund", shape.accounts.funds, "", "source of money 资金来源"}, &At::fund},
      {{"purpose", purposes, "", "purpose of a posting 用途"}, &At::purpose},
      {{"stream", shape.streams, "", "stream of income 收入来源"}, &At::stream},
  };
  if (shape.leaves_out()) {
    axes_.push_back({{"batch", shape.batches, "", "batch left out 所缺批次"}});
    axes_.push_back(
        {{"left_out_draw", numbers(shape.leave_out_draws, 0), "1", "parameter draw run without the batch 缺批抽样"}});
  }
  for (const Dimension& own : figures.dimensions()) axes_.push_back({own, &At::own});
}

const StudyAxis& StudyAxes::named(const std::string& dimension) const {
  const auto found =
      std::find_if(axes_.begin(), axes_.end(), [&](const StudyAxis& axis) { return axis.dimension.name == dimension; });
  if (found == axes_.end()) throw std::logic_error(fmt::format("no dimension {}", dimension));
  return *found;
}

std::vector<std::string> dimensions_of(const Figure& figure) {
  std::vector<std::string> all = leading(figure).dimensions;
  all.insert(all.end(), figure.dimensions.begin(), figure.dimensions.end());
  return all;
}

std::size_t outer_dimensions(const Figure& figure) { return leading(figure).outer; }

}  // namespace tuopin
