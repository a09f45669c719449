"""The table ``validation.csv`` beside scenarios: published figures, each with its source. A row is used or refused."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tuopin._language import Language, msgid, say
from tuopin._tables import near_column, problems_of_names, refuse, rows_of, uneven
from tuopin._trace.table import number_in
from tuopin._validate.figures import FIGURES, TWIN_INPUTS
from tuopin.errors import DataError

TABLE = "validation.csv"

#: How well a published figure is known to have been published as it stands.
STATUSES = {
    "published": msgid("published"),
    "derived": msgid("derived"),
    "assumption": msgid("assumption"),
}
GRADES = ("A", "B", "C", "D")
_NEEDED = ("id", "figure", "place", "year", "value", "low", "high", "unit", "source", "status", "grade", "used", "note",
           "name")  # fmt: skip
_IN_CHINESE = ("name_zh", "source_zh", "note_zh")  # may be missing: the English words stand in for them
_FILLED = ("id", "unit", "source", "note", "name")


@dataclass(frozen=True)
class Row:
    id: str
    figure: str
    place: str
    year: int
    value: float
    low: float
    high: float
    source: str
    status: str
    grade: str
    used: bool  # the model was set by this figure
    note: str
    name: str
    name_zh: str
    source_zh: str
    note_zh: str
    line: int

    def title(self, lang: Language) -> str:
        return (self.name_zh if lang == "zh" else "") or self.name

    def origin(self, lang: Language) -> str:
        return (self.source_zh if lang == "zh" else "") or self.source

    def remark(self, lang: Language) -> str:
        return (self.note_zh if lang == "zh" else "") or self.note

    @property
    def compared(self) -> bool:
        return self.figure in FIGURES


def read_table(path: Path, years: tuple[int, int]) -> list[Row]:
    """All rows, of years that are simulated; every fault of the table is named with its line and column."""
    lines = rows_of(path)
    if not lines:
        raise DataError(say("{path}: is empty, expected the columns {names}", path=path, names=", ".join(_NEEDED)))
    header = lines[0][1]
    problems = [say("there is no column {name}", name=name) + near_column(name, header)
                for name in _NEEDED if name not in header]  # fmt: skip
    refuse([f"{path}:{lines[0][0]}: {text}" for text in problems + problems_of_names(header, {*_NEEDED, *_IN_CHINESE})])
    wrong, found, seen = [], [], dict[str, int]()
    for number, cells in lines[1:]:
        if text := uneven(path, number, cells, header):
            wrong.append(text)
            continue
        named = {**dict.fromkeys(_IN_CHINESE, ""), **dict(zip(header, cells, strict=True))}
        faults = [*_faults(named, years, seen)]
        wrong += [f"{path}:{number}: {text}" for text in faults]
        seen.setdefault(named["id"], number)
        if not faults:
            found.append(_row(named, number))
    if not found and not wrong:
        wrong = [say("{path}: has a header and no rows", path=path)]
    refuse(wrong)
    return found


def _row(named: Mapping[str, str], line: int) -> Row:
    words = ("id", "figure", "place", "source", "status", "grade", "note", "name", *_IN_CHINESE)
    return Row(**{name: named[name] for name in words}, year=int(named["year"]), value=float(named["value"]),
               low=float(named["low"]), high=float(named["high"]), used=named["used"] == "yes", line=line)  # fmt: skip


def _faults(row: Mapping[str, str], years: tuple[int, int], seen: Mapping[str, int]) -> list[str]:
    problems = [say("{name} is empty", name=name) for name in _FILLED if not row[name]]
    if row["id"] in seen:
        problems.append(say("the id {id} stands in line {line} already", id=row["id"], line=seen[row["id"]]))
    units = {name: figure.unit for name, figure in FIGURES.items()} | TWIN_INPUTS
    problems += unknown("figure", row["figure"], units)
    problems += unknown("status", row["status"], STATUSES)
    problems += unknown("grade", row["grade"], GRADES)
    problems += unknown("used", row["used"], ("yes", "no"))
    if row["figure"] in units and row["unit"] and row["unit"] != units[row["figure"]]:
        problems.append(say("unit is {given}, expected {unit} for {figure}", given=repr(row["unit"]),
                            unit=units[row["figure"]], figure=row["figure"]))  # fmt: skip
    problems += _faults_of_numbers(row)
    year = row["year"]
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        problems.append(say("year is {given}, expected a year", given=repr(year)))
    elif row["figure"] in FIGURES and not years[0] <= int(year) <= years[1]:
        problems.append(say("year is {year}, expected one of the simulated years {first} to {last}", year=year,
                            first=years[0], last=years[1]))  # fmt: skip
    return problems


def _faults_of_numbers(row: Mapping[str, str]) -> list[str]:
    number = {name: number_in(row[name]) for name in ("value", "low", "high")}
    wrong = [say("{name} is {given}, expected a number", name=name, given=repr(row[name]))
             for name, found in number.items() if found is None]  # fmt: skip
    value, low, high = number["value"], number["low"], number["high"]
    if value is None or low is None or high is None:
        return wrong
    if not (low <= value <= high and low < high):
        return [say("low, value and high are {low}, {value} and {high}, expected a range around the value", low=low,
                    value=value, high=high)]  # fmt: skip
    return []


def unknown(column: str, given: str, known: Iterable[str]) -> list[str]:
    """What is wrong with a name that must be one of the known ones."""
    names = list(known)
    if given in names:
        return []
    near = difflib.get_close_matches(given, names, 1)
    shown: Sequence[str] = names if len(names) <= 12 else sorted(names)
    text = say("{column} is {given}, expected one of {names}", column=column, given=repr(given),
               names=", ".join(shown))  # fmt: skip
    return [text + (say("; did you mean {near}?", near=near[0]) if near else "")]


def check_places(path: Path, rows: Sequence[Row], places: Sequence[str]) -> None:
    """Of rows that are compared: each names a place of the region."""
    refuse([f"{path}:{row.line}: {text}" for row in rows
            for text in unknown("place", row.place, places)])  # fmt: skip
