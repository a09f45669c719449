"""tuopin validate: simulated beside published, with hazards and closed forms by hand, on the hamlet and on a made-up
table; and every way in which a table is refused."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pytest
from conftest import ROOT, SCENARIOS
from rich.cells import cell_len
from test_commands import call

import tuopin
from tuopin._validate import Findings, findings, last_year_of, spells
from tuopin._validate.cells import difference
from tuopin._validate.closed_form import sd_that_fits, share_below
from tuopin._validate.figures import FIGURES, TWIN_INPUTS
from tuopin._validate.page import page
from tuopin._validate.table import Row, read_table
from tuopin._validate.verdict import Comparison, compared, least_trustworthy
from tuopin._validate.world import World, fifths, lived, poorest
from tuopin.commands import validate

HEADER = "id,figure,place,year,value,low,high,unit,source,status,grade,used,note,name,name_zh,source_zh,note_zh"
ROWS = [
    "A1,register_rate,hamlet,2018,0.10,0.09,0.11,share,diary,published,B,no,counted,on the list,在册,日记,清点",
    "A2,register_rate,hamlet,2015,0.2,0.1,0.9,share,diary,published,B,yes,counted,on the list,在册,日记,清点",
    "A3,mean_income,brook,2016,99000,98000,99900,yuan/year,diary,published,C,no,asked,income,收入,日记,询问",
    "A4,exit_after_one_wave,hamlet,2015,0.4,0.3,0.5,share,diary,derived,C,no,asked,left,脱离,日记,询问",
    "A5,wages_per_migrant,hamlet,2016,20000,15000,30000,yuan/year,diary,derived,C,no,asked,wages,工资,日记,询问",
    "A6,mean_income,hamlet,2016,9000,8900,9100,yuan/year,diary,published,C,no,asked,income,收入,日记,询问",
    "A7,migrant_share,hamlet,2016,0.3,0.2,0.4,share,diary,published,C,no,asked,away,外出,日记,询问",
    "A8,wage_share,hamlet,2016,0.35,0.3,0.4,share,diary,published,C,no,asked,wages,工资,日记,询问",
    "A9,statistical_line,any,2018,2995,2990,3000,yuan/year,diary,published,C,no,read,line,标准,日记,阅读",
    "A10,mean_income,hamlet,2018,9183,9100,9200,yuan/year,diary,published,C,no,asked,income,收入,日记,询问",
    "A11,national_mean_income,all,2018,14617,14600,14700,yuan/year,diary,published,C,no,read,income,收入,日记,阅读",
    "A12,national_poverty_rate,all,2018,0.017,0.016,0.018,share,diary,published,C,no,read,poor,贫困,日记,阅读",
]
CHINESE = re.compile("[\u4e00-\u9fff]")
ENGLISH = re.compile(r"\b(is|are|the|has|of|expected|simulated|published|inside|outside|share|year|years)\b")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return write(tmp_path / "validation.csv", ROWS)


def write(path: Path, rows: list[str], header: str = HEADER) -> Path:
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return path


Said = Callable[..., str]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Said:
    def run(table: Path, *words: str, lang: str = "en", code: int = 0, columns: int = 120) -> str:
        monkeypatch.setenv("COLUMNS", str(columns))
        given = [*map(str, SCENARIOS), "--table", str(table), "--sample", "1", "--replicates", "3", *words]
        assert validate([*given, "--lang", lang]) == code
        told = capsys.readouterr()
        assert (told.out == "") == (code != 0) and (told.err == "") == (code == 0), told
        return told.err if code else told.out

    return run


# ---------------------------------------------------------------------------------------------------------- hazards

#: Five waves of five households: poor (1) or not.
WAVES = np.array([
    [0, 1, 1, 0, 0],
    [1, 1, 1, 0, 1],
    [0, 1, 1, 1, 0],
    [1, 0, 1, 1, 1],
    [1, 0, 0, 0, 0],
], dtype=bool)  # fmt: skip
PERSONS = np.array([1.0, 2, 3, 4, 5])


def test_exit_after_one_poor_wave_by_hand() -> None:
    # Spells that begin at waves 1, 2, 3: households 0 and 4 at wave 1 (both leave), 3 at wave 2 (stays poor), 0 and 4
    # at wave 3 (4 leaves). Persons: 1 + 5 of 1 + 5, 0 of 4, 5 of 6.
    assert spells.exit_after_one_wave(list(WAVES), PERSONS) == pytest.approx((6 + 0 + 5) / (6 + 4 + 6))


def test_exit_after_five_poor_years_by_hand() -> None:
    # Poor at waves 0-2: households 1 (leaves at 3) and 2; at waves 1-3: household 2 (leaves at 4).
    assert spells.exit_after_three_waves(list(WAVES), PERSONS) == pytest.approx((2 + 3) / (2 + 3 + 3))


def test_back_four_years_after_an_exit_by_hand() -> None:
    # Exits at waves 1 and 2, whose state four years later is known: 0 and 4 at wave 2. Poor at wave 4: household 0.
    assert spells.back_after_exit(list(WAVES), PERSONS) == pytest.approx(1 / 6)


def test_nobody_at_risk_is_not_known() -> None:
    assert math.isnan(spells.exit_after_one_wave(list(WAVES[:2]), PERSONS))
    assert math.isnan(spells.exit_after_three_waves(list(np.zeros((5, 5), dtype=bool)), PERSONS))


def test_waves_are_two_years_apart() -> None:
    by_year = {year: np.array([year % 4 == 0]) for year in range(2015, 2021)}
    assert [bool(wave[0]) for wave in spells.waves(by_year, 2016)] == [True, False, True]


# ----------------------------------------------------------------------------------------------------- closed forms


@pytest.mark.parametrize(
    ("line", "mean", "share"),
    [(2855, 6648, 0.196), (2952, 7413, 0.167), (2952, 8273, 0.131), (2995, 9183, 0.106), (3218, 10046, 0.101),
     (2952, 12357, 0.045), (3218, 16021, 0.026)],
)  # fmt: skip
def test_growth_alone(line: float, mean: float, share: float) -> None:
    assert share_below(line, mean) == pytest.approx(share, abs=5e-4)


def test_growth_alone_is_the_share_of_a_lognormal() -> None:
    normal = np.array([NormalDist().inv_cdf((at + 0.5) / 10_000) for at in range(10_000)])
    income = np.exp(0.7 * normal)
    assert share_below(0.4, float(income.mean())) == pytest.approx(float((income < 0.4).mean()), abs=2e-3)


def test_the_spread_that_fits() -> None:
    assert sd_that_fits(2855, 6648, 500_000 / 2_400_000) == pytest.approx(0.7208, abs=1e-4)
    assert share_below(3218, 10046, sd_that_fits(3218, 10046, 0.0065)) == pytest.approx(0.0065)
    assert math.isnan(sd_that_fits(3300, 11200, 0)) and math.isnan(sd_that_fits(3300, 3000, 0.1))


def test_fifths_and_the_poorest() -> None:
    income, persons = np.array([50.0, 10, 30, 20, 40]), np.array([4.0, 2, 2, 2, 0.0])
    assert fifths(income, persons).tolist() == [4, 0, 2, 1, 3]  # middle persons 8, 1, 5, 3, 6 of 10
    assert poorest(income, persons, 0.4).tolist() == [False, True, False, True, False]
    assert not poorest(income, persons, 0).any() and poorest(income, persons, 1).all()


# ------------------------------------------------------------------------------------------------------- comparison


def row(
    figure: str = "register_rate", value: float = 0.1, low: float = 0.08, high: float = 0.12, year: int = 2018
) -> Row:
    return Row("A1", figure, "hamlet", year, value, low, high, "diary", "published", "B", False, "counted",
               "on the list", "在册", "日记", "清点", 2)  # fmt: skip


def test_error_verdict_and_miss_by_hand() -> None:
    one = compared(row(), [0.12, 0.16, math.nan], [0.2, 0.2])
    assert (one.simulated, one.without) == (pytest.approx(0.14), pytest.approx(0.2))
    assert one.error == pytest.approx(math.sqrt(2) * 0.02)
    assert one.verdict == "near" and one.difference == pytest.approx(0.04)
    assert one.miss == pytest.approx(0.04 / math.hypot(0.02, math.sqrt(2) * 0.02))
    assert compared(row(), [0.11], [0.2]).verdict == "inside"
    assert compared(row(), [0.13], [0.2]).verdict == "outside"  # of one world luck's error is not known
    assert compared(row(), [math.nan], [math.nan]).verdict == "unknown"


def test_differences_have_a_sign_where_they_are_any() -> None:
    assert [difference(value, "share") for value in (0.0412, -0.003, -0.00001, 0.0)] == ["+4.1", "-0.30", "0", "0"]
    assert [difference(value, "yuan/year") for value in (1234.0, -0.2, math.nan)] == ["+1,234", "0", "–"]


def test_the_least_trustworthy_are_the_worst_rows_each_figure_once() -> None:
    def miss(figure: str, times: float, year: int = 2018) -> Comparison:
        return Comparison(row(figure, year=year), 0.1 + 0.02 * times, 0.0, 0.1)

    all_rows = [miss("register_rate", 9, 2018), miss("register_rate", 12, 2019), miss("wage_share", 0.5),
                miss("labour_share", 3), miss("fifth_ratio", 5), miss("rest_share", 4)]  # fmt: skip
    worst = least_trustworthy(all_rows)
    assert [(one.row.figure, one.row.year) for one in worst] == [
        ("register_rate", 2019), ("fifth_ratio", 2018), ("rest_share", 2018)]  # fmt: skip
    assert [one.miss for one in worst] == pytest.approx([12, 5, 4])


# ----------------------------------------------------------------------------------------------------------- hamlet


@pytest.fixture(scope="module")
def world() -> World:
    with tuopin.Engine(*SCENARIOS) as engine:
        return lived(engine, "plan", None, 0, [2016, 2018], 1.0)


def test_who_is_poor_follows_from_the_rate(world: World) -> None:
    persons = world.homes.persons
    for year, poor in world.poor.items():
        rate = world.figure("poverty_rate", year, 0, line=1.0, income="true")
        assert persons[poor].sum() / persons.sum() == pytest.approx(rate, abs=1e-12)
    assert any(poor.any() for poor in world.poor.values())


def test_columns_agree_with_the_figures_of_a_study(world: World) -> None:
    persons = world.homes.persons
    for year, state in world.years.items():
        for place in (0, 1):
            here = world.within(place)
            assert persons[here].sum() == world.figure("persons", year, place)
            assert persons[here & state.registered].sum() == world.figure("register_persons", year, place)
            assert persons[here & state.with_allowance].sum() == world.figure("allowance/recipients", year, place)
        mean = state.all_income.sum() / persons.sum()
        assert mean == pytest.approx(world.figure("mean_income", year, 0, income="true"), rel=1e-5)
    mixes = {kind: FIGURES[f"{kind}_share"].of(world, 2018, 0) for kind in ("wage", "business", "rest")}
    assert sum(mixes.values()) == pytest.approx(1)
    wage, business = world.years[2018].mix(world.within(0), 1.0)
    assert (wage, business) == pytest.approx((mixes["wage"], mixes["business"]), abs=0.05)


@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_is_a_number_of_its_kind(world: World, figure: str) -> None:
    value = FIGURES[figure].of(world, 2016 if "wave" in figure or "exit" in figure else 2018, 0)
    if figure in ("exit_after_five_years", "back_after_exit"):
        assert math.isnan(value)  # the hamlet's years hold too few waves
    else:
        assert math.isfinite(value)
        assert 0 <= value <= (1 if FIGURES[figure].unit == "share" else 1e6)


def test_the_page_of_the_hamlet(said: Said, table: Path) -> None:
    text = said(table)
    found = findings(*SCENARIOS, table, sample=1.0, draws=1, replicates=3)
    flat = " ".join(text.split())
    assert (
        "100% of the villages, 3 worlds each (draws of the parameters: 1; replicates of luck: 3), 2015 to 2020" in flat
    )
    by_id = {one.row.id: one for one in found.comparisons}
    assert len(by_id) == 9 and [one.row.id for one in found.comparisons][:4] == ["A1", "A2", "A3", "A4"]
    with tuopin.Engine(*SCENARIOS) as engine:
        rates = [engine.start("plan", None, r).run().figures().register_rate.sel(year=2018, place="hamlet").item()
                 for r in range(3)]  # fmt: skip
    assert by_id["A1"].simulated == pytest.approx(np.mean(rates))
    assert by_id["A1"].error == pytest.approx(np.std(rates, ddof=1))
    assert f"{100 * np.mean(rates):.1f}%" in text and "9.0%–11.0%" in text
    assert by_id["A2"].verdict == "inside" and re.search(r"A2 +on the list \* .* inside", text)
    assert by_id["A3"].verdict == "outside" and "too low by" in text
    assert "A1: diary (published, grade B). counted" in text.replace("A1, A2", "A1")
    least = [line for line in text.split("Least trustworthy\n")[1].splitlines() if re.match(r"\d\. ", line)]
    assert len(least) == len(least_trustworthy(found.comparisons)) and least[0].startswith("1. income (A3), 2016")


def test_both_twins(said: Said, table: Path) -> None:
    text = said(table)
    assert re.search(rf"^2018 +{100 * share_below(2995, 9183):.1f}% +10.0% +\+0.6 ", text, re.MULTILINE)
    assert re.search(rf"^2018 +{100 * share_below(2995, 14617):.1f}% +1.7% +\+1.1 ", text, re.MULTILINE)
    assert "beside the national survey" in text and "Mean distance from the published register, 2018 to 2018" in text


def test_published_figures_that_cannot_both_be_true(said: Said, table: Path) -> None:
    text = " ".join(said(table).split())
    found = re.search(r"bring ([\d.]+) billion yuan; .* is ([\d.]+) billion: (\d+)% of it", text)
    assert found and "factor of" in text
    share = next(one for one in findings(*SCENARIOS, table, sample=1.0, draws=1, replicates=3).comparisons
                 if one.row.id == "A7").simulated  # fmt: skip
    assert int(found[3]) == round(100 * share * 20000 / 9000)
    assert f"a factor of {share * 20000 / (9000 * 0.35):.1f}." in text


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_in_chinese_and_within_the_width(said: Said, table: Path, columns: int) -> None:
    text = said(table, lang="zh", columns=columns)
    assert "最不可信的数字" in text and "范围内" in text and "在册" in text
    assert not ENGLISH.search(text), ENGLISH.search(text)
    for printed in (text, said(table, columns=columns)):
        assert not [line for line in printed.splitlines() if cell_len(line) > columns]
        assert not re.search(r" $|\x1b", printed, re.MULTILINE)


def test_draws_of_the_parameters(table: Path) -> None:
    found = findings(*SCENARIOS, table, sample=1.0, draws=2, replicates=2)
    assert isinstance(found, Findings) and (found.draws, found.replicates) == (2, 2)
    assert any("2" in block.text for block in page(found, "en")[:2] if hasattr(block, "text"))


# --------------------------------------------------------------------------------------------------------- refusals

BROKEN = {  # a row in place of the first, and what is said of it
    "figure": (ROWS[0].replace("register_rate", "register_rat"), "figure is 'register_rat'",
               "did you mean register_rate?"),
    "place": (ROWS[0].replace("hamlet", "hamlett"), "place is 'hamlett'", "did you mean hamlet?"),
    "year": (ROWS[0].replace("2018", "18"), "year is '18'", "expected a year"),
    "a year that is not simulated": (ROWS[0].replace("2018", "2031"), "year is 2031", "2015 to 2020"),
    "value": (ROWS[0].replace("0.10,", "many,"), "value is 'many'", "expected a number"),
    "a value that is none": (ROWS[0].replace("0.11", "nan"), "high is 'nan'", "expected a number"),
    "range": (ROWS[0].replace("0.09", "0.105"), "low, value and high", "expected a range around the value"),
    "no range": (ROWS[0].replace("0.09,0.11", "0.10,0.10"), "low, value and high", "expected a range"),
    "unit": (ROWS[0].replace("share", "persons"), "unit is 'persons'", "expected share for register_rate"),
    "status": (ROWS[0].replace("published", "publishd"), "status is 'publishd'", "did you mean published?"),
    "grade": (ROWS[0].replace(",B,", ",E,"), "grade is 'E'", "A, B, C, D"),
    "used": (ROWS[0].replace(",no,", ",maybe,"), "used is 'maybe'", "yes, no"),
    "source": (ROWS[0].replace("diary", ""), "source is empty", ""),
    "cells": (ROWS[0] + ",x", "18 cells", "expected 17"),
    "id": (ROWS[1].replace("A2", "A3"), "the id A3 stands in line 2 already", ""),
}  # fmt: skip


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_row_is_refused_with_its_line(said: Said, tmp_path: Path, fault: str) -> None:
    broken, *words = BROKEN[fault]
    rows = [ROWS[2], broken, ROWS[3]] if fault == "id" else [broken, *ROWS[1:]]
    path = write(tmp_path / "validation.csv", rows)
    text = said(path, code=4)
    assert f"{path}:{3 if fault == 'id' else 2}: " in text and all(word in text for word in words), text
    chinese = said(path, code=4, lang="zh").replace(str(path), "")
    assert CHINESE.search(chinese) and not re.search(r"\b(is|are|the|has|of|expected)\b", chinese), chinese


@pytest.mark.parametrize(
    ("header", "rows", "words"),
    [
        (HEADER.replace("figure", "figur"), ROWS, "there is no column figure; is 'figur' meant for it?"),
        (HEADER + ",page", [one + ",1" for one in ROWS], "unknown column 'page'"),
        (HEADER, [], "has a header and no rows"),
        ("", [], "is empty, expected the columns id, figure"),
    ],
)
def test_a_table_that_is_none(said: Said, tmp_path: Path, header: str, rows: list[str], words: str) -> None:
    assert words in said(write(tmp_path / "validation.csv", rows, header), code=4)


@pytest.mark.parametrize(
    ("words", "code", "text"),
    [
        (["--sample", "2"], 2, "--sample is 2.0, expected a share from 0.0001 to 1"),
        (["--sample", "half"], 2, "--sample is 'half', expected a share"),
        (["--replicates", "0"], 2, "--replicates is 0, expected a whole number from 1"),
        (["--draws", "1.5"], 2, "--draws is '1.5', expected a whole number"),
        (["--lang", "cn"], 2, "did you mean 'zh'"),
        (["--tabel", "x"], 2, "did you mean --table?"),
        (["--table", "none.csv"], 4, "none.csv: there is no table of published figures; name one with --table"),
        ([], 4, "validation.csv: there is no table of published figures"),
    ],
)
def test_slips(words: list[str], code: int, text: str) -> None:
    done = call("validate", *SCENARIOS, *words)
    assert (done.returncode, "Traceback" in done.stderr) == (code, False), done.stderr
    assert text in done.stderr


def test_a_scenario_that_is_not_there(table: Path) -> None:
    done = call("validate", "none.toml", SCENARIOS[1], "--table", table)
    assert done.returncode == 3 and "none.toml" in done.stderr and "Traceback" not in done.stderr


def test_the_last_year_that_the_data_reach(tmp_path: Path) -> None:
    assert last_year_of(SCENARIOS[1]) == 2020
    assert last_year_of(ROOT / "scenarios/xiangxi/plan-2016.toml") == 2030
    (tmp_path / "round.toml").write_text('extends = "round.toml"\n', encoding="utf-8")
    assert last_year_of(tmp_path / "round.toml") is None


# ---------------------------------------------------------------------------------------------------------- Xiangxi


def test_the_table_of_xiangxi() -> None:
    rows = read_table(ROOT / "scenarios/xiangxi/validation.csv", (2015, 2030))
    figures = {one.figure for one in rows}
    wanted = {"wage_share_lowest_fifth", "business_share_highest_fifth", "labour_share_registered",
              "household_size_registered", "exit_after_one_wave", "exit_after_five_years", "allowance_share",
              "allowance_mean_payment", "allowance_leakage", "migrant_share", "wages_per_migrant", "income_growth",
              "arable_per_person", "sown_per_person", "register_rate", *TWIN_INPUTS}  # fmt: skip
    assert wanted <= figures
    assert all(CHINESE.search(text) for one in rows for text in (one.name_zh, one.source_zh, one.note_zh)
               if re.search("[a-z]", text) or not re.search(r"\d/|\d\)\^", text))  # else a quotient  # fmt: skip
    assert all(one.grade == "D" for one in rows if one.status == "assumption")
    english = re.compile(r"\b(?!gov\b|cn\b)[a-z]{3,}\b")
    assert not [text for one in rows for text in (one.name_zh, one.source_zh, one.note_zh) if english.search(text)]
    assert len({one.id for one in rows}) == len(rows) == 66
