// A population file of odd structure or with odd values: fetched whole and sound, or refused in words.
#include "models/state/codebook.hpp"
#include "tests/fuzz/odd_hdf5.hpp"
#include "tests/fuzz/samples.hpp"

namespace tuopin::fuzz {
namespace {

/// One value of one column becomes another: links that lead nowhere, categories without a label.
void change_a_value(Population& population, FuzzedDataProvider& from) {
  Table* const tables[] = {&population.persons, &population.households, &population.villages, &population.counties};
  Table& table = *from.PickValueInArray(tables);
  const ColumnSpec& spec = table.specs()[from.ConsumeIntegralInRange<std::size_t>(0, table.specs().size() - 1)];
  const auto row = from.ConsumeIntegralInRange<std::size_t>(0, table.rows() - 1);
  std::visit(
      [&]<typename Number>(std::vector<Number>& column) {
        if constexpr (std::is_floating_point_v<Number>)
          column[row] = from.ConsumeFloatingPoint<Number>() * 2;
        else
          column[row] = from.ConsumeIntegral<Number>();
      },
      table.data(spec.name));
}

/// What simulation relies on.
void must_be_sound(const Population& p) {
  must(p.county_names.size() == p.counties.rows() && p.registered_quota.size() == p.counties.rows(), "counties");
  const auto household = p.persons.column<std::uint32_t>("household");
  const auto begin = p.households.column<std::uint32_t>("person_begin");
  const auto members = p.households.column<std::uint8_t>("members");
  std::vector<std::uint32_t> counted(p.households.rows());
  for (const std::uint32_t h : household) must(h < counted.size(), "persons have households"), ++counted[h];
  for (std::size_t h = 0; h < begin.size(); ++h)
    must(counted[h] == members[h] && (members[h] == 0 || household[begin[h]] == h), "households have their members");
  for (const std::uint32_t v : p.households.column<std::uint32_t>("village")) must(v < p.villages.rows(), "villages");
  for (const std::uint32_t c : p.villages.column<std::uint32_t>("county")) must(c < p.counties.rows(), "counties");
}

std::vector<std::string> names_in_file() {
  std::vector<std::string> names = {"index",         "true_poverty_rate", "mean_income",     "registered_quota",
                                    "counties/name", "counties/name_en",  "counties/name_zh"};
  for (const auto& [table, codebook] : population_codebooks()) {
    names.push_back(table);
    for (const ColumnSpec& spec : codebook) names.push_back(table + "/" + std::string(spec.name));
  }
  return with_marks(std::move(names));
}

}  // namespace
}  // namespace tuopin::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tuopin;
  static const Population sound = fuzz::small_population();
  static const std::string image = fuzz::bytes_written([](const auto& path) { keep_population(path, sound); });
  static const std::vector<std::string> names = fuzz::names_in_file();
  FuzzedDataProvider from(data, size);
  try {
    if (from.ConsumeBool()) {
      Population population = sound;
      for (int changes = from.ConsumeIntegralInRange(1, 3); changes > 0; --changes)
        fuzz::change_a_value(population, from);
      TableFile content;
      content.attributes = {{"index", std::int64_t{0}},
                            {"true_poverty_rate", from.ConsumeFloatingPointInRange(-0.5, 1.5)},
                            {"mean_income", from.ConsumeFloatingPoint<double>()},
                            {"registered_quota", from.ConsumeRandomLengthString(20)}};
      content.tables = {population.persons, population.households, population.villages, population.counties};
      const std::vector<std::string> counties(from.ConsumeIntegralInRange<std::size_t>(0, 3), "brook");
      for (const char* name : {"counties/name", "counties/name_en", "counties/name_zh"}) content.texts[name] = counties;
      fuzz::must_be_sound(population_of(std::move(content), "input.h5"));
    } else {
      fuzz::OddFile odd(image, names, from);
      odd.change();
      fuzz::must_be_sound(population_of(tables_in(odd.file(), "input.h5", population_codebooks()), "input.h5"));
    }
  } catch (const DataError& error) {
    fuzz::must_be_readable(error.problems());
  }
  return 0;
}
