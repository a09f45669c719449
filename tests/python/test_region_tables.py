"""A region's tables through the program: what is typed is what runs and what the report shows, or is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from test_bad_input import DATA, Desk

import tuopin


@pytest.fixture
def desk(program: Path, tmp_path: Path) -> Desk:
    return Desk(program, tmp_path)


def rows(desk: Desk, table: str, *lines: str, without: str = "") -> None:
    path = desk.hamlet / "region" / f"{table}.csv"
    kept = [line for line in path.read_text().splitlines() if not without or not line.startswith(without)]
    path.write_text("\n".join([*kept, *lines]) + "\n")


def two_counties(desk: Desk) -> None:
    rows(desk, "counties", "hill,Hill,山县,county,hamlet")
    rows(desk, "crop_shares", "hill,plum,0.5,a,assumption", "hill,beans,0.5,a,assumption")


def target_of(desk: Desk, margin: str) -> tuple[float, float]:
    text = desk.call("synthesize", desk.hamlet / "baseline.toml", "--populations", 1).stdout
    found = re.search(rf"^\| {margin} \| \w+ \| (\S+) \| (\S+) \|", text, flags=re.M)
    assert found, text
    return float(found[1]), float(found[2])


@pytest.mark.parametrize("margin", ["housing_unsafe", "water_unsafe", "medical_unmet", "hazard_household_share"])
def test_a_share_by_county_only_is_the_target(desk: Desk, margin: str) -> None:
    two_counties(desk)
    typed = [f"{margin},{county},{share},share of households,2015,a,assumption,,," for county, share in
             (("brook", 0.5), ("hill", 0.3))]  # fmt: skip
    rows(desk, "margins", *typed, without=f"{margin},")
    target, achieved = target_of(desk, margin)
    assert target == 0.5 * 30 + 0.3 * 30  # thirty households a county
    assert achieved == pytest.approx(target, abs=0 if margin != "hazard_household_share" else 20)


def test_without_rows_by_county_nothing_moves_and_with_them_the_results_do(desk: Desk) -> None:
    two_counties(desk)
    study = desk.hamlet / "study.h5"

    def state() -> str:
        desk.call("run", desk.hamlet / "baseline.toml", "--draws", 1, "--output", study, "--force", "--quiet")
        return desk.call("hash", study).stdout.splitlines()[0]

    before = state()
    assert state() == before
    for county, share in (("brook", 0.25), ("hill", 0.05)):
        rows(desk, "margins", f"housing_unsafe,{county},{share},share of households,2015,a,assumption,,,")
    assert state() != before


@pytest.mark.parametrize(
    "margin, old, new, target",
    [
        ("hazard_household_share", "0.33,share of households,2015", "33,%,2015", 20),
        ("age_0_15", "0.21,share of persons,2015", "21,%,2015", 50),
        ("register_population", "240,persons,2015", "0.024,万人,2015", 240),
        ("share_wage", "0.4,share of income,2015", "40,%,2015", 0.4),
    ],
)
def test_a_unit_that_is_an_exact_multiple(desk: Desk, margin: str, old: str, new: str, target: float) -> None:
    path = desk.hamlet / "region/margins.csv"
    text = re.sub(rf"^({margin},hamlet,){re.escape(old)}(.*),[^,]*,[^,]*,([^,]*)$", rf"\g<1>{new}\2,,,\3",
                  path.read_text(), flags=re.M)  # fmt: skip
    assert new in text
    path.write_text(text)
    assert target_of(desk, margin)[0] == target


@pytest.mark.parametrize(
    "word, read", [("Yes", 5), ("TRUE", 5), ("1", 5), ("yes ", 5), ("是", 5), ("No", 0), ("否", 0)]
)
def test_in_model_is_read_as_people_write_it(desk: Desk, word: str, read: int) -> None:
    path = desk.hamlet / "region/targets.csv"
    path.write_text(path.read_text().replace(",yes,", f",{word},"))
    desk.call("run", desk.hamlet / "plan.toml", "--draws", 1, "--output", desk.hamlet / "t.h5", "--quiet")
    measures = tuopin.open(desk.hamlet / "t.h5", "targets").measure.values
    assert sum(bool(str(measure)) for measure in measures) == (4 if read else 0)


def test_what_run_refuses_check_refuses_in_the_same_words(desk: Desk) -> None:
    rows(desk, "margins", "water_unsafe,hamlet,0.2,share of households,2015,a,assumption,,,")
    check = desk.call("check", desk.hamlet / "plan.toml")
    run = desk.call("run", desk.hamlet / "plan.toml", "--output", desk.hamlet / "t.h5")
    assert check.returncode == run.returncode == DATA
    assert check.stderr == run.stderr
    assert "a second row for water_unsafe, hamlet; the first stands in line 41" in check.stderr
