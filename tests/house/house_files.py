"""The tree as the house tests see it: which files there are, and C++ without its comments and strings."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SKIPPED = {".git", ".venv", "build", "results", "dist", "__pycache__", ".pytest_cache", ".ruff_cache", ".mypy_cache"}


def files(*rooms: str, suffixes: tuple[str, ...]) -> list[Path]:
    """Files of some rooms (folders or files below the root), sorted."""
    found = []
    for room in rooms:
        start = ROOT / room
        for path in [start] if start.is_file() else start.rglob("*"):
            inside = path.relative_to(ROOT).parts
            if path.is_file() and path.suffix in suffixes and not SKIPPED & set(inside):
                found.append(path)
    return sorted(found)


def cpp(*rooms: str) -> list[Path]:
    return files(*rooms, suffixes=(".hpp", ".cpp"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


_TOKEN = re.compile(
    r"""//[^\n]* | /\*.*?\*/                           # comments
    | R"(?P<raw>[^(\s]*)\(.*?\)(?P=raw)"               # raw strings
    | "(?:\\.|[^"\\\n])*"                              # strings
    | (?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'              # characters, not the separators of digits
    """,
    re.S | re.X,
)


def code_lines(path: Path) -> list[str]:
    """Lines of a C++ file with comments and the insides of strings blanked; line numbers stay. Includes stay too."""

    def blank(match: re.Match[str]) -> str:
        text = match.group()
        line = match.string[match.string.rfind("\n", 0, match.start()) + 1 : match.start()]
        if line.lstrip().startswith("#include"):
            return text
        return '""' + "\n" * text.count("\n") if text[0] in "\"'R" else re.sub(r"[^\n]", " ", text)

    return _TOKEN.sub(blank, path.read_text(encoding="utf-8")).split("\n")


def matches(paths: list[Path], pattern: str, unless: str | None = None) -> list[str]:
    """ "file:line: text" of every line of code that matches; `unless` forgives by the full line, comments included."""
    found = []
    for path in paths:
        full = path.read_text(encoding="utf-8").split("\n")
        for number, line in enumerate(code_lines(path), 1):
            if re.search(pattern, line) and not (unless and re.search(unless, full[number - 1])):
                found.append(f"{name(path)}:{number}: {full[number - 1].strip()}")
    return found


def report(rule: str, found: list[str]) -> str:
    return "\n  ".join([rule, *found])
