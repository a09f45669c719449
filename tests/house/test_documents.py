"""Documents in the repository: their links are valid, and the README stays short."""

import re
from pathlib import Path

import house_files as house

DOCUMENTS = house.files("README.md", "README.zh.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs", suffixes=(".md",))
MOST_LINES_OF_README = 150


def prose(path: Path) -> str:
    """Without blocks and spans of code."""
    text = re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"`[^`\n]*`", "``", text)


def anchors(path: Path) -> set[str]:
    """Of the headings, as forges and the site make them."""
    text = re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ +(.*)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def test_links_lead_somewhere():
    broken = []
    for path in DOCUMENTS:
        for text, target in re.findall(r"\[([^\]]*)\]\(([^)\s]+)\)", prose(path)):
            if re.match(r"[a-z]+:", target):
                continue
            file, _, anchor = target.partition("#")
            there = (path.parent / file).resolve() if file else path
            if not text:
                broken.append(f"{house.name(path)}: a link to {target} without words")
            if not there.exists() or (anchor and anchor not in anchors(there)):
                broken.append(f"{house.name(path)}: {target}")
    assert not broken, house.report("links that lead nowhere:", broken)


def test_links_are_found(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# A `b`, c\n\n[x](y.md#z) `[no](code)`\n\n```\n[no](block)\n```\n", encoding="utf-8")
    assert anchors(page) == {"a-b-c"}
    assert re.findall(r"\]\(([^)\s]+)\)", prose(page)) == ["y.md#z"]


def test_readme_is_a_door():
    for name in ("README.md", "README.zh.md"):
        lines = (house.ROOT / name).read_text(encoding="utf-8").count("\n")
        assert lines <= MOST_LINES_OF_README, f"{name} has {lines} lines: move something to docs/"


def test_version_of_the_citation():
    said = re.search(r"^version: (\S+)$", (house.ROOT / "CITATION.cff").read_text(), flags=re.MULTILINE)
    assert said and said[1] == (house.ROOT / "VERSION").read_text().strip()
