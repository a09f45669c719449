"""The populations of Xiangxi at full size meet the margins of its table, by the synthesis' own report."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

XIANGXI = Path(__file__).resolve().parents[2] / "scenarios/xiangxi"
REGION = XIANGXI / "region"
TOLERANCE = 0.001
# Whole villages lie in a hazard zone or do not, so this count cannot be met to the household.
HAZARD = "hazard_household_share"
# Counts of things that cannot be divided; mu and shares of income are met as real numbers.
COUNTED = {"persons", "households", "villages"}


@dataclass
class Line:
    """A margin of the report: summed over the counties, with the largest relative error of one of them."""

    unit: str
    target: float
    achieved: float
    worst: float


@dataclass
class Report:
    margins: dict[str, Line]
    largest_error: float
    raking: dict[str, bool]  # by county: converged


def read(text: str) -> Report:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.split("\n") if line.startswith("|")]
    margins = {
        row[0]: Line(row[1], *map(float, row[2:5]))
        for row in rows
        if len(row) == 6 and re.fullmatch(r"published|derived|assumption", row[5])
    }
    raking = {row[0]: row[2] == "yes" for row in rows if len(row) == 8 and row[2] in ("yes", "no")}
    largest = re.search(r"Largest relative error of a margin: (\S+)\.\n", text)
    assert largest
    return Report(margins, float(largest[1]), raking)


@pytest.fixture(scope="module")
def reports(program: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Report]:
    folder = tmp_path_factory.mktemp("margins")
    command = [program, "synthesize", XIANGXI / "baseline.toml", "--output", folder / "report.md", "--progress", "none"]
    environment = os.environ | {"XDG_CACHE_HOME": str(folder / "cache")}
    subprocess.run(list(map(str, command)), check=True, capture_output=True, timeout=300, env=environment)
    head, *texts = re.split(r"^# Synthesis report, population \d+$", (folder / "report.md").read_text(), flags=re.M)
    assert head == "<!-- tuopin synthesis report -->\n"
    return [read(text) for text in texts]


def table() -> dict[tuple[str, str], dict[str, str]]:
    with (REGION / "margins.csv").open() as file:
        return {(row["name"], row["place"]): row for row in csv.DictReader(file)}


def test_every_population_of_the_region_is_reported(reports: list[Report]) -> None:
    assert len(reports) == tomllib.loads((REGION / "region.toml").read_text())["populations"]
    with (REGION / "counties.csv").open() as file:
        counties = {row["id"] for row in csv.DictReader(file) if row["level"] == "county"}
    for report in reports:
        assert set(report.margins) == set(reports[0].margins)
        assert report.raking == dict.fromkeys(counties, True)


def test_every_margin_is_met_to_a_thousandth(reports: list[Report]) -> None:
    """Over the region, and in the county where it is met worst."""
    for number, report in enumerate(reports):
        for name, line in report.margins.items():
            if name == HAZARD:
                continue
            assert line.target > 0, name
            assert abs(line.achieved - line.target) <= TOLERANCE * line.target, (number, name, line)
            assert line.worst <= TOLERANCE, (number, name, line)
        others = [line.worst for name, line in report.margins.items() if name != HAZARD]
        assert report.largest_error == pytest.approx(max([report.margins[HAZARD].worst, *others]), rel=0.06)


def test_counts_are_met_to_one(reports: list[Report]) -> None:
    """Sizes are held against what was typed; population over households moves one household of a county at most."""
    for number, report in enumerate(reports):
        counted = {name: line for name, line in report.margins.items() if line.unit in COUNTED and name != HAZARD}
        assert len(counted) > 25
        for name, line in counted.items():
            most = len(report.raking) if number == 0 and name.startswith("household_size") else 1
            assert abs(line.achieved - line.target) <= most, (number, name, line)


def test_hazard_zones_are_met_to_half_a_village(reports: list[Report]) -> None:
    """The stated exception: a village is taken while it brings the sum nearer, so what is left is less than half of
    the smallest village that stayed out. Half of an average village bounds that."""
    for number, report in enumerate(reports):
        line = report.margins[HAZARD]
        average_village = report.margins["households"].achieved / report.margins["villages"].achieved
        assert abs(line.achieved - line.target) <= average_village / 2, (number, line)
        assert line.target > 0


def test_parts_add_up(reports: list[Report]) -> None:
    """Ages, ethnicities and sizes are the whole population divided, with nobody left over or counted twice."""
    for report in reports:
        achieved = {name: line.achieved for name, line in report.margins.items()}
        persons, households = achieved["register_population"], achieved["households"]
        assert sum(achieved[name] for name in ("age_0_15", "age_16_59", "age_60_plus")) == persons
        assert sum(achieved[name] for name in ("tujia", "miao", "han", "other_ethnicity")) == persons
        assert sum(achieved[f"household_size_{size}"] for size in range(1, 8)) == households
        streams = sum(achieved[f"share_{name}"] for name in ("wage", "business", "property", "transfer"))
        assert streams == pytest.approx(1, abs=4e-4)  # printed to four digits


def test_shares_of_the_central_population_are_the_typed_ones(reports: list[Report]) -> None:
    rows, first = table(), reports[0].margins
    households = float(rows["households", "xiangxi"]["value"])
    for name, line in first.items():
        if name.startswith("household_size"):  # whole households in each of eight counties
            assert line.target == pytest.approx(float(rows[name, "xiangxi"]["value"]) * households, abs=8), name
        if name.startswith("share_"):
            assert line.target == pytest.approx(float(rows[name, "xiangxi"]["value"]), abs=1e-4), name


def test_the_first_population_has_the_central_values_of_the_table(reports: list[Report]) -> None:
    """What the report calls the target is what the table says, not what was reached."""
    rows, first = table(), reports[0].margins
    persons = float(rows["register_population", "xiangxi"]["value"])
    for name in ("register_population", "poor_villages", "forest_villages", "registered_poor", "forest_households"):
        assert first[name].target == pytest.approx(float(rows[name, "xiangxi"]["value"]), abs=1), name
    for name in ("age_0_15", "age_60_plus", "in_school", "away_worker", "work_ability_partial", "work_ability_none"):
        row = rows[name, "xiangxi"]
        assert row["unit"] == "share of persons"
        assert first[name].target == pytest.approx(float(row["value"]) * persons, abs=8), name  # rounded by county
