"""The engine in this process: trajectories that are stepped year by year, variants without files, runs without a
study file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from tuopin import _core
from tuopin._arguments import a_path, needed_number, scenario_files, share
from tuopin._files import reason_of, write_together
from tuopin._language import say
from tuopin._program import Progress, listener_of
from tuopin._studies import Study, study_of
from tuopin.errors import DataError, OutputError, UsageError

__all__ = ["Column", "Engine", "Trajectory"]

_SAVED = b"tuopint1"  # how a saved trajectory begins


class Column(NamedTuple):
    """What a column holds."""

    name: str
    unit: str
    meaning: str
    meaning_zh: str
    labels: tuple[str, ...]
    """Names of the values 0, 1, … of a category; empty for any other column."""


class Engine:
    """Scenarios with their populations and calibrations, kept in memory.

    ``scenarios`` are scenario files of one region; the first is the reference of :meth:`run`. ``sample`` is the share
    of the villages that is simulated, above 0 and up to 1; ``seed`` is that of all luck, 0 to 2⁶⁴−1; ``threads`` is
    their number, 0 for all that the machine offers. No result depends on the threads. ``last_year`` is the last
    simulated year, as far as the data of the region reach; without it, the one that the region names.

    Populations are made in memory when they are first needed; nothing is read from the cache of the program and
    nothing is written. The numbers are those of ``tuopin run`` with the same scenarios, sample and seed, bit for bit.
    Threads that share an engine take turns. After a fork an engine is refused: start processes with "spawn".

    Raises :class:`tuopin.ScenarioError` or :class:`tuopin.DataError` with every problem of every file.

    >>> files = ["scenarios/hamlet/baseline.toml", "scenarios/hamlet/plan.toml"]
    >>> engine = tuopin.Engine(*files)
    >>> world = engine.start("plan")
    >>> while not world.done:
    ...     world.step()
    >>> world.figures().poverty_rate.sel(place="hamlet")
    """

    def __init__(
        self,
        *scenarios: str | os.PathLike[str],
        sample: float = 1.0,
        seed: int = 1,
        threads: int = 0,
        last_year: int | None = None,
    ) -> None:
        files = scenario_files(scenarios, "tuopin.Engine")
        part = share(sample, "sample", 0.0001)
        self._process = os.getpid()
        self._held: _core.Engine | None = _core.Engine(
            files, 1.0 if part is None else part, needed_number(seed, "seed", 0, 2**64 - 1),
            needed_number(threads, "threads", 0, 1024),
            0 if last_year is None else needed_number(last_year, "last_year", 1900, 2200),
        )  # fmt: skip

    @property
    def scenarios(self) -> list[str]:
        """Names, in the order in which they were given; then variants."""
        return self._alive().scenarios()

    @property
    def warnings(self) -> list[str]:
        """Warnings: what is valid in the files but may be a mistake."""
        return self._alive().warnings()

    @property
    def years(self) -> tuple[int, int]:
        """The base year and the last year."""
        return self._alive().years()

    def start(
        self, scenario: str, draw: int | None = None, replicate: int = 0, against: Trajectory | None = None
    ) -> Trajectory:
        """A new trajectory, at the beginning of its base year.

        ``draw`` None takes the central values, as a run of one draw does; a number takes that draw of a run with
        several. ``against`` is a trajectory of the same draw and replicate: who is lifted or pushed down is counted
        against it, so it must have simulated each year first.
        """
        engine = self._alive()
        first = None if against is None else _trajectory(against)._of(self)
        number = None if draw is None else needed_number(draw, "draw", 0, 65534)
        kept = needed_number(replicate, "replicate", 0, 65534)
        return Trajectory._made(self, engine.start(_name(scenario, "scenario"), number, kept, first), against)

    def variant(
        self, of: str, changes: Mapping[str, Any] | None = None, *, name: str, without: Iterable[str] = ()
    ) -> str:
        """Makes a scenario from another one without a file, and returns its name.

        Keys are those of the scenario (``"safety_net.coverage"``) or, with ``programme.NAME.`` before them, of one of
        its programmes (``"programme.relocation.capacity.by_year.2018"``). ``without`` names programmes that are left
        out. What is changed is checked as in a file; :class:`tuopin.ScenarioError` says every problem.
        """
        if changes is not None and not isinstance(changes, Mapping):
            raise UsageError(say("changes is {changes}, expected a table of keys and values", changes=repr(changes)))
        said = {_key(key): _toml(value, key) for key, value in (changes or {}).items()}
        if isinstance(without, str):
            raise UsageError(say("without is {without}, expected a list of names of programmes", without=repr(without)))
        gone = [_name(programme, "without") for programme in without]
        self._alive().variant(_name(of, "of"), _name(name, "name"), said, gone)
        return name

    def run(
        self,
        scenarios: Iterable[str] | None = None,
        *,
        draws: int = 1,
        replicates: int = 1,
        leave_out_batches: int = 0,
        figures: Iterable[str] | None = None,
        progress: bool | Callable[[Progress], None] = False,
    ) -> Study:
        """Runs scenarios together under equal luck; the study that ``tuopin run`` would write, without a file.

        ``scenarios`` are names, the reference first; None takes all in their order. The other arguments are those of
        :func:`tuopin.run`. ``study.dataset`` is what ``tuopin.open(file)`` gives, ``study["ledger"]`` is a group.
        Ctrl-C stops between two tasks.
        """
        engine = self._alive()
        names = self.scenarios if scenarios is None else _names(scenarios, "scenarios")
        listener = listener_of(progress)
        found = engine.run(
            names, needed_number(draws, "draws", 1, 65535), needed_number(replicates, "replicates", 1, 65535),
            needed_number(leave_out_batches, "leave_out_batches", 0, 65535),
            [] if figures is None else _names(figures, "figures"),
            lambda *news: listener(Progress(*news)),
        )  # fmt: skip
        return study_of(found)

    def load(self, path: str | os.PathLike[str]) -> Trajectory:
        """A trajectory that :meth:`Trajectory.save` wrote, of a scenario of this engine, in this build of tuopin."""
        engine, file = self._alive(), a_path(path)
        try:
            contents = file.read_bytes()
        except (OSError, ValueError) as problem:
            raise DataError(say("{file}: cannot be read ({reason})", file=file, reason=reason_of(problem))) from problem
        try:
            return Trajectory._made(self, engine.load(contents), None)
        except DataError as problem:
            raise DataError(f"{file}: {problem}") from problem

    def close(self) -> None:
        """Frees all memory as soon as no trajectory needs it. The engine cannot be used afterwards."""
        self._held = None

    def __enter__(self) -> Engine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return "<tuopin.Engine, closed>" if self._held is None else f"<tuopin.Engine of {', '.join(self.scenarios)}>"

    def _alive(self) -> _core.Engine:
        if os.getpid() != self._process:
            raise UsageError(
                say(
                    "this engine was made before a fork, and threads do not survive one: make an engine in each "
                    'process, and start processes with multiprocessing\'s "spawn"'
                )
            )
        if self._held is None:
            raise UsageError(say("this engine is closed: make another one"))
        return self._held


class Trajectory:
    """One scenario under one parameter draw and one replicate, simulated year by year.

    Made by :meth:`Engine.start`, :meth:`Engine.load` and :meth:`copy`.
    """

    def __init__(self) -> None:
        raise UsageError(say("a trajectory is made by Engine.start, Engine.load or Trajectory.copy"))

    _engine: Engine
    _held: _core.Trajectory
    _against: Trajectory | None

    @classmethod
    def _made(cls, engine: Engine, core: _core.Trajectory, against: Trajectory | None) -> Trajectory:
        made = cls.__new__(cls)
        made._engine, made._held, made._against = engine, core, against
        return made

    def step(self) -> Trajectory:
        """Simulates the next year and returns the trajectory. :class:`tuopin.UsageError` after the last year."""
        self._alive().step()
        return self

    def run(self) -> Trajectory:
        """Simulates all years that are left."""
        while not self.done:
            self.step()
        return self

    @property
    def scenario(self) -> str:
        """Name of the scenario."""
        return self._alive().scenario

    @property
    def draw(self) -> int | None:
        """Number of the draw; None for the central values."""
        return self._alive().draw

    @property
    def replicate(self) -> int:
        """Number of the replicate."""
        return self._alive().replicate

    @property
    def year(self) -> int:
        """The last year simulated; at the beginning the year before the base year."""
        return self._alive().year

    @property
    def done(self) -> bool:
        """True when the last year has been simulated."""
        return self._alive().done

    @property
    def state_hash(self) -> str:
        """Hash of everything on which later years depend, 16 hexadecimal digits: equal for equal states."""
        return f"{self._alive().state_hash():016x}"

    def figures(self, names: Iterable[str] | None = None) -> Study:
        """The figures of the years simulated, with the names, dimensions and order of a study.

        The dimensions scenario, draw and replicate have one entry. Figures that hold a scenario against the first one
        (out_of_poverty, into_poverty, fall_in_poverty) are there for a trajectory that was started ``against`` another.
        """
        core = self._alive()
        found = core.figures([] if names is None else _names(names, "figures"))
        return study_of(
            found, years=self.year - self._engine.years[0] + 1, draw=core.draw or 0, replicate=core.replicate
        )

    def levels(self) -> list[str]:
        """Kinds of entity that have columns: person, household, village, county, region, and child tables."""
        return self._alive().levels()

    def columns(self, level: str) -> list[Column]:
        """The columns of a level, as they are now."""
        return [
            Column(name, unit, meaning, meaning_zh, tuple(labels))
            for name, unit, meaning, meaning_zh, labels in self._alive().columns(_name(level, "level"))
        ]

    def column(self, level: str, name: str) -> npt.NDArray[Any]:
        """The values of a column, one for each entity, as they are now: a copy that later steps do not change."""
        return self._alive().column(_name(level, "level"), _name(name, "column"))

    def copy(self, scenario: str | None = None) -> Trajectory:
        """An independent copy in the same state.

        ``scenario``: the copy continues as this scenario of the engine, which must not differ in the years already
        simulated; otherwise :class:`tuopin.UsageError` says from which year on it differs.
        """
        name = None if scenario is None else _name(scenario, "scenario")
        return Trajectory._made(self._engine, self._alive().copy(name), self._against)

    def save(self, path: str | os.PathLike[str], *, force: bool = False) -> Path:
        """Writes everything on which later years depend, atomically, for this build of tuopin.

        ``force=True`` replaces a trajectory that stands there, and nothing else.
        """
        file, contents = a_path(path), self._alive().save()
        if force and file.is_file() and not file.read_bytes()[: len(_SAVED)] == _SAVED:
            raise OutputError(
                say("{file}: is no saved trajectory, and is never written over; name another file", file=file)
            )
        write_together({file: lambda part: part.write_bytes(contents)}, force)
        return file

    def __repr__(self) -> str:
        world = "central values" if self._held.draw is None else f"draw {self._held.draw}"
        where = f"{world}, replicate {self._held.replicate}, {self._held.year}"
        return f"<tuopin.Trajectory of {self._held.scenario}, {where}>"

    def _alive(self) -> _core.Trajectory:
        self._engine._alive()
        return self._held

    def _of(self, engine: Engine) -> _core.Trajectory:
        if self._engine is not engine:
            raise UsageError(say("against is a trajectory of another engine"))
        return self._held


def _trajectory(value: Any) -> Trajectory:
    if not isinstance(value, Trajectory):
        raise UsageError(say("against is {value}, expected a trajectory", value=repr(value)))
    return value


def _name(value: Any, what: str) -> str:
    if not isinstance(value, str):
        raise UsageError(say("{what} is {value}, expected a name", what=what, value=repr(value)))
    return value


def _names(values: Any, what: str) -> list[str]:
    if isinstance(values, (str, bytes)) or not isinstance(values, Iterable):
        raise UsageError(say("{what} is {values}, expected a list of names", what=what, values=repr(values)))
    names = [_name(value, what) for value in values]
    if not names:
        raise UsageError(say("{what} is empty, expected at least one name", what=what))
    return names


def _key(key: Any) -> str:
    return _name(key, "key").removeprefix("programme.")


def _toml(value: Any, key: str) -> str:
    """A value in the syntax of a scenario file."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{escaped}"'
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_toml(one, key) for one in value) + "]"
    if isinstance(value, Mapping):
        return (
            "{ "
            + ", ".join(
                f'"{_name(k if isinstance(k, str) else str(k), key)}" = {_toml(v, key)}' for k, v in value.items()
            )
            + " }"
        )
    raise UsageError(say("{key} is {value}, expected a number, a text, a list or a table", key=key, value=repr(value)))
