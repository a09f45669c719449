"""The numbers that scenarios read, and the group to which each belongs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tuopin._language import Language, Translator, msgid
from tuopin._problems import said

#: The groups of the decomposition, in the order of their meaning.
GROUPS = {
    "growth": msgid("growth"),
    "mobility": msgid("mobility"),
    "effects": msgid("effects"),
    "take-up": msgid("take-up"),
    "safety net": msgid("safety net"),
    "register": msgid("register"),
    "prices": msgid("prices and money"),
    "population": msgid("population"),
}

#: Where a number stands, and what a page calls it.
KINDS = {
    "scenario": msgid("scenario files"),
    "programme": msgid("programme files"),
    "line": msgid("lines"),
    "crop": msgid("crops"),
    "crop_share": msgid("crops by county"),
    "table": msgid("other tables of the region"),
    "margin": msgid("margins of the population"),
}

#: What each group holds.
HELD = {
    "growth": msgid("mean income without the plan"),
    "mobility": msgid("variance shares and persistence of incomes, common shocks"),
    "effects": msgid("effects of programmes, labour, land, yields and days of crops"),
    "take-up": msgid("places, targeting errors, take-up, drop-out"),
    "safety net": msgid("old safety net, allowance line"),
    "register": msgid("measurement, review, guarantees, register's line"),
    "prices": msgid("prices and costs of crops, costs of programmes, funds, poverty line"),
    "population": msgid("margins, by populations made from them"),
    "luck": msgid("random draws of households and common shocks"),
}

# A group by the beginning of a name: the longest beginning counts.
_BY_BEGINNING = {
    "growth": "growth",
    "income": "mobility", "shocks": "mobility",
    "labour": "effects", "land": "effects",
    "safety_net": "safety net", "lines.allowance": "safety net", "line.allowance": "safety net",
    "register": "register", "measurement": "register", "guarantees": "register", "line.administrative": "register",
    "line": "prices", "lines": "prices", "funds": "prices", "prices": "prices", "index": "prices",
    "register_income": "mobility",
    "crop_share": "population", "margin": "population",
}  # fmt: skip
# Of a programme by its table, of a crop by its quantity.
_BY_TABLE = {"effect": "effects", "cost": "prices", "budget": "prices"}
_PRICES_OF_CROPS = ("price", "price_sd", "cash_cost", "cash_cost_young")


@dataclass(frozen=True)
class Number:
    """``name`` is that by which it is drawn: all years of a line share one."""

    name: str
    kind: str
    year: int
    value: float
    low: float
    high: float
    unit: str
    status: str
    grade: str
    source: str
    office_en: str
    office_zh: str
    file: str
    line: int
    ranges: bool  # whether it is drawn from a range
    is_factor: bool  # of numbers by year: the range is relative
    by_default: bool  # stands in no file
    scenarios: tuple[str, ...]
    unit_zh: str

    @property
    def label(self) -> str:
        return f"{self.name} {self.year}" if self.year else self.name

    @property
    def group(self) -> str:
        return group_of(self.name, self.kind)

    @property
    def has_range(self) -> bool:
        """In its file. The line of the base year is not drawn from its own: the level of income is calibrated on it."""
        return self.low < self.high

    @property
    def assumed(self) -> bool:
        """A default is assumed, whatever it is: no file gives a source."""
        return self.by_default or self.status == "assumption"

    def unit_in(self, lang: Language) -> str:
        return self.unit_zh if lang == "zh" else self.unit

    def office(self, lang: Language) -> str:
        return self.office_zh if lang == "zh" else self.office_en

    def place(self, below: Path | None = None) -> str:
        """File and line; the file from the folder ``below`` on."""
        file = Path(self.file).absolute()
        shown = file.relative_to(below) if below is not None and file.is_relative_to(below) else file
        return f"{shown.as_posix()}:{self.line}" if self.line else shown.as_posix()


def numbers_from(facts: Iterable[tuple[Any, ...]]) -> list[Number]:
    found = []
    for *plain, scenarios, unit in facts:
        values: list[Any] = [*plain, tuple(scenarios), said(unit, "zh")]
        found.append(Number(*values))
    return found


def folder_of(numbers: Sequence[Number]) -> Path:
    """The folder that holds all files, absolute."""
    return Path(os.path.commonpath([Path(number.file).absolute().parent for number in numbers] or [Path.cwd()]))


def group_of(name: str, kind: str) -> str:
    parts = name.split(".")
    if kind == "crop":
        return "prices" if parts[-1] in _PRICES_OF_CROPS else "effects"
    if kind == "programme":
        return _BY_TABLE.get(parts[1], "take-up") if len(parts) > 1 else "take-up"
    for length in range(len(parts), 0, -1):
        if found := _BY_BEGINNING.get(".".join(parts[:length])):
            return found
    return "effects"  # of a mechanism from outside


def drawn_names(numbers: Iterable[Number], margins: bool = False) -> list[str]:
    """Names of the numbers with a range, each once; margins make populations and are asked for apart."""
    return list(dict.fromkeys(n.name for n in numbers if n.ranges and margins == (n.kind == "margin")))


def drawn_numbers(numbers: Iterable[Number]) -> dict[str, Number]:
    """By the name by which it is drawn; of a line its last year."""
    return {number.name: number for number in numbers if number.ranges}


def shown_number(value: float) -> str:
    return f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"


def shown_ends(number: Number, say: Translator) -> tuple[str, str, str]:
    """Value, low and high as text; of numbers by year the factors."""
    if number.is_factor:
        return say("by year"), f"× {number.low:g}", f"× {number.high:g}"
    if not number.ranges:
        return shown_number(number.value), "", ""
    return shown_number(number.value), shown_number(number.low), shown_number(number.high)
