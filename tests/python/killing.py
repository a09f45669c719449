"""Runs that are killed at chosen moments and resumed until they end; what must hold is checked after every kill.

As a program, for full size: python tests/python/killing.py --program build/test/models/tuopin
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import struct
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import h5py

ROOT = Path(__file__).resolve().parents[2]
RECORD_MARK = 0x6B7361742D74726F
FILE_HEAD, RECORD_HEAD = struct.Struct("<4Q"), struct.Struct("<9Q")


def tasks_in(parts: Path) -> list[tuple[int, int]]:
    """Draw and replicate of every record that is there in its full length, read without the program."""
    found = []
    for path in sorted(parts.glob("tasks-*")):
        data = path.read_bytes()
        if len(data) < FILE_HEAD.size:
            continue
        at = FILE_HEAD.size + FILE_HEAD.unpack_from(data)[1]
        while at + RECORD_HEAD.size <= len(data):
            mark, draw, replicate, values, left_out, hashes, *_ = RECORD_HEAD.unpack_from(data, at)
            at += RECORD_HEAD.size + 8 * (values + left_out + hashes)
            assert mark == RECORD_MARK, f"{path} holds something else than records"
            if at > len(data):
                break
            found.append((draw, replicate))
    return found


@dataclass
class Run:
    """One command with one output, to be killed and resumed."""

    program: Path
    output: Path
    arguments: list[str]
    cache: Path
    tasks: int
    allowed: list[bytes] = field(default_factory=list, repr=False)  # what may stand under the output's name
    whole_bytes: int = 0  # of the parts when all tasks are done
    kills: int = 0
    phases: list[str] = field(default_factory=list)  # where the kills fell

    @property
    def parts(self) -> Path:
        return Path(f"{self.output}.parts")

    def start(self, *more: str) -> subprocess.Popen[bytes]:
        command = [self.program, "run", *self.arguments, "-o", self.output, "--quiet", "--progress", "none", *more]
        return subprocess.Popen(
            list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            env=os.environ | {"XDG_CACHE_HOME": str(self.cache)},
        )  # fmt: skip

    def finish(self, *more: str) -> float:
        start = time.monotonic()
        process = self.start(*more)
        _, text = process.communicate(timeout=1800)
        assert process.returncode == 0, text.decode()
        return time.monotonic() - start

    def record(self) -> dict[str, float]:
        return json.loads(Path(f"{self.output}.run.json").read_text())

    def check_output(self) -> bool:
        """Under the final name stands a whole study or nothing; whether there is one."""
        try:
            data = self.output.read_bytes()
        except FileNotFoundError:
            return False
        assert data in self.allowed, f"{len(data)} bytes stand under the output's name that are no whole study"
        with h5py.File(self.output) as file:
            assert file.attrs["format"] == "tuopin study"
        return True

    def kept_bytes(self) -> int:
        try:
            return sum(path.stat().st_size for path in self.parts.glob("tasks-*"))
        except FileNotFoundError:  # removed between the two
            return 0

    def kill(self, moment: Moment, *more: str) -> bool:
        """Kills a run as soon as the moment has come; False where it had ended before."""
        before = len(tasks_in(self.parts))
        process = self.start(*more)
        come = moment(self)
        while process.poll() is None and not come():
            self.check_output()
            time.sleep(0.0005)
        process.send_signal(signal.SIGKILL)
        _, text = process.communicate()
        assert process.returncode in (0, -signal.SIGKILL), text.decode()
        if process.returncode == 0:
            return False
        self.kills += 1
        done = tasks_in(self.parts)
        assert len(set(done)) == len(done), "a finished task was computed again"
        whole = len(done) == self.tasks or self.output.exists()
        self.phases.append(
            "with all tasks done" if whole else "between tasks" if len(done) > before else "before the first task"
        )
        self.check_output()
        return True

    def chain(self, moments: Iterator[Moment], *first: str) -> None:
        """Kills the run, then every resumed run, until one is through; checks what it leaves."""
        killed, arguments, kept = True, first, 0
        while killed:
            whole = self.output.exists() and self.output.read_bytes() == self.allowed[-1]
            before = len(tasks_in(self.parts))
            assert before >= kept or whole, "finished tasks were lost"
            kept = before
            moment = next(moments, None) if kept < self.tasks or whole else None  # enough to gather: kill elsewhere
            if moment is None:
                self.finish(*arguments)
                killed = False
            else:
                killed = self.kill(moment, *arguments)
            if not killed and (kept > 0 or not whole):
                record = self.record()
                assert (record["tasks_resumed"], record["tasks_computed"]) == (kept, self.tasks - kept)
            # Parts remember that an older study may be replaced; before the first task there are none.
            arguments = ("--resume",) if self.parts.exists() else ("--resume", *first)
        assert self.output.read_bytes() == self.allowed[-1], "the study is not the one of an undisturbed run"
        left = {path.name for path in self.output.parent.glob(f"{self.output.name}*")}
        assert left <= {self.output.name, f"{self.output.name}.run.json"}, left


# When to kill: given the run that has just been started, says whether the moment has come.
Moment = Callable[[Run], Callable[[], bool]]


def after(seconds: float) -> Moment:
    def begin(run: Run) -> Callable[[], bool]:
        end = time.monotonic() + seconds
        return lambda: time.monotonic() >= end

    return begin


def when(done: Callable[[Run], bool], delay: float = 0.0) -> Moment:
    """A while after something has happened."""

    def begin(run: Run) -> Callable[[], bool]:
        since: list[float] = []

        def come() -> bool:
            if not since and done(run):
                since.append(time.monotonic())
            return bool(since) and time.monotonic() >= since[0] + delay

        return come

    return begin


def moments(seed: int, count: int, lead: float, task: float, whole: int) -> list[Moment]:
    """Evenly over a run: a fifth before the first task (which takes `lead` seconds), three fifths while tasks of `task`
    seconds are done, by the share of the `whole` bytes that is kept, and a fifth when all are.

    By what has been done, not by the clock: a clock would kill resumed runs, which are shorter, mostly too late.
    """
    luck = random.Random(seed)

    def moment(share: float) -> Moment:
        if share < 0.2:
            return after(share / 0.2 * lead)
        if share >= 0.8:
            return when(lambda run: run.kept_bytes() >= whole, (share - 0.8) / 0.2 * 0.02)
        part, delay = (share - 0.2) / 0.6, luck.random() * 2 * task

        def begin(run: Run) -> Callable[[], bool]:
            kept = run.kept_bytes()
            return when(lambda run: run.kept_bytes() > kept + part * (whole - kept) * 0.9, delay)(run)

        return begin

    chosen = [moment((i + luck.random()) / count) for i in range(count)]
    luck.shuffle(chosen)
    return chosen


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--draws", type=int, default=24)
    parser.add_argument("--sample", default="1")
    parser.add_argument("--seed", type=int, default=1)
    o = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        scenarios = [str(ROOT / f"scenarios/xiangxi/{stem}.toml") for stem in ("baseline", "plan-2016")]
        arguments = [*scenarios, "--draws", str(o.draws), "--leave-out-batches", "2", "--sample", o.sample]
        run = Run(o.program.resolve(), folder / "whole.h5", arguments, folder / "cache", o.draws)
        duration = run.finish()
        print(f"undisturbed: {duration:.1f} s, {run.record()}", flush=True)
        run.allowed = [run.output.read_bytes()]
        record, luck = run.record(), random.Random(o.seed)
        run.output = folder / "study.h5"
        # Each moment counts from the start of its own resumed run; together they stay below the whole.
        lead = record["seconds_total"] - record["seconds_simulation"]
        task = record["seconds_simulation"] / o.draws
        for number in range(o.kills):  # the first before any task is done, the others between tasks
            share = o.draws * number // o.kills
            moment = when(lambda run, share=share: len(tasks_in(run.parts)) > share, luck.random() * 2 * task)
            assert run.kill(moment if number else after(luck.random() * lead), "--resume"), "ended before it was killed"
            kept = len(tasks_in(run.parts))
            print(f"kill {number + 1} ({run.phases[-1]}): {kept} of {o.draws} tasks kept", flush=True)
        seconds = run.finish("--resume")
        record = run.record()
        assert run.output.read_bytes() == run.allowed[0]
        assert (record["tasks_resumed"], record["tasks_computed"]) == (kept, o.draws - kept)
        print(f"resumed in {seconds:.1f} s: {kept} tasks taken, {o.draws - kept} computed; the same bytes")


if __name__ == "__main__":
    main()
