"""A study of a stranger is first read by the program, in a process apart that may not do any harm: a damaged or hostile
file can bring the HDF5 library down, and Python with it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tuopin._files import reason_of
from tuopin._language import Language, language_of_locale, say
from tuopin._program import executable
from tuopin.errors import DataError, Error, error_of

_HDF5 = b"\x89HDF\r\n\x1a\n"
_ZIP, _TABLE_ENDINGS = b"PK", (".xlsx", ".ods")
_Known = tuple[str, int, int, int]

_sound: set[_Known] = set()


def check_file(file: Path) -> None:
    """Refuses, in words, what is no HDF5 file: a scenario, a workbook, a folder."""
    try:
        there = file.exists()
    except (OSError, ValueError) as problem:  # a name that is too long, or holds a zero byte
        raise DataError(say("{file}: cannot be read ({reason})", file=file, reason=reason_of(problem))) from problem
    if not there:
        raise DataError(say("{file}: no such file", file=file))
    if file.is_dir():
        raise DataError(say("{file}: is a folder, expected a study file", file=file))
    if not file.is_file():
        raise DataError(say("{file}: is a device or a pipe, expected a study file", file=file))
    try:
        with file.open("rb") as opened:
            begin = opened.read(len(_HDF5))
    except OSError as problem:
        raise DataError(say("{file}: cannot be read ({reason})", file=file, reason=reason_of(problem))) from problem
    if begin != _HDF5:
        raise DataError(say("{file}: not a study file, which ends in .h5: {what}", file=file, what=_what(file, begin)))


def _what(file: Path, begin: bytes) -> str:
    if not begin:
        return say("it is empty")
    if file.suffix.lower() == ".toml":
        return say("it is a scenario or another TOML file: simulate a scenario with tuopin run first")
    if begin.startswith(_ZIP) and file.suffix.lower() in _TABLE_ENDINGS:
        return say("it is a workbook")
    return say("it is of another kind")


def read_first(file: Path, lang: Language | None = None) -> None:
    """Lets the program read a study; DataError with its words if it refuses. A file that has not changed since is not
    read again."""
    known = _identity(file)
    if known in _sound:
        return
    command = [str(executable()), "hash", "--lang", lang or language_of_locale(), "--", str(file)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)
    if done.returncode:
        words = "\n".join(line.removeprefix("tuopin: ") for line in done.stderr.strip().splitlines())
        kind = error_of(done.returncode) if done.returncode > 0 else Error
        raise kind(words or f"tuopin hash {file}: {done.returncode}")
    _sound.add(known)


def _identity(file: Path) -> _Known:
    found = file.stat()
    return os.fspath(file.resolve()), found.st_ino, found.st_size, found.st_mtime_ns
