"""Outputs of the program: no file of the user is replaced, and output is never lost with exit code 0."""

from __future__ import annotations

import fcntl
import os
import resource
import shutil
import socket
import subprocess
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import h5py
import pytest
from test_bad_input import DATA, HAMLET, OUTPUT, SCENARIO, USAGE, Desk

import tuopin


@pytest.fixture
def desk(program: Path, tmp_path: Path) -> Desk:
    return Desk(program, tmp_path)


def tree(folder: Path) -> dict[str, object]:
    """Everything below a folder: kinds, contents, times."""
    found: dict[str, object] = {}
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        content = path.read_bytes() if path.is_file() and not path.is_symlink() else None
        found[str(path.relative_to(folder))] = (status.st_mode, status.st_size if content is not None else 0, content)
    return found


# ---- what may never be replaced


def bound_socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the names of sockets are short
    try:
        socket.socket(socket.AF_UNIX).bind(path.name)
    finally:
        os.chdir(here)


def other_hdf5(path: Path) -> None:
    with h5py.File(path, "w") as file:
        file["mine"] = [1, 2, 3]
        file.attrs["note"] = "tuopin study"


STANDING: dict[str, Callable[[Path], object]] = {
    "folder": lambda path: path.mkdir(),
    "link to a file": lambda path: path.symlink_to("plan.toml"),
    "dangling link": lambda path: path.symlink_to("nowhere/at all"),
    "link to a device": lambda path: path.symlink_to("/dev/null"),
    "pipe": lambda path: os.mkfifo(path),
    "socket": bound_socket,
    "text": lambda path: path.write_text("my notes"),
    "empty file": lambda path: path.write_text(""),
    "HDF5 of another program": other_hdf5,
    "hard link to an input": lambda path: os.link(path.parent / "plan.toml", path),
}


@pytest.mark.parametrize("force", [[], ["--force"], ["--resume"]])
@pytest.mark.parametrize("option", ["--output", "--panel"])
@pytest.mark.parametrize("standing", STANDING)
def test_nothing_but_its_like_is_replaced(desk: Desk, standing: str, option: str, force: list[str]) -> None:
    path = desk.hamlet / "mine.h5"
    STANDING[standing](path)
    before = tree(desk.folder)
    outputs = ["--output", path] if option == "--output" else ["--output", desk.folder / "new/s.h5", "--panel", path]
    result = desk.call("run", desk.hamlet / "plan.toml", *outputs, *force, "--draws", 1)
    assert result.returncode == OUTPUT, result
    assert "mine.h5: " in result.stderr and "resume" not in result.stderr, result.stderr
    assert tree(desk.folder) == before, "nothing is made, not even a folder or a population"


def test_a_study_and_a_panel_never_replace_each_other(desk: Desk) -> None:
    study, panel = desk.folder / "study.h5", desk.folder / "panel.h5"
    assert desk.run("--draws", 1, "--panel", panel, output=study).returncode == 0
    before = study.read_bytes(), panel.read_bytes()
    for outputs in (["--output", panel], ["--output", desk.folder / "new.h5", "--panel", study]):
        result = desk.call("run", desk.hamlet / "plan.toml", *outputs, "--force", "--draws", 1)
        assert result.returncode == OUTPUT and "never replaced" in result.stderr, result
    assert (study.read_bytes(), panel.read_bytes()) == before
    assert desk.run("--draws", 1, "--panel", panel, "--force", output=study).returncode == 0


INPUTS = ["plan.toml", "baseline.toml", "programmes/posts.toml", "region/region.toml", "region/lines.csv",
          "region/margins.csv", "region/counties.csv"]  # fmt: skip


@pytest.mark.parametrize("name", INPUTS)
@pytest.mark.parametrize("command", ["run", "synthesize"])
def test_an_input_is_no_output(desk: Desk, command: str, name: str) -> None:
    before = tree(desk.hamlet)
    for force in ([], ["--force"]):
        result = desk.call(command, desk.hamlet / "plan.toml", "-o", desk.hamlet / name, *force)
        assert result.returncode in (USAGE, OUTPUT), result
    assert tree(desk.hamlet) == before


def test_a_report_replaces_a_report_only(desk: Desk) -> None:
    report, mine = desk.folder / "report.md", desk.folder / "notes.md"
    mine.write_text("# My notes\n")
    plan = desk.hamlet / "plan.toml"
    assert desk.call("synthesize", plan, "-o", report, "--populations", 1).returncode == 0
    chinese = ["--force", "--lang", "zh"]  # and a Chinese report is one, too
    for path, force, code in ((report, [], OUTPUT), (mine, ["--force"], OUTPUT), (report, ["--force"], 0),
                              (report, chinese, 0), (report, chinese, 0)):  # fmt: skip
        assert desk.call("synthesize", plan, "-o", path, "--populations", 1, *force).returncode == code
    assert mine.read_text() == "# My notes\n"


def test_temporaries_and_locks_that_are_not_ours(desk: Desk) -> None:
    mine = [desk.folder / f"s.h5{end}" for end in (".tmp-notes", ".tmp-1-2-3", ".tmp-", ".tmp-1-b")]
    for path in mine:
        path.write_text("mine")
    left = desk.folder / "s.h5.tmp-4711-0"
    left.write_text("half a study of a run that was killed")
    assert desk.run("--draws", 1, output=desk.folder / "s.h5").returncode == 0
    assert not left.exists() and all(path.read_text() == "mine" for path in mine)
    (desk.folder / "t.h5.lock").symlink_to(mine[0])
    refused = desk.run("--draws", 1, output=desk.folder / "t.h5")
    assert refused.returncode == OUTPUT and "no lock of tuopin" in refused.stderr
    assert mine[0].read_text() == "mine"


# ---- names that cannot be written


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("new/", USAGE, "name of a folder"),
        ("new/deep/..", USAGE, "name of a folder"),
        ("study", USAGE, "must end in .h5"),
        ("study.csv", USAGE, "must end in .h5"),
        ("study.H5", USAGE, "must end in .h5"),
        (".h5", USAGE, "must end in .h5"),
        ("", USAGE, "is empty"),
        ("a\nb.h5", USAGE, "control characters"),
        (b"a\xff.h5", USAGE, "not UTF-8"),
        ("x" * 243 + ".h5", OUTPUT, "too long"),
        ("x" * 230 + ".h5", OUTPUT, "too long"),  # with what is added while it is written
        ("d" * 300 + "/s.h5", OUTPUT, "too long"),
        ("/".join(["d" * 200] * 21) + "/s.h5", OUTPUT, "too long"),
        ("plan.toml/s.h5", OUTPUT, "Not a directory"),
        ("/proc/none/s.h5", OUTPUT, ""),
    ],
)
def test_names_that_cannot_be_written(desk: Desk, name: str | bytes, code: int, words: str) -> None:
    before = tree(desk.folder)
    for force in ([], ["--force"], ["--resume"]):
        command = [desk.program, "run", "plan.toml", "-o", name, *force]
        result = subprocess.run(command, capture_output=True, env=desk.environment, cwd=desk.hamlet, timeout=60)
        text = result.stderr.decode()  # UTF-8, whatever was typed
        assert result.returncode == code and words in text and "--resume" not in text, (result, text)
    assert tree(desk.folder) == before


@pytest.mark.skipif(os.geteuid() != 0, reason="mounts file systems, which only root may")
def test_file_systems_that_take_no_study(desk: Desk) -> None:
    disk = desk.folder / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "tmpfs", disk], capture_output=True, check=False).returncode != 0:
        pytest.skip("no right to mount")
    try:
        assert desk.run("--draws", 1, output=disk / "bound.h5").returncode == 0
        (disk / "s.h5.parts").mkdir()
        subprocess.run(["mount", "--bind", disk / "bound.h5", disk / "bound.h5"], check=True)
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", disk / "s.h5.parts"], check=True)
        for name, words in (("bound.h5", "mount of its own"), ("s.h5", "another file system")):
            result = desk.run("--draws", 1, "--force", output=disk / name)
            assert result.returncode == OUTPUT and words in result.stderr, result
        subprocess.run(["umount", disk / "bound.h5", disk / "s.h5.parts"], check=True)
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        for name in ("new.h5", "new/folder/s.h5", "bound.h5"):
            result = desk.run("--draws", 1, "--force", output=disk / name)
            assert result.returncode == OUTPUT and "Read-only file system" in result.stderr, result
    finally:
        subprocess.run(["umount", "--recursive", disk], check=True)


def test_a_panel_of_the_study_s_own_name(desk: Desk) -> None:
    (desk.folder / "again").symlink_to(desk.folder)
    for panel in ("s.h5", "./s.h5", "hamlet/../s.h5", "again/s.h5", str(desk.folder / "s.h5"), "s.h5.parts/p.h5"):
        result = desk.call("run", "hamlet/plan.toml", "-o", "s.h5", "--panel", panel, cwd=desk.folder)
        assert result.returncode == USAGE and "--panel: " in result.stderr, result
    assert not list(desk.folder.glob("s.h5*"))


@pytest.mark.parametrize("name", [b"a\xff.toml", b"a\x07b.toml", b"\xc3\x28.toml"])
def test_scenario_names_that_no_study_can_hold(desk: Desk, name: bytes) -> None:
    path = os.fsencode(desk.hamlet) + b"/" + name
    shutil.copy(desk.hamlet / "plan.toml", path)
    for command in ("run", "check"):
        result = subprocess.run([desk.program, command, path], capture_output=True, env=desk.environment, timeout=60,
                                cwd=desk.folder)  # fmt: skip
        assert result.returncode == SCENARIO and "must be UTF-8" in result.stderr.decode(), result
    assert not (desk.folder / "results").exists()


# ---- what cannot be said


COMMANDS = {
    "help": ["--help"],
    "version": ["--version"],
    "help of a command": ["run", "--help"],
    "check": ["check", "plan.toml"],
    "check --text": ["check", "--text", "."],
    "schema": ["schema", "region"],
    "explain": ["explain", "plan.toml"],
    "synthesize": ["synthesize", "plan.toml", "--populations", "1"],
    "synthesize to a file": ["synthesize", "plan.toml", "--populations", "1", "-o", "report.md", "--force"],
    "summary": ["summary", "study.h5"],
    "hash": ["hash", "study.h5"],
    "run": ["run", "plan.toml", "--draws", "2", "-o", "new.h5", "--force"],
    "run --quiet": ["run", "plan.toml", "--draws", "2", "-o", "new.h5", "--force", "--quiet"],
    "run again": ["run", "plan.toml", "--draws", "2", "-o", "study.h5", "--resume"],
}


def speechless(desk: Desk, redirection: str, arguments: list[str]) -> int:
    command = ["sh", "-c", f'exec "$0" "$@" {redirection}', desk.program, *arguments]
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=desk.environment,
                          cwd=desk.hamlet, timeout=60).returncode  # fmt: skip


@pytest.mark.parametrize("name", COMMANDS)
def test_an_answer_that_nobody_gets(desk: Desk, name: str) -> None:
    """Standard output full, closed, or a pipe that nobody reads: 6, and what is written stays."""
    study = desk.hamlet / "study.h5"
    assert desk.run("--draws", 2, output=study).returncode == 0
    before = study.read_bytes()
    for redirection in (">/dev/full", ">&-", ">/dev/full 2>/dev/full", "<&- >&- 2>&-", "</dev/null >&- 2>/dev/full"):
        assert speechless(desk, redirection, COMMANDS[name]) == OUTPUT, redirection
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as nobody:
        done = subprocess.run([desk.program, *COMMANDS[name]], stdout=nobody, stderr=subprocess.PIPE, text=True,
                              env=desk.environment, cwd=desk.hamlet, timeout=60)  # fmt: skip
    assert done.returncode == OUTPUT and "defect" not in done.stderr, done
    assert study.read_bytes() == before
    if name.startswith("run") and name != "run again":
        assert "the study is complete" in done.stderr and "--resume" not in done.stderr
        assert (desk.hamlet / "new.h5").read_bytes() == before or name == "run"
        assert tuopin.open(desk.hamlet / "new.h5").sizes["draw"] == 2
        assert not (desk.hamlet / "new.h5.parts").exists()


@pytest.mark.parametrize("name", COMMANDS)
def test_remarks_that_nobody_gets(desk: Desk, name: str) -> None:
    """Standard error full, closed, or a pipe that nobody reads: as if nothing had happened."""
    assert desk.run("--draws", 2, output=desk.hamlet / "study.h5").returncode == 0
    for progress in ([], ["--progress", "json"], ["--progress", "bar"]):
        if progress and not name.startswith("run"):
            continue
        for redirection in ("2>/dev/full", "2>&-", "<&- 2>&-"):
            shutil.rmtree(desk.folder / "cache", ignore_errors=True)
            assert speechless(desk, redirection, [*COMMANDS[name], *progress]) == 0, (redirection, progress)


@pytest.mark.parametrize("redirection", ["2>/dev/full", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_errors_that_nobody_gets_keep_their_code(desk: Desk, redirection: str) -> None:
    for code, arguments in ((SCENARIO, ["check", "none.toml"]), (USAGE, ["run", "plan.toml", "--draws", "0"]),
                            (DATA, ["hash", "none.h5"]), (USAGE, ["sumary"])):  # fmt: skip
        assert speechless(desk, redirection, arguments) == code


def test_no_file_of_ours_lands_on_a_closed_stream(desk: Desk) -> None:
    """With 0 to 2 closed the first files that are opened would get these numbers, and be written into."""
    for redirection in ("2>&-", "<&- 2>&-", "<&- >&- 2>&-"):
        output = desk.hamlet / "s.h5"
        speechless(
            desk, redirection, ["run", "plan.toml", "--draws", "3", "-o", "s.h5", "--progress", "json", "--force"]
        )
        assert desk.call("hash", output).returncode == 0
        assert "phase" not in Path(f"{output}.run.json").read_text()
        assert not Path(f"{output}.lock").exists()


# ---- a preview, and how long it takes


def test_a_preview_says_so(desk: Desk) -> None:
    scenarios = [desk.hamlet / "baseline.toml", desk.hamlet / "plan.toml"]
    done = desk.call("run", *scenarios, "--quick", cwd=desk.folder)
    assert done.returncode == 0 and "results/baseline+plan-preview.h5" in done.stdout, done
    assert "preview" in done.stdout.splitlines()[-2]
    with h5py.File(desk.folder / "results/baseline+plan-preview.h5") as file:
        assert file.attrs["preview"] == "5% sample, 20 draws"
        assert (file.attrs["draws"], file.attrs["sample"]) == (20, 0.05)
    zh = desk.call("run", *scenarios, "--quick", "--quiet", "--force", "--lang", "zh", cwd=desk.folder)
    assert "预览" in zh.stdout
    plain = desk.call("run", *scenarios, "--draws", 20, "--sample", 0.05, "--quiet", cwd=desk.folder)
    assert "preview" not in plain.stdout
    with h5py.File(desk.folder / "results/baseline+plan.h5") as file:
        assert "preview" not in file.attrs


def test_a_hundred_draws_are_quick_on_the_hamlet(desk: Desk) -> None:
    begin = time.monotonic()
    done = desk.call("run", desk.hamlet / "plan.toml", "--quiet", "-o", desk.output)
    assert done.returncode == 0 and time.monotonic() - begin < 20
    with h5py.File(desk.output) as file:
        assert file.attrs["draws"] == 100
    assert "about" not in done.stderr, "an estimate where it takes long only"


def test_a_slow_reader_gets_all_of_it(desk: Desk) -> None:
    """A pipe that somebody else set to return at once: the program waits until there is room again."""
    whole = desk.call("schema", "programme").stdout
    read, write = os.pipe()
    fcntl.fcntl(write, fcntl.F_SETPIPE_SZ, 4096)
    os.set_blocking(write, False)
    with subprocess.Popen([desk.program, "schema", "programme"], stdout=write, env=desk.environment) as process:
        os.close(write)
        time.sleep(0.2)
        with os.fdopen(read) as reader:
            assert reader.read() == whole and len(whole) > 8192
    assert process.returncode == 0


def test_memory_that_is_not_there(desk: Desk) -> None:
    """No crash and no defect: the machine refused."""
    plan = HAMLET.parent / "xiangxi/plan-2016.toml"
    refused = 0
    for mebibytes in range(80, 330, 50):
        limit = mebibytes << 20
        options = ["--draws", 1, "--sample", 0.05, "--threads", 1, "--no-cache", "--force", "-o", desk.output]
        may = partial(resource.setrlimit, resource.RLIMIT_AS, (limit, limit))
        result = desk.call("run", plan, *options, preexec_fn=may)
        assert result.returncode in (0, OUTPUT), (mebibytes, result)
        assert result.returncode == 0 or "not enough memory" in result.stderr, result
        refused += result.returncode != 0
    assert refused > 0
