"""tuopin assumptions: numbers and their offices, the page, the workbook, refusals."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from assumed import HAMLET, XIANGXI, change, engine_of, numbers_of, scenarios
from rich.cells import cell_len

import tuopin
from tuopin._assumptions.numbers import drawn_names, group_of, numbers_from
from tuopin._assumptions.stored import stored_numbers
from tuopin._language import Language
from tuopin.commands import assumptions

CHINESE = re.compile("[\u4e00-\u9fff]")


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
    with tuopin.Engine(XIANGXI / "baseline.toml", XIANGXI / "plan-2016.toml", XIANGXI / "one-in-five.toml") as engine:
        numbers = numbers_of(engine)
    silent = {n.name for n in numbers if n.status == "assumption" and not n.by_default and not n.office("zh")}
    assert not silent
    assert not [n.name for n in numbers if CHINESE.search(n.office("en"))]
    assert {n.office("zh") for n in numbers if n.name.startswith("forest_rangers.")} == {"州林业局"}


def test_an_office_beside_a_number_goes_first(hamlet_copy: Path) -> None:
    change(hamlet_copy, "baseline.toml", "value = 0.08,", 'value = 0.08, office = { en = "Bureau", zh = "局" },')
    with (hamlet_copy / "region/region.toml").open("a", encoding="utf-8") as file:
        file.write('\n[office.other]\ntitle = "Office"\nknows = ["growth", "safety_net.coverage", "margin"]\n')
    with engine_of(hamlet_copy) as engine:
        offices = {n.name: (n.office("en"), n.office("zh")) for n in numbers_of(engine)}
        now = engine._alive().inputs(["baseline", "plan"], 1, 1, 0, [], 1.0, "")
    assert offices["growth.nominal"] == ("Bureau", "局")
    assert offices["safety_net.coverage"] == ("Office", "Office") and offices["safety_net.adequacy"] == ("", "")
    assert offices["margin.male.hamlet"] == ("Office", "Office")
    with engine_of() as engine:  # for readers: no hash, no text of a study is another
        assert engine._alive().inputs(["baseline", "plan"], 1, 1, 0, [], 1.0, "") == now


def test_a_study_keeps_the_numbers_of_its_files(hamlet_study: Path) -> None:
    with engine_of() as engine:
        files = [n for n in numbers_of(engine) if n.kind in ("scenario", "programme")]
    kept = {n.name: n for n in stored_numbers(tuopin.open(hamlet_study).attrs)}
    assert kept.keys() == {n.name for n in files}
    for number in files:
        other = kept[number.name]
        assert (other.status, other.by_default, other.is_factor) == (
            number.status, number.by_default, number.is_factor), number  # fmt: skip
        assert np.allclose([other.value, other.low, other.high], [number.value, number.low, number.high]) or (
            number.name in ("lines.allowance",)), number  # fmt: skip


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


def test_the_workbook_holds_the_same_and_is_never_written_over(said: Said, hamlet_study: Path, tmp_path: Path) -> None:
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


def test_files_that_changed_are_named(said: Said, hamlet_copy: Path, program: Path, tmp_path: Path) -> None:
    study = tuopin.run(*scenarios(hamlet_copy), output=tmp_path / "s.h5", draws=2, progress=False)
    assert "Numbers by status" in said(study, "--no-runs")  # found by the run record
    change(hamlet_copy, "baseline.toml", "value = 0.08", "value = 0.09")
    assert "baseline: growth.nominal, plan: growth.nominal" in said(study, code=4).replace(";", ",")
    change(hamlet_copy, "baseline.toml", "value = 0.09", "value = 0.08")
    change(hamlet_copy, "region/crops.csv", "plum,李子,price,2.5,", "plum,李子,price,2.6,")
    assert "a table of the region" in said(study, code=4)
    change(hamlet_copy, "region/crops.csv", "plum,李子,price,2.6,", "plum,李子,price,2.5,")
    (hamlet_copy / "region/region.toml").write_text(
        (hamlet_copy / "region/region.toml")
        .read_text(encoding="utf-8")
        .replace("synthesis_seed = ", "synthesis_seed = 1"),
        encoding="utf-8",
    )
    assert "region: synthesis_seed" in said(study, code=4)


def test_files_that_are_gone_are_named(
    said: Said, hamlet_copy: Path, program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = tuopin.run(*scenarios(hamlet_copy), output=tmp_path / "s.h5", draws=2, progress=False)
    moved = hamlet_copy.rename(tmp_path / "elsewhere")
    monkeypatch.chdir(tmp_path)
    complaint = said(study, code=4)
    assert f"{hamlet_copy / 'plan.toml'} of the run record are not there" in complaint and "--scenario" in complaint
    kept = " ".join(said(study, "--no-runs").split())  # what the study itself keeps
    assert "What follows is what the study itself keeps" in kept and "not found" in kept
    assert "income.permanent_share 0.6 share" in kept and "posts.take_up.probability 1 probability" in kept
    assert "posts.effect.post.wage 8,000" not in kept  # it has a range
    files = [word for file in scenarios(moved) for word in ("--scenario", file)]
    assert "Numbers by status" in said(study, *files, "--no-runs")
    assert "names baseline, and the study is of baseline, plan" in said(study, *files[:2], code=2)
    (tmp_path / "s.h5.run.json").unlink()
    assert "the run record names none" in said(study, code=4)
    moved.rename(hamlet_copy)  # below scenarios/ of the folder of work
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
