"""The gain from common random numbers: the effect of a programme under the same and under different luck.

The fixture is scenarios/xiangxi/one-in-five.toml, a fifth of the households with 500 yuan a head more, on a tenth of
the villages. The effect is the truly poor person-years of 2016 to 2020, per person. Its standard deviation over
replicates shall be at least ten times smaller under equal luck than when the plan's world and the baseline's are
independent; so that, for the same error, independent worlds would have to be a hundred times as many.

Test: H₀ is var(independent) ≤ 100 · var(paired). For n normal values each, F = s²(independent) / (100 · s²(paired))
exceeds the 1 − α quantile of F(n − 1, n − 1) with probability at most α under H₀. With α = 1e-3 and n = 60 the bound is
2.26: the ratio of standard deviations that is found must be above 10 · √2.26 = 15.0, so that ten is beyond doubt.
Sums over 59,000 households and many shocks are near enough to normal: an excess kurtosis κ raises the variance of the
log of s² from 2/n to (2 + κ)/n, so at κ = 1, far more than such sums have, the bound would be 16.4.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import numpy.typing as npt
import scipy.stats
import xarray as xr

import tuopin

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios/xiangxi"
ALPHA, REPLICATES, TIMES = 1e-3, 60, 10


def poor_person_years(study: xr.Dataset, scenario: str) -> npt.NDArray[np.float64]:
    rate = study.poverty_rate.sel(scenario=scenario, line=1, income="true").isel(place=0, draw=0)
    return rate.sel(year=slice(2016, 2020)).sum("year").to_numpy()


def test_equal_luck_is_worth_a_hundred_times_the_replicates(program: Path, tmp_path: Path) -> None:
    def simulate(name: str, seed: int, *scenarios: str) -> xr.Dataset:
        path = tmp_path / f"{name}.h5"
        files = [SCENARIOS / f"{scenario}.toml" for scenario in scenarios]
        options = [
            "--draws",
            "1",
            "--replicates",
            str(REPLICATES),
            "--sample",
            "0.1",
            "--seed",
            str(seed),
            "--quiet",
            "-o",
            path,
        ]
        subprocess.run([program, "run", *files, *options], check=True, capture_output=True, timeout=600)
        return tuopin.open(path)

    pair, other = simulate("pair", 1, "baseline", "one-in-five"), simulate("other", 2, "baseline")
    grant = poor_person_years(pair, "one-in-five")
    paired = grant - poor_person_years(pair, "baseline")
    independent = grant - poor_person_years(other, "baseline")
    ratio = independent.std(ddof=1) / paired.std(ddof=1)
    bound = TIMES * np.sqrt(scipy.stats.f.ppf(1 - ALPHA, REPLICATES - 1, REPLICATES - 1))
    print(f"\n  sd under equal luck {paired.std(ddof=1):.5f}, {ratio:.1f} times that under another")
    assert 14.5 < bound < 15.5
    assert ratio > bound
    # Both estimate the same effect: by a two-sample z at the same α, with the error that independent worlds have.
    error = np.hypot(paired.std(ddof=1), independent.std(ddof=1)) / np.sqrt(REPLICATES)
    assert abs(paired.mean() - independent.mean()) < scipy.stats.norm.isf(ALPHA / 2) * error
    assert (paired < 0).all()  # a grant that takes nothing from anybody lowers poverty in every single world
