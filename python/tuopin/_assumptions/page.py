"""The page of ``tuopin assumptions``: counts, what has no range, shares of groups, the numbers that move most."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tuopin import _core
from tuopin._assumptions.numbers import (
    GROUPS,
    HELD,
    KINDS,
    Number,
    drawn_numbers,
    folder_of,
    shown_ends,
)
from tuopin._assumptions.one_by_one import Moves
from tuopin._assumptions.report import Report, without_range
from tuopin._assumptions.shares import LUCK, Estimate, Shares
from tuopin._language import Language, Translator, translator
from tuopin._sentences import unit as unit_words
from tuopin._summary.layout import Block, Column, Heading, Note, Table

#: Below this width names and places of numbers break, so that a name and one more column fit sixty columns.
_WIDE = 100
_NAME, _PLACE = 30, 27


def page(report: Report, lang: Language, width: int = _WIDE) -> list[Block]:
    say = translator(lang)
    blocks: list[Block] = [Heading(say("Assumptions of {study}", study=report.study))]
    blocks += [Note(text) for text in opening(report, lang, say)]
    blocks += counts(report.numbers, say)
    blocks += no_range(report.numbers, lang, say, width)
    if report.shares is not None:
        blocks += variance(report, report.shares, say)
    if report.moves is not None:
        blocks += largest(report, report.moves, lang, say, width)
    return blocks


def opening(report: Report, lang: Language, say: Translator) -> list[str]:
    texts = [say("{names}; region: {region}; {draws} draws, {replicates} replicates, seed {seed}",
                 names=say(", ").join(report.titles), region=report.region, draws=report.draws,
                 replicates=report.replicates, seed=report.seed)]  # fmt: skip
    if report.question:
        unit = unit_words(report.unit, say)
        texts.append(say("Result: {question}; {meaning}, in {unit}", question=report.question,
                         meaning=report.meaning_in(lang), unit=unit))  # fmt: skip
    if report.without_files:
        texts.append(say("{why}. What follows is what the study itself keeps, without file and line, and without the "
                         "tables of its region; in all it counts {published} published numbers, {derived} derived and "
                         "{assumption} assumed.", why=report.without_files, **report.counted))  # fmt: skip
    return texts


def counts(numbers: Sequence[Number], say: Translator) -> list[Block]:
    """A row for each kind of place, a column for each status; assumed numbers by whether they have a range."""
    heads = [say("published"), say("derived"), say("assumed,\nwith range"), say("assumed,\nno range"), say("default"),
             say("all")]  # fmt: skip
    columns = [Column(say("where"), "left", key=True), *(Column(head) for head in heads)]
    rows = [_counted(say(name), [n for n in numbers if n.kind == kind]) for kind, name in KINDS.items()]
    rows = [row for row in rows if row[-1] != "0"]
    stated = [n for n in numbers if not n.by_default]
    assumed = sum(n.assumed for n in stated)
    note = say("{assumed} of {stated} numbers in files are assumed ({share}%). A default stands in no file, and counts "
               "as assumed.", assumed=assumed, stated=len(stated),
               share=f"{100 * assumed / max(1, len(stated)):.0f}")  # fmt: skip
    return [
        Heading(say("Numbers by status")),
        Table.of(columns, [*rows, [], _counted(say("all"), numbers)]),
        Note(note),
    ]


def _counted(name: str, numbers: Sequence[Number]) -> list[str]:
    found = Counter(_status(number) for number in numbers)
    cells = [found[key] for key in ("published", "derived", "range", "none", "default")]
    return [name, *(str(count or "") for count in cells), str(len(numbers))]


def _status(number: Number) -> str:
    if number.by_default:
        return "default"
    return number.status if number.status != "assumption" else "range" if number.has_range else "none"


def no_range(numbers: Sequence[Number], lang: Language, say: Translator, width: int) -> list[Block]:
    found = without_range(numbers)
    if not found:
        return [Heading(say("Assumed without a range")), Note(say("none"))]
    columns = [Column(say("number"), "left", key=True), Column(say("value")), Column(say("unit"), "left", 21),
               Column(say("where"), "left", 54)]  # fmt: skip
    folder = folder_of(numbers)
    parts = []
    for by_default, title in ((False, say("Assumed without a range")), (True, say("Defaults: in no file"))):
        rows = [[_name(_times(n.label, count), width), "" if count > 1 else shown_ends(n, say)[0], n.unit_in(lang),
                 _place(n.place(folder), width)] for n, count in found if n.by_default == by_default]  # fmt: skip
        if rows:
            parts.append((title, rows))
    note = say("They move nothing below: give each a range, or say where it was published. Files: below {folder}.",
               folder=_shown(folder))  # fmt: skip
    return [Table(columns, parts), Note(note)]


def _shown(folder: Path) -> str:
    """From the folder of work on, where it lies below it."""
    return (folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder).as_posix()


def _name(text: str, width: int) -> str:
    return text if width >= _WIDE else broken(text, _NAME)


def _place(text: str, width: int) -> str:
    return text if width >= _WIDE else broken(text, _PLACE)


def broken(text: str, most: int) -> str:
    """Lines of at most so many characters, as far as dots, slashes and blanks allow."""
    lines = [""]
    for part in re.findall(r"[^./ ]+[./ ]?|[./ ]", text):
        if lines[-1] and len(lines[-1] + part.rstrip()) > most:
            lines.append("")
        lines[-1] += part
    return "\n".join(line.rstrip() for line in lines)


def _times(name: str, count: int) -> str:
    return f"{name} × {count}" if count > 1 else name


def variance(report: Report, shares: Shares, say: Translator) -> list[Block]:
    heading = Heading(say("What makes the result vary, by group of numbers"))
    if not math.isfinite(shares.all_first.value):
        return [heading, Note(say("The result is the same in all worlds: nothing to divide."))]
    columns = [Column(say("group"), "left", key=True), Column(say("numbers")),
               Column(say("alone,\n% of variance")), Column(say("with others,\n% of variance")),
               Column(say("of that only\ntogether")), Column(say("what it holds"), "left", 44)]  # fmt: skip
    rows = [[group_name(s.group, say), str(s.numbers or ""), percent(s.first), percent(s.total), percent(s.together),
             say(HELD[s.group])] for s in shares.groups]  # fmt: skip
    together = Estimate(1 - shares.all_first.value, shares.all_first.error)
    unit = unit_words(report.unit, say)
    notes = [
        say("Alone: by how much the variance would fall if the group were known (first-order index). With others: what "
            "would be left if all else were known (total index). ±: standard error, by the jackknife. An estimate of "
            "nothing may lie below zero."),
        say("All groups alone: {alone}%; only together: {together}%. Mean {mean}, standard deviation {spread} {unit}.",
            alone=percent(shares.all_first), together=percent(together), mean=_core.grouped(shares.mean, 0)
            if abs(shares.mean) >= 100 else f"{shares.mean:.4g}", spread=f"{shares.spread:.4g}", unit=unit),
        say("Design: 2 × {worlds} independent worlds and one group at a time from the other set, {runs} worlds in all, "
            "each lived in every scenario, on {sample}% of the villages. Population: {populations} populations made "
            "from the margins.", worlds=shares.worlds, runs=shares.runs, sample=f"{100 * report.sample:g}",
            populations=report.populations),
    ]  # fmt: skip
    if report.same_luck:
        notes.append(say("All worlds have the same luck."))
    elif report.sample < 1:
        notes.append(say("Luck weighs more on a sample than on the whole region; mean and standard deviation are the "
                         "sample's."))  # fmt: skip
    return [heading, Table.of(columns, rows), *(Note(note) for note in notes)]


def group_name(group: str, say: Translator) -> str:
    return say("luck (random draws)") if group == LUCK else say(GROUPS[group])


def percent(estimate: Estimate) -> str:
    return f"{100 * estimate.value:.1f} ± {100 * estimate.error:.1f}"


def largest(report: Report, moves: Moves, lang: Language, say: Translator, width: int) -> list[Block]:
    by_name = drawn_numbers(report.numbers)
    places = decimals_of(moves, report.unit)
    folder = folder_of(report.numbers)
    columns = [Column(say("number"), "left", key=True), Column(say("value")), Column(say("low")), Column(say("high")),
               Column(say("result\nat low")), Column(say("result\nat high")), Column(say("change")),
               Column(say("unit"), "left", 22), Column(say("grade"), "left"), Column(say("where"), "left", 40),
               Column(say("who would know"), "left", 34)]  # fmt: skip
    rows = []
    for move in moves.numbers:
        number = by_name[move.name]
        rows.append([
            _name(number.label, width), *shown_ends(number, say), with_error(move.low, moves.error, places),
            with_error(move.high, moves.error, places), f"{move.swing:+,.{places}f}", number.unit_in(lang),
            number.grade, _place(number.place(folder), width), number.office(lang) or "–",
        ])  # fmt: skip
    notes = [
        say("With all numbers at their values: {central}. ±: standard error over {worlds} worlds of luck; all rows "
            "have the same luck, so that changes are known better than that.",
            central=with_error(moves.central, moves.error, places), worlds=moves.worlds),
        say("Each of {screened} numbers was put at both ends of its range, one at a time, on {sample}% of the "
            "villages; the first {again} again on {final}% of them, of which these move the result most. What numbers "
            "do together is in the table above.", screened=report.screened, sample=f"{100 * report.sample:g}",
            again=report.again, final=f"{100 * report.final_sample:g}"),
        say("Files: below {folder}.", folder=_shown(folder)),
    ]  # fmt: skip
    if report.sample < 1 and not report.margins_left_out:
        notes.append(say("Of margins the first look is rougher, because other villages are in the sample."))
    if report.margins_left_out:
        notes.append(
            say("{count} margins of the population are not among them (--no-margins).", count=report.margins_left_out)
        )  # fmt: skip
    heading = Heading(say("The {count} numbers that move the result most", count=len(moves.numbers)))
    return [heading, Table.of(columns, rows), *(Note(note) for note in notes)]


def decimals_of(moves: Moves, unit: str) -> int:
    """Three digits of the largest result, and at most one decimal of what is counted."""
    most = max((abs(value) for move in moves.numbers for value in (move.low, move.high)), default=0.0)
    if most >= 100 or not most:
        return 0
    return 1 if unit in ("persons", "households", "yuan") else min(8, 2 - math.floor(math.log10(most)))


def with_error(value: float, error: float, places: int) -> str:
    text = f"{value:,.{places}f}"
    return text if math.isnan(error) else f"{text} ± {error:,.{places}f}"
