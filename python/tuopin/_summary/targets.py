"""The document's targets: what is asked, what the model gives, and how often it is reached."""

from __future__ import annotations

import math
import re

import numpy as np

from tuopin import _core
from tuopin._findings import safe
from tuopin._language import msgid
from tuopin._summary.batches import BATCHES
from tuopin._summary.layout import Block, Column, Heading, Note, Table
from tuopin._summary.page import Page

_SCENARIOS_A_TABLE = 3  # more do not fit beside the words of a target
_NOTES = {
    "not in this run": msgid("not in\nthis run"),
    "needs --leave-out-batches": msgid("needs --leave-\nout-batches"),
    "figure not asked for": msgid("not\nasked for"),
}
_NUMBER = re.compile(r"\d{1,9}$")


def _entry(page: Page, name: str, target: int, scenario: int) -> object:
    """A value of the group of targets; None where the study has none."""
    variable = page.study.variable(f"targets/{name}")
    if variable is None:
        return None
    at = {"scenario": scenario, "target": target}
    index = tuple(at.get(str(dim), 0) for dim in variable.dims)
    if any(i >= size for i, size in zip(index, variable.shape, strict=True)):
        return None
    return variable.values[index]


def text_at(page: Page, name: str, target: int, scenario: int = 0) -> str:
    value = _entry(page, name, target, scenario)
    return safe(value) if isinstance(value, (str, bytes)) else ""


def value_at(page: Page, name: str, target: int, scenario: int = 0) -> float:
    value = _entry(page, name, target, scenario)
    return float(value) if isinstance(value, (int, float, np.number)) else math.nan


def comparison_sign(comparison: str) -> str:
    return {"at_most": "≤", "at_least": "≥"}.get(comparison, "≈")


def probability(page: Page, value: float) -> str:
    """Share of the worlds in percent; yes or no if there is only one world."""
    if math.isnan(value):
        return "–"
    if page.one_world:
        return page.say("yes") if value > 0.5 else page.say("no")
    return f"{100 * value:.0f}%"


def target_figure(value: float, is_rate: bool) -> str:
    """A printed figure of the document: a rate in percent, otherwise a whole number."""
    if math.isnan(value):
        return "–"
    return f"{100 * value:.4g}%" if is_rate else _core.grouped(value, 0)


def targets(page: Page) -> list[Block]:
    count = page.study.size("target")
    if not count:
        return []
    missing = [t for t in range(count) if not text_at(page, "measure", t)]
    blocks: list[Block] = []
    if len(missing) < count:
        blocks += _part(page, "outcome", page.say("Targets: what should come out"))
        blocks += _part(page, "input", page.say("Targets: what the plan puts in"))
        blocks += [Note(text) for text in _notes(page, count)]
    else:
        blocks.append(Heading(page.say("Targets of the document") + page.preview))
    if missing:
        blocks.append(
            Note(page.say("{missing} of {count} targets are not in the lean model (reasons in the workbook of "
                          "tuopin export, sheet “targets”): {ids}.", missing=len(missing), count=count,
                          ids=_runs(page, [page.study.names("target")[t] for t in missing])))
        )  # fmt: skip
    return blocks


def _part(page: Page, kind: str, title: str) -> list[Block]:
    """The targets of one kind, with a table for every few scenarios."""
    chosen = [t for t in range(page.study.size("target"))
              if text_at(page, "measure", t) and text_at(page, "kind", t) == kind]  # fmt: skip
    if not chosen:
        return []
    every = list(page.scenarios)
    tables = [_table(page, chosen, every[begin : begin + _SCENARIOS_A_TABLE], kind == "input")
              for begin in range(0, len(every), _SCENARIOS_A_TABLE)]  # fmt: skip
    return [Heading(title + page.preview), *tables]


def _table(page: Page, chosen: list[int], scenarios: list[int], inputs: bool) -> Table:
    say = page.say
    heads = [
        Column(say("id"), "left", key=True),
        Column(say("what the document asks"), "left", widest={1: 60, 2: 46}.get(len(scenarios), 34), key=True),
        Column(say("year")),
        Column(say("document's\nfigure")),
    ]
    if inputs:
        heads.append(Column(say("of it may\nstay empty")))
    for s in scenarios:
        heads += [Column(f"({s + 1})\n{say('median')}"), Column(say("reached"))]
    return Table.of(heads, [_row(page, t, scenarios, inputs) for t in chosen])


def _row(page: Page, t: int, scenarios: list[int], inputs: bool) -> list[str]:
    year, is_rate = value_at(page, "year", t), _is_rate(page, t)
    sign = comparison_sign(text_at(page, "comparison", t))
    row = [page.study.names("target")[t], _words(page, t), f"{year:.0f}" if year > 0 else "–",
           sign + target_figure(value_at(page, "value", t), is_rate)]  # fmt: skip
    if inputs:
        row.append(_core.grouped(_allowance(page, t), 0))
    for s in scenarios:
        note, median = text_at(page, "note", t, s), _median(page, t, s)
        if note:
            row += [page.say(_NOTES[note]) if note in _NOTES else note, ""]
            continue
        row.append(f"{100 * median:.1f}%" if is_rate and not math.isnan(median) else _core.grouped(median, 0))
        row.append(probability(page, value_at(page, "probability", t, s)))
    return row


def _median(page: Page, t: int, s: int) -> float:
    """Of a figure that other tables show the same median as there; of any other the one that the study holds, the lower
    of the two in the middle."""
    held, measure, year = value_at(page, "median", t, s), text_at(page, "measure", t), value_at(page, "year", t)
    own_base = value_at(page, "base_persons", t) > 0
    scaled_up = not _is_rate(page, t) and page.study.number("sample", 1) < 1
    if math.isnan(held) or own_base or scaled_up or year not in page.years or not page.study.has(measure):
        return held
    spread = _core.spread_of(page.study.by_world(measure, s)[:, page.years.index(int(year))])
    return spread.median if spread.worlds == page.study.worlds else held


def _is_rate(page: Page, t: int) -> bool:
    return bool(text_at(page, "measure", t)) and text_at(page, "unit", t) == "share"


def _words(page: Page, t: int) -> str:
    measure = text_at(page, "measure", t)
    asks = (text_at(page, "name_zh", t) if page.lang == "zh" else "") or text_at(page, "name", t)
    # The Chinese phrases have no subject ("2016年脱贫10万人"): the programme is added to distinguish them.
    if page.lang == "zh" and ":" in measure:
        of = measure.partition(":")[2]
        title = page.findings.programme_title(of).removesuffix(f" [{of}]")
        if title == of and of in BATCHES:  # a measure of a batch, "fall_in_poverty_lost:ecology"
            title = page.say(BATCHES[of])
        asks += f"（{title}）"
    return asks + _base(page, t)


def _base(page: Page, t: int) -> str:
    """What a rate is of: the base that the table of targets names, else all register members of the year."""
    if not _is_rate(page, t):
        return ""
    own = value_at(page, "base_persons", t)
    if own > 0:
        return "\n" + page.say("of {persons} persons, the document's own base", persons=_core.grouped(own, 0))
    year = value_at(page, "year", t)
    at = page.years.index(int(year)) if year in page.years else len(page.years) - 1
    persons = _core.grouped(_core.spread_of(page.study.by_world("persons", 0)[:, at]).median, 0)
    if page.study.number("sample", 1) < 1:
        return "\n" + page.say("of the {persons} register members in the sample", persons=persons)
    return "\n" + page.say("of {persons} register members", persons=persons)


def _allowance(page: Page, t: int) -> float:
    """Places that whole households must leave empty, the most of all scenarios."""
    allowed = [value_at(page, "allowance_persons", t, s) for s in page.scenarios]
    return max([0.0, *(math.ceil(places) for places in allowed if math.isfinite(places))])


def _notes(page: Page, count: int) -> list[str]:
    say = page.say
    notes = [
        say("{scenarios}.", scenarios=say("; ").join(page.numbered(s) for s in page.scenarios)),
        say("Reached: share of the simulated worlds; ≈ within a tenth. – : the scenario has nothing that the figure "
            "could be read from. What the plan puts in is counted by entries into programmes, which are not exits from "
            "poverty."),
    ]  # fmt: skip
    if any(_allowance(page, t) > 0 for t in range(count)):
        notes.append(
            say("May stay empty: places for persons are filled by whole households, and a queue stops at the first "
                "household that does not fit. So each queue (a year, or a year and county) leaves at most one largest "
                "household less one person empty; in a sample these persons are scaled up, and so is what rounding to "
                "whole places takes. A target counts as reached when no more than this is missing, and not for any "
                "other reason.")
        )  # fmt: skip
    return notes


def _runs(page: Page, ids: list[str]) -> str:
    """Runs of neighbours as "S078–S093"."""
    parts: list[list[str]] = []
    for name in ids:
        before = _NUMBER.search(parts[-1][-1]) if parts else None
        here = _NUMBER.search(name)
        if before and here and int(here[0]) == int(before[0]) + 1:
            parts[-1].append(name)
        else:
            parts.append([name])
    said = [
        run[0] if len(run) == 1 else f"{run[0]}{page.say(', ') if len(run) == 2 else '–'}{run[-1]}" for run in parts
    ]
    return page.listed(said)
