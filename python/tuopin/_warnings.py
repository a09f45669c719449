"""Warnings that a planner should read with the results: programmes without participants, unused places and money,
funds without a limit. Computed from the study alone; the same as at the end of a run."""

from __future__ import annotations

import difflib

import numpy as np

from tuopin._effects import Spread, Study, Worlds, scales
from tuopin._language import Language

_WORTH_SAYING = 0.1
"""A smaller share of unused places or money is not reported."""


def study_warnings(study: Study, lang: Language) -> list[str]:
    """The warnings, each once, with the scenarios concerned unless these are all scenarios with programmes."""
    found: dict[str, list[str]] = {}
    names = [str(name) for name in study.root["scenario"].values]
    for row, scenario in enumerate(names):
        for sentence in [*_of_programmes(study, row, lang), *_of_money(study, row, lang)]:
            found.setdefault(sentence, []).append(scenario)
    comma = "、" if lang == "zh" else ", "
    planned = sum(_has_programmes(study, row) for row in range(len(names)))
    texts = [text + (f" [{comma.join(of)}]" if len(of) < planned else "") for text, of in found.items()]
    return texts + _of_limits(study, lang)


def _has_programmes(study: Study, scenario: int) -> bool:
    return bool(np.isfinite(study.by_world("programmes/entered_units", scenario)).any())


def _of_programmes(study: Study, scenario: int, lang: Language) -> list[str]:
    said = []
    years = [int(year) for year in study.root["year"].values]
    for p, name in enumerate(study.programmes["programme"].values if "programme" in study.programmes else []):
        entered = study.by_world("programmes/entered_units", scenario, programme=p)
        if entered.ndim < 2 or not np.isfinite(entered).any():
            continue
        if not (entered > 0).any():
            said.append(
                f"项目 {name} 在所有世界中均无人进入。" if lang == "zh" else f"Nobody enrolled in {name} in any world."
            )
            continue
        places = study.by_world("programmes/places", scenario, programme=p)
        if places.ndim < 2:
            continue
        offered = np.nansum(places, axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            empty = Spread.of(np.where(offered > 0, 1 - np.nansum(entered, axis=1) / offered, np.nan))
        if empty.known and empty.median >= _WORTH_SAYING:
            share = f"{100 * empty.median:.0f}%"
            said.append(f"项目 {name} 有{share}的名额空置。" if lang == "zh"
                        else f"{share} of the places of {name} stayed empty.")  # fmt: skip
        idle = [str(year) for y, year in enumerate(years)
                if Spread.of(places[:, y]).median > 0 and not (entered[:, y] > 0).any()]  # fmt: skip
        if idle:
            said.append(f"项目 {name} 在{'、'.join(idle)}年有名额，而所有世界中均无人进入。" if lang == "zh"
                        else f"{name} had places in {', '.join(idle)}, and nobody entered in any world.")  # fmt: skip
    return said


def _of_money(study: Study, scenario: int, lang: Language) -> list[str]:
    said = []
    money = scales(study, lang)[1]
    for f, name in enumerate(study.ledger["fund"].values if "fund" in study.ledger else []):
        into: Worlds = study.over_years("ledger/transfer_in", scenario, fund=f)
        lapsed = study.over_years("ledger/lapsed", scenario, fund=f)
        unused = lapsed + study.by_world("ledger/carried_over", scenario, year=-1, fund=f)
        with np.errstate(divide="ignore", invalid="ignore"):
            share = Spread.of(np.where(into > 0, unused / into, np.nan))
        if not share.known or share.median < _WORTH_SAYING:
            continue
        amount = Spread.of(unused).median
        mostly = 2 * Spread.of(lapsed).median >= amount
        number = f"{amount / money.divisor:,.{decimals(amount / money.divisor)}f}"
        if lang == "zh":
            said.append(f"资金 {name} 有{100 * share.median:.0f}%从未动用：{number}{money.name}"
                        + ("到期收回。" if mostly else "结余未用。"))  # fmt: skip
        else:
            said.append(f"{100 * share.median:.0f}% of the fund {name} was never used: {number} {money.name} "
                        + ("lapsed." if mostly else "are left over."))  # fmt: skip
    return said


def _of_limits(study: Study, lang: Language) -> list[str]:
    limitless = [name for name in str(study.root.attrs.get("funds_unlimited", "")).split(",") if name]
    funds = [str(name) for name in study.ledger["fund"].values] if "fund" in study.ledger else []
    defined = [name for name in funds[1:] if name not in limitless]  # the safety net's own source comes first
    said, others = [], []
    for name in limitless:
        near = difflib.get_close_matches(name, defined, 1)
        if near and lang == "zh":
            said.append(f"资金 {name} 未设上限：没有定义 [funds.{name}]。是否应为 {near[0]}？")
        elif near:
            said.append(f"The fund {name} has no limit: no [funds.{name}] is defined. Is {near[0]} meant?")
        else:
            others.append(name)
    if others:
        said.append(f"未定义 [funds.…]、因而未设上限的资金：{'、'.join(others)}。" if lang == "zh"
                    else f"Without a limit, since no [funds.…] defines them: {', '.join(others)}.")  # fmt: skip
    return said


def decimals(largest: float) -> int:
    """Decimals that keep three digits of the largest figure."""
    largest = abs(largest)
    if largest >= 100 or largest == 0 or not np.isfinite(largest):
        return 0
    return next((places for least, places in ((10, 1), (1, 2), (0.1, 3)) if largest >= least), 4)
