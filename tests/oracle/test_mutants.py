"""The wrong copies of `mutants.py` can still be made; making and running them takes minutes and is done by hand."""

from __future__ import annotations

import pytest
from mutants import MUTANTS, ROOT, NotComparedError, first_difference


@pytest.mark.parametrize("name", MUTANTS)
def test_text_to_change_stands_once(name: str) -> None:
    file, old, new = MUTANTS[name]
    assert (ROOT / file).read_text(encoding="utf-8").count(old) == 1, f"{file} no longer says {old!r} once"
    assert new != old


def test_only_a_difference_counts() -> None:
    difference = "fixed, ['baseline_2016/payments of row 3: oracle 1, program 2']"
    assert first_difference(f"....\nE   AssertionError: {difference}\nE   assert [] == []\n") == difference
    for failure in ("E   subprocess.CalledProcessError: Command '[...]' died with <Signals.SIGSEGV: 11>.",
                    "E   subprocess.TimeoutExpired: oracle 1, program 2", "E   KeyError: 'oracle 1, program 2'",
                    "E   AssertionError: {'care': 0.0}", ""):  # fmt: skip
        with pytest.raises(NotComparedError):
            first_difference(failure + "\n")
