"""Sizes are shown, not judged: an alarm stands beside a file over 400 lines."""

import house_files as house

ALARM = 400


def test_sizes_are_shown(capsys):
    paths = house.cpp("engine", "models", "python", "tests") + house.files("python", "tests", suffixes=(".py",))
    lines = sorted(((len(p.read_text(encoding="utf-8").split("\n")), house.name(p)) for p in paths), reverse=True)
    with capsys.disabled():
        print(f"\n  {len(lines)} source files, {sum(n for n, _ in lines)} lines; the longest:")
        for number, path in lines[:8]:
            print(f"    {number:5d}  {path}{'   over ' + str(ALARM) if number > ALARM else ''}")
    assert lines
