// The words of units in English and Chinese: what each means where it is typed, and how units are said in Chinese. For
// units.cpp only.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>

namespace tuopin {

enum class WordKind { atom, scale, sticky_per, next_per, filler, percent };

struct UnitWord {
  std::string_view word;  ///< lower case, half-width
  WordKind kind;
  std::string_view atom;
  std::uint64_t scale = 1;  ///< of a scale: what it multiplies by; of a percentage: what it divides by
};

inline constexpr UnitWord unit_words[] = {
    {"元", WordKind::atom, "yuan"},
    {"人民币元", WordKind::atom, "yuan"},
    {"人民币", WordKind::atom, "yuan"},
    {"yuan", WordKind::atom, "yuan"},
    {"rmb yuan", WordKind::atom, "yuan"},
    {"yuan rmb", WordKind::atom, "yuan"},
    {"rmb", WordKind::atom, "yuan"},
    {"cny", WordKind::atom, "yuan"},
    {"人", WordKind::atom, "person"},
    {"person", WordKind::atom, "person"},
    {"persons", WordKind::atom, "person"},
    {"people", WordKind::atom, "person"},
    {"head", WordKind::atom, "person"},
    {"heads", WordKind::atom, "person"},
    {"capita", WordKind::atom, "person"},
    {"户", WordKind::atom, "household"},
    {"household", WordKind::atom, "household"},
    {"households", WordKind::atom, "household"},
    {"亩", WordKind::atom, "mu"},
    {"市亩", WordKind::atom, "mu"},
    {"mu", WordKind::atom, "mu"},
    {"公斤", WordKind::atom, "kilogram"},
    {"千克", WordKind::atom, "kilogram"},
    {"kg", WordKind::atom, "kilogram"},
    {"kilogram", WordKind::atom, "kilogram"},
    {"kilograms", WordKind::atom, "kilogram"},
    {"村", WordKind::atom, "village"},
    {"village", WordKind::atom, "village"},
    {"villages", WordKind::atom, "village"},
    {"县", WordKind::atom, "county"},
    {"county", WordKind::atom, "county"},
    {"counties", WordKind::atom, "county"},
    {"岗", WordKind::atom, "post"},
    {"岗位", WordKind::atom, "post"},
    {"post", WordKind::atom, "post"},
    {"posts", WordKind::atom, "post"},
    {"年", WordKind::atom, "year"},
    {"岁", WordKind::atom, "year"},
    {"year", WordKind::atom, "year"},
    {"years", WordKind::atom, "year"},
    {"yr", WordKind::atom, "year"},
    {"annum", WordKind::atom, "year"},
    {"天", WordKind::atom, "day"},
    {"日", WordKind::atom, "day"},
    {"工日", WordKind::atom, "day"},
    {"day", WordKind::atom, "day"},
    {"days", WordKind::atom, "day"},
    {"share", WordKind::percent, "share", 1},
    {"%", WordKind::percent, "share", 100},
    {"percent", WordKind::percent, "share", 100},
    {"per cent", WordKind::percent, "share", 100},
    {"percentage", WordKind::percent, "share", 100},
    {"percentage points", WordKind::percent, "share", 100},
    {"百分点", WordKind::percent, "share", 100},
    {"百分之", WordKind::percent, "share", 100},
    {"‰", WordKind::percent, "share", 1000},
    {"probability", WordKind::atom, "probability"},
    {"概率", WordKind::atom, "probability"},
    {"百", WordKind::scale, "", 100},
    {"千", WordKind::scale, "", 1000},
    {"万", WordKind::scale, "", 10'000},
    {"亿", WordKind::scale, "", 100'000'000},
    {"十", WordKind::scale, "", 10},
    {"ten", WordKind::scale, "", 10},
    {"hundred", WordKind::scale, "", 100},
    {"thousand", WordKind::scale, "", 1000},
    {"thousands", WordKind::scale, "", 1000},
    {"million", WordKind::scale, "", 1'000'000},
    {"millions", WordKind::scale, "", 1'000'000},
    {"billion", WordKind::scale, "", 1'000'000'000},
    {"billions", WordKind::scale, "", 1'000'000'000},
    {"/", WordKind::sticky_per, ""},
    {"per", WordKind::sticky_per, ""},
    {"a", WordKind::sticky_per, ""},
    {"an", WordKind::sticky_per, ""},
    {"each", WordKind::sticky_per, ""},
    {"每", WordKind::next_per, ""},
    {"and", WordKind::filler, ""},
    {"个", WordKind::filler, ""},
    {"·", WordKind::filler, ""},
    {"*", WordKind::filler, ""},
    {"(", WordKind::filler, ""},
    {")", WordKind::filler, ""},
};

/// How units are said in Chinese: whole units, or what stands before and behind the strokes of one ("yuan/mu/year").
struct SaidUnit {
  std::string_view unit, zh;
  bool counts = true;  ///< stands directly behind a number: 8元, 3户; others in parentheses: 0.5（比例）
};
inline constexpr SaidUnit said_units[] = {
    {"yuan", "元"},
    {"fen", "分"},
    {"person", "人"},
    {"persons", "人"},
    {"household", "户"},
    {"households", "户"},
    {"post", "岗"},
    {"posts", "岗"},
    {"village", "村"},
    {"villages", "村"},
    {"county", "县"},
    {"counties", "县"},
    {"mu", "亩"},
    {"0.01 mu", "0.01亩"},
    {"kg", "公斤"},
    {"day", "天"},
    {"days", "天"},
    {"year", "年"},
    {"years", "年"},
    {"share", "比例", false},
    {"share of households", "占户数的比例", false},
    {"share of persons", "占人口的比例", false},
    {"share of income", "占收入的比例", false},
    {"probability", "概率", false},
    {"log", "对数", false},
    {"log-odds", "对数发生比", false},
    {"standard deviations", "标准差", false},
    {"multiple of the line", "贫困线的倍数", false},
};

/// Signs that stand for others: full-width forms (U+FF01 … U+FF5E) apart, which are computed.
inline constexpr std::pair<std::string_view, std::string_view> same_signs[] = {
    {"\u00A0", " "}, {"\u3000", " "}, {"\u2009", " "}, {"\u202F", " "},   {"\uFEFF", ""},      {"\u200B", ""},
    {"\u2215", "/"}, {"\u2044", "/"}, {"•", "·"},      {"∙", "·"},        {"⋅", "·"},          {"・", "·"},
    {"×", "·"},      {"、", "·"},     {"_", " "},      {"-", " "},        {"萬", "万"},        {"億", "亿"},
    {"圆", "元"},    {"户数", "户"},  {"人口", "人"},  {"p.a.", "/year"}, {"yearly", "/year"}, {"annually", "/year"}};

}  // namespace tuopin
