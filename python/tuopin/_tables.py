"""Tables of comma-separated values, read whole with the line of every row, or refused in words."""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Sequence
from pathlib import Path

from tuopin._files import reason_of
from tuopin._language import say
from tuopin.errors import DataError

_MOST_BYTES = 64 << 20  # as the program's own limit on tables
_MOST_PROBLEMS = 20


def file_text(path: Path, most_bytes: int = _MOST_BYTES) -> str:
    """The text of a file in UTF-8, with or without its mark."""
    try:
        if path.stat().st_size > most_bytes:
            raise DataError(say("{path}: has more than {most} bytes", path=path, most=most_bytes))
        return path.read_bytes().decode("utf-8-sig")
    except OSError as problem:
        raise DataError(say("{path}: cannot be read ({reason})", path=path, reason=reason_of(problem))) from problem
    except UnicodeDecodeError as problem:
        raise DataError(
            say("{path}: is not UTF-8 text (byte {start}); save it as CSV UTF-8", path=path, start=problem.start)
        ) from problem


def rows_of(path: Path) -> list[tuple[int, list[str]]]:
    """Line and cells of every row that is not blank, the header first; cells without spaces around."""
    try:
        reader = csv.reader(io.StringIO(file_text(path), newline=""), strict=True)
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as problem:
        raise DataError(
            say("{path}: not a table of comma-separated values ({problem})", path=path, problem=problem)
        ) from problem
    return [(number, [cell.strip() for cell in row]) for number, row in rows if any(cell.strip() for cell in row)]


def uneven(path: Path, number: int, row: Sequence[str], header: Sequence[str]) -> str:
    """What is wrong with a row that has more or fewer cells than the header; else nothing."""
    if len(row) == len(header):
        return ""
    return say("{path}:{number}: {cells} cells, expected {expected} as in the header", path=path, number=number,
               cells=len(row), expected=len(header))  # fmt: skip


def problems_of_names(header: Sequence[str], known: set[str]) -> list[str]:
    """Columns that stand twice or that nobody knows."""
    problems = [
        say("the column {name} stands twice", name=name) for name in sorted({n for n in header if header.count(n) > 1})
    ]
    for name in header:
        if name not in known:
            near = difflib.get_close_matches(name, sorted(known), 1)
            problems.append(
                say("unknown column {name}", name=repr(name))
                + (say(", did you mean {near}?", near=near[0]) if near else "")
            )
    return problems


def near_column(name: str, header: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, header, 1)
    return say("; is {near} meant for it?", near=repr(near[0])) if near else ""


def refuse(problems: Sequence[str]) -> None:
    """Raises where there is a problem; every line is one, and only so many are shown."""
    if problems:
        more = len(problems) - _MOST_PROBLEMS
        raise DataError(
            "\n".join(problems[:_MOST_PROBLEMS]) + (say("\nand {more} more", more=more) if more > 0 else "")
        )
