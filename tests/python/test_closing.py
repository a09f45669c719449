"""The end of a run, and what the tables of a study say in words: as the program prints them."""

from __future__ import annotations

import math
import os
import subprocess
from pathlib import Path

import numpy as np
import pytest

import tuopin

HAMLET = Path(__file__).resolve().parents[2] / "scenarios/hamlet"
SCENARIOS = [HAMLET / "baseline.toml", HAMLET / "plan.toml"]
LINES, WIDTH = 25, 80  # where the output is no terminal


def say(program: Path, folder: Path, *arguments: object) -> str:
    environment = os.environ | {"XDG_CACHE_HOME": str(folder / "cache")}
    done = subprocess.run(
        [str(program), *map(str, arguments)], check=True, capture_output=True, text=True, timeout=120, env=environment
    )
    return done.stdout


def width(line: str) -> int:
    return sum(2 if ord(c) >= 0x2E80 else 1 for c in line)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("scenarios", [SCENARIOS, SCENARIOS[1:]], ids=["two", "one"])
def test_the_end_of_a_run_is_short_and_names_the_file(
    program: Path, tmp_path: Path, scenarios: list[Path], language: str
) -> None:
    study = tmp_path / "own.h5"
    options = ["--draws", 20, "--output", study, "--lang", language]
    lines = say(program, tmp_path, "run", *scenarios, *options).splitlines()
    assert len(lines) <= LINES
    assert str(study) in lines[-1]
    assert max(map(width, lines[:-1])) <= WIDTH
    text = "\n".join(lines)
    assert ("20个世界" if language == "zh" else "20 worlds") in text
    assert ("未动用" if language == "zh" else "[county] was never used") in text
    assert say(program, tmp_path, "run", *scenarios, *options, "--force", "--quiet").count("\n") == 1


def test_the_closing_table_is_what_the_study_holds(program: Path, tmp_path: Path) -> None:
    path = tmp_path / "own.h5"
    text = say(program, tmp_path, "run", *SCENARIOS, "--draws", 20, "--output", path)
    study = tuopin.open(path).sel(place="hamlet", scenario="plan", replicate=0)
    figures = {
        "out of poverty by the plan": study.out_of_poverty.sel(year=2020),
        "into poverty by the plan": study.into_poverty.sel(year=2020),
    }
    person_years = study.fall_in_poverty.sel(year=slice(2016, None)).sum("year")
    spending = tuopin.open(path).spending.sel(place="hamlet", replicate=0).sum("year")
    cost = (spending.sel(scenario="plan") - spending.sel(scenario="baseline")) / person_years
    if np.sort(person_years)[0] > 0:
        figures["cost per person-year, yuan"] = cost
    else:
        assert "not estimable" in text
    for label, values in figures.items():
        low, middle, high = np.quantile(values.values, (0.05, 0.5, 0.95), method="averaged_inverted_cdf")
        low, middle, high = (f"{math.floor(value + 0.5):,}" for value in (low, middle, high))  # a half goes up
        shown = middle if np.ptp(values.values) == 0 else f"{middle} ({low}–{high})"
        assert any(line.split(label)[-1].strip() == shown for line in text.splitlines() if label in line), (
            label,
            shown,
        )
    fewer = int((study.fall_in_poverty.sel(year=2020) > 0).sum())
    assert f"lower in {fewer} of 20 worlds" in text


def test_every_table_of_a_preview_says_so(program: Path, tmp_path: Path) -> None:
    path = tmp_path / "preview.h5"
    text = say(program, tmp_path, "run", *SCENARIOS, "--quick", "--output", path)
    assert "preview" in text and len(text.splitlines()) <= LINES
    for language, word in (("en", " · preview"), ("zh", " · 预览")):
        blocks = say(program, tmp_path, "summary", path, "--lang", language).split("\n\n")
        tables = [block for block in blocks if "───" in block]
        assert len(tables) > 8
        for block in tables:
            assert word in " ".join(block.strip().splitlines()[:2]), block  # a heading may take two lines


def test_words_of_the_tables(program: Path, tmp_path: Path) -> None:
    path = tmp_path / "own.h5"
    say(program, tmp_path, "run", *SCENARIOS, "--draws", 4, "--leave-out-batches", 2, "--output", path)
    english, chinese = (say(program, tmp_path, "summary", path, "--lang", language) for language in ("en", "zh"))
    for word in ("income-poor", "(simulated)", "enrolled at", "the end of 2020", "Targets: what the plan puts in"):
        assert word in english
    for word in ("模拟收入", "因规划", "年末在项目", "应取得的结果", "规划自身的投入"):
        assert word in chinese
    ours = english[: english.index("Further figures")]  # then come the meanings of figures for analysts
    for gone in ("net exit", "sustained", "slot", "truly", "true "):
        assert gone not in ours.lower()
    assert "净" not in chinese.replace("人均纯收入", "")
