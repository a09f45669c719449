// Exact measures against printed and recomputed values, then their axioms.
// HB: Haughton & Khandker 2009, Handbook on Poverty and Inequality, World Bank, p. 72.
// INX: example vectors of the R package ineq 0.2. GI: definition. WB: tests of the World Bank's R package wbpip.
// LN1: closed forms of the lognormal distribution.
#include "models/measures/vector_measures.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "engine/base/errors.hpp"

namespace tuopin::exact {
namespace {

using Incomes = std::vector<double>;

const Incomes handbook{100, 110, 150, 160};
const Incomes ineq{541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261};

TEST(VectorMeasures, HandbookPage72) {
  const Sample sample{handbook};
  EXPECT_NEAR(fgt(sample, 125, 2), 0.0136, 1e-12);             // HB1, printed
  EXPECT_NEAR(fgt(sample, 125, 1), 0.08, 1e-12);               // HB2, printed
  EXPECT_NEAR(fgt(sample, 125, 0), 0.5, 1e-12);                // HB3
  EXPECT_NEAR(watts(sample, 125), 0.087744230706, 1e-11);      // HB4
  EXPECT_NEAR(sen_shorrocks_thon(sample, 125), 0.125, 1e-12);  // HB5
}

TEST(VectorMeasures, IneqPackageExampleInequality) {
  const Sample sample{ineq};
  EXPECT_NEAR(gini(sample), 0.462091130268, 1e-11);                // INX01
  EXPECT_NEAR(theil(sample), 0.362341242344, 1e-11);               // INX07
  EXPECT_NEAR(mean_log_deviation(sample), 0.433594649520, 1e-11);  // INX08
}

TEST(VectorMeasures, IneqPackageExamplePoverty) {
  const Sample sample{ineq};
  EXPECT_NEAR(watts(sample, 2000), 0.162014123922, 1e-11);         // INX12
  EXPECT_NEAR(sen_shorrocks_thon(sample, 2000), 0.18425, 1e-11);   // INX14
  EXPECT_NEAR(fgt(sample, 2000, 0), 0.2, 1e-11);                   // INX15
  EXPECT_NEAR(fgt(sample, 2000, 1), 0.0998, 1e-11);                // INX16
  EXPECT_NEAR(fgt(sample, 2000, 2), 0.06042625, 1e-11);            // INX17
  EXPECT_NEAR(watts(sample, 5000), 0.466212293798, 1e-11);         // INX18
  EXPECT_NEAR(sen_shorrocks_thon(sample, 5000), 0.419348, 1e-11);  // INX20
  EXPECT_NEAR(fgt(sample, 5000, 1), 0.25352, 1e-11);               // INX21
  EXPECT_NEAR(fgt(sample, 5000, 2), 0.166711552, 1e-11);           // INX22
}

TEST(VectorMeasures, GiniByDefinition) {
  EXPECT_NEAR(gini({Incomes{1, 2, 3, 4, 5}}), 4.0 / 15, 1e-12);  // GI1
  EXPECT_NEAR(gini({Incomes{0, 0, 0, 1}}), 0.75, 1e-12);         // GI2: (n−1)/n
  EXPECT_NEAR(gini({Incomes{1, 3}}), 0.25, 1e-12);               // GI3
}

TEST(VectorMeasures, WorldBankEdgeCases) {
  Incomes tens(10), hundred(100);
  for (std::size_t i = 0; i < tens.size(); ++i) tens[i] = 10.0 * static_cast<double>(i + 1);
  std::iota(hundred.begin(), hundred.end(), 1.0);
  EXPECT_EQ(fgt({tens, tens}, 9, 0), 0);         // WB1
  EXPECT_EQ(fgt({hundred}, 101, 0), 1);          // WB2
  EXPECT_EQ(fgt({Incomes(10, 0.0)}, 12, 1), 1);  // WB3
}

// LN1: ln y ~ N(8.590821336535, 0.65²), mean 6,648; z = 2,855. The distribution stands as nodes of the midpoint rule in
// the standard normal variable, weights φ(x), a cell border exactly on the line. Error of the rule h²/24 · f' ≈ 2e-11.
TEST(VectorMeasures, LognormalClosedForm) {
  constexpr double mu = 8.590821336535, sigma = 0.65, line = 2855, step = 2e-5;
  const double at_line = (std::log(line) - mu) / sigma;
  Incomes income, weight;
  for (int i = -400'000; i < 500'000; ++i) {
    const double x = at_line + (i + 0.5) * step;
    income.push_back(std::exp(mu + sigma * x));
    weight.push_back(std::exp(-x * x / 2));
  }
  const Sample sample{income, weight};
  EXPECT_NEAR(fgt(sample, line, 0), 0.164686962809, 1e-10);
  EXPECT_NEAR(fgt(sample, line, 1), 0.043506465158, 1e-10);
  EXPECT_NEAR(fgt(sample, line, 2), 0.016982325246, 1e-10);
  EXPECT_NEAR(watts(sample, line), 0.056742533311, 1e-10);
  EXPECT_NEAR(gini(sample), 0.354210573880, 1e-10);
  EXPECT_NEAR(theil(sample), 0.21125, 1e-10);
  EXPECT_NEAR(mean_log_deviation(sample), 0.21125, 1e-10);
}

TEST(VectorMeasures, ExactlyOnTheLineIsNotPoor) {
  const Incomes at{100, 200};
  for (const double alpha : {0.0, 1.0, 2.0}) EXPECT_EQ(fgt({at}, 100, alpha), 0);
  EXPECT_EQ(watts({at}, 100), 0);
  EXPECT_EQ(sen_shorrocks_thon({at}, 100), 0);
}

TEST(VectorMeasures, RowsOfWeightZeroAreIgnoredWhateverTheyHold) {
  const Incomes with{100, -5, std::numeric_limits<double>::quiet_NaN(), 110, 150, 160};
  const Incomes weights{1, 0, 0, 1, 1, 1};
  EXPECT_EQ(fgt({with, weights}, 125, 1), fgt({handbook}, 125, 1));
  EXPECT_EQ(gini({with, weights}), gini({handbook}));
}

TEST(VectorMeasures, LowIncomesCountAsAShareOfTheLineOrOfTheMeanOrZerosAreDropped) {
  const Incomes incomes{0, 50, 200}, mean_of_hundred{0, 100, 200};
  EXPECT_NEAR(watts({incomes}, 100), (std::log(100.0) + std::log(2.0)) / 3, 1e-14);
  EXPECT_NEAR(watts({incomes}, 100, 0.1), (std::log(10.0) + std::log(2.0)) / 3, 1e-14);
  EXPECT_NEAR(watts({incomes}, 100, 0), std::log(2.0) / 2, 1e-14);
  EXPECT_EQ(theil({incomes}, 0), theil({Incomes{50, 200}}));
  EXPECT_NEAR(theil({mean_of_hundred}), theil({Incomes{1, 100, 200}}, 0), 1e-14);
  EXPECT_NEAR(mean_log_deviation({mean_of_hundred}, 0.5), mean_log_deviation({Incomes{50, 100, 200}}, 0), 1e-14);
  EXPECT_NEAR(watts({Incomes{0.1}}, 0.5), std::log(5.0), 1e-15);  // dollars a day, or thousand yuan
}

TEST(VectorMeasures, ALineForEachIncome) {
  const Incomes income{100, 100, 100}, line{90, 100, 125};
  EXPECT_NEAR(fgt({income}, Line(line), 1), 0.2 / 3, 1e-15);
  EXPECT_NEAR(watts({income}, Line(line)), std::log(1.25) / 3, 1e-15);
  EXPECT_NEAR(sen_shorrocks_thon({income}, Line(line)), 0.2 / 3 * (1 + 2.0 / 3), 1e-15);  // Gini of {0, 0, 0.2}
  EXPECT_THROW(fgt({income}, Line(Incomes{1, 2}), 0), DataError);
  EXPECT_THROW(fgt({income}, Line(Incomes{1, 2, 0}), 0), DataError);
}

TEST(VectorMeasures, AnyPositiveWeightsAndIncomesGiveAValueOfTheRange) {
  const Incomes odd{5e-324, 1e-310, 1e-300, 1e-20, 1, 3, 1e20, 1e300, 1.7e308};
  for (const double a : odd) {
    for (const double b : odd) {
      for (const double line : odd) {
        const Incomes income{0, a, b, 1}, weights{b, a, 1, a};
        const Sample sample{income, weights};
        for (const double alpha : {0.0, 1.0, 2.0, 2.5}) {
          EXPECT_GE(fgt(sample, line, alpha), 0);
          EXPECT_LE(fgt(sample, line, alpha), 1);
        }
        EXPECT_GE(sen_shorrocks_thon(sample, line), 0);
        EXPECT_LE(sen_shorrocks_thon(sample, line), 1);
        EXPECT_GE(gini(sample), 0);
        EXPECT_LT(gini(sample), 1);
        for (const double floor : {0.0, income_floor}) {
          for (const double log :
               {watts(sample, line, floor), theil(sample, floor), mean_log_deviation(sample, floor)}) {
            EXPECT_GE(log, 0);
            EXPECT_TRUE(std::isfinite(log));
          }
        }
      }
    }
  }
  EXPECT_NEAR(gini({Incomes{1e-300, 1}, Incomes{1, 1e-300}}), 0.5, 1e-12);
  EXPECT_EQ(gini({Incomes(3, 1e308), Incomes(3, 1e-320)}), 0);
}

TEST(VectorMeasures, AnyAlpha) {
  EXPECT_NEAR(fgt({handbook}, 125, 0.5), (std::sqrt(0.2) + std::sqrt(0.12)) / 4, 1e-14);
  EXPECT_NEAR(fgt({handbook}, 125, 3), (0.008 + 0.001728) / 4, 1e-14);
}

TEST(VectorMeasures, UndefinedIsNotKnown) {
  EXPECT_TRUE(std::isnan(fgt({}, 100, 0)));
  EXPECT_TRUE(std::isnan(fgt({handbook, Incomes(4, 0.0)}, 125, 0)));
  EXPECT_TRUE(std::isnan(gini({Incomes{0, 0}})));
  EXPECT_TRUE(std::isnan(theil({Incomes{0, 0}}, 0)));
}

TEST(VectorMeasures, BadInputIsRefused) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(gini({Incomes{1, -1}}), DataError);
  EXPECT_THROW(gini({Incomes{1, nan}}), DataError);
  EXPECT_THROW(gini({handbook, Incomes{1, 1}}), DataError);
  EXPECT_THROW(gini({handbook, Incomes{1, 1, 1, -1}}), DataError);
  EXPECT_THROW(fgt({handbook}, 0, 1), DataError);
  EXPECT_THROW(fgt({handbook}, nan, 1), DataError);
  EXPECT_THROW(fgt({handbook}, 125, -1), DataError);
  EXPECT_THROW(watts({handbook}, 125, -1), DataError);
  EXPECT_THROW(watts({handbook}, 125, 1), DataError);  // the line itself: nobody would be poor
  EXPECT_THROW(theil({handbook}, nan), DataError);
}

/// Incomes of 1 to 9,999 yuan and whole weights of 1 to 5, a few dozen rows.
struct People {
  Incomes income, weight;
  Sample sample() const { return {income, weight}; }
};

People any_people() {
  const auto count = static_cast<std::size_t>(*rc::gen::inRange(1, 40));
  People people;
  for (std::size_t i = 0; i < count; ++i) {
    people.income.push_back(*rc::gen::inRange(1, 10'000));
    people.weight.push_back(*rc::gen::inRange(1, 6));
  }
  return people;
}

constexpr double test_line = 3000;

void expect_all_close(const Sample& a, const Sample& b, double tolerance) {
  for (const double alpha : {0.0, 1.0, 2.0})
    RC_ASSERT(std::fabs(fgt(a, test_line, alpha) - fgt(b, test_line, alpha)) <= tolerance);
  RC_ASSERT(std::fabs(watts(a, test_line) - watts(b, test_line)) <= tolerance);
  RC_ASSERT(std::fabs(sen_shorrocks_thon(a, test_line) - sen_shorrocks_thon(b, test_line)) <= tolerance);
  RC_ASSERT(std::fabs(gini(a) - gini(b)) <= tolerance);
  RC_ASSERT(std::fabs(theil(a) - theil(b)) <= tolerance);
  RC_ASSERT(std::fabs(mean_log_deviation(a) - mean_log_deviation(b)) <= tolerance);
}

TEST(VectorMeasuresAxioms, AWeightIsSoManyPersons) {
  EXPECT_TRUE(rc::check("weights and repeated rows agree", [] {
    const People people = any_people();
    Incomes repeated;
    for (std::size_t i = 0; i < people.income.size(); ++i)
      repeated.insert(repeated.end(), static_cast<std::size_t>(people.weight[i]), people.income[i]);
    expect_all_close(people.sample(), {repeated}, 1e-12);
  }));
}

TEST(VectorMeasuresAxioms, TheOrderOfRowsDoesNotMatter) {
  EXPECT_TRUE(rc::check("reversed rows agree", [] {
    const People people = any_people();
    const Incomes income(people.income.rbegin(), people.income.rend()),
        weight(people.weight.rbegin(), people.weight.rend());
    expect_all_close(people.sample(), {income, weight}, 1e-14);
    RC_ASSERT(gini(people.sample()) == gini({income, weight}));
  }));
}

TEST(VectorMeasuresAxioms, FocusAndMonotonicity) {
  EXPECT_TRUE(rc::check("the rich do not matter, the poor do", [] {
    const People people = any_people();
    People richer = people, poorer = people;
    for (double& income : richer.income) income = income < test_line ? income : income * 2;
    poorer.income[0] /= 2;
    for (const double alpha : {0.0, 1.0, 2.0}) {
      RC_ASSERT(fgt(people.sample(), test_line, alpha) == fgt(richer.sample(), test_line, alpha));
      RC_ASSERT(fgt(poorer.sample(), test_line, alpha) >= fgt(people.sample(), test_line, alpha) - 1e-15);
    }
    RC_ASSERT(watts(people.sample(), test_line) == watts(richer.sample(), test_line));
    RC_ASSERT(watts(poorer.sample(), test_line) >= watts(people.sample(), test_line) - 1e-15);
    RC_ASSERT(sen_shorrocks_thon(poorer.sample(), test_line) >= sen_shorrocks_thon(people.sample(), test_line) - 1e-12);
  }));
}

TEST(VectorMeasuresAxioms, PovertyOfTheWholeIsTheMeanOfItsParts) {
  EXPECT_TRUE(rc::check("subgroup decomposability", [] {
    const People one = any_people(), two = any_people();
    People both = one;
    both.income.insert(both.income.end(), two.income.begin(), two.income.end());
    both.weight.insert(both.weight.end(), two.weight.begin(), two.weight.end());
    const double persons_one = std::accumulate(one.weight.begin(), one.weight.end(), 0.0);
    const double persons_two = std::accumulate(two.weight.begin(), two.weight.end(), 0.0);
    const auto mean = [&](double a, double b) {
      return (persons_one * a + persons_two * b) / (persons_one + persons_two);
    };
    for (const double alpha : {0.0, 1.0, 2.0}) {
      RC_ASSERT(std::fabs(fgt(both.sample(), test_line, alpha) -
                          mean(fgt(one.sample(), test_line, alpha), fgt(two.sample(), test_line, alpha))) < 1e-13);
    }
    RC_ASSERT(std::fabs(watts(both.sample(), test_line) -
                        mean(watts(one.sample(), test_line), watts(two.sample(), test_line))) < 1e-13);
  }));
}

TEST(VectorMeasuresAxioms, InequalityDoesNotDependOnTheUnitOfMoney) {
  EXPECT_TRUE(rc::check("scale invariance, transfer principle, zero at equality", [] {
    const People people = any_people();
    People scaled = people, levelled = people;
    for (double& income : scaled.income) income *= 7;
    const double persons = std::accumulate(people.weight.begin(), people.weight.end(), 0.0);
    const double mean =
        std::inner_product(people.income.begin(), people.income.end(), people.weight.begin(), 0.0) / persons;
    for (double& income : levelled.income) income = (income + mean) / 2;  // transfers from above the mean to below it
    for (const auto measure : {+[](const Sample& s) { return gini(s); }, +[](const Sample& s) { return theil(s); },
                               +[](const Sample& s) { return mean_log_deviation(s); }}) {
      RC_ASSERT(std::fabs(measure(people.sample()) - measure(scaled.sample())) < 1e-12);
      RC_ASSERT(measure(levelled.sample()) <= measure(people.sample()) + 1e-13);
      RC_ASSERT(std::fabs(measure({Incomes(people.income.size(), mean), people.weight})) < 1e-12);
    }
  }));
}

}  // namespace
}  // namespace tuopin::exact
