"""What stands beside a study and in its attributes: the run's record, and the full text of what ran."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import h5py
import pytest
import xarray as xr

import tuopin

HAMLET = Path(__file__).resolve().parents[2] / "scenarios/hamlet"
DRAWS, REPLICATES, THREADS = 4, 3, 2


@pytest.fixture(scope="module")
def study(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("record")
    scenarios = [HAMLET / "baseline.toml", HAMLET / "plan.toml"]
    options = ["--draws", DRAWS, "--replicates", REPLICATES, "--threads", THREADS, "--no-cache", "--quiet"]
    command = [program, "run", *scenarios, *options, "--output", folder / "study.h5"]
    subprocess.run(list(map(str, command)), check=True, capture_output=True, timeout=120)
    return folder / "study.h5"


@pytest.fixture(scope="module")
def record(study: Path) -> dict[str, float | str | bool]:
    return json.loads(Path(f"{study}.run.json").read_text())


# ---- the record


def test_seconds_are_parts_of_the_whole(record: dict[str, float]) -> None:
    parts = [record[f"seconds_{name}"] for name in ("population", "calibration", "simulation")]
    assert all(seconds >= 0 for seconds in parts)
    assert record["seconds_simulation"] > 0 and record["seconds_population"] > 0
    assert sum(parts) <= record["seconds_total"] + 0.002  # each is printed to a millisecond
    assert record["seconds_total"] < 120
    assert record["population_from_cache"] is False


def test_work_is_counted_once(study: Path, record: dict[str, float]) -> None:
    """Person-years that were lived: the plan goes on from the baseline's base year, which is lived once."""
    years, persons = 6, 240
    assert record["person_years"] == DRAWS * REPLICATES * persons * (years + years - 1)
    assert (record["tasks_resumed"], record["tasks_computed"]) == (0, DRAWS * REPLICATES)
    assert tuopin.open(study).attrs["person_years"] == DRAWS * REPLICATES * persons * 2 * years
    rate = record["person_years"] / record["seconds_simulation"]
    assert record["person_years_per_second"] == pytest.approx(rate, rel=0.0006 / record["seconds_simulation"])


def test_threads_and_memory(record: dict[str, float]) -> None:
    assert record["threads"] == THREADS
    assert 5 < record["peak_memory_mib"] < 1000


def test_program_is_named_by_its_contents(study: Path, record: dict[str, str], program: Path, tmp_path: Path) -> None:
    """Sixteen hexadecimal digits, the same for a copy of the program and another for a changed one."""
    assert re.fullmatch(r"[0-9a-f]{16}", record["program"])
    same, changed = tmp_path / "same", tmp_path / "changed"
    shutil.copy(program, same)
    shutil.copy(program, changed)
    with changed.open("ab") as file:
        file.write(b"\0")
    named = {}
    for copy in (same, changed):
        options = ["--draws", "1", "--no-cache", "--quiet", "--output", tmp_path / f"{copy}.h5"]
        command = [copy, "run", HAMLET / "baseline.toml", *options]
        subprocess.run(list(map(str, command)), check=True, capture_output=True, timeout=120)
        named[copy] = json.loads(Path(f"{copy}.h5.run.json").read_text())["program"]
    assert named[same] == record["program"]
    assert named[changed] != record["program"]


# ---- the text of what ran


VALUES = {"value", "en", "from_year"}  # a table with one of these is a value: a quantity, a text, a level
TABLES = {"by_year", "funding"}  # and so is one under these names


def leaves(table: dict, path: str = "") -> dict[str, object]:
    """Values by dotted name; a quantity is one value, written with its unit and source."""
    found: dict[str, object] = {}
    for key, value in table.items():
        name = f"{path}{key}"
        if (
            isinstance(value, dict)
            and not {"value", "en", "from_year"} & set(value)
            and key not in ("by_year", "funding")
        ):
            found |= leaves(value, f"{name}.")
        else:
            found[name] = value
    return found


def assert_holds(text: str, file: dict, name: str) -> None:
    """Every key of the file stands in the text with its value; a quantity with everything that the file says of it."""
    ran = leaves(tomllib.loads(text))
    for key, value in leaves(file).items():
        assert key in ran, f"{name}: {key}"
        if isinstance(value, dict):
            assert isinstance(ran[key], dict)
            assert {part: ran[key].get(part) for part in value} == value, f"{name}: {key}"
        else:
            assert ran[key] == value, f"{name}: {key}"


def test_texts_of_scenarios_are_what_ran(study: Path) -> None:
    """A scenario that extends another holds all that it took from it, and its own where it says otherwise."""
    attributes = tuopin.open(study).attrs
    baseline, plan = (tomllib.loads((HAMLET / f"{name}.toml").read_text()) for name in ("baseline", "plan"))
    for file in (baseline, plan):
        file.pop("region", None)  # a path; the text of the region stands by itself
    assert_holds(attributes["scenario_text:baseline"], baseline, "baseline")
    assert plan.pop("extends") == "baseline.toml"
    assert_holds(attributes["scenario_text:plan"], baseline | plan, "plan")
    assert tomllib.loads(attributes["scenario_text:plan"])["programmes"] == plan["programmes"]


def test_texts_of_programmes_and_region_are_what_ran(study: Path) -> None:
    attributes = tuopin.open(study).attrs
    files = {path.stem: path for path in (HAMLET / "programmes").glob("*.toml")}
    ran = {name.partition(":")[2] for name in attributes if name.startswith("programme_text:")}
    assert ran == set(tomllib.loads(attributes["scenario_text:plan"])["programmes"])
    for name in ran:
        assert_holds(attributes[f"programme_text:{name}"], tomllib.loads(files[name].read_text()), name)
    region = tomllib.loads((HAMLET / "region/region.toml").read_text())
    assert_holds(attributes["region_text"], region, "region")


def test_a_changed_number_stands_in_the_text(program: Path, tmp_path: Path) -> None:
    """The text is of this run, not of the project's files."""
    shutil.copytree(HAMLET, tmp_path / "hamlet")
    path = tmp_path / "hamlet/programmes/posts.toml"
    text = path.read_text()
    assert "value = 8_000" in text
    path.write_text(text.replace("value = 8_000", "value = 7_777"))
    output = tuopin.run(tmp_path / "hamlet/plan.toml", output=tmp_path / "study.h5", draws=1, progress=False)
    posts = tomllib.loads(tuopin.open(output).attrs["programme_text:posts"])
    assert posts["effect"]["post"]["wage"]["value"] == 7777


# ---- a copy


def test_a_copied_study_is_read_by_all(study: Path, tmp_path: Path) -> None:
    """A study needs nothing beside it: copied alone under another name it opens in ncdump, xarray and h5py."""
    if shutil.which("ncdump") is None:
        pytest.skip("NOT TESTED: ncdump is not installed")
    copy = tmp_path / "copied study.h5"
    shutil.copy(study, copy)
    assert hashlib.sha256(copy.read_bytes()).digest() == hashlib.sha256(study.read_bytes()).digest()

    def header(path: Path) -> list[str]:
        made = subprocess.run(["ncdump", "-h", str(path)], capture_output=True, text=True, check=True)
        assert made.stderr == ""
        return made.stdout.split("\n")[1:]  # the first line names the file

    assert header(copy) == header(study)
    assert any("scenario = 2 ;" in line for line in header(copy))
    with xr.open_dataset(copy, engine="h5netcdf") as root, h5py.File(copy) as file:
        assert (root.poverty_rate.values == file["poverty_rate"][()]).all()
    assert tuopin.summary(copy) == tuopin.summary(study)


def test_person_years_of_a_sample_are_those_of_each_population(program: Path, tmp_path: Path) -> None:
    """The populations of a sample have sizes of their own."""
    scenarios = [HAMLET / "baseline.toml", HAMLET / "plan.toml"]
    path = tuopin.run(*scenarios, output=tmp_path / "study.h5", draws=2, sample=0.5, progress=False)
    persons = tuopin.open(path).persons.sel(place="hamlet")
    assert len(set(persons.values.ravel())) == 2
    assert tuopin.open(path).attrs["person_years"] == persons.sum()
    lived_once = persons.sum() - persons.sel(scenario="plan", year=2015).sum()
    assert json.loads(Path(f"{path}.run.json").read_text())["person_years"] == lived_once
