"""Runs that were stopped: resumed, the study is the same to the byte; checkpoints of another plan are refused."""

from __future__ import annotations

import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest
from killing import tasks_in
from stopping import OUTPUT, USAGE, Desk

import tuopin


@pytest.fixture
def desk(program: Path, tmp_path: Path) -> Desk:
    return Desk(program, tmp_path)


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


def test_from_python(desk: Desk, whole: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", desk.environment["XDG_CACHE_HOME"])
    desk.stop()
    done = len(tasks_in(desk.parts))
    scenarios = [desk.hamlet / "baseline.toml", desk.hamlet / "plan.toml"]

    def run(**options: object) -> Path:
        return tuopin.run(*scenarios, output=desk.output, replicates=30, progress=False, **options)  # type: ignore[arg-type]

    with pytest.raises(tuopin.OutputError, match=f"{done} of 900 tasks.*resume=True"):
        run(draws=30)
    with pytest.raises(tuopin.UsageError, match=r"seed: .*had 1.*this one 3"):
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
