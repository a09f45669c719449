"""What README and the pages of docs/ tell a reader to write and to type is run as it stands there.

Of each page: TOML blocks are written to the file that they name, or that the text before them names; every line that
begins with ``tuopin`` in a block marked ``sh`` and every block marked ``python`` is run, in the order of the page, in a
folder of its own that has the teaching region and the files of Xiangxi.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

import tuopin

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "README.zh.md", *sorted((ROOT / "docs").rglob("*.md"))]
OWN_PROGRAMME = ROOT / "docs/guide/own-programme.md"
RESEARCHER = ROOT / "docs/guide/researcher.md"
Result = subprocess.CompletedProcess[str]


@dataclass(frozen=True)
class Block:
    language: str
    text: str
    before: str  # the text up to it

    @property
    def path(self) -> str | None:
        """The file that a TOML block is to be written to."""
        named = re.match(r"# (scenarios/\S+\.toml)", self.text)
        spoken = re.findall(r"`(scenarios/hamlet/\S+\.toml)`", self.before.rstrip().rsplit("\n\n", 1)[-1])
        return named[1] if named else spoken[-1] if spoken else None


def blocks(page: Path) -> list[Block]:
    text = page.read_text()
    found = re.finditer(r"^```([^\n]*)\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)
    return [Block(match[1], match[2], text[: match.start()]) for match in found]


def the_one(page: Path, language: str, mark: str) -> Block:
    """The block of the language that holds the mark."""
    found = [block for block in blocks(page) if block.language == language and mark in block.text]
    assert len(found) == 1, f"{page.name}: {len(found)} blocks of {language!r} hold {mark!r}"
    return found[0]


class Reader:
    """Who copied the scenarios and wrote the files of a page where it says."""

    def __init__(self, program: Path, folder: Path, page: Path) -> None:
        self.program, self.folder, self.page = program, folder, page
        shutil.copytree(ROOT / "scenarios", folder / "scenarios")
        for block in blocks(page):
            if block.language == "toml":
                assert block.path, f"{page.name} does not say where this goes:\n{block.text}"
                (folder / block.path).write_text(block.text)

    def call(self, *arguments: str) -> Result:
        environment = os.environ | {"XDG_CACHE_HOME": str(self.folder / "cache"), "LC_ALL": "C.UTF-8"}
        return subprocess.run(
            [str(self.program), *arguments], capture_output=True, text=True, cwd=self.folder, env=environment,
            timeout=120,
        )  # fmt: skip


@pytest.fixture(scope="module")
def reader(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return Reader(program, tmp_path_factory.mktemp("reader"), OWN_PROGRAMME)


def commands_of(block: Block) -> list[list[str]]:
    lines = block.text.replace("\\\n", " ").splitlines() if block.language == "sh" else []
    return [shlex.split(line, comments=True)[1:] for line in lines if line.startswith("tuopin ")]


ACTIVE = [page for page in PAGES if any(block.language in ("sh", "python", "toml") for block in blocks(page))]


@pytest.mark.parametrize("page", ACTIVE, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_page(page: Path, program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Reader(program, tmp_path, page)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    names: dict[str, object] = {}
    for block in blocks(page):
        for arguments in commands_of(block):
            done = reader.call(*arguments)
            assert done.returncode == 0, f"tuopin {shlex.join(arguments)}\n{done.stderr}"
        if block.language == "python":
            exec(compile(block.text, page.name, "exec"), names)


def test_pages_that_run_something_are_known() -> None:
    """A page whose blocks lose their marks would be run no more, in silence."""
    shown = {page.relative_to(ROOT).as_posix() for page in ACTIVE}
    assert shown >= {
        "README.md", "README.zh.md", "docs/methods.md", "docs/guide-zh.md",
        *(f"docs/guide/{name}.md" for name in ("researcher", "planner", "analyst", "own-region", "own-programme")),
        "docs/guide/own-measure.md",
    }  # fmt: skip


def test_scenario_and_programme_are_valid(reader: Reader) -> None:
    """Check and explain, as the section says."""
    checked = reader.call("check", "scenarios/hamlet/winter.toml")
    said = [line for line in checked.stderr.splitlines() if "kept in" not in line]
    assert (checked.returncode, said) == (0, [])
    assert "winter: valid; 4 programmes" in checked.stdout
    assert "without limit" not in checked.stdout
    explained = reader.call("explain", "scenarios/hamlet/winter.toml")
    assert explained.returncode == 0, explained.stderr
    assert "Winter relief" in explained.stdout and "winter_relief" in explained.stdout


def test_scenario_and_programme_run(reader: Reader) -> None:
    """The programme enrols no more households than it has places, in its years only, and pays for them."""
    scenarios = [f"scenarios/hamlet/{name}.toml" for name in ("baseline", "plan", "winter")]
    run = reader.call("run", *scenarios, "--draws", "10", "--output", "results/winter.h5")
    assert run.returncode == 0, run.stderr
    study = tuopin.open(reader.folder / "results/winter.h5", "programmes")
    winter = study.sel(scenario="winter", programme="winter_relief", place="hamlet")
    places = tomllib.loads(the_one(OWN_PROGRAMME, "toml", "# Winter relief").text)["capacity"]["by_year"]
    for year in study.year.values:
        assert (winter.entered_units.sel(year=year) <= places.get(str(year), 0)).all(), year
    assert winter.entered_units.sum() > 0
    assert winter.to_households.sum() > 0
    assert study.sel(scenario="plan", programme="winter_relief").entered_units.isnull().all()


def test_a_mistake_is_answered_as_shown(reader: Reader) -> None:
    """The block of the refused rule is what the program says of it, word for word."""
    path = reader.folder / "scenarios/hamlet/programmes/winter_relief.toml"
    whole = path.read_text()
    shown = the_one(OWN_PROGRAMME, "", "tuopin: scenarios/hamlet/programmes/winter_relief.toml:")
    path.write_text(whole.replace('"registered and', '"registred and'))
    try:
        refused = reader.call("check", "scenarios/hamlet/winter.toml")
    finally:
        path.write_text(whole)
    assert refused.returncode == 3
    assert shown.text.strip() in refused.stderr


def test_luck_is_the_same_from_numpy() -> None:
    """The block asserts it by itself; so it must hold its assertion."""
    assert the_one(ROOT / "docs/methods.md", "python", "FNV-1a").text.count("assert ") == 1


def test_python_example_prints_what_it_should(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first example of the analyst's page makes the study and the chart, and prints the interval."""
    monkeypatch.chdir(reader.folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(reader.folder / "cache"))
    example = the_one(ROOT / "docs/guide/analyst.md", "python", "tuopin.fan_chart(")
    exec(compile(example.text, "analyst.md", "exec"), {})
    assert Path("results/hamlet.h5").exists() and Path("results/hamlet.png").exists()
    assert "0.95" in capsys.readouterr().out


def label(line: str) -> str:
    """What a row of the closing table is about."""
    return re.split(r"\s{2,}", line.strip())[0].split(",")[0]


def rows_of(table: str) -> list[str]:
    """Labels of the rows between the rule and the remark below them."""
    below = table.split("────\n", 1)[1].split("The interval shows")[0]
    return [label(line) for line in below.splitlines() if line.startswith("  ") and not line.startswith("   " * 4)]


def test_the_tables_shown_are_those_printed(reader: Reader) -> None:
    """That of the hamlet word for word; that of the demonstration, which takes longer, by its rows."""
    [run] = [a for block in blocks(RESEARCHER) for a in commands_of(block) if a[0] == "run"]
    done = reader.call(*run, "--force")
    printed = done.stdout + done.stderr
    shown = the_one(RESEARCHER, "text", "Hamlet (invented").text
    missing = [line for line in shown.splitlines() if line not in printed.splitlines()]
    assert not missing, printed
    assert rows_of(the_one(ROOT / "README.md", "text", "income-poor").text) == rows_of(shown)
    assert len(rows_of(shown)) > 6
