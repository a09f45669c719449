"""The text speaks of the project: no paths of somebody's machine, no diary, no ticket numbers."""

import re

import house_files as house

MACHINE_PATH = r"(?<![\w.~-])/(?:work|root|home/\w+|Users/\w+)/|/tmp/tp\b"
DIARY = (
    r"\b(?:TODO|FIXME|XXX|HACK)\b|\b[Ii]ssue #?\d|(?<!\S)#[1-9]\d{0,3}\b|@author|"
    r"\b[Aa]s (?:requested|instructed|discussed)\b|\b(?:this|last|next|previous|earlier) session\b|"
    r"\b[Ff]ounding engineer|\bmy (?:task|brief)\b|\bthe (?:task|brief) (?:says|asks)\b|\bshared/(?:design|evidence)"
)
SUFFIXES = (".hpp", ".cpp", ".py", ".pyi", ".md", ".toml", ".csv", ".cmake", ".txt", ".json", ".sh", ".ipynb", ".po",
            ".cff", ".css", "")  # fmt: skip
ROOMS = ("engine", "models", "python", "tests", "scenarios", "notebooks", "cmake", "docs", "po", ".ci", "run",
         "README.md", "README.zh.md", "CONTRIBUTING.md", "CITATION.cff", "CHANGELOG.md", "CMakeLists.txt",
         "CMakePresets.json", "pyproject.toml", "VERSION")  # fmt: skip


def test_words():
    here = house.name(house.ROOT / "tests/house/test_words.py")
    found = []
    for path in house.files(*ROOMS, suffixes=SUFFIXES):
        if house.name(path) == here or (path.suffix == "" and path.name not in ("run", "VERSION", "LICENSE")):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").split("\n"), 1):
            text = re.sub(r'"image/png": "[^"]*"', "", line)
            if re.search(MACHINE_PATH, text) or re.search(DIARY, text):
                found.append(f"{house.name(path)}:{number}: {line.strip()[:140]}")
    assert not found, house.report("words about the work instead of the project:", found)
