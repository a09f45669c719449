"""Commands of the package when the machine fails (full disk, closed pipe): a message and exit code, no traceback."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

RUN = "import sys; from tuopin.commands import {0}; sys.exit({0}())"


@pytest.fixture
def study(least_study: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(least_study, tmp_path / "study.h5"))


def call(command: str, *words: object, shell: str = "", **options: object) -> subprocess.CompletedProcess[str]:
    """Runs the command as the shell would, with what stands behind it: ``>/dev/full``, ``2>&-``, ``| true`` …"""
    given = " ".join(f"'{word}'" for word in words)
    line = f"exec '{sys.executable}' -c '{RUN.format(command)}' {given} {shell}"
    if "|" in shell:
        line = f"set -o pipefail; '{sys.executable}' -c '{RUN.format(command)}' {given} {shell}"
    return subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload,no-any-return]


@pytest.mark.parametrize("command", ["export", "chart"])
@pytest.mark.parametrize(
    ("shell", "code", "said"),
    [
        (">/dev/full", 6, "standard output cannot be written (No space left on device); written whole:"),
        (">&-", 6, "standard output is closed"),
        (">/dev/full 2>&-", 6, ""),
        (">/dev/full 2>/dev/full", 6, ""),
        ("2>&-", 0, ""),
        ("2>/dev/full", 0, ""),
        ("<&-", 0, ""),
    ],
)
def test_what_cannot_be_said(study: Path, command: str, shell: str, code: int, said: str) -> None:
    done = call(command, study, shell=shell)
    assert (done.returncode, "Traceback" in done.stderr, "Exception" in done.stderr) == (code, False, False), (
        done.stderr
    )
    assert said in done.stderr
    assert study.with_suffix(".png" if command == "chart" else ".xlsx").exists()  # the work was done all the same


@pytest.mark.parametrize("shell", [">/dev/full", ">&-"])
@pytest.mark.parametrize("words", [["--help"], []])
def test_help_that_does_not_arrive_is_no_success(words: list[str], shell: str) -> None:
    done = call("export", *words, shell=shell)
    assert done.returncode == (6 if words else 2)
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


def test_a_reader_that_left(study: Path) -> None:
    done = call("export", study, shell="| (exec <&-; sleep 3)")
    assert done.returncode == 6
    assert "Broken pipe" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["export", "chart"])
def test_an_encoding_without_chinese(least_study: Path, tmp_path: Path, command: str) -> None:
    study = shutil.copy(least_study, tmp_path / "湘西.h5")
    done = call(command, study, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0, done.stderr
    assert "\\u6e58" in done.stdout


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["none.h5"], 4, "none.h5: no such file"),
        (["."], 4, "is a folder"),
        (["/dev/null"], 4, "is a device"),
        (["x" * 300 + ".h5"], 4, "File name too long"),
        (["study.h5", "--lang", "cn"], 2, "did you mean 'zh'"),
        (["study.h5", "--fource"], 2, "did you mean --force"),
        ([], 2, "study"),
    ],
)
@pytest.mark.parametrize("command", ["export", "chart"])
def test_slips(study: Path, command: str, words: list[str], code: int, said: str) -> None:
    done = call(command, *words, cwd=study.parent)
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in study.parent.iterdir()] == ["study.h5"]


def test_a_full_disk(study: Path) -> None:
    """A limit on the size of files stands for a disk that is full."""
    done = call("export", study, shell="", preexec_fn=_small_files)
    assert done.returncode == 6, done.stderr
    assert "cannot be written (File too large)" in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in study.parent.iterdir()] == ["study.h5"]


def _small_files() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
