"""How long functions are: C++ by its braces, Python by its syntax tree."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import house_files as house


class Function(NamedTuple):
    lines: int
    place: str  # file:line
    head: str


ACCESS = re.compile(r"\s*(?:public|private|protected)\s*:(?!:)")
TEMPLATE = r"(?:template\s*<[^{}]*?>\s*(?=[a-z\[])|\[\[[^\]]*\]\]\s*)*"
SCOPE = re.compile(
    rf"(?:inline\s+)?namespace\b|extern\s*\"\"|{TEMPLATE}(?:class|struct|union|enum)\b(?!.*\)\s*(?:const)?$)", re.S
)
LAMBDA = re.compile(r"=\s*\[[^\]]*\]")
OPERATOR = re.compile(r"\boperator\s*(?:[-+*/%^&|~!=<>]+|\(\)|\[\])")
CONTINUES = re.compile(r"\s*(?:[,{]|catch\b|try\b)")


def without_directives(lines: list[str]) -> list[str]:
    """Preprocessor lines blanked, with the lines that they go on in."""
    kept, goes_on = [], False
    for line in lines:
        directive = goes_on or line.lstrip().startswith("#")
        goes_on = directive and line.rstrip().endswith("\\")
        kept.append("" if directive else line)
    return kept


def is_function(head: str) -> bool:
    """Whether what opens after this text, outside of all functions, is a function's body. Tables of constants and
    initialisers of members are none."""
    if LAMBDA.search(head):
        return True
    rest, inner = re.sub(TEMPLATE, "", OPERATOR.sub("", head)), ""
    while rest != inner:  # parentheses away, from the innermost on
        rest, inner = re.sub(r"\([^()]*\)", "", rest), rest
    return ")" in head and "=" not in rest


def closing(text: str, opening: int) -> int:
    """Where the brace that opens here is closed."""
    depth = 0
    for at in range(opening, len(text)):
        depth += (text[at] == "{") - (text[at] == "}")
        if depth == 0:
            return at
    raise ValueError("a brace is never closed")


def cpp_functions(lines: list[str], name: str) -> Iterator[Function]:
    """Functions at namespace and class scope; those within functions are part of them. `lines`: code without comments
    and strings."""
    text = "\n".join(without_directives(lines))
    at = begin = depth = 0  # begin: of the declaration that is being read
    while at < len(text):
        char = text[at]
        if char == ";":
            begin = at + 1
        elif char == "}":
            depth -= 1
            if depth < 0:
                raise ValueError(f"{name}: a brace closes what never opened")
            begin = at + 1
        elif char == "{":
            if label := ACCESS.match(text, begin):
                begin = label.end()
            head = text[begin:at].strip()
            if SCOPE.match(head):
                depth += 1
                begin = at + 1
            else:
                end = closing(text, at)
                if CONTINUES.match(text, end + 1) and ")" in head:  # members of a constructor, a function's try
                    at = end + 1
                    continue
                if is_function(head):
                    first = text.count("\n", 0, begin + len(text[begin:at]) - len(text[begin:at].lstrip())) + 1
                    yield Function(text.count("\n", 0, end) + 2 - first, f"{name}:{first}", " ".join(head.split()))
                at = end
                begin = end + 1
        at += 1
    if depth:
        raise ValueError(f"{name}: {depth} braces are never closed")


def python_functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            yield Function(lines, f"{house.name(path)}:{node.lineno}", node.name)


def functions(*rooms: str) -> list[Function]:
    """All functions of some rooms, the longest first."""
    found = [f for path in house.cpp(*rooms) for f in cpp_functions(house.code_lines(path), house.name(path))]
    found += [f for path in house.files(*rooms, suffixes=(".py",)) for f in python_functions(path)]
    return sorted(found, reverse=True)
