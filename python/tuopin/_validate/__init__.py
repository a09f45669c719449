"""``tuopin validate``: what the model gives beside what was published, each with source and error, good or bad.

Nothing is tuned here: both scenarios are lived as they stand, and every published figure of the table beside them is
shown.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tuopin._language import Language, say
from tuopin._tables import file_text
from tuopin._validate.figures import FIGURES
from tuopin._validate.table import TABLE, Row, check_places, read_table
from tuopin._validate.verdict import Comparison, compared
from tuopin._validate.world import World, lived
from tuopin.engine import Engine
from tuopin.errors import DataError, Error

_MOST_BYTES = 1 << 20  # as the program's own limit on files in TOML
_MOST_PARENTS = 20

#: Called with the number of worlds lived and of all.
News = Callable[[int, int], None]


@dataclass(frozen=True)
class Findings:
    """What a page is made of."""

    comparisons: list[Comparison]
    rows: list[Row]
    titles: tuple[dict[str, str], dict[str, str]]  # of the reference and of the plan, by language
    region: dict[str, str]
    places: dict[str, dict[str, str]]  # names of the region and its counties
    poor: dict[int, float]  # mean share below the statistical line, with the plan
    registered: dict[int, float]
    persons: float  # of the whole region
    years: tuple[int, int]
    sample: float
    draws: int
    replicates: int


def validate_text(
    baseline: Path, plan: Path, table: Path | None, *, sample: float, draws: int, replicates: int, lang: Language,
    width: int, styled: bool = False, news: News | None = None,
) -> str:  # fmt: skip
    """The page, from two scenarios of one region and the table beside the first."""
    from tuopin._summary.layout import laid_out
    from tuopin._validate.page import page

    found = findings(baseline, plan, table, sample=sample, draws=draws, replicates=replicates, news=news)
    return laid_out(page(found, lang), width, styled)


def findings(
    baseline: str | os.PathLike[str], plan: str | os.PathLike[str], table: str | os.PathLike[str] | None = None, *,
    sample: float, draws: int, replicates: int, news: News | None = None,
) -> Findings:  # fmt: skip
    path = Path(table) if table is not None else Path(baseline).parent / TABLE
    if not path.is_file():
        raise DataError(say("{path}: there is no table of published figures; name one with --table", path=path))
    with Engine(baseline, plan, sample=sample, last_year=last_year_of(Path(baseline))) as engine:
        rows = read_table(path, engine.years)
        lives = _Lives(engine, path, rows, sample)
        numbers: list[int | None] = [None] if draws == 1 else list(range(draws))
        worlds = [(draw, replicate) for draw in numbers for replicate in range(replicates)]
        for at, (draw, replicate) in enumerate(worlds):
            for which, name in enumerate(lives.values):
                lives.live(name, draw, replicate)
                if news:
                    news(2 * at + which + 1, 2 * len(worlds))
        first, second = lives.values.values()
        comparisons = [compared(row, [of[r] for of in second], [of[r] for of in first])
                       for r, row in enumerate(lives.compared)]  # fmt: skip
        region = next(iter(lives.places.values()))
        titles = _title(Path(baseline)), _title(Path(plan))
        return Findings(comparisons, rows, titles, region, lives.places, _means(lives.poor), _means(lives.registered),
                        lives.persons, engine.years, sample, draws, replicates)  # fmt: skip


class _Lives:
    """The worlds of both scenarios, each reduced to its values as soon as it has been lived."""

    def __init__(self, engine: Engine, path: Path, rows: Sequence[Row], sample: float) -> None:
        self.engine, self.path, self.sample = engine, path, sample
        self.compared = [row for row in rows if row.compared]
        self.kept = sorted({row.year for row in self.compared})
        self.values: dict[str, list[list[float]]] = {name: [] for name in engine.scenarios[:2]}
        self.places: dict[str, dict[str, str]] = {}
        self.poor: list[dict[int, float]] = []  # of the plan
        self.registered: list[dict[int, float]] = []
        self.persons = 0.0

    def live(self, name: str, draw: int | None, replicate: int) -> None:
        world = lived(self.engine, name, draw, replicate, self.kept, self.sample)
        if not self.places:
            self.places = _places(world)
            check_places(self.path, self.compared, list(self.places))
        known = list(self.places)
        self.values[name].append([FIGURES[row.figure].of(world, row.year, known.index(row.place))
                                  for row in self.compared])  # fmt: skip
        self.persons = float(world.homes.persons.sum()) / self.sample
        if name != self.engine.scenarios[0]:
            self.poor.append({y: world.figure("poverty_rate", y, 0, line=1.0, income="true") for y in world.poor})
            self.registered.append({y: world.figure("register_rate", y, 0) for y in world.poor})


def _means(by_world: Sequence[dict[int, float]]) -> dict[int, float]:
    return {year: sum(of[year] for of in by_world) / len(by_world) for year in by_world[0]}


def _places(world: World) -> dict[str, dict[str, str]]:
    names = [str(name) for name in world.figures["place_name"]["place"].values]
    en, zh = ([str(name) for name in world.figures[key].values] for key in ("place_name", "place_name_zh"))
    return {name: {"en": en[i] or name, "zh": zh[i] or name} for i, name in enumerate(names)}


def _title(file: Path) -> dict[str, str]:
    said = tomllib.loads(file_text(file, _MOST_BYTES)).get("title")
    return {lang: str(said.get(lang) or file.stem) if isinstance(said, dict) else file.stem for lang in ("en", "zh")}


def last_year_of(scenario: Path) -> int | None:
    """The last year that the data of a scenario's region reach; what it extends is followed. None where the files do
    not say: they are refused, with their lines, when they are read as scenarios."""
    for _ in range(_MOST_PARENTS):
        try:
            document = tomllib.loads(file_text(scenario, _MOST_BYTES))
        except (Error, ValueError, RecursionError):
            return None
        if isinstance(region := document.get("region"), str):
            scenario = scenario.parent / region
            continue
        if isinstance(year := document.get("last_year"), int):
            return year
        if not isinstance(parent := document.get("extends"), str):
            return None
        scenario = scenario.parent / parent
    return None
