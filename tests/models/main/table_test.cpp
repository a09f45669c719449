// Text tables: layout.
#include "models/main/table.hpp"

#include <gtest/gtest.h>

namespace tuopin {
namespace {

TextTable two_columns() {
  TextTable table;
  table.add_column("批次", TextTable::Align::left);
  table.add_column("lost");
  table.add_row({"生态补偿", "1\n0–2"});
  table.add_row({"x"});
  return table;
}

TEST(TextTable, AlignsByDisplayWidthAndLeavesNoSpaceAtTheEnd) {
  EXPECT_EQ(two_columns().text(0, 80),
            "批次      lost\n"
            "──────────────\n"
            "生态补偿     1\n"
            "           0–2\n"
            "x\n");
}

TEST(TextTable, OneSpaceBetweenColumnsWhereTwoDoNotFit) {
  EXPECT_TRUE(two_columns().text(0, 13).starts_with("批次     lost\n─────────────\n"));
}

}  // namespace
}  // namespace tuopin
