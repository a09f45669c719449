"""The workbook of ``tuopin assumptions``: a sheet to read, and a table for each part."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from tuopin._assumptions.numbers import KINDS, Number, drawn_numbers, folder_of
from tuopin._assumptions.one_by_one import Moves
from tuopin._assumptions.page import group_name, opening
from tuopin._assumptions.report import Report, without_range
from tuopin._assumptions.shares import Shares
from tuopin._language import Language, Translator, translator
from tuopin._workbook import BOLD, QUIET, TITLE, Cell, Sheet, write_workbook


def write_book(path: Path, report: Report, lang: Language, notes: list[str]) -> None:
    """``notes``: those of the page."""
    say = translator(lang)
    sheets = [_numbers(report, lang, say), _without_range(report, lang, say)]
    if report.shares is not None:
        sheets.append(Sheet(say("groups"), _shares(report.shares, say)))
    for name, moves in ((say("largest"), report.moves), (say("one by one"), report.first_look)):
        if moves is not None:
            sheets.append(Sheet(name, _moves(report, moves, lang, say)))
    rows: list[list[Any]] = [[Cell(say("Assumptions of {study}", study=report.study), TITLE)]]
    rows += [[Cell(text)] for text in opening(report, lang, say)]
    rows += [[], *([Cell(note, QUIET)] for note in notes), [], [Cell(say("Sheets"), BOLD)]]
    rows += [[Cell(sheet.name)] for sheet in sheets]
    write_workbook(path, [Sheet(say("assumptions"), rows=rows, widths=[110]), *sheets])


def _table(columns: list[str], rows: Iterable[list[Any]]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=columns)


def _numbers(report: Report, lang: Language, say: Translator) -> Sheet:
    columns = [say("number"), say("kind"), say("group"), say("value"), say("low"), say("high"), say("unit"),
               say("status"), say("grade"), say("source"), say("where"), say("who would know"),
               say("read by")]  # fmt: skip
    folder = folder_of(report.numbers)
    rows = []
    for n in report.numbers:
        low, high = (n.low, n.high) if n.has_range else (None, None)
        rows.append([n.label, say(KINDS[n.kind]), group_name(n.group, say), n.value, low, high, n.unit_in(lang),
                     _status(n, say), n.grade, n.source, n.place(folder), n.office(lang),
                     say(", ").join(n.scenarios)])  # fmt: skip
    return Sheet(say("numbers"), _table(columns, rows))


def _status(number: Number, say: Translator) -> str:
    return say("default") if number.by_default else say(number.status)


def _without_range(report: Report, lang: Language, say: Translator) -> Sheet:
    columns = [say("number"), say("rows"), say("value"), say("unit"), say("status"), say("where")]
    folder = folder_of(report.numbers)
    rows = [[n.label, count, n.value if count == 1 else None, n.unit_in(lang), _status(n, say), n.place(folder)]
            for n, count in without_range(report.numbers)]  # fmt: skip
    return Sheet(say("without a range"), _table(columns, rows))


def _shares(shares: Shares, say: Translator) -> pd.DataFrame:
    columns = [say("group"), say("numbers"), say("alone: share of variance"), say("standard error"),
               say("with others: share of variance"), f"{say('standard error')} ", say("only together"),
               f"{say('standard error')}  "]  # fmt: skip
    rows = [[group_name(s.group, say), s.numbers, s.first.value, s.first.error, s.total.value, s.total.error,
             s.together.value, s.together.error] for s in shares.groups]  # fmt: skip
    return _table(columns, rows)


def _moves(report: Report, moves: Moves, lang: Language, say: Translator) -> pd.DataFrame:
    by_name, folder = drawn_numbers(report.numbers), folder_of(report.numbers)
    columns = [say("number"), say("group"), say("value"), say("low"), say("high"), say("unit"), say("grade"),
               say("result at low"), say("result at high"), say("standard error"), say("change"),
               say("standard error of the change"), say("where"), say("who would know"), say("source")]  # fmt: skip
    rows = []
    for move in moves.numbers:
        n = by_name[move.name]
        rows.append([n.label, group_name(n.group, say), n.value, n.low, n.high, n.unit_in(lang), n.grade, move.low,
                     move.high, moves.error, move.swing, move.swing_error, n.place(folder), n.office(lang),
                     n.source])  # fmt: skip
    return _table(columns, rows)
