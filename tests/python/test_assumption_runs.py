"""What tuopin assumptions runs: indices with known answers, groups, one number at a time against files that hold it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from assumed import change, engine_of, numbers_of, question_of, quiet, without_ranges

import tuopin
from tuopin._assumptions.numbers import GROUPS, drawn_names
from tuopin._assumptions.one_by_one import HIGH, LOW, moves
from tuopin._assumptions.shares import LUCK, Shares, indices, shares
from tuopin._assumptions.worlds import World

# ---- the estimators


def sets_of(function, groups: int, worlds: int = 4000) -> Shares:  # type: ignore[no-untyped-def]
    """The indices of a function of independent standard normals, one a group."""
    random = np.random.default_rng(7)
    a, b = random.standard_normal((2, groups, worlds))
    frozen = {}
    for g in range(groups):
        mixed = a.copy()
        mixed[g] = b[g]
        frozen[f"g{g}"] = function(mixed)
    return indices(function(a), function(b), frozen)


def test_an_additive_result_has_no_interactions() -> None:
    """f = 3 x0 + 2 x1 + x2: shares 9/14, 4/14, 1/14, first-order and total alike."""
    found = {s.group: s for s in sets_of(lambda x: 5 + 3 * x[0] + 2 * x[1] + x[2], 3).groups}
    for group, share in {"g0": 9 / 14, "g1": 4 / 14, "g2": 1 / 14}.items():
        for estimate in (found[group].first, found[group].total):
            assert abs(estimate.value - share) < 3 * estimate.error < 0.15
        assert abs(found[group].together.value) < 3 * found[group].together.error


def test_a_product_is_interaction_alone() -> None:
    """f = x0 x1: nothing alone, everything together; x2 does nothing at all."""
    found = {s.group: s for s in sets_of(lambda x: x[0] * x[1] + 0 * x[2], 3).groups}
    for group in ("g0", "g1"):
        assert abs(found[group].first.value) < 3 * found[group].first.error < 0.3
        assert abs(found[group].total.value - 1) < 3 * found[group].total.error < 0.5
    assert (found["g2"].first.value, found["g2"].total.value, found["g2"].total.error) == (0, 0, 0)


def test_the_jackknife_is_the_spread_over_designs() -> None:
    """Its errors are those of 300 designs, within a fifth."""
    random, firsts, errors = np.random.default_rng(3), [], []
    for _ in range(300):
        a, b = random.standard_normal((2, 2, 60))
        mixed = np.stack([b[0], a[1]])
        found = indices(a.sum(0), b.sum(0), {"x": mixed.sum(0)}).groups[0].first
        firsts.append(found.value)
        errors.append(found.error)
    assert np.isclose(np.sqrt(np.mean(np.square(errors))), np.std(firsts), rtol=0.2)
    assert abs(np.mean(firsts) - 0.5) < 0.03


def test_nothing_that_varies_has_no_shares() -> None:
    same = np.full(8, 3.0)
    found = indices(same, same, {"x": same})
    assert np.isnan(found.all_first.value) and found.spread == 0


# ---- groups of numbers, simulated


def test_one_group_with_ranges_makes_all_of_the_variance(hamlet_copy: Path) -> None:
    without_ranges(hamlet_copy, but="nominal")
    change(hamlet_copy, "region/region.toml", "populations    = 2", "populations    = 1")
    with engine_of(hamlet_copy) as engine:
        numbers = numbers_of(engine)
        assert drawn_names(numbers) == ["growth.nominal"]
        found = shares(question_of(engine), engine, numbers, 1, 40, quiet, same_luck=True)
    growth = next(s for s in found.groups if s.group == "growth")
    assert abs(growth.total.value - 1) < 3 * growth.total.error < 1
    assert abs(growth.first.value - 1) < 3 * growth.first.error < 1
    assert len(found.groups) == 1


def test_shares_alone_add_up_to_one_at_most() -> None:
    with engine_of() as engine:
        found = shares(question_of(engine, "fall_in_poverty"), engine, numbers_of(engine), 1, 96, quiet)
    assert {s.group for s in found.groups} <= {*GROUPS, LUCK} and len(found.groups) <= 9
    assert found.all_first.value < 1 + 3 * found.all_first.error
    assert all(s.total.value >= 0 and s.first.value < s.total.value + 4 * s.together.error for s in found.groups)
    assert found.runs == (2 + len(found.groups)) * 96


def test_the_first_set_is_the_draws_of_a_run() -> None:
    """Parameters, luck; but the population is drawn."""
    from tuopin._assumptions.shares import _worlds

    with engine_of() as engine:
        worlds = [World(d % 2, d, w.positions) for d, w in enumerate(_worlds(engine, engine.scenarios, 1, 3))]
        asked = question_of(engine, "poverty_rate").ask(engine, worlds, quiet)
        study = engine.run(draws=6, figures=["poverty_rate"])
    rate = study.poverty_rate.isel(year=-1, place=0, line=0, income=0, replicate=0).values
    assert np.allclose(asked, rate[1] - rate[0], atol=0.02)  # levelled in three passes there, exactly here


def test_threads_change_no_bit() -> None:
    found = []
    for threads in (1, 2):
        with engine_of(threads=threads) as engine:
            numbers = numbers_of(engine)
            divided = shares(question_of(engine), engine, numbers, 1, 6, quiet)
            single = moves(question_of(engine), engine, drawn_names(numbers), 2, quiet)
            found.append((divided, single))
    assert found[0] == found[1]


# ---- one number at a time


@pytest.mark.parametrize(
    ("name", "file", "old", "low", "high"),
    [
        ("growth.nominal", "baseline.toml", "value = 0.08", "value = 0.06", "value = 0.10"),
        ("labour.displacement", "baseline.toml", "value = 0.3, unit = \"share\", range = [0.15", None, None),
        ("orchard.effect.plot.failure", "programmes/orchard.toml", "value = 0.3", "value = 0.1", "value = 0.5"),
        ("crop.plum.price", "region/crops.csv", "plum,李子,price,2.5,", "plum,李子,price,1.5,", "plum,李子,price,3.5,"),
    ],
)  # fmt: skip
def test_the_ends_of_a_range_are_those_of_a_file(
    hamlet_copy: Path, name: str, file: str, old: str, low: str | None, high: str | None
) -> None:
    """A number at an end of its range gives the result of a file that holds this number, bit for bit."""
    if low is None or high is None:
        low, high = old.replace("0.3,", "0.15,"), old.replace("0.3,", "0.5,")
    with engine_of() as engine:
        asked = question_of(engine).ask(
            engine, [World(positions={name: LOW}), World(positions={name: HIGH}), World()], quiet
        )
    expected = []
    for new in (low, high, old):
        folder = hamlet_copy.with_name(f"hamlet-{len(expected)}")
        shutil.copytree(hamlet_copy, folder)
        change(folder, file, old, new)
        with engine_of(folder) as engine:
            study = engine.run(figures=["mean_income"])
        mean = study.mean_income.isel(year=-1, place=0, income=0, draw=0, replicate=0).values
        expected.append(mean[1] - mean[0])
    assert list(asked) == expected and expected[0] != expected[1]


def test_a_number_of_the_base_year_is_calibrated_as_in_a_file(hamlet_copy: Path) -> None:
    """The safety net acts in the base year, so that level and spread of income are found anew: to the bit."""
    old = next(line for line in (hamlet_copy / "baseline.toml").read_text().splitlines() if line.startswith("adequacy"))
    number = re.search(r"value = ([\d.]+)", old)
    assert number
    change(
        hamlet_copy,
        "baseline.toml",
        old,
        'adequacy = { value = 0.5, unit = "share", range = [0.2, 0.8], source = "x" }',
    )
    with engine_of(hamlet_copy) as engine:
        asked = question_of(engine).ask(engine, [World(positions={"safety_net.adequacy": HIGH}), World()], quiet)
    change(
        hamlet_copy,
        "baseline.toml",
        'value = 0.5, unit = "share", range = [0.2',
        'value = 0.8, unit = "share", range = [0.2',
    )
    with engine_of(hamlet_copy) as engine:
        mean = engine.run(figures=["mean_income"]).mean_income.isel(year=-1, place=0, income=0, draw=0, replicate=0)
    assert asked[0] == float(mean[1] - mean[0]) and asked[0] != asked[1]


def test_a_margin_makes_a_population_of_its_own(hamlet_copy: Path) -> None:
    """A margin at its high end is a table that holds this figure."""
    with engine_of(hamlet_copy) as engine:
        margin = next(n for n in numbers_of(engine) if n.name.startswith("margin.housing_unsafe."))
        asked = question_of(engine, "register_persons").ask(engine, [World(positions={margin.name: HIGH})], quiet)
    lines = (hamlet_copy / "region/margins.csv").read_text(encoding="utf-8").splitlines()
    row = lines[margin.line - 1].split(",")
    assert float(row[2]) == margin.value
    row[2] = repr(margin.high)
    lines[margin.line - 1] = ",".join(row)
    (hamlet_copy / "region/margins.csv").write_text("\n".join([*lines, ""]), encoding="utf-8")
    with engine_of(hamlet_copy) as engine:
        assert asked[0] == question_of(engine, "register_persons").ask(engine, [World()], quiet)[0]


def test_all_years_of_a_line_move_together() -> None:
    with engine_of() as engine:
        low, value, high = (
            question_of(engine, "perfect_information_gap").ask(engine, [World(positions=at)], quiet)[0]
            for at in ({"line.statistical": LOW}, {}, {"line.statistical": HIGH})
        )
    assert len({low, value, high}) == 3


def test_moves_are_sorted_and_their_luck_is_shared() -> None:
    with engine_of() as engine:
        names = drawn_names(numbers_of(engine))
        found = moves(question_of(engine), engine, names, 3, quiet)
    swings = [abs(move.swing) for move in found.numbers]
    assert swings == sorted(swings, reverse=True) and swings[0] > 0 and len(swings) == len(names)
    assert found.error > 0 and all(np.isclose(m.high - m.low, m.swing) for m in found.numbers)


def test_a_design_refuses_what_it_cannot_place() -> None:
    with engine_of() as engine:
        question = question_of(engine)
        for positions, complaint in (({"growth.nominl": 0.5}, "growth.nominal"), ({"growth.nominal": 1.0}, "between"),
                                     ({"income.permanent_share": 0.5}, "no number with a range")):  # fmt: skip
            with pytest.raises(tuopin.UsageError, match=complaint):
                question.ask(engine, [World(positions=positions)], quiet)
        with pytest.raises(tuopin.UsageError, match="population"):
            question.ask(engine, [World(population=9)], quiet)
