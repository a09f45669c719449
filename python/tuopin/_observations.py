"""A table of reported figures, given by an option or as a data frame, with the same checks as a region's own table."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from tuopin._language import say
from tuopin._tables import near_column, problems_of_names, refuse, rows_of, uneven
from tuopin.errors import DataError

#: Figures that a region's table may report, beside the variables of a study.
REPORTED = ("admin_poverty_rate", "poor_remaining_persons", "counties_exited_cumulative", "villages_exited_cumulative")
_COLUMNS = {"variable", "measure", "year", "value", "unit", "source", "confidence", "comparison", "id", "name"}
_YEARS = (1900, 2200)


def read_observations(path: Path, variables: list[str]) -> pd.DataFrame:
    """The rows of a CSV file with columns variable (or measure), year and value; all faults are reported with rows."""
    rows = rows_of(path)
    if not rows:
        raise DataError(say("{path}: is empty, expected the columns variable, year and value", path=path))
    header = rows[0][1]
    problems = [f"{path}:{rows[0][0]}: {text}" for text in _problems_of_header(header)]
    if not problems:
        for number, row in rows[1:]:
            if wrong := uneven(path, number, row, header):
                problems.append(wrong)
                continue
            problems += [
                f"{path}:{number}: {text}" for text in _problems_of_row(dict(zip(header, row, strict=True)), variables)
            ]
    refuse(problems)
    table = pd.DataFrame([row for _, row in rows[1:]], columns=header)
    return table.assign(year=table["year"].astype(float), value=table["value"].astype(float))


def checked_frame(table: pd.DataFrame, what: str, variables: list[str] | None) -> pd.DataFrame:
    """The same for a data frame."""
    header = [str(name) for name in table.columns]
    problems = [f"{what}: {text}" for text in _problems_of_header(header, only_needed=True)]
    if not problems:
        for number, row in enumerate(table.to_dict("records")):
            problems += [f"{what}: row {number}: {text}" for text in _problems_of_row(row, variables)]
    refuse(problems)
    return table.assign(year=table["year"].astype(float), value=table["value"].astype(float))


def _problems_of_header(header: list[str], only_needed: bool = False) -> list[str]:
    problems = []
    if "variable" not in header and "measure" not in header:
        problems.append(say("there is no column variable") + near_column("variable", header))
    problems += [
        say("there is no column {name}", name=name) + near_column(name, header)
        for name in ("year", "value")
        if name not in header
    ]
    if not only_needed:
        problems += problems_of_names(header, _COLUMNS)
    return problems


def _problems_of_row(row: dict[Any, Any], variables: list[str] | None) -> list[str]:
    problems = []
    name = str(row.get("variable", row.get("measure")))
    if variables is not None and name not in variables and name not in REPORTED:
        near = difflib.get_close_matches(name, [*variables, *REPORTED], 1)
        problems.append(
            say("variable is {name}, which is no figure", name=repr(name))
            + (say("; did you mean {near}?", near=near[0]) if near else "")
        )
    year, value = _number(row["year"]), _number(row["value"])
    if year is None or year != int(year) or not _YEARS[0] <= year <= _YEARS[1]:
        problems.append(
            say(
                "year is {row}, expected a year from {first} to {last}",
                row=repr(row["year"]),
                first=_YEARS[0],
                last=_YEARS[1],
            )
        )
    if value is None or value < 0:
        problems.append(say("value is {row}, expected a number, zero or more", row=repr(row["value"])))
    elif name.endswith("_rate") and value > 1:
        problems.append(say("value is {row}, expected a share from 0 to 1 (12% is 0.12)", row=repr(row["value"])))
    return problems


def _number(cell: Any) -> float | None:
    if isinstance(cell, (bool, np.bool_)) or cell is None:
        return None
    try:
        found = float(cell)
    except (TypeError, ValueError, OverflowError):
        return None
    return found if np.isfinite(found) and "_" not in str(cell) else None
