"""A region of one's own: the template is valid once its open cells are filled in, and nothing but those is open."""

from __future__ import annotations

import csv
import os
import resource
import subprocess
import tomllib
from pathlib import Path

import numpy as np
import pytest

import tuopin

USAGE, OUTPUT = 2, 6
COUNTIES = ["longshan", "Yong Shun", "花垣"]


def call(program: Path, *words: object, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"XDG_CACHE_HOME": str(folder / "cache" if folder else "/nonexistent")}
    return subprocess.run([program, *map(str, words)], capture_output=True, text=True, env=environment, timeout=300)


def make(program: Path, folder: Path, *words: object, counties: list[str] = COUNTIES) -> Path:
    options = ["--counties", ",".join(counties), "--base-year", 2024, *words]
    made = call(program, "new-region", folder, *options)
    assert made.returncode == 0, made.stderr
    return folder


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def open_cells(path: Path) -> list[tuple[int, dict[str, str], str]]:
    """Line, row and column of each `?`."""
    rows = enumerate(table(path), start=2)
    return [(line, row, column) for line, row in rows for column, cell in row.items() if cell == "?"]


def fill(path: Path, figures: dict[str, object]) -> None:
    """Puts in the figures of "name" or "name,place" where a cell is open, as a spreadsheet would save them."""
    rows = table(path)
    for row in rows:
        if row["value"] == "?":
            row["value"] = str(figures.get(f"{row['name']},{row.get('place')}", figures.get(row["name"], "?")))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


LINES = {"statistical": 6000, "administrative": 6500, "allowance": 5500}


def fill_all(folder: Path, **figures: object) -> None:
    plausible = {
        "register_population": 9000, "households": 2800, "villages": 20, "registered_poor": 900, "poor_villages": 12,
        "true_poverty_rate": 0.12, "mean_income": 15000,
    }  # fmt: skip
    fill(folder / "region/margins.csv", plausible | figures)
    fill(folder / "region/lines.csv", LINES)


def test_check_lists_every_open_cell_and_nothing_else(program: Path, tmp_path: Path) -> None:
    folder = make(program, tmp_path / "mine")
    result = call(program, "check", folder / "baseline.toml", folder / "plan.toml")
    assert result.returncode in (3, 4) and result.stdout == ""
    said = result.stderr.splitlines()
    expected = 0
    for name in ("margins.csv", "lines.csv"):
        for line, row, column in open_cells(folder / "region" / name):
            (found,) = [text for text in said if f"region/{name}:{line}: {column}: " in text]
            assert f"{row['name']}, " in found and "is to be filled in: " in found and found.endswith(row["unit"]), (
                found
            )
            expected += 1
    assert len(said) == expected == 4 * len(COUNTIES) + 3 + 3
    assert "is no number" not in result.stderr and "expected a number" not in result.stderr


def test_check_says_it_in_chinese(program: Path, tmp_path: Path) -> None:
    folder = make(program, tmp_path / "mine")
    said = call(program, "check", "--lang", "zh", folder / "plan.toml").stderr.splitlines()
    assert said and all("：待填：" in text and "；单位：" in text for text in said)
    assert any("：待填：农村户籍人口；单位：人" in text for text in said)


def test_what_is_filled_in_is_asked_for_no_more(program: Path, tmp_path: Path) -> None:
    folder = make(program, tmp_path / "mine")
    fill(folder / "region/lines.csv", LINES)
    said = call(program, "check", folder / "plan.toml").stderr.splitlines()
    assert len(said) == 4 * len(COUNTIES) + 3 and not any("lines.csv" in text for text in said)
    fill(folder / "region/margins.csv", {"households": "many"})
    said = call(program, "check", folder / "plan.toml").stderr.splitlines()
    wrong = [text for text in said if "expected a number" in text]
    assert len(wrong) == len(COUNTIES) and all('"many"' in text for text in wrong)
    assert len(said) == 4 * len(COUNTIES) + 3, "the rest is open as before"


@pytest.mark.parametrize("seed", range(3))
def test_a_filled_template_runs(program: Path, tmp_path: Path, seed: int) -> None:
    """With any plausible figures of small counties, for five years after the base year."""
    random = np.random.default_rng(seed)
    folder = make(program, tmp_path / "mine", "--name", "Wuling 武陵")
    ids = [row["id"] for row in table(folder / "region/counties.csv") if row["parent"]]
    figures: dict[str, object] = {
        "poor_villages": int(random.integers(0, 20)),
        "mean_income": int(random.integers(9000, 20_000)),
        "true_poverty_rate": round(random.uniform(0.04, 0.25), 3),
    }
    for county in ids:
        households = int(random.integers(700, 2500))
        persons = int(households * random.uniform(2.9, 4.0))
        figures |= {f"households,{county}": households, f"register_population,{county}": persons,
                    f"villages,{county}": int(random.integers(8, 25)),
                    f"registered_poor,{county}": int(persons * random.uniform(0.02, 0.2))}  # fmt: skip
    fill_all(folder, **figures)
    scenarios = [folder / "baseline.toml", folder / "plan.toml"]
    checked = call(program, "check", *scenarios, folder=tmp_path)
    assert checked.returncode == 0, checked.stderr
    study = tmp_path / "study.h5"
    run = call(program, "run", *scenarios, "--draws", 5, "--quiet", "--output", study, folder=tmp_path)
    assert run.returncode == 0, run.stderr
    opened = tuopin.open(study)
    assert opened.year.values.tolist() == list(range(2024, 2030))
    assert opened.place.values.tolist() == ["wuling", *ids]
    persons_of = opened.persons.isel(scenario=0, draw=0, replicate=0, year=0)
    for county in ids:
        assert persons_of.sel(place=county) == figures[f"register_population,{county}"]
    entered = tuopin.open(study, "programmes").entered_units.sel(scenario="plan", place="wuling", programme="posts")
    assert (entered.sum("year") > 0).all()


def test_every_assumption_says_that_it_is_one(program: Path, tmp_path: Path) -> None:
    folder = make(program, tmp_path / "mine")
    for row in table(folder / "region/margins.csv"):
        assert row["status"] == "assumption" and row["year"] == "2024"
        if row["value"] != "?":
            assert row["note"].startswith("assumed, grade D: ")
            assert (row["low"] and row["high"]) or row["name"].startswith("forest_"), row
    toml = {path.name: tomllib.loads(path.read_text(encoding="utf-8")) for path in folder.rglob("*.toml")}
    assert sorted(toml) == ["baseline.toml", "plan.toml", "posts.toml", "region.toml"]
    quantities = [value for name in ("baseline.toml", "posts.toml") for section in toml[name].values()
                  if isinstance(section, dict) for value in section.values() if isinstance(value, dict)]  # fmt: skip
    for value in (value for value in quantities if "value" in value):
        assert value["grade"] == "D" and value["source"].startswith("assumption") and len(value["range"]) == 2
    assert (toml["region.toml"]["base_year"], toml["region.toml"]["last_year"]) == (2024, 2029)


NAMES = {
    "a,b,c": ["a", "b", "c"],
    "Long Shan,Yong-Shun , Bao.Jing": ["long_shan", "yong_shun", "bao_jing"],
    "龙山,永顺": ["county_1", "county_2"],
    "龙山县，永顺县、保靖县": ["county_1", "county_2", "county_3"],
    "龙山 Longshan,古丈Guzhang": ["longshan", "guzhang"],
    "Long Shan,long_shan,LONG-SHAN": ["long_shan", "long_shan_2", "long_shan_3"],
    "region,4th": ["region", "county_2_4th"],
    'The "Old", c/d': ["the_old", "c_d"],
    "-,x": None,
}


@pytest.mark.parametrize("typed", NAMES)
def test_names_become_ids(program: Path, tmp_path: Path, typed: str) -> None:
    made = call(program, "new-region", tmp_path / "r", f"--counties={typed}", "--base-year", "2020")
    ids = NAMES[typed]
    if ids is None:
        assert made.returncode == USAGE and "--counties: " in made.stderr and "without a letter" in made.stderr
        return
    assert made.returncode == 0, made.stderr
    rows = table(tmp_path / "r/region/counties.csv")
    assert [row["id"] for row in rows[1:]] == ids
    assert len({row["id"] for row in rows}) == len(rows)
    for row, name in zip(rows[1:], typed.replace("，", ",").replace("、", ",").split(","), strict=True):
        assert row["name"] == name.strip() and row["name_zh"] == ("" if name.isascii() else name.strip())
        assert row["parent"] == rows[0]["id"]
    fill_all(tmp_path / "r", register_population=1500, households=450, villages=5, registered_poor=150, poor_villages=2)
    checked = call(program, "check", "--text", tmp_path / "r/baseline.toml")
    assert checked.returncode == 0, checked.stderr


WRONG = {
    "no counties": (["--base-year", "2024"], ["--counties", "is required"]),
    "no base year": (["--counties", "a"], ["--base-year", "is required"]),
    "an empty name": (["--counties", "a,,b", "--base-year", "2024"], ["--counties", "empty name"]),
    "twice": (["--counties", "a,b, a", "--base-year", "2024"], ["--counties", '"a" twice']),
    "a blank that nobody sees": (["--counties", "a\u200bb", "--base-year", "2024"], ["--counties", "U+200B"]),
    "too long": (["--counties", "x" * 101, "--base-year", "2024"], ["--counties", "101 bytes"]),
    "a year that is none": (["--counties", "a", "--base-year", "soon"], ["--base-year", "1900 to 2195"]),
    "a year beyond": (["--counties", "a", "--base-year", "2196"], ["--base-year", "1900 to 2195"]),
    "no name": (["--counties", "a", "--base-year", "2024", "--name", "?"], ["--name", "without a letter"]),
    "misspelt": (["--county", "a", "--base-year", "2024"], ["--counties"]),
    "a thousand and one": (["--counties", ",".join(map("c{}".format, range(1001))), "--base-year", "2024"],
                           ["--counties", "1001 counties, at most 1000"]),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_slips_of_the_command_line(program: Path, tmp_path: Path, case: str) -> None:
    words, said = WRONG[case]
    result = call(program, "new-region", tmp_path / "r", *words)
    assert result.returncode == USAGE, result
    assert all(word in result.stderr for word in said), result.stderr
    assert not (tmp_path / "r").exists()


def test_names_that_are_no_text(program: Path, tmp_path: Path) -> None:
    command = [os.fsencode(program), b"new-region", os.fsencode(tmp_path / "r"), b"--counties", b"a,\xff\xfe"]
    result = subprocess.run([*command, b"--base-year", b"2024"], capture_output=True, timeout=60)
    assert result.returncode == USAGE and b"not UTF-8" in result.stderr
    assert not (tmp_path / "r").exists()


def test_nothing_is_written_over(program: Path, tmp_path: Path) -> None:
    words = ["--counties", "a", "--base-year", "2024"]
    full, file, link, empty = (tmp_path / name for name in ("full", "file", "link", "empty"))
    full.mkdir()
    (full / "mine.txt").write_text("mine")
    file.write_text("mine")
    link.symlink_to(tmp_path / "nowhere")
    for folder in (full, file, link, file / "below"):
        result = call(program, "new-region", folder, *words)
        assert result.returncode == OUTPUT and str(folder if folder != file / "below" else file) in result.stderr
    assert [path.name for path in full.iterdir()] == ["mine.txt"] and file.read_text() == "mine"
    assert not (tmp_path / "nowhere").exists()
    empty.mkdir()
    make(program, empty, counties=["a"])
    again = call(program, "new-region", empty, *words)
    assert again.returncode == OUTPUT and "holds files already" in again.stderr
    make(program, tmp_path / "deep/er/still", counties=["a"])


def test_all_files_or_none(program: Path, tmp_path: Path) -> None:
    """The margins are longer than any file may be here: what was written before them goes again."""

    def small_files_only() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    command = [program, "new-region", tmp_path / "mine/r", "--counties", "a", "--base-year", "2024"]
    result = subprocess.run(list(map(str, command)), preexec_fn=small_files_only, capture_output=True, text=True)
    assert result.returncode == OUTPUT and "margins.csv" in result.stderr
    assert list(tmp_path.iterdir()) == []
