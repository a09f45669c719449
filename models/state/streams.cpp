#include "models/state/streams.hpp"

#include <algorithm>

namespace tuopin {

const Streams& shipped_streams() {
  static const Streams streams = {
      {"wage", "", "wages", "工资性收入"},
      {"business", "", "own business, farming included", "经营性收入"},
      {"property", "", "property income", "财产性收入"},
      {"transfer", "", "private and old public transfers", "转移性收入"},
      {"programme_earnings", "", "earnings from what programmes set up", "项目经营收入",
       "programme_earnings_last_year"},
      {"public_service_wage", "payments_public_service_wage", "public-service wage", "公益岗位工资",
       "public_service_wage_last_year"},
      {"local_wage", "payments_local_wage", "local wage", "本地务工工资", "local_wage_last_year"},
      {"ecological_compensation", "payments_ecological_compensation", "ecological compensation", "生态补偿",
       "ecological_compensation_last_year"},
      {"allowance", "payments_allowance", "allowance", "低保金", "allowance_last_year"},
      {"relief", "payments_relief", "relief", "救助金", "relief_last_year"},
      {"programme_cash", "payments_programme_cash", "programme cash", "项目补助", "programme_cash_last_year"},
      {"dividend", "payments_dividend", "dividend", "分红", "dividend_last_year"},
      {"pension", "payments_pension", "pension", "养老金", "pension_last_year"},
  };
  return streams;
}

std::vector<std::string> names_of(const Streams& streams) {
  std::vector<std::string> names;
  for (const Stream& stream : streams) names.emplace_back(stream.name);
  return names;
}

Text stream_in_words(std::string_view name) {
  for (const Stream& stream : shipped_streams())
    if (stream.name == name) return {stream.en, stream.zh};
  return {std::string(name), std::string(name)};
}

std::string last_year_column(std::string_view stream) { return "household." + std::string(stream) + "_last_year"; }

std::string sum_of_stream(std::string_view stream) { return "income_" + std::string(stream) + "_fen"; }

Section register_income_section(const Streams& streams) {
  Section section{
      "register_income",
      msgid("What counts as register income: the weight of each stream. A stream that is not named counts in "
            "full. Level and spread of incomes are calibrated with these weights."),
      false,
      {},
      "",
      {}};
  for (const Stream& stream : streams)
    section.fields.push_back({std::string(stream.name),
                              FieldKind::number,
                              message("share of this stream that counts: {}",
                                      Message::in_both(std::string(stream.en), std::string(stream.zh))),
                              "share",
                              0,
                              1,
                              false,
                              "1.0",
                              {}});
  return section;
}

double register_weight(const Settings& scenario, std::string_view stream) {
  const std::string key = "register_income." + std::string(stream);
  return scenario.has(key) ? scenario.number(key) : 1;
}

namespace {

void declare_last_year(const Stream& stream, StateSchema& schema) {
  StateColumn column{"household",
                     {stream.last_year, ColumnSpec::Type::f32, "yuan/year", stream.en, stream.zh, true, {}},
                     Lifetime::lasting};
  column.beside = true;  // follows from what the hash of the year before covers
  schema.add(column);
}

}  // namespace

void declare_streams(const Streams& streams, const Settings& scenario, bool all,
                     const std::set<std::string, std::less<>>& last_years, StateSchema& schema) {
  for (const Stream& stream : streams) {
    if (!stream.is_paid()) continue;
    const bool reads = last_years.contains(stream.last_year);
    if (reads) declare_last_year(stream, schema);
    if (!reads && !stream.last_year.empty()) schema.offer("household", stream.last_year);
    if (!all && !reads && register_weight(scenario, stream.name) == 1) continue;
    StateColumn column{
        "household", {stream.column, ColumnSpec::Type::i32, "fen", stream.en, stream.zh, false, {}}, Lifetime::year};
    column.beside = true;  // only a breakdown of household.payments, which is in the state hash
    schema.add(column);
  }
}

namespace {

std::string column_name(std::string_view stream) { return "household.payments_" + std::string(stream); }

}  // namespace

StreamOfPayments::StreamOfPayments(Binder& b, std::string_view stream)
    : sum_(b.adds_to_sum({sum_of_stream(stream), "fen"})), has_column_(b.schema().has(column_name(stream))) {
  if (has_column_) column_ = b.writes<std::int32_t>(column_name(stream));
}

}  // namespace tuopin
