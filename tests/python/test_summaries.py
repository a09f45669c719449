"""Tables for the spreadsheet."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import tuopin
from tuopin import commands


@pytest.fixture
def copy(study: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(study, tmp_path / "study.h5"))


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


def test_workbook_has_a_sheet_for_each_subject(copy: Path) -> None:
    book = openpyxl.load_workbook(tuopin.write_summaries(copy)["xlsx"], read_only=True)
    assert book.sheetnames[:6] == ["about", "poverty", "inequality", "register", "exits", "money"]
    header = [cell.value for cell in next(book["register"].iter_rows(max_row=1))]
    assert header[0] == "variable"
    assert "unit" in header
    assert "line" not in header  # a register rate has no line


def test_not_known_rows_stay_empty(small_study: Path) -> None:
    table = tuopin.summary_table(small_study)
    last = table[(table.variable == "exits_sustained") & (table.year == 2020)]
    assert len(last) == 6
    assert last["median"].isna().all()


def test_command(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.export([str(copy)]) == 0
    assert capsys.readouterr().out.count("\n") == 3
    assert commands.export([str(copy.with_name("none.h5"))]) == 4
    assert "no such file" in capsys.readouterr().err
