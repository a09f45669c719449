"""Every message of the sources stands in the catalogue, and nothing else does; no text goes past it."""

import re
import sys
from pathlib import Path

import house_files as house
import pytest

sys.path.insert(0, str(house.ROOT / "po"))

babel = pytest.importorskip("babel", reason="reads the catalogue")

import catalogue  # noqa: E402
import messages  # noqa: E402

#: Calls of C++ whose text is not of the catalogue: what was typed, what other libraries say.
VERBATIM = 30
#: Where meanings are declared in both languages, a row each; and words that are read, not said.
DECLARED = (
    "engine/settings/settings_numbers.cpp",
    "engine/settings/table_fields.cpp",
    "engine/settings/unit_words.hpp",
    "engine/settings/units.cpp",
    "models/main/numbers_given.cpp",
    "models/main/reference_lists.cpp",
    "models/run/panel.cpp",
    "models/scenario/margins_table.cpp",
    "models/scenario/tables.cpp",
    "models/state/codebook.cpp",
    "models/state/streams.cpp",
    *(
        f"models/measures/{name}.cpp"
        for name in (
            "allowance_figures",
            "batch_figures",
            "draws",
            "income_figures",
            "land_figures",
            "money_figures",
            "programme_figures",
            "recorder",
            "register_figures",
            "stream_figures",
            "study_axes",
            "targets",
            "years_of_poverty_figures",
        )
    ),
)
COMMENT = re.compile(r'(?P<text>"(?:\\.|[^"\\\n])*")|//[^\n]*|/\*.*?\*/', re.S)
PAGES = ("README.zh.md", "docs/guide-zh.md", "docs/glossary.md")
OTHER_NAMES = re.compile(
    "区域|测算|测量收入|散列|指纹|安全网|文件目标|精简模型|退出标准线|登记册|三保障”与饮水|份额|贫困率"
)
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff”][,;:(](?! [A-Za-z])|[,;:)][\u4e00-\u9fff]")
LITERAL = re.compile(r'"((?:\\.|[^"\\\n])*)"')
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


def test_one_term_for_one_thing():
    """docs/glossary.md has the terms; these are other names for the same things."""
    chinese = {f"{text!r}": said for text, said in entries().items()}
    chinese |= {house.name(path): " ".join(chinese_literals(path)) for path in house.cpp("engine", "models", "python")}
    chinese |= {house.name(path): path.read_text("utf-8") for path in house.files(*PAGES, suffixes=(".md",))}
    found = [f"{place}: {gone[0]}" for place, text in chinese.items() for gone in OTHER_NAMES.finditer(text)]
    assert not found, house.report("a term of docs/glossary.md is wanted:", found)


def test_replicates_have_one_name():
    """重复 alone is what stands twice."""
    of_replicates = {text: said for text, said in entries().items() if re.search(r"(?<!-)\breplicates?\b", text)}
    assert len(of_replicates) > 8
    found = [f"{text!r}: {said!r}" for text, said in of_replicates.items() if "随机重复" not in said]
    found += [f"{house.name(path)}: {before}重复" for path in house.files(*PAGES, suffixes=(".md",))
              for before in re.findall(r"(次|抽样[与×、])重复", path.read_text("utf-8"))]  # fmt: skip
    assert not found, house.report("a replicate is 随机重复 (docs/glossary.md):", found)


def test_declared_meanings_are_written_as_chinese_is():
    found = [f"{house.name(path)}: {text}" for path in house.cpp("engine", "models")
             for text in chinese_literals(path) if HALF_WIDTH.search(text)]  # fmt: skip
    assert not found, house.report("full-width punctuation beside Chinese characters:", found)


def chinese_literals(path: Path) -> list[str]:
    source = COMMENT.sub(lambda token: token["text"] or " ", path.read_text(encoding="utf-8"))
    return [literal[1] for literal in LITERAL.finditer(source) if is_chinese(literal[1])]


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
    """The page of a study counts in 万 for readers of Chinese, and a language is looked up in one place."""
    own = ("models/findings/page.cpp", "models/main/language.cpp", "models/main/options.hpp")
    paths = [path for path in house.cpp("models") if house.name(path) not in (*own, *DECLARED)]
    found = house.matches(paths, SPOKEN.pattern)
    assert not found, house.report("say it by the catalogue (models/main/language.hpp):", found)


def test_english_and_chinese_stand_side_by_side_in_declared_rows_only():
    """A figure, a column, a stream, a table declares its meaning in both languages in one row, because both are written
    into files; any other Chinese stands in the catalogue."""
    of = {path: pairs(path) for path in house.cpp("engine", "models", "python")}
    found = [pair for path, those in of.items() if house.name(path) not in DECLARED for pair in those]
    assert not found, house.report("one message, translated in po/zh_CN.po:", found)
    stale = [name for name in DECLARED if not pairs(house.ROOT / name)]
    assert not stale, house.report("declare no pair any more: take them out of DECLARED:", stale)


def pairs(path: Path) -> list[str]:
    """Literals side by side, one with Chinese characters and one with Latin letters alone."""
    found, before, end = [], "", 0
    source = COMMENT.sub(lambda token: token["text"] or " ", path.read_text(encoding="utf-8"))
    for literal in LITERAL.finditer(source):
        here = literal[1]
        beside = re.fullmatch(r"[\s,:{]*", source[end : literal.start()]) is not None
        words = all(is_chinese(text) or re.search("[A-Za-z]", text) for text in (before, here))
        if beside and words and is_chinese(before) != is_chinese(here):
            found.append(f"{path.name}: {before!r}, {here!r}")
        before, end = here, literal.end()
    return found


def is_chinese(text: str) -> bool:
    return re.search(r"[\u4e00-\u9fff]", text) is not None


def test_the_search_for_pairs_sees_what_it_should(tmp_path):
    file = tmp_path / "sample.cpp"
    file.write_text(
        'page("poor", "贫困"); zh ? "是" : "yes"; Text{"a",\n "甲"}; f("poor"); g("贫困"); h("；", "; ");\n'
    )
    assert len(pairs(file)) == 3


def test_the_extraction_sees_what_it_should():
    cpp = 'x(message("a {} "\n  "b", 1)); // message("no")\n'
    cpp += 'const char* y = "z"; msgid("c \\"d\\""); f(R"(message("e"))");'
    assert [text for _, text in messages.in_cpp(cpp)] == ["a {} b", 'c "d"']
    python = 'say("a {b}", b=1)\nsay("en", "zh")\nself.say("c" "d")\nmsgid("e")\nother("f")'
    assert sorted(text for _, text in messages.in_python(python)) == ["a {b}", "cd", "e"]
    assert messages.places("{} {{x}} {1} {name}") == ["0", "1", "name"]
