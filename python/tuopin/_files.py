"""Writing of output files: atomically, all together or none, and never over a foreign file."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from tuopin._language import say
from tuopin.errors import DataError, OutputError

_HDF5 = b"\x89HDF\r\n\x1a\n"  # how every HDF5 file begins: studies and panels

# How the files begin that exports and charts write: a table of somebody else's, or a scenario, does not begin so.
_OWN_BEGINNINGS = {
    ".csv": (b"\xef\xbb\xbfsubject,variable,", b"\xef\xbb\xbfhousehold,"),
    ".parquet": (b"PAR1",),
    ".xlsx": (b"PK",),
    ".png": (b"\x89PNG",),
    ".pdf": (b"%PDF",),
    ".svg": (b"<?xml",),
}

Writer = Callable[[Path], object]


def beside_study(study: Path, ending: str) -> Path:
    """``growth_0.05.h5`` → ``growth_0.05.csv``; only a final .h5 is taken off, so two studies never share a name."""
    if not study.name:
        raise DataError(say("{study}: is a folder, expected a study file", study=study))
    stem = study.name.removesuffix(".h5")
    return study.with_name((stem or study.name) + ending)


def check_output(path: Path, force: bool, inputs: Iterable[Path] = ()) -> None:
    """Refuses paths that must not be written: called before anything is computed, and again before the file is
    renamed into place."""
    try:
        if path.is_symlink():
            raise OutputError(say("{path}: is a link; name the file itself", path=path))
        if not path.parent.is_dir():
            raise OutputError(
                say("{path}: cannot be written, there is no folder {parent}", path=path, parent=path.parent)
            )
        if not path.exists():
            return
        if path.is_dir():
            raise OutputError(say("{path}: is a folder, expected the name of a file", path=path))
        if not path.is_file():
            raise OutputError(say("{path}: is a device or a pipe, expected the name of a file", path=path))
        for given in inputs:
            if given.exists() and path.samefile(given):
                raise OutputError(say("{path}: is read by this very command and is not written over", path=path))
        with path.open("rb") as file:
            if file.read(len(_HDF5)) == _HDF5:
                raise OutputError(
                    say("{path}: is a study or another HDF5 file, which is never written over", path=path)
                )
            file.seek(0)
            beginning = file.read(64)
        own = _OWN_BEGINNINGS.get(path.suffix.lower())
        if beginning and own and not beginning.startswith(own):
            raise OutputError(
                say(
                    "{path}: is no export or chart of tuopin, and is never written over; name another output", path=path
                )
            )
    except OutputError:
        raise
    except (OSError, ValueError) as problem:  # a name that is too long, or holds a zero byte; no permission
        raise OutputError(
            say("{path}: cannot be written ({reason})", path=path, reason=reason_of(problem))
        ) from problem
    if not force:
        raise OutputError(say("{path}: stands there already; --force (in Python force=True) replaces it", path=path))


def write_together(writers: Mapping[Path, Writer], force: bool, inputs: Iterable[Path] = ()) -> None:
    """Writes all files under temporary names and then renames them, so that all are replaced or none is changed."""
    inputs = list(inputs)
    for path in writers:
        check_output(path, force, inputs)
    parts: dict[Path, Path] = {}
    try:
        for number, (path, write) in enumerate(writers.items()):
            parts[path] = path.with_name(f".tuopin-{os.getpid()}-{number}{path.suffix}")
            with _in_words(path):
                write(parts[path])
        for path in writers:
            check_output(path, force, inputs)
        _put_in_place(parts)
    finally:
        for part in parts.values():
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)


def reason_of(problem: BaseException) -> str:
    words = (isinstance(problem, OSError) and problem.strerror) or str(problem) or type(problem).__name__
    return say(re.sub(r"^.*\[errno \d+\] ", "", words))  # the pattern: how Arrow passes on what the system said


@contextlib.contextmanager
def _in_words(path: Path):  # type: ignore[no-untyped-def]
    try:
        yield
    except OutputError:
        raise
    except OSError as problem:
        raise OutputError(
            say("{path}: cannot be written ({reason})", path=path, reason=reason_of(problem))
        ) from problem


def _put_in_place(parts: Mapping[Path, Path]) -> None:
    """Renames all files; if one fails, the renames before it are undone."""
    placed: list[tuple[Path, Path | None]] = []
    try:
        for path, part in parts.items():
            before = part.with_name(part.name + ".before") if path.exists() else None
            with _in_words(path):
                if before is not None:
                    _keep(path, before)
                placed.append((path, before))
                part.replace(path)
    except BaseException:
        for path, before in reversed(placed):
            with contextlib.suppress(OSError):
                if before is not None:
                    before.replace(path)
                    before.unlink(missing_ok=True)  # two names of one file: renaming did nothing
                elif not parts[path].exists():  # it was renamed
                    path.unlink()
        raise
    for _, before in placed:
        with contextlib.suppress(OSError):
            if before is not None:
                before.unlink()


def _keep(path: Path, before: Path) -> None:
    before.unlink(missing_ok=True)
    try:
        os.link(path, before)
    except OSError:  # a file system without links
        shutil.copy2(path, before)
