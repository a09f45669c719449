"""Running scenarios from Python, against a stand-in program that does what the real one promises, and the real one."""

from __future__ import annotations

import os
import signal
import sys
import textwrap
import threading
from pathlib import Path

import pytest

import tuopin

PROGRESS = '{"phase": "simulation", "done": 1, "total": 2, "elapsed": 0.5, "remaining": 0.5}'


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Makes a program of a few lines of Python that notes its arguments, and lets tuopin.run start it."""

    def make(body: str) -> Path:
        path = tmp_path / "stand-in"
        notes = tmp_path / "arguments"
        head = f"#!{sys.executable}\nimport sys, time, signal, os\n"
        head += f"open({str(notes)!r}, 'w').write('\\n'.join(sys.argv[1:]))\n"
        path.write_text(head + textwrap.dedent(body))
        path.chmod(0o755)
        monkeypatch.setenv("TUOPIN_EXECUTABLE", str(path))
        return notes

    return make


def test_arguments_are_those_of_the_command_line(stand_in, tmp_path: Path) -> None:
    notes = stand_in("print('a table for the terminal')")
    path = tuopin.run("a/base.toml", "a/plan.toml", draws=3, sample=0.5, force=True, threads=2, progress=False)
    assert path == Path("results/base+plan.h5")
    given = notes.read_text().split("\n")
    assert given[:3] == ["run", "a/base.toml", "a/plan.toml"]
    assert given[3:7] == ["--output", "results/base+plan.h5", "--progress", "json"]
    assert given[7:] == ["--force", "--draws", "3", "--threads", "2", "--sample", "0.5"]


def test_news_reach_the_listener(stand_in) -> None:
    stand_in(f"print({PROGRESS!r}, file=sys.stderr)\nprint('{{not news', file=sys.stderr)")
    heard: list[tuopin.Progress] = []
    tuopin.run("plan.toml", progress=heard.append)
    assert heard == [tuopin.Progress("simulation", 1, 2, 0.5, 0.5)]
    assert str(heard[0]) == "simulation: 1/2 in 0s, 0s left".replace("0s", "0 s")


def test_progress_line_outside_a_terminal(stand_in, capsys: pytest.CaptureFixture[str]) -> None:
    stand_in(f"print({PROGRESS!r}, file=sys.stderr)\nprint({PROGRESS.replace('1, ', '2, ')!r}, file=sys.stderr)")
    tuopin.run("plan.toml")
    assert capsys.readouterr().err == "simulation: 2/2 in 0 s, 0 s left\n"


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (1, tuopin.Error),
        (2, tuopin.UsageError),
        (3, tuopin.ScenarioError),
        (4, tuopin.DataError),
        (5, tuopin.Interrupted),
        (6, tuopin.OutputError),
    ],
)
def test_every_exit_code_is_an_error_with_the_text(stand_in, code: int, kind: type[tuopin.Error]) -> None:
    stand_in(f"print('plan.toml:3: growth: unknown key', file=sys.stderr)\nsys.exit({code})")
    with pytest.raises(kind, match="growth: unknown key") as caught:
        tuopin.run("plan.toml", progress=False)
    assert type(caught.value) is kind


def test_a_program_that_is_killed(stand_in) -> None:
    stand_in("os.kill(os.getpid(), signal.SIGKILL)")
    with pytest.raises(tuopin.Error, match="SIGKILL"):
        tuopin.run("plan.toml", progress=False)


def test_much_output_does_not_block(stand_in) -> None:
    stand_in("print('x' * 1_000_000)")
    tuopin.run("plan.toml", progress=False)


def test_ctrl_c_stops_the_program_cleanly(stand_in, tmp_path: Path) -> None:
    stopped = tmp_path / "stopped"
    stand_in(f"""
        def stop(*_):
            open({str(stopped)!r}, "w").close()
            sys.exit(5)
        signal.signal(signal.SIGINT, stop)
        print({PROGRESS!r}, file=sys.stderr, flush=True)
        time.sleep(60)
    """)
    interrupt = threading.Event()

    def press() -> None:
        interrupt.wait(300)  # a signal before the stand-in is ready for it would prove nothing
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=press).start()
    with pytest.raises(KeyboardInterrupt):
        tuopin.run("plan.toml", progress=lambda news: interrupt.set())
    assert stopped.exists()


def test_an_error_of_the_listener_stops_the_program(stand_in) -> None:
    stand_in(f"print({PROGRESS!r}, file=sys.stderr, flush=True)\ntime.sleep(60)")

    def fail(news: tuopin.Progress) -> None:
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        tuopin.run("plan.toml", progress=fail)


def test_no_scenario_and_no_program(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(tuopin.UsageError, match="no scenario"):
        tuopin.run()
    monkeypatch.setenv("TUOPIN_EXECUTABLE", "nowhere/tuopin")
    with pytest.raises(tuopin.UsageError, match="nowhere/tuopin"):
        tuopin.executable()


def test_the_program_itself(hamlet_study: Path) -> None:
    hamlet = Path(__file__).resolve().parents[2] / "scenarios/hamlet"
    with pytest.raises(tuopin.OutputError, match="force"):
        tuopin.run(hamlet / "baseline.toml", hamlet / "plan.toml", output=hamlet_study, draws=2, progress=False)
    with pytest.raises(tuopin.ScenarioError, match=r"nowhere\.toml"):
        tuopin.run("nowhere.toml", output=hamlet_study.with_name("other.h5"), progress=False)
    assert "2020" in tuopin.summary(hamlet_study)
    assert "贫困" in tuopin.summary(hamlet_study, lang="zh")
