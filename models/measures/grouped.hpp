// Inequality from income bins (count and sum in each bin), with a bound on the error from grouping.
#pragma once

#include "models/measures/sums.hpp"

namespace tuopin {

/// Gini of grouped data, a lower bound: G = 1 − Σ p_i (S_i + S_i−1), S the cumulated income share.
double grouped_gini(const IncomeBins& bins);
/// The most that inequality within bins can add to it (Gastwirth 1972, Review of Economics and Statistics 54):
/// Σ p_i² (μ_i − a_i)(a_i+1 − μ_i) / (μ (a_i+1 − a_i)), a the bin's ends.
double grouped_gini_bound(const IncomeBins& bins);
/// Theil T of grouped data, a lower bound: Σ s_i ln(μ_i/μ); within bins of log width w it misses at most w²/8.
double grouped_theil(const IncomeBins& bins);
/// Sen–Shorrocks–Thon index: FGT1 · (1 + Gini of the poverty gaps over all persons). `poor` and `gap_sum` are exact
/// (persons, and persons times relative gap); the bins give the shape among the poor.
double grouped_sen_shorrocks_thon(const IncomeBins& bins, double line, double persons, double poor, double gap_sum);

}  // namespace tuopin
