"""Every message of the sources stands in the catalogue, and nothing else does; no text goes past it."""

import re
import sys

import house_files as house
import pytest

sys.path.insert(0, str(house.ROOT / "po"))

babel = pytest.importorskip("babel", reason="reads the catalogue")

import catalogue  # noqa: E402
import messages  # noqa: E402

#: Calls of C++ whose text is not of the catalogue: what was typed, what other libraries say.
VERBATIM = 30
#: Code that chooses between two texts itself.
SPOKEN = re.compile(r"language == \"zh\"|zh\(\)|\bzh_? \?")


def entries() -> dict[str, str]:
    return catalogue.translations(catalogue.read())


def test_the_catalogue_holds_the_messages_of_the_sources_and_no_others():
    known, used = set(entries()), messages.used()
    assert len(used) > 600
    lacking = [f"{place}: {text!r}" for place, text in messages.found() if text and text not in known]
    assert not lacking, house.report("python po/catalogue.py update, and translate in po/zh_CN.po:", lacking)
    unused = sorted(known - used)
    assert not unused, house.report("python po/catalogue.py update takes these out of po/zh_CN.po:", unused)


def test_every_message_has_a_translation_with_the_same_places():
    wrong = [
        f"{text!r}: {said!r}" for text, said in entries().items() if messages.places(text) != messages.places(said)
    ]
    wrong += [f"{text!r} has no translation" for text, said in entries().items() if not said]
    assert not wrong, house.report("in po/zh_CN.po:", wrong)


def test_translations_are_written_as_chinese_is():
    found = []
    for text, said in entries().items():
        plain = re.sub(r"\{\w*\}[,:](?=\S)", "", said)  # cells of a row, and what is typed as NAME:NAME
        plain = re.sub(r"`[^`]*`|\"[^\"]*\"|\[[^]]*\]|\([^)]*\)|\{[^}]*\}|[\w./-]+,[\w./,…-]*", "", plain)
        if re.search(r"[\u4e00-\u9fff][,;:?!]|[\u4e00-\u9fff]\.(?!\w)", plain):
            found.append(f"{text!r}: {said!r}")
    assert not found, house.report("full-width punctuation after Chinese characters:", found)


def test_the_catalogue_is_sorted():
    texts = list(entries())
    assert texts == sorted(texts), "python po/catalogue.py update sorts it"


def test_text_that_goes_past_the_catalogue_is_little():
    found = [
        line
        for line in house.matches(house.cpp("engine", "models"), r"Message::verbatim\(")
        if not line.startswith("engine/base/message")
    ]
    assert 0 < len(found) <= VERBATIM, house.report("Message::verbatim is for what is never translated:", found)


def test_code_does_not_choose_between_languages():
    """Findings and closing tables have a page of their own, with both languages in one row."""
    paths = [
        path
        for path in house.cpp("models")
        if not re.search(r"findings/|closing|summary|effect_table|figures|table\.|study_warn", path.name)
    ]
    paths = [
        path
        for path in paths
        if "findings" not in path.parts and path.name not in ("language.cpp", "options.hpp", "explain_command.cpp")
    ]
    found = house.matches(paths, SPOKEN.pattern)
    assert not found, house.report("say it by the catalogue (models/main/language.hpp):", found)


def test_the_extraction_sees_what_it_should():
    cpp = 'x(message("a {} "\n  "b", 1)); // message("no")\n'
    cpp += 'const char* y = "z"; msgid("c \\"d\\""); f(R"(message("e"))");'
    assert [text for _, text in messages.in_cpp(cpp)] == ["a {} b", 'c "d"']
    python = 'say("a {b}", b=1)\nsay("en", "zh")\nself.say("c" "d")\nmsgid("e")\nother("f")'
    assert sorted(text for _, text in messages.in_python(python)) == ["a {b}", "cd", "e"]
    assert messages.places("{} {{x}} {1} {name}") == ["0", "1", "name"]
