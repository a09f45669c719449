"""The pages of ``tuopin trace``: rows with what stands for them, and counts by section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.cells import cell_len

from tuopin._language import Language, Translator, translator
from tuopin._sentences import unit as unit_words
from tuopin._summary.layout import Block, Column, Heading, Note, Table
from tuopin._trace.places import Place
from tuopin._trace.table import STATUSES, WITH_PLACE, Row


def counts(path: Path, rows: Sequence[Row], places: Mapping[str, Place], lang: Language) -> list[Block]:
    """A row a section, or a part of it, and a column a status."""
    say = translator(lang)
    statuses = [Column(_heading(say(text))) for text in STATUSES.values()]
    columns = [Column(say("section"), "left", widest=32, key=True), *statuses, Column(say("all"))]
    parts = list(dict.fromkeys(row.part(lang) for row in rows))
    table = [_counted(part, [row for row in rows if row.part(lang) == part]) for part in parts]
    acting = sum(row.stands_for in WITH_PLACE for row in rows)
    return [
        Heading(say("What stands for the document: {path}", path=path)),
        Table.of(columns, [*table, [], _counted(say("all"), rows)]),
        Note(say("{acting} of {rows} rows have a file and a key that stand for them; all of these exist. Context: "
                 "nothing acts, and the table says why. Not yet: the table says what it would need. What stands for a "
                 "row may be narrower than its words: read its note.", acting=acting, rows=len(rows))),
        *(Note(text, "! ") for text in _differing(rows, places, say)),
        Note(say("Rows: tuopin trace PHRASE, by id, section, status, Chinese or English words.")),
    ]  # fmt: skip


def _heading(text: str) -> str:
    """Four Chinese characters stand in two lines, so that all columns fit a narrow page."""
    return f"{text[:2]}\n{text[2:]}" if len(text) == 4 and cell_len(text) == 8 else text


def _counted(name: str, rows: Sequence[Row]) -> list[str]:
    number = Counter(row.stands_for for row in rows)
    return [name, *(str(number[status] or "") for status in STATUSES), str(len(rows))]


def _differing(rows: Sequence[Row], places: Mapping[str, Place], say: Translator) -> list[str]:
    ids = [row.id for row in rows if row.id in places and not places[row.id].agrees(row)]
    if not ids:
        return []
    return [say("{count} numbers of the document stand otherwise in the files: {ids}", count=len(ids),
                ids=say(", ").join(ids))]  # fmt: skip


def found_rows(
    path: Path, rows: Sequence[Row], chosen: Sequence[Row], places: Mapping[str, Place], lang: Language
) -> list[Block]:
    say = translator(lang)
    blocks: list[Block] = []
    for row in chosen:
        blocks.append(Heading(f"{row.id} · {say(STATUSES[row.stands_for])} · {row.part(lang)}"))
        blocks.append(Note(row.phrase))
        if lang != "zh":
            blocks.append(Note(row.meaning))
        if place := places.get(row.id):
            title = place.title.get(lang, "")
            at = f"{row.file}:{place.line}"
            blocks.append(Note(say("{place} ({title})", place=at, title=title) if title else at, "  → "))
            blocks.append(Note(f"{row.key} = {_shown(place, row, say)}", "    "))
            if not place.agrees(row):
                blocks.append(Note(say("the document's number is {number}", number=_number(float(row.value))), "  ! "))
        if why := row.why(lang):
            blocks.append(Note(why, "  – "))
    total = say("{chosen} of {rows} rows of {path}", chosen=len(chosen), rows=len(rows), path=path)
    return [*blocks, Heading(total)]


def _shown(place: Place, row: Row, say: Translator) -> str:
    if years := place.by_year:
        text = say(", ").join(f"{year}: {_number(number)}" for year, number in years.items())
        if row.value and len(years) > 1:
            text += say("; together {number}", number=_number(sum(years.values())))
        return text
    unit = unit_words(place.unit, say)
    if isinstance(place.value, dict) and all(isinstance(child, dict) for child in place.value.values()):
        return say(", ").join(place.value)  # tables under a name each: funds, effects
    return f"{_words(place.value, say)} {unit}".rstrip()


def _words(value: Any, say: Translator) -> str:
    """A value in one line; of a table its keys, of a quantity its number and unit."""
    if isinstance(value, dict):
        if "value" in value:
            return f"{_words(value['value'], say)} {unit_words(str(value.get('unit', '')), say)}".rstrip()
        return say(", ").join(f"{key} {_words(child, say)}" for key, child in value.items()
                              if not isinstance(child, dict) or "value" in child)  # fmt: skip
    if isinstance(value, list):
        return say(", ").join(_words(child, say) for child in value)
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    try:
        return _number(float(value))
    except (TypeError, ValueError):
        return str(value)


def _number(value: float) -> str:
    return f"{value:,.12g}"
