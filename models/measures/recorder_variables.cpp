// What a study holds: every recorded variable with its dimensions, unit and meaning in two languages.
#include <array>
#include <stdexcept>

#include "models/measures/recorder.hpp"

namespace tuopin {

namespace {

constexpr std::size_t spending_purposes = 3;  // to households, to suppliers, administration

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text + " ") {
    if (c != ' ') {
      word += c;
    } else if (!word.empty()) {
      words.push_back(word);
      word.clear();
    }
  }
  return words;
}

}  // namespace

Recorder::Recorder(RecordShape shape) : shape_(std::move(shape)) {
  const std::string year_place = "scenario draw replicate year place", with_income = year_place + " income",
                    with_line = year_place + " line income", with_standard = year_place + " standard",
                    by_programme = year_place + " programme";
  declare("poverty_rate", with_line, "share", "persons below the line, FGT0", "贫困发生率");
  declare("poverty_gap", with_line, "share", "poverty gap, FGT1", "贫困深度(FGT1)");
  declare("poverty_gap_squared", with_line, "share", "squared poverty gap, FGT2", "贫困强度(FGT2)");
  declare("watts", with_line, "1", "Watts index", "瓦茨指数");
  declare("sen_shorrocks_thon", with_line, "1", "Sen-Shorrocks-Thon index, from 256 log bins", "SST指数");
  declare("gini", with_income, "1", "Gini coefficient, from 256 log bins (lower bound)", "基尼系数");
  declare("gini_error_bound", with_income, "1", "what grouping can hide of the Gini coefficient, at most",
          "基尼系数分组误差上界");
  declare("theil", with_income, "1", "Theil T, from 256 log bins (lower bound, misses at most 0.0004)", "泰尔指数");
  declare("mean_income", with_income, "yuan/year", "mean income per register member", "人均纯收入");
  declare("persons", year_place, "persons", "register members", "户籍人口");
  declare("register_persons", year_place, "persons", "persons on the register after the year's review", "在册贫困人口");
  declare("register_rate", year_place, "share", "persons on the register over all", "建档立卡贫困发生率");
  declare("exits_gross", year_place, "persons", "gross administrative exits: left the register this year",
          "当年退出人数(行政口径)");
  declare("entries", year_place, "persons", "entered the register this year", "当年纳入人数");
  declare("out_of_poverty", year_place, "persons",
          "out of poverty by the plan: not income-poor here, poor in the first scenario under equal luck",
          "因规划脱贫人数(同样运气下第一个方案中贫困)");
  declare("into_poverty", year_place, "persons",
          "into poverty by the plan: income-poor here, not poor in the first scenario under equal luck",
          "因规划致贫人数(同样运气下第一个方案中不贫困)");
  declare("fall_in_poverty", year_place, "persons",
          "out of poverty less into poverty by the plan: the poor of the first scenario less those here",
          "因规划净减少的贫困人口(脱贫减致贫)");
  declare("true_exits", year_place, "persons", "income-poor in the year before and not in this one",
          "当年脱离收入贫困人数");
  declare("true_exits_out_one_year", year_place, "persons",
          "of the true exits of the year: not poor in the next year; unknown until it is simulated",
          "其中次年仍未返贫");
  declare("true_exits_out_two_years", year_place, "persons",
          "of the true exits of the year: not poor in the next two years; unknown until they are simulated",
          "其中此后两年均未返贫");
  declare("fall_back_rate", year_place, "share",
          "of those who left income poverty in the three years before, as far as simulated: poor in this year",
          "前三年脱离收入贫困者中本年贫困的比例");
  declare("poor_none_of_three_years", year_place, "persons", "income-poor in none of this year and the two before",
          "近三年均不贫困人数");
  declare("poor_one_or_two_of_three_years", year_place, "persons",
          "income-poor in one or two of this year and the two before", "近三年中一至两年贫困人数");
  declare("poor_all_three_years", year_place, "persons", "income-poor in this year and in the two before",
          "近三年均贫困人数");
  declare("fall_back_registered", year_place, "persons", "on the register again", "返贫重新纳入人数");
  declare("fall_back_true", year_place, "persons", "off the register and income-poor (simulated) again",
          "退出名册后又模拟收入贫困人数");
  declare("inclusion_error", with_standard, "share", "registered and not poor by the standard, over registered",
          "错评率(按标准)");
  declare("exclusion_error", with_standard, "share", "poor by the standard and not registered, over poor by it",
          "漏评率(按标准)");
  declare("spending", year_place, "yuan", "all spending, safety net included", "支出");
  declare("payments", year_place, "yuan", "of the spending: reached households", "到户支出");
  declare("perfect_information_gap", year_place, "yuan", "what would lift everybody exactly to the line",
          "理想贫困缺口");
  for (const auto& [name, unit, en, zh] :
       {std::array{"places", "1", "places offered, in the programme's own unit; unknown where everyone may enter",
                   "计划名额"},
        std::array{"eligible_persons", "persons", "persons of eligible units", "符合条件人数"},
        std::array{"applied_persons", "persons", "persons of units that were reached and wanted it", "申请人数"},
        std::array{"entered_units", "1", "units entered, in the programme's own unit", "新进入名额"},
        std::array{"entered_persons", "persons", "members of households that entered", "新进入户人口"},
        std::array{"entered_poor_persons", "persons", "of these income-poor (simulated) in the year before",
                   "其中上年模拟收入贫困"},
        std::array{"holding_persons", "persons", "members of households enrolled at the end of the year",
                   "年末在项目人口"},
        std::array{"left_register_persons", "persons", "members of enrolled households that left the register",
                   "在项目且当年退出人口"},
        std::array{"spending", "yuan", "spending of the programme", "项目支出"},
        std::array{"to_households", "yuan", "of the spending: reached households", "其中到户"}})
    declare(std::string("programmes/") + name, by_programme, unit, en, zh);
  declare("ledger/amount", "scenario draw replicate year place programme fund purpose", "yuan",
          "postings by source, programme and purpose", "资金流水");
  const std::string by_fund = "scenario draw replicate year fund";
  for (const auto& [name, en, zh] :
       {std::array{"transfer_in", "money of the year into a fund", "资金到账"},
        std::array{"carried_in", "carried in from the year before", "上年结转"},
        std::array{"paid", "paid out of a fund", "已支付"},
        std::array{"carried_over", "carried over into the next year", "结转下年"},
        std::array{"lapsed", "money that lapsed at the end of the year", "结余收回"},
        std::array{"balance", "unspent at the end of the year: in and carried in less paid", "年末结余"}})
    declare(std::string("ledger/") + name, by_fund, "yuan", en, zh);
  if (shape_.leave_out_draws > 0 && !shape_.batches.empty()) {
    const std::string left_out = "scenario batch left_out_draw year";
    declare("batches/claimed_units", left_out, "1", "places that the plan claims", "计划名额");
    declare("batches/entered_units", left_out, "1", "places entered", "实际进入名额");
    declare("batches/entered_persons", left_out, "persons", "members of households that entered", "进入户人口");
    declare("batches/spending", left_out, "yuan", "spending of the batch", "该批支出");
    declare("batches/out_of_poverty_lost", left_out, "persons",
            "out of poverty by the plan: the whole plan less the plan without the batch", "缺该批减少的因规划脱贫");
    declare("batches/into_poverty_lost", left_out, "persons",
            "into poverty by the plan: the whole plan less the plan without the batch", "缺该批减少的因规划致贫");
    declare("batches/fall_in_poverty_lost", left_out, "persons",
            "fall in poverty that is lost when the batch is left out", "缺该批减少的贫困人口下降");
  }
}

std::size_t Recorder::size_of(const std::string& d) const {
  if (d == "scenario") return shape_.scenarios.size();
  if (d == "draw") return shape_.draws;
  if (d == "replicate") return shape_.replicates;
  if (d == "year") return shape_.years();
  if (d == "place") return shape_.places.size();
  if (d == "line") return line_count;
  if (d == "income") return concepts;
  if (d == "standard") return standard_count;
  if (d == "programme") return shape_.accounts.programmes.size();
  if (d == "fund") return shape_.accounts.funds.size();
  if (d == "purpose") return spending_purposes;
  if (d == "batch") return shape_.batches.size();
  if (d == "left_out_draw") return shape_.leave_out_draws;
  throw std::logic_error("no dimension " + d);
}

void Recorder::declare(const std::string& name, const std::string& dimensions, const std::string& unit,
                       const std::string& meaning, const std::string& meaning_zh) {
  Slot s;
  s.variable = {name, words_of(dimensions), unit, meaning, meaning_zh, "", {}};
  for (const std::string& d : s.variable.dimensions) {
    s.sizes.push_back(size_of(d));
    s.left_out |= d == "left_out_draw";
  }
  s.strides.assign(s.sizes.size(), 1);
  for (std::size_t i = s.sizes.size(); i-- > 0;) {
    s.strides[i] = s.total;
    s.total *= s.sizes[i];
  }
  slots_.push_back(std::move(s));
}

std::vector<Dimension> Recorder::dimensions() const {
  const auto numbers = [](std::size_t n, std::int64_t first) {
    std::vector<std::int64_t> values(n);
    for (std::size_t i = 0; i < n; ++i) values[i] = first + static_cast<std::int64_t>(i);
    return values;
  };
  std::vector<std::string> purposes(ledger_purposes.begin(), ledger_purposes.begin() + spending_purposes);
  std::vector<Dimension> d = {
      {"scenario", shape_.scenarios, "", "scenario 方案"},
      {"draw", numbers(shape_.draws, 0), "1", "parameter draw 参数抽样"},
      {"replicate", numbers(shape_.replicates, 0), "1", "replicate of luck 随机重复"},
      {"year", numbers(shape_.years(), shape_.first_year), "year", "year 年份"},
      {"place", shape_.places, "", "place 地区"},
      {"line", std::vector<double>(line_multiples.begin(), line_multiples.end()), "multiple of the statistical line",
       "line 贫困线倍数"},
      {"income", std::vector<std::string>{"true", "measured"}, "", "income concept 收入口径"},
      {"standard", std::vector<std::string>(standards.begin(), standards.end()), "",
       "what makes poor, where the register's errors are counted 错评漏评所按标准"},
      {"programme", shape_.accounts.programmes, "", "programme 项目"},
      {"fund", shape_.accounts.funds, "", "source of money 资金来源"},
      {"purpose", purposes, "", "purpose of a posting 用途"},
  };
  if (shape_.leave_out_draws > 0 && !shape_.batches.empty()) {
    d.push_back({"batch", shape_.batches, "", "batch left out 所缺批次"});
    d.push_back(
        {"left_out_draw", numbers(shape_.leave_out_draws, 0), "1", "parameter draw run without the batch 缺批抽样"});
  }
  return d;
}

std::vector<Variable> Recorder::release_variables() {
  std::vector<Variable> all;
  for (Slot& s : slots_) {
    all.push_back(s.variable);
    all.back().values = std::vector<double>(s.values.get(), s.values.get() + s.total);
    s.values.reset();
  }
  all.push_back({"place_name", {"place"}, "", "name of the place", "地名", "", shape_.place_names});
  all.push_back({"place_name_zh", {"place"}, "", "Chinese name of the place", "中文地名", "", shape_.place_names_zh});
  all.push_back({"scenario_title", {"scenario"}, "", "title of the scenario", "方案标题", "", shape_.scenario_titles});
  all.push_back({"scenario_title_zh",
                 {"scenario"},
                 "",
                 "Chinese title of the scenario",
                 "方案中文标题",
                 "",
                 shape_.scenario_titles_zh});
  all.push_back({"check/state_hash",
                 {"scenario", "draw", "replicate", "year"},
                 "1",
                 "order-free hash of the state at the end of the year",
                 "状态校验",
                 "",
                 hashes_});
  return all;
}

}  // namespace tuopin
