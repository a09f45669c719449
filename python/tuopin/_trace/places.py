"""Where a row of the trace stands: a key in a TOML file, or a row of a table, with its line and its value."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tuopin._language import say
from tuopin._tables import file_text, refuse, rows_of
from tuopin._trace.table import Row, number_in
from tuopin.errors import DataError, Error

_MOST_TOML = 1 << 20  # bytes, as the program's own limit
_HEADER = re.compile(r"\s*\[([^\[\]]+)\]")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_YEAR = re.compile(r"\d{4}$")


@dataclass(frozen=True)
class Place:
    line: int
    value: Any  # what stands at the key, as the file has it
    unit: str = ""
    title: dict[str, str] = field(default_factory=dict)  # of the file, by language

    @property
    def by_year(self) -> dict[str, float]:
        """A table whose keys are all years; else nothing."""
        value = self.value
        if not isinstance(value, dict) or not value or not all(_YEAR.match(str(key)) for key in value):
            return {}
        numbers = {str(key): number_in(number) for key, number in value.items()}
        return {key: number for key, number in numbers.items() if number is not None}

    @property
    def amount(self) -> float | None:
        """The number that stands there; of a table by year the sum."""
        if years := self.by_year:
            return sum(years.values())
        return None if isinstance(self.value, (dict, list, bool)) else number_in(self.value)

    def agrees(self, row: Row) -> bool:
        """Whether the document's number stands here; a row without a number claims nothing."""
        wanted = number_in(row.value)
        return not row.value or (wanted is not None and self.amount == wanted)


class Files:
    """The files beside a table, each read once."""

    def __init__(self, table: Path) -> None:
        self.table = table
        self._toml: dict[str, tuple[str, dict[str, Any]]] = {}
        self._csv: dict[str, list[tuple[int, list[str]]]] = {}

    def of(self, rows: Iterable[Row]) -> dict[str, Place]:
        """The place of every row that has one; all faults are named with the row's line."""
        found, problems = {}, []
        for row in rows:
            if not row.file:
                continue
            try:
                found[row.id] = self.place(row.file, row.key)
            except Error as problem:
                problems.append(f"{self.table}:{row.line}: {row.id}: {problem}")
        refuse(problems)
        return found

    def place(self, file: str, key: str) -> Place:
        path = self.table.parent / file
        if not path.resolve().is_relative_to(self.table.parent.resolve()):
            raise DataError(say("{file} is not beside the table: a file in its folder is expected", file=file))
        if not path.exists():
            raise DataError(say("there is no file {file}", file=file) + self._near_file(file))
        if not path.is_file() or path.suffix not in (".toml", ".csv"):
            raise DataError(say("{file} is no file that ends in .toml or .csv", file=file))
        return self._in_toml(path, file, key) if path.suffix == ".toml" else self._in_table(path, file, key)

    def _near_file(self, file: str) -> str:
        folder = self.table.parent
        names = [path.relative_to(folder).as_posix() for kind in ("toml", "csv")
                 for pattern in (f"*.{kind}", f"*/*.{kind}") for path in folder.glob(pattern)]  # fmt: skip
        return _did_you_mean(file, names)

    def _in_toml(self, path: Path, file: str, key: str) -> Place:
        if file not in self._toml:
            text = file_text(path, _MOST_TOML)
            try:
                self._toml[file] = text, tomllib.loads(text)
            except (ValueError, RecursionError) as problem:
                raise DataError(say("{file} is not TOML ({problem})", file=file, problem=problem)) from problem
        text, document = self._toml[file]
        parts, at = key.split("."), document
        for depth, part in enumerate(parts):
            if not isinstance(at, dict) or part not in at:
                near = [".".join([*parts[:depth], name, *parts[depth + 1 :]]) for name in
                        difflib.get_close_matches(part, at if isinstance(at, dict) else [], 1)]  # fmt: skip
                raise _no_key(file, key, near)
            at = at[part]
        unit = ""
        if isinstance(at, dict) and "value" in at:
            unit, at = str(at.get("unit", "")), at["value"]
        title = document.get("title")
        titles = {name: str(words) for name, words in title.items()} if isinstance(title, dict) else {}
        return Place(line_of(text, parts), at, unit, titles)

    def _in_table(self, path: Path, file: str, key: str) -> Place:
        if file not in self._csv:
            self._csv[file] = rows_of(path)
        rows = self._csv[file]
        if not rows:
            raise DataError(say("{file} is empty", file=file))
        header, words = rows[0][1], key.split(".")
        shown = next((header.index(name) for name in ("value", "share") if name in header), min(1, len(header) - 1))
        chosen = [(line, row) for line, row in rows[1:] if len(row) == len(header) and _is_called(row, words, shown)]
        if len(chosen) > 1:
            raise DataError(say("{key} is {count} rows of {file}: name one", key=key, count=len(chosen), file=file))
        if not chosen:
            raise _no_key(file, key, difflib.get_close_matches(key, _names(rows[1:], len(words)), 1))
        line, row = chosen[0]
        named = dict(zip(header, row, strict=True))
        if named.get("in_model") == "no":
            raise DataError(say("{key} of {file} is not evaluated (in_model is no)", key=key, file=file))
        return Place(line, row[shown], named.get("unit", ""))


def line_of(text: str, parts: Sequence[str]) -> int:
    """The line of the longest beginning of a dotted key that stands in a header or before a =; of a table that has no
    header of its own, its first child's."""
    table: list[str] = []
    best, line = 0, 1
    for number, words in enumerate(text.split("\n"), 1):
        if header := _HEADER.match(words):
            table = _split(header[1])
            here = table
        elif key := _KEY.match(words):
            here = table + _split(key[1])
        else:
            continue
        shared = min(len(here), len(parts))
        if shared > best and here[:shared] == list(parts[:shared]):
            best, line = shared, number
    return line


def _split(key: str) -> list[str]:
    return [part.strip().strip("\"'") for part in key.split(".")]


def _is_called(row: Sequence[str], words: Sequence[str], shown: int) -> bool:
    """The first word is the first cell, every further one another cell that is not the value."""
    others = [cell for at, cell in enumerate(row) if at not in (0, shown)]
    return row[0] == words[0] and all(word in others for word in words[1:])


def _names(rows: Sequence[tuple[int, list[str]]], words: int) -> list[str]:
    return sorted({".".join(row[:words]) for _, row in rows})


def _no_key(file: str, key: str, near: Sequence[str]) -> DataError:
    text = say("there is no key {key} in {file}", key=key, file=file)
    return DataError(text + (say("; did you mean {near}?", near=near[0]) if near else ""))


def _did_you_mean(name: str, names: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, names, 1)
    return say("; did you mean {near}?", near=near[0]) if near else ""
