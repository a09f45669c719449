"""Effects that were published come out when their estimators are run on simulated panels.

Relocation. Zhang, Xie and Zheng (JDE, 10.1016/j.jdeveco.2022.102945) find that movers of a poor county gain 9.61% of
income against households of the same place that stay. Here: households on the first register in hazard zones of
Xiangxi, movers of 2016 against who has not moved, within villages, log income of 2016 on the move with log income and
log measured income of 2015, members and safe housing as controls (analysis of covariance). Selection is on measured
income, housing and remoteness, so that within a village nothing that drives it is left out.

Test: the estimate differs from ln 1.0961 by at most z · its standard error + 0.012. α = 1e-4 two-sided, z = 3.89.
0.012 is the most by which the model is off by design: the wage share of movers differs from the 40% for which the
effect was sized by at most 3 points (0.31 · 0.03), and rows of logs weigh small incomes more (0.003).

Training. 25,000 trained a year; who is trained has, in the first year, on average

    Δp · wage_gain + p₀ · raise = 0.023 · 12,000 + 0.60 · 860 = 792 yuan

more: +2.3 points of paid work (trials reviewed by McKenzie 2017, as recalled), and 6% of the 12,930 yuan that
60% of workers earn net at 21,550. The 8% of the trials are gross of farm work that is given up.

Test: of n trained the sum of n independent gains has the standard deviation √(n · Var); the mean lies within z of it.
"""

from __future__ import annotations

import math
import shutil
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

import tuopin

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios/xiangxi"
Z = 3.89  # α = 1e-4, two-sided
OFF_BY_DESIGN = 0.012
PUBLISHED = math.log(1.0961)

Values = npt.NDArray[np.float64]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> tuopin.Engine:
    folder = tmp_path_factory.mktemp("single") / "xiangxi"
    shutil.copytree(SCENARIOS, folder)
    files = []
    for programme in ("relocation", "labour_training"):
        file = folder / f"only-{programme}.toml"
        file.write_text(f'extends = "plan-2016.toml"\ntitle = "{programme}"\nprogrammes = ["{programme}"]\n')
        files.append(file)
    return tuopin.Engine(folder / "baseline.toml", *files)


def within(values: Values, group: npt.NDArray[np.int64]) -> Values:
    """Differences from the mean of the group."""
    return values - np.bincount(group, weights=values)[group] / np.bincount(group)[group]


def covariance_analysis(
    outcome: Values, treated: Values, controls: list[Values], village: Values
) -> tuple[float, float]:
    """The coefficient of treatment within villages, and its standard error (homoscedastic, villages counted)."""
    group = np.unique(village, return_inverse=True)[1]
    x = np.column_stack([within(column.astype(float), group) for column in (treated, *controls)])
    y = within(outcome, group)
    coefficients = np.linalg.lstsq(x, y, rcond=None)[0]
    residuals = y - x @ coefficients
    freedom = len(y) - group.max() - 1 - x.shape[1]
    variance = residuals @ residuals / freedom * np.linalg.inv(x.T @ x)[0, 0]
    return float(coefficients[0]), math.sqrt(variance)


def test_of_movers(engine: tuopin.Engine) -> None:
    world = engine.start("only-relocation")
    world.step()
    before = {name: np.array(world.column("household", name), float)
              for name in ("true_income", "measured_income", "housing_safe", "members", "village")}  # fmt: skip
    registered = world.column("household", "ever_registered").astype(bool)
    hazard = world.column("village", "hazard_zone")[world.column("household", "village")].astype(bool)
    world.step()
    of = registered & hazard
    moved = world.column("household", "moved")[of].astype(float)
    assert moved.sum() > 3000
    effect, error = covariance_analysis(
        np.log(world.column("household", "true_income")[of].astype(float)), moved,
        [np.log(before["true_income"][of]), np.log(before["measured_income"][of]), before["members"][of],
         before["housing_safe"][of]], before["village"][of],
    )  # fmt: skip
    print(f"movers gain {effect:.4f} ± {error:.4f} of log income, published {PUBLISHED:.4f}")
    assert abs(effect - PUBLISHED) < Z * error + OFF_BY_DESIGN


def test_of_the_trained(engine: tuopin.Engine) -> None:
    world = engine.start("only-labour_training")
    world.step()
    world.step()
    figures = world.figures()
    region = {"place": figures.place.values[0], "year": 2016}
    trained = float(figures["programmes/entered_units"].sel(programme="labour_training", **region).squeeze())
    earned = float((world.column("household", "programme_earnings") * world.column("household", "weight")).sum())
    p0, p1 = 0.6, 1 / (1 + math.exp(-(math.log(0.6 / 0.4) + 0.097)))
    mean = (p1 - p0) * 12_000 + p0 * 860
    variance = (p1 - p0) * 12_000**2 + p0 * 860**2 - mean**2
    print(f"the trained earn {earned / trained:.0f} yuan more, {mean:.0f} expected")
    assert p1 - p0 == pytest.approx(0.023, abs=5e-4)
    assert trained > 20_000
    assert abs(earned / trained - mean) < Z * math.sqrt(variance / trained)
