"""tuopin assumptions: numbers, shares of groups with known answers, one number at a time against files, refusals."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
from rich.cells import cell_len

import tuopin
from tuopin._assumptions.numbers import GROUPS, Number, drawn_names, group_of, numbers_from
from tuopin._assumptions.one_by_one import HIGH, LOW, moves
from tuopin._assumptions.shares import LUCK, Shares, indices, shares
from tuopin._assumptions.worlds import Question, World
from tuopin._language import Language
from tuopin._program import Progress
from tuopin.commands import assumptions

ROOT = Path(__file__).resolve().parents[2]
HAMLET, XIANGXI = ROOT / "scenarios/hamlet", ROOT / "scenarios/xiangxi"
CHINESE = re.compile("[\u4e00-\u9fff]")


def quiet(news: Progress) -> None:
    pass


def scenarios(folder: Path = HAMLET) -> list[Path]:
    return [folder / "baseline.toml", folder / "plan.toml"]


def engine_of(folder: Path = HAMLET, threads: int = 2) -> tuopin.Engine:
    return tuopin.Engine(*scenarios(folder), threads=threads)


def numbers_of(engine: tuopin.Engine) -> list[Number]:
    return numbers_from(engine._alive().numbers(engine.scenarios))


def question_of(engine: tuopin.Engine, figure: str = "mean_income", year: int | None = None) -> Question:
    return Question(engine.scenarios, figure, year, engine.years)


@pytest.fixture
def hamlet(tmp_path: Path) -> Path:
    """A copy that may be changed."""
    shutil.copytree(HAMLET, tmp_path / "scenarios/hamlet")
    return tmp_path / "scenarios/hamlet"


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (file, old)
    path.write_text(text.replace(old, new), encoding="utf-8")


def without_ranges(folder: Path, but: str) -> None:
    """No number has a range but those whose line holds ``but``."""
    for file in [*folder.rglob("*.toml")]:
        lines = file.read_text(encoding="utf-8").splitlines()
        kept = [line if but in line else re.sub(r"(relative_)?range\s*=\s*\[[^\]]*\],?", "", line) for line in lines]
        file.write_text("\n".join(kept) + "\n", encoding="utf-8")
    for name in ("lines", "crops", "margins"):
        path = folder / f"region/{name}.csv"
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        table[["low", "high"]] = ""
        table.to_csv(path, index=False)


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


def test_one_group_with_ranges_makes_all_of_the_variance(hamlet: Path) -> None:
    without_ranges(hamlet, but="nominal")
    change(hamlet, "region/region.toml", "populations    = 2", "populations    = 1")
    with engine_of(hamlet) as engine:
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
        names = drawn_names(numbers_of(engine))
        worlds = [World(d % 2, d, world.positions) for d, world in enumerate(_worlds(names, 1, 3, 2))]
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
    hamlet: Path, name: str, file: str, old: str, low: str | None, high: str | None
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
        folder = hamlet.with_name(f"hamlet-{len(expected)}")
        shutil.copytree(hamlet, folder)
        change(folder, file, old, new)
        with engine_of(folder) as engine:
            study = engine.run(figures=["mean_income"])
        mean = study.mean_income.isel(year=-1, place=0, income=0, draw=0, replicate=0).values
        expected.append(mean[1] - mean[0])
    assert list(asked) == expected and expected[0] != expected[1]


def test_a_number_of_the_base_year_is_calibrated_as_in_a_file(hamlet: Path) -> None:
    """The safety net acts in the base year, so that level and spread of income are found anew: to the bit."""
    old = next(line for line in (hamlet / "baseline.toml").read_text().splitlines() if line.startswith("adequacy"))
    number = re.search(r"value = ([\d.]+)", old)
    assert number
    change(hamlet, "baseline.toml", old, 'adequacy = { value = 0.5, unit = "share", range = [0.2, 0.8], source = "x" }')
    with engine_of(hamlet) as engine:
        asked = question_of(engine).ask(engine, [World(positions={"safety_net.adequacy": HIGH}), World()], quiet)
    change(hamlet, "baseline.toml", "value = 0.5, unit = \"share\", range = [0.2", "value = 0.8, unit = \"share\", range = [0.2")
    with engine_of(hamlet) as engine:
        mean = engine.run(figures=["mean_income"]).mean_income.isel(year=-1, place=0, income=0, draw=0, replicate=0)
    assert asked[0] == float(mean[1] - mean[0]) and asked[0] != asked[1]


def test_a_margin_makes_a_population_of_its_own(hamlet: Path) -> None:
    """A margin at its high end is a table that holds this figure."""
    with engine_of(hamlet) as engine:
        margin = next(n for n in numbers_of(engine) if n.name.startswith("margin.housing_unsafe."))
        asked = question_of(engine, "register_persons").ask(engine, [World(positions={margin.name: HIGH})], quiet)
    lines = (hamlet / "region/margins.csv").read_text(encoding="utf-8").splitlines()
    row = lines[margin.line - 1].split(",")
    assert float(row[2]) == margin.value
    row[2] = repr(margin.high)
    lines[margin.line - 1] = ",".join(row)
    (hamlet / "region/margins.csv").write_text("\n".join([*lines, ""]), encoding="utf-8")
    with engine_of(hamlet) as engine:
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


# ---- numbers


def test_counts_are_those_of_the_study(hamlet_study: Path) -> None:
    with engine_of() as engine:
        numbers = [n for n in numbers_from(engine._alive().numbers(["plan"])) if not n.by_default]
    found = Counter(n.status for n in numbers)
    attributes = tuopin.open(hamlet_study).attrs
    assert {f"inputs_{s}": found[s] for s in ("published", "derived", "assumption")} == {
        key: int(value) for key, value in attributes.items() if key.startswith("inputs_")
    }


def test_every_assumed_number_of_xiangxi_names_an_office() -> None:
    with tuopin.Engine(*sorted(XIANGXI.glob("plan-*.toml")), XIANGXI / "one-in-five.toml") as engine:
        numbers = numbers_of(engine)
    silent = {n.name for n in numbers if n.status == "assumption" and not n.by_default and not n.office("zh")}
    assert not silent
    assert not [n.name for n in numbers if CHINESE.search(n.office("en"))]
    assert {n.office("zh") for n in numbers if n.name.startswith("forest_rangers.")} == {"州林业局"}


def test_an_office_beside_a_number_goes_first(hamlet: Path) -> None:
    change(hamlet, "baseline.toml", "value = 0.08,", 'value = 0.08, office = { en = "Bureau", zh = "局" },')
    with (hamlet / "region/region.toml").open("a", encoding="utf-8") as file:
        file.write('\n[office.other]\ntitle = "Office"\nknows = ["growth", "safety_net.coverage", "margin"]\n')
    with engine_of(hamlet) as engine:
        offices = {n.name: (n.office("en"), n.office("zh")) for n in numbers_of(engine)}
        now = engine._alive().inputs(["baseline", "plan"], 1, 1, 0, [], 1.0, "")
    assert offices["growth.nominal"] == ("Bureau", "局")
    assert offices["safety_net.coverage"] == ("Office", "Office") and offices["safety_net.adequacy"] == ("", "")
    assert offices["margin.male.hamlet"] == ("Office", "Office")
    with engine_of() as engine:  # for readers: no hash, no text of a study is another
        assert engine._alive().inputs(["baseline", "plan"], 1, 1, 0, [], 1.0, "") == now


@pytest.mark.parametrize(
    ("name", "kind", "group"),
    [
        ("growth.nominal", "scenario", "growth"), ("income.permanent_share", "scenario", "mobility"),
        ("lines.allowance", "scenario", "safety net"), ("line.statistical", "line", "prices"),
        ("line.administrative", "line", "register"), ("posts.effect.post.wage", "programme", "effects"),
        ("posts.score.capture", "programme", "take-up"), ("posts.cost.once", "programme", "prices"),
        ("crop.plum.price", "crop", "prices"), ("crop.plum.yield", "crop", "effects"),
        ("margin.male.hamlet", "margin", "population"), ("illness.hazard", "scenario", "effects"),
    ],
)  # fmt: skip
def test_groups(name: str, kind: str, group: str) -> None:
    assert group_of(name, kind) == group


# ---- the command


class Said:
    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *words: object, code: int = 0, lang: Language = "en") -> str:
        given = ["--draws", "8", "--sample", "1", "--replicates", "2", "--quiet", "--lang", lang]
        assert assumptions([*map(str, words), *given]) == code
        said = self.capsys.readouterr()
        assert (said.out == "") == (code != 0) and "Traceback" not in said.err
        return said.err if code else said.out


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Said:
    return Said(capsys)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("columns", [60, 91, 120])
def test_the_page_fits(
    said: Said, hamlet_study: Path, monkeypatch: pytest.MonkeyPatch, columns: int, lang: Language
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    text = said(hamlet_study, lang=lang)
    assert max(cell_len(line) for line in text.splitlines()) <= columns
    for heading in {"en": ["Numbers by status", "Assumed without a range", "What makes the result vary"],
                    "zh": ["各类数的个数", "没有取值范围的假设", "结果因哪些数而变"]}[lang]:  # fmt: skip
        assert heading in text
    if lang == "zh":
        assert not re.search(r"\b(the|of|and|is|with)\b", text)


def test_what_the_page_says(said: Said, hamlet_study: Path) -> None:
    text = " ".join(said(hamlet_study, "--most", 3).split())
    assert "The 3 numbers that move the result most" in text
    assert "baseline.toml:" in text and "--no-margins" not in text
    assert "income.permanent_share" in text and "posts.take_up.probability" in text  # no range; a default
    with engine_of() as engine:
        numbers = numbers_of(engine)
    assert f"Each of {len(drawn_names(numbers)) + len(drawn_names(numbers, margins=True))} numbers" in text


def test_the_workbook_holds_the_same_and_is_never_written_over(
    said: Said, hamlet_study: Path, tmp_path: Path
) -> None:
    book = tmp_path / "assumptions.xlsx"
    said(hamlet_study, "--excel", book, lang="zh")
    sheets = openpyxl.load_workbook(book)
    assert sheets.sheetnames == ["假设", "数", "无取值范围", "分组", "影响最大", "逐一变动"]
    with engine_of() as engine:
        numbers = numbers_of(engine)
    assert sheets["数"].max_row == len(numbers) + 1
    assert sheets["逐一变动"].max_row == len({n.name for n in numbers if n.ranges}) + 1
    before = book.read_bytes()
    assert "stands there already" in said(hamlet_study, "--excel", book, code=6)
    assert book.read_bytes() == before


def test_files_that_changed_are_named(said: Said, hamlet: Path, program: Path, tmp_path: Path) -> None:
    study = tuopin.run(*scenarios(hamlet), output=tmp_path / "s.h5", draws=2, progress=False)
    assert "Numbers by status" in said(study, "--no-runs")  # found by the run record
    change(hamlet, "baseline.toml", "value = 0.08", "value = 0.09")
    assert "baseline: growth.nominal, plan: growth.nominal" in said(study, code=4).replace(";", ",")
    change(hamlet, "baseline.toml", "value = 0.09", "value = 0.08")
    change(hamlet, "region/crops.csv", "plum,李子,price,2.5,", "plum,李子,price,2.6,")
    assert "a table of the region" in said(study, code=4)
    change(hamlet, "region/crops.csv", "plum,李子,price,2.6,", "plum,李子,price,2.5,")
    (hamlet / "region/region.toml").write_text(
        (hamlet / "region/region.toml").read_text(encoding="utf-8").replace("synthesis_seed = ", "synthesis_seed = 1"),
        encoding="utf-8",
    )
    assert "region: synthesis_seed" in said(study, code=4)


def test_files_that_are_gone_are_named(
    said: Said, hamlet: Path, program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = tuopin.run(*scenarios(hamlet), output=tmp_path / "s.h5", draws=2, progress=False)
    moved = hamlet.rename(tmp_path / "elsewhere")
    monkeypatch.chdir(tmp_path)
    complaint = said(study, code=4)
    assert f"{hamlet / 'plan.toml'} of the run record are not there" in complaint and "--scenario" in complaint
    files = [word for file in scenarios(moved) for word in ("--scenario", file)]
    assert "Numbers by status" in said(study, *files, "--no-runs")
    assert "names baseline, and the study is of baseline, plan" in said(study, *files[:2], code=2)
    (tmp_path / "s.h5.run.json").unlink()
    assert "the run record names none" in said(study, code=4)
    moved.rename(hamlet)  # below scenarios/ of the folder of work
    assert "Numbers by status" in said(study, "--no-runs")


@pytest.mark.parametrize(
    ("words", "code", "complaint"),
    [
        (["--figure", "poverty_rat"], 2, "poverty_rate"),
        (["--figure", "programmes/entered_units"], 2, "is not of the whole region"),
        (["--year", 2031], 2, "--year is 2031, expected one from 2015 to 2020"),
        (["--most", 0], 2, "--most is 0"),
        (["--final-sample", 0], 2, "--final-sample is 0.0"),
    ],
)  # fmt: skip
def test_refusals(said: Said, hamlet_study: Path, words: list[object], code: int, complaint: str) -> None:
    assert complaint in said(hamlet_study, *words, code=code)


def test_what_is_no_study(said: Said, tmp_path: Path) -> None:
    (tmp_path / "x.h5").write_text("no")
    assert "x.h5" in said(tmp_path / "x.h5", code=4)
    assert "none.h5" in said(tmp_path / "none.h5", code=4)


def test_a_study_of_one_scenario(said: Said, program: Path, tmp_path: Path) -> None:
    study = tuopin.run(HAMLET / "plan.toml", output=tmp_path / "one.h5", draws=2, progress=False)
    assert "poverty_rate in 2020 of" in " ".join(said(study).split())


def test_a_design_refuses_what_it_cannot_place() -> None:
    with engine_of() as engine:
        question = question_of(engine)
        for positions, complaint in (({"growth.nominl": 0.5}, "growth.nominal"), ({"growth.nominal": 1.0}, "between"),
                                     ({"income.permanent_share": 0.5}, "no number with a range")):  # fmt: skip
            with pytest.raises(tuopin.UsageError, match=complaint):
                question.ask(engine, [World(positions=positions)], quiet)
        with pytest.raises(tuopin.UsageError, match="population"):
            question.ask(engine, [World(population=9)], quiet)
