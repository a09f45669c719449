#include "engine/run/team.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <string>

#include "engine/base/errors.hpp"

namespace tuopin {
namespace {

TEST(Team, TriesEveryIndexAndThrowsTheFailureOfTheLowest) {
  for (const int threads : {1, 2, 3}) {
    std::atomic<int> tried{0};
    try {
      try_each(Threads(threads), 50, [&](std::size_t index) {
        ++tried;
        if (index % 20 == 7) throw DataError(Message::verbatim(std::to_string(index)));
      });
      ADD_FAILURE() << "nothing was thrown";
    } catch (const DataError& error) {
      EXPECT_STREQ(error.what(), "7");
    }
    EXPECT_EQ(tried, 50) << threads;
  }
}

TEST(Team, ADefectEndsTheWorkAtOnce) {
  std::atomic<int> tried{0};
  EXPECT_THROW(try_each(Threads(1), 50,
                        [&](std::size_t) {
                          ++tried;
                          throw std::logic_error("a defect");
                        }),
               std::logic_error);
  EXPECT_EQ(tried, 1);
}

}  // namespace
}  // namespace tuopin
