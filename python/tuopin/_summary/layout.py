"""What a summary is made of (headings, tables, notes), and how it is laid out for a width in columns.

rich draws the tables: it knows that a Chinese character takes two columns, and what a terminal can show. A table that
is too wide goes on below, with its first columns again; numbers are never broken.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from rich.box import Box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as Drawn
from rich.text import Text

from tuopin import _core

#: A rule below the head, and where a row asks for one; nothing else.
_RULES = Box("    \n    \n ── \n    \n ── \n ── \n    \n    \n")
_GAP, _NARROW_GAP = 2, 1
_LEAST_WRAPPED = 20


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Note:
    """A paragraph below a table; ``lead`` begins its first line, the others are indented as far."""

    text: str
    lead: str = "  "


@dataclass(frozen=True)
class Column:
    heading: str
    align: Literal["left", "right"] = "right"
    widest: int = 0  # longer cells are wrapped; 0: never
    key: bool = False  # stands again where the table goes on below


Row = Sequence[str]


@dataclass(frozen=True)
class Table:
    """Parts under headings of their own, with the same columns and widths. Cells may have lines; an empty row is a
    rule."""

    columns: Sequence[Column]
    parts: Sequence[tuple[str, Sequence[Row]]]

    @classmethod
    def of(cls, columns: Sequence[Column], rows: Sequence[Row]) -> Table:
        return cls(columns, [("", rows)])

    def least_width(self) -> int:
        """Columns that it takes side by side."""
        return sum(_widths(self, 10**6)) + _NARROW_GAP * (len(self.columns) - 1)

    def without_empty_columns(self) -> Table | None:
        """Columns without a word in any part are left out; None where only keys are left."""
        shown = [c for c, column in enumerate(self.columns)
                 if column.key or any(row[c] for _, rows in self.parts for row in rows if row)]  # fmt: skip
        if all(self.columns[c].key for c in shown):
            return None
        parts = [(title, [[row[c] for c in shown] if row else [] for row in rows]) for title, rows in self.parts]
        return Table([self.columns[c] for c in shown], parts)


Block = Heading | Note | Table


@dataclass
class _Sheet:
    console: Console
    width: int
    indent: int = field(default=2)

    def heading(self, text: str) -> None:
        self.console.print()
        for line in _core.wrapped(text, self.width):
            self.console.print(Text(line, style="bold"))

    def note(self, note: Note) -> None:
        lead = note.lead
        for line in _core.wrapped(note.text, max(10, self.width - cell_len(lead))):
            self.console.print(Text(lead + line))
            lead = " " * cell_len(lead)

    def table(self, table: Table) -> None:
        widths = _widths(table, self.width)
        groups = _groups(table.columns, widths, self.width)
        for title, rows in table.parts:
            if title:
                self.heading(title)
            for number, (gap, shown) in enumerate(groups):
                if number:
                    self.console.print()
                self._draw(table.columns, rows, widths, shown, gap)

    def _draw(
        self, columns: Sequence[Column], rows: Sequence[Row], widths: list[int], shown: list[int], gap: int
    ) -> None:
        drawn = Drawn(box=_RULES, show_edge=False, pad_edge=False, padding=(0, 0, 0, gap - 1), header_style="bold")
        for c in shown:
            column = columns[c]
            wraps = column.widest > 0
            drawn.add_column(
                Text(column.heading), justify=column.align, width=widths[c], no_wrap=not wraps, overflow="fold"
            )
        for row in _said_here(columns, rows, shown):
            if not row:
                drawn.add_section()
                continue
            drawn.add_row(*(_cell(row[c], widths[c] if columns[c].widest else 0) for c in shown))
        self.console.print(drawn)


def _said_here(columns: Sequence[Column], rows: Sequence[Row], shown: list[int]) -> list[Row]:
    """Rows without those that say something in other columns only, and without a rule behind which nothing stands."""

    def says(row: Row, among: Iterable[int]) -> bool:
        return any(row[c] for c in among if not columns[c].key)

    kept = [row for row in rows if not row or says(row, shown) or not says(row, range(len(columns)))]
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _cell(text: str, width: int) -> Text:
    """``width``: of a column that wraps; an indented line goes on indented."""
    lines = []
    for line in text.split("\n"):
        indent = " " * _indent(line)
        lines += [indent + part for part in _core.wrapped(line, width - len(indent))] if width else [line]
    return Text("\n".join(lines))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _width_of(text: str) -> int:
    return max(cell_len(line) for line in text.split("\n"))


def _cells(table: Table, column: int) -> list[str]:
    return [row[column] for _, rows in table.parts for row in rows if row]


def _widths(table: Table, width: int) -> list[int]:
    """Widths of the columns; where all do not fit, those that wrap give way, as far as their words allow."""
    found = []
    for c, column in enumerate(table.columns):
        wanted = max(map(_width_of, _cells(table, c)), default=0)
        found.append(max(_width_of(column.heading), min(wanted, column.widest) if column.widest else wanted))
    missing = sum(found) + _GAP * (len(found) - 1) - width
    for c, column in enumerate(table.columns):
        if column.widest and missing > 0:
            lines = [line for cell in _cells(table, c) for line in cell.split("\n")]
            words = [_indent(line) + cell_len(part) for line in lines for part in _core.wrapped(line, 1)]
            least = max(_width_of(column.heading), _LEAST_WRAPPED, *words)
            less = min(missing, max(0, found[c] - least))
            found[c], missing = found[c] - less, missing - less
    return found


def _groups(columns: Sequence[Column], widths: list[int], width: int) -> list[tuple[int, list[int]]]:
    """Columns that stand side by side, each group with the gap between them: all at once where they fit."""
    everything = list(range(len(columns)))
    for gap in (_GAP, _NARROW_GAP):
        if sum(widths) + gap * (len(columns) - 1) <= width:
            return [(gap, everything)]
    keys = [c for c in everything if columns[c].key]
    groups: list[list[int]] = []
    used = width + 1
    for c in everything:
        if columns[c].key:
            continue
        if used + _GAP + widths[c] > width:
            groups.append([*keys])
            used = sum(widths[k] for k in keys) + _GAP * (len(keys) - 1)
        groups[-1].append(c)
        used += _GAP + widths[c]
    return [(_GAP, group) for group in groups]


def laid_out(blocks: Iterable[Block], width: int, styled: bool) -> str:
    """The text, with bold headings where ``styled``; no line ends in a space."""
    file = io.StringIO()
    console = Console(
        file=file, width=max(width, 200), color_system="standard" if styled else None, force_terminal=styled,
        no_color=True, highlight=False, markup=False, emoji=False, soft_wrap=False, legacy_windows=False, _environ={},
    )  # fmt: skip
    sheet = _Sheet(console, width)
    for block in blocks:
        if isinstance(block, Heading):
            sheet.heading(block.text)
        elif isinstance(block, Note):
            sheet.note(block)
        else:
            sheet.table(block)
    return "\n".join(line.rstrip() for line in file.getvalue().lstrip("\n").split("\n"))
