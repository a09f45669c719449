// Tables come back as they were written; a file that does not fit its codebook is refused with every reason.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "engine/base/errors.hpp"
#include "tests/engine/study/study_sample.hpp"

namespace tuopin::test {

using testing::AllOf;
using testing::HasSubstr;
using Type = ColumnSpec::Type;

namespace {

std::vector<ColumnSpec> every_type() {
  return {{"flag", Type::u8, "1", "a flag", "标志", true, {"no", "yes"}},
          {"land", Type::u16, "0.01 mu", "land", "土地", true, {}},
          {"village", Type::u32, "1", "row of the village", "村", true, {}},
          {"id", Type::u64, "1", "id", "编号", true, {}},
          {"income", Type::i32, "fen", "income", "收入", true, {}},
          {"balance", Type::i64, "fen", "balance", "余额", true, {}},
          {"skill", Type::f32, "1", "skill", "技能", true, {}},
          {"score", Type::f64, "1", "score", "评分", true, {}}};
}

TableFile sample(std::size_t rows) {
  TableFile file;
  file.attributes = {{"input_hash", std::string("0123456789abcdef")}, {"replicate", std::int64_t{2}}};
  Table table("households", rows, every_type());
  for (const ColumnSpec& spec : every_type())
    std::visit(
        [&]<typename Number>(std::vector<Number>& numbers) {
          for (std::size_t i = 0; i < rows; ++i) numbers[i] = static_cast<Number>(3 * i + 1);
        },
        table.data(spec.name));
  file.tables = {std::move(table), Table("villages", 0, {{"county", Type::u8, "1", "county", "县", true, {}}})};
  file.texts = {{"households/notes", {"湘西", ""}}, {"counties/name", {"jishou", "luxi"}}, {"order", {}}};
  return file;
}

std::map<std::string, std::vector<ColumnSpec>> codebooks() {
  return {{"households", every_type()}, {"villages", {{"county", Type::u8, "1", "county", "县", true, {}}}}};
}

}  // namespace

TEST(Tables, ComeBackAsTheyWereWritten) {
  const Folder folder;
  for (const std::size_t rows : {0u, 1u, 70'000u}) {
    const TableFile written = sample(rows);
    write_tables(folder / "tables.h5", written);
    const TableFile read = read_tables(folder / "tables.h5", codebooks());
    EXPECT_EQ(read.attributes, written.attributes);
    EXPECT_EQ(read.texts, written.texts);
    ASSERT_EQ(read.tables.size(), 2u);
    EXPECT_EQ(read.tables[0].name(), "households");
    EXPECT_EQ(read.tables[0].rows(), rows);
    EXPECT_EQ(read.tables[1].rows(), 0u);
    for (const ColumnSpec& spec : every_type())
      EXPECT_TRUE(read.tables[0].data(spec.name) == written.tables[0].data(spec.name)) << spec.name;
  }
}

TEST(Tables, EqualTablesAreEqualBytes) {
  const Folder folder;
  write_tables(folder / "one.h5", sample(1'000));
  write_tables(folder / "two.h5", sample(1'000));
  EXPECT_EQ(bytes_of(folder / "one.h5"), bytes_of(folder / "two.h5"));
}

TEST(Tables, EveryMisfitIsReportedAtOnce) {
  const Folder folder;
  write_tables(folder / "tables.h5", sample(10));
  auto expected = codebooks();
  expected["households"][2].type = Type::i32;
  expected["households"].push_back({"goats", Type::u8, "1", "goats", "山羊", true, {}});
  expected["townships"] = {{"county", Type::u8, "1", "county", "县", true, {}}};
  const std::string message = message_of<DataError>([&] { read_tables(folder / "tables.h5", expected); });
  EXPECT_THAT(message, AllOf(HasSubstr("households/village: has type u32, expected i32"),
                             HasSubstr("households/goats: the column is missing"),
                             HasSubstr("townships: the table is missing")));
}

TEST(Tables, AStudyIsNoTableFile) {
  const Folder folder;
  write_study(folder / "study.h5", sample_study());
  EXPECT_THAT(message_of<DataError>([&] { read_tables(folder / "study.h5", codebooks()); }),
              HasSubstr("tuopin tables"));
}

TEST(Tables, LoadAsFastAsTheFileCanBeRead) {
  const Folder folder;
  std::vector<ColumnSpec> codebook;
  static const char* const names[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"};
  for (const char* name : names) codebook.push_back({name, Type::f32, "1", "a column", "列", true, {}});
  TableFile file;
  file.tables.push_back(Table("persons", 2'400'000, codebook));
  write_tables(folder / "tables.h5", file);
  const auto start = std::chrono::steady_clock::now();
  read_tables(folder / "tables.h5", {{"persons", codebook}});
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  RecordProperty("milliseconds", static_cast<int>(1000 * seconds));
  EXPECT_LT(seconds, 2.0) << "96 MB: 0.1 s is usual; a busy machine may be slower, a compressed file is";
}

}  // namespace tuopin::test
