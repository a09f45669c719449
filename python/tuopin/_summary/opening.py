"""The head of a summary, and its end: what is uncertain, assumed, left out."""

from __future__ import annotations

import numpy as np

from tuopin import _core
from tuopin._findings import safe
from tuopin._sentences import layers, sentence, title
from tuopin._sentences import reason as why
from tuopin._summary.layout import Block, Heading, Note
from tuopin._summary.page import Page


def opening(page: Page) -> list[Block]:
    study, say = page.study, page.say
    region = study.text("region_zh") if page.lang == "zh" else ""
    persons = _people(page)
    sample = study.number("sample", 1)
    if sample < 1:
        persons += say(" (a sample of villages: {share}% asked for)", share=f"{100 * sample:g}")
    draws, replicates = study.size("draw"), study.size("replicate")
    lines = [
        (say("region"), region or study.text("region")),
        (say("scenarios"), say("; ").join(page.numbered(s) for s in page.scenarios)),
        (say("population"), persons),
        (say("worlds"), say("parameter draws {draws} × replicates of luck {replicates} = {worlds}; seed {seed}",
                            draws=draws, replicates=replicates, worlds=draws * replicates,
                            seed=f"{study.number('seed'):.0f}")),
    ]  # fmt: skip
    if study.text("figures"):
        named = [_figure(page, name) for name in study.text("figures").split(",")]
        lines.append((say("figures"), say("only those that were asked for: ") + page.listed(named)))
    lines.append((say("synthetic"), sentence(study.text("synthetic"), say)))
    return [
        Heading(title(study.text("title"), say) + page.preview),
        *(Note(text, _label(name)) for name, text in lines),
    ]


def _figure(page: Page, name: str) -> str:
    """A figure by its Chinese meaning and its name, where the study has both."""
    variable = page.study.variable(name) if page.lang == "zh" else None
    meaning = safe(variable.attrs.get("long_name_zh", "")) if variable is not None else ""
    return f"{meaning} [{name}]" if meaning else name


def _people(page: Page) -> str:
    """Persons and households; samples of several populations differ: then the median, as elsewhere."""
    study, say = page.study, page.say
    spread = _core.spread_of(study.by_world("persons", 0)[:, 0])
    if spread.worlds and spread.median != study.number("persons"):
        return say("{persons} persons (median of the worlds)", persons=_core.grouped(spread.median, 0))
    return say("{persons} persons in {households} households", persons=_count(page, "persons"),
               households=_count(page, "households"))  # fmt: skip


def _label(name: str) -> str:
    return name + " " * max(1, 12 - sum(2 if ord(sign) >= 0x2E80 else 1 for sign in name))


def _count(page: Page, attribute: str) -> str:
    return _core.grouped(page.study.number(attribute), 0)


def how_sure(page: Page) -> list[Block]:
    blocks: list[Block] = [Heading(page.say("How sure") + page.preview), Note(_layers(page) + _inputs(page))]
    scenarios = page.study.names("scenario")
    for name, reason in page.study.root.attrs.items():
        if not str(name).startswith("left_out:") or not isinstance(reason, (str, bytes)):
            continue
        scenario, _, part = str(name).removeprefix("left_out:").partition(":")
        if scenario in scenarios:
            scenario = page.title(scenarios.index(scenario))
        blocks.append(
            Note(page.say("LEFT OUT of {scenario}: {part}. Reason: {reason}", scenario=safe(scenario),
                          part=sentence(safe(part), page.say), reason=why(safe(reason), page.say)))
        )  # fmt: skip
    limits = page.study.text("limits")
    return [*blocks, Note(page.say("Limits: {limits}", limits=sentence(limits, page.say)))] if limits else blocks


def _layers(page: Page) -> str:
    """What is in the intervals, and the layers that are not."""
    text = page.study.text("uncertainty_layers")
    inside = layers(text, page.say)
    missing = [page.say("parameters")] if "parameters" not in text else []
    missing += [page.say("synthetic population")] if "population" not in text else []
    missing.append(page.say("form of the model"))
    if page.one_world:
        return page.say("No intervals (one world). Varied: {layers}.", layers=inside)
    return page.say("In the intervals: {layers}. Not in them: {missing}.", layers=inside, missing=page.listed(missing))


def _inputs(page: Page) -> str:
    kinds = [page.study.number(f"inputs_{kind}") for kind in ("published", "derived", "assumption")]
    total = sum(kinds)
    if not np.isfinite(total) or total <= 0:
        return ""
    published, derived, assumed = (f"{100 * kind / total:.0f}" for kind in kinds)
    return page.say(" Inputs: {published}% published, {derived}% derived, {assumed}% assumed, of {count} numbers.",
                    published=published, derived=derived, assumed=assumed, count=f"{total:.0f}")  # fmt: skip
