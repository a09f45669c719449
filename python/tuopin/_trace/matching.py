"""Which rows of a trace a phrase means."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from tuopin._language import say, translator
from tuopin._trace.table import STATUSES, Row
from tuopin.errors import UsageError

_CHINESE = re.compile("[\u4e00-\u9fff]")
_WORD = re.compile(r"[a-z]{3,}")


def matching(rows: Sequence[Row], phrase: str, path: Path) -> list[Row]:
    """Rows that hold the phrase in id, Chinese or English; or all of a section or a status that it names."""
    wanted = _plain(phrase)
    if not wanted:
        raise UsageError(say("the phrase is empty"))
    both = translator("en"), translator("zh")
    by_name = {_plain(in_words(text)): status for status, text in STATUSES.items() for in_words in both}
    found = [row for row in rows if f"{_plain(row.section)}.".startswith(f"{wanted}.")
             or by_name.get(wanted) == row.stands_for]  # fmt: skip
    found = found or [row for row in rows if any(wanted in _plain(text) for text in _searched(row))]
    if found:
        return found
    text = say("no row of {path} holds {phrase}", path=path, phrase=repr(phrase))
    near = _nearest(rows, wanted, [*by_name, *(row.section for row in rows)])
    raise UsageError(text + (say("; did you mean {near}?", near=near) if near else ""))


def _searched(row: Row) -> tuple[str, ...]:
    return row.id, row.about, row.about_zh, row.phrase, row.meaning


def _plain(text: str) -> str:
    """Without differences of case, width and spaces: what is typed with Chinese commas is found, too."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _nearest(rows: Sequence[Row], wanted: str, names: Sequence[str]) -> str:
    if _CHINESE.search(wanted):
        pairs = {wanted[at : at + 2] for at in range(len(wanted) - 1)}
        best = max(rows, key=lambda row: sum(pair in _plain(row.phrase) for pair in pairs))
        return f"{best.id} {best.phrase}" if any(pair in _plain(best.phrase) for pair in pairs) else ""
    words = {word for row in rows for word in _WORD.findall(_plain(f"{row.about} {row.meaning}"))}
    near = difflib.get_close_matches(wanted, [*names, *(row.id for row in rows)], 1, 0.7)
    near = near or difflib.get_close_matches(wanted.upper(), [row.id for row in rows], 1, 0.7)
    near = near or difflib.get_close_matches(wanted, sorted(words), 1, 0.7)
    return near[0] if near else ""
