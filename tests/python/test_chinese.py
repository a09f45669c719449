"""Problems in Chinese: every mistake that other tests make, at the same place and with the same exit code."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from test_bad_input import DATA_MISTAKES, SCENARIO_MISTAKES, Desk
from test_region_tables import rows
from test_slips import SLIPS, TABLES

CHINESE = re.compile("[\u4e00-\u9fff]")
# "file:line:column: key: message (hint)"; a rule is shown in lines of its own, indented
PLACE = re.compile(r"^(tuopin: )?(\S+?:\d+(:\d+)?: |\S+: )?(\S+: )*")


#: Words that no name, key or value of these tests has.
ENGLISH = re.compile(
    r"\b(is|are|expected|the|which|has|holds|give|there|this|it|for|of|to|cannot|no|write|say|with)\b", re.ASCII
)
#: What was typed, and what TOML or a command line look like, stand in their own words.
QUOTED = re.compile(r"share of (persons|households)|\"[^\"]*\"|`[^`]*`|\[[^\]]*\]|\{[^}]*\}|\S*[=/_:*.]\S*|--\S+")


@pytest.fixture
def desk(program: Path, tmp_path: Path) -> Desk:
    return Desk(program, tmp_path)


def problems(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.startswith("    ") and "kept in" not in line]


def in_both_languages(desk: Desk, *arguments: object, **options: object) -> str:
    """The Chinese text, whose problems are those of the English one, each with Chinese in it."""
    english = desk.call(*arguments, **options)
    desk.environment["LC_ALL"] = "zh_CN.UTF-8"
    chinese = desk.call(*arguments, **options)
    desk.environment["LC_ALL"] = "C.UTF-8"
    assert chinese.returncode == english.returncode != 0, (english, chinese)
    one, other = problems(english.stderr), problems(chinese.stderr)
    assert len(one) == len(other) > 0, (english.stderr, chinese.stderr)
    for after in other:
        assert not ENGLISH.search(QUOTED.sub("", after.replace(str(desk.folder), ""))), after
    for before, after in zip(one, other, strict=True):
        assert CHINESE.search(after), after
        assert before != after
        place = re.match(r"^(?:tuopin: )?(\S+?:\d+(?::\d+)?: )?", before)
        assert place and after.startswith(place[0]), (before, after)
        hint = re.search(r"（(.*)）$", after)
        hinted = re.search(r"\((?!\w+, line \d)[a-z].*\)$", before)  # no figure and the line where it stands
        assert not hinted or (hint and CHINESE.search(hint[1])), (before, after)
    return chinese.stderr


@pytest.mark.parametrize("mistake", SCENARIO_MISTAKES)
def test_mistakes_in_a_scenario(desk: Desk, mistake: str) -> None:
    name, old, new, *_ = SCENARIO_MISTAKES[mistake]
    desk.edit(name, old, new)
    in_both_languages(desk, "check", desk.hamlet / "plan.toml")


@pytest.mark.parametrize("slip", SLIPS)
def test_slips_in_a_scenario(desk: Desk, slip: str) -> None:
    name, old, new, *_ = SLIPS[slip]
    desk.edit(name, old, new)
    in_both_languages(desk, "check", desk.hamlet / "plan.toml")


@pytest.mark.parametrize("mistake", DATA_MISTAKES)
def test_mistakes_in_tables(desk: Desk, mistake: str) -> None:
    name, old, new, *_ = DATA_MISTAKES[mistake]
    desk.edit(f"region/{name}", old, new)
    in_both_languages(desk, "check", desk.hamlet / "plan.toml")


@pytest.mark.parametrize("slip", TABLES)
def test_slips_in_tables(desk: Desk, slip: str) -> None:
    name, change, *_ = TABLES[slip]
    table = desk.hamlet / "region" / name
    table.write_bytes(change(table.read_text()))
    in_both_languages(desk, "check", desk.hamlet / "plan.toml")


A_SHARE = "share of households,2015,a,assumption"
ROWS = {  # in place of the rows of the same beginning: table, beginning, rows
    "a bound": ("margins", "water_unsafe,", [f"water_unsafe,hamlet,51,{A_SHARE},,,"]),
    "a bound in another unit": ("margins", "water_unsafe,", ["water_unsafe,hamlet,510,%,2015,a,assumption,,,"]),
    "no whole number": ("margins", "households,", ["households,hamlet,60.5,households,2015,a,assumption,,,"]),
    "a range apart": ("margins", "water_unsafe,", [f"water_unsafe,hamlet,0.5,{A_SHARE},0.1,0.2,"]),
    "a range upside down": ("margins", "water_unsafe,", [f"water_unsafe,hamlet,0.5,{A_SHARE},0.9,0.2,"]),
    "half a range": ("margins", "water_unsafe,", [f"water_unsafe,hamlet,0.5,{A_SHARE},0.1,,"]),
    "no unit": ("margins", "water_unsafe,", ["water_unsafe,hamlet,0.5,,2015,a,assumption,,,"]),
    "months": ("margins", "mean_income,", ["mean_income,hamlet,500,yuan/month,2015,a,assumption,,,"]),
    "dollars": ("margins", "mean_income,", ["mean_income,hamlet,500,USD/year,2015,a,assumption,,,"]),
    "a status": ("margins", "water_unsafe,", ["water_unsafe,hamlet,0.5,share of households,2015,a,guess,,,"]),
    "no place": ("margins", "water_unsafe,", [f"water_unsafe,,0.5,{A_SHARE},,,"]),
    "another place": ("margins", "water_unsafe,", [f"water_unsafe,bruk,0.5,{A_SHARE},,,"]),
    "another margin": ("margins", "water_unsafe,", [f"water_unsave,hamlet,0.5,{A_SHARE},,,"]),
    "missing": ("margins", "water_unsafe,", []),
    "to be filled in": ("margins", "water_unsafe,", ["water_unsafe,hamlet,?,share of households,2015,a,assumption,,,"]),
    "shares": ("margins", "household_size_1,", [f"household_size_1,hamlet,0.5,{A_SHARE},,,"]),
    "counties": ("margins", "villages,brook,", ["villages,brook,5,villages,2015,a,assumption,,,"]),
    "a year": ("margins", "water_unsafe,", ["water_unsafe,hamlet,0.5,share of households,soon,a,assumption,,,"]),
    "a formula": ("crops", "nut,", ["#REF!,坚果,labour_days_young,3,,,days/mu/year,a,assumption,D"]),
    "crop shares": ("crop_shares", "brook,plum,", ["brook,plum,0.5,a,assumption"]),
    "a line before": ("lines", "x,", ["statistical,2013,2800,yuan/year,a,assumption,,"]),
    "a line after": ("lines", "x,", ["statistical,2031,2800,yuan/year,a,assumption,,"]),
    "a measure": ("targets", "H1,", ["H1,a,b,register_person,2018,20,at_most,persons,a,yes,"]),
    "the name of a measure": ("targets", "H3,", ["H3,a,b,programme_entered,2016,4,at_least,posts,a,yes,"]),
    "a unit of places": ("targets", "H3,", ["H3,a,b,programme_entered:posts,2016,4,at_least,persons,a,yes,"]),
    "no truth": ("targets", "H1,", ["H1,a,b,register_persons,2018,20,at_most,persons,a,perhaps,"]),
}  # fmt: skip


@pytest.mark.parametrize("fault", ROWS)
def test_rows_of_a_region(desk: Desk, fault: str) -> None:
    table, without, lines = ROWS[fault]
    rows(desk, table, *lines, without=without)
    said = in_both_languages(desk, "check", desk.hamlet / "plan.toml")
    for line in problems(said):
        assert not ENGLISH.search(QUOTED.sub("", line.replace(str(desk.folder), ""))), line


GROUPS = ['["a", "b", "c", "d"]', '["male"]', '["other"]', '["yi zu"]', '["yi", "yi"]', '["yi"]', "[]", '"yi"']


@pytest.mark.parametrize("groups", GROUPS)
def test_groups_of_a_region(desk: Desk, groups: str) -> None:
    desk.edit("region/region.toml", '["tujia", "miao", "han"]', groups)
    in_both_languages(desk, "check", desk.hamlet / "plan.toml")


RULES = [
    "", "true and", "(work_ability", "work_ability)", "1 < 2 < 3", "registered + 1", "nobody > 1", "lag(1)", "min(1)",
    "registered > false", "1e999 > 1", "§", "not registered == 1 +", "if(registered, 1)", "1", "abs",
    "1 2", "water == dry",
]  # fmt: skip


@pytest.mark.parametrize("rule", RULES)
def test_rules(desk: Desk, rule: str) -> None:
    path = desk.hamlet / "programmes/orchard.toml"
    path.write_text(re.sub(r'^eligible *= *".*"', f'eligible = "{rule}"', path.read_text(), flags=re.MULTILINE))
    in_both_languages(desk, "check", desk.hamlet / "plan.toml")


COMMAND_LINES = [
    "", "sumary", "run", "run plan.toml --draw 3", "run plan.toml --draws 1e3", "run plan.toml --draws",
    "run plan.toml --draws 2 --draws 3", "run plan.toml --quick --draws 3", "run plan.toml --force=true",
    "run plan.toml --draws 2 --leave-out-batches 3", "run plan.toml --sample 5%", "run plan.toml --lang= zh",
    "summary a.h5 b.h5", "summary none.h5", "summary plan.toml", "check none.toml", "check .", "check --text region",
    "check programmes/posts.toml", "run plan.toml -o new/", "run plan.toml -o a.csv", "run plan.toml --output= x",
    f"run plan.toml -o {'x' * 250}.h5", "run plan.toml -o a.h5 --panel ./a.h5", "run plan.toml --leave-out-batches 2",
    "run plan.toml plan.toml", "schema village", "run plan.toml -o link.h5", "run plan.toml -o mine.h5",
    "run plan.toml -o plan.toml/a.h5",    "synthesize plan.toml -o mine.md", "synthesize plan.toml -o plan.toml",
]  # fmt: skip


@pytest.mark.parametrize("line", COMMAND_LINES)
def test_command_lines_and_outputs(desk: Desk, line: str) -> None:
    (desk.hamlet / "link.h5").symlink_to("nowhere")
    for name in ("mine.h5", "mine.md"):
        (desk.hamlet / name).write_text("mine")
    in_both_languages(desk, *line.split(), cwd=desk.hamlet)


def test_two_regions(desk: Desk) -> None:
    shutil.copytree(desk.hamlet, desk.folder / "other")
    region = desk.folder / "other/region/region.toml"
    region.write_text(region.read_text().replace("synthesis_seed = 7", "synthesis_seed = 8"))
    in_both_languages(desk, "check", desk.hamlet / "plan.toml", desk.folder / "other/baseline.toml")


def test_poverty_that_no_spread_of_incomes_gives(desk: Desk) -> None:
    desk.edit("region/margins.csv", "true_poverty_rate,hamlet,0.25", "true_poverty_rate,hamlet,0.97")
    desk.edit("region/margins.csv", "assumption,0.2,0.3,", "assumption,0.9,0.99,")
    in_both_languages(desk, "check", desk.hamlet / "plan.toml")


def test_the_report_of_check(desk: Desk) -> None:
    scenarios = [desk.hamlet / "baseline.toml", desk.hamlet / "plan.toml"]
    for arguments in (["--lang", "zh"], ["--lang", "zh", "--text"]):
        lines = desk.call("check", *scenarios, *arguments).stdout.splitlines()
        assert len(lines) >= 2 and all(CHINESE.search(line) for line in lines), lines
    desk.environment["LC_ALL"] = "zh_CN.UTF-8"
    assert CHINESE.search(desk.call("check", *scenarios).stdout)
    assert not CHINESE.search(desk.call("check", *scenarios, "--lang", "en").stdout), "--lang goes before the locale"


FAULTS_OF_AN_ENGINE = {
    "no scenario": lambda tuopin, engine: tuopin.Engine(),
    "no file": lambda tuopin, engine: tuopin.Engine("none.toml"),
    "another scenario": lambda tuopin, engine: engine.start("plans"),
    "another draw": lambda tuopin, engine: engine.start("plan", draw=-1),
    "no number": lambda tuopin, engine: engine.start("plan", draw="three"),
    "a column": lambda tuopin, engine: engine.start("plan").column("household", "true_incme"),
    "a level": lambda tuopin, engine: engine.start("plan").columns("households"),
    "a key": lambda tuopin, engine: engine.variant("plan", {"safety_net.covrage": 0.5}, name="a"),
    "a value": lambda tuopin, engine: engine.variant("plan", {"safety_net.coverage": 1.5}, name="a"),
    "a programme": lambda tuopin, engine: engine.variant("plan", without=["post"], name="a"),
    "a name": lambda tuopin, engine: engine.variant("plan", {}, name="baseline"),
    "against": lambda tuopin, engine: engine.start("plan", against=3),
    "saved": lambda tuopin, engine: engine.load("none.trajectory"),
    "no trajectory": lambda tuopin, engine: engine.load(__file__),
    "an array": lambda tuopin, engine: tuopin.measures.gini([1.0, -1.0]),
    "weights": lambda tuopin, engine: tuopin.measures.gini([1.0, 2.0], weights=[1.0]),
    "no study": lambda tuopin, engine: tuopin.run("none.toml", draws=0),
}


@pytest.mark.parametrize("fault", FAULTS_OF_AN_ENGINE)
def test_errors_of_an_engine(desk: Desk, fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Errors in this process are Chinese where the locale is, when they arise; English stays what it was."""
    import tuopin

    monkeypatch.chdir(desk.folder)
    engine = tuopin.Engine(desk.hamlet / "baseline.toml", desk.hamlet / "plan.toml")
    said = {}
    for locale in ("C.UTF-8", "zh_CN.UTF-8"):
        monkeypatch.setenv("LC_ALL", locale)
        with pytest.raises(tuopin.Error) as error:
            FAULTS_OF_AN_ENGINE[fault](tuopin, engine)
        said[locale] = str(error.value)
    assert not CHINESE.search(said["C.UTF-8"]), said
    assert CHINESE.search(said["zh_CN.UTF-8"]), said
    assert not ENGLISH.search(QUOTED.sub("", said["zh_CN.UTF-8"])), said
