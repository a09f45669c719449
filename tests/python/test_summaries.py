"""Tables for the spreadsheet."""

from __future__ import annotations

import os
import re
import shutil
import stat
from pathlib import Path

import h5py
import numpy as np
import openpyxl
import pandas as pd
import pytest
from conftest import write_small_study

import tuopin
from tuopin import _files, _findings, _first_sheet, _workbook, commands, results, summaries


@pytest.fixture
def copy(study: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(study, tmp_path / "study.h5"))


@pytest.fixture
def small(small_study: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(small_study, tmp_path / "study.h5"))


@pytest.fixture
def least(least_study: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(least_study, tmp_path / "study.h5"))


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_three_files_with_the_same_rows(copy: Path) -> None:
    files = tuopin.write_summaries(copy)
    assert [file.name for file in files.values()] == ["study.csv", "study.parquet", "study.xlsx"]
    csv, parquet = pd.read_csv(files["csv"]), pd.read_parquet(files["parquet"])
    assert len(csv) == len(parquet)
    assert list(csv.columns) == list(parquet.columns)
    assert {"variable", "scenario", "year", "place", "unit", "low", "median", "high", "values"} <= set(csv.columns)
    rates = csv[(csv.variable == "poverty_rate") & (csv.scenario == "plan") & (csv.line == 1) & (csv.income == "true")]
    assert rates.groupby("year").size().nunique() == 1
    assert (rates.low <= rates["median"]).all()
    assert (rates["median"] <= rates.high).all()
    assert not [file for file in copy.parent.iterdir() if file.name.startswith(".")]
    assert not csv.duplicated([c for c in csv.columns if c not in ("low", "median", "high", "values")]).any()


def test_statistics_stand_beside_their_labels(small_study: Path) -> None:
    table = tuopin.summary_table(small_study)
    errors = tuopin.order_statistics(tuopin.open(small_study).exclusion_error)
    for row in table[table.variable == "exclusion_error"].sample(30, random_state=1).to_dict("records"):
        at = {key: row[key] for key in ("scenario", "year", "place", "standard")}
        assert errors.sel(at).values.tolist() == [row["low"], row["median"], row["high"]]


def test_workbook_has_a_sheet_for_each_subject(copy: Path) -> None:
    book = openpyxl.load_workbook(tuopin.write_summaries(copy)["xlsx"], read_only=True)
    subjects = ["poverty", "effect", "dynamics", "inequality", "register", "money", "programmes", "ledger", "draws"]
    with h5py.File(copy) as study:
        subjects += [group for group in ("allowance", "income_by_stream", "land") if group in study]
        subjects += ["targets"] if "targets" in study else []
    assert book.sheetnames == ["summary", "about", *subjects]
    header = [cell.value for cell in next(book["register"].iter_rows(max_row=1))]
    assert header[0] == "variable"
    assert "unit" in header
    assert "line" not in header  # a register rate has no line


def test_a_chinese_workbook_says_in_chinese_what_its_sheets_and_figures_are(copy: Path) -> None:
    book = openpyxl.load_workbook(tuopin.write_summaries(copy, lang="zh")["xlsx"], read_only=True)
    rows = [[str(cell) for cell in row if cell is not None] for row in book.worksheets[0].iter_rows(values_only=True)]
    listed = dict(row for row in rows if len(row) == 2 and row[0] in book.sheetnames)
    assert list(listed) == book.sheetnames[1:]
    assert all(re.search("[\u4e00-\u9fff]", meaning) for meaning in listed.values()), listed
    ledger = {str(column[0]): column[1:] for column in zip(*book["资金流水"].iter_rows(values_only=True), strict=True)}
    heads = list(ledger)
    for ids, names in {"scenario": "方案", "programme": "项目", "fund": "资金", "purpose": "用途", "unit": "单位",
                       "variable": "指标"}.items():  # fmt: skip
        assert heads.index(names) == heads.index(ids) + 1
        known = {here: name for here, name in zip(ledger[ids], ledger[names], strict=True) if here is not None}
        assert known and all(name and f"[{here}]" not in str(name) for here, name in known.items()), known
    assert set(ledger["单位"]) == {"元"}
    ids, asked, *_, why = zip(*book["规划目标"].iter_rows(values_only=True), strict=True)
    assert (ids[0], asked[0], why[0]) == ("编号", "文件要求", "原因或读法") and {"S004", "H1"} & set(ids)
    head, *about = book["说明"].iter_rows(values_only=True)
    assert head == ("名称", "值或含义", "单位")
    with h5py.File(copy) as study:
        meanings = [variable.attrs["long_name_zh"] for variable in study.values() if "long_name_zh" in variable.attrs]
    said = {str(row[1]) for row in about}
    assert said >= set(meanings)
    assert any(row[0] == "种子 [seed]" for row in about)
    assert {row[2] for row in about if row[0] in ("poverty_rate", "persons")} == {"比例", "人"}


def test_not_known_rows_stay_empty(small_study: Path) -> None:
    table = tuopin.summary_table(small_study)
    last = table[(table.variable == "true_exits_out_two_years") & (table.year == 2020)]
    assert len(last) == 6
    assert last["median"].isna().all()


def test_command(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.export([str(copy)]) == 0
    assert capsys.readouterr().out.count("\n") == 3
    assert commands.export([str(copy.with_name("none.h5"))]) == 4
    assert "no such file" in capsys.readouterr().err


# ------------------------------------------------------------------------------------------- what is never lost


@pytest.mark.parametrize("name", ["in.csv", "in.xlsx", "in.parquet", "in.H5", "growth_0.05.h5", "in", ".h5"])
def test_no_study_is_ever_written_over(least_study: Path, tmp_path: Path, name: str) -> None:
    study = Path(shutil.copy(least_study, tmp_path / name))
    before = study.read_bytes()
    for _ in range(2):
        files = tuopin.write_summaries(study, force=True)
        assert study.read_bytes() == before
        assert len({study, *files.values()}) == 4
        assert all(file.is_file() and not file.name.startswith("in.p0") for file in files.values())


def test_studies_with_points_in_their_names_have_files_of_their_own(least_study: Path, tmp_path: Path) -> None:
    for name in ("growth_0.05.h5", "growth_0.10.h5"):
        tuopin.write_summaries(shutil.copy(least_study, tmp_path / name))
    found = {path.name for path in tmp_path.glob("*.csv")}
    assert found == {"growth_0.05.csv", "growth_0.10.csv"}


# How an export of earlier begins.
OLDER = {"csv": b"\xef\xbb\xbfsubject,variable,old", "parquet": b"PAR1 old", "xlsx": b"PK old"}


@pytest.mark.parametrize("kind", ["csv", "parquet", "xlsx"])
def test_what_stands_there_is_kept_unless_it_is_said(
    least: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    other = least.with_suffix(f".{kind}")
    other.write_text("my own notes")
    with pytest.raises(tuopin.OutputError, match="is no export or chart of tuopin"):
        tuopin.write_summaries(least, force=True)
    assert commands.export([str(least), "--force"]) == 6
    assert other.read_text() == "my own notes"
    other.write_bytes(OLDER[kind])
    with pytest.raises(tuopin.OutputError, match=r"--force \(in Python force=True\)"):
        tuopin.write_summaries(least)
    assert commands.export([str(least)]) == 6
    assert other.read_bytes() == OLDER[kind]
    assert names_in(least.parent) == sorted(["study.h5", other.name])  # nothing else was written
    assert commands.export([str(least), "--force"]) == 0
    assert other.read_bytes() != OLDER[kind]


@pytest.mark.parametrize("what", ["study", "folder", "link", "pipe"])
def test_force_replaces_ordinary_files_only(least: Path, least_study: Path, what: str) -> None:
    target = least.with_suffix(".parquet")
    if what == "study":
        shutil.copy(least_study, target)
    elif what == "folder":
        target.mkdir()
    elif what == "link":
        target.symlink_to(least)
    else:
        os.mkfifo(target)
    before = target.lstat()
    with pytest.raises(tuopin.OutputError, match=r"study\.parquet: is a"):
        tuopin.write_summaries(least, force=True)
    assert (target.lstat().st_ino, target.lstat().st_size) == (before.st_ino, before.st_size)
    assert names_in(least.parent) == ["study.h5", "study.parquet"]


@pytest.mark.parametrize("number", [0, 1, 2])
@pytest.mark.parametrize("stage", ["write", "rename"])
def test_all_three_or_none(least: Path, monkeypatch: pytest.MonkeyPatch, number: int, stage: str) -> None:
    """A disk that fills up with the first, second or third file, with and without files that stood there before."""
    for kept in (False, True):
        names = ["study.csv", "study.parquet", "study.xlsx"]
        if kept:
            for name in names:
                (least.parent / name).write_bytes(OLDER[name.split(".")[1]])
        with monkeypatch.context() as patch:
            _fail(patch, stage, number)
            with pytest.raises(tuopin.OutputError, match=f"{names[number]}: cannot be written .No space left"):
                tuopin.write_summaries(least, force=True)
        assert names_in(least.parent) == (sorted([*names, "study.h5"]) if kept else ["study.h5"])
        if kept:
            assert all((least.parent / name).read_bytes() == OLDER[name.split(".")[1]] for name in names)


def _fail(patch: pytest.MonkeyPatch, stage: str, number: int) -> None:
    full = OSError(28, "No space left on device")

    def refuse(*arguments: object, **options: object) -> None:
        raise full

    if stage == "write":
        target = [(pd.DataFrame, "to_csv"), (pd.DataFrame, "to_parquet"), (summaries, "write_workbook")][number]
        patch.setattr(*target, refuse)
        return
    real, left = Path.replace, [number]

    def replace(self: Path, target: Path) -> Path:
        if not self.name.endswith(".before"):
            if left[0] == 0:
                raise full
            left[0] -= 1
        return real(self, target)

    patch.setattr(Path, "replace", replace)


def test_a_folder_that_may_not_be_written(least: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    least.parent.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        with pytest.raises(tuopin.OutputError, match="cannot be written"):
            tuopin.write_summaries(least)
    finally:
        least.parent.chmod(stat.S_IRWXU)


def test_a_name_that_is_too_long(least_study: Path, tmp_path: Path) -> None:
    study = Path(shutil.copy(least_study, tmp_path / ("x" * 250 + ".h5")))
    with pytest.raises(tuopin.OutputError, match="cannot be written"):
        tuopin.write_summaries(study)
    assert names_in(tmp_path) == [study.name]


# ------------------------------------------------------------------------------------------------- the workbook

ODD = [
    '=HYPERLINK("http://example.invalid")', "+1", "-2", "@sum", "#N/A", "Br\x0book", "TRUE", "_x0041_", "\ttab", "1e5",
]  # fmt: skip


@pytest.fixture
def odd_book(tmp_path: Path) -> openpyxl.Workbook:
    path = tmp_path / "odd.h5"
    names = {"place": [f"p{n}" for n in range(len(ODD))], "place_name": ODD, "place_name_zh": ODD}
    write_small_study(
        path, ("=1+1", "+plan"), texts={"place": names, "scenario": {"scenario": ["=1+1", "+plan"]}}, region="=cmd()"
    )
    return openpyxl.load_workbook(tuopin.write_summaries(path)["xlsx"])


def test_names_stay_text(odd_book: openpyxl.Workbook) -> None:
    kinds = {
        cell.data_type for sheet in odd_book for row in sheet.iter_rows() for cell in row if cell.value is not None
    }
    assert kinds <= {"s", "n"}  # no formula, no truth value, no error
    column = [cell.value for cell in odd_book["register"]["E"]]
    assert column[0] == "place_name"
    shown = [name.replace("\x0b", "␋").replace("_x0041_", "_x005F_x0041_") for name in ODD]
    assert set(column[1:]) == set(shown)
    assert {cell.value for cell in odd_book["poverty"]["B"]} == {"scenario", "=1+1", "+plan"}
    assert "=cmd()" in [cell.value for cell in odd_book["summary"]["A"]]


def test_no_sheet_is_larger_than_excel_allows(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = len(tuopin.summary_table(small)[lambda table: table.subject == "poverty"])
    monkeypatch.setattr(_workbook, "ROWS", 500)
    book = openpyxl.load_workbook(tuopin.write_summaries(small)["xlsx"], read_only=True)
    parts = [name for name in book.sheetnames if name.split()[0] == "poverty"]
    assert parts == ["poverty", *(f"poverty {n + 1}" for n in range(1, len(parts)))]
    rows = [sum(1 for _ in book[name].iter_rows()) for name in parts]
    assert max(rows) <= 500
    assert sum(rows) - len(parts) == whole  # each has the header
    assert all(len(name) <= 31 for name in book.sheetnames)


def test_a_workbook_that_would_be_too_large_says_what_it_leaves_to_the_other_files(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summaries, "MOST_ROWS", 1000)
    files = tuopin.write_summaries(small)
    book = openpyxl.load_workbook(files["xlsx"], read_only=True)
    said = "\n".join(str(cell.value) for row in book["summary"].iter_rows() for cell in row)
    table = pd.read_parquet(files["parquet"])
    left_out = (table[table.subject == "poverty"].place != "hamlet").sum()
    assert f"Sheet “poverty” holds the whole region: {left_out:,} rows" in said
    assert {row[3].value for row in book["poverty"].iter_rows(min_row=2)} == {"hamlet"}


def test_what_a_cell_cannot_hold() -> None:
    assert _workbook.plain_text("a\x00b\x1f\x7f\ud800") == "a␀b␟␡\N{REPLACEMENT CHARACTER}"
    assert len(_workbook.plain_text("x" * 40_000)) == _workbook.CHARACTERS
    assert _workbook._free_name("a/b:c*d[e]?" + "x" * 40, set()) == ("a_b_c_d_e__" + "x" * 40)[:31]
    assert _workbook._free_name("Poverty", {"poverty"}) == "Poverty 2"
    assert _workbook._plain_number(float("inf")) == "infinite"
    assert _workbook._plain_number(float("nan")) is None


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_first_sheet_can_be_read(copy: Path, lang: str) -> None:
    book = openpyxl.load_workbook(tuopin.write_summaries(copy, lang=lang)["xlsx"])
    rows = {row[0].value: row for row in book.worksheets[0].iter_rows() if row[0].value is not None}
    assert book.sheetnames[0] == {"en": "summary", "zh": "摘要"}[lang]
    words = {
        "en": ["income-poor (simulated)", "on the register", "out of poverty by the plan", "into poverty by the plan",
               "spent", "unspent", "cost per person-year", "How sure", "Warnings"],
        "zh": ["模拟收入贫困", "建档立卡在册", "因规划脱贫", "因规划致贫", "支出", "未用资金",
               "每减少一人年贫困的费用", "可信程度", "提醒"],
    }[lang]  # fmt: skip
    assert set(words) <= set(rows)
    assert any(("not a forecast" if lang == "en" else "不是预测") in str(cell) for cell in rows)
    study = tuopin.open(copy)
    whole = study.isel(place=0, year=-1).sel(line=1.0, income="true")
    poor = (whole.poverty_rate * whole.persons).round()
    difference = (poor.sel(scenario="plan") - poor.sel(scenario="baseline")).values.ravel()
    row = rows[words[0]]
    assert row[2].value == np.quantile(poor.sel(scenario="baseline"), 0.5, method="averaged_inverted_cdf")
    assert row[6].value == np.quantile(difference, 0.5, method="averaged_inverted_cdf")
    lower = int((difference < 0).sum())
    assert row[8].value == (
        f"{lower} of {difference.size} worlds" if lang == "en" else f"{difference.size}个世界中的{lower}个"
    )
    out = np.quantile(whole.out_of_poverty.sel(scenario="plan"), 0.5, method="averaged_inverted_cdf")
    assert rows[words[2]][6].value == out


def test_an_effect_that_may_be_zero_has_no_cost(tmp_path: Path) -> None:
    path = tmp_path / "weak.h5"
    write_small_study(path)
    with h5py.File(path, "a") as file:
        file["fall_in_poverty"][1] = np.random.default_rng(2).normal(0, 5, file["fall_in_poverty"].shape[1:])
    book = openpyxl.load_workbook(tuopin.write_summaries(path)["xlsx"])
    row = next(row for row in book["summary"].iter_rows() if row[0].value == "cost per person-year")
    assert row[6].value == "not estimable"


def test_warnings_of_a_study(tmp_path: Path) -> None:
    """Half of the places taken, one programme without anybody, nine tenths of a fund lapsed, one misspelt."""
    path = tmp_path / "waste.h5"
    write_small_study(path, funds_unlimited="countty,other")
    with h5py.File(path, "a") as file:
        file["programmes/places"][...] = 10
        file["programmes/entered_units"][...] = 5
        file["programmes/entered_units"][..., 1] = 0
        file["programmes/applied_persons"][...] = file["programmes/entered_persons"][...] = 5
        for name, value in (("transfer_in", 10), ("lapsed", 9), ("carried_over", 0)):
            file[f"ledger/{name}"][...] = 0 if name != "transfer_in" else value
            file[f"ledger/{name}"][1, ..., 1] = value
    root, groups = results.open_with_groups(path, ("ledger", "programmes"))
    study = _findings.Study(root, groups)
    said = study.findings("en").warnings()
    assert said == [
        "Nobody enrolled in relocation in any world.",
        "The fund countty has no limit: no [funds.countty] is defined. Is county meant?",
        "90% of the fund county was never used: 0.0540 thousand yuan lapsed. [plan]",
        "50% of the places of forest_rangers stayed empty.",
        "Without a limit, since no [funds.…] defines them: other.",
    ]
    assert len(study.findings("zh").warnings()) == len(said)
    with h5py.File(
        path, "a"
    ) as file:  # in each of two counties ten apply and five enter, though five places stay empty
        file["programmes/applied_persons"][1, ..., 0] = 10
    root, groups = results.open_with_groups(path, ("ledger", "programmes"))
    short = (
        "The money for forest_rangers was short in 2016, 2017, 2018, 2019, 2020: in the mean of these years 10 of 20"
    )
    assert [text for text in _findings.Study(root, groups).findings("en").warnings() if text.startswith(short)]


def test_preview_is_said(tmp_path: Path) -> None:
    path = tmp_path / "quick.h5"
    write_small_study(path, preview="5% sample, 20 draws", sample=0.05)
    study = _findings.Study(tuopin.open(path))
    for lang, word in (("en", "preview"), ("zh", "预览")):
        assert word in _first_sheet.summary_sheet(study, lang, "quick.h5", [], []).rows[0][0].value


def test_one_scenario_and_one_world(tmp_path: Path) -> None:
    path = tmp_path / "one.h5"
    write_small_study(path, ("baseline",), draws=1)
    book = openpyxl.load_workbook(tuopin.write_summaries(path)["xlsx"])
    said = [str(cell.value) for row in book["summary"].iter_rows() for cell in row if cell.value is not None]
    assert "income-poor (simulated)" in said
    assert "out of poverty by the plan" not in said


def test_language_is_checked(least: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(tuopin.UsageError, match="did you mean 'zh'"):
        tuopin.write_summaries(least, lang="cn")  # type: ignore[arg-type]
    assert commands.export([str(least), "--lang", "chinese"]) == 2
    with pytest.raises(SystemExit) as ended:
        commands.export([str(least), "--forse"])
    assert ended.value.code == 2
    assert "did you mean --force" in capsys.readouterr().err
    assert names_in(least.parent) == ["study.h5"]


def test_only_a_final_h5_is_taken_off() -> None:
    for name, csv in (
        ("a.h5", "a.csv"),
        ("a.b.h5", "a.b.csv"),
        ("a", "a.csv"),
        ("a.csv", "a.csv.csv"),
        (".h5", ".h5.csv"),
    ):
        assert _files.beside_study(Path("x") / name, ".csv") == Path("x") / csv
