"""The page of ``tuopin validate``: by section a table, how each figure is counted, and the sources."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from tuopin import _core
from tuopin._language import Language, Translator, translator
from tuopin._summary.layout import Block, Column, Heading, Note, Table
from tuopin._validate import Findings
from tuopin._validate.cells import difference, is_share, number, percent, points
from tuopin._validate.figures import FIGURES, SECTIONS
from tuopin._validate.table import STATUSES, Row
from tuopin._validate.twins import twins
from tuopin._validate.verdict import INSIDE, NEAR, OUTSIDE, UNKNOWN, WORDS, Comparison, least_trustworthy

#: Thousands of migrants, millions of persons, billions of yuan; in Chinese 万, 万 and 亿. Decimals of the persons.
_SCALES: dict[Language, tuple[float, float, float, int]] = {"en": (1e3, 1e6, 1e9, 2), "zh": (1e4, 1e4, 1e8, 0)}


def page(found: Findings, lang: Language) -> list[Block]:
    say = translator(lang)
    blocks = _opening(found, lang, say)
    for section, title in SECTIONS.items():
        those = [one for one in found.comparisons if FIGURES[one.row.figure].section == section]
        if those:
            blocks += [Heading(say(title)), _table(those, lang, say), *_notes(section, found, those, lang, say)]
    blocks += twins(found, lang)
    return [*blocks, *_least(found, lang, say)]


def _opening(found: Findings, lang: Language, say: Translator) -> list[Block]:
    worlds = found.draws * found.replicates
    verdicts = Counter(one.verdict for one in found.comparisons)
    used = sum(one.row.used for one in found.comparisons)
    used_inside = sum(one.row.used and one.verdict == INSIDE for one in found.comparisons)
    blocks: list[Block] = [
        Heading(say("{region}: simulated beside published", region=found.region[lang])),
        Note(say("Simulated: {plan}; without the plan: {baseline}. {sample} of the villages, {worlds} worlds each "
                 "(draws of the parameters: {draws}; replicates of luck: {replicates}), {first} to {last}. Numbers of "
                 "persons are scaled up to the whole region.", plan=found.titles[1][lang],
                 baseline=found.titles[0][lang], sample=percent(found.sample, 0), worlds=worlds, draws=found.draws,
                 replicates=found.replicates, first=found.years[0], last=found.years[1])),
        Note(say("±: standard deviation between worlds, that is, how far one simulated world lies from another; the "
                 "real world is one. With one draw it is luck alone. It never holds the error of the equations.")
             if worlds > 1 else say("One world: luck's error is not known.")),
        Note(say("Inside: the simulated mean lies in the published range. Near: within two standard deviations of it. "
                 "Outside: further. Differences of percentages are percentage points. Nothing is tuned to this page.")),
        Note(say("*: the model was set by this figure, so that agreement is no evidence.")),
        Note(say("{rows} figures: {inside} inside, {near} near, {outside} outside, {unknown} not known. Of the {used} "
                 "with a * {used_inside} are inside; of the {free} without, {free_inside}.",
                 rows=len(found.comparisons), inside=verdicts[INSIDE], near=verdicts[NEAR],
                 outside=verdicts[OUTSIDE], unknown=verdicts[UNKNOWN],
                 used=used, used_inside=used_inside, free=len(found.comparisons) - used,
                 free_inside=verdicts[INSIDE] - used_inside)),
    ]  # fmt: skip
    return blocks


# ------------------------------------------------------------------------------------------------------- sections


def _table(those: Sequence[Comparison], lang: Language, say: Translator) -> Table:
    columns = [
        Column(say("row"), "left", key=True),
        Column(say("figure"), "left", widest=40, key=True),
        Column(say("year")),
        Column(say("simulated")),
        Column(say("published\n(range)")),
        Column(say("difference")),
        Column("", "left"),
        Column(say("without\nthe plan")),
    ]
    return Table.of(columns, [_cells(one, lang, say) for one in those])


def _cells(one: Comparison, lang: Language, say: Translator) -> list[str]:
    row = one.row
    unit = FIGURES[row.figure].unit
    name = row.title(lang) + (" *" if row.used else "")
    range_ = f"{number(row.low, unit)}–{number(row.high, unit)}"
    simulated = number(one.simulated, unit)
    if not math.isnan(one.error):
        simulated += f"\n±{number(one.error, unit)}"
    return [row.id, f"{name}{_unit(unit, say)}", str(row.year), simulated, f"{number(row.value, unit)}\n{range_}",
            difference(one.difference, unit), say(WORDS[one.verdict]), number(one.without, unit)]  # fmt: skip


def _unit(unit: str, say: Translator) -> str:
    """Behind a name; shares are shown in percent and need none."""
    words = {"yuan/year": say("yuan/year"), "persons": say("persons"), "mu/person": say("mu/person")}
    return say(", {unit}", unit=words[unit]) if unit in words else ""


def _notes(section: str, found: Findings, those: Sequence[Comparison], lang: Language, say: Translator) -> list[Block]:
    meanings = dict.fromkeys(FIGURES[one.row.figure].meaning for one in those)
    blocks: list[Block] = [Note(say(meaning)) for meaning in meanings]
    if section == "spells":
        blocks.append(Note(say("Poor: true income below the statistical line of the year. Waves every two years from "
                               "the row's year to {last}; persons and waves are pooled, and a household's members "
                               "share its state. A panel sees measured income, which moves more than true income.",
                               last=found.years[1])))  # fmt: skip
    if section == "migrants":
        blocks += [Note(text, "! ") for text in _disagreement(found, lang, say)]
    return [*blocks, *_sources([one.row for one in those], lang, say)]


def _sources(rows: Sequence[Row], lang: Language, say: Translator) -> list[Block]:
    """Rows with the same words stand together."""
    ids: dict[str, list[str]] = {}
    for row in rows:
        text = say("{source} ({status}, grade {grade}). {note}", source=row.origin(lang),
                   status=say(STATUSES[row.status]), grade=row.grade, note=row.remark(lang))  # fmt: skip
        ids.setdefault(text, []).append(row.id)
    return [Note(text, f"  {say(', ').join(those)}: ") for text, those in ids.items()]


def _disagreement(found: Findings, lang: Language, say: Translator) -> list[str]:
    """Whether published earnings of all migrants fit into the published income of all: computed, not judged."""
    whole = next(iter(found.places))
    by_figure = {(one.row.figure, one.row.year): one for one in found.comparisons if one.row.place == whole}
    many, most, much, decimals = _SCALES[lang]
    found_text = []
    for (figure, year), earned in by_figure.items():
        income, people = by_figure.get(("mean_income", year)), by_figure.get(("migrant_persons", year))
        share = by_figure.get(("migrant_share", year))
        if figure != "wages_per_migrant" or income is None or (people is None and share is None):
            continue
        away = people.simulated if people else share.simulated * found.persons if share else math.nan
        brought, total = away * earned.row.value, found.persons * income.row.value
        wages = next((one.row.value for (name, _), one in by_figure.items() if name == "wage_share"), math.nan)
        text = say("{away} thousand migrants at {net} yuan (published) bring {brought} billion yuan; all income "
                   "(published mean of {year} for {persons} million persons) is {total} billion: {share} of it.",
                   away=_core.grouped(away / many, 0), net=_core.grouped(earned.row.value, 0),
                   brought=f"{brought / much:.1f}", year=year, persons=f"{found.persons / most:.{decimals}f}",
                   total=f"{total / much:.1f}", share=percent(brought / total, 0))  # fmt: skip
        if not math.isnan(wages):
            text += say(" Wages (published share of {share}) are {wages} billion, so that the two published figures "
                        "disagree by {gap} billion yuan, a factor of {factor}. The model keeps the income: a migrant "
                        "brings at most {mine} yuan.", share=percent(wages, 1), wages=f"{wages * total / much:.1f}",
                        gap=f"{(brought - wages * total) / much:.1f}", factor=f"{brought / (wages * total):.1f}",
                        mine=_core.grouped(earned.simulated, 0))  # fmt: skip
        found_text.append(text)
    return found_text


# ---------------------------------------------------------------------------------------------- least trustworthy


def _least(found: Findings, lang: Language, say: Translator) -> list[Block]:
    worst = least_trustworthy(found.comparisons)
    blocks: list[Block] = [Heading(say("Least trustworthy"))]
    if not worst:
        return [*blocks, Note(say("No figure lies outside its published range."))]
    for place, one in enumerate(worst, 1):
        row, unit = one.row, FIGURES[one.row.figure].unit
        side = say("too high") if one.difference > 0 else say("too low")
        by = abs(one.difference)
        text = say("{name} ({id}), {year}: simulated {simulated}, published {value} ({low}–{high}): {side} by {by}, "
                   "{miss} times the combined error. {note}", name=row.title(lang), id=row.id, year=row.year,
                   simulated=number(one.simulated, unit), value=number(row.value, unit), low=number(row.low, unit),
                   high=number(row.high, unit), side=side,
                   by=say("{points} points", points=points(by)) if is_share(unit) else number(by, unit),
                   miss=_core.grouped(one.miss, 1), note=row.remark(lang))  # fmt: skip
        if row.used:
            text += say(" The model was set by this figure and still misses it.")
        blocks.append(Note(text, f"{place}. "))
    return [*blocks, Note(say("Ranked by the difference over the combined error: half the published range and luck's "
                              "standard deviation, added as squares. Each figure stands once, by its worst row; rows "
                              "inside their range are left out. A narrow published range makes a miss large: read the "
                              "differences, too."))]  # fmt: skip
