"""Deliberately wrong copies of the program, and whether the oracle sees them: python tests/oracle/mutants.py [NAME…]

Each mutant is one number or sign of the C++ changed in a copy of the working tree under build/mutants, where the
program alone is built (preset `test`) and the household-year tests are run against it. Not part of ./run test: a build
for each mutant takes minutes. Ends with an error when a mutant survives.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COPY = ROOT / "build/mutants"

# name: file, what stands there, what is put in its place
MUTANTS = {
    "shock-mean": ("models/processes/income.cpp", "sd * sd / 2);", "sd * sd / 2.0001);"),
    "displacement": ("models/processes/income.cpp", "1 - displacement_ *", "1 - 1.0001 * displacement_ *"),
    "safety-net": ("models/processes/safety_net.cpp", "to_fen(adequacy_ *", "to_fen(1.0001 * adequacy_ *"),
    "exit-margin": ("models/register/review.cpp", "(1 + margin_)", "(1 - margin_)"),
    "detection": ("models/register/review.cpp", "0) < detection_", "1) < detection_"),
    "harvest-ramp": ("models/effects/asset_grant.cpp", "(1 - first_share) * (k", "(1.0001 - first_share) * (k"),
    "work-found": ("models/effects/transition_shift.cpp", "1 - p0_)", "1.001 - p0_)"),
    "return": ("models/effects/move.cpp", "return return_rate_;", "return 0.99 * return_rate_;"),
    "noise-scale": ("models/programme/claims.cpp", "score * 65536 + 0.5", "score * 65536"),
    "first-cost": ("models/programme/claims.cpp", "std::ceil(programme.admin_share", "(2 * programme.admin_share"),
    "administration": ("models/programme/delivery.cpp", "const auto administration = static_cast<std::int64_t>(",
                       "const auto administration = static_cast<std::int64_t>(1.0001 * "),
    "kept-back": ("models/programme/treasury.cpp", "splits_(6 *", "splits_(600 *"),
    "quota": ("models/register/identification.cpp", "if (size > left) continue;", "if (size > left) break;"),
    "range-tail": ("models/draw.cpp", "tail = 0.05;", "tail = 0.051;"),
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
    environment = os.environ | {"CMAKE_CXX_COMPILER_LAUNCHER": "ccache"} if shutil.which("ccache") else os.environ
    if not (COPY / "build/test/CMakeCache.txt").exists():
        subprocess.run(["cmake", "--preset", "test"], cwd=COPY, check=True, env=environment, capture_output=True)
    build = ["cmake", "--build", "build/test", "--target", "tuopin"]
    subprocess.run(build, cwd=COPY, check=True, env=environment, capture_output=True)


def caught() -> str:
    """The first complaint of the comparison, or nothing."""
    environment = os.environ | {"TUOPIN_EXECUTABLE": str(COPY / "build/test/models/tuopin")}
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--no-header", "tests/oracle/test_household_years.py"]
    tests = "valley or xiangxi or draws or strain_hamlet-20"
    result = subprocess.run([*command, "-k", tests], cwd=ROOT, env=environment, capture_output=True, text=True)
    complaints = [line[1:].strip() for line in result.stdout.splitlines() if line.startswith("E")]
    return complaints[0] if complaints else result.stdout[-400:] if result.returncode else ""


def main(names: list[str]) -> int:
    copy_tree()
    build()
    survivors = []
    if complaint := caught():
        print(f"the copy itself is caught: {complaint}")
        return 1
    print("unchanged copy     agrees", flush=True)
    for name in names or MUTANTS:
        file, old, new = MUTANTS[name]
        text = (ROOT / file).read_text()
        assert text.count(old) == 1, f"{file} no longer says {old!r} once"
        start = time.monotonic()
        (COPY / file).write_text(text.replace(old, new))
        build()
        complaint = caught()
        shutil.copy(ROOT / file, COPY / file)
        survivors += [] if complaint else [name]
        print(f"{name:18s} {time.monotonic() - start:4.0f} s  {complaint[:180] or 'SURVIVES'}", flush=True)
    print(f"{len(survivors)} survive" if survivors else "every mutant is caught")
    return len(survivors) > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
