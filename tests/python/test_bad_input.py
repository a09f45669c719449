"""User errors through the command line: exit code, place and message, and no partly written files."""

from __future__ import annotations

import fcntl
import os
import re
import resource
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import h5py
import pytest

HAMLET = Path(__file__).resolve().parents[2] / "scenarios/hamlet"
USAGE, SCENARIO, DATA, INTERRUPTED, OUTPUT = 2, 3, 4, 5, 6
Result = subprocess.CompletedProcess[str]


class Desk:
    """A folder of its own with a copy of the hamlet, and the program run in it."""

    def __init__(self, program: Path, folder: Path) -> None:
        self.program, self.folder, self.hamlet = program, folder, folder / "hamlet"
        self.output = folder / "out/study.h5"
        self.environment = os.environ | {"XDG_CACHE_HOME": str(folder / "cache")}
        shutil.copytree(HAMLET, self.hamlet)

    def edit(self, name: str, old: str, new: str) -> None:
        text = (self.hamlet / name).read_text()
        assert old in text, f"{name} has no {old!r}"
        (self.hamlet / name).write_text(text.replace(old, new, 1))

    def call(self, *arguments: object, prefix: tuple[str, ...] = (), **options: object) -> Result:
        command = [*prefix, self.program, *arguments]
        return subprocess.run(
            list(map(str, command)), capture_output=True, text=True, env=self.environment, timeout=120, **options
        )

    def run(self, *arguments: object, output: Path | None = None, **options: object) -> Result:
        plan = self.hamlet / "plan.toml"
        return self.call("run", plan, "--output", output or self.output, "--quiet", *arguments, **options)

    def refused(self, code: int, *words: str, result: Result | None = None) -> str:
        """The run fails with this code and these words, and leaves nothing behind under the output's name."""
        result = result or self.run()
        assert result.returncode == code, result
        for word in words:
            assert word in result.stderr, f"{word!r} is not in {result.stderr!r}"
        assert not self.output.exists()
        assert not list(self.output.parent.glob("*.tmp*")), "a half-written file is left"
        return result.stderr


@pytest.fixture
def desk(program: Path, tmp_path: Path) -> Desk:
    return Desk(program, tmp_path)


def where(name: str, line: int, text: str) -> bool:
    return re.search(rf"{re.escape(name)}:{line}(:\d+)?: ", text) is not None


# file, what is replaced, by what, the line of the problem, what the message must say
SCENARIO_MISTAKES = {
    "unknown key": ("plan.toml", "carry_over", "cary_over", 15,
                    ["funds.gifts.cary_over", 'did you mean "carry_over"?']),
    "wrong unit": ("programmes/posts.toml", "8_000, unit = \"yuan/year\"", "8_000, unit = \"yuan/month\"", 24,
                   ["effect.post.wage", '"yuan/month"', 'expected "yuan/year"']),
    "out of range": ("baseline.toml", "{ value = 0.6,", "{ value = 1.6,", 10,
                     ["income.permanent_share", "1.6", "expected 0 to 1"]),
    "level where a flow is meant": ("programmes/posts.toml", "by_year = {", "from_year = {", 18,
                                    ["capacity.from_year", "by_year is a flow", "from_year is a level"]),
    "flow where a level is meant": ("programmes/allowance.toml", "from_year = {", "by_year = {", 25,
                                    ["effect.top_up.top_up_to", "expected from_year"]),
    "no such table": ("region/region.toml", '"lines.csv"', '"line.csv"', 15,
                      ["files.lines", '"line.csv"', 'did you mean "lines.csv"?']),
    "no such programme": ("plan.toml", '"posts"', '"post"', 4, ["programmes", "post.toml", 'did you mean "posts"?']),
    "circle of extends": ("baseline.toml", "region ", 'extends = "plan.toml"\nregion ', 3,
                          ["extends", "plan.toml → baseline.toml → plan.toml"]),
    "rule names no column": ("programmes/posts.toml", "work_ability >=", "work_abilty >=", 6,
                             ["work_abilty", "did you mean work_ability?"]),
    "rule of the wrong type": ("programmes/orchard.toml", '"-log(measured', '"registered and -log(measured', 13,
                               ["registered and"]),
    "capacity by a level that does not exist": ("programmes/posts.toml", 'unit    = "posts"\n',
                                                'unit    = "posts"\nby = "village"\n', 18,
                                                ["capacity.by", '"village"', '"prefecture", "county"']),
    "capacity by a key that does not exist": ("programmes/posts.toml", 'unit    = "posts"\n',
                                              'unit    = "posts"\nkey = "registred_persons"\n', 18,
                                              ["capacity.key", 'did you mean "registered_persons"?']),
    "verb that does not exist": ("programmes/posts.toml", '"slot"', '"slots"', 22, ["effect.post.verb", '"slot"']),
    "two crops for one place": ("programmes/orchard.toml", "[duration]",
                                '[effect.more]\nverb = "asset_grant"\nasset = "plot"\nland = "own"\n'
                                "pays_costs_until_harvest = true\n\n[duration]", 33,
                                ["effect.more", "second grant of plots"]),
    "plots on land that is not said": ("programmes/orchard.toml", 'land            = "rented"\n', "", 24,
                                       ["effect.plot", "give land"]),
    "plots whose costs nobody pays": ("programmes/orchard.toml", "pays_costs_until_harvest = true\n", "", 24,
                                      ["effect.plot", "give pays_costs_until_harvest"]),
    "rent of land that is not rented": ("programmes/orchard.toml", '"rented"', '"own"', 24,
                                        ["effect.plot", "states a rent"]),
    "plots where grain earns what nobody knows": ("baseline.toml", "[land]\n", "[land]\n# ", 25, ["land.grain_income"]),
    "not TOML": ("plan.toml", "extends    =", "extends    = =", 2, ["TOML"]),
    "shocks left out without a reason": ("baseline.toml", "[shocks]", "[shocks]\noff = true", 16,
                                         ["shocks.off", "reason"]),
}  # fmt: skip


@pytest.mark.parametrize("mistake", SCENARIO_MISTAKES)
def test_mistakes_in_a_scenario(desk: Desk, mistake: str) -> None:
    name, old, new, line, words = SCENARIO_MISTAKES[mistake]
    desk.edit(name, old, new)
    text = desk.refused(SCENARIO, *words)
    assert where(Path(name).name, line, text), text
    checked = desk.call("check", desk.hamlet / "plan.toml")
    assert (checked.returncode, checked.stderr) == (SCENARIO, text), "check and run must say the same"


INVENTED = "2015,assumption: invented for teaching,assumption"
DATA_MISTAKES = {
    "no number": ("lines.csv", "statistical,2016,2952", "statistical,2016,29S2", 3, ["value", '"29S2"', "number"]),
    "no such place": ("crop_shares.csv", "brook,plum", "brok,plum", 2, ["county", "brok", 'did you mean "brook"?']),
    "no such crop": ("crop_shares.csv", "brook,plum", "brook,plumb", 2, ["crop", 'did you mean "plum"?']),
    "value outside its range": ("lines.csv", "assumption,2804,3100", "assumption,2999,3100", 3, ["range"]),
    "lacks a column": ("lines.csv", "name,year,value", "name,year,amount", 1, ["value"]),
    "margin that cannot be met": ("margins.csv", f"forest_households,hamlet,20,households,{INVENTED},20,20",
                                  "forest_households,hamlet,200,households,2015,x,assumption,200,200", 39,
                                  ["forest_households", "brook", "200", "gap 160"]),
    "more poor than people": ("margins.csv", f"registered_poor,hamlet,60,persons,{INVENTED},60,60",
                              "registered_poor,hamlet,600,persons,2015,x,assumption,600,600", 28,
                              ["registered_poor", "600", "240"]),
    "a margin without a price": ("crops.csv", "plum,李子,price,2.5", "plum,李子,net_margin,2.5", 5,
                                 ["net_margin is no longer read", "price, yield, cash_cost and cash_cost_young"]),
    "days without age": ("crops.csv", "plum,李子,labour_days_planting,15", "plum,李子,labour_days,15", 10,
                         ["labour_days is no longer read", "labour_days_planting"]),
    "a price without a yield": ("crops.csv", "plum,李子,yield,480,288,672,kg/mu/year,assumption: invented for teaching,"
                                "assumption,D\n", "", 2, ["plum", "lacks the row yield"]),
}  # fmt: skip


@pytest.mark.parametrize("mistake", DATA_MISTAKES)
def test_mistakes_in_tables(desk: Desk, mistake: str) -> None:
    name, old, new, line, words = DATA_MISTAKES[mistake]
    desk.edit(f"region/{name}", old, new)
    text = desk.refused(DATA, *words)
    assert where(name, line, text), text
    assert mistake != "no number" or "range" not in text, "what is no number lies in no range"


def test_poverty_that_no_spread_of_incomes_gives(desk: Desk) -> None:
    desk.edit("region/margins.csv", "true_poverty_rate,hamlet,0.25", "true_poverty_rate,hamlet,0.97")
    desk.edit("region/margins.csv", "assumption,0.2,0.3,", "assumption,0.9,0.99,")
    desk.refused(DATA, "true_poverty_rate", "0.97", "mean_income", "6000", "2855")


def test_errors_of_two_files_are_both_told(desk: Desk) -> None:
    desk.edit("programmes/posts.toml", "eligible", "eligable")
    desk.edit("programmes/orchard.toml", "value = 0.3, unit", "value = 3, unit")
    text = desk.refused(SCENARIO, "posts.toml:", 'did you mean "eligible"?', "orchard.toml:", "effect.plot.failure")
    assert len(text.splitlines()) >= 2


def test_a_scenario_that_is_not_there(desk: Desk) -> None:
    result = desk.call("run", desk.hamlet / "plann.toml", "-o", desk.output)
    assert result.returncode == SCENARIO
    assert "plann.toml" in result.stderr and "plan.toml" in result.stderr


# ---- study files


@pytest.fixture
def study(desk: Desk) -> Path:
    path = desk.folder / "whole.h5"
    assert desk.run(output=path).returncode == 0
    return path


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_a_truncated_study(desk: Desk, study: Path, share: float) -> None:
    whole = study.read_bytes()
    study.write_bytes(whole[: int(len(whole) * share)])
    for command in ("summary", "hash"):
        result = desk.call(command, study)
        assert result.returncode == DATA, result
        assert "whole.h5" in result.stderr


def test_a_study_of_another_version(desk: Desk, study: Path) -> None:
    with h5py.File(study, "a") as file:
        file.attrs.modify("format_version", 99)
    result = desk.call("summary", study)
    assert result.returncode == DATA
    assert "whole.h5" in result.stderr and "99" in result.stderr


def test_no_study_at_all(desk: Desk) -> None:
    for name in ("baseline.toml", "missing.h5"):
        result = desk.call("summary", desk.hamlet / name)
        assert result.returncode == DATA
        assert name in result.stderr


# ---- outputs


def test_an_existing_output_is_kept(desk: Desk, study: Path) -> None:
    before = study.read_bytes()
    result = desk.run(output=study)
    assert result.returncode == OUTPUT
    assert "whole.h5" in result.stderr and "--force" in result.stderr
    assert study.read_bytes() == before
    assert desk.run("--force", output=study).returncode == 0


def test_an_output_below_a_file(desk: Desk) -> None:
    (desk.folder / "out").write_text("in the way")
    result = desk.run()
    assert result.returncode == OUTPUT
    assert str(desk.output) in result.stderr
    assert (desk.folder / "out").read_text() == "in the way"


def test_an_output_that_is_a_folder(desk: Desk) -> None:
    desk.output.mkdir(parents=True)
    result = desk.run()
    assert result.returncode == OUTPUT and "is a folder" in result.stderr


def test_a_folder_that_may_not_be_written(program: Path) -> None:
    """Root may write everywhere, so as root the program is run as nobody, in a folder that others can reach."""
    prefix: tuple[str, ...] = ()
    if os.geteuid() == 0:
        prefix = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
        if shutil.which("setpriv") is None:
            pytest.skip("needs setpriv to give up the rights of root")
        if subprocess.run([*prefix, program, "--version"], check=False, capture_output=True).returncode != 0:
            pytest.skip("the program cannot be reached by others")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        desk = Desk(program, folder)
        desk.output.parent.mkdir()
        desk.output.parent.chmod(0o555)
        result = desk.run("--no-cache", prefix=prefix)
        desk.refused(OUTPUT, str(desk.output), "cannot be written", result=result)
        desk.output.parent.chmod(0o755)


def test_a_disk_that_is_full(desk: Desk) -> None:
    """A limit on the size of files stands for the disk: the write fails half-way."""

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    result = desk.run("--no-cache", "--draws", 4, preexec_fn=limited)
    desk.refused(OUTPUT, str(desk.output), "cannot write", result=result)


@pytest.mark.skipif(os.geteuid() != 0, reason="mounts a small disk, which only root may")
def test_a_small_disk(desk: Desk) -> None:
    disk = desk.output.parent
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], check=False, capture_output=True
    )
    if mounted.returncode != 0:
        pytest.skip("no right to mount")
    try:
        desk.refused(OUTPUT, str(desk.output), "No space left", "free some space", result=desk.run("--draws", 20))
        assert [path.name for path in disk.iterdir()] in ([], ["study.h5.parts"])
    finally:
        subprocess.run(["umount", disk], check=True)


def test_an_output_that_another_run_holds(desk: Desk) -> None:
    desk.output.parent.mkdir()
    lock = Path(f"{desk.output}.lock")
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        held.write("4711")
        held.flush()
        desk.refused(OUTPUT, str(desk.output), "another run holds it", "4711")
        assert lock.exists(), "the lock belongs to the other run"
    assert desk.run().returncode == 0, "a lock file without a run is no lock"


# ---- stopping


def stopped(desk: Desk, *arguments: str, when: Callable[[str], bool]) -> tuple[int, str]:
    """Starts a long run and presses Ctrl-C as soon as its progress says so."""
    command = [
        desk.program,
        "run",
        desk.hamlet / "plan.toml",
        "--output",
        desk.output,
        "--progress",
        "json",
        *arguments,
    ]
    with subprocess.Popen(
        list(map(str, command)), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=desk.environment
    ) as process:
        assert process.stderr is not None
        heard = ""
        for line in process.stderr:
            heard += line
            if when(line):
                break
        process.send_signal(signal.SIGINT)
        start = time.monotonic()
        heard += process.stderr.read()
        code = process.wait(timeout=60)
        assert time.monotonic() - start < 30, "Ctrl-C is heard at once"
    return code, heard


def test_control_c(desk: Desk) -> None:
    arguments = ["--draws", "100", "--replicates", "2000", "--threads", "1"]
    code, heard = stopped(desk, *arguments, when=lambda line: '"simulation"' in line)
    assert code == INTERRUPTED, heard
    assert "stopped" in heard
    assert [path.name for path in desk.folder.glob("out/*")] in ([], ["study.h5.parts"])
    assert desk.run("--force").returncode == 0


# ---- the command line


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], ["command is required"]),
        (["simulate"], ["simulate", "tuopin --help"]),
        (["run"], ["scenario"]),
        (["run", "plan.toml", "--drawz", "3"], ["--drawz"]),
        (["run", "plan.toml", "--draws", "0"], ["--draws", "0"]),
        (["run", "plan.toml", "--draws", "many"], ["--draws", "many"]),
        (["run", "plan.toml", "--sample", "2"], ["--sample"]),
        (["summary", "study.h5", "--lang", "fr"], ["--lang", "fr"]),
        (["schema", "village"], ["village", "programme"]),
    ],
)
def test_usage(desk: Desk, arguments: list[str], words: list[str]) -> None:
    result = desk.call(*arguments, cwd=desk.hamlet)
    assert result.returncode == USAGE
    for word in words:
        assert word in result.stderr


def test_two_scenarios_of_one_name(desk: Desk) -> None:
    plan = desk.hamlet / "plan.toml"
    for command in (["run", "-o", desk.output], ["check"]):
        result = desk.call(*command, plan, plan)
        assert result.returncode == USAGE and "has the name plan of another scenario" in result.stderr


def test_scenarios_of_two_regions(desk: Desk) -> None:
    shutil.copytree(desk.hamlet, desk.folder / "other")
    region = desk.folder / "other/region/region.toml"
    region.write_text(region.read_text().replace("synthesis_seed = 7", "synthesis_seed = 8"))
    files = [desk.hamlet / "plan.toml", desk.folder / "other/baseline.toml"]
    for command in (["run", "-o", desk.output], ["check"]):
        result = desk.call(*command, *files)
        assert result.returncode == SCENARIO
        assert "region" in result.stderr and "baseline" in result.stderr
    assert desk.call("check", "--text", *files).returncode == 0, "each file by itself"


def test_all_problems_of_all_files_in_one_list(desk: Desk) -> None:
    """Two scenarios of one name and of two regions, a wrong key, a wrong table and a wrong margin: all at once, the
    region that both name said once."""
    shutil.copytree(desk.hamlet, desk.folder / "other")
    desk.edit("plan.toml", "carry_over", "cary_over")
    desk.edit("region/lines.csv", "statistical,2016,2952", "statistical,2016,29S2")
    region = desk.folder / "other/region/margins.csv"
    region.write_text(region.read_text().replace("male,hamlet,0.51,", "male,hamlet,51,"))
    files = [desk.hamlet / "baseline.toml", desk.hamlet / "plan.toml", desk.folder / "other/baseline.toml"]
    results = [
        desk.call("check", *files),
        desk.call("run", *files, "-o", desk.output),
        desk.call("check", "--text", *files),
    ]
    assert [result.returncode for result in results] == [SCENARIO] * 3
    assert results[0].stderr == results[1].stderr
    for words in ("cary_over", "29S2", "male, hamlet: is 51", "has the name baseline of another scenario"):
        assert results[0].stderr.count(words) == 1, results[0].stderr
    for words, times in (("cary_over", 1), ("29S2", 1), ("male, hamlet: is 51", 1), ("has the name", 0)):
        assert results[2].stderr.count(words) == times, results[2].stderr
