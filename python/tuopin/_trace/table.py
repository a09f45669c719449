"""The table ``trace.csv`` of a region: its columns, and what a row must and must not say."""

from __future__ import annotations

import difflib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tuopin._language import Language, msgid, say
from tuopin._tables import near_column, problems_of_names, refuse, rows_of, uneven
from tuopin.errors import DataError

TABLE = "trace.csv"

#: What can stand for a row. The first four name a file and a key, the others a reason.
STATUSES = {
    "programme": msgid("programme"),
    "rule": msgid("rule"),
    "money": msgid("money"),
    "target": msgid("target"),
    "context": msgid("context"),
    "not yet": msgid("not yet"),
}
WITH_PLACE = ("programme", "rule", "money", "target")
_NEEDED = ("id", "section", "about", "phrase", "meaning", "stands_for", "file", "key", "value", "reason")
_IN_CHINESE = ("about_zh", "reason_zh")  # may be missing: the English words stand in for them
_KNOWN = {*_NEEDED, *_IN_CHINESE}


@dataclass(frozen=True)
class Row:
    id: str
    section: str
    about: str  # what the section, or a part of it, is about
    about_zh: str
    phrase: str
    meaning: str
    stands_for: str
    file: str
    key: str
    value: str  # the document's number, where the key holds the same
    reason: str
    reason_zh: str
    line: int

    def why(self, lang: Language) -> str:
        return (self.reason_zh if lang == "zh" else "") or self.reason

    def part(self, lang: Language) -> str:
        return f"{self.section} {(self.about_zh if lang == 'zh' else '') or self.about}"


def table_of(folder: Path) -> Path:
    """The table of a folder; the table itself may be named, too."""
    path = folder if folder.name == TABLE else folder / TABLE
    if path.is_file():
        return path
    if folder.is_dir():
        raise DataError(say("{folder}: has no {table}, the trace of a policy document", folder=folder, table=TABLE))
    if folder.exists():
        raise DataError(say("{path}: is no folder; name the one that holds {table}", path=folder, table=TABLE))
    raise DataError(
        say("{path}: no such folder; name the one that holds {table} with --scenario", path=folder, table=TABLE)
    )


def read_trace(path: Path) -> list[Row]:
    """All rows; every fault of the table is named with its line."""
    lines = rows_of(path)
    if not lines:
        raise DataError(say("{path}: is empty, expected the columns {names}", path=path, names=", ".join(_NEEDED)))
    header = lines[0][1]
    problems = [say("there is no column {name}", name=name) + near_column(name, header)
                for name in _NEEDED if name not in header]  # fmt: skip
    refuse([f"{path}:{lines[0][0]}: {text}" for text in problems + problems_of_names(header, _KNOWN)])
    wrong, found, seen = [], [], dict[str, int]()
    for number, cells in lines[1:]:
        if text := uneven(path, number, cells, header):
            wrong.append(text)
            continue
        named = dict(zip(header, cells, strict=True))
        wrong += [f"{path}:{number}: {text}" for text in _problems_of_row(named, seen)]
        seen.setdefault(named["id"], number)
        found.append(Row(line=number, **{**dict.fromkeys(_IN_CHINESE, ""), **named}))
    if not found and not wrong:
        wrong = [say("{path}: has a header and no rows", path=path)]
    refuse(wrong)
    return found


def _problems_of_row(row: Mapping[str, str], seen: Mapping[str, int]) -> list[str]:
    problems = [
        say("{name} is empty", name=name) for name in ("id", "section", "about", "phrase", "meaning") if not row[name]
    ]
    if row["id"] in seen:
        problems.append(say("the id {id} stands in line {line} already", id=row["id"], line=seen[row["id"]]))
    status = row["stands_for"]
    if status not in STATUSES:
        near = difflib.get_close_matches(status, STATUSES, 1)
        text = say("stands_for is {given}, expected one of {names}", given=repr(status), names=", ".join(STATUSES))
        return [*problems, text + (say("; did you mean {near}?", near=near[0]) if near else "")]
    if status in WITH_PLACE:
        problems += [say("{status} needs a {name}", status=status, name=name)
                     for name in ("file", "key") if not row[name]]  # fmt: skip
    else:
        problems += [say("{status} needs a reason", status=status)] if not row["reason"] else []
        problems += [say("{status} has no {name}: nothing stands for the row", status=status, name=name)
                     for name in ("file", "key", "value") if row[name]]  # fmt: skip
    if row["value"] and number_in(row["value"]) is None:
        problems.append(say("value is {row}, expected a number", row=repr(row["value"])))
    return problems


def number_in(text: object) -> float | None:
    """A finite number, or nothing."""
    try:
        found = float(str(text))
    except ValueError:
        return None
    return found if math.isfinite(found) and "_" not in str(text) else None
