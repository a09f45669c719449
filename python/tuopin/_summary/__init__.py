"""The readable tables of a study, as ``tuopin summary`` prints them."""

from __future__ import annotations

import math
import os
from pathlib import Path

from tuopin import results
from tuopin._arguments import needed_number
from tuopin._findings import Study
from tuopin._language import Language, checked_language, say
from tuopin._summary import batches, dynamics, effects, further, money, opening, register_errors, targets, years
from tuopin._summary.layout import Block, laid_out
from tuopin._summary.page import Page
from tuopin.errors import DataError

#: Columns of a page: of a file or a pipe, and the least and most of a terminal.
WIDTH, LEAST_WIDTH, MOST_WIDTH = 120, 60, 120

_MOST_FIGURES = 2e7
_TABLES = (("scenario", "batch", "left_out_draw", "year"), ("scenario", "target", "year"))

#: Figures that a section names; all others stand in the section of further ones.
NAMED = frozenset(
    {*effects.FIGURES, *years.FIGURES, *years.INCOME_FIGURES, *dynamics.FIGURES, *register_errors.FIGURES,
     *money.FIGURES, *money.PROGRAMME_FIGURES, *batches.FIGURES}
)  # fmt: skip


def summary(path: str | os.PathLike[str], lang: Language = "en", width: int = WIDTH) -> str:
    """The readable tables of a study, in English ("en") or Chinese ("zh"), as ``tuopin summary`` prints them.

    ``width``: columns of the page, from 60 to 120; a table that is too wide goes on below.
    """
    return summary_text(Path(path), checked_language(lang), needed_number(width, "width", LEAST_WIDTH, MOST_WIDTH))


def summary_text(path: Path, lang: Language, width: int, styled: bool = False) -> str:
    results.check_study(path, lang)
    study = Study(*results.open_with_groups(path, results.groups(path)))
    _check_size(study)
    return laid_out(_blocks(Page(study, lang, width)), width, styled)


def _blocks(page: Page) -> list[Block]:
    return [
        *opening.opening(page),
        *effects.effects(page),
        *effects.value(page),
        *years.years(page),
        *years.mean_income(page),
        *dynamics.dynamics(page),
        *register_errors.register_errors(page),
        *money.money(page),
        *money.programmes(page),
        *batches.batches(page),
        *targets.targets(page),
        *further.further(page, NAMED),
        *effects.warnings(page),
        *opening.how_sure(page),
    ]


def _check_size(study: Study) -> None:
    """The same limit as for effects and warnings, which check their own dimensions."""
    for dims in _TABLES:
        figures = math.prod(study.size(dim) for dim in dims)
        if figures > _MOST_FIGURES:
            text = say("the study claims {figures} figures a table, at most {most} are shown: open it in Python",
                       figures=f"{figures:.3g}", most=f"{_MOST_FIGURES:g}")  # fmt: skip
            raise DataError(text)
