// MadeOnce: all callers, on any thread, get the same value for a name, until the full cache is emptied.
#include "engine/run/made_once.hpp"

#include <gtest/gtest.h>

#include <atomic>

#include "engine/run/team.hpp"

namespace tuopin {
namespace {

TEST(MadeOnce, IsMadeByTheFirstWhoAsks) {
  MadeOnce<int> things(3);
  std::atomic<int> made = 0;
  std::vector<MadeOnce<int>::Made> got(200);
  Threads(2).for_each(got.size(), [&](std::size_t i, std::size_t) {
    got[i] = things.of(i % 2 ? "odd" : "even", [&] { return ++made; });
  });
  EXPECT_EQ(made, 2);
  for (std::size_t i = 2; i < got.size(); ++i) EXPECT_EQ(got[i], got[i - 2]);
  EXPECT_NE(got[0], got[1]);
}

TEST(MadeOnce, KeepsNoMoreThanItMay) {
  MadeOnce<int> things(3);
  int made = 0;
  const auto make = [&] { return ++made; };
  const auto first = things.of("a", make);
  for (const char* name : {"b", "c"}) things.of(name, make);
  EXPECT_EQ(things.of("a", make), first);
  things.of("d", make);
  EXPECT_NE(things.of("a", make), first);
  EXPECT_EQ(*first, 1);  // callers keep the value they hold
}

TEST(MadeOnce, WhatFailsIsNotKept) {
  MadeOnce<int> things(3);
  EXPECT_THROW(things.of("a", []() -> int { throw std::runtime_error("no"); }), std::runtime_error);
  EXPECT_EQ(*things.of("a", [] { return 7; }), 7);
}

}  // namespace
}  // namespace tuopin
