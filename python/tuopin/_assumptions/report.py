"""What is found about the assumptions of a study."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tuopin._assumptions.numbers import Number
from tuopin._assumptions.one_by_one import Moves
from tuopin._assumptions.shares import Shares
from tuopin._language import Language, Translator


@dataclass(frozen=True)
class Report:
    study: str
    titles: list[str]
    region: str
    seed: int
    draws: int
    replicates: int
    numbers: list[Number] = field(default_factory=list)
    without_files: str = ""  # why the files were not read: the numbers are those that the study keeps
    counted: dict[str, int] = field(default_factory=dict)  # by status, as the study counts them
    question: str = ""  # none: only counted and listed
    meaning: str = ""
    meaning_zh: str = ""
    unit: str = ""
    populations: int = 0
    sample: float = 1.0  # of the decomposition, and of the first look at single numbers
    final_sample: float = 1.0  # of the numbers that move most
    shares: Shares | None = None
    moves: Moves | None = None
    first_look: Moves | None = None  # all numbers, on the sample
    again: int = 0  # numbers that were run on the final sample
    margins_left_out: int = 0
    same_luck: bool = False

    @property
    def screened(self) -> int:
        return len(self.first_look.numbers) if self.first_look else 0

    def meaning_in(self, lang: Language) -> str:
        return self.meaning_zh if lang == "zh" else self.meaning


def without_range(numbers: Sequence[Number]) -> list[tuple[Number, int]]:
    """Assumed numbers and defaults without a range, by name; those of one name in one file stand together."""
    found: dict[tuple[str, int, str, bool], list[Number]] = {}
    for number in numbers:
        if number.assumed and not number.has_range:
            found.setdefault((number.name, number.year, number.file, number.by_default), []).append(number)
    return [(of[0], len(of)) for of in found.values()]


def question_in_words(titles: Sequence[str], figure: str, year: int, say: Translator) -> str:
    if len(titles) < 2:
        return say("{figure} in {year} of {last}", figure=figure, year=year, last=titles[-1])
    return say("{figure} in {year}: {last} against {first}, in the same worlds", figure=figure, year=year,
               last=titles[-1], first=titles[0])  # fmt: skip
