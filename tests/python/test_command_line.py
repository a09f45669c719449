"""The command line on the hamlet: every command, both languages, and what must not change a result."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import h5py
import pytest

HAMLET = Path(__file__).resolve().parents[2] / "scenarios/hamlet"
SCENARIOS = [HAMLET / "baseline.toml", HAMLET / "plan.toml"]
COMMANDS = ["run", "check", "schema", "explain", "synthesize", "summary", "hash"]
CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("command line")  # a space in the path is no reason to fail


@pytest.fixture(scope="module")
def tuopin(program: Path, folder: Path):
    """Calls the program and returns what it printed; it must succeed and complain of nothing."""

    def call(*arguments: object, cwd: Path | None = None) -> str:
        environment = os.environ | {"XDG_CACHE_HOME": str(folder / "cache")}
        command = [str(program), *map(str, arguments)]
        done = subprocess.run(
            command, capture_output=True, text=True, env=environment, cwd=cwd, timeout=120, check=False
        )
        assert done.returncode == 0, done
        assert not [
            line
            for line in done.stderr.splitlines()
            if "kept in" not in line and "cost.funding.ministry: draws on a fund" not in line
        ], done.stderr
        return done.stdout

    return call


@pytest.fixture(scope="module")
def study(tuopin, folder: Path) -> Path:
    path = folder / "study.h5"
    tuopin("run", *SCENARIOS, "--draws", 4, "--leave-out-batches", 1, "-o", path, "--quiet")
    return path


def hashes(text: str) -> dict[str, str]:
    """`state 0123…`, one hash a line."""
    found = dict(line.split() for line in text.splitlines())
    assert set(found) == {"state", "results", "input"}
    assert all(re.fullmatch("[0-9a-f]{16}", value) for value in found.values()), found
    return found


# ---- help


def test_help_lists_every_command(tuopin) -> None:
    text = tuopin("--help")
    for command in COMMANDS:
        assert re.search(rf"^ +{command} ", text, re.MULTILINE), command
    assert "Exit codes:\n  0  done" in text


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_has_an_example(tuopin, command: str) -> None:
    text = tuopin(command, "--help")
    examples = re.findall(r"^ +(tuopin .*)$", text, re.MULTILINE)
    assert examples and all(example.split()[1] == command for example in examples)
    for name in re.findall(r"scenarios/\S+\.toml", text):
        assert (HAMLET.parents[1] / name).exists(), f"the example names {name}, which is not there"


def test_version(tuopin) -> None:
    first, build = tuopin("--version").splitlines()
    assert first == "tuopin " + (HAMLET.parents[1] / "VERSION").read_text().strip()
    assert re.fullmatch(r"build [0-9a-f]{16}, (gcc|clang) \d+.*, .+", build)


# ---- the commands


def test_check(tuopin) -> None:
    text = tuopin("check", *SCENARIOS)
    assert re.search(r"^baseline: valid; 0 programmes; \d+ numbers", text, re.MULTILINE)
    assert re.search(r"^plan: valid; 3 programmes; \d+ numbers, of which 0 published", text, re.MULTILINE)
    assert "2 made and calibrated" in text, "as many as a run takes"
    assert tuopin("check", *SCENARIOS) == text, "with or without kept populations"


def test_check_of_texts(tuopin) -> None:
    """Every scenario below a folder, by itself; programmes and regions are read where a scenario names them."""
    begin = time.monotonic()
    text = tuopin("check", "--text", HAMLET.parent)
    took = time.monotonic() - begin
    found = re.findall(r"^(\S+\.toml): valid;", text, re.MULTILINE)
    below = [path for path in HAMLET.parent.rglob("*.toml") if path.parent.name not in ("programmes", "region")]
    assert sorted(found) == sorted(map(str, below)) and len(found) >= 8
    assert "population" not in text
    assert took < 5, "half a second on a machine of its own"


@pytest.mark.parametrize("kind", ["scenario", "programme", "region"])
def test_schema(tuopin, kind: str) -> None:
    schema = json.loads(tuopin("schema", kind))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator.check_schema(schema)
    page = tuopin("schema", kind, "--markdown")
    sections = [name for name, part in schema["$defs"]["whole"]["properties"].items() if "properties" in part]
    assert page.startswith("#") and sections
    for section in sections:
        assert section in page, section


def test_explain(tuopin) -> None:
    text = tuopin("explain", SCENARIOS[1])
    steps = re.findall(r"^ ?\d+\. (\S+)$", text, re.MULTILINE)
    assert steps == [
        "measures.opened", "funds.opened", "year.sums", "household.last_review_uprated",
        "programme.posts.holders", "programme.allowance.holders", "programme.orchard.holders",
        "programme.posts", "programme.allowance", "programme.orchard",
        "shocks.common", "household.income", "household.income_by_stream", "household.year_before",
        "household.safety_net", "household.true_income", "household.allowance_targeting", "household.planted_land",
        "register.measurement", "register.identification", "household.guarantees", "register.review",
        "state.sum", "measures", "programmes.members", "funds.closed",
    ]  # fmt: skip
    assert "Forest posts  (posts)" in text and "paid by" in text


def test_explain_in_chinese(tuopin) -> None:
    text = tuopin("explain", SCENARIOS[1], "--lang", "zh")
    assert "护林岗位  (posts)" in text and "随机：" in text
    assert "reads:" not in text


def test_synthesize(tuopin, folder: Path) -> None:
    text = tuopin("synthesize", SCENARIOS[0], "--populations", 2)
    assert text.startswith("#") and "registered_poor" in text
    report = folder / "report.md"
    tuopin("synthesize", SCENARIOS[0], "--populations", 2, "--output", report)
    assert report.read_text() == "<!-- tuopin synthesis report -->\n" + text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_summary(tuopin, study: Path, language: str) -> None:
    text = tuopin("summary", study, "--lang", language)
    assert "2020" in text
    assert bool(CHINESE.search(text)) == (language == "zh")


def test_hash(tuopin, study: Path) -> None:
    found = hashes(tuopin("hash", study))
    with h5py.File(study) as file:
        assert file.attrs["hash_state"] == found["state"] and file.attrs["hash_input"] == found["input"]


def test_default_output_and_report_of_it(tuopin, folder: Path) -> None:
    text = tuopin("run", *SCENARIOS, cwd=folder)
    assert "results/baseline+plan.h5" in text
    assert (folder / "results/baseline+plan.h5").exists() and (folder / "results/baseline+plan.h5.run.json").exists()
    record = json.loads((folder / "results/baseline+plan.h5.run.json").read_text())
    assert record["seconds_total"] > 0


# ---- what must and what must not change a result


@pytest.mark.parametrize("draws", [1, 5])  # blocks share the threads, or draws do
def test_threads_change_nothing(tuopin, folder: Path, draws: int) -> None:
    found = set()
    for threads in (1, 2, 3):
        path = folder / f"threads-{draws}-{threads}.h5"
        tuopin("run", *SCENARIOS, "--draws", draws, "--threads", threads, "-o", path, "--quiet", "--no-cache")
        found.add(tuple(hashes(tuopin("hash", path)).values()))
    assert len(found) == 1


def test_seed_and_draws_change_results(tuopin, folder: Path) -> None:
    found = []
    for name, arguments in {"one": [], "seed": ["--seed", 2], "draws": ["--draws", 2], "again": []}.items():
        draws = [] if name == "draws" else ["--draws", 1]
        tuopin("run", *SCENARIOS, *draws, *arguments, "-o", folder / f"{name}.h5", "--quiet")
        found.append(hashes(tuopin("hash", folder / f"{name}.h5")))
    one, seed, draws, again = found
    assert one == again
    assert len({one["results"], seed["results"], draws["results"]}) == 3
    assert len({one["input"], seed["input"], draws["input"]}) == 3


PROGRAMME = """\
# Twenty yuan a month for each child of a registered household.
title    = { en = "Child grant", zh = "儿童补助" }
batch    = "education"
window   = [2016, 2020]
unit     = "household"
eligible = "registered and children >= 1"

[evidence]
grade  = "D"
source = "assumption: invented for this test"

[score]
expression = "children"
noise_sd   = { value = 0.5, unit = "standard deviations", source = "assumption: invented for this test", grade = "D" }

[capacity]
unit = "households"
all  = true

[effect.grant]
verb   = "stream_add"
stream = "relief"
amount = { value = 240, unit = "yuan/year", source = "assumption: invented for this test", grade = "D" }
per    = "children"

[duration]
years = 1

[cost]
funding = { ministry = 1.0 }   # no scenario sets its money: unlimited, and said so
"""


def test_more_parts_than_counties_are_refused(program: Path, folder: Path) -> None:
    """The hamlet has one county: two parts of whole counties cannot be."""
    done = subprocess.run(
        [program, "run", HAMLET / "baseline.toml", "--shards", "2", "-o", folder / "parts.h5"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "--shards: is 2, expected a whole number from 1 to 1" in done.stderr
    assert not (folder / "parts.h5").exists()


def test_a_programme_is_one_file_and_one_word(tuopin, folder: Path) -> None:
    hamlet = folder / "with a programme"
    shutil.copytree(HAMLET, hamlet)
    assert len(PROGRAMME.splitlines()) <= 32

    def run(name: str) -> dict[str, str]:
        tuopin(
            "run", hamlet / "baseline.toml", hamlet / "plan.toml", "--draws", 1, "-o", folder / f"{name}.h5", "--quiet"
        )
        return hashes(tuopin("hash", folder / f"{name}.h5"))

    before = run("before")
    (hamlet / "programmes/child_grant.toml").write_text(PROGRAMME)
    assert run("unlisted") == before, "a file that no scenario lists changes nothing"
    plan = hamlet / "plan.toml"
    plan.write_text(plan.read_text().replace('"orchard"]', '"orchard", "child_grant"]'))
    after = run("after")
    assert all(after[name] != before[name] for name in before)
    with h5py.File(folder / "after.h5") as file:
        programme = list(file["programme"].asstr()).index("child_grant")
        paid = file["programmes/to_households"][1, 0, 0, :, 0, programme]
        assert (paid[1:] > 0).all() and paid[0] == 0
        assert (paid % 240 == 0).all(), "each child is paid 240 yuan a year"
    text = tuopin("explain", plan)
    assert "Child grant  (child_grant)" in text


def test_a_programme_disturbs_no_other_luck(tuopin, folder: Path) -> None:
    """The baseline of both studies is the same household by household, whatever the plan beside it does."""
    for name, scenarios in {"alone": SCENARIOS[:1], "beside": SCENARIOS}.items():
        tuopin(
            "run",
            *scenarios,
            "--draws",
            1,
            "-o",
            folder / f"{name}.h5",
            "--panel",
            folder / f"panel-{name}.h5",
            "--quiet",
        )
    with h5py.File(folder / "panel-alone.h5") as alone, h5py.File(folder / "panel-beside.h5") as beside:
        for table in (name for name in alone if name.startswith("baseline_")):
            for column in alone[table]:
                assert (alone[table][column][:] == beside[table][column][:]).all(), (table, column)


def test_a_study_opens_wherever_it_is_moved(tuopin, study: Path, folder: Path) -> None:
    before = tuopin("summary", study), tuopin("hash", study)
    elsewhere = folder / "somewhere else/脱贫.h5"
    elsewhere.parent.mkdir()
    shutil.copy(study, elsewhere)
    assert (tuopin("summary", elsewhere), tuopin("hash", elsewhere)) == before
    with h5py.File(elsewhere) as file:
        assert file["poverty_rate"].dims[0][0].name == "/scenario"


def test_other_commands_are_programs_beside_it(tuopin, program: Path, folder: Path, monkeypatch) -> None:
    """`tuopin NAME …` runs tuopin-NAME with the arguments that follow, and its exit code is the program's own."""
    tools = folder / "tools"
    tools.mkdir()
    script = tools / "tuopin-count"
    script.write_text('#!/bin/sh\necho "counted: $*"\nexit ${1}\n')
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
    assert tuopin("count", "0", "two words") == "counted: 0 two words\n"
    done = subprocess.run([program, "count", "7"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (7, "counted: 7\n")
