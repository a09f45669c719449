"""Running scenarios from Python, against a stand-in program that does what the real one promises, and the real one."""

from __future__ import annotations

import io
import os
import signal
import sys
import textwrap
import threading
from pathlib import Path

import numpy as np
import pytest

import tuopin
from tuopin._problems import by_arguments

HAMLET = Path(__file__).resolve().parents[2] / "scenarios/hamlet"
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


class Stream:
    """A standard error of which a part is missing or fails."""

    def __init__(self, fails: str = "", terminal: bool = False) -> None:
        self.fails, self.terminal, self.said = fails, terminal, ""

    def write(self, text: str) -> int:
        if self.fails == "write":
            raise OSError(28, "No space left on device")
        self.said += text
        return len(text)

    def isatty(self) -> bool:
        if self.fails == "isatty":
            raise ValueError("I/O operation on closed file")
        return self.terminal

    def flush(self) -> None:
        if self.fails == "flush":
            raise BrokenPipeError


class OnlyWrites:
    def write(self, text: str) -> None: ...


def closed() -> io.StringIO:
    stream = io.StringIO()
    stream.close()
    return stream


@pytest.mark.parametrize(
    "stream",
    [None, closed(), io.StringIO(), OnlyWrites(), object(), Stream(), Stream(terminal=True), Stream("write", True),
     Stream("write"), Stream("isatty"), Stream("flush"), Stream("flush", True)],
    ids=lambda stream: f"{type(stream).__name__} {vars(stream) if hasattr(stream, '__dict__') else ''}",
)  # fmt: skip
def test_any_standard_error_will_do(stand_in, monkeypatch: pytest.MonkeyPatch, stream: object) -> None:
    stand_in(f"print({PROGRESS!r}, file=sys.stderr)\nprint({PROGRESS.replace('1, ', '2, ')!r}, file=sys.stderr)")
    monkeypatch.setattr(sys, "stderr", stream)
    assert tuopin.run("plan.toml", progress=True) == Path("results/plan.h5")
    if type(stream) in (io.StringIO, Stream) and not getattr(stream, "closed", False):
        said = stream.getvalue() if isinstance(stream, io.StringIO) else stream.said
        assert "simulation: 2/2" in said or getattr(stream, "fails", "") == "write"


@pytest.mark.parametrize(
    ("name", "value"),
    [(name, value) for name in ("draws", "replicates", "seed", "threads", "leave_out_batches")
     for value in (True, np.True_, 3.0, np.float64(3), float("nan"), float("inf"), -1, 2**64, "3", "three", [3], 1j)]
    + [("draws", 0), ("replicates", 0), ("draws", 65536), ("threads", 1025)]
    + [("sample", value) for value in (True, 0, -0.1, 1.5, float("nan"), float("inf"), "0.5", [0.5], 0.5j, 1e-9)]
    + [(name, value) for name in ("force", "resume", "quick") for value in (1, "yes", None)],
)  # fmt: skip
def test_numbers_out_of_place_are_refused_in_words(stand_in, name: str, value: object) -> None:
    notes = stand_in("")
    with pytest.raises(tuopin.UsageError, match=f"{name} is .*, expected"):
        tuopin.run("plan.toml", progress=False, **{name: value})
    assert not notes.exists()  # nothing was started


def test_numbers_of_numpy_are_used(stand_in) -> None:
    notes = stand_in("")
    tuopin.run("plan.toml", draws=np.int64(3), seed=np.uint64(2**64 - 1), sample=np.float32(0.5), threads=np.array(2),
               force=np.True_, progress=False)  # fmt: skip
    given = notes.read_text().split("\n")
    assert given[5:] == [
        "json",
        "--force",
        "--draws",
        "3",
        "--seed",
        str(2**64 - 1),
        "--threads",
        "2",
        "--sample",
        "0.5",
    ]


def test_figures_are_passed_on_as_a_list(stand_in) -> None:
    notes = stand_in("")
    tuopin.run("a.toml", figures=["gini", "ledger/paid"], progress=False)
    words = notes.read_text().split("\n")
    assert words[words.index("--figures") + 1] == "gini,ledger/paid"
    tuopin.run("a.toml", progress=False)
    assert "--figures" not in notes.read_text()


def test_errors_name_the_arguments_of_python(tmp_path: Path) -> None:
    """Of tuopin.run as of Engine.run; a command to type keeps its options."""
    files = [HAMLET / "baseline.toml", HAMLET / "plan.toml"]
    study = tuopin.run(*files, draws=1, output=tmp_path / "s.h5", progress=False)
    with pytest.raises(tuopin.OutputError, match="replace it with force=True"):
        tuopin.run(*files, draws=1, output=study, progress=False)
    with pytest.raises(tuopin.UsageError, match="figures: there is no figure") as said:
        tuopin.run(*files, figures=["povrty_rate"], output=tmp_path / "t.h5", progress=False)
    assert "--" not in str(said.value)
    with pytest.raises(tuopin.UsageError, match=r"^leave_out_batches measures"):
        tuopin.Engine(files[1]).run(leave_out_batches=1)
    with pytest.raises(tuopin.UsageError, match=r"^figures: there is no figure"):
        tuopin.Engine(files[1]).run(figures=["povrty_rate"])
    kept = "x.parts\n  tuopin run --resume a.toml --force.toml"
    assert by_arguments(f"--resume continues it, --force starts anew: {kept}") == (
        f"resume=True continues it, force=True starts anew: {kept}"
    )


@pytest.mark.parametrize("figures", ["gini", [], [""], ["gini,theil"], [1]])
def test_what_is_no_list_of_names_is_refused(stand_in, figures: object) -> None:
    stand_in("")
    with pytest.raises(tuopin.UsageError, match=r"figures is .*, expected a list of names"):
        tuopin.run("a.toml", figures=figures, progress=False)


def test_quick_is_passed_on_and_named(stand_in) -> None:
    notes = stand_in("")
    assert tuopin.run("a/plan.toml", quick=True, progress=False) == Path("results/plan-preview.h5")
    assert "--quick" in notes.read_text().split("\n")
    assert "results/plan-preview.h5" in notes.read_text()


def test_warnings_of_the_program_reach_the_caller(stand_in) -> None:
    stand_in(
        "print('synthetic populations kept in x', file=sys.stderr)\nprint('warning: plan.toml:3: odd', file=sys.stderr)"
    )
    with pytest.warns(tuopin.RunWarning, match=r"^warning: plan.toml:3: odd$"):
        tuopin.run("plan.toml", progress=False)


def test_a_scenario_is_no_option(stand_in) -> None:
    notes = stand_in("")
    tuopin.run("--force.toml", progress=False)
    assert notes.read_text().split("\n")[1] == "./--force.toml"
    with pytest.raises(tuopin.UsageError, match="list of words"):
        tuopin.run("plan.toml", arguments="--draws 3", progress=False)
    with pytest.raises(tuopin.UsageError, match="did you mean 'zh'"):
        tuopin.summary("x.h5", lang="cn")


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
    with pytest.raises(tuopin.UsageError, match=r"one by one: tuopin\.run\(\*files\)"):
        tuopin.run(["baseline.toml", "plan.toml"])  # type: ignore[arg-type]
    with pytest.raises(tuopin.UsageError, match="3 is no path"):
        tuopin.run(3)  # type: ignore[arg-type]
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
