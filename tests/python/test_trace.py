"""tuopin trace: rows with what stands for them, counts, both languages, widths, and every way in which it refuses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.cells import cell_len
from test_commands import call

from tuopin.commands import trace

ROOT = Path(__file__).resolve().parents[2]
XIANGXI = ROOT / "scenarios/xiangxi"
HEADER = "id,section,about,phrase,meaning,stands_for,file,key,value,reason,about_zh,reason_zh"
PROGRAMME = """title = { en = "Posts", zh = "岗位" }
eligible = "registered"

[capacity]
by_year = { 2016 = 3_000, 2017 = 4_000 }

[effect.post]
wage = { value = 10_000, unit = "yuan/year", source = "invented" }
days = 120
"""
MARGINS = """name,place,value,unit
forest_mu,valley,70,mu
poor_villages,valley,2,villages
poor_villages,hill,1,villages
"""
TARGETS = "id,name,value,unit,in_model\nT1,all out,0,persons,yes\nT2,visits,9,visits,no\n"
ROWS = [
    "D1,A.1,posts,护林员3000人,rangers in 2016,programme,programmes/posts.toml,capacity.by_year.2016,3000,,护林,",
    "D2,A.1,posts,护林员7000人,rangers,programme,programmes/posts.toml,capacity.by_year,7000,places,护林,岗位",
    "D3,A.1,posts,每年1万元,pay of a ranger,money,programmes/posts.toml,effect.post.wage,10000,,护林,",
    "D4,A.2,visits,乡村旅游,rural tourism,not yet,,,,needs visits,旅游,需要客流",
    "D5,A.2,visits,指导思想,guiding ideas,context,,,,a frame,旅游,框架",
    "D6,A.10,aims,全部脱贫,all out,target,targets.csv,T1,0,,目标,",
    "D7,A.10,aims,两个贫困村,two poor villages,rule,margins.csv,poor_villages.valley,2,,目标,",
]
CHINESE = re.compile("[\u4e00-\u9fff]")
ENGLISH = re.compile(r"\b(is|are|the|has|no|of|expected|needs|holds)\b")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "valley"
    (place / "programmes").mkdir(parents=True)
    (place / "programmes/posts.toml").write_text(PROGRAMME, encoding="utf-8")
    (place / "margins.csv").write_text(MARGINS, encoding="utf-8")
    (place / "targets.csv").write_text(TARGETS, encoding="utf-8")
    write(place, ROWS)
    return place


def write(folder: Path, rows: list[str], header: str = HEADER) -> None:
    (folder / "trace.csv").write_text("\n".join([header, *rows, ""]), encoding="utf-8")


class Said:
    def __init__(self, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
        self.capsys, self.folder = capsys, folder

    def __call__(self, *words: str, lang: str = "en", code: int = 0) -> str:
        """What the command says; of a refusal what it complains about."""
        assert trace([*words, "--scenario", str(self.folder), "--lang", lang]) == code
        said = self.capsys.readouterr()
        assert (said.out == "") == (code != 0) and (said.err == "") == (code == 0), said
        return said.err if code else said.out


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str], folder: Path) -> Said:
    return Said(capsys, folder)


def test_a_row_shows_file_line_key_and_value(said: Said) -> None:
    lines = said("D1").splitlines()
    assert " ".join(lines[6:]) == f"1 of 7 rows of {said.folder}/trace.csv"  # in two lines where the path is long
    assert lines[:6] == [
        "D1 · programme · A.1 posts",
        "  护林员3000人",
        "  rangers in 2016",
        "  → programmes/posts.toml:5 (Posts)",
        "    capacity.by_year.2016 = 3,000",
        "",
    ]
    assert "capacity.by_year = 2016: 3,000, 2017: 4,000; together 7,000" in said("D2")
    assert "  – places" in said("D2")
    assert "programmes/posts.toml:8" in said("D3") and "effect.post.wage = 10,000 yuan/year" in said("D3")
    assert "margins.csv:3" in said("D7") and "poor_villages.valley = 2 villages" in said("D7")
    assert "T1 = 0 persons" in said("D6")


def test_in_chinese(said: Said) -> None:
    text = said("D2", lang="zh")
    assert text.splitlines()[:5] == [
        "D2 · 项目 · A.1 护林",
        "  护林员7000人",
        "  → programmes/posts.toml:5（岗位）",
        "    capacity.by_year = 2016: 3,000、2017: 4,000；合计7,000",
        "  – 岗位",
    ]
    assert "rangers" not in text
    assert "10,000 元/年" in said("D3", lang="zh")
    assert "尚未\n模拟" in said(lang="zh") or re.search("尚未.*\n.*模拟", said(lang="zh"))


@pytest.mark.parametrize(
    ("phrase", "ids"),
    [
        ("护林员", "D1 D2"), ("RANGER", "D1 D2 D3"), ("d4", "D4"), ("not yet", "D4"), ("尚未模拟", "D4"),
        ("A.1", "D1 D2 D3"), ("a", "D1 D2 D3 D4 D5 D6 D7"), ("旅游", "D4 D5"), ("visits", "D4 D5"),
        ("７０００人", "D2"), ("two  poor", "D7"), ("project", ""),
    ],
)  # fmt: skip
def test_what_a_phrase_finds(said: Said, phrase: str, ids: str) -> None:
    text = said(*phrase.split(" "), code=0 if ids else 2)
    assert re.findall(r"^(D\d) ·", text, re.MULTILINE) == ids.split()


def test_counts_by_section_and_status(said: Said) -> None:
    table = {line[:12].strip(): line[12:].split() for line in said().splitlines()[1:] if line.startswith(("A.", "all"))}
    assert table == {"A.1 posts": ["2", "1", "3"], "A.2 visits": ["1", "1", "2"], "A.10 aims": ["1", "1", "2"],
                     "all": ["2", "1", "1", "1", "1", "1", "7"]}  # fmt: skip
    assert "5 of 7 rows have a file and a key" in said().replace("\n", " ")


def test_a_number_that_stands_otherwise_is_said(said: Said) -> None:
    file = said.folder / "programmes/posts.toml"
    file.write_text(PROGRAMME.replace("3_000", "2_500"), encoding="utf-8")
    assert "! 2 numbers of the document stand otherwise in the files: D1, D2" in said()
    assert "! the document's number is 3,000" in said("D1")
    assert "文件的数字为3,000" in said("D1", lang="zh")
    assert "!" not in said("D3")


BROKEN = {  # the row in place of D1, and what is said of it
    "a key": ("programme,programmes/posts.toml,capacity.by_yaer,,", "did you mean capacity.by_year?"),
    "a year": ("programme,programmes/posts.toml,capacity.by_year.2018,,", "no key capacity.by_year.2018 in"),
    "a key below a number": ("programme,programmes/posts.toml,effect.post.days.x,,", "no key effect.post.days.x"),
    "a file": ("programme,programmes/post.toml,unit,,", "no file programmes/post.toml; did you mean programmes/posts"),
    "another folder": ("programme,../secret.toml,a,,", "is not beside the table"),
    "an absolute path": ("programme,/etc/passwd,a,,", "is not beside the table"),
    "a folder": ("programme,programmes,a,,", "no file that ends in .toml or .csv"),
    "a row of a table": ("rule,margins.csv,forest_mu.hill,,", "did you mean forest_mu.valley?"),
    "two rows": ("rule,margins.csv,poor_villages,,", "is 2 rows of margins.csv: name one"),
    "a target that is not evaluated": ("target,targets.csv,T2,,", "T2 of targets.csv is not evaluated"),
    "a status": ("programe,programmes/posts.toml,eligible,,", "did you mean programme?"),
    "no key": ("rule,programmes/posts.toml,,,", "rule needs a key"),
    "no file": ("rule,,eligible,,", "rule needs a file"),
    "no reason": ("not yet,,,,", "not yet needs a reason"),
    "a key with nothing": ("context,programmes/posts.toml,,,a frame", "context has no file"),
    "a value": ("rule,programmes/posts.toml,eligible,many,", "value is 'many', expected a number"),
    "a value that is none": ("rule,programmes/posts.toml,eligible,nan,", "value is 'nan', expected a number"),
    "cells": ("rule,programmes/posts.toml,eligible", "9 cells, expected 12"),
}  # fmt: skip


@pytest.mark.parametrize("fault", BROKEN)
def test_a_row_that_claims_what_is_not_there_is_refused(said: Said, fault: str) -> None:
    row, words = BROKEN[fault]
    write(said.folder, [f"D1,A.1,posts,护林员,rangers,{row}{',' if fault == 'cells' else ',,'}", *ROWS[1:]])
    for words_given in ((), ("D3",)):  # whatever is asked for: nothing of such a table is shown
        text = said(*words_given, code=4)
        assert f"{said.folder}/trace.csv:2: " in text and words in text, text
        assert text.count("\n") == 1
    place, chinese = f"{said.folder}/trace.csv:2", said(code=4, lang="zh")
    assert place in chinese and CHINESE.search(chinese) and not ENGLISH.search(chinese.replace(place, "")), chinese


@pytest.mark.parametrize(
    ("header", "rows", "words"),
    [
        (HEADER.replace("stands_for", "stands"), ROWS, "there is no column stands_for; is 'stands' meant for it?"),
        (HEADER + ",page", [row + ",1" for row in ROWS], "unknown column 'page'"),
        (HEADER, [], "has a header and no rows"),
        ("", [], "is empty, expected the columns id, section"),
        (HEADER, [ROWS[0], ROWS[0]], "trace.csv:3: the id D1 stands in line 2 already"),
        (HEADER, [ROWS[3].replace("乡村旅游", "")], "trace.csv:2: phrase is empty"),
        (HEADER, ['D1,"a'], "not a table of comma-separated values"),
    ],
)
def test_a_table_that_is_none(said: Said, header: str, rows: list[str], words: str) -> None:
    write(said.folder, rows, header)
    assert words in said(code=4)
    assert CHINESE.search(said(code=4, lang="zh"))


def test_columns_in_chinese_may_be_missing(said: Said) -> None:
    write(said.folder, [row.rsplit(",", 2)[0] for row in ROWS], HEADER.removesuffix(",about_zh,reason_zh"))
    assert "D4 · 尚未模拟 · A.2 visits" in said("D4", lang="zh") and "needs visits" in said("D4", lang="zh")


def test_files_that_cannot_be_read(said: Said) -> None:
    (said.folder / "programmes/posts.toml").write_text("a = [", encoding="utf-8")
    assert "programmes/posts.toml is not TOML" in said(code=4)
    (said.folder / "programmes/posts.toml").write_text("a = " + "[" * 5000, encoding="utf-8")
    assert "programmes/posts.toml is not TOML" in said(code=4)
    (said.folder / "programmes/posts.toml").write_bytes(b"#" * ((1 << 20) + 1))
    assert "has more than 1048576 bytes" in said(code=4)
    (said.folder / "trace.csv").write_bytes("护林员".encode("gbk"))
    assert "is not UTF-8 text" in said(code=4)
    (said.folder / "trace.csv").unlink()
    assert "has no trace.csv" in said(code=4) and "没有trace.csv" in said(code=4, lang="zh")


@pytest.mark.parametrize(
    ("words", "code", "text"),
    [
        (["--scenario", "none"], 4, "none: no such folder; name the one that holds trace.csv with --scenario"),
        (["--scenario", "valley/margins.csv"], 4, "valley/margins.csv: is no folder"),
        (["--scenario", "valley/trace.csv", "D1"], 0, ""),
        (["--scenario", "valley", "rangrs"], 2, "holds 'rangrs'; did you mean rangers?"),
        (["--scenario", "valley", "护林人"], 2, "; did you mean D1 护林员3000人?"),
        (["--scenario", "valley", "D77"], 2, "did you mean D7?"),
        (["--scenario", "valley", "qqq"], 2, "holds 'qqq'\n"),
        (["--scenario", "valley", " "], 2, "the phrase is empty"),
        (["--scenarios", "valley"], 2, "did you mean --scenario?"),
        (["--scenario", "valley", "--lang", "cn"], 2, "did you mean 'zh'"),
        ([], 4, "scenarios/xiangxi: no such folder"),
    ],
)
def test_slips(folder: Path, words: list[str], code: int, text: str) -> None:
    done = call("trace", *words, cwd=folder.parent)
    assert (done.returncode, "Traceback" in done.stderr) == (code, False), done.stderr
    assert text in done.stderr


@pytest.mark.parametrize("shell", [">/dev/full", ">&-"])
def test_what_cannot_be_said(folder: Path, shell: str) -> None:
    done = call("trace", "--scenario", folder, shell=shell)
    assert done.returncode == 6 and "Traceback" not in done.stderr and "standard output" in done.stderr


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("columns", [60, 80, 120])
def test_xiangxi_fits_the_page(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: int, lang: str
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.chdir(ROOT)
    for words in ([], ["S"]):  # every id begins so
        assert trace([*words, "--lang", lang]) == 0
        text = capsys.readouterr().out
        wide = [line for line in text.splitlines() if cell_len(line) > columns]
        assert not wide, wide
        assert text.endswith("\n") and not re.search(r" $|\x1b", text, re.MULTILINE)
        if words:
            assert len(re.findall(r"^S\d{3} ·", text, re.MULTILINE)) == 292


def test_xiangxi(capsys: pytest.CaptureFixture[str]) -> None:
    said = Said(capsys, XIANGXI)
    assert re.search(r"forest_rangers\.toml:\d+ \(Forest ranger posts\)", said("S046"))
    assert "2 mu" in said("S086") and "2 亩" in said("S086", lang="zh")
    assert "numbers of the document stand otherwise" not in said()
    assert re.findall(r"^(S\d+) · target", said("target"), re.MULTILINE)[:2] == ["S004", "S005"]
