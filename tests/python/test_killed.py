"""Runs killed at any moment: after resuming, the study is the same to the byte, and it is never partly written."""

from __future__ import annotations

import itertools
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from killing import Run, moments, tasks_in, when

ROOT = Path(__file__).resolve().parents[2]
KILLS = 50
ATTEMPTS = 20


@pytest.fixture(scope="module")
def xiangxi(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A hundredth of Xiangxi: one undisturbed run, whose bytes are those that any other must have."""
    folder = tmp_path_factory.mktemp("killed")
    shutil.copytree(ROOT / "scenarios/xiangxi", folder / "xiangxi")
    region = folder / "xiangxi/region/region.toml"  # one population instead of five: less to make before the first task
    text, changed = re.subn(r"^populations *= *\d+", "populations = 1", region.read_text(), flags=re.MULTILINE)
    assert changed == 1
    region.write_text(text)
    files = [str(folder / f"xiangxi/{stem}.toml") for stem in ("baseline", "plan-2016")]
    tasks = 32
    arguments = [*files, "--sample", "0.01", "--draws", str(tasks), "--leave-out-batches", "2", "--threads", "1"]
    run = Run(program, folder / "whole.h5", arguments, folder / "cache", tasks)
    with run.start() as process:  # its parts are gone when it has ended, so they are measured while it runs
        while process.poll() is None:
            run.whole_bytes = max(run.whole_bytes, run.kept_bytes())
            time.sleep(0.0005)
    assert process.returncode == 0
    run.allowed = [run.output.read_bytes()]
    return run


def copy_of(run: Run, output: Path, *more: str) -> Run:
    return Run(run.program, output, [*run.arguments, *more], run.cache, run.tasks, list(run.allowed), run.whole_bytes)


def killed_at_least_once(attempt: Callable[[Path], Run], folder: Path) -> None:
    """A kill that comes after the run has ended proves nothing: again in another folder, until one has come in time."""
    for number in range(ATTEMPTS):
        desk = folder / str(number)
        desk.mkdir()
        if attempt(desk).kills >= 1:
            return
    pytest.fail(f"in {ATTEMPTS} attempts every run had ended before it was killed")


def test_killed_at_any_moment(xiangxi: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Fifty kills, evenly over a run; every resumed run may be killed again. Some make the population anew, so that
    some kills fall there."""
    record = xiangxi.record()
    simulation = record["seconds_simulation"]
    lead, task = record["seconds_total"] - record["seconds_population"] - simulation, simulation / xiangxi.tasks
    queue = iter(moments(20160101, KILLS, lead, task, xiangxi.whole_bytes))
    killed, phases, begin = 0, [], time.monotonic()
    for number in itertools.count():
        extra = ("--no-cache",) if number % 4 == 3 else ()
        run = copy_of(xiangxi, tmp_path / f"study{number}.h5", *extra)
        run.arguments[run.arguments.index("--threads") + 1] = str(1 + number % 2)
        run.chain(queue)
        killed += run.kills
        phases += run.phases
        more = list(queue)
        if not more and killed >= KILLS:
            break
        # A kill that comes when the run has ended does not count: another moment for it.
        queue = iter(more or moments(number, KILLS - killed, lead, task, xiangxi.whole_bytes))
    with capsys.disabled():
        counts = ", ".join(f"{phases.count(phase)} {phase}" for phase in sorted(set(phases)))
        seconds = time.monotonic() - begin
        print(f"\n  {killed} kills in {seconds:.0f} s, each of a run of {record['seconds_total']:.1f} s: {counts}")
    assert killed >= KILLS
    for phase in ("before the first task", "between tasks", "with all tasks done"):
        assert phases.count(phase) >= KILLS // 25, f"too few kills {phase}"


@pytest.mark.parametrize("event", ["first part", "all tasks kept", "temporary", "study", "run record"])
def test_killed_when_something_appears(xiangxi: Run, tmp_path: Path, event: str) -> None:
    """Killed at each step of the gathering; the resumed run makes the same study and leaves nothing behind."""

    def attempt(folder: Path) -> Run:
        run = copy_of(xiangxi, folder / "study.h5")
        appeared = {
            "first part": lambda: run.parts.exists(),
            "all tasks kept": lambda: len(tasks_in(run.parts)) == run.tasks,
            "temporary": lambda: any(folder.glob("study.h5.tmp-*")),
            "study": lambda: run.output.exists(),
            "run record": lambda: Path(f"{run.output}.run.json").exists(),
        }[event]
        run.chain(iter([when(lambda run: appeared()), when(lambda run: appeared())]))
        return run

    killed_at_least_once(attempt, tmp_path)


def test_an_older_study_stays_until_the_new_one_is_whole(xiangxi: Run, tmp_path: Path) -> None:
    """With --force: at every kill the older study or the whole new one stands under the name, never a part of one."""

    def attempt(folder: Path) -> Run:
        run = copy_of(xiangxi, folder / "study.h5")
        older = copy_of(xiangxi, run.output)
        older.arguments = [*older.arguments, "--seed", "7"]
        older.finish()
        run.allowed = [run.output.read_bytes(), *xiangxi.allowed]
        run.chain(iter(moments(5, 6, 0.3, 0.02, xiangxi.whole_bytes)), "--force")
        return run

    killed_at_least_once(attempt, tmp_path)
