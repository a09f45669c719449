"""Runs scenarios: starts the program ``tuopin``, passes its progress on and turns its exit code into an error."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tuopin._arguments import scenario_files, share, truth, whole_number
from tuopin._language import say
from tuopin._problems import by_arguments
from tuopin.errors import Error, RunWarning, UsageError, error_of

__all__ = ["Progress", "executable", "run"]

_SECONDS_TO_STOP = 30.0
_SECONDS_TO_LOOK = 0.2
_WARNINGS = ("warning:", "注意")  # how the program begins them


@dataclass(frozen=True)
class Progress:
    """News of a run: ``done`` of ``total`` steps of a phase; seconds since it began and still to go (-1: unknown)."""

    phase: str
    done: int
    total: int
    elapsed: float
    remaining: float

    def __str__(self) -> str:
        share = f"{self.done}/{self.total}" if self.total else f"{self.done}"
        elapsed = f"{self.elapsed:.0f}"
        text = say("{phase}: {share} in {elapsed} s", phase=say(self.phase), share=share, elapsed=elapsed)
        if self.remaining < 0:
            return text
        return say("{progress}, {remaining} s left", progress=text, remaining=f"{self.remaining:.0f}")


def executable() -> Path:
    """The program: the one named by TUOPIN_EXECUTABLE, the one beside this Python, or the first on the path."""
    named = os.environ.get("TUOPIN_EXECUTABLE")
    if named:
        if not os.access(named, os.X_OK):
            raise UsageError(say("TUOPIN_EXECUTABLE is {named}, expected a program", named=named))
        return Path(named)
    beside = Path(sys.executable).with_name("tuopin")
    if os.access(beside, os.X_OK):
        return beside
    found = shutil.which("tuopin")
    if found is None:
        raise UsageError(
            say(
                "the program tuopin was not found: neither {beside} nor on the path; set TUOPIN_EXECUTABLE",
                beside=beside,
            )
        )
    return Path(found)


def run(
    *scenarios: str | os.PathLike[str],
    output: str | os.PathLike[str] | None = None,
    force: bool = False,
    resume: bool = False,
    replicates: int | None = None,
    draws: int | None = None,
    seed: int | None = None,
    threads: int | None = None,
    sample: float | None = None,
    leave_out_batches: int | None = None,
    last_year: int | None = None,
    figures: Iterable[str] | None = None,
    quick: bool = False,
    arguments: Iterable[str] = (),
    progress: bool | Callable[[Progress], None] = True,
) -> Path:
    """Simulate scenarios together, with shared luck, and return the path of the study file.

    The arguments are those of ``tuopin run``; without ``output`` the study goes to
    ``results/<names of the scenarios joined by +>.h5`` (a preview to ``…-preview.h5``). ``leave_out_batches`` is the
    number of draws in which each of the five batches is left out in turn. ``last_year`` is the last simulated year,
    as far as the data of the region reach. ``figures`` are the names of the only variables to record ("poverty_rate",
    "ledger/paid"); without it all are. ``quick=True`` is ``--quick``: a 5% sample with 20 draws, a preview only.
    ``arguments`` are passed on as they are. Numbers may be NumPy's; what is no number of the right kind is refused.
    Warnings of a run that succeeded come as :class:`tuopin.RunWarning`.

    ``progress`` is called with a :class:`Progress` now and then; ``True`` writes a line to standard error, ``False`` is
    silent. Ctrl-C stops the program cleanly, leaves nothing under the output's name, and raises ``KeyboardInterrupt``;
    finished tasks are kept beside it, as after a kill or on a full disk. ``resume=True`` goes on from there and gives
    the study of an undisturbed run, to the byte; ``force=True`` starts anew.

    >>> study = tuopin.open(tuopin.run("scenarios/hamlet/baseline.toml", "scenarios/hamlet/plan.toml", draws=20))
    """
    files = scenario_files(scenarios, "tuopin.run")
    path = Path(output) if output is not None else _default_output(files, truth(quick, "quick"))
    numbers: dict[str, int | float | str | None] = {
        "--replicates": whole_number(replicates, "replicates", 1, 65535),
        "--draws": whole_number(draws, "draws", 1, 65535),
        "--seed": whole_number(seed, "seed", 0, 2**64 - 1),
        "--threads": whole_number(threads, "threads", 0, 1024),
        "--sample": share(sample, "sample", 0.0001),
        "--last-year": whole_number(last_year, "last_year", 1900, 2200),
        "--leave-out-batches": whole_number(leave_out_batches, "leave_out_batches", 0, 65535),
    }
    if figures is not None:
        numbers["--figures"] = _list_of_names(figures, "figures")
    switches = {"--force": force, "--resume": resume, "--quick": quick}
    command = [str(executable()), "run", *map(_named, files), "--output", str(path), "--progress", "json"]
    command += [name for name, on in switches.items() if truth(on, name.lstrip("-"))]
    for name, value in numbers.items():
        if value is not None:
            command += [name, str(value)]
    if isinstance(arguments, str):
        raise UsageError(say("arguments is {arguments}, expected a list of words", arguments=repr(arguments)))
    said = _watch([*command, *map(str, arguments)], listener_of(progress))
    for line in said.splitlines():
        if line.startswith(_WARNINGS):
            warnings.warn(line, RunWarning, stacklevel=2)
    return path


def _list_of_names(names: Iterable[str], what: str) -> str:
    """A list of names for the command line. A single text is refused, because it would be split into letters."""
    listed = None if isinstance(names, str) else list(names)
    if not listed or not all(isinstance(name, str) and name and "," not in name for name in listed):
        raise UsageError(say("{what} is {names}, expected a list of names", what=what, names=repr(names)))
    return ",".join(listed)


def _named(file: Path) -> str:
    """Prevents a file name that begins with a dash from being read as an option."""
    return f"./{file}" if str(file).startswith("-") else str(file)


def _default_output(files: list[Path], quick: bool) -> Path:
    return Path("results", "+".join(file.stem for file in files) + ("-preview.h5" if quick else ".h5"))


def _watch(command: list[str], listener: Callable[[Progress], None]) -> str:
    """Runs the command and returns its messages other than progress. The command has a session of its own, so that
    Ctrl-C reaches it only once, from here, both in a terminal and in a notebook."""
    with tempfile.TemporaryFile() as unread:  # what is printed for a terminal; a pipe that nobody reads would block
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=unread, stderr=subprocess.PIPE, encoding="utf-8",
            errors="replace", start_new_session=True,
        )  # fmt: skip
        try:
            text = _listen(process, listener)
            code = process.wait()
        except BaseException:  # Ctrl-C, or an error of the listener
            _stop(process)
            raise
    _check(code, text)
    return text.strip()


def _listen(process: subprocess.Popen[str], listener: Callable[[Progress], None]) -> str:
    """Passes news on as it comes; returns all other lines.

    A thread reads: a Ctrl-C that arrives just before a blocking read would wait for the end of the program.
    """
    lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()

    def read() -> None:
        assert process.stderr is not None
        with process.stderr:
            for line in process.stderr:
                lines.put(line)
        lines.put(None)

    threading.Thread(target=read, daemon=True).start()
    rest: list[str] = []
    while True:
        try:
            line = lines.get(timeout=_SECONDS_TO_LOOK)
        except queue.Empty:
            continue
        if line is None:
            return "".join(rest)
        news = _news(line)
        if news is None:
            rest.append(line)
        else:
            listener(news)


def _news(line: str) -> Progress | None:
    if not line.startswith("{"):
        return None
    try:
        found = json.loads(line)
        remaining = found.get("remaining")
        return Progress(
            str(found["phase"]),
            int(found["done"]),
            int(found["total"]),
            float(found["elapsed"]),
            -1.0 if remaining is None else float(remaining),
        )
    except (ValueError, KeyError, TypeError):
        return None


def _stop(process: subprocess.Popen[str]) -> None:
    """Asks the program to end cleanly, as Ctrl-C would, and kills it if it does not."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout=_SECONDS_TO_STOP)
    except BaseException:
        process.kill()
        process.wait()
        raise


def _check(code: int, text: str) -> None:
    if code == 0:
        return
    text = text.strip()
    if code < 0:
        raise Error(say("tuopin was ended by {name}\n{text}", name=signal.Signals(-code).name, text=text).strip())
    raise error_of(code)(by_arguments(text) or say("tuopin ended with exit code {code}", code=code))


def listener_of(progress: bool | Callable[[Progress], None]) -> Callable[[Progress], None]:
    if callable(progress):
        return progress
    return _Line(sys.stderr) if progress else lambda news: None


class _Line:
    """Progress on one line of a terminal; elsewhere (a notebook, a log) a line when a phase ends.

    Standard error may be absent, closed, full, or something that only writes: progress ends no run.
    """

    def __init__(self, stream: IO[str] | None) -> None:
        self._stream = stream
        self._width = 0
        self._terminal = False
        with contextlib.suppress(Exception):
            self._terminal = bool(stream is not None and stream.isatty())

    def __call__(self, news: Progress) -> None:
        if self._stream is None:
            return
        ended = news.done >= news.total
        text = ""
        if self._terminal:
            said = str(news)
            text = "\r" + said.ljust(self._width) + ("\n" if ended else "")
            self._width = 0 if ended else len(said)
        elif ended:
            text = f"{news}\n"
        try:
            self._stream.write(text)
        except Exception:  # whatever the stream is: it is not tried again
            self._stream = None
            return
        with contextlib.suppress(Exception):
            self._stream.flush()
