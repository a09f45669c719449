"""``tuopin trace``: what stands in the program for each row of a policy document.

A region with a document has a table ``trace.csv``. Each row is a number, target, rule or mechanism of the document with
what stands for it: a file beside the table and a key in it, or the reason why nothing does. Nothing is shown that does
not exist: every file and key of the table is looked up first.
"""

from __future__ import annotations

from pathlib import Path

from tuopin._language import Language
from tuopin._summary.layout import laid_out
from tuopin._trace.matching import matching
from tuopin._trace.page import counts, found_rows
from tuopin._trace.places import Files, Place
from tuopin._trace.table import TABLE, Row, read_trace, table_of

__all__ = ["TABLE", "Files", "Place", "Row", "read_trace", "trace_text"]


def trace_text(folder: Path, phrase: str | None, lang: Language, width: int, styled: bool = False) -> str:
    """The rows that hold the phrase, with what stands for them; without a phrase, counts by section and status."""
    path = table_of(folder)
    rows = read_trace(path)
    places = Files(path).of(rows)
    if phrase is None:
        return laid_out(counts(path, rows, places, lang), width, styled)
    chosen = matching(rows, phrase, path)
    return laid_out(found_rows(path, rows, chosen, places, lang), width, styled)
