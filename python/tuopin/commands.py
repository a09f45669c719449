"""Commands of the package (``summary``, ``chart``, ``export``, ``trace``, ``validate``, ``assumptions``): the program
runs ``tuopin-NAME``.

What they need is loaded when one is called: Matplotlib alone takes half a second."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from tuopin._arguments import number_typed, share_typed
from tuopin._console import Parser, counting, finish, language_given, show
from tuopin._files import beside_study
from tuopin._language import Language, checked_language, language_of_locale, speaking, translator


def summary(arguments: Sequence[str] | None = None) -> int:
    """Entry point of ``tuopin-summary``."""
    lang = language_given(arguments)
    say = translator(lang)
    parser = Parser(
        lang=lang,
        prog="tuopin summary",
        description=say("Print the tables of a study: what each scenario changes, years, income, dynamics, the "
                        "register's errors, money, programmes, targets, every further figure, warnings. As wide as the "
                        "terminal, from 60 to 120 columns."),
        example="tuopin summary results/xiangxi.h5 --lang zh",
    )  # fmt: skip
    parser.add_argument("study", type=Path, help=say("a study file (.h5)"))
    _add_language(parser, lang)
    given = parser.parse_args(arguments)

    def text() -> str:
        from tuopin._summary import summary_text

        return summary_text(given.study, checked_language(given.lang, "--lang"), *_page())

    with speaking(lang):
        return show(text)


def _page() -> tuple[int, bool]:
    """Columns of the page, and whether headings stand out: on a terminal only, and not where NO_COLOR is set."""
    from tuopin._summary import LEAST_WIDTH, MOST_WIDTH, WIDTH

    terminal = sys.stdout is not None and sys.stdout.isatty()
    columns = _columns_asked_for()
    if terminal:
        with contextlib.suppress(OSError):
            columns = os.get_terminal_size(sys.stdout.fileno()).columns or columns
    columns = columns or WIDTH
    styled = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM", "dumb") != "dumb"
    return min(max(columns, LEAST_WIDTH), MOST_WIDTH), styled


def _columns_asked_for() -> int:
    """The environment's COLUMNS, which a pipe has in place of a terminal's width; 0 where it is no number."""
    asked = os.environ.get("COLUMNS", "").strip()
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 0


def chart(arguments: Sequence[str] | None = None) -> int:
    """Entry point of ``tuopin-chart``."""
    lang = language_given(arguments)
    say = translator(lang)
    parser = Parser(
        lang=lang,
        prog="tuopin chart",
        description=say("Draw the fan chart of a study: income-poor and register rate by year, every scenario with its "
                        "50% and 90% bands, the document's targets and what was observed, and the fall by the plan in "
                        "the same worlds."),
        example="tuopin chart results/xiangxi.h5 --lang zh",
    )  # fmt: skip
    parser.add_argument("study", type=Path, help=say("a study file (.h5)"))
    parser.add_argument("-o", "--output", type=Path, help=say("PNG, SVG or PDF (default: the study's name with .png)"))
    parser.add_argument("--force", action="store_true", help=say("replace a chart that stands there already"))
    _add_language(parser, lang)
    parser.add_argument("--place", help=say("place to draw (default: the whole region)"))
    parser.add_argument("--observations", type=Path, help=say("CSV of reported figures: a region's observations.csv"))
    parser.add_argument("--title", help=say("title of the chart (default: one that says what is shown)"))
    given = parser.parse_args(arguments)

    def draw() -> list[Path]:
        from tuopin.charts import fan_chart

        output = given.output or beside_study(given.study, ".png")
        fan_chart(
            given.study,
            output,
            lang=checked_language(given.lang, "--lang"),
            place=given.place,
            title=given.title,
            observations=given.observations,
            force=given.force,
        )
        return [output]

    with speaking(lang):
        return finish(draw)


def export(arguments: Sequence[str] | None = None) -> int:
    """Entry point of ``tuopin-export``."""
    lang = language_given(arguments)
    say = translator(lang)
    parser = Parser(
        lang=lang,
        prog="tuopin export",
        description=say("Write the summaries of a study beside it: NAME.csv, NAME.parquet and NAME.xlsx, with median "
                        "and 5% and 95% order statistics over parameter draws and replicates; of a panel its "
                        "households by scenario and year."),
        example="tuopin export results/xiangxi.h5",
    )  # fmt: skip
    parser.add_argument("study", type=Path, help=say("a study file (.h5), or a panel that tuopin run --panel wrote"))
    parser.add_argument("--force", action="store_true", help=say("replace files that stand there already"))
    _add_language(parser, lang)
    given = parser.parse_args(arguments)

    def write() -> list[Path]:
        from tuopin.summaries import write_summaries

        return list(
            write_summaries(given.study, force=given.force, lang=checked_language(given.lang, "--lang")).values()
        )

    with speaking(lang):
        return finish(write)


def trace(arguments: Sequence[str] | None = None) -> int:
    """Entry point of ``tuopin-trace``."""
    lang = language_given(arguments)
    say = translator(lang)
    parser = Parser(
        lang=lang,
        prog="tuopin trace",
        description=say("Print what stands in the program for the rows of the policy document: file, key and the value "
                        "that stands there, or why nothing does. Without a phrase, counts by section and status."),
        example="tuopin trace 护林员",
    )  # fmt: skip
    parser.add_argument("phrase", metavar="PHRASE", nargs="*",
                        help=say("part of an id, of the Chinese phrase or of its meaning in English; or a whole "
                                 "section or status: II.2.7, \"not yet\""))  # fmt: skip
    parser.add_argument("--scenario", type=Path, metavar="DIR", default=Path("scenarios/xiangxi"),
                        help=say("folder that holds trace.csv (default: scenarios/xiangxi)"))  # fmt: skip
    _add_language(parser, lang)
    given = parser.parse_args(arguments)

    def text() -> str:
        from tuopin._trace import trace_text

        phrase = " ".join(given.phrase) if given.phrase else None
        return trace_text(given.scenario, phrase, checked_language(given.lang, "--lang"), *_page())

    with speaking(lang):
        return show(text)


def assumptions(arguments: Sequence[str] | None = None) -> int:
    """Entry point of ``tuopin-assumptions``."""
    lang = language_given(arguments)
    say = translator(lang)
    parser = Parser(
        lang=lang,
        prog="tuopin assumptions",
        description=say("Print what a study assumes: counts by status, every assumed number without a range, the "
                        "variance of the paired result by groups of numbers, and the numbers that move it most, with "
                        "file, line and the office that would know. Runs worlds of its own: about three minutes."),
        example="tuopin assumptions results/xiangxi.h5 --excel assumptions.xlsx",
    )  # fmt: skip
    parser.add_argument("study", type=Path, help=say("a study file (.h5)"))
    parser.add_argument("--scenario", type=Path, metavar="FILE", action="append", default=[],
                        help=say("a scenario file of the study, once for each (default: those of the run record, or of "
                                 "the same names below scenarios/)"))  # fmt: skip
    parser.add_argument("--figure", help=say("the result (default: fall_in_poverty, the income-poor that the last "
                                             "scenario has fewer than the first)"))  # fmt: skip
    parser.add_argument("--year", type=int, help=say("year of the result (default: the last)"))
    parser.add_argument("--draws", type=int, default=64, metavar="N",
                        help=say("worlds in each of the two sets of the decomposition (default: 64)"))  # fmt: skip
    parser.add_argument("--sample", type=float, default=0.05, metavar="SHARE",
                        help=say("share of the villages for the decomposition and the first look "
                                 "(default: 0.05)"))  # fmt: skip
    parser.add_argument("--final-sample", type=float, default=1.0, metavar="SHARE",
                        help=say("share of the villages for the numbers that move most (default: 1)"))  # fmt: skip
    parser.add_argument("--replicates", type=int, default=2, metavar="N",
                        help=say("worlds of luck for the numbers that move most (default: 2)"))  # fmt: skip
    parser.add_argument("--most", type=int, default=20, metavar="N", help=say("numbers shown (default: 20)"))
    parser.add_argument("--no-margins", action="store_true",
                        help=say("no single margins of the population, each of which needs two "
                                 "populations"))  # fmt: skip
    parser.add_argument("--same-luck", action="store_true",
                        help=say("the decomposition in worlds of the same luck: of numbers alone"))  # fmt: skip
    parser.add_argument("--no-runs", action="store_true", help=say("count and list only"))
    parser.add_argument("--threads", type=int, default=0, help=say("number of threads (default: all)"))
    parser.add_argument("--excel", type=Path, metavar="FILE", help=say("a workbook of the same, which must not exist"))
    parser.add_argument("--quiet", action="store_true", help=say("say no progress"))
    _add_language(parser, lang)
    given = parser.parse_args(arguments)

    def text() -> str:
        from tuopin._assumptions import Options, assumptions_text

        options = Options(
            scenarios=given.scenario, figure=given.figure, year=given.year, draws=given.draws, sample=given.sample,
            final_sample=given.final_sample, replicates=given.replicates, most=given.most, margins=not given.no_margins,
            same_luck=given.same_luck, runs=not given.no_runs, threads=given.threads,
        )  # fmt: skip
        language = checked_language(given.lang, "--lang")
        return assumptions_text(given.study, language, *_page(), options, given.excel, not given.quiet)

    with speaking(lang):
        return show(text)


def validate(arguments: Sequence[str] | None = None) -> int:
    """Entry point of ``tuopin-validate``."""
    lang = language_given(arguments)
    say = translator(lang)
    parser = Parser(
        lang=lang,
        prog="tuopin validate",
        description=say("Print what the model gives beside what was published: both with their error, the difference, "
                        "inside or outside, and the source; what growth alone gives; and the three figures that are "
                        "least to be trusted. Both scenarios are simulated as far as the data of their region reach."),
        example="tuopin validate scenarios/xiangxi/baseline.toml scenarios/xiangxi/plan-2016.toml",
    )  # fmt: skip
    parser.add_argument("baseline", type=Path, help=say("scenario file without the plan"))
    parser.add_argument("plan", type=Path, help=say("scenario file with the plan, of the same region"))
    parser.add_argument("--table", type=Path, metavar="FILE",
                        help=say("published figures (default: validation.csv beside the first scenario)"))  # fmt: skip
    parser.add_argument("--sample", metavar="NUMBER", default="0.2",
                        help=say("share of the villages that is simulated (default: 0.2)"))  # fmt: skip
    parser.add_argument("--draws", metavar="NUMBER", default="1",
                        help=say("parameter draws (default: 1, the central values)"))  # fmt: skip
    parser.add_argument("--replicates", metavar="NUMBER", default="10",
                        help=say("replicates of luck for each draw (default: 10)"))  # fmt: skip
    _add_language(parser, lang)
    given = parser.parse_args(arguments)

    def text() -> str:
        from tuopin._validate import validate_text

        width, styled = _page()
        return validate_text(
            given.baseline, given.plan, given.table, sample=share_typed(given.sample, "--sample", 0.0001),
            draws=number_typed(given.draws, "--draws", 1, 65535),
            replicates=number_typed(given.replicates, "--replicates", 1, 65535),
            lang=checked_language(given.lang, "--lang"), width=width, styled=styled, news=counting(),
        )  # fmt: skip

    with speaking(lang):
        return show(text)


def _add_language(parser: Parser, lang: Language) -> None:
    say = translator(lang)
    parser.add_argument(
        "--lang",
        default=language_of_locale(),
        metavar="{en,zh}",
        help=say("language of the labels (default: that of the locale)"),
    )
