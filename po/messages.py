"""Finds every message in the sources, C++ and Python: the first argument of message(…), msgid(…) in C++, of say(…) and
msgid(…) in Python; and the reasons in the shipped scenarios."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON_MARKS = {"say", "msgid"}

_COMMENT_OR_TEXT = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)
    | R"(?P<tag>[^(\s]*)\((?P<raw>.*?)\)(?P=tag)"
    | (?P<text>"(?:\\.|[^"\\\n])*")
    | (?P<character>(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+')
    """,
    re.S | re.X,
)
_MARK = re.compile(r"\b(?:message|msgid)\(\s*$")
_ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "r": "\r", "'": "'"}


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", lambda m: _ESCAPES.get(m[1], m[0]), text)


def in_cpp(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of each literal that opens a call of message or msgid, with those that follow it directly."""
    end, parts, line = 0, None, 0
    for found in _COMMENT_OR_TEXT.finditer(source):
        before, end = source[end : found.start()], found.end()
        if found["comment"]:
            source = source[: found.start()] + " " * len(found[0]) + source[end:]
            continue
        literal = found["text"] is not None or found["raw"] is not None
        value = _plain(found["text"][1:-1]) if found["text"] else found["raw"]
        if parts is not None and literal and not before.strip():
            parts.append(value)
            continue
        if parts is not None:
            yield line, "".join(parts)
            parts = None
        if literal and _MARK.search(source[: found.start()][-200:]):
            parts, line = [value], source.count("\n", 0, found.start()) + 1
    if parts is not None:
        yield line, "".join(parts)


def in_python(source: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or len(node.args) != 1:
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        first = node.args[0]
        if name in PYTHON_MARKS and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.lineno, first.value


_SAID = re.compile(  # the first text of a call, and every text of a row of the help but its head
    r'(?:\b(?:in_words|say|fail|skip|part|setup_system|setup_extra \w+|step (?:[\w-]+|"[^"]*"))|\boutcome=) ?'
    r'"((?:[^"\\$]|\\.)+)"'
)


def in_run(source: str) -> Iterator[tuple[int, str]]:
    """What the script ./run says (po/words.sh)."""
    for call in re.finditer(r'^ *about ((?:"[^"]*"|\\\n|\s)+)$', source, re.M):
        line = source.count("\n", 0, call.start()) + 1
        yield from ((line, text) for text in re.findall(r'"([^"]*)"', call[1])[1:])
    for call in _SAID.finditer(source):
        yield source.count("\n", 0, call.start()) + 1, re.sub(r"\\(.)", r"\1", call[1])


def found() -> Iterator[tuple[str, str]]:
    """Place in the sources and text of every message."""
    for room in ("engine", "models", "python"):
        for path in sorted((ROOT / room).rglob("*")):
            if path.suffix not in (".cpp", ".hpp", ".py"):
                continue
            source = path.read_text(encoding="utf-8")
            for line, text in in_python(source) if path.suffix == ".py" else in_cpp(source):
                yield f"{path.relative_to(ROOT).as_posix()}:{line}", text
    for line, text in in_run((ROOT / "run").read_text(encoding="utf-8")):
        yield f"run:{line}", text
    yield from of_scenarios()


def of_scenarios() -> Iterator[tuple[str, str]]:
    """Reasons that the shipped scenarios and regions give: why a part is left out, why a target is not counted."""
    for path in sorted((ROOT / "scenarios").rglob("*.toml")):
        for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if written := re.match(r'reason *= *"(.*)"', text):
                yield f"{path.relative_to(ROOT).as_posix()}:{line}", _plain(written[1])
    for path in sorted((ROOT / "scenarios").rglob("targets.csv")):
        with path.open(encoding="utf-8", newline="") as table:
            for row in csv.DictReader(table):
                yield path.relative_to(ROOT).as_posix(), row["reason"].strip()


def used() -> set[str]:
    return {text for _, text in found() if text}


_PLACE = re.compile(r"\{\{|\}\}|\{(\w*)\}")


def places(text: str) -> list[str]:
    """Names of the places of a message, sorted: {} are numbered as they come."""
    names, count = [], 0
    for match in _PLACE.finditer(text):
        if match[1] is None:
            continue
        names.append(match[1] or str(count))
        count += not match[1]
    return sorted(names)
