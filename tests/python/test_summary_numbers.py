"""Numbers of a summary against one another: decimals, medians of one figure in two tables, words of parts."""

from __future__ import annotations

import re
from pathlib import Path

from test_summary import section

import tuopin


def columns_of(text: str, heading: str) -> list[list[str]]:
    """Numbers of a table of years, by column: medians alone."""
    rows = [line.split() for line in section(text, heading) if re.match(r"20\d\d ", line)]
    return [list(column) for column in zip(*(row[1:] for row in rows), strict=False)]


def test_one_number_of_decimals_in_a_column(hamlet_study: Path, small_study: Path) -> None:
    for study in (hamlet_study, small_study):
        for column in columns_of(tuopin.summary(study), "(1) "):
            rates = [number for number in column if re.fullmatch(r"[\d,]+\.\d+", number)]
            assert len({len(number.partition(".")[2]) for number in rates}) < 2, column


def test_medians_of_targets_are_those_of_the_other_tables(hamlet_study: Path) -> None:
    """The target on the register rate of 2020 is held against the rate that the table of years shows."""
    text = tuopin.summary(hamlet_study)
    target = next(line for line in text.splitlines() if line.startswith("H2 "))
    last = [next(line for line in section(text, f"({number}) Hamlet") if line.startswith("2020")) for number in (1, 2)]
    rates = [line.split()[2] for line in last]
    assert [rate.rstrip("%") for rate in re.findall(r"[\d.]+%", target)[1::2]] == rates


def test_what_is_a_part_of_another_figure_is_not_worded_so_without_it(hamlet_study: Path) -> None:
    for text in (tuopin.summary(hamlet_study), tuopin.summary(hamlet_study, "zh")):
        lines = text.splitlines()
        further_figures = "\n".join(
            lines[next(i for i, line in enumerate(lines) if line in ("Further figures", "其他指标")) :]
        )
        assert "of these" not in further_figures and "of the spending" not in further_figures
        assert "其中" not in further_figures
