"""Interrupted runs: killed at any moment, stopped, out of disk; resumed, the study is the same to the byte."""

from __future__ import annotations

import itertools
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from killing import Run, moments, tasks_in, when

import tuopin

ROOT = Path(__file__).resolve().parents[2]
USAGE, INTERRUPTED, OUTPUT = 2, 5, 6
KILLS = 50
ATTEMPTS = 20
Result = subprocess.CompletedProcess[str]

# ---- killed


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


# ---- the hamlet, stopped


class Desk:
    """The hamlet, copied so that it may be changed, and one output."""

    def __init__(self, program: Path, folder: Path) -> None:
        self.program, self.folder, self.hamlet = program, folder, folder / "hamlet"
        self.output = folder / "out" / "it's a study.h5"
        self.environment = os.environ | {"XDG_CACHE_HOME": str(folder / "cache")}
        shutil.copytree(ROOT / "scenarios/hamlet", self.hamlet)

    @property
    def parts(self) -> Path:
        return Path(f"{self.output}.parts")

    def command(self, *more: object) -> list[str]:
        scenarios = [self.hamlet / "baseline.toml", self.hamlet / "plan.toml"]
        arguments = ["--quiet", "--draws", 30, "--replicates", 30, "--threads", 1, "--output", self.output, *more]
        return list(map(str, [self.program, "run", *scenarios, *arguments]))

    def run(self, *more: object, **options: object) -> Result:
        return subprocess.run(
            self.command(*more), capture_output=True, text=True, env=self.environment, timeout=120, **options
        )

    def stop(self, *more: object, by: int = signal.SIGINT) -> str:
        """Stops a run once some tasks are done; what it said."""
        command = [*self.command(*more), "--progress", "json"]
        with subprocess.Popen(
            command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=self.environment
        ) as process:
            assert process.stderr is not None
            for line in process.stderr:
                if line.startswith('{"phase":"simulation"') and json.loads(line)["done"] > 0:
                    break
            process.send_signal(by)
            start = time.monotonic()
            text = process.stderr.read()
            assert process.wait(timeout=60) == INTERRUPTED, text
            assert time.monotonic() - start < 10
        return text

    def record(self) -> dict[str, float]:
        return json.loads(Path(f"{self.output}.run.json").read_text())


@pytest.fixture
def desk(program: Path, tmp_path: Path) -> Desk:
    return Desk(program, tmp_path)


@pytest.fixture(scope="module")
def whole(program: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    desk = Desk(program, tmp_path_factory.mktemp("whole"))
    assert desk.run().returncode == 0
    return desk.output.read_bytes()


def test_stopped_and_continued_by_the_command_that_it_prints(desk: Desk, whole: bytes) -> None:
    text = desk.stop()
    done = len(tasks_in(desk.parts))
    assert 0 < done < 900
    assert f"{done} of 900 tasks are finished and kept in" in text
    assert not desk.output.exists()
    command = text.strip().split("\n")[-1]
    assert command.endswith("--resume")
    subprocess.run(command, shell=True, check=True, capture_output=True, env=desk.environment, timeout=120)
    assert desk.output.read_bytes() == whole
    assert (desk.record()["tasks_resumed"], desk.record()["tasks_computed"]) == (done, 900 - done)
    assert sorted(path.name for path in desk.output.parent.iterdir()) == [
        desk.output.name,
        f"{desk.output.name}.run.json",
    ]
    again = desk.run("--resume")
    assert again.returncode == 0 and "finished already" in again.stdout


def test_a_queue_that_ends_the_run(desk: Desk, whole: bytes) -> None:
    assert "continue with" in desk.stop(by=signal.SIGTERM)
    assert desk.run("--resume").returncode == 0
    assert desk.output.read_bytes() == whole


def test_parts_are_not_passed_over_in_silence(desk: Desk, whole: bytes) -> None:
    desk.stop()
    done = len(tasks_in(desk.parts))
    refused = desk.run()
    assert refused.returncode == OUTPUT
    for words in (str(desk.parts), f"{done} of 900 tasks", "--resume", "--force"):
        assert words in refused.stderr, refused.stderr
    assert len(tasks_in(desk.parts)) == done
    assert desk.run("--force").returncode == 0
    assert (desk.record()["tasks_resumed"], desk.output.read_bytes()) == (0, whole)
    assert not desk.parts.exists()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--seed", 2], ["--seed", "had 1", "this one 2"]),
        (["--sample", 0.5], ["--sample", "had 1", "this one 0.5"]),
        (["--draws", 29], ["--draws", "had 30", "fewer"]),
        (["--replicates", 2], ["--replicates", "had 30", "fewer"]),
        (["--draws", 1], ["--draws", "central values"]),
        (["--leave-out-batches", 1], ["--leave-out-batches", "had 2", "fewer"]),
        (["--figures", "gini"], ["--figures", "had none"]),
    ],
)
def test_parts_of_another_plan_are_refused(desk: Desk, more: list[object], words: list[str]) -> None:
    desk.stop("--leave-out-batches", 2)
    done = tasks_in(desk.parts)
    leave_out = [] if "--leave-out-batches" in more else ["--leave-out-batches", 1 if more == ["--draws", 1] else 2]
    if more[0] in ("--draws", "--replicates"):  # the option may be given only once
        command = desk.command(*leave_out, "--resume")
        command[command.index(str(more[0])) + 1] = str(more[1])
        refused = subprocess.run(command, capture_output=True, text=True, env=desk.environment, timeout=120)
    else:
        refused = desk.run(*leave_out, "--resume", *more)
    assert refused.returncode == USAGE, refused
    for word in [*words, str(desk.parts), "--force"]:
        assert word in refused.stderr, refused.stderr
    assert tasks_in(desk.parts) == done


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("programmes/posts.toml", "2016 = 4", "2016 = 5", ["programme plan/posts"]),
        ("plan.toml", "2016 = 120_000", "2016 = 120_001", ["scenario plan"]),
        ("region/lines.csv", "\n", "\n\n", ["files.lines"]),
        ("region/margins.csv", "\n", "\n\n", ["population"]),
    ],
)
def test_parts_of_other_inputs_are_refused(desk: Desk, file: str, old: str, new: str, words: list[str]) -> None:
    desk.stop()
    path = desk.hamlet / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    refused = desk.run("--resume")
    assert refused.returncode == USAGE, refused
    for word in [*words, "interrupted"]:
        assert word in refused.stderr, refused.stderr


def test_more_draws_take_what_is_there(desk: Desk, program: Path, tmp_path: Path) -> None:
    desk.stop("--leave-out-batches", 2)
    done = tasks_in(desk.parts)
    more = desk.command("--leave-out-batches", 3, "--resume")
    more[more.index("--draws") + 1] = "33"
    subprocess.run(more, check=True, capture_output=True, env=desk.environment, timeout=120)
    lacking = sum(1 for draw, replicate in done if replicate == 0 and draw == 2)
    assert desk.record()["tasks_resumed"] == len(done) - lacking
    resumed = desk.output.read_bytes()
    more.remove("--resume")
    subprocess.run([*more, "--force"], check=True, capture_output=True, env=desk.environment, timeout=120)
    assert desk.record()["tasks_resumed"] == 0
    assert desk.output.read_bytes() == resumed


def test_a_damaged_part_costs_time_only(desk: Desk, whole: bytes) -> None:
    desk.stop()
    done = len(tasks_in(desk.parts))
    (part,) = desk.parts.iterdir()
    data = bytearray(part.read_bytes())
    data[len(data) // 2] ^= 0x10
    part.write_bytes(data)
    assert desk.run("--resume").returncode == 0
    assert 0 < desk.record()["tasks_resumed"] < done
    assert desk.output.read_bytes() == whole


def test_a_second_run_is_refused_while_the_first_lives(desk: Desk) -> None:
    with subprocess.Popen(desk.command("--no-cache"), stderr=subprocess.PIPE, env=desk.environment) as first:
        while not tasks_in(desk.parts):
            assert first.poll() is None
            time.sleep(0.001)
        for more in ([], ["--resume"], ["--force"]):
            second = desk.run(*more)
            assert second.returncode == OUTPUT, second
            assert "another run holds it" in second.stderr and str(first.pid) in second.stderr
        first.kill()
    assert Path(f"{desk.output}.lock").exists()
    assert desk.run("--resume").returncode == 0, "the lock of a killed run is no lock"


def test_panels_are_resumed_too(desk: Desk, whole: bytes) -> None:
    panel = desk.folder / "panel.h5"
    assert desk.run("--panel", panel).returncode == 0
    undisturbed = panel.read_bytes()
    desk.output.unlink()
    panel.unlink()
    desk.stop("--panel", panel)
    done = len(tasks_in(desk.parts))
    assert not panel.exists()
    assert desk.run("--resume", "--panel", panel).returncode == 0
    assert desk.record()["tasks_resumed"] == done
    assert (panel.read_bytes(), desk.output.read_bytes()) == (undisturbed, whole)
    desk.output.unlink()
    panel.unlink()
    desk.stop("--panel", panel)
    done = len(tasks_in(desk.parts))
    (desk.parts / "panel.h5").write_bytes(undisturbed[:-1])  # damaged: the task that it belongs to is done again
    assert desk.run("--resume", "--panel", panel).returncode == 0
    assert desk.record()["tasks_resumed"] == done - 1
    assert panel.read_bytes() == undisturbed


def test_an_existing_panel_is_not_replaced_by_resuming(desk: Desk) -> None:
    panel = desk.folder / "panel.h5"
    desk.stop("--panel", panel)
    panel.write_text("mine")
    refused = desk.run("--resume", "--panel", panel)
    assert refused.returncode == OUTPUT and str(panel) in refused.stderr
    assert panel.read_text() == "mine"


# ---- no room


def limited(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


@pytest.mark.parametrize("size", [400_000, 3_000_000])
def test_files_that_may_not_grow(desk: Desk, whole: bytes, size: int) -> None:
    full = desk.run("--no-cache", preexec_fn=lambda: limited(size))
    assert full.returncode == OUTPUT, full
    done = len(tasks_in(desk.parts))
    assert done > 0
    for words in (str(desk.parts), "File too large", f"{done} of 900 tasks are finished and kept", "--resume"):
        assert words in full.stderr, full.stderr
    assert not desk.output.exists()
    assert desk.run("--resume", "--no-cache").returncode == 0
    assert (desk.record()["tasks_resumed"], desk.output.read_bytes()) == (done, whole)


@pytest.mark.skipif(os.geteuid() != 0, reason="mounts a small disk, which only root may")
def test_a_full_disk(desk: Desk, whole: bytes) -> None:
    """Twice: while tasks are kept, and when all are and the study itself finds no room."""
    disk = desk.output.parent
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if subprocess.run(mount, check=False, capture_output=True).returncode != 0:
        pytest.skip("no right to mount")
    try:
        full = desk.run("--no-cache")
        assert full.returncode == OUTPUT, full
        assert "No space left" in full.stderr and "free some space" in full.stderr and "--resume" in full.stderr
        done = len(tasks_in(desk.parts))
        assert done > 0 and not desk.output.exists()
        again = desk.run("--no-cache", "--resume")
        assert again.returncode == OUTPUT and len(tasks_in(desk.parts)) >= done
        for room in range(2, 200):  # step by step, so that the study finds too little as well
            subprocess.run(["mount", "-o", f"remount,size={room}m", str(disk)], check=True)
            done = len(tasks_in(desk.parts))
            again = desk.run("--no-cache", "--resume")
            if again.returncode == 0:
                break
            assert again.returncode == OUTPUT and not desk.output.exists()
            assert f"{len(tasks_in(desk.parts))} of 900" in again.stderr
        assert desk.record()["tasks_resumed"] == done
        assert desk.output.read_bytes() == whole
    finally:
        subprocess.run(["umount", str(disk)], check=True)


# ---- from Python


def test_from_python(desk: Desk, whole: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", desk.environment["XDG_CACHE_HOME"])
    desk.stop()
    done = len(tasks_in(desk.parts))
    scenarios = [desk.hamlet / "baseline.toml", desk.hamlet / "plan.toml"]

    def run(**options: object) -> Path:
        return tuopin.run(*scenarios, output=desk.output, replicates=30, progress=False, **options)  # type: ignore[arg-type]

    with pytest.raises(tuopin.OutputError, match=f"{done} of 900 tasks.*--resume"):
        run(draws=30)
    with pytest.raises(tuopin.UsageError, match=r"--seed.*had 1.*this one 3"):
        run(draws=30, seed=3, resume=True)
    assert run(draws=30, resume=True).read_bytes() == whole
    assert desk.record()["tasks_resumed"] == done


def test_the_record_is_missing_when_all_else_is_there(desk: Desk, whole: bytes) -> None:
    """What ends a run between the study and its record: the command that it prints goes on and gathers again."""
    record = Path(f"{desk.output}.run.json")
    with subprocess.Popen(desk.command(), stderr=subprocess.PIPE, text=True, env=desk.environment) as process:
        while not tasks_in(desk.parts):
            assert process.poll() is None
            time.sleep(0.001)
        (record / "in the way").mkdir(parents=True)
        assert process.stderr is not None
        text = process.stderr.read()
    assert process.returncode == OUTPUT and "--resume" in text
    assert desk.output.read_bytes() == whole
    shutil.rmtree(record)
    again = desk.run("--resume")
    assert again.returncode == 0, again.stderr
    assert desk.output.read_bytes() == whole
    assert (desk.record()["tasks_resumed"], desk.record()["tasks_computed"]) == (900, 0)
    assert not desk.parts.exists()
