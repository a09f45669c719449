"""Tables for the spreadsheet: CSV, Parquet and Excel beside a study file or a panel."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr

from tuopin import results
from tuopin._about_sheet import about_sheet
from tuopin._files import beside_study, check_output, write_together
from tuopin._findings import Study
from tuopin._first_sheet import summary_sheet
from tuopin._language import Language, checked_language, msgid, translator
from tuopin._names import Names
from tuopin._targets_sheet import targets_sheet
from tuopin._workbook import Sheet, write_workbook
from tuopin.panels import open_panel

__all__ = ["summary_table", "write_summaries"]

LEVELS = (0.05, 0.5, 0.95)
_STATISTICS = ["low", "median", "high"]
_PLACES = ["place", "place_name", "place_name_zh"]
_KEYS = ["scenario", "year", *_PLACES, "line", "income", "standard", "programme", "batch", "fund", "purpose",
         "parameter", "line_name", "margin"]  # fmt: skip
_COLUMNS = ["subject", "variable", *_KEYS, "unit", *_STATISTICS, "values"]

#: Sheet of the workbook ← names of the variables, in the order of the report.
SUBJECTS: dict[str, tuple[str, ...]] = {
    "poverty": ("poverty_rate", "poverty_gap", "poverty_gap_squared", "watts", "sen_shorrocks_thon"),
    "effect": ("out_of_poverty", "into_poverty", "fall_in_poverty"),
    "dynamics": (
        "true_exits", "true_exits_out_one_year", "true_exits_out_two_years", "fall_back_rate", "fall_back_true",
        "poor_none_of_three_years", "poor_one_or_two_of_three_years", "poor_all_three_years",
    ),
    "inequality": ("gini", "gini_error_bound", "theil", "mean_income", "persons"),
    "register": (
        "register_rate", "register_persons", "inclusion_error", "exclusion_error", "exits_gross", "entries",
        "fall_back_registered",
    ),
    "money": ("spending", "payments", "perfect_information_gap"),
}  # fmt: skip
#: What a sheet holds, for the list on the first one.
_MEANINGS = {
    "poverty": msgid("income poverty: rate, gap and other measures"),
    "effect": msgid("out of poverty and into poverty by the plan"),
    "dynamics": msgid("income poverty from year to year"),
    "inequality": msgid("incomes and how unequal they are"),
    "register": msgid("the poverty register and its errors"),
    "money": msgid("spending, and what perfect targeting would need"),
    "programmes": msgid("programmes: who was reached, and what was spent"),
    "batches": msgid("each batch left out in turn"),
    "ledger": msgid("money by fund, programme and purpose"),
    "draws": msgid("what was drawn: parameters, lines and margins"),
    "income_by_stream": msgid("income by stream"),
    "allowance": msgid("whom the old safety net and programmes that top up reach"),
    "land": msgid("land under plots of programmes"),
    "other": msgid("other figures"),
}
#: Names of sheets, which in English are the subjects; a group that is not named here is called as in the study.
_SHEETS = {
    "poverty": msgid("poverty"), "effect": msgid("effect"), "dynamics": msgid("dynamics"),
    "inequality": msgid("inequality"), "register": msgid("register"), "money": msgid("money"),
    "programmes": msgid("programmes"), "batches": msgid("batches"), "ledger": msgid("ledger"), "draws": msgid("draws"),
    "income_by_stream": msgid("income_by_stream"), "allowance": msgid("allowance"), "land": msgid("land"),
    "other": msgid("other"),
}  # fmt: skip
_TARGETS = msgid("the document's targets: what the model gives, or why one is not counted")
_ABOUT = msgid("what the study is, and what its figures mean")
_FIRST_GROUPS = ("programmes", "batches", "ledger", "draws")  # then any other group of figures, a sheet each
_NO_FIGURES = ("check", "observations", "targets")

#: Rows of a study in the workbook, at most: above, its sheets hold the whole region and no other place.
MOST_ROWS = 300_000


def summary_table(path: str | os.PathLike[str]) -> pd.DataFrame:
    """One row for each variable, scenario, year, place, line and income: median and 5% and 95% order statistics.

    The statistics run over parameter draws and replicates; ``values`` is their number. Rows that are not known (the
    exits that are still out two years later, in the last year) are kept and empty. Variables of groups are named
    "group/variable"; group "draws" holds what was drawn: parameters, lines, margins.
    """
    return _table_of_study(*results.open_with_groups(Path(path), _groups_of(Path(path))))


def _table_of_study(root: xr.Dataset, groups: dict[str, xr.Dataset]) -> pd.DataFrame:
    sources: list[tuple[str | None, xr.Dataset]] = [(None, root), *groups.items()]
    parts = [
        _table_of(variable, _subject(str(name), group), f"{group}/{name}" if group else str(name))
        for group, dataset in sources
        for name, variable in dataset.data_vars.items()
        if _has_draws(variable)
    ]
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=_COLUMNS)
    for names in _PLACES[1:]:
        if names in root and "place" in table:
            table[names] = table["place"].map(root[names].to_series())
    others = [column for column in table.columns if column not in _COLUMNS]
    return table.reindex(columns=[column for column in _COLUMNS if column in table.columns] + others)


def write_summaries(path: str | os.PathLike[str], *, force: bool = False, lang: Language = "en") -> dict[str, Path]:
    """Write ``NAME.csv``, ``NAME.parquet`` and ``NAME.xlsx`` beside ``NAME.h5``; return their paths by kind.

    Only a final ``.h5`` is taken off the study's name. All three are written or none; files that stand there already
    are replaced with ``force=True`` only, a study never. The first sheet of the workbook is a summary to read, in
    English ("en") or Chinese ("zh"). Of a panel the tables hold a row for each household, scenario and year.
    """
    lang = checked_language(lang)
    study = Path(path)
    files = {kind: beside_study(study, f".{kind}") for kind in ("csv", "parquet", "xlsx")}
    is_panel = results.is_panel(study)  # or no study: said before what stands where it would be written
    for file in files.values():  # before anything is computed
        check_output(file, force, [study])
    if is_panel:
        panel = open_panel(study)
        table = _panel_table(panel)
        sheets = _panel_sheets(panel, table, lang)
    else:
        root, groups = results.open_with_groups(study, _groups_of(study))
        table = _table_of_study(root, groups)
        targets = results.open(study, "targets") if "targets" in results.groups(study) else None
        sheets = _study_sheets(Study(root, groups), study.name, table, targets, lang)
    write_together(
        {
            # the mark is for Excel
            files["csv"]: lambda part: table.to_csv(part, index=False, encoding="utf-8-sig", errors="backslashreplace"),
            files["parquet"]: lambda part: table.to_parquet(part, index=False),
            files["xlsx"]: lambda part: write_workbook(part, sheets),
        },
        force,
        [study],
    )
    return files


def _groups_of(path: Path) -> list[str]:
    """The groups of figures, in the order of the report."""
    others = [name for name in results.groups(path) if name not in (*_FIRST_GROUPS, *_NO_FIGURES)]
    return [*_FIRST_GROUPS, *others]


def _subject(name: str, group: str | None) -> str:
    if group is not None:
        return group
    return next((subject for subject, names in SUBJECTS.items() if name in names), "other")


def _has_draws(variable: xr.DataArray) -> bool:
    return any(dim in variable.dims for dim in results.DRAWS) and np.issubdtype(variable.dtype, np.number)


def _table_of(variable: xr.DataArray, subject: str, name: str) -> pd.DataFrame:
    """Statistics of a variable, a row for each place in its other dimensions."""
    statistics = results.order_statistics(variable, LEVELS)
    number = int(np.prod([variable.sizes[dim] for dim in results.DRAWS if dim in variable.dims]))
    dims = [str(dim) for dim in statistics.dims[:-1]]
    labels = [
        pd.Index(statistics[dim].values if dim in statistics.coords else range(statistics.sizes[dim])) for dim in dims
    ]
    cells = statistics.values.reshape(-1, len(LEVELS))
    table = pd.DataFrame(cells, columns=_STATISTICS)
    if dims:
        at = np.unravel_index(np.arange(len(cells)), statistics.shape[:-1])
        for dim, index, label in zip(dims, at, labels, strict=True):
            table[dim] = label.take(index)
    return table.assign(subject=subject, variable=name, unit=str(variable.attrs.get("units", "")), values=number)


def _study_sheets(
    study: Study, file: str, table: pd.DataFrame, targets: xr.Dataset | None, lang: Language
) -> list[Sheet]:
    say, names = translator(lang), Names(study, lang)
    notes: list[str] = []
    sheets: list[tuple[Sheet, str]] = []
    for subject in dict.fromkeys([*SUBJECTS, *table["subject"]]):
        title = say(_SHEETS[subject]) if subject in _SHEETS else subject
        rows = table[table["subject"] == subject].drop(columns="subject").dropna(axis="columns", how="all")
        if len(table) > MOST_ROWS and "place" in rows:
            whole = rows["place"].isna() | (rows["place"] == str(study.root["place"].values[0]))
            left_out = int((~whole).sum())
            rows = rows[whole]
            if left_out:
                notes.append(say("Sheet “{subject}” holds the whole region: {rows} rows of its places stand in the CSV "
                                 "and Parquet files only.", subject=title, rows=f"{left_out:,}"))  # fmt: skip
        if len(rows):
            meaning = say(_MEANINGS[subject]) if subject in _MEANINGS else ""
            sheets.append((Sheet(title, names.beside(rows)), meaning))
    if targets is not None and targets.sizes.get("target"):
        sheets.append((targets_sheet(study, targets, say("targets"), lang), say(_TARGETS)))
    about = about_sheet(study.root, study.groups, lang)
    listed = [(about.name, say(_ABOUT)), *((sheet.name, meaning) for sheet, meaning in sheets)]
    return [summary_sheet(study, lang, file, notes, listed), about, *(sheet for sheet, _ in sheets)]


def _panel_table(panel: xr.Dataset) -> pd.DataFrame:
    flat = panel[list(panel.data_vars)].to_dataframe(dim_order=["scenario", "year", "household"])
    first = ["county", "weight", "households", "income_poor", "line", "true_income"]
    return flat.reset_index()[["scenario", "year", "household", *first, *(c for c in flat.columns if c not in first)]]


def _panel_sheets(panel: xr.Dataset, table: pd.DataFrame, lang: Language) -> list[Sheet]:
    say = translator(lang)
    shown = table.assign(income_poor=table["income_poor"].astype(np.int8))
    whole = len(shown) <= MOST_ROWS
    left_out = say("rows {first} to {last} stand in the CSV and Parquet files only", first=f"{MOST_ROWS + 1:,}",
                   last=f"{len(shown):,}")  # fmt: skip
    about = about_sheet(panel, {}, lang, [] if whole else [left_out])
    return [about, Sheet("panel", shown if whole else shown.iloc[:MOST_ROWS])]
