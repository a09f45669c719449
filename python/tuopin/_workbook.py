"""Writes the workbook row by row: texts are kept as text, numbers as numbers, within Excel's limits on sheets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

#: Limits of a sheet, and of the text in a cell.
ROWS, COLUMNS, CHARACTERS = 1_048_576, 16_384, 32_767

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # what Excel would read as the number of a character
_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "#")
BOLD, TITLE, QUIET = Font(bold=True), Font(bold=True, size=14), Font(color="FF61676E")


@dataclass
class Sheet:
    """A table, or rows of cells where ``table`` is None."""

    name: str
    table: pd.DataFrame | None = None
    rows: list[list[Any]] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Cell:
    """A cell of the first sheet with its look."""

    value: Any
    font: Font | None = None
    number_format: str | None = None
    right: bool = False
    wrap: bool = False


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


def plain_text(value: Any) -> str:
    """A text that Excel can store: control characters made visible, escape sequences avoided, length limited."""
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
    sheet.append([_styled(sheet, Cell(str(column), BOLD)) for column in table.columns])
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
    if cell.right or cell.wrap:
        made.alignment = Alignment(horizontal="right" if cell.right else None, wrap_text=cell.wrap, vertical="top")
    return made


def _free_name(name: str, taken: set[str]) -> str:
    """A valid and unique sheet name: at most 31 characters, without : \\ / ? * [ ]."""
    legal = re.sub(r"[:\\/?*\[\]]", "_", plain_text(name)).strip("'") or "sheet"
    found, number = legal[:31], 2
    while found.lower() in taken:
        found, number = f"{legal[:28]} {number}", number + 1
    taken.add(found.lower())
    return found
