"""Groups of persons that a region names: what is refused, and what stands in a population's file."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import h5py
import pytest

HAMLET = Path(__file__).resolve().parents[2] / "scenarios/hamlet"
NAMED = 'groups         = ["tujia", "miao", "han"]'
ROWS = ("tujia,", "miao,", "han,")


@pytest.fixture
def hamlet(tmp_path: Path) -> Path:
    shutil.copytree(HAMLET, tmp_path / "hamlet")
    return tmp_path / "hamlet"


def call(program: Path, hamlet: Path, *words: object) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"XDG_CACHE_HOME": str(hamlet / "cache")}
    return subprocess.run([program, *map(str, words)], capture_output=True, text=True, env=environment, timeout=120)


def rename(hamlet: Path, groups: str, rows: list[str], *, more: str = "") -> None:
    """Other groups: the line of region.toml, and the rows of margins.csv."""
    region, margins = hamlet / "region/region.toml", hamlet / "region/margins.csv"
    text = region.read_text()
    assert NAMED in text
    region.write_text(text.replace(NAMED, groups))
    kept = [line for line in margins.read_text().splitlines() if not line.startswith(ROWS)]
    made = [f"{row},share of persons,2015,invented for tests,assumption,,,invented for tests" for row in rows]
    margins.write_text("\n".join([*kept, *made]) + "\n" + more)


def labels(program: Path, hamlet: Path) -> tuple[str, list[int]]:
    panel = hamlet / "panel.h5"
    output = ["--draws", 1, "--quiet", "--force", "--output", hamlet / "study.h5", "--panel", panel]
    result = call(program, hamlet, "run", hamlet / "baseline.toml", *output)
    assert result.returncode == 0, result.stderr
    with h5py.File(panel) as file:
        codes = file["persons/ethnicity"]
        counts = [int((codes[:] == code).sum()) for code in range(4)]
        return str(codes.attrs["flag_meanings"]), counts


def test_names_stand_in_the_file(program: Path, hamlet: Path) -> None:
    assert labels(program, hamlet) == ("tujia miao han other", [96, 72, 72, 0])
    cached = call(program, hamlet, "run", hamlet / "baseline.toml", "--draws", 1, "--quiet", "--force", "--output",
                  hamlet / "study.h5", "--panel", hamlet / "panel.h5")  # fmt: skip
    assert cached.returncode == 0
    with h5py.File(hamlet / "panel.h5") as file:
        assert file["persons/ethnicity"].attrs["flag_meanings"] == "tujia miao han other"


def test_other_names_and_fewer(program: Path, hamlet: Path) -> None:
    rename(hamlet, 'groups = ["yi", "傣族"]', ["yi,hamlet,0.5", "傣族,hamlet,0.25"])
    assert labels(program, hamlet) == ("yi 傣族 group_3 other", [120, 60, 0, 60])


@pytest.mark.parametrize("groups", ["", "groups = []"])
def test_none(program: Path, hamlet: Path, groups: str) -> None:
    rename(hamlet, groups, [])
    assert labels(program, hamlet) == ("group_1 group_2 group_3 other", [0, 0, 0, 240])


WRONG = {
    "four": ('groups = ["a", "b", "c", "d"]', ["a,hamlet,0.1", "b,hamlet,0.1", "c,hamlet,0.1"], "names 4 groups"),
    "a margin's name": ('groups = ["male"]', [], "the name of another margin"),
    "other": ('groups = ["other"]', [], "counted as other"),
    "twice": ('groups = ["yi", "yi"]', ["yi,hamlet,0.1"], '"yi" twice'),
    "a blank": ('groups = ["yi zu"]', [], "without blanks"),
    "no list": ('groups = "yi"', [], "groups"),
    "too many persons": ('groups = ["yi", "dai"]', ["yi,hamlet,0.6", "dai,hamlet,0.5"], "1.1, expected at most 1"),
    "no row": ('groups = ["yi", "dai"]', ["yi,hamlet,0.6"], "the margin dai is missing"),
    "a row that no group has": ('groups = ["yi"]', ["yi,hamlet,0.6", "dai,hamlet,0.1"], 'there is no margin "dai"'),
    "rows and no groups": ("", ["yi,hamlet,0.6"], "groups = ["),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_is_refused(program: Path, hamlet: Path, case: str) -> None:
    groups, rows, words = WRONG[case]
    rename(hamlet, groups, rows)
    result = call(program, hamlet, "check", hamlet / "baseline.toml")
    assert result.returncode in (3, 4) and words in result.stderr, result.stderr
    assert len(result.stderr.splitlines()) == 1, result.stderr


def test_a_correlation_of_groups_that_there_are_none_of(program: Path, hamlet: Path) -> None:
    row = "ethnic_intraclass_correlation,hamlet,0.6,1,2015,invented for tests,assumption,0.3,0.8,\n"
    rename(hamlet, "", [], more=row)
    result = call(program, hamlet, "check", hamlet / "baseline.toml")
    assert result.returncode in (3, 4) and "names none" in result.stderr and len(result.stderr.splitlines()) == 1


def test_no_rule_reads_them(program: Path, hamlet: Path) -> None:
    posts = hamlet / "programmes/posts.toml"
    for word in ("ethnicity == group_1", "ethnicity == tujia"):
        text = posts.read_text()
        posts.write_text(text.replace("and age >= 18", f"and {word} and age >= 18"))
        result = call(program, hamlet, "check", hamlet / "plan.toml")
        assert result.returncode != 0 and "cannot be read by rules" in result.stderr
        posts.write_text(text)
