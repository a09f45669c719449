"""The first sheet of the workbook, for reading: effects of the plan, their uncertainty, and warnings."""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray as xr

from tuopin._effects import Row, Spread, Study, closing_rows, interval_words
from tuopin._language import Language, preview_words, scenario_titles
from tuopin._warnings import decimals, study_warnings
from tuopin._workbook import BOLD, QUIET, TITLE, Cell, Sheet


def summary_sheet(study: Study, lang: Language, file: str, notes: list[str]) -> Sheet:
    """Title, region, scenarios, what was simulated, the closing table, its uncertainty, and warnings."""

    def say(en: str, zh: str) -> str:
        return zh if lang == "zh" else en

    root = study.root
    titles = scenario_titles(root, lang)
    names = [str(name) for name in root["scenario"].values]
    titles = [title if title == name else f"{title} [{name}]" for title, name in zip(titles, names, strict=True)]
    years = [int(year) for year in root["year"].values]
    rows: list[list[Any]] = [
        [Cell(say("What the plan changes", "规划带来的变化") + preview_words(root, lang), TITLE)],
        [Cell(_region(root, lang), BOLD)],
        [],
    ]
    for number, title in enumerate(titles, 1):
        role = say(", without the plan", "，无规划") if number == 1 and len(titles) > 1 else ""
        rows.append([Cell(say("scenario", "方案") + f" ({number}){role}", QUIET), Cell(title)])
    rows += [[Cell(label, QUIET), Cell(text)] for label, text in _simulated(study, lang, years, file)]
    for scenario in range(1, len(names)) if len(names) > 1 else [0]:
        rows += [[], [Cell(titles[scenario] + preview_words(root, lang), BOLD)], _header(lang, scenario, years, study)]
        rows += [_closing(row, scenario, lang) for row in closing_rows(study, scenario, lang)]
    rows += [[], [Cell(say("How sure", "把握程度"), BOLD)], [Cell(interval_words(study, lang))]]
    warnings = study_warnings(study, lang) + notes
    rows += [[], [Cell(say("Warnings", "提示"), BOLD)]]
    rows += [[Cell(text)] for text in warnings or [say("none", "无")]]
    return Sheet("summary" if lang == "en" else "摘要", rows=rows, widths=[44, 22, 15, 19, 15, 19, 17, 19, 24])


def _region(root: xr.Dataset, lang: Language) -> str:
    names = [str(root.attrs.get(key, "")) for key in (("region_zh", "region") if lang == "zh" else ("region",))]
    return next((name for name in names if name), "")


def _simulated(study: Study, lang: Language, years: list[int], file: str) -> list[tuple[str, str]]:
    root = study.root
    draws, replicates = root.sizes.get("draw", 1), root.sizes.get("replicate", 1)
    persons = study.by_world("persons", 0, year=0)
    people = float(np.nanmedian(persons)) if np.isfinite(persons).any() else float(root.attrs.get("persons", 0))
    sample = float(root.attrs.get("sample", 1))

    def say(en: str, zh: str) -> str:
        return zh if lang == "zh" else en

    found = [
        (say("years", "年份"), f"{years[0]}–{years[-1]}"),
        (say("persons", "人口"), f"{people:,.0f}" + say(" (synthetic, not a survey)", "（合成人口，非调查数据）")),
        (say("worlds", "世界数"), f"{study.worlds} = {draws} × {replicates} "
         + say("(parameter draws × replicates), each lived in every scenario",
               "（参数抽样 × 随机重复），各方案的运气相同")),
    ]  # fmt: skip
    if sample < 1:
        of = say(" of the villages; all figures are of the sample", "的村；下列均为样本数")
        found.append((say("sample", "样本"), f"{100 * sample:g}%{of}"))
    if preview_words(root, lang):
        found.append((say("preview", "预览"), str(root.attrs["preview"])))
    seed = say("seed", "种子") + f" {root.attrs.get('seed', '?')}"
    return [*found, (say("source", "来源"), f"{file}, tuopin {root.attrs.get('tuopin_version', '?')}, {seed}")]


def _header(lang: Language, scenario: int, years: list[int], study: Study) -> list[Cell]:
    zh = lang == "zh"
    interval = "90%区间" if zh else "90% interval"
    if study.worlds < 20:  # below, the 5% and 95% order statistics are the least and the largest
        interval = "全距" if zh else "whole range"
    at = (
        f"{years[-1]}年末；金额为{years[0]}–{years[-1]}年合计"
        if zh
        else f"end of {years[-1]}; money {years[0]}–{years[-1]}"
    )
    groups = (
        ["无规划", "有规划", "同样世界中的差异"]
        if zh
        else ["without the plan", "with it", "difference in the same worlds"]
    )
    shown = groups if scenario else ["中位数" if zh else "median"]
    cells = [Cell(at, BOLD), Cell("单位" if zh else "unit", BOLD)]
    for group in shown:
        cells += [
            Cell(group, BOLD, right=True, wrap=True),
            Cell(interval if study.worlds > 1 else "", BOLD, right=True),
        ]
    return [*cells, Cell(("有多少世界更低" if zh else "lower in") if scenario and study.worlds > 1 else "", BOLD)]


def _closing(row: Row, scenario: int, lang: Language) -> list[Cell]:
    cells = [Cell(row.label), Cell(row.scale.name, QUIET)]
    parts = [row.without, row.with_it, row.difference] if scenario else [row.with_it]
    spreads = [Spread.of(values / row.scale.divisor) for values in parts]
    for number, spread in enumerate(spreads):
        same_kind = spreads[:2] if number < 2 else spreads[2:]
        largest = max((abs(v) for s in same_kind if s.known for v in (s.low, s.high)), default=0.0)
        places = 1 + number // 2 if row.is_rate else decimals(largest) if row.scale.divisor > 1 else 0
        if row.words and number == 2:
            cells += [Cell(row.words, right=True), Cell(None)]
        elif not spread.known:
            cells += [Cell(None), Cell(None)]
        else:
            form = "#,##0" + ("." + "0" * places if places else "")
            text = _interval(spread, places, lang) if spread.known > 1 and spread.low != spread.high else None
            cells += [
                Cell(spread.median if np.isfinite(spread.median) else None, None, form),
                Cell(text, QUIET, right=True),
            ]
    if row.counts_worlds:
        lower, of = row.lower_in()
        cells.append(Cell(f"{of}个世界中的{lower}个" if lang == "zh" else f"{lower} of {of} worlds"))
    return cells


def _interval(spread: Spread, places: int, lang: Language) -> str:
    """A sign and a dash side by side cannot be read."""
    low, high = (f"{v:,.{places}f}" if np.isfinite(v) else "∞" for v in (spread.low, spread.high))
    return f"{low}–{high}" if spread.low >= 0 else f"{low}{'至' if lang == 'zh' else ' to '}{high}"
