"""``tuopin assumptions``: what a study assumes, which assumptions make its result vary, and who would know better.

Counts and lists are read from the scenario files, which must be those of the study. Two experiments of their own
follow: the variance of the paired result by groups of numbers (``shares``), and one number at a time (``one_by_one``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tuopin._arguments import needed_number, share
from tuopin._assumptions.book import write_book
from tuopin._assumptions.numbers import drawn_names, numbers_from
from tuopin._assumptions.one_by_one import moves
from tuopin._assumptions.page import page
from tuopin._assumptions.report import Report, question_in_words
from tuopin._assumptions.shares import shares
from tuopin._assumptions.stored import stored_numbers
from tuopin._assumptions.study import Made, files_of
from tuopin._assumptions.worlds import Question
from tuopin._files import check_output, write_together
from tuopin._language import Language, say, translator
from tuopin._program import Progress, listener_of
from tuopin._summary.layout import Note, laid_out
from tuopin.engine import Engine
from tuopin.errors import DataError, ScenarioError

__all__ = ["Options", "Report", "assumptions_text", "report_of"]

_FIRST_LOOK = 2  # worlds of luck in which all numbers are put in order


@dataclass(frozen=True)
class Options:
    scenarios: Sequence[Path] = field(default_factory=list)
    figure: str | None = None  # none: people lifted out less pushed in; of one scenario the poverty rate
    year: int | None = None  # none: the last
    draws: int = 64
    sample: float = 0.05
    final_sample: float = 1.0
    replicates: int = 2
    most: int = 20
    margins: bool = True
    same_luck: bool = False
    runs: bool = True
    threads: int = 0

    def checked(self) -> Options:
        needed_number(self.draws, "--draws", 4, 10_000)
        needed_number(self.replicates, "--replicates", 2, 1000)
        needed_number(self.most, "--most", 1, 1000)
        share(self.sample, "--sample", 0.0001)
        share(self.final_sample, "--final-sample", 0.0001)
        return self


def assumptions_text(
    path: Path, lang: Language, width: int, styled: bool, options: Options, excel: Path | None, progress: bool
) -> str:
    """The page; with ``excel`` the workbook too, which is never written over."""
    if excel is not None:
        check_output(excel, False, [path])
    report = report_of(path, lang, options.checked(), listener_of(progress))
    blocks = page(report, lang, width)
    if excel is not None:
        notes = [block.text for block in blocks if isinstance(block, Note)][2 if report.question else 1 :]
        write_together({excel: lambda part: write_book(part, report, lang, notes)}, False, [path])
    return laid_out(blocks, width, styled)


def report_of(path: Path, lang: Language, options: Options, listener: Callable[[Progress], None]) -> Report:
    made = Made(path, lang)
    region = str(made.attributes.get("region_zh" if lang == "zh" else "region", ""))
    report = Report(path.name, made.titles, region, made.seed, made.draws, int(made.attributes.get("replicates", 1)))
    if not options.runs:
        return _read_only(report, made, options)
    files = files_of(made, options.scenarios)
    figure = options.figure or ("fall_in_poverty" if len(made.names) > 1 else "poverty_rate")
    with made.engine(files, options.sample, options.threads) as engine:
        made.check(engine)
        report = replace(report, numbers=numbers_from(engine._alive().numbers(made.names)))
        question = Question(made.names, figure, options.year, engine.years)
        report = _on_sample(report, question, engine, options, listener)
        report = replace(report, question=question_in_words(made.titles, figure, question.year, translator(lang)),
                         meaning=question.meaning, meaning_zh=question.meaning_zh, unit=question.unit)  # fmt: skip
    with made.engine(files, options.final_sample, options.threads) as engine:
        return _on_all(report, question, engine, options, listener)


def _read_only(report: Report, made: Made, options: Options) -> Report:
    """From the files; where they are gone or have changed, from what the study itself keeps."""
    try:
        with made.engine(files_of(made, options.scenarios), options.sample, options.threads) as engine:
            made.check(engine)
            return replace(report, numbers=numbers_from(engine._alive().numbers(made.names)))
    except (DataError, ScenarioError) as problem:
        return replace(report, numbers=stored_numbers(made.attributes), without_files=str(problem),
                       counted=made.status_counts())  # fmt: skip


def _on_sample(
    report: Report, question: Question, engine: Engine, options: Options, listener: Callable[[Progress], None]
) -> Report:
    margins = drawn_names(report.numbers, margins=True)
    asked = [*drawn_names(report.numbers), *(margins if options.margins else [])]
    divided = shares(
        question, engine, report.numbers, report.seed, options.draws, _stage(listener, say("groups")), options.same_luck
    )
    worlds = min(_FIRST_LOOK, options.replicates)
    looked = moves(question, engine, asked, worlds, _stage(listener, say("one number at a time")))
    return replace(
        report, populations=engine._alive().populations(), sample=options.sample, shares=divided, first_look=looked,
        same_luck=options.same_luck, margins_left_out=0 if options.margins else len(margins),
    )  # fmt: skip


def _on_all(
    report: Report, question: Question, engine: Engine, options: Options, listener: Callable[[Progress], None]
) -> Report:
    """The largest of the first look, and half as many more, because the first look is on a sample."""
    assert report.first_look is not None
    names = [move.name for move in report.first_look.numbers[: options.most + options.most // 2]]
    found = moves(question, engine, names, options.replicates, _stage(listener, say("the largest, whole")))
    shown = replace(found, numbers=found.numbers[: options.most])
    return replace(report, moves=shown, again=len(names), final_sample=options.final_sample)


def _stage(listener: Callable[[Progress], None], name: str) -> Callable[[Progress], None]:
    """Says of which part the progress is."""
    return lambda news: listener(replace(news, phase=f"{name}, {say(news.phase)}"))
