"""What ./run says, in both languages: by the catalogue, within 80 columns."""

import os
import re
import subprocess
import unicodedata

import house_files as house
import pytest

CHINESE = re.compile("[\u4e00-\u9fff]")


def said(*words: str, locale: str = "C.UTF-8") -> subprocess.CompletedProcess[str]:
    environment = {**{k: v for k, v in os.environ.items() if not k.startswith("LC_")}, "LANG": locale}
    return subprocess.run(
        ["./run", *words], cwd=house.ROOT, env=environment, capture_output=True, text=True, check=False
    )


def width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def test_help_in_both_languages():
    english, chinese = said("help").stdout.splitlines(), said("help", "--lang", "zh").stdout.splitlines()
    assert len(english) == len(chinese) > 20
    for one, other in zip(english, chinese, strict=True):
        assert one[:20] == other[:20], "the commands stay as they are"
        assert width(one) <= 80 and width(other) <= 80
        assert not CHINESE.search(one)
        assert CHINESE.search(other), other
    assert said(locale="zh_CN.UTF-8").stdout.splitlines() == chinese, "the locale decides"
    assert said("--lang=en", locale="zh_CN.UTF-8").stdout.splitlines() == english, "--lang goes before the locale"


@pytest.mark.parametrize(
    ("words", "english", "chinese"),
    [
        (("nothing",), "unknown word: nothing", "没有这个命令：nothing"),
        (("demo", "--fast"), "demo: unknown option --fast (see ./run help)", "demo：没有选项--fast（见 ./run help）"),
        (("setup", "a&b"), "setup: unknown option a&b (see ./run help)", "setup：没有选项a&b（见 ./run help）"),
    ],
)
def test_refusals(words: tuple[str, ...], english: str, chinese: str):
    for more, text in (((), english), (("--lang", "zh"), chinese)):
        refused = said(*words, *more)
        assert (refused.returncode, refused.stderr.splitlines()[-1]) == (1, f"run: {text}")
    assert said("help", "--lang", "fr").stderr == "run: --lang is en or zh, not 'fr'\n"


def test_columns_are_in_line():
    words = "source po/words.sh; speak zh; padded 20 \"$(in_words passed)\"; echo '|'; padded 20 'a — b'; echo '|'"
    shown = subprocess.run(["bash", "-c", words], cwd=house.ROOT, capture_output=True, text=True, check=True).stdout
    assert [width(line) for line in shown.splitlines()] == [21, 21]
