"""Tables for the spreadsheet: CSV, Parquet and Excel beside a study file."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tuopin import results
from tuopin.errors import OutputError

__all__ = ["summary_table", "write_summaries"]

LEVELS = (0.05, 0.5, 0.95)
_STATISTICS = ["low", "median", "high"]
_PLACES = ["place", "place_name", "place_name_zh"]
_KEYS = ["scenario", "year", *_PLACES, "line", "income", "programme", "batch", "fund", "purpose"]
_COLUMNS = ["subject", "variable", *_KEYS, "unit", *_STATISTICS, "values"]

#: Sheet of the workbook ← names of the variables, in the order of the report.
SUBJECTS: dict[str, tuple[str, ...]] = {
    "poverty": ("poverty_rate", "poverty_gap", "poverty_gap_squared", "watts", "sen_shorrocks_thon"),
    "inequality": ("gini", "theil", "mean_income"),
    "register": (
        "register_rate", "register_persons", "register_persons_identified", "inclusion_error", "exclusion_error",
    ),
    "exits": (
        "exits_gross", "exits_net", "exits_sustained", "entries", "fall_back_registered", "fall_back_true",
    ),
    "money": ("spending", "perfect_information_gap"),
}  # fmt: skip
_GROUP_SUBJECTS = {"programmes": "programmes", "batches": "batches", "ledger": "ledger"}


def summary_table(path: str | os.PathLike[str]) -> pd.DataFrame:
    """One row for each variable, scenario, year, place, line and income: median and 5% and 95% order statistics.

    The statistics run over parameter draws and replicates; ``values`` is their number. Rows that are not known (the
    sustained exits of the last year, say) are kept and empty. Variables of groups are named "group/variable".
    """
    known = results.groups(path)
    sources: list[tuple[str | None, xr.Dataset]] = [(None, results.open(path))]
    sources += [(group, results.open(path, group)) for group in _GROUP_SUBJECTS if group in known]
    parts = [
        _table_of(variable, _subject(str(name), group), f"{group}/{name}" if group else str(name))
        for group, dataset in sources
        for name, variable in dataset.data_vars.items()
        if _has_draws(variable)
    ]
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
    root = sources[0][1]
    for names in _PLACES[1:]:
        if names in root and "place" in table:
            table[names] = table["place"].map(root[names].to_series())
    others = [column for column in table.columns if column not in _COLUMNS]
    return table.reindex(columns=[column for column in _COLUMNS if column in table.columns] + others)


def write_summaries(path: str | os.PathLike[str]) -> dict[str, Path]:
    """Write ``NAME.csv``, ``NAME.parquet`` and ``NAME.xlsx`` beside ``NAME.h5``; return their paths by kind."""
    study = Path(path)
    table = summary_table(study)
    about = _about(results.open(study))
    files = {kind: study.with_suffix(f".{kind}") for kind in ("csv", "parquet", "xlsx")}
    try:
        _replace(
            files["csv"], lambda part: table.to_csv(part, index=False, encoding="utf-8-sig")
        )  # the mark is for Excel
        _replace(files["parquet"], lambda part: table.to_parquet(part, index=False))
        _replace(files["xlsx"], lambda part: _write_workbook(part, table, about))
    except OSError as problem:
        raise OutputError(f"{study.parent}: summaries cannot be written ({problem})") from problem
    return files


def _subject(name: str, group: str | None) -> str:
    if group is not None:
        return _GROUP_SUBJECTS[group]
    return next((subject for subject, names in SUBJECTS.items() if name in names), "other")


def _has_draws(variable: xr.DataArray) -> bool:
    return any(dim in variable.dims for dim in results.DRAWS) and np.issubdtype(variable.dtype, np.number)


def _table_of(variable: xr.DataArray, subject: str, name: str) -> pd.DataFrame:
    statistics = results.order_statistics(variable, LEVELS).assign_coords(level=_STATISTICS)
    number = int(np.prod([variable.sizes[dim] for dim in results.DRAWS if dim in variable.dims]))
    rows = statistics.rename("value").reset_coords(drop=True).to_series().unstack("level")[_STATISTICS]
    table = rows.reset_index() if rows.index.names != [None] else rows
    return table.assign(subject=subject, variable=name, unit=str(variable.attrs.get("units", "")), values=number)


def _about(study: xr.Dataset) -> pd.DataFrame:
    """The attributes, and what each variable means. Whole scenario texts stay in the study."""
    short = {name: str(value) for name, value in study.attrs.items() if "\n" not in str(value)}
    attributes = [(name, value, "") for name, value in short.items()]
    meanings = [
        (str(name), str(variable.attrs.get("long_name", "")), str(variable.attrs.get("units", "")))
        for name, variable in study.data_vars.items()
    ]
    columns = ["name", "value or meaning", "unit"]
    return pd.DataFrame(attributes + meanings, columns=columns)


def _write_workbook(path: Path, table: pd.DataFrame, about: pd.DataFrame) -> None:
    with pd.ExcelWriter(path, engine="openpyxl") as workbook:
        about.to_excel(workbook, sheet_name="about", index=False)
        for subject in dict.fromkeys([*SUBJECTS, *table["subject"]]):
            sheet = table[table["subject"] == subject].drop(columns="subject").dropna(axis="columns", how="all")
            if len(sheet):
                sheet.to_excel(workbook, sheet_name=subject, index=False)
        for worksheet in workbook.sheets.values():
            _lay_out(worksheet)


def _lay_out(sheet: Worksheet) -> None:
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    for number, column in enumerate(sheet.iter_cols(max_row=min(sheet.max_row, 200)), 1):
        width = max(len(str(cell.value)) if cell.value is not None else 0 for cell in column)
        sheet.column_dimensions[get_column_letter(number)].width = min(max(width + 2, 9), 60)
        column[0].font = Font(bold=True)
        column[0].alignment = Alignment(horizontal="left")


def _replace(path: Path, write: Callable[[Path], object]) -> None:
    """Writes beside the final name and renames, so that a whole file stands there or none."""
    part = path.with_name(f".{path.stem}.part{path.suffix}")
    try:
        write(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
