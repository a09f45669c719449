"""The readable tables of a study: known figures of the small study, widths, both languages, what was added."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT, SCENARIOS, write_small_study
from rich.cells import cell_len

import tuopin
import tuopin.results
from tuopin import _core
from tuopin._findings import Study
from tuopin._language import Language
from tuopin._summary import NAMED, _blocks, further
from tuopin._summary.layout import Column, Heading, Note, Table, laid_out
from tuopin._summary.page import Page

NUMBER = r"-?\d+(?:,\d{3})*(?:\.\d+)?"


def section(text: str, heading: str) -> list[str]:
    """The lines of a part, from its heading to the next one."""
    lines = text.splitlines()
    begin = next(i for i, line in enumerate(lines) if line.startswith(heading))
    rest = lines[begin + 1 :]
    end = next((i for i, line in enumerate(rest) if not line and i > 0), len(rest))
    return rest[:end]


@pytest.fixture(scope="module")
def english(program: Path, small_study: Path) -> str:
    return tuopin.summary(small_study)


def test_figures_that_are_counted_by_hand(english: str) -> None:
    """In 2020 the plan's rate is 0.02 · (1 + luck), luck being 20 even steps from -0.3 to 0.3, each also with 0.001
    more. Of these 40 the 5% point is the mean of the second and third, -0.2837; the 95% point that of the 38th and
    39th, 0.2847; the median 0.0005."""
    rows = section(english, "(2) plan")
    at = next(i for i, line in enumerate(rows) if line.startswith("2020"))
    assert rows[at].split()[1] == "2.0"
    assert rows[at + 1].split()[0] == "1.4–2.6"
    effects = section(english, "What (2) changes against (1), 2020")
    poor = next(line for line in effects if line.startswith("income-poor"))
    # Counts whose 5% and 95% points lie half-way between two whole numbers go away from zero.
    assert "24 (18–31)" in poor and "4 (3–5)" in poor and "-20 (-26 to -15)" in poor and "40 of 40 worlds" in poor
    assert any(line.startswith("  % of all persons") and "12.0 (8.6–15.4)" in line for line in effects)


def test_the_same_statistics_as_numpy(small_study: Path) -> None:
    study = tuopin.open(small_study)
    values = study.poverty_rate.isel(place=0, line=0, income=0)
    found = tuopin.order_statistics(values)
    flat = values.transpose("scenario", "year", "draw", "replicate").values.reshape(2, 6, -1)
    expected = np.quantile(flat, (0.05, 0.5, 0.95), axis=-1, method="averaged_inverted_cdf")
    np.testing.assert_allclose(found.transpose("level", "scenario", "year"), expected, rtol=1e-14)
    spread = _core.spread_of(flat[1, 5])
    assert [spread.low, spread.median, spread.high] == found.isel(scenario=1, year=5).values.tolist()


@pytest.mark.parametrize("level", [0.05, 0.5, 0.95])
def test_order_statistics_mirror(level: float) -> None:
    random = np.random.default_rng(5)
    for n in range(1, 201):
        values = random.normal(size=(1, n)).round(1)  # with ties
        there, back = (_core.order_statistics(of, [q]) for of, q in ((values, level), (-values, 1 - level)))
        assert there[0, 0] == -back[0, 0], n


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", [60, 80, 100, 120])
def test_no_line_is_wider_than_the_page(hamlet_study: Path, width: int, lang: Language) -> None:
    text = tuopin.summary(hamlet_study, lang, width)
    wide = [line for line in text.splitlines() if cell_len(line) > width]
    # What cannot be broken stands whole: names, and the first columns with one more.
    assert not [line for line in wide if width >= 80], wide
    assert len(wide) <= 12
    assert not re.search(" $", text, re.M)


def test_a_narrow_page_holds_the_same_numbers(hamlet_study: Path) -> None:
    wide, narrow = (sorted(set(re.findall(NUMBER, tuopin.summary(hamlet_study, "en", w)))) for w in (120, 80))
    assert wide == narrow


def test_a_table_goes_on_below_with_its_first_columns() -> None:
    columns = [Column("year", "left", key=True), *(Column(f"figure {i}") for i in range(5))]
    rows = [["2015", "1", "2", "3", "4", "5"], [], ["2016", "6", "7", "8", "9", "10"]]
    text = laid_out([Table.of(columns, rows)], 32, False)
    assert text.splitlines() == [
        "year  figure 0  figure 1",
        "────────────────────────",
        "2015         1         2",
        "────────────────────────",
        "2016         6         7",
        "",
        "year  figure 2  figure 3",
        "────────────────────────",
        "2015         3         4",
        "────────────────────────",
        "2016         8         9",
        "",
        "year  figure 4",
        "──────────────",
        "2015         5",
        "──────────────",
        "2016        10",
    ]


def test_chinese_takes_two_columns() -> None:
    table = Table.of([Column("批次", "left", key=True), Column("少脱贫")], [["生态补偿", "1\n0–2"], ["x", "12"]])
    text = laid_out([Heading("逐批剔除"), table, Note("切勿相加：各批次覆盖同样的住户。")], 26, False)
    assert text.splitlines() == [
        "逐批剔除",
        "批次      少脱贫",
        "────────────────",
        "生态补偿       1",
        "             0–2",
        "x             12",
        "  切勿相加：各批次覆盖同样",
        "  的住户。",
    ]


def test_titles_and_words_in_chinese(hamlet_study: Path) -> None:
    text = tuopin.summary(hamlet_study, "zh")
    for title in (
        "县级资金 [county]",
        "社会捐助 [gifts]",
        "护林岗位 [posts]",
        "小村:有规划(教学虚构) [plan]",
        "原有低保",
    ):
        assert title in text
    for word in ("返贫", "错评", "漏评", "建档立卡", "无法估计", "每减少一人年贫困的费用", "推算", "其他指标"):
        assert word in text
    for gone in (
        "重新贫困",
        "不可估计",
        "推导",
        "净",
        "20 次",
        "安全网",
        "区域",
        "文件目标",
        "精简模型",
        "测算",
        "指纹",
    ):
        assert gone not in text.replace("人均纯收入", "")
    english = re.sub(r"\[[\w/\-\n ]+\]|tuopin \w+|targets/reason|--leave-out-batches|\w+/\w+|\w+_\w+", "", text)
    words = set(re.findall(r"[A-Za-z]{4,}", english)) - {"baseline", "plan", "tuopin", "study"}
    assert not words - {"Python", "orchard", "posts"}, words  # streams stand by their Chinese names
    for words in ("工资性收入 [wage]", "养老金 [pension]", "2016年岗位（护林岗位）"):
        assert words in text


def test_every_figure_of_a_study_is_shown(hamlet_study: Path) -> None:
    """Named by a section, in a row of the further figures, or listed there."""
    text = tuopin.summary(hamlet_study)
    listed = " ".join("\n".join(text.splitlines()[text.splitlines().index("Further figures") :]).split())
    for group in (None, *tuopin.groups(hamlet_study)):
        if group in ("check", "draws", "observations", "targets"):
            continue
        for name, variable in tuopin.open(hamlet_study, group).data_vars.items():
            full = f"{group}/{name}" if group else str(name)
            if "scenario" in variable.dims and "draw" in variable.dims and full not in NAMED:
                assert f"[{full}]" in listed.replace("/ ", "/") or full in listed, full


def test_further_figures_of_the_small_study(small_study: Path) -> None:
    import xarray as xr

    root = tuopin.open(small_study)
    worlds = ("scenario", "draw", "replicate", "year", "place")
    values = np.zeros([root.sizes[dim] for dim in worlds]) + np.arange(6).reshape(1, 1, 1, 6, 1)
    words = {"units": "days/year", "long_name": "days ill", "long_name_zh": "患病天数"}
    study = Study(root, {"illness": xr.Dataset({"days": (worlds, values, words)})})
    blocks = further.further(Page(study, "zh", 120), NAMED | {str(name) for name in root.data_vars})
    rows = [row for block in blocks if isinstance(block, Table) for _, rows in block.parts for row in rows]
    assert rows == [
        ["患病天数（天/年） [illness/days]", "(1)", "0", "1.00", "2.00", "3.00", "4.00", "5.00"],
        ["", "(2)", "0", "1.00", "2.00", "3.00", "4.00", "5.00"],
    ]


def test_what_was_added_stands_in_the_summary(tmp_path: Path) -> None:
    """The program that tests/growth makes, with two figures and two streams that no line of tuopin knows."""
    grown = Path(os.environ.get("TUOPIN_GROWN_PROGRAM", ROOT / "build/test/tests/tuopin_grown"))
    if not grown.exists():
        pytest.skip(f"{grown} is not built: the C++ tests make it")
    study = tmp_path / "grown.h5"
    scenarios = [ROOT / "tests/growth/scenarios" / name for name in ("off.toml", "grown.toml")]
    subprocess.run([grown, "run", *scenarios, "--draws", "2", "-o", study, "--quiet"], check=True, timeout=120)
    for lang, words in (
        ("en", ("persons of households in", "revenue of all harvests")),
        ("zh", ("患病家庭人口（人）", "平均收购价（元/公斤）")),
    ):
        text = tuopin.summary(study, "en" if lang == "en" else "zh")
        lines = text.splitlines()
        rest = "\n".join(lines[lines.index({"en": "Further figures", "zh": "其他指标"}[lang]) :])
        for name in ("[illness/ill_persons]", "[harvest/mean_price]", "illness_relief", "herd_upkeep"):
            assert name in rest, (lang, name)
        for word in words:
            assert word in rest.lower(), (lang, word)
        assert {"en": "Herds [herds]", "zh": "养殖 [herds]"}[lang] in text


def test_piped_it_is_plain_and_120_wide(program: Path, hamlet_study: Path) -> None:
    surroundings = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    for columns, width in (
        (None, 120),
        ("80", 80),
        ("30", 60),
        ("4000", 120),
        ("", 120),
        ("wide", 120),
        ("9" * 5000, 120),
    ):
        environment = surroundings | ({} if columns is None else {"COLUMNS": columns})
        done = subprocess.run([program, "summary", hamlet_study], capture_output=True, text=True, check=True,
                              timeout=60, env=environment)  # fmt: skip
        assert "\x1b" not in done.stdout
        assert done.stdout == tuopin.summary(hamlet_study, width=width), columns


def on_a_terminal(program: Path, study: Path, columns: int, **environment: str) -> str:
    """What the command prints on a terminal of so many columns."""
    import fcntl
    import pty
    import struct
    import termios

    main, other = pty.openpty()
    fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    surroundings = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS")}
    process = subprocess.Popen(
        [program, "summary", study], stdout=other, stderr=subprocess.DEVNULL,
        env=surroundings | {"TERM": "xterm-256color"} | environment,
    )  # fmt: skip
    os.close(other)
    parts = []
    while True:
        try:
            part = os.read(main, 65536)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        parts.append(part)
    os.close(main)
    assert process.wait(timeout=60) == 0
    return b"".join(parts).decode().replace("\r\n", "\n")


def test_on_a_terminal_headings_are_bold_and_its_width_is_kept(program: Path, hamlet_study: Path) -> None:
    text = on_a_terminal(program, hamlet_study, 80)
    assert "\x1b[1mWarnings\x1b[0m" in text
    plain = re.sub(r"\x1b\[[\d;]*m", "", text)
    assert max(map(cell_len, plain.splitlines())) <= 80
    assert [line.rstrip() for line in plain.splitlines()] == tuopin.summary(hamlet_study, width=80).splitlines()
    assert "\x1b" not in on_a_terminal(program, hamlet_study, 100, NO_COLOR="1")
    assert "\x1b" not in on_a_terminal(program, hamlet_study, 100, TERM="dumb")


def test_control_characters_of_a_study_do_not_reach_the_terminal(program: Path, tmp_path: Path) -> None:
    path = tmp_path / "odd.h5"
    write_small_study(path, title="\x1b]0;owned\x07 a title\u009b31m", region="R\ngion")
    text = tuopin.summary(path)
    assert "a title" in text and "R gion" in text
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)


def test_studies_with_little_in_them(program: Path, least_study: Path, tmp_path: Path) -> None:
    for lang in ("en", "zh"):
        assert "20" in tuopin.summary(least_study, "en" if lang == "en" else "zh")
    single = tmp_path / "single.h5"
    write_small_study(single, scenarios=("baseline",), draws=1)
    text = tuopin.summary(single)
    assert "What (2)" not in text and "90% interval: the 5% and 95% order statistics of 2 worlds" in text


def test_studies_of_which_parts_are_missing(program: Path, small_study: Path) -> None:
    """Variables, entries of dimensions and attributes are taken away at random: the tables say less, or refuse."""
    root, groups = tuopin.results.open_with_groups(small_study, tuopin.groups(small_study))
    random = np.random.default_rng(4)
    for _ in range(60):
        parts = {"": root, **groups}
        for dim in random.choice(list(root.sizes), 3, replace=False):
            keep = slice(0, int(random.integers(0, 3)))
            parts = {name: part.isel({dim: keep}) if dim in part.dims else part for name, part in parts.items()}
        for name, part in parts.items():
            gone = [of for of in part.data_vars if random.random() < 0.3]
            parts[name] = part.drop_vars(gone).assign_attrs(
                {key: value for key, value in part.attrs.items() if random.random() < 0.7}
            )
        study = Study(parts.pop(""), parts)
        for lang in ("en", "zh"):
            assert laid_out(_blocks(Page(study, "en" if lang == "en" else "zh", 80)), 80, False)


def test_refusals(program: Path, small_study: Path, tmp_path: Path) -> None:
    for width in (59, 121, 80.0, True):
        with pytest.raises(tuopin.UsageError, match="width is"):
            tuopin.summary(small_study, width=width)  # type: ignore[arg-type]
    for name, content, words in (
        ("plan.toml", SCENARIOS[1].read_bytes(), "it is a scenario or another TOML file"),
        ("table.xlsx", b"PK\x03\x04", "it is a workbook"),
        ("empty.h5", b"", "it is empty"),
        ("cut.h5", small_study.read_bytes()[:4000], "cut off"),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(tuopin.DataError, match=words):
            tuopin.summary(tmp_path / name)
        done = subprocess.run([program, "summary", tmp_path / name], capture_output=True, text=True, check=False)
        assert done.returncode == 4 and words in done.stderr, done


def test_files_that_bring_hdf5_down_do_not_end_python(program: Path, tmp_path: Path) -> None:
    """The program reads them first, in a process apart: they are refused, or they are studies for this HDF5."""
    found = sorted((ROOT / "tests/fuzz/corpus/hdf5_bytes").glob("crashes-hdf5-*"))
    assert found
    refused = 0
    for number, path in enumerate(found):
        copy = tmp_path / f"{number}.h5"
        copy.write_bytes(path.read_bytes())
        try:
            tuopin.open(copy)
        except tuopin.DataError as problem:
            assert copy.name in str(problem)
            refused += 1
    assert refused


def test_a_file_that_has_changed_is_read_again(program: Path, small_study: Path, tmp_path: Path) -> None:
    path = tmp_path / "study.h5"
    path.write_bytes(small_study.read_bytes())
    assert "poverty_rate" in tuopin.open(path)
    path.write_bytes(small_study.read_bytes()[:-2000])
    with pytest.raises(tuopin.DataError, match="cut off"):
        tuopin.open(path)


def test_a_study_given_as_a_scenario(program: Path, small_study: Path) -> None:
    for command in ("run", "check", "explain"):
        done = subprocess.run([program, command, small_study], capture_output=True, text=True, check=False)
        assert done.returncode == 3 and "is a study (HDF5)" in done.stderr and "ends in .toml" in done.stderr, done


#: Installed with the package; a program that is copied alone finds none.
CATALOGUES = Path(tuopin.__file__).parent / "locale"


def test_without_the_package_its_commands_say_how_to_get_them(program: Path, tmp_path: Path) -> None:
    alone = tmp_path / "tuopin"
    alone.write_bytes(program.read_bytes())
    alone.chmod(0o755)
    for lang, words in (
        ("C.UTF-8", "Python package, which is not installed here"),
        ("zh_CN.UTF-8", "Python包，此处未安装"),
    ):
        environment = {"PATH": "/nonexistent", "LC_ALL": lang, "TUOPIN_MESSAGES": str(CATALOGUES)}
        for command in ("summary", "export", "chart", "trace", "validate", "assumptions", "completion"):
            done = subprocess.run(
                [alone, command, "x.h5"], capture_output=True, text=True, env=environment, check=False
            )
            assert done.returncode == 2 and words in done.stderr and "./run setup" in done.stderr, done
        said = subprocess.run([alone, "--help"], capture_output=True, text=True, env=environment, check=True).stdout
        assert "./run setup" in said and "summary" in said
