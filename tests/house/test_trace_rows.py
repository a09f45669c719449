"""The trace of Xiangxi: every row of the policy document is there once, and what is said to stand for it exists.

The files are looked up here by other code than that of ``tuopin trace``.
"""

import csv
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import house_files as house
import pytest

FOLDER = house.ROOT / "scenarios/xiangxi"
COLUMNS = ["id", "section", "about", "about_zh", "phrase", "meaning", "stands_for", "file", "key", "value", "reason",
           "reason_zh"]  # fmt: skip
ROWS = 292
WITH_PLACE = {"programme", "rule", "money", "target"}
STATUSES = WITH_PLACE | {"context", "not yet"}
#: Rows by section of the document: 0 is its head.
SECTIONS = {
    "0": 2, "I.1": 3, "I.2": 10, "I.3": 18, "II.1": 55, "II.2.1": 26, "II.2.2": 14, "II.2.3": 14, "II.2.4": 10,
    "II.2.5": 21, "II.2.6": 16, "II.2.7": 9, "II.2.8": 9, "II.2.9": 14, "II.2.10": 10, "III.1": 9, "III.2": 17,
    "III.3": 20, "III.4": 9, "III.5": 6,
}  # fmt: skip
CHINESE = re.compile("[\u4e00-\u9fff]")
#: A folder says what kind of thing stands there; targets and the region's margins are tables.
PROGRAMME_FILES = ("programmes/", "region/margins.csv")


def trace() -> list[dict[str, str]]:
    with (FOLDER / "trace.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        assert reader.fieldnames == COLUMNS
        return list(reader)


def standing(file: str, key: str) -> Any:
    """What the file has at the key; raises KeyError where there is nothing."""
    path = FOLDER / file
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as table:
            rows = [row for row in csv.DictReader(table) if names(row, key.split("."))]
        if len(rows) != 1:
            raise KeyError(f"{len(rows)} rows")
        assert rows[0].get("in_model") != "no", f"{file} {key} is not evaluated"
        return float(rows[0]["value"])
    at: Any = tomllib.loads(path.read_text(encoding="utf-8"))
    for part in key.split("."):
        at = at[part]
    return at.get("value", at) if isinstance(at, dict) else at


def names(row: dict[str, str], words: list[str]) -> bool:
    cells = list(row.values())
    return cells[0] == words[0] and set(words[1:]) <= set(cells[1:])


def test_every_row_of_the_document_is_there_once():
    rows = trace()
    assert [row["id"] for row in rows] == [f"S{number:03}" for number in range(1, ROWS + 1)]
    assert Counter(row["section"] for row in rows) == SECTIONS
    empty = [f"{row['id']}: {name}" for row in rows for name in COLUMNS[:7] if not row[name].strip()]
    assert not empty, house.report("empty cells:", empty)
    assert {row["stands_for"] for row in rows} == STATUSES
    foreign = [row["id"] for row in rows if not CHINESE.search(row["phrase"] + row["about_zh"])]
    assert not foreign, house.report("a phrase of the document is Chinese:", foreign)


def test_what_is_said_to_stand_for_a_row_exists():
    wrong = []
    for row in trace():
        if row["stands_for"] not in WITH_PLACE:
            continue
        try:
            standing(row["file"], row["key"])
        except (KeyError, TypeError, AttributeError, OSError) as problem:
            wrong.append(f"{row['id']}: {row['file']} {row['key']}: {problem!r}")
    assert not wrong, house.report("no such file or key:", wrong)


def test_the_kind_of_a_row_is_that_of_its_file():
    wrong = []
    for row in trace():
        kind, file, key = row["stands_for"], row["file"], row["key"]
        fits = {
            "target": file == "region/targets.csv",
            "programme": file.startswith(PROGRAMME_FILES),
            "money": key.startswith(("funds", "cost.")),
        }
        if not fits.get(kind, True):
            wrong.append(f"{row['id']} is {kind}: {file} {key}")
    assert not wrong, house.report("not what its kind says:", wrong)


def test_rows_without_a_place_say_why_and_nothing_else():
    wrong = [f"{row['id']}: {row['stands_for']}" for row in trace() if row["stands_for"] not in WITH_PLACE
             and (not row["reason"] or row["file"] or row["key"] or row["value"])]  # fmt: skip
    assert not wrong, house.report("a reason, and neither file nor key nor value:", wrong)
    wrong = [row["id"] for row in trace() if (row["reason"] and not CHINESE.search(row["reason_zh"]))
             or (row["reason_zh"] and not row["reason"]) or CHINESE.search(row["reason"])]  # fmt: skip
    assert not wrong, house.report("a reason in both languages:", wrong)
    vague = [row["id"] for row in trace() if row["stands_for"] == "not yet" and not row["reason"].startswith("needs ")]
    assert not vague, house.report("what is not yet there says what it needs:", vague)


def test_numbers_of_the_document_are_those_of_the_files():
    wrong, held = [], 0
    for row in trace():
        if not row["value"]:
            continue
        there = standing(row["file"], row["key"])
        there = sum(there.values()) if isinstance(there, dict) else there
        held += 1
        if there != float(row["value"]):
            wrong.append(f"{row['id']} {row['phrase']}: {row['value']}, in {row['file']} {row['key']} {there}")
    assert not wrong, house.report("change `value` to nothing and say in `reason` how they differ:", wrong)
    assert held > 30
    # A number in the phrase that no value repeats is explained.
    silent = [f"{row['id']} {row['phrase']}" for row in trace() if row["stands_for"] in WITH_PLACE
              and not row["value"] and re.search(r"\d", row["phrase"]) and not row["reason"]]  # fmt: skip
    assert not silent, house.report("the phrase has a number and no value, and no reason says why:", silent)


@pytest.mark.parametrize(
    ("file", "key"),
    [("plan-2016.toml", "funds.bankk"), ("none.toml", "a"), ("region/targets.csv", "S999"),
     ("region/lines.csv", "allowance"), ("programmes/housing.toml", "unit.kind")],
)  # fmt: skip
def test_a_place_that_is_not_there_is_seen(file: str, key: str):
    with pytest.raises((KeyError, TypeError, OSError)):
        standing(file, key)


def test_the_phrases_are_short_and_of_one_line():
    long = [row["id"] for row in trace() if len(row["phrase"]) > 25 or "\n" in row["phrase"]]
    assert not long, house.report("a phrase is quoted, at most 25 characters:", long)


def test_the_table_ends_lines_as_the_others_do():
    text = Path(FOLDER / "trace.csv").read_bytes()
    assert text.endswith(b"\n") and b"\r" not in text and not text.startswith(b"\xef\xbb\xbf")
