"""Opens panel files: every synthetic household of one world, by scenario and year."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import xarray as xr

from tuopin._files import reason_of
from tuopin._language import say
from tuopin.errors import DataError
from tuopin.results import attributes_of, is_panel

__all__ = ["open_panel"]

_YEAR = re.compile(r"(?P<scenario>.+)_(?P<year>\d{4})")
_OF_BASE_YEAR = ("housing_safe", "water_safe", "schooling_met", "medical_met")  # columns that both kinds of table have


def open_panel(path: str | os.PathLike[str]) -> xr.Dataset:
    """Read a file that ``tuopin run --panel`` wrote into a dataset household × scenario × year.

    State columns (``true_income``, ``registered``, …) run over household, scenario and year; what a household is
    (``members``, ``village`` …) over household alone. ``county`` is the name of its county, ``weight`` the persons that
    a row stands for (households times members), ``households`` the households, ``line`` the statistical line of that
    world by scenario and year, and ``income_poor`` whether the true income lies below it. ``payments_allowance`` and
    its like are the payments of the year by stream, in fen. A column of a mechanism that a scenario does not have is
    zero there. Tables of other levels (``SCENARIO_YEAR_LEVEL``) stay in the file. It is the first draw and replicate of
    the run: one possible world, without real persons.

    >>> panel = tuopin.open_panel("results/panel.h5")
    >>> panel.income_poor.weighted(panel.weight).mean("household")
    """
    file = Path(path)
    if not is_panel(file):
        raise DataError(
            say(
                "{file}: not a panel of tuopin; tuopin run --panel FILE writes one, tuopin.open reads a study",
                file=file,
            )
        )
    attributes = attributes_of(file)
    try:
        with h5py.File(file, "r") as tables:
            return _dataset(file, tables, attributes)
    except (OSError, KeyError, ValueError, IndexError, RuntimeError) as problem:
        if isinstance(problem, DataError):
            raise
        raise DataError(
            say("{file}: cannot be read, perhaps truncated ({reason})", file=file, reason=reason_of(problem))
        ) from problem


def _dataset(file: Path, tables: h5py.File, attributes: dict[str, Any]) -> xr.Dataset:
    found = [match for name in tables if (match := _YEAR.fullmatch(name))]
    scenarios = list(dict.fromkeys(match["scenario"] for match in sorted(found, key=lambda m: _position(tables, m[0]))))
    years = sorted({int(match["year"]) for match in found})
    missing = [f"{s}_{y}" for s in scenarios for y in years if f"{s}_{y}" not in tables]
    if missing or not years:
        raise DataError(
            say(
                "{file}: the panel has no table {table}",
                file=file,
                table=missing[0] if missing else say("of a scenario and year"),
            )
        )
    households = tables["households"]
    dims = ("household", "scenario", "year")
    first = tables[f"{scenarios[0]}_{years[0]}"]
    if "line" not in first:
        raise DataError(
            say("{file}: the panel has no poverty line: an older tuopin wrote it; run its scenarios again", file=file)
        )
    variables: dict[str, Any] = {}
    for name, column in households.items():
        if name != "weight":
            variables[f"{name}_in_base_year" if name in _OF_BASE_YEAR else name] = (
                "household",
                column[()],
                _said(column),
            )
    counts = households["weight"][()].astype(np.int64)
    persons = counts * households["members"][()]
    variables["households"] = ("household", counts, _said(households["weight"]))
    variables["weight"] = ("household", persons, _words("persons", "persons that the row stands for", "代表人数"))
    for name, column in _columns(tables, scenarios, years).items():
        if name != "line":
            values = np.zeros((len(counts), len(scenarios), len(years)), column.dtype)
            for s, scenario in enumerate(scenarios):
                for y, year in enumerate(years):
                    if name in tables[f"{scenario}_{year}"]:
                        values[:, s, y] = tables[f"{scenario}_{year}"][name][()]
            variables[name] = (dims, values, _said(column))
    line = np.array([[float(tables[f"{s}_{y}"]["line"][0]) for y in years] for s in scenarios])
    variables["line"] = (("scenario", "year"), line, _said(first["line"]))
    poor = variables["true_income"][1].astype(np.float64) < line
    variables["income_poor"] = (dims, poor, _words("1", "income-poor: true income below the line", "模拟收入贫困"))
    county = tables["villages"]["county"][()][households["village"][()]]
    names = np.array([_text(name) for name in tables["counties"]["name"][()]], dtype=object)
    variables["county"] = ("household", names[county], _words("", "county of the household", "所属县市"))
    short = {name: value for name, value in attributes.items() if np.ndim(value) == 0}
    return xr.Dataset(variables, {"scenario": scenarios, "year": years}, short)


def _columns(tables: h5py.File, scenarios: list[str], years: list[int]) -> dict[str, Any]:
    """State columns of all scenarios; a scenario with an additional mechanism has columns that the others lack."""
    columns: dict[str, Any] = {}
    for scenario in scenarios:
        for name, column in tables[f"{scenario}_{years[0]}"].items():
            columns.setdefault(name, column)
    return columns


def _position(tables: h5py.File, name: str) -> int:
    """Sort key of a table: scenarios are in the order of the run if the file records it."""
    return list(tables).index(name)


def _said(column: Any) -> dict[str, str]:
    return {
        key: _text(column.attrs[key])
        for key in ("units", "long_name", "long_name_zh", "flag_meanings")
        if key in column.attrs
    }


def _words(unit: str, meaning: str, meaning_zh: str) -> dict[str, str]:
    return {"units": unit, "long_name": meaning, "long_name_zh": meaning_zh}


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
