"""What README.md tells a reader to write is run as it stands there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

import tuopin

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text()
Result = subprocess.CompletedProcess[str]


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)


def the_one(language: str, mark: str) -> str:
    """The block of the language that holds the mark."""
    found = [block for block in blocks(language) if mark in block]
    assert len(found) == 1, f"{len(found)} blocks of {language} hold {mark!r}"
    return found[0]


class Reader:
    """Who copied the hamlet and put the two files of README.md where it says."""

    def __init__(self, program: Path, folder: Path) -> None:
        self.program, self.folder, self.hamlet = program, folder, folder / "scenarios/hamlet"
        shutil.copytree(ROOT / "scenarios/hamlet", self.hamlet)
        winter = the_one("toml", "# scenarios/hamlet/winter.toml")
        relief = the_one("toml", "# Winter relief")
        place = re.search(r"put it into `(scenarios/hamlet/programmes/winter_relief\.toml)`", README)
        assert place, "README.md no longer says where the programme goes"
        (self.hamlet / "winter.toml").write_text(winter)
        (folder / place[1]).write_text(relief)

    def call(self, *arguments: str) -> Result:
        environment = os.environ | {"XDG_CACHE_HOME": str(self.folder / "cache")}
        return subprocess.run(
            [str(self.program), *arguments], capture_output=True, text=True, cwd=self.folder, env=environment,
            timeout=120,
        )  # fmt: skip


@pytest.fixture(scope="module")
def reader(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return Reader(program, tmp_path_factory.mktemp("reader"))


def test_scenario_and_programme_are_valid(reader: Reader) -> None:
    """Check and explain, as the section says."""
    checked = reader.call("check", "scenarios/hamlet/winter.toml")
    said = [line for line in checked.stderr.splitlines() if "kept in" not in line]
    assert (checked.returncode, said) == (0, [])
    assert "winter: valid; 4 programmes" in checked.stdout
    assert "without limit" not in checked.stdout
    explained = reader.call("explain", "scenarios/hamlet/winter.toml")
    assert explained.returncode == 0, explained.stderr
    assert "Winter relief" in explained.stdout and "winter_relief" in explained.stdout


def test_scenario_and_programme_run(reader: Reader) -> None:
    """The programme enrols no more households than it has places, in its years only, and pays for them."""
    scenarios = [f"scenarios/hamlet/{name}.toml" for name in ("baseline", "plan", "winter")]
    run = reader.call("run", *scenarios, "--draws", "10", "--output", "results/winter.h5")
    assert run.returncode == 0, run.stderr
    study = tuopin.open(reader.folder / "results/winter.h5", "programmes")
    winter = study.sel(scenario="winter", programme="winter_relief", place="hamlet")
    places = tomllib.loads(the_one("toml", "# Winter relief"))["capacity"]["by_year"]
    for year in study.year.values:
        assert (winter.entered_units.sel(year=year) <= places.get(str(year), 0)).all(), year
    assert winter.entered_units.sum() > 0
    assert winter.to_households.sum() > 0
    assert study.sel(scenario="plan", programme="winter_relief").entered_units.isnull().all()


def test_a_mistake_is_answered_as_shown(reader: Reader) -> None:
    """The block of the refused rule is what the program says of it, word for word."""
    path = reader.hamlet / "programmes/winter_relief.toml"
    whole = path.read_text()
    shown = re.search(r"^```\n(tuopin: scenarios/hamlet/programmes/winter_relief\.toml:.*?)^```$", README, re.M | re.S)
    assert shown
    path.write_text(whole.replace('"registered and', '"registred and'))
    try:
        refused = reader.call("check", "scenarios/hamlet/winter.toml")
    finally:
        path.write_text(whole)
    assert refused.returncode == 3
    assert shown[1].strip() in refused.stderr


def test_luck_is_the_same_from_numpy() -> None:
    snippet = the_one("python", "FNV-1a")
    assert snippet.count("assert ") == 1
    exec(compile(snippet, "README.md", "exec"), {})


def test_python_example(reader: Reader, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The snippet of the section Python, in a folder that has the scenarios."""
    monkeypatch.chdir(reader.folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(reader.folder / "cache"))
    exec(compile(the_one("python", "tuopin.fan_chart("), "README.md", "exec"), {})
    assert Path("results/hamlet.h5").exists() and Path("results/hamlet.png").exists()
    assert "0.95" in capsys.readouterr().out
