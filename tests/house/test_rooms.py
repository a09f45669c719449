"""Arrows between rooms run one way: notebooks → python → models → engine."""

import re
from functools import cache
from pathlib import Path

import house_files as house

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')


@cache
def includes(path: Path) -> list[str]:
    return [found.group(1) for line in house.code_lines(path) if (found := INCLUDE.match(line))]


def including(paths: list[Path], pattern: str) -> list[str]:
    return [f"{house.name(path)}: {what}" for path in paths for what in includes(path) if re.search(pattern, what)]


def model_files() -> list[Path]:
    return [path for path in house.cpp("models") if not house.name(path).startswith("models/main/")]


def test_there_is_something_to_look_at():
    assert house.cpp("engine") and house.cpp("models")


def test_the_engine_knows_no_model_and_no_python():
    found = including(house.cpp("engine"), r"^(\.\./)*(models|python|tests)/|^pybind11|^Python\.h")
    assert not found, house.report("engine/ may include only engine/:", found)


def test_models_know_neither_python_nor_tests():
    found = including(house.cpp("models"), r"^(\.\./)*(python|tests)/|^pybind11|^Python\.h")
    assert not found, house.report("models/ may include only engine/ and models/:", found)


def test_models_open_no_files_and_start_no_threads():
    forbidden = r"^(hdf5|H5)|^omp\.h|^(fstream|iostream|thread|mutex|future|atomic|condition_variable|execution)$"
    found = including(model_files(), forbidden)
    found += including(model_files(), r"^engine/run/parallel\.hpp")  # a team is handed in
    found += house.matches(model_files(), r"#\s*pragma\s+omp|\bparallel_for\b")
    assert not found, house.report("files and threads belong to engine/run, engine/files and models/main:", found)


def test_only_the_command_line_stands_on_models_main():
    others = [path for path in house.cpp("engine", "models", "python") if "models/main/" not in house.name(path)]
    found = including(others, r"^models/main/")
    assert not found, house.report("only models/main includes models/main:", found)


def test_project_headers_are_named_from_the_root():
    found = []
    for path in house.cpp("engine", "models"):
        for line in house.code_lines(path):
            quoted = re.match(r'^\s*#\s*include\s*"([^"]+)"', line)
            if quoted and not (house.ROOT / quoted.group(1)).exists():
                found.append(f"{house.name(path)}: {quoted.group(1)}")
    assert not found, house.report('write #include "engine/…" or "models/…":', found)


@cache
def chain(header: str, above: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The longest chain of project headers that begins here. A circle fails."""
    assert header not in above, "circle of includes: " + " → ".join([*above[above.index(header) :], header])
    inner = [what for what in includes(house.ROOT / header) if (house.ROOT / what).is_file()]
    return header, *max((chain(what, (*above, header)) for what in inner), key=len, default=())


def test_includes_run_in_no_circle(capsys):
    """How deep they go is shown, not judged: six is easy to read, twelve says that a header knows too much."""
    longest = max((chain(house.name(path)) for path in house.cpp("engine", "models") if path.suffix == ".hpp"), key=len)
    with capsys.disabled():
        print(f"\n  longest chain of headers, {len(longest)}: {' → '.join(longest)}")
    assert longest


def test_headers_are_guarded_once():
    found = [
        house.name(p)
        for p in house.cpp("engine", "models")
        if p.suffix == ".hpp" and "#pragma once" not in p.read_text()
    ]
    assert not found, house.report("headers without #pragma once:", found)
