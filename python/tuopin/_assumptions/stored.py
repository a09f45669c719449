"""Numbers as a study itself keeps them: the full text of its scenarios and programmes, without the region's tables."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from tuopin._assumptions.numbers import Number

_DEFAULT = "the default"  # the source of a number that stood in no file


def stored_numbers(attributes: Mapping[str, Any]) -> list[Number]:
    """Of all scenarios and programmes; a number that two texts give alike is listed once."""
    found: dict[tuple[Any, ...], Number] = {}
    for key in sorted(str(key) for key in attributes):
        kind, _, name = key.partition(":")
        if kind in ("scenario_text", "programme_text"):
            programme = kind == "programme_text"
            for number in _numbers_in(str(attributes[key]), f"{name}." if programme else "", programme, name):
                found.setdefault((number.name, number.value, number.low, number.high, number.source), number)
    return list(found.values())


def _numbers_in(text: str, prefix: str, programme: bool, name: str) -> list[Number]:
    lines = {key: value for key, _, value in (line.partition(" = ") for line in text.splitlines())}
    numbers = []
    for key, value in lines.items():
        table = _table(value)
        own = key.rpartition(".")[2]
        if own in ("by_year", "from_year"):  # what qualifies it stands beside it
            beside = key.removesuffix(own)
            table = {of: _value(lines[beside + of]) for of in _QUALIFIERS if beside + of in lines}
        elif not ({"value", "by_year", "from_year"} & table.keys() and "status" in table):
            continue
        numbers.append(_number(prefix + key, table, programme, name))
    return numbers


_QUALIFIERS = ("relative_range", "unit", "source", "grade", "status")


def _number(key: str, table: Mapping[str, Any], programme: bool, name: str) -> Number:
    factor = "value" not in table
    value = 1.0 if factor else float(table["value"])
    low, high = table.get("relative_range" if factor else "range", (value, value))
    source, unit = str(table.get("source", "")), str(table.get("unit", ""))
    return Number(
        key, "programme" if programme else "scenario", 0, value, float(low), float(high), unit,
        str(table.get("status", "assumption")), str(table.get("grade", "")), source, "", "", f"{name}.toml", 0,
        low < high, factor, source == _DEFAULT, (name,), unit,
    )  # fmt: skip


def _table(value: str) -> dict[str, Any]:
    found = _value(value) if value.startswith("{") else {}
    return found if isinstance(found, dict) else {}


def _value(text: str) -> Any:
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:  # a text that no program of ours wrote
        return {}
