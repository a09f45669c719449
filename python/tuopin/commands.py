"""Commands of the package: ``tuopin chart`` and ``tuopin export`` (the program runs ``tuopin-NAME`` beside it)."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tuopin.charts import fan_chart
from tuopin.errors import Error
from tuopin.summaries import write_summaries


def chart(arguments: Sequence[str] | None = None) -> int:
    """Entry point of ``tuopin-chart``."""
    parser = argparse.ArgumentParser(
        prog="tuopin chart",
        description="Draw the fan chart of a study: true and register rate by year, every scenario with its 50%% and "
        "90%% bands, the document's targets and what was observed.",
        epilog="example: tuopin chart results/xiangxi.h5 --lang zh",
    )
    parser.add_argument("study", type=Path, help="a study file (.h5)")
    parser.add_argument("-o", "--output", type=Path, help="PNG, SVG or PDF (default: the study's name with .png)")
    parser.add_argument("--lang", choices=["en", "zh"], default="en", help="language of the labels (default: en)")
    parser.add_argument("--place", help="place to draw (default: the whole region)")
    parser.add_argument("--observations", type=Path, help="CSV of reported figures: a region's observations.csv")
    parser.add_argument("--title", help="title of the chart (default: one that says what is shown)")
    given = parser.parse_args(arguments)

    def draw() -> list[Path]:
        output = given.output or given.study.with_suffix(".png")
        fan_chart(
            given.study, output, lang=given.lang, place=given.place, title=given.title, observations=given.observations
        )
        return [output]

    return _finish(draw)


def export(arguments: Sequence[str] | None = None) -> int:
    """Entry point of ``tuopin-export``."""
    parser = argparse.ArgumentParser(
        prog="tuopin export",
        description="Write the summaries of a study beside it: NAME.csv, NAME.parquet and NAME.xlsx, with median and "
        "5%% and 95%% order statistics over parameter draws and replicates.",
        epilog="example: tuopin export results/xiangxi.h5",
    )
    parser.add_argument("study", type=Path, help="a study file (.h5)")
    given = parser.parse_args(arguments)
    return _finish(lambda: list(write_summaries(given.study).values()))


def _finish(work: Callable[[], list[Path]]) -> int:
    try:
        for path in work():
            print(path)
    except Error as problem:
        print(f"tuopin: {problem}", file=sys.stderr)
        return problem.code
    return 0
