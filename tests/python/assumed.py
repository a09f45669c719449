"""The hamlet, and a copy of it that may be changed, for the tests of tuopin assumptions."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

import tuopin
from tuopin._assumptions.numbers import Number, numbers_from
from tuopin._assumptions.worlds import Question
from tuopin._program import Progress

ROOT = Path(__file__).resolve().parents[2]
HAMLET, XIANGXI = ROOT / "scenarios/hamlet", ROOT / "scenarios/xiangxi"


def quiet(news: Progress) -> None:
    pass


def scenarios(folder: Path = HAMLET) -> list[Path]:
    return [folder / "baseline.toml", folder / "plan.toml"]


def engine_of(folder: Path = HAMLET, threads: int = 2) -> tuopin.Engine:
    return tuopin.Engine(*scenarios(folder), threads=threads)


def numbers_of(engine: tuopin.Engine) -> list[Number]:
    return numbers_from(engine._alive().numbers(engine.scenarios))


def question_of(engine: tuopin.Engine, figure: str = "mean_income", year: int | None = None) -> Question:
    return Question(engine.scenarios, figure, year, engine.years)


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (file, old)
    path.write_text(text.replace(old, new), encoding="utf-8")


def without_ranges(folder: Path, but: str) -> None:
    """No number has a range but those whose line holds ``but``."""
    for file in [*folder.rglob("*.toml")]:
        lines = file.read_text(encoding="utf-8").splitlines()
        kept = [line if but in line else re.sub(r"(relative_)?range\s*=\s*\[[^\]]*\],?", "", line) for line in lines]
        file.write_text("\n".join(kept) + "\n", encoding="utf-8")
    for name in ("lines", "crops", "margins"):
        path = folder / f"region/{name}.csv"
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        table[["low", "high"]] = ""
        table.to_csv(path, index=False)
