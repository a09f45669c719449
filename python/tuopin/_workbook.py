"""The workbook: a first sheet to read, then the tables. Text stays text, and no sheet is larger than Excel's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from tuopin._effects import Row, Spread, Study, closing_rows, interval_words
from tuopin._language import Language, preview_words, scenario_titles
from tuopin._warnings import decimals, study_warnings

#: Limits of a sheet, and of the text in a cell.
ROWS, COLUMNS, CHARACTERS = 1_048_576, 16_384, 32_767

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # what Excel would read as the number of a character
_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "#")
_BOLD, _TITLE, _QUIET = Font(bold=True), Font(bold=True, size=14), Font(color="FF61676E")


@dataclass
class Sheet:
    """A table, or rows of cells where ``table`` is None."""

    name: str
    table: pd.DataFrame | None = None
    rows: list[list[Any]] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)

    def note(self, text: str) -> None:
        assert self.table is not None
        self.table.loc[len(self.table)] = ["note", text, ""]


@dataclass(frozen=True)
class Cell:
    """A cell of the first sheet with its look."""

    value: Any
    font: Font | None = None
    number_format: str | None = None
    right: bool = False


def write_workbook(path: Path, sheets: Iterable[Sheet]) -> None:
    """Writes row by row, so that memory does not grow with the sheets."""
    book = Workbook(write_only=True)
    taken: set[str] = set()
    for sheet in sheets:
        if sheet.table is None:
            _write_rows(book, _free_name(sheet.name, taken), sheet)
            continue
        table = sheet.table.iloc[:, :COLUMNS]
        for part, begin in enumerate(range(0, max(len(table), 1), ROWS - 1)):
            name = _free_name(sheet.name if part == 0 else f"{sheet.name} {part + 1}", taken)
            _write_table(book, name, table.iloc[begin : begin + ROWS - 1])
    book.save(path)


def about_sheet(study: xr.Dataset) -> Sheet:
    """The attributes, and what each variable means. Whole scenario texts stay in the study."""
    short = {str(name): str(value) for name, value in study.attrs.items() if "\n" not in str(value)}
    attributes = [(name, value, "") for name, value in short.items()]
    meanings = [
        (str(name), str(variable.attrs.get("long_name", "")), str(variable.attrs.get("units", "")))
        for name, variable in study.data_vars.items()
    ]
    return Sheet("about", pd.DataFrame(attributes + meanings, columns=["name", "value or meaning", "unit"]))


# ------------------------------------------------------------------------------------------------ the first sheet


def summary_sheet(study: Study, lang: Language, file: str, notes: list[str]) -> Sheet:
    """Title, region, scenarios, what was simulated, the closing table, how sure it is, and warnings."""

    def say(en: str, zh: str) -> str:
        return zh if lang == "zh" else en

    root = study.root
    titles = scenario_titles(root, lang)
    names = [str(name) for name in root["scenario"].values]
    titles = [title if title == name else f"{title} [{name}]" for title, name in zip(titles, names, strict=True)]
    years = [int(year) for year in root["year"].values]
    rows: list[list[Any]] = [
        [Cell(say("What the plan changes", "规划带来的变化") + preview_words(root, lang), _TITLE)],
        [Cell(_region(root, lang), _BOLD)],
        [],
    ]
    for number, title in enumerate(titles, 1):
        role = say("without the plan", "无规划") if number == 1 and len(titles) > 1 else ""
        rows.append(
            [
                Cell(say("scenario", "方案") + f" ({number})", _QUIET),
                Cell(title),
                *([Cell(role, _QUIET)] if role else []),
            ]
        )
    rows += [[Cell(label, _QUIET), Cell(text)] for label, text in _simulated(study, lang, years, file)]
    for scenario in range(1, len(names)) if len(names) > 1 else [0]:
        rows += [[], [Cell(titles[scenario] + preview_words(root, lang), _BOLD)], _header(lang, scenario, years, study)]
        rows += [_closing(row, scenario, lang) for row in closing_rows(study, scenario, lang)]
    rows += [[], [Cell(say("How sure", "把握程度"), _BOLD)], [Cell(interval_words(study, lang))]]
    warnings = study_warnings(study, lang) + notes
    rows += [[], [Cell(say("Warnings", "提示"), _BOLD)]]
    rows += [[Cell(text)] for text in warnings or [say("none", "无")]]
    return Sheet("summary" if lang == "en" else "摘要", rows=rows, widths=[44, 18, 13, 22, 13, 22, 13, 22, 26])


def _region(root: xr.Dataset, lang: Language) -> str:
    names = [str(root.attrs.get(key, "")) for key in (("region_zh", "region") if lang == "zh" else ("region",))]
    return next((name for name in names if name), "")


def _simulated(study: Study, lang: Language, years: list[int], file: str) -> list[tuple[str, str]]:
    root = study.root
    draws, replicates = root.sizes.get("draw", 1), root.sizes.get("replicate", 1)
    persons = study.by_world("persons", 0, year=0)
    people = float(np.nanmedian(persons)) if np.isfinite(persons).any() else float(root.attrs.get("persons", 0))
    sample = float(root.attrs.get("sample", 1))
    zh = lang == "zh"
    found = [
        ("年份" if zh else "years", f"{years[0]}–{years[-1]}"),
        ("人口" if zh else "persons", f"{people:,.0f}" + ("（合成人口，非调查数据）" if zh else " (synthetic, not a survey)")),
        ("世界数" if zh else "worlds", f"{study.worlds} = {draws} × {replicates} "
         + ("（参数抽样 × 随机重复），各方案的运气相同" if zh else "(parameter draws × replicates), each lived in every scenario")),
    ]  # fmt: skip
    if sample < 1:
        found.append(("样本" if zh else "sample", f"{100 * sample:g}%" + ("的村；下列均为样本数" if zh else " of the villages; "
                      "all figures are of the sample")))  # fmt: skip
    if preview_words(root, lang):
        found.append(("预览" if zh else "preview", str(root.attrs["preview"])))
    version = root.attrs.get("tuopin_version", "?")
    return [
        *found,
        (
            "来源" if zh else "source",
            f"{file}, tuopin {version}, " + ("种子" if zh else "seed") + f" {root.attrs.get('seed', '?')}",
        ),
    ]


def _header(lang: Language, scenario: int, years: list[int], study: Study) -> list[Cell]:
    zh = lang == "zh"
    interval = "90%区间" if zh else "90% interval"
    at = (
        f"{years[-1]}年末；金额为{years[0]}–{years[-1]}年合计"
        if zh
        else f"end of {years[-1]}; money {years[0]}–{years[-1]}"
    )
    groups = (
        ["无规划", "有规划", "同样世界中的差异"]
        if zh
        else ["without the plan", "with it", "difference in the same worlds"]
    )
    shown = groups if scenario else ["中位数" if zh else "median"]
    cells = [Cell(at, _BOLD), Cell("单位" if zh else "unit", _BOLD)]
    for group in shown:
        cells += [Cell(group, _BOLD, right=True), Cell(interval if study.worlds > 1 else "", _BOLD, right=True)]
    return [*cells, Cell(("有多少世界更低" if zh else "lower in") if scenario and study.worlds > 1 else "", _BOLD)]


def _closing(row: Row, scenario: int, lang: Language) -> list[Cell]:
    cells = [Cell(row.label), Cell(row.scale.name, _QUIET)]
    parts = [row.without, row.with_it, row.difference] if scenario else [row.with_it]
    spreads = [Spread.of(values / row.scale.divisor) for values in parts]
    for number, spread in enumerate(spreads):
        same_kind = spreads[:2] if number < 2 else spreads[2:]
        largest = max((abs(v) for s in same_kind if s.known for v in (s.low, s.high)), default=0.0)
        places = 1 + number // 2 if row.is_rate else decimals(largest) if row.scale.divisor > 1 else 0
        if row.words and number == 2:
            cells += [Cell(row.words, right=True), Cell(None)]
        elif not spread.known:
            cells += [Cell(None), Cell(None)]
        else:
            form = "#,##0" + ("." + "0" * places if places else "")
            text = _interval(spread, places, lang) if spread.known > 1 and spread.low != spread.high else None
            cells += [
                Cell(spread.median if np.isfinite(spread.median) else None, None, form),
                Cell(text, _QUIET, right=True),
            ]
    if row.counts_worlds:
        lower, of = row.lower_in()
        cells.append(Cell(f"{of}个世界中的{lower}个" if lang == "zh" else f"{lower} of {of} worlds"))
    return cells


def _interval(spread: Spread, places: int, lang: Language) -> str:
    """A sign and a dash side by side cannot be read."""
    low, high = (f"{v:,.{places}f}" if np.isfinite(v) else "∞" for v in (spread.low, spread.high))
    return f"{low}–{high}" if spread.low >= 0 else f"{low}{'至' if lang == 'zh' else ' to '}{high}"


# ------------------------------------------------------------------------------------------------------ any sheet


def plain_text(value: Any) -> str:
    """As Excel can hold it: control characters as signs that are seen, none read as an escape, no more than fits."""
    text = _CONTROL.sub(lambda found: _seen(found[0]), str(value))
    text = _ESCAPE.sub("_x005F_", text)
    return text if len(text) <= CHARACTERS else text[: CHARACTERS - 1] + "…"


def _seen(sign: str) -> str:
    code = ord(sign)
    return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else "\N{REPLACEMENT CHARACTER}"


def _text_cell(sheet: Any, value: Any) -> Any:
    """Text that begins like a formula or an error is marked as text; nothing else needs a cell of its own."""
    text = plain_text(value)
    if not text.startswith(_LIKE_A_FORMULA):
        return text
    cell = WriteOnlyCell(sheet)
    cell._value, cell.data_type = text, "s"
    cell.quotePrefix = True
    return cell


def _plain_number(value: Any) -> Any:
    """None where not known; infinity as a word, since a sheet has no such number."""
    if value is None or value is pd.NA or (isinstance(value, float) and np.isnan(value)):
        return None
    if isinstance(value, float) and np.isinf(value):
        return "infinite" if value > 0 else "minus infinite"
    return value


def _write_table(book: Workbook, name: str, table: pd.DataFrame) -> None:
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for number, column in enumerate(table.columns, 1):
        seen = [str(value) for value in table[column].iloc[:200] if value is not None and value == value]
        width = max([len(str(column)), *map(len, seen)])
        sheet.column_dimensions[get_column_letter(number)].width = min(max(width + 2, 9), 60)
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(table.shape[1], 1))}{len(table) + 1}"
    sheet.append([_styled(sheet, Cell(str(column), _BOLD)) for column in table.columns])
    for row in zip(*(_cells(sheet, table[column]) for column in table.columns), strict=True):
        sheet.append(row)


def _cells(sheet: Any, column: pd.Series[Any]) -> Iterator[Any]:
    if pd.api.types.is_bool_dtype(column.dtype):
        column = column.astype(np.int8)  # a sheet would show TRUE
    if pd.api.types.is_numeric_dtype(column.dtype):
        return (_plain_number(value) for value in column.tolist())
    known: dict[Any, Any] = {}

    def cell_of(value: Any) -> Any:
        if value is None or value != value:
            return None
        if isinstance(value, (bool, int, float)):
            return _plain_number(int(value) if isinstance(value, bool) else value)
        if value not in known:
            known[value] = _text_cell(sheet, value)
        return known[value]

    return (cell_of(value) for value in column.tolist())


def _write_rows(book: Workbook, name: str, sheet: Sheet) -> None:
    target = book.create_sheet(name)
    for number, width in enumerate(sheet.widths, 1):
        target.column_dimensions[get_column_letter(number)].width = width
    for row in sheet.rows:
        target.append([_styled(target, cell) for cell in row])


def _styled(sheet: Any, cell: Cell) -> Any:
    value = cell.value
    made = _text_cell(sheet, value) if isinstance(value, str) else _plain_number(value)
    if not isinstance(made, SheetCell):
        made = WriteOnlyCell(sheet, made)
    if cell.font is not None:
        made.font = cell.font
    if cell.number_format is not None:
        made.number_format = cell.number_format
    if cell.right:
        made.alignment = Alignment(horizontal="right", wrap_text=False)
    return made


def _free_name(name: str, taken: set[str]) -> str:
    """A legal name that no other sheet has: 31 characters without : \\ / ? * [ ]."""
    legal = re.sub(r"[:\\/?*\[\]]", "_", plain_text(name)).strip("'") or "sheet"
    found, number = legal[:31], 2
    while found.lower() in taken:
        found, number = f"{legal[:28]} {number}", number + 1
    taken.add(found.lower())
    return found
