"""`tuopin schema region`: every table, column and margin with unit, level and meaning, in both languages."""

from __future__ import annotations

import csv
import json
import re
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TABLES = ["counties", "margins", "lines", "crops", "crop_shares", "targets", "observations"]
LEVELS = {"prefecture", "county", "prefecture or county"}
CHINESE = re.compile("[\u4e00-\u9fff]")


def schema(program: Path, *words: str) -> str:
    result = subprocess.run([program, "schema", *words], check=True, capture_output=True, text=True, timeout=60)
    return result.stdout


@pytest.fixture(scope="module")
def definitions(program: Path) -> dict:
    return json.loads(schema(program, "region"))["$defs"]


def rows_of(name: str, region: str) -> list[dict[str, str]]:
    with (ROOT / f"scenarios/{region}/region/{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_table_and_column_is_there(definitions: dict) -> None:
    assert [name.removeprefix("table_") for name in definitions if name.startswith("table_")] == TABLES
    for name in TABLES:
        table = definitions[f"table_{name}"]
        columns = table["items"]["properties"]
        for row in rows_of(name, "xiangxi"):
            assert set(row) <= set(columns)
            break
        assert set(table["items"]["required"]) <= set(columns) and set(table["key"]) <= set(columns)
        for column in columns.values():
            assert column["description"] and CHINESE.search(column["description_zh"]), column


def test_every_margin_has_unit_level_and_meaning(definitions: dict) -> None:
    margins = definitions["table_margins"]["rows"]
    shipped = {row["name"]: row for region in ("hamlet", "xiangxi") for row in rows_of("margins", region)}
    groups = {"tujia", "miao", "han"}
    assert set(shipped) - groups <= set(margins) and not groups & set(margins) and "GROUP" in margins
    for name, margin in margins.items():
        assert margin["unit"] and margin["level"] in LEVELS and margin["description"], name
        assert CHINESE.search(margin["description_zh"]), name
    for name in set(shipped) - groups:
        assert shipped[name]["unit"] == margins[name]["unit"], name
    assert margins["mean_income"]["level"] == "prefecture or county"
    assert margins["true_poverty_rate"]["level"] == "prefecture"
    assert margins["registered_poor"]["whole_number"] and margins["registered_poor"]["required"]
    for name in ("lines", "crops", "observations"):
        for row in definitions[f"table_{name}"]["rows"].values():
            assert row["unit"] and row["description"] and CHINESE.search(row["description_zh"])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_says_the_same(program: Path, definitions: dict, language: str) -> None:
    page = schema(program, "region", "--markdown", "--lang", language)
    lines = page.splitlines()
    meaning = "description" if language == "en" else "description_zh"
    for name in TABLES:
        assert f"## {name}.csv" in lines
        table = definitions[f"table_{name}"]
        for kind, members in (("column", table["items"]["properties"]), ("row", table.get("rows", {}))):
            for member, what in members.items():
                found = [line for line in lines if line.startswith(f"| `{member}` |") and what[meaning] in line]
                assert found, (name, kind, member)
                assert what.get("unit", "") in found[0] or language == "zh"
    bars = [line.count("|") - line.count("\\|") for line in lines[lines.index("## counties.csv") :]]
    for above, below in pairwise(bars):
        assert above == below or 0 in (above, below), "rows of one table have as many cells as its head"


def test_other_kinds_have_no_tables(program: Path) -> None:
    for kind in ("scenario", "programme"):
        assert "table_" not in schema(program, kind)
        json.loads(schema(program, kind))
