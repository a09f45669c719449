"""Deliberately wrong copies of the program, which the oracle must detect: python tests/oracle/mutants.py [NAME…]

Each mutant is one number or sign of the C++ changed in a copy of the working tree under build/mutants, where the
program alone is built (preset `test`) and the household-year tests are run against it. A mutant is caught only by a
difference that the oracle reports: one that crashes, hangs or is refused by the program itself was not compared.
Not part of ./run test, which checks only that the texts are still there: a build for each mutant takes minutes. Ends
with an error when a mutant survives or was not compared.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COPY = ROOT / "build/mutants"
TESTS = "valley or xiangxi or samples or draws or strain_hamlet-20"
DIFFERENCE = re.compile(r"oracle .+, program |^sigma .+ gives a poverty rate")  # how the comparison puts one in words

# name: file, what stands there, what is put in its place
MUTANTS = {
    "shock-mean": ("models/processes/common_shocks.cpp", "sd * sd / 2);", "sd * sd / 2.0001);"),
    "displacement": ("models/processes/labour_days.hpp", "1 - displacement *", "1 - 1.0001 * displacement *"),
    "partial-ability": ("models/processes/labour_days.hpp", "(able - (1 -", "(able - (1.0001 -"),
    "grain": ("models/processes/forgone_grain.hpp", "std::min(from, income *", "std::min(from, 1.0001 * income *"),
    "second-plot": ("models/effects/plot.cpp", "all - std::min(all, planted)", "all"),
    "young-days": ("models/effects/plot.cpp", "k == 0 ? days_planting : by_age", "k <= 1 ? days_planting : by_age"),
    "safety-net": ("models/processes/safety_net.cpp", "to_fen(adequacy_ *", "to_fen(1.0001 * adequacy_ *"),
    "exit-margin": ("models/register/review.cpp", "(1 + margin_)", "(1 - margin_)"),
    "detection": ("models/register/review.cpp", "uniform_from(draws[k]) <",
                  "uniform_from(draws[visit.scratch.stride() + k]) <"),
    "harvest-ramp": ("models/effects/plot.cpp", "(1 - first_share) * (k", "(1.0001 - first_share) * (k"),
    "work-found": ("models/effects/transition_shift.cpp", "1 - p0_)", "1.05 - p0_)"),
    "return": ("models/effects/move.cpp", "return return_rate_;", "return 0.99 * return_rate_;"),
    "noise-scale": ("models/programme/claims.cpp", "bounded * 65536 + 0.5", "bounded * 64000 + 0.5"),
    "owed-places": ("models/programme/places.cpp", "owed[order[next]] -= 1;", "owed[order[next]] -= 0;"),
    "first-cost": ("models/programme/ranking.cpp", "std::ceil(programme.admin_share", "(2 * programme.admin_share"),
    "administration": ("models/programme/delivery.cpp", "const auto administration = static_cast<std::int64_t>(",
                       "const auto administration = static_cast<std::int64_t>(1.0001 * "),
    "kept-back": ("models/programme/treasury.cpp", "splits_(6 *", "splits_(600 *"),
    "quota": ("models/register/identification.cpp", "if (size > left) continue;",
              "if (size > left) { left = 0; break; }"),
    "range-tail": ("models/scenario/draw.cpp", "tail = 0.05;", "tail = 0.051;"),
    "still-out": ("models/measures/person_counts.cpp", "left(1) && !now ?", "left(1) && now ?"),
    "fall-back": ("models/measures/person_counts.cpp", "left(1) || left(2) || left(3);", "left(1) || left(2);"),
    "unmet": ("models/measures/person_counts.cpp", "any_of = {poor_by_line, below, below | unmet}",
              "any_of = {poor_by_line, below, unmet}"),
    "into-poverty": ("models/measures/person_counts.cpp", "into += where(here & (there ^ 1)",
                     "into += where(here & there"),
    "carried": ("engine/money/fund_years.cpp", "flow.balance() - flow.lapsed", "flow.balance()"),
    "places": ("models/programme/entrants.cpp", "tally[pool].places = d.places[pool];",
               "tally[pool].places = d.places[pool] / 2;"),
    "gini": ("models/measures/grouped.cpp", "p * (2 * cumulated + s)", "p * (2 * cumulated + 1.0001 * s)"),
}  # fmt: skip


def copy_tree() -> None:
    """Tracked and new files as they stand; those that have not changed keep their age, so little is compiled again."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True,
                            text=True).stdout.splitlines()  # fmt: skip
    for name in listed:
        old, new = ROOT / name, COPY / name
        if not old.exists() or (new.exists() and new.read_bytes() == old.read_bytes()):
            continue
        new.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(old, new)


def build() -> None:
    environment = dict(os.environ)
    if shutil.which("ccache"):
        environment |= {"CMAKE_CXX_COMPILER_LAUNCHER": "ccache", "CCACHE_BASEDIR": str(COPY)}
    if not (COPY / "build/test/CMakeCache.txt").exists():
        subprocess.run(["cmake", "--preset", "test"], cwd=COPY, check=True, env=environment, capture_output=True)
    build = ["cmake", "--build", "build/test", "--target", "tuopin"]
    subprocess.run(build, cwd=COPY, check=True, env=environment, capture_output=True)


class NotComparedError(Exception):
    """The tests failed for another reason than a difference."""


def caught() -> str:
    """The first difference that the comparison reports, or nothing where all agrees."""
    environment = os.environ | {"TUOPIN_EXECUTABLE": str(COPY / "build/test/models/tuopin")}
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--no-header", "tests/oracle/test_household_years.py"]
    try:  # the copy's own tests and scenarios: the working tree may change meanwhile
        result = subprocess.run([*command, "-k", TESTS], cwd=COPY, env=environment, capture_output=True, text=True,
                                timeout=600)  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise NotComparedError("the tests do not end") from error
    if result.returncode == 0:
        return ""
    return first_difference(result.stdout)


def first_difference(printed: str) -> str:
    """What the failed assertion of the comparison says; a failure without one is none of the oracle's."""
    complaints = [line[1:].strip() for line in printed.splitlines() if line.startswith("E")]
    if complaints and complaints[0].startswith("AssertionError: ") and DIFFERENCE.search(complaints[0]):
        return complaints[0].removeprefix("AssertionError: ")
    raise NotComparedError(" / ".join(complaints[:3]) or printed[-400:])


def outcome() -> tuple[bool, str]:
    """Whether a mutant is caught, and by what; or why not."""
    try:
        complaint = caught()
    except NotComparedError as error:
        return False, f"NOT COMPARED: {error}"
    return bool(complaint), complaint or "SURVIVES"


def main(names: list[str]) -> int:
    copy_tree()
    build()
    if complaint := caught():
        print(f"the copy itself is caught: {complaint}")
        return 1
    print("unchanged copy     agrees", flush=True)
    missed = []
    for name in names or MUTANTS:
        file, old, new = MUTANTS[name]
        text = (COPY / file).read_text()
        if text.count(old) != 1:
            raise SystemExit(f"{file} no longer says {old!r} once")
        start = time.monotonic()
        (COPY / file).write_text(text.replace(old, new))
        build()
        found, why = outcome()
        (COPY / file).write_text(text)
        missed += [] if found else [name]
        print(f"{name:18s} {time.monotonic() - start:4.0f} s  {why[:180]}", flush=True)
    print(f"not caught: {', '.join(missed)}" if missed else "every mutant is caught")
    return len(missed) > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
