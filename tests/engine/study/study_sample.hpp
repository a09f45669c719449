// A small study with every kind of value, and a folder of its own for each test.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <string>

#include "engine/study/study.hpp"

namespace tuopin::test {

/// A new folder, removed with all that is in it.
class Folder {
 public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "tuopin-test-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }
  std::size_t entries() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(path_), {}));
  }

 private:
  std::filesystem::path path_;
};

inline std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void write_bytes(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

/// `draws` sets the size: above about 700 the rates are compressed.
inline Study sample_study(std::size_t draws = 3) {
  Study study;
  study.attributes = {{"title", std::string("a teaching region · 教学区")},
                      {"seed", std::int64_t{20160101}},
                      {"statistical_line", 2855.0},
                      {"scenario_text", std::string(100'000, 'x')}};
  std::vector<std::int64_t> numbers(draws);
  for (std::size_t i = 0; i < draws; ++i) numbers[i] = static_cast<std::int64_t>(i);
  study.dimensions = {{"scenario", std::vector<std::string>{"baseline", "plan"}, "", "scenario"},
                      {"draw", numbers, "1", "draw of the parameters"},
                      {"year", std::vector<std::int64_t>{2015, 2016, 2017}, "year", "year"},
                      {"place", std::vector<std::string>{"xiangxi", "jishou"}, "", "place"},
                      {"line", std::vector<double>{1, 1.25}, "1", "multiple of the line"}};
  std::vector<double> rates(2 * draws * 3 * 2);
  for (std::size_t i = 0; i < rates.size(); ++i) rates[i] = 1.0 / static_cast<double>(i + 3);
  if (draws > 0) rates[1] = std::numeric_limits<double>::quiet_NaN();
  study.variables = {
      {"poverty_rate",
       {"scenario", "draw", "year", "place"},
       "1",
       "poverty rate",
       "贫困发生率",
       "welfare poverty",
       rates},
      {"persons", {"year"}, "persons", "register members", "登记人口", "", std::vector<std::int64_t>{-3, 2, 1}},
      {"state", {"scenario"}, "1", "hash", "", "", std::vector<std::uint64_t>{0xffffffffffffffffull, 7}},
      {"name_zh", {"place"}, "", "Chinese name", "中文名", "", std::vector<std::string>{"湘西州", ""}},
      {"runs", {}, "1", "number of runs", "", "", std::vector<std::int64_t>{6}},
      {"ledger/amount", {"scenario", "year"}, "yuan", "amount", "金额", "", std::vector<double>(6, 0.1)},
      {"ledger/posts", {"year"}, "1", "posts", "", "", std::vector<std::int64_t>{1, 2, 3}},
      {"input/sources", {"place"}, "", "sources", "", "", std::vector<std::string>{"a", "b"}},
  };
  return study;
}

/// The message of the error that `act` throws; empty where it throws none of that kind.
template <typename Kind, typename Act>
std::string message_of(const Act& act) {
  try {
    act();
  } catch (const Kind& error) {
    return error.what();
  }
  return "";
}

}  // namespace tuopin::test
