"""The first sheet of the workbook, for reading: effects of the plan, their uncertainty, and warnings."""

from __future__ import annotations

from typing import Any

import numpy as np

from tuopin import _core
from tuopin._findings import Findings, Study
from tuopin._language import Language, preview_words, translator
from tuopin._sentences import sentence
from tuopin._workbook import BOLD, QUIET, TITLE, Cell, Sheet


def summary_sheet(study: Study, lang: Language, file: str, notes: list[str], sheets: list[tuple[str, str]]) -> Sheet:
    """Title, region, scenarios, what was simulated, the table of effects, its uncertainty, warnings, and what the other
    sheets hold, by name."""
    say, root, findings = translator(lang), study.root, study.findings(lang)
    titles = [findings.scenario_title(s) for s in range(study.size("scenario"))]
    rows: list[list[Any]] = [
        [Cell(say("What the plan changes") + preview_words(root, lang), TITLE)],
        [Cell(_region(study, lang), BOLD)],
        [],
    ]
    for number, title in enumerate(titles, 1):
        role = say(", without the plan") if number == 1 and len(titles) > 1 else ""
        rows.append([Cell(say("scenario") + f" ({number}){role}", QUIET), Cell(title)])
    rows += [[Cell(label, QUIET), Cell(text)] for label, text in _simulated(study, lang, file)]
    for scenario in range(1, len(titles)) if len(titles) > 1 else [0]:
        rows += [[], [Cell(titles[scenario] + preview_words(root, lang), BOLD)], _header(study, lang, scenario)]
        rows += [_cells(findings, row, scenario, lang) for row in findings.effect_rows(scenario, True)]
    rows += [[], [Cell(say("How sure"), BOLD)], [Cell(findings.interval_sentence)]]
    rows += [[], [Cell(say("Warnings"), BOLD)]]
    rows += [[Cell(text)] for text in findings.warnings() + notes or [say("none")]]
    rows += [[], [Cell(say("Sheets"), BOLD)], *([Cell(name, QUIET), Cell(meaning)] for name, meaning in sheets)]
    columns = say("columns low, median and high of the sheets: 5% order statistic, median, 95% order statistic of the "
                  "worlds; values: number of worlds")  # fmt: skip
    rows += [[Cell(columns, QUIET)]]
    return Sheet(say("summary"), rows=rows, widths=[44, 22, 15, 19, 15, 19, 17, 19, 24])


def _region(study: Study, lang: Language) -> str:
    return (study.text("region_zh") if lang == "zh" else "") or study.text("region")


def _simulated(study: Study, lang: Language, file: str) -> list[tuple[str, str]]:
    say, root, years = translator(lang), study.root, study.years
    persons = _core.spread_of(study.by_world("persons", 0)[:, 0])
    people = persons.median if persons.worlds else study.number("persons", 0)
    found = [
        (say("years simulated"), f"{years[0]}–{years[-1]}"),
        (say("population"), say("{persons} persons (synthetic, not a survey)", persons=_core.grouped(people, 0))),
        (say("worlds"), say("{worlds} = {draws} × {replicates} (parameter draws × replicates), each run in every "
                            "scenario", worlds=study.worlds, draws=root.sizes.get("draw", 1),
                            replicates=root.sizes.get("replicate", 1))),
    ]  # fmt: skip
    if (sample := study.number("sample", 1)) < 1:
        share = say("{share}% of the villages; all figures are of the sample", share=f"{100 * sample:g}")
        found.append((say("sample"), share))
    if preview_words(root, lang):
        found.append((say("preview"), sentence(study.text("preview"), say)))
    version, seed = root.attrs.get("tuopin_version", "?"), root.attrs.get("seed", "?")
    source = say("{file}, tuopin {version}, seed {seed}", file=file, version=version, seed=seed)
    return [*found, (say("source"), source)]


def _header(study: Study, lang: Language, scenario: int) -> list[Cell]:
    say, years = translator(lang), study.years
    interval = study.findings(lang).interval_name if study.worlds > 1 else ""
    groups = [say("without the plan"), say("with it"), say("difference in the same worlds")]
    at = say("end of {last}; money {first}–{last}", first=years[0], last=years[-1])
    cells = [Cell(at, BOLD), Cell(say("unit"), BOLD)]
    for group in groups if scenario else [say("median")]:
        cells += [Cell(group, BOLD, right=True, wrap=True), Cell(interval, BOLD, right=True)]
    return [*cells, Cell(say("lower in") if scenario and study.worlds > 1 else "", BOLD)]


def _cells(findings: Findings, row: _core.EffectRow, scenario: int, lang: Language) -> list[Cell]:
    say = translator(lang)
    cells = [Cell(findings.said(row.label)), Cell(findings.said(row.unit), QUIET)]
    if scenario:
        cells += _statistics(row.without, row.decimals, lang)
    cells += _statistics(row.with_it, row.decimals, lang)
    if scenario:
        words = [Cell(findings.said(row.words), right=True), Cell(None)]
        cells += words if row.words else _statistics(row.difference, row.decimals, lang)
    lower, of = row.lower
    if of:
        cells.append(Cell(say("{lower} of {worlds} worlds", lower=lower, worlds=of)))
    return cells


def _statistics(spread: _core.Spread, places: int, lang: Language) -> list[Cell]:
    if not spread.worlds:
        return [Cell(None), Cell(None)]
    form = "#,##0" + ("." + "0" * places if places else "")
    text = None if spread.same else _interval(spread, places, lang)
    return [
        Cell(spread.median if np.isfinite(spread.median) else None, None, form),
        Cell(text, QUIET, right=True),
    ]


def _interval(spread: _core.Spread, places: int, lang: Language) -> str:
    """A sign and a dash side by side cannot be read."""
    low, high = (_core.grouped(v, places) if np.isfinite(v) else "∞" for v in (spread.low, spread.high))
    return f"{low}–{high}" if spread.low >= 0 else translator(lang)("{low} to {high}", low=low, high=high)
