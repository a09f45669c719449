"""Every number of a scenario says its unit, where it comes from, and how well it is known."""

import csv
import math
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import house_files as house

GRADES = {"A", "B", "C", "D"}
STATUSES = {"published", "derived", "assumption"}


def toml_files() -> list[Path]:
    return house.files("scenarios", suffixes=(".toml",))


def csv_files(file_name: str) -> list[Path]:
    return [path for path in house.files("scenarios", suffixes=(".csv",)) if path.name == file_name]


def rows(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in (reader := csv.DictReader(file)):
            yield (
                f"{house.name(path)}:{reader.line_num}",
                {key: (text or "").strip() for key, text in row.items() if key},
            )


def tables(node: Any, where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(node, dict):
        yield where, node
        for key, child in node.items():
            yield from tables(child, f"{where}.{key}" if where else key)


def test_scenarios_are_toml():
    for path in toml_files():
        tomllib.loads(path.read_text(encoding="utf-8"))


def test_quantities_have_unit_and_source():
    found = []
    for path in toml_files():
        for where, table in tables(tomllib.loads(path.read_text(encoding="utf-8")), ""):
            if "value" in table and not isinstance(table["value"], dict):  # a margin holds its quantity under `value`
                missing = [key for key in ("unit", "source") if not str(table.get(key, "")).strip()]
                found += [f"{house.name(path)}: {where} has no {key}" for key in missing]
            if "range" in table:
                low, high = table["range"]
                value = table.get("value", low)
                if not low <= value <= high:
                    found.append(f"{house.name(path)}: {where}: {value} is outside its range {low} … {high}")
    assert not found, house.report("a number needs unit and source:", found)


def test_series_have_a_source():
    found = []
    for path in toml_files():
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        for where, table in tables(document, ""):
            if ("by_year" in table or "from_year" in table) and not (table.get("source") or document.get("evidence")):
                found.append(f"{house.name(path)}: {where}")
    assert not found, house.report("a series needs a source:", found)


def test_grades_and_statuses():
    found = []
    for path in toml_files():
        for where, table in tables(tomllib.loads(path.read_text(encoding="utf-8")), ""):
            if isinstance(table.get("grade"), str) and table["grade"] not in GRADES:
                found.append(f"{house.name(path)}: {where}: grade {table['grade']}")
            if isinstance(table.get("status"), str) and table["status"] not in STATUSES:
                found.append(f"{house.name(path)}: {where}: status {table['status']}")
    for path in house.files("scenarios", suffixes=(".csv",)):
        for where, row in rows(path):
            if row.get("grade") and row["grade"] not in GRADES:
                found.append(f"{where}: grade {row['grade']}")
            if "status" in row and row["status"] not in STATUSES:
                found.append(f"{where}: status {row['status']!r}")
    assert not found, house.report("grades are A to D; status is published, derived or assumption:", found)


def test_programmes_say_their_evidence():
    found = []
    for path in toml_files():
        if path.parent.name == "programmes":
            document = tomllib.loads(path.read_text(encoding="utf-8"))
            if "extends" not in document and not {"grade", "source"} <= set(document.get("evidence", {})):
                found.append(house.name(path))
    assert not found, house.report("programmes without [evidence] grade and source:", found)


def test_margins_and_lines_are_accounted_for():
    """An assumption has a range and a reason; anything else names its source."""
    found = []
    for path in csv_files("margins.csv") + csv_files("lines.csv"):
        for where, row in rows(path):
            if row.get("status") == "assumption":
                try:
                    low, value, high = float(row["low"]), float(row["value"]), float(row["high"])
                    if not (low <= value <= high and math.isfinite(high - low)):
                        found.append(f"{where}: {row['name']}: {value} is outside {low} … {high}")
                except (KeyError, ValueError):
                    found.append(f"{where}: {row.get('name')}: an assumption without low and high")
                if "note" in row and not row["note"]:
                    found.append(f"{where}: {row.get('name')}: an assumption without a reason in its note")
            elif not row.get("source"):
                found.append(f"{where}: {row.get('name')}: {row.get('status')} without a source")
            if not row.get("unit"):
                found.append(f"{where}: {row.get('name')}: no unit")
    assert not found, house.report("rows that cannot be checked by a reader:", found)


def test_every_region_file_is_used_and_every_scenario_has_a_region():
    found = []
    for path in toml_files():
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        for key, file_name in document.get("files", {}).items():
            if isinstance(file_name, str) and not (path.parent / file_name).exists():
                found.append(f"{house.name(path)}: files.{key}: {file_name} does not exist")
        if isinstance(document.get("region"), str) and not (path.parent / document["region"]).exists():
            found.append(f"{house.name(path)}: region: {document['region']} does not exist")
    assert not found, house.report("files that a scenario names:", found)
