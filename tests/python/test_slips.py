"""Typical mistakes in files, of word processors, spreadsheets and people: each message says how to correct it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import h5py
import pytest
from test_bad_input import DATA, SCENARIO, Desk, where


@pytest.fixture
def desk(program: Path, tmp_path: Path) -> Desk:
    return Desk(program, tmp_path)


# file, what is replaced, by what, the line of the problem, what the message must say
SLIPS = {
    "thousands": ("programmes/posts.toml", "8_000,", "8,000,", 24, ["not TOML", "20000 or 20_000"]),
    "curly quotes": ("plan.toml", '"orchard"', "“orchard”", 4, ["“", 'write "']),
    "full-width signs": ("plan.toml", '"posts", ', '"posts"， ', 4, ["，", "half-width"]),
    "a full-width equals sign": ("plan.toml", "programmes =", "programmes ＝", 4, ["＝ is a full-width sign", "="]),
    "a full-width colon": ("plan.toml", "programmes =", "programmes ：", 4, ["： is a full-width sign", "="]),
    "a missing quotation mark": ("plan.toml", '"posts", ', 'posts", ', 4, ["quotation mark is missing in line 4"]),
    "no quotation marks": ("programmes/posts.toml", '"public_service_wage"', "public_service_wage", 23,
                           ['a text stands in quotation marks: "public_service_wage"']),
    "a missing comma": ("plan.toml", '"posts", ', '"posts" ', 4, ['a comma is missing before "allowance"']),
    "a missing bracket": ("plan.toml", '"orchard"]', '"orchard"', 6, ["] is missing", "line 4"]),
    "a month": ("programmes/posts.toml", "8_000, unit = \"yuan/year\"", "200, unit = \"yuan/month\"", 24,
                ["a month need not be", "for twelve months write 2400 yuan/year"]),
    "a window beyond the region": ("programmes/posts.toml", "window   = [2016, 2018]", "window = [2014, 2025]", 4,
                                   ["window: is 2014 to 2025, beyond the simulated years 2016 to 2020",
                                    "write [2016, 2020]"]),
    "percent": ("programmes/posts.toml", "value = 0.05", "value = 5%", 29, ["0.05 for 5%"]),
    "a key of another table": ("programmes/posts.toml", "[duration]", "[duration]\nonce = { value = 5 }", 28,
                               ["duration.once: unknown key", "it belongs in [cost]"]),
    "a key of a verb": ("programmes/posts.toml", "[duration]", "[duration]\nwage = { value = 5 }", 28,
                        ["unknown key", 'it belongs in [effect.NAME] with verb = "slot"']),
    "a person's column": ("programmes/orchard.toml", '"ever_registered and', '"ever_registered and age > 60 and', 6,
                          ["there is no name age", 'unit = "person"']),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS)
def test_slips_in_a_scenario(desk: Desk, slip: str) -> None:
    name, old, new, line, words = SLIPS[slip]
    desk.edit(name, old, new)
    text = desk.refused(SCENARIO, *words)
    assert where(Path(name).name, line, text), text


@pytest.mark.parametrize("name", ["region/margins.csv", "margins.toml"])
def test_a_table_given_as_a_scenario(desk: Desk, name: str) -> None:
    shutil.copy(desk.hamlet / "region/margins.csv", desk.hamlet / "margins.toml")
    said = desk.call("check", desk.hamlet / name).stderr
    assert len(said.splitlines()) == 1 and "(CSV), expected" in said and "parsing" not in said
    in_chinese = desk.call("check", desk.hamlet / name, "--lang", "zh").stderr
    assert "（CSV），应为" in in_chinese and "expected" not in in_chinese


def test_an_unknown_fund(desk: Desk) -> None:
    """A name like one of the scenario's is a slip; of any other those that there are are named."""
    desk.edit("programmes/posts.toml", "county = 1.0", "treasury = 1.0")
    said = desk.call("check", "--text", desk.hamlet / "plan.toml").stdout
    assert "cost.funding.treasury" in said and "it defines county, gifts; [funds.treasury] unlimited" in said
    assert "它定义了county、gifts" in desk.call("check", "--text", desk.hamlet / "plan.toml", "--lang", "zh").stdout
    desk.edit("programmes/posts.toml", "treasury = 1.0", "countie = 1.0")
    desk.refused(SCENARIO, 'did you mean "county"?')


def test_a_list_that_drops_inherited_programmes(desk: Desk) -> None:
    mine = desk.hamlet / "mine.toml"
    mine.write_text('extends = "plan.toml"\ntitle = "Mine"\nprogrammes = ["posts"]\n')
    said = desk.call("check", "--text", mine).stdout
    assert "mine.toml:3:14: programmes: replaces the list of plan.toml and drops allowance, orchard" in said
    assert "取代plan.toml的列表，去掉了allowance、orchard" in desk.call("check", "--text", mine, "--lang", "zh").stdout


@pytest.mark.parametrize("name, word", [("programmes/posts.toml", "programme"), ("region/region.toml", "region")])
def test_a_file_of_another_kind(desk: Desk, name: str, word: str) -> None:
    for command in ("check", "run"):
        result = desk.call(command, desk.hamlet / name)
        assert result.returncode == SCENARIO
        assert f"is a {word}, expected a scenario" in result.stderr and len(result.stderr.splitlines()) == 1


def replaced(old: str, new: str) -> Callable[[str], bytes]:
    def change(text: str) -> bytes:
        assert old in text
        return text.replace(old, new).encode()

    return change


# table, what becomes of it, the line of the problem or none, words; every table has one problem, not a row of them
TABLES = {
    "semicolons": ("lines.csv", replaced(",", ";"), 1, ['";"', "expected commas"]),
    "tabs": ("lines.csv", replaced(",", "\t"), 1, ["tabs", "expected commas"]),
    "UTF-16": ("lines.csv", lambda text: text.encode("utf-16"), 1, ["UTF-16", "CSV UTF-8"]),
    "GBK": ("counties.csv", lambda text: text.encode("gbk"), 2, ["not UTF-8", "GBK", "CSV UTF-8"]),
    "percent in a cell": ("margins.csv", replaced("age_0_15,hamlet,0.21,", "age_0_15,hamlet,21%,"), 12,
                          ['"21%"', "expected a number", "0.05 for 5%"]),
    "a word in a cell": ("margins.csv", replaced("age_0_15,hamlet,0.21,", "age_0_15,hamlet,about a fifth,"), 12,
                         ['"about a fifth"', "expected a number"]),
    "a share in percent": ("margins.csv", replaced("male,hamlet,0.51,", "male,hamlet,51,"), 15,
                           ["value: male, hamlet: is 51 share of persons, expected 0 to 1", "0.05 for 5%"]),
    "a negative margin": ("margins.csv", replaced("households,hamlet,60,", "households,hamlet,-60,"), 3,
                          ["value: households, hamlet: is -60 households, expected at least 0"]),
    "money of another year": ("margins.csv", replaced("mean_income,hamlet,6000,yuan/year,2015",
                                                      "mean_income,hamlet,6000,yuan/year,2014"), 30,
                              ["year: mean_income, hamlet: is of 2014, expected the base year 2015"]),
    "no year": ("margins.csv", replaced("0.51,share of persons,2015", "0.51,share of persons,5"),
                15, ['year: is "5", expected a year']),
    "a misspelt margin": ("margins.csv", replaced("water_unsafe,", "water_unsaf,"), 41,
                          ['name: there is no margin "water_unsaf"', 'did you mean "water_unsafe"?']),
    "a margin that is missing": ("margins.csv", lambda text: re.sub("water_unsafe.*\n", "", text).encode(), 0,
                                 ["the margin water_unsafe is missing", "share of households",
                                  "add a row water_unsafe,hamlet,"]),
    "margins that contradict each other": ("margins.csv", replaced("households,hamlet,60,households,2015,assumption: "
                                           "invented for teaching,assumption,60,60", "households,hamlet,6,households,"
                                           "2015,x,assumption,6,6"), 3, ["240 persons in 6 households"]),
}  # fmt: skip


@pytest.mark.parametrize("slip", TABLES)
def test_slips_in_a_table(desk: Desk, slip: str) -> None:
    name, change, line, words = TABLES[slip]
    table = desk.hamlet / "region" / name
    table.write_bytes(change(table.read_text()))
    result = desk.call("check", desk.hamlet / "plan.toml")
    assert (result.returncode, result.stdout) == (DATA, ""), result
    for word in words:
        assert word in result.stderr, result.stderr
    assert line == 0 or where(name, line, result.stderr), result.stderr
    assert len(result.stderr.splitlines()) == 1, f"one slip, several problems:\n{result.stderr}"


def test_check_makes_the_population(desk: Desk) -> None:
    result = desk.call("check", desk.hamlet / "baseline.toml", desk.hamlet / "plan.toml")
    assert len(re.findall("240 persons in 60 households meet the margins", result.stdout)) == 1


def test_figures_of_other_years_and_tilted_sizes_are_named(desk: Desk) -> None:
    desk.edit("region/margins.csv", "male,hamlet,0.51,share of persons,2015", "male,hamlet,0.51,share of persons,2010")
    for size, share, typed in ((1, "0.05", 0.25), (4, "0.25", 0.05)):
        row = "household_size_{},hamlet,{},share of households,2015,assumption: invented for teaching,assumption,{},{},"
        desk.edit("region/margins.csv", row.format(size, share, share, share), row.format(size, typed, "", ""))
    text = desk.call("synthesize", desk.hamlet / "plan.toml", "--populations", 1).stdout
    assert re.search(r"other years stand for 2015: .*male \(hamlet, 2010\)", text)
    assert re.search(r"household_size_1 to 7 cannot all be met: .* mean 3\.\d+, .* is 4\.000", text), text
    assert re.search(r"\| household_size_1 \| households \| 15 \|", text), "the target is what was typed: 0.25 of 60"


def test_two_effects_with_one_luck(desk: Desk) -> None:
    """Two names with one hash, found by search: the effects of two programmes would share their draws."""
    verb = 'verb = "transition_shift"\nbase = 0.6\nhalf_life = 3.0\n'
    numbers = 'unit = "{}", source = "assumption: x", grade = "D" }}\n'
    job = f"[effect.job]\n{verb}shift = {{ value = 0.1, {numbers.format('log-odds')}"
    job += f"wage_gain = {{ value = 900, {numbers.format('yuan/year')}\n"
    post = (desk.hamlet / "programmes/posts.toml").read_text()
    text = re.sub(r"\[effect\.post\].*?(?=\[duration\])", lambda _: job, post, flags=re.DOTALL)
    for name in ("p14972", "p99910"):
        (desk.hamlet / f"programmes/{name}.toml").write_text(text)
    desk.edit("plan.toml", '"orchard"]', '"p14972"]')
    assert desk.call("check", desk.hamlet / "plan.toml").returncode == 0
    desk.edit("plan.toml", '"p14972"]', '"p14972", "p99910"]')
    desk.refused(SCENARIO, "programme.p14972.effect.job", "programme.p99910.effect.job", "same hash")


def test_the_summary_lists_every_programme(desk: Desk) -> None:
    """Of whatever batch, and without --leave-out-batches; with the entries that the study holds."""
    desk.edit("programmes/posts.toml", 'batch    = "ecology"', 'batch    = "other"')
    path = desk.folder / "own.h5"
    assert desk.run(output=path).returncode == 0
    text = desk.call("summary", path).stdout
    table = text[text.index("Programmes of (1)") :]
    with h5py.File(path) as file:
        names = [name.decode() for name in file["programme"][()]]
        entered = file["programmes/entered_units"][0, 0, 0, :, 0, names.index("posts")]
    row = re.search(r"Forest posts \[posts\] +\d+ +\d+ +(\d+)", table)
    assert row and int(row[1]) == entered[entered == entered].sum() > 0
    assert "[allowance]" in table and "[orchard]" in table
    assert "护林岗位 [posts]" in desk.call("summary", path, "--lang", "zh").stdout


def test_explain_says_what_a_verb_does(desk: Desk) -> None:
    plan = desk.hamlet / "plan.toml"
    english, chinese = (desk.call("explain", plan, "--lang", language).stdout for language in ("en", "zh"))
    for words in ("a post at 8000 yuan a year (public-service wage) that takes 120 days", "at most 3 years; 5% drop",
                  "80% of the gap", "2640 (2016), 3026 (2017)", "1 mu of one of the county's crops",
                  "rented at 100 yuan a mu", "30% of the plots",
                  "for each member of the household: 2000 yuan once",
                  "County [county] 50%, Gifts [gifts] 50%, and 2% of administration"):  # fmt: skip
        assert words in english, words
    for words in (
        "年报酬8000元（公益岗位工资），每年用工120天",
        "至多3年，每年中途退出5%",
        "差的80%（低保金）",
        "户内每人：一次性2000元",
        "县级资金 [county] 50%、社会捐助 [gifts] 50%",
    ):
        assert words in chinese, words


def test_a_factor_of_a_series_is_no_quantity(desk: Desk) -> None:
    desk.edit("programmes/posts.toml", "by_year = { 2016 = 4, 2018 = 2 }",
              "by_year = { 2016 = 4, 2018 = 2 }\nrelative_range = [0.5, 1.5]")  # fmt: skip
    plan = desk.hamlet / "plan.toml"
    for language, words in (("en", "× 1 every year"), ("zh", "× 1 各年")):
        lines = desk.call("explain", plan, "--lang", language).stdout.splitlines()
        assert [words in line and "[0.5, 1.5]" in line for line in lines if "  capacity.by_year  " in line] == [True]


def test_whom_a_payment_goes_to(desk: Desk) -> None:
    programme = desk.hamlet / "programmes/allowance.toml"
    text = programme.read_text()
    text = re.sub(
        r"top_up_to = .*\n", 'amount = { value = 300, unit = "yuan/year", source = "x", grade = "D" }\n', text
    )
    programme.write_text(re.sub(r"adequacy .*\n", "", text))
    for language, words in (("en", "pays each household 300 yuan a year"), ("zh", "每年给每户补助300元")):
        assert words in desk.call("explain", desk.hamlet / "plan.toml", "--lang", language).stdout
