// CSV: RFC 4180 cells, byte order mark, both line ends, and one test per mistake.
#include "engine/settings/csv.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "tests/engine/settings/settings_sample.hpp"

namespace tuopin {
namespace {

class Csv : public testing::Test {
 protected:
  CsvFile read(const std::string& text) {
    return CsvFile(folder.write("t.csv", text), {"name", "value"}, {"note"}, problems);
  }
  /// Problems without the folder, one a line.
  std::string messages() const {
    std::string lines;
    for (Problem problem : problems) {
      problem.origin.file = std::filesystem::path(problem.origin.file).filename().string();
      lines += (lines.empty() ? "" : "\n") + to_text(problem);
    }
    return lines;
  }

  Folder folder;
  std::vector<Problem> problems;
};

TEST_F(Csv, QuotesMarkAndLineEnds) {
  const CsvFile csv =
      read("\xEF\xBB\xBFname,value,note\r\n\"a, b\",1.5,\"say \"\"so\"\"\"\r\n\r\n\"two\r\nlines\",-2e3,\r\nz,3,");
  EXPECT_EQ(messages(), "");
  ASSERT_EQ(csv.rows(), 3u);
  EXPECT_EQ(csv.text(0, "name"), "a, b");
  EXPECT_EQ(csv.text(0, "note"), "say \"so\"");
  EXPECT_EQ(csv.text(1, "name"), "two\nlines");
  EXPECT_EQ(csv.number(1, "value", problems), -2000);
  EXPECT_EQ(csv.text(2, "note"), "");
  EXPECT_EQ(csv.origin(1).line, 4);
  EXPECT_EQ(csv.origin(2).line, 6);
}

TEST_F(Csv, ColumnsThatMayBeMissing) {
  const CsvFile csv = read("value,name\n1,a\n");
  EXPECT_EQ(messages(), "");
  EXPECT_EQ(csv.text(0, "name"), "a");
  EXPECT_EQ(csv.text(0, "note"), "");
}

TEST_F(Csv, Header) {
  read("nmae,value,value\n");
  EXPECT_EQ(messages(),
            "t.csv:1: nmae: unknown column (did you mean \"name\"?)\n"
            "t.csv:1: value: column stands twice\n"
            "t.csv:1: name: column is missing");
}

TEST_F(Csv, RaggedRows) {
  const CsvFile csv = read("name,value\na,1\nb\nc,3,4\nd,4\n");
  EXPECT_EQ(messages(), "t.csv:3: row has 1 cells, the header has 2\nt.csv:4: row has 3 cells, the header has 2");
  EXPECT_EQ(csv.rows(), 2u);
}

TEST_F(Csv, Numbers) {
  const CsvFile csv = read("name,value\na,x\nb,\nc,\"1,000\"\nd,nan\ne, 7 \n");
  for (std::size_t row = 0; row < 4; ++row) EXPECT_TRUE(std::isnan(csv.number(row, "value", problems)));
  EXPECT_EQ(csv.number(4, "value", problems), 7);
  EXPECT_EQ(
      messages(),
      "t.csv:2: value: is \"x\", expected a number\n"
      "t.csv:3: value: is empty, expected a number\n"
      "t.csv:4: value: is \"1,000\", expected a number (it can mean 1000 or 1.000: write 1234.5 without separators)\n"
      "t.csv:5: value: is \"nan\", expected a number");
  problems.clear();
  EXPECT_TRUE(std::isnan(csv.number(1, "value", problems, true)));
  EXPECT_TRUE(problems.empty());
}

TEST_F(Csv, WhatSpreadsheetsAdd) {
  const CsvFile csv = read("\"sep=;\"\r\n name ;value;note;;\r\na\u00A0;0,5;;;\r\n;;;;\r\nb;+2;x;;\r\n;;\r\n");
  EXPECT_EQ(messages(), "");
  ASSERT_EQ(csv.rows(), 2u);
  EXPECT_EQ(csv.text(0, "name"), "a");
  EXPECT_EQ(csv.number(0, "value", problems), 0.5);
  EXPECT_EQ(csv.origin(1).line, 5);
  EXPECT_EQ(csv.number(1, "value", problems), 2);
  problems.clear();
  EXPECT_EQ(read("sep=,\nname,value\na,1\n").rows(), 1u);
  EXPECT_EQ(messages(), "");
  read("name,value,\na,1,x\n");
  EXPECT_EQ(messages(), "t.csv:2: row has 3 cells, the header has 2");
  problems.clear();
  read("name,,value\na,1,2\n");
  EXPECT_EQ(messages(), "t.csv:1: column 2: has no name");
}

TEST_F(Csv, ARowMayEndWhereTheRestMayBeEmpty) {
  const auto path = folder.write("t.csv", "name,value,note\na,1\nb\n");
  const CsvFile csv(path, {"name", "value"}, {"note"}, problems, {"note"});
  EXPECT_EQ(messages(), "t.csv:3: row has 1 cells, the header has 3");
  ASSERT_EQ(csv.rows(), 1u);
  EXPECT_EQ(csv.text(0, "note"), "");
}

TEST_F(Csv, Quotes) {
  read("name,value\n\"a,1\nb,2\n");
  EXPECT_EQ(messages(), "t.csv:2: a quoted cell is never closed");
  problems.clear();
  read("name,value\na\"b,1\n");
  EXPECT_EQ(messages(), "t.csv:2: a quote stands inside a cell; write it twice and quote the cell");
  problems.clear();
  read("name,value\n\"a\"b,1\n");
  EXPECT_EQ(messages(), "t.csv:2: text follows a closing quote");
}

TEST_F(Csv, WhatCannotBeRead) {
  read("");
  EXPECT_EQ(messages(), "t.csv:1: is empty, expected a header");
  problems.clear();
  read(std::string("name,value\na\0,1\n", 16));
  EXPECT_EQ(messages(), "t.csv:2: is not UTF-8 text: byte 0x00 (save it as UTF-8 (in a spreadsheet: \"CSV UTF-8\"))");
  problems.clear();
  read("name,value\n" + std::string(65537, 'a') + ",1\n");
  EXPECT_EQ(messages(), "t.csv:2: a cell is larger than 64 KiB");
  problems.clear();
  const auto large = folder.write("large.csv", "");
  std::filesystem::resize_file(large, (64u << 20) + 1);
  CsvFile(large, {"name"}, {}, problems);
  EXPECT_EQ(messages(), "large.csv: is larger than 64 MiB");
  problems.clear();
  CsvFile(folder.path / "s.csv", {"name"}, {}, problems);
  EXPECT_EQ(messages(), "s.csv: no such file (did you mean \"t.csv\"?)");
}

}  // namespace
}  // namespace tuopin
