"""The numbers of the model stand in scenario files, with unit and source, never in C++."""

import re

import house_files as house

# All of models/ but the command line (widths and units of what is printed), and the two files of bounds.
NOT_THE_MODEL = ("models/main/", "models/findings/", "models/scenario/fields.cpp", "models/scenario/limits.hpp")
# Definitions, not estimates: halves and doubles, fen and yuan, percent, "no bound".
DEFINITIONS = {0.0, 0.01, 0.5, 1.0, 1.5, 2.0, 100.0, 1000.0, 1e300}
# A row of a field table: what bounds a parameter may have is said in C++, what it is stands in the scenario.
FIELD_ROW = re.compile(r'^\s*\{+"|FieldKind::')
LITERAL = re.compile(
    r"(?<![\w.])(0[xX][0-9a-fA-F']+|\d[\d']*\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)[fFlLuUzZ]*(?![\w.])"
)


def is_definition(literal: str) -> bool:
    if literal.lower().startswith("0x"):
        return True
    value = float(literal.replace("'", ""))
    power_of_two = value > 0 and value == int(value) and int(value) & (int(value) - 1) == 0
    whole_and_small = "." not in literal and "e" not in literal.lower() and len(literal.replace("'", "")) <= 2
    return value in DEFINITIONS or power_of_two or whole_and_small


def test_mechanisms_hold_no_numbers():
    """A line may say that its number is no estimate: `// definition: …`."""
    found = []
    for path in house.cpp("models"):
        if house.name(path).startswith(NOT_THE_MODEL):
            continue
        full = path.read_text(encoding="utf-8").split("\n")
        for number, line in enumerate(house.code_lines(path), 1):
            if line.lstrip().startswith("#") or FIELD_ROW.search(line) or "// definition" in full[number - 1]:
                continue
            odd = [literal for literal in LITERAL.findall(line) if not is_definition(literal)]
            if odd:
                found.append(f"{house.name(path)}:{number}: {', '.join(odd)} in: {full[number - 1].strip()}")
    assert not found, house.report("numbers belong in scenario files:", found)


def test_what_counts_as_a_number():
    for literal in ("0", "12", "0.5", "1.0", "100", "1024", "0x9E3779B9", "1'000"):
        assert is_definition(literal), literal
    for literal in ("0.3", "365", "2952", "1e-3", "99.0", "12'345"):
        assert not is_definition(literal), literal
    assert LITERAL.findall("x1 = y_2 * 0.31f + a[17] - 2952u;") == ["0.31", "17", "2952"]
