// A study of six households of one to six persons, made by hand: every figure of the tables can be counted on fingers.
//
//   persons         h1  h2  h3  h4  h5  h6        21 in all
//   size             1   2   3   4   5   6
//   world 1, 2017   poor without the plan: h2 h3 h4 (9)      with it: h3 h6 (9)    out h2 h4 (6)   into h6 (6)
//   world 2, 2017   poor without the plan: h4 h5 h6 (15)     with it: h4 (4)       out h5 h6 (11)  into none
//   2016            poor without the plan: h4 h5 (9)         with it: h5 (5)       out h4 (4)      into none
//   2015            poor in both: h5 h6 (11)
#pragma once

#include <cmath>
#include <functional>
#include <limits>

#include "engine/study/study.hpp"

namespace tuopin {

struct SixHouseholds {
  using Texts = std::vector<std::string>;
  using Whole = std::vector<std::int64_t>;

  Study study;

  explicit SixHouseholds(Texts scenarios = {"none", "plan"}, std::size_t worlds = 2) {
    Whole draws(worlds);
    for (std::size_t w = 0; w < worlds; ++w) draws[w] = static_cast<std::int64_t>(w);
    study.attributes = {{"region", std::string("Six Households")},
                        {"region_zh", std::string("六户村")},
                        {"sample", 1.0},
                        {"persons", std::int64_t{21}},
                        {"households", std::int64_t{6}},
                        {"seed", std::int64_t{1}}};
    study.dimensions = {
        {"scenario", scenarios, "", ""},
        {"draw", draws, "", ""},
        {"replicate", Whole{0}, "", ""},
        {"year", Whole{2015, 2016, 2017}, "", ""},
        {"place", Texts{"village"}, "", ""},
        {"fund", Texts{"safety_net", "county"}, "", ""},
        {"programme", Texts{"safety_net", "posts"}, "", ""},
        {"standard", Texts{"statistical_line", "register_line", "register_line_and_guarantees"}, "", ""}};
    world("persons", [](auto, auto, auto) { return 21; });
    world("poverty_rate", [](std::size_t s, std::size_t w, std::size_t y) { return poor(s, w, y) / 21; });
    world("register_persons", [](std::size_t s, std::size_t, std::size_t y) { return y == 0 ? 11 : s == 0 ? 10 : 7; });
    world("register_rate", [](std::size_t s, std::size_t, std::size_t y) {
      return (y == 0 ? 11 : s == 0 ? 10 : 7) / 21.0;
    });
    world("out_of_poverty", [](std::size_t s, std::size_t w, std::size_t y) {
      return s == 0 || y == 0 ? 0 : y == 1 ? 4 : w % 2 == 0 ? 6 : 11;
    });
    world("into_poverty", [](std::size_t s, std::size_t w, std::size_t y) {
      return s == 0 || y < 2 ? 0 : w % 2 == 0 ? 6 : 0;
    });
    world("fall_in_poverty", [](std::size_t s, std::size_t w, std::size_t y) {
      return s == 0 || y == 0 ? 0 : y == 1 ? 4 : w % 2 == 0 ? 0 : 11;
    });
    world("spending", [](std::size_t s, std::size_t, std::size_t y) { return 100 + (s > 0 && y > 0 ? 3000 : 0); });
    world("perfect_information_gap", [](auto, auto, auto) { return 1000; });
  }

  /// Income-poor persons, as in the table above.
  static double poor(std::size_t s, std::size_t w, std::size_t y) {
    if (y == 0) return 11;
    if (y == 1) return s == 0 ? 9 : 5;
    return w % 2 == 0 ? 9 : s == 0 ? 15 : 4;
  }

  struct Inner {
    std::size_t entries, entry = 0;
  };
  using Figure = std::function<double(std::size_t scenario, std::size_t world, std::size_t year)>;
  void world(const std::string& name, const Figure& figure) { add(name, {"place"}, {1}, figure); }
  /// Of one fund or programme; unknown for the other entries of the dimension.
  void entry(const std::string& name, const std::string& dimension, std::size_t entry, const Figure& figure) {
    add(name, dimension == "fund" ? Texts{"fund"} : Texts{"place", dimension}, {2, entry}, figure);
  }

 private:
  void add(const std::string& name, Texts more, Inner inner, const Figure& figure) {
    Texts dimensions = {"scenario", "draw", "replicate", "year"};
    dimensions.insert(dimensions.end(), more.begin(), more.end());
    std::vector<double> values;
    for (std::size_t s = 0; s < study.dimensions[0].size(); ++s)
      for (std::size_t w = 0; w < study.dimensions[1].size(); ++w)
        for (std::size_t y = 0; y < 3; ++y)
          for (std::size_t e = 0; e < inner.entries; ++e)
            values.push_back(e == inner.entry ? figure(s, w, y) : std::numeric_limits<double>::quiet_NaN());
    study.variables.push_back({name, std::move(dimensions), "", "", "", "", std::move(values)});
  }
};

/// The county pays 2000 of 10000 each year of the plan: 8000 lapse in 2016, and are left over at the end of 2017.
inline SixHouseholds with_money() {
  SixHouseholds six;
  six.entry("ledger/transfer_in", "fund", 1,
            [](std::size_t s, std::size_t, std::size_t y) { return s * y > 0 ? 10000 : 0; });
  six.entry("ledger/lapsed", "fund", 1,
            [](std::size_t s, std::size_t, std::size_t y) { return s == 1 && y == 1 ? 8000 : 0; });
  six.entry("ledger/carried_over", "fund", 1,
            [](std::size_t s, std::size_t, std::size_t y) { return s == 1 && y == 2 ? 8000 : 0; });
  return six;
}

}  // namespace tuopin
