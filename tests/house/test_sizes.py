"""Limits on the lengths of files and functions. Lengths of test files are printed but not limited."""

import house_files as house
from function_lengths import functions

FLOORS = ("engine", "models", "python")
MOST_LINES_OF_A_FILE = 400
MOST_LINES_OF_A_FUNCTION = 80
# Functions that are longer today. This list may only shrink: one that has become short, or has gone, is struck off.
KNOWN: set[str] = set()


def sizes(*rooms: str) -> list[tuple[int, str]]:
    paths = house.cpp(*rooms) + house.files(*rooms, suffixes=(".py",))
    return sorted(((len(p.read_text(encoding="utf-8").splitlines()), house.name(p)) for p in paths), reverse=True)


def show(what: str, longest: list[tuple[int, str]], limit: int) -> None:
    print(f"\n  {what}; the longest:")
    for lines, place in longest:
        print(f"    {lines:5d}  {place}{'   over ' + str(limit) if lines > limit else ''}")


def test_files_fit_a_sitting(capsys):
    found = sizes(*FLOORS, "tests")
    with capsys.disabled():
        show(f"{len(found)} source files, {sum(n for n, _ in found)} lines", found[:10], MOST_LINES_OF_A_FILE)
    long = [f"{lines} lines: {name}" for lines, name in sizes(*FLOORS) if lines > MOST_LINES_OF_A_FILE]
    assert not long, house.report(f"a file has at most {MOST_LINES_OF_A_FILE} lines; split by what it does:", long)


def test_functions_fit_a_screen(capsys):
    found = functions(*FLOORS)
    assert len(found) > 1000
    with capsys.disabled():
        show(f"{len(found)} functions", [(f.lines, f"{f.place}: {f.head[:70]}") for f in found[:5]],
             MOST_LINES_OF_A_FUNCTION)  # fmt: skip
    long = {f"{f.place.rpartition(':')[0]}: {f.head.split(' : ')[0]}": f for f in found}
    long = {name: f for name, f in long.items() if f.lines > MOST_LINES_OF_A_FUNCTION}
    new = [f"{f.lines} lines: {f.place}: {f.head}" for name, f in long.items() if name not in KNOWN]
    assert not new, house.report(f"a function has at most {MOST_LINES_OF_A_FUNCTION} lines:", new)
    gone = sorted(KNOWN - set(long))
    assert not gone, house.report("strike these off the list of the known ones:", gone)
