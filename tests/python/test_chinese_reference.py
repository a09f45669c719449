"""What is printed or written in Chinese beside messages: reference pages, reports, hashes, new regions, help."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from test_bad_input import Desk
from test_chinese import CHINESE
from test_new_region import fill_all, make, table

HAMLET = Path(__file__).resolve().parents[2] / "scenarios/hamlet"
KINDS = ["scenario", "programme", "region"]
WORD = re.compile(r"[A-Za-z][A-Za-z_0-9]*")
#: What stands as it is written in a file, in code or in quotes.
CODE = re.compile(r"`[^`]*`|\"[^\"]*\"|“[^”]*”|\[[^\]]*\]|\{[^}]*\}|[a-z_/]*\.(?:csv|toml)(?![a-z])|programmes/|ln \S+")
#: Names and values that Chinese text speaks of.
NAMES = {
    "true", "false", "by_year", "from_year", "en", "zh", "CSV", "AR", "s", "e09", "e06", "e12", "e18",
    "thousand", "yuan", "million", "share", "range", "unit", "source", "merge", "assumption", "derived",
    "published", "by", "all", "in", "proportion", "D", "margin", "other", "registered_poor", "persons",
    "households", "posts",
}  # fmt: skip


@pytest.fixture
def desk(program: Path, tmp_path: Path) -> Desk:
    return Desk(program, tmp_path)


def said(program: Path, *words: object, code: int = 0) -> str:
    environment = os.environ | {"LC_ALL": "C.UTF-8", "XDG_CACHE_HOME": "/nonexistent"}
    result = subprocess.run([program, *map(str, words)], capture_output=True, text=True, env=environment, timeout=120)
    assert result.returncode == code, result.stderr
    return result.stdout + result.stderr


def english_in(text: str, names: set[str]) -> list[str]:
    return [word for word in WORD.findall(CODE.sub(" ", text)) if word not in names and len(word) > 1]


def names_in(node: object) -> set[str]:
    """Keys of a JSON document, and its values that a file may hold."""
    if isinstance(node, list):
        return {name for item in node for name in names_in(item)}
    if not isinstance(node, dict):
        return set()
    values = {str(value) for key in ("enum", "key", "required") for value in _list(node.get(key))}
    return set(node) | values | {name for item in node.values() for name in names_in(item)}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def texts_in(node: object) -> list[str]:
    if isinstance(node, list):
        return [text for item in node for text in texts_in(item)]
    if not isinstance(node, dict):
        return []
    own = [value for key, value in node.items() if key in ("description", "holds", "level") and isinstance(value, str)]
    return own + [text for item in node.values() for text in texts_in(item)]


@pytest.mark.parametrize("kind", KINDS)
def test_schemas(program: Path, kind: str) -> None:
    english, chinese = (json.loads(said(program, "schema", kind, "--lang", language)) for language in ("en", "zh"))
    names = names_in(english) | NAMES
    before, after = texts_in(english), texts_in(chinese)
    assert len(before) == len(after) > 20
    for text in after:
        assert not english_in(text, names), text
        assert not text or CHINESE.search(text) or set(WORD.findall(text)) <= names, text
    bare = re.compile(r'"(?:description(?:_zh)?|holds|level|unit)": "(?:[^"\\]|\\.)*",?')

    def skeleton(language: str) -> str:
        lines = said(program, "schema", kind, "--lang", language).splitlines()
        return "".join(line.strip() for line in lines if not bare.fullmatch(line.strip())).replace(",}", "}")

    assert skeleton("en") == re.sub(r'"const": ?"[^"]*"', "", skeleton("zh")) or skeleton("en") == skeleton("zh")


@pytest.mark.parametrize("kind", KINDS)
def test_reference_pages(program: Path, kind: str) -> None:
    names = names_in(json.loads(said(program, "schema", kind))) | NAMES
    pages = [said(program, "schema", kind, "--markdown", "--lang", language).splitlines() for language in ("en", "zh")]
    rows = [[line for line in page if line.startswith("| `")] for page in pages]
    assert len(rows[0]) == len(rows[1]) > 20
    for before, after in zip(*rows, strict=True):
        assert re.match(r"\| (`[^`]*`)", before)[1] == re.match(r"\| (`[^`]*`)", after)[1]
    for line in pages[1]:
        assert not english_in(line, names), line


@pytest.mark.parametrize("kind", ["columns", "figures"])
def test_units_of_the_lists(program: Path, kind: str) -> None:
    page = said(program, "schema", kind, "--markdown", "--lang", "zh")
    assert "元/年" in page and "yuan/year" not in page


def test_the_report_of_synthesize(program: Path) -> None:
    baseline = HAMLET / "baseline.toml"
    english, chinese = (said(program, "synthesize", baseline, "--lang", language) for language in ("en", "zh"))
    assert len(english.splitlines()) == len(chinese.splitlines()) > 40
    numbers = re.compile(r"\d[\d.e+-]*")
    places = {row["id"] for row in table(HAMLET / "region/counties.csv")}
    margins = {row["name"] for row in table(HAMLET / "region/margins.csv")} | {"other_ethnicity", "cv"}
    for before, after in zip(english.splitlines(), chinese.splitlines(), strict=True):
        assert not english_in(after, places | margins), after
        if before.startswith("| "):
            figures = [numbers.findall(line.split("|", 2)[2]) for line in (before, after)]
            assert figures[0] == figures[1], (before, after)


def test_hashes(program: Path, hamlet_study: Path) -> None:
    english, chinese = (said(program, "hash", hamlet_study, "--lang", language).split() for language in ("en", "zh"))
    assert english[1::2] == chinese[1::2] and english[::2] == ["state", "results", "input"]
    assert chinese[::2] == ["状态哈希值", "结果哈希值", "输入哈希值"]


def test_a_new_region_is_the_same_in_chinese(program: Path, tmp_path: Path) -> None:
    found = {}
    for language in ("en", "zh"):
        folder = make(program, tmp_path / language, "--lang", language)
        for name in ("region/margins.csv", "region/lines.csv"):
            for row in table(folder / name):
                cells = " ".join(row[column] for column in ("unit", "source", "note"))
                assert language == "en" or not english_in(cells, set()), row
        for path in folder.rglob("*.toml"):
            for line in path.read_text().splitlines() if language == "zh" else []:
                comment = line.rpartition("#")[2] if "#" in line else ""
                texts = re.findall(r"(?:unit|source|zh) *= *\"([^\"]*)\"", line)
                assert not english_in(comment, set()), line
                assert not english_in(" ".join(texts), {"posts", "person"}), line
        fill_all(folder)
        scenarios = [folder / "baseline.toml", folder / "plan.toml"]
        said(program, "check", *scenarios)
        study = tmp_path / f"{language}.h5"
        said(program, "run", *scenarios, "--draws", 2, "--sample", 0.3, "--quiet", "--output", study)
        found[language] = said(program, "hash", study).split()[:2]
    assert found["en"] == found["zh"], "the same state"


TOML = ["a = [1 2]", "a = 'x", 'a = "\\q"', "a = 01", "a = {b = 1,}", "a = 1\na = 2", "a = tru", "a = 2020-02-30",
        "[a]\n[a]", "a.'''b''' = 1", "a = 1e999", "a b", "a = 1__0", "= 1", "a = nope", 'a = "x\ny"']  # fmt: skip


@pytest.mark.parametrize("text", TOML)
def test_what_is_not_toml(desk: Desk, text: str) -> None:
    (desk.hamlet / "plan.toml").write_text(text)
    line = desk.call("--lang", "zh", "check", desk.hamlet / "plan.toml").stderr.replace(str(desk.folder), "")
    assert "不是TOML：解析" in line and "解析器原文" not in line
    assert not english_in(re.sub("'[^']*'", "", line.partition("TOML")[2]), {"TOML", "e999"}), line


def test_words_of_the_library_are_quoted(desk: Desk, hamlet_study: Path) -> None:
    cut = desk.folder / "cut.h5"
    cut.write_bytes(hamlet_study.read_bytes()[:-2000])
    said_in_chinese = desk.call("hash", cut, "--lang", "zh").stderr
    assert re.search("HDF5库原文：“[^”]*truncated[^”]*”", said_in_chinese), said_in_chinese


def test_units_in_messages(desk: Desk) -> None:
    desk.edit("baseline.toml", "nominal = { value = 0.0", "nominal = { value = 9.0")
    line = desk.call("check", desk.hamlet / "baseline.toml", "--lang", "zh").stderr
    assert "（比例/年）" in line and "share/year" not in line, line


def test_the_language_before_the_command(desk: Desk) -> None:
    behind = desk.call("check", "--text", desk.hamlet / "plan.toml", "--lang", "zh")
    assert CHINESE.search(behind.stdout)
    for words in (["--lang", "zh"], ["--lang=zh"]):
        assert desk.call(*words, "check", "--text", desk.hamlet / "plan.toml").stdout == behind.stdout
    twice = desk.call("--lang", "zh", "check", desk.hamlet / "plan.toml", "--lang", "en")
    assert twice.returncode == 2 and "--lang" in twice.stderr
    assert CHINESE.search(desk.call("--lang", "zh", "sumary").stderr)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_without_a_command_all_are_listed(program: Path, language: str) -> None:
    helped = said(program, "--help", "--lang", language)
    alone = said(program, "--lang", language, code=2)
    listed = re.findall(r"^  ([a-z-]+) {2,}(\S.*)$", alone, re.M)
    assert len(listed) >= 11
    for name, meaning in listed:
        assert re.search(rf"^  {name} +", helped, re.M) and bool(CHINESE.search(meaning)) == (language == "zh")
