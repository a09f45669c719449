"""Errors of the register, by three standards that give three answers: who is wrongly on it, who is wrongly off it."""

from __future__ import annotations

from tuopin._language import msgid
from tuopin._summary.layout import Block, Heading, Note
from tuopin._summary.page import Page, YearColumn, years_by_scenario

FIGURES = ("inclusion_error", "exclusion_error")
_KINDS = {"inclusion_error": msgid("wrongly on, %"), "exclusion_error": msgid("wrongly off, %")}
_STANDARDS = {
    "register_line": msgid("(a) register's\nown line"),
    "register_line_and_guarantees": msgid("(b) that line\n& guarantees"),
    "statistical_line": msgid("(c) statis-\ntical line"),
}


def register_errors(page: Page) -> list[Block]:
    if not any(page.study.has(name) for name in FIGURES) or not page.study.size("standard"):
        return []
    titles = [page.numbered(s) for s in page.scenarios]
    return [
        Heading(page.say("Errors of the register, by three standards") + page.preview),
        *years_by_scenario(page, [_columns(page, s) for s in page.scenarios], titles),
        Note(page.say("Wrongly on: of those on the register, the share that the standard calls not poor. Wrongly off: "
                      "of those whom the standard calls poor, the share that is not on the register. The standards: "
                      "(a) simulated income below the register's own income line; (b) that, or a guarantee not met "
                      "(schooling, health, house, water); (c) simulated income below the statistical line. They answer "
                      "three questions: quote none without its name.")),
    ]  # fmt: skip


def _columns(page: Page, s: int) -> list[YearColumn]:
    known = page.study.names("standard")
    return [
        YearColumn(f"{page.say(kind)}\n{page.say(words)}", page.rates(figure, s, standard=known.index(standard)))
        for figure, kind in _KINDS.items()
        for standard, words in _STANDARDS.items()
        if standard in known
    ]
