"""The bit matrix: one study has the same hashes for every compiler, processor and number of threads.

Six builds (gcc and clang, three instruction sets). Every build runs the full product of threads (1, 2, 3, 7), panel
(no, yes) and words (none, all): 16 runs of the plan. Over them rotate the parts of the population (1, 2, 8) and where
it comes from (made, made and kept, read from the cache), so that each build sees every pair of levels of these two;
the order of the product turns from build to build. One more run of each build has two scenarios and batches left out,
with hashes of its own. The last row of a native build takes AVX2 and FMA away from the C library, whose exp and pow
differ in bits between processors: a matrix on one processor cannot see it otherwise. A small C program shows
beforehand whether they do differ here.

Compared are the three hashes, the bytes of the study file, and the bytes of the panel file where one was recorded.
Every build makes its own population. A build that this machine cannot make or run is a failure.

The executables are what is shipped, with the flags that are shipped; only their sources are compiled room by room,
which takes half the time. The program that `./run setup` installed stands for its own row where it was built by
gcc for this processor.

  matrix.py                  a sample of whole villages, 20,000 households at least
  matrix.py --full           everybody
  matrix.py --every-other    three of the six: each instruction set once, both compilers
  matrix.py --only g++       builds whose name begins so
  matrix.py --allow-missing  go on without the builds that this machine cannot make or run
"""

import argparse
import hashlib
import itertools
import os
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import h5py

ROOT = Path(__file__).resolve().parents[3]
HOME = ROOT / "build" / "bits"
INSTALLED = ROOT / ".venv" / "bin" / "tuopin"
COMPILERS = {"g++": "gcc", "clang++-16": "clang-16"}  # C++ compiler → the C compiler that CMake asks for as well
ARCHITECTURES = ("x86-64", "x86-64-v3", "native")
BUILDS = [f"{compiler} {architecture}" for compiler in COMPILERS for architecture in ARCHITECTURES]
HASHES = ("state", "results", "input")
BASELINE, PLAN = "scenarios/xiangxi/baseline.toml", "scenarios/xiangxi/plan-2016.toml"
SAMPLE = "0.034"  # of about 594,000 households
LEAST_HOUSEHOLDS = 20_000
WITHOUT_FMA = "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX512F,-AVX2_Usable,-FMA_Usable,-FMA4_Usable"

# What must not change a bit: factor → level → options of `tuopin run`. PANEL stands for a file of the run's own.
PANEL = "PANEL"
Levels = dict[str, list[str]]
FACTORS: dict[str, Levels] = {
    "threads": {"1": ["--threads", "1"], "2": ["--threads", "2"], "3": ["--threads", "3"], "7": ["--threads", "7"]},
    "panel": {"no": [], "yes": ["--panel", PANEL]},
    "words": {"none": ["--progress", "none", "--quiet"], "all": ["--progress", "json", "--lang", "zh"]},
    "shards": {"1": ["--shards", "1"], "2": ["--shards", "2"], "8": ["--shards", "8"]},
    "population": {"fresh": ["--no-cache"], "kept": [], "read": []},
}
CROSSED, SHARDS, POPULATIONS = ("words", "panel", "threads"), *(list(FACTORS[x]) for x in ("shards", "population"))
# One set of hashes for each question: options beside those of the factors.
QUESTIONS = {"plan": [PLAN], "both": [BASELINE, PLAN, "--leave-out-batches", "1"]}


@dataclass
class Row:
    build: str
    question: str
    levels: dict[str, str]
    seconds: float = 0
    found: dict[str, str] = field(default_factory=dict)


def levels_of(build: int) -> list[dict[str, str]]:
    """The crossed factors in full, turned on by three rows from build to build. In every number of parts, first a fresh
    population, then one that is kept, then one that is read, and so are the others."""
    crossed = [dict(zip(CROSSED, row, strict=True)) for row in itertools.product(*(FACTORS[x] for x in CROSSED))]
    turn = 3 * build % len(crossed)
    turned = crossed[turn:] + crossed[:turn]
    return [
        row | {"shards": SHARDS[i % len(SHARDS)], "population": POPULATIONS[min(i // len(SHARDS), 2)]}
        for i, row in enumerate(turned)
    ]


def runs_here(build: str) -> bool:
    compiler, architecture = build.split()
    if not shutil.which(compiler):
        return False
    if architecture != "x86-64-v3":
        return True
    cpu = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    return all(f" {flag}" in cpu for flag in ("avx2", "fma", "bmi2"))


def logged(command: list[str], log: Path, **environment: str) -> None:
    """Runs a command; when it fails, shows the end of its output and stops."""
    with log.open("w", encoding="utf-8") as file:
        done = subprocess.run(command, cwd=ROOT, stdout=file, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                              env={**os.environ, **environment})  # fmt: skip
    if done.returncode != 0:
        end = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-30:])
        raise RuntimeError(f"failed ({done.returncode}): {' '.join(command)}\n{end}")


def installed_is(build: str) -> bool:
    """True where the installed program is this very build: gcc, native."""
    cache = ROOT / "build" / "python" / "CMakeCache.txt"
    if build != "g++ native" or not cache.exists() or not INSTALLED.exists():
        return False
    text = cache.read_text(encoding="utf-8")
    compiler = re.search(r"^CMAKE_CXX_COMPILER:\w+=(.+)$", text, re.MULTILINE)
    version = subprocess.run([compiler[1] if compiler else "false", "--version"], capture_output=True, text=True)
    return re.search(r"^TUOPIN_ARCH:\w+=native$", text, re.MULTILINE) is not None and "Free Software" in version.stdout


def build_program(build: str, jobs: int) -> Path:
    begin = time.monotonic()
    if installed_is(build):
        print(f"  {build}: the installed program", flush=True)
        return INSTALLED
    compiler, architecture = build.split()
    folder = HOME / build.replace(" ", "-")
    folder.mkdir(parents=True, exist_ok=True)
    options = [f"-DCMAKE_CXX_COMPILER={compiler}", f"-DCMAKE_C_COMPILER={COMPILERS[compiler]}",
               f"-DTUOPIN_ARCH={architecture}", "-DTUOPIN_TESTS=OFF", "-DTUOPIN_PYTHON=OFF"]  # fmt: skip
    if shutil.which("ccache"):
        options.append("-DCMAKE_CXX_COMPILER_LAUNCHER=ccache")
    for unity in ("ON", "OFF"):
        try:
            configure = ["cmake", "-S", ".", "-B", str(folder), "-G", "Ninja", f"-DCMAKE_UNITY_BUILD={unity}", *options]
            logged(configure, folder / "configure.log")
            make = ["cmake", "--build", str(folder), "--target", "tuopin", "--parallel", str(jobs)]
            logged(make, folder / f"build-{unity}.log")
            break
        except RuntimeError:
            if unity == "OFF":
                raise
            print(f"  {build}: two files of a room clash (see build-ON.log); built file by file", flush=True)
    print(f"  {build}: built in {time.monotonic() - begin:.0f} s", flush=True)
    return folder / "models" / "tuopin"


def build_all(builds: list[str]) -> dict[str, Path]:
    """Several builds side by side, so that no processor waits for the last file of one."""
    processors = len(os.sched_getaffinity(0))
    at_once = min(len(builds), processors)
    with ThreadPoolExecutor(at_once) as pool:
        programs = pool.map(lambda build: build_program(build, max(1, processors // at_once)), builds)
        return dict(zip(builds, programs, strict=True))


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def study(program: Path, row: Row, common: list[str], least: int, tunables: str = "") -> Row:
    """One run of the row's levels: its hashes, and digests of the files that it wrote."""
    if row.levels["population"] == "kept":
        shutil.rmtree(HOME / "cache", ignore_errors=True)
    folder = HOME / "studies"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    output, panel = folder / "study.h5", folder / "panel.h5"
    chosen = [FACTORS[name][row.levels[name]] for name in FACTORS]
    options = [str(panel) if option == PANEL else option for level in chosen for option in level]
    environment = {"XDG_CACHE_HOME": str(HOME / "cache"), **({"GLIBC_TUNABLES": tunables} if tunables else {})}
    command = [str(program), "run", *QUESTIONS[row.question], "-o", str(output), *common, *options]
    begin = time.monotonic()
    logged(command, HOME / "run.log", **environment)
    row.seconds = time.monotonic() - begin
    printed = subprocess.run([str(program), "hash", str(output)], check=True, capture_output=True, text=True).stdout
    row.found = {line.split()[0]: line.split()[1] for line in printed.splitlines() if line.split()[0] in HASHES}
    if set(row.found) != set(HASHES):
        raise RuntimeError(f"tuopin hash printed no {', '.join(set(HASHES) - set(row.found))}:\n{printed}")
    with h5py.File(output) as file:
        households = int(file.attrs["households"])
    if households < least:
        raise RuntimeError(f"a study of {households} households, fewer than {least}: {' '.join(command)}")
    row.found["study"] = digest(output)
    if row.levels["panel"] == "yes":
        row.found["panel"] = digest(panel)
    return row


PROBE = """
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
static void bits(double value, char end) {
  uint64_t word;
  memcpy(&word, &value, sizeof word);
  printf("%016llx%c", (unsigned long long)word, end);
}
int main(void) {
  for (int i = 0; i < 100000; ++i) {
    volatile double x = -20 + i * 4.0013e-4, y = 1.5 + i * 1e-5;
    bits(exp(x), ' ');
    bits(pow(y, x), '\\n');
  }
}
"""


def show_tunable() -> None:
    """Whether the row without FMA asks anything: exp and pow of the C library with and without it."""
    source, program = HOME / "probe.c", HOME / "probe"
    source.write_text(PROBE, encoding="utf-8")
    compiler = next((c for c in COMPILERS.values() if shutil.which(c)), "cc")
    logged([compiler, "-O0", "-fno-builtin", "-o", str(program), str(source), "-lm"], HOME / "probe.log")

    def words(**environment: str) -> list[str]:
        done = subprocess.run([program], check=True, capture_output=True, text=True, env={**os.environ, **environment})
        return done.stdout.split()

    plain, without = words(), words(GLIBC_TUNABLES=WITHOUT_FMA)
    differ = [sum(a != b for a, b in zip(plain[k::2], without[k::2], strict=True)) for k in (0, 1)]
    count = len(plain) // 2
    if any(differ):
        print(f"  C library without FMA: {differ[0]} of {count} exp and {differ[1]} of {count} pow have other bits")
    else:
        print(f"  C library without FMA: NO DIFFERENCE SHOWN in {count} exp and pow; its rows ask nothing here")


def matrix(common: list[str], builds: list[str], least: int) -> list[Row]:
    rows = []
    programs = build_all(builds)
    show_tunable()
    for build, program in programs.items():
        plan = levels_of(BUILDS.index(build))
        rows += [study(program, Row(build, "plan", levels), common, least) for levels in plan]
        rows.append(study(program, Row(build, "both", {**plan[-1], "panel": "no"}), common, least))
        if build.endswith("native"):
            levels = {**plan[0], "panel": "yes", "population": "fresh"}
            row = Row(f"{build}, C library without FMA", "plan", levels)
            rows.append(study(program, row, common, least, WITHOUT_FMA))
    return rows


def show(rows: list[Row]) -> int:
    """The table; 1 where a row differs from the first that has the same thing."""
    columns = [*HASHES, "study", "panel"]
    first: dict[tuple[str, str], str] = {}
    for row in rows:
        for name, value in row.found.items():
            first.setdefault((row.question, name), value)

    def differs(row: Row, name: str) -> bool:
        return name in row.found and row.found[name] != first[row.question, name]

    widths = {name: max(len(name), *(len(row.levels[name]) for row in rows)) for name in FACTORS}
    heads = "  ".join(f"{name:{widths[name]}}" for name in FACTORS)
    print(f"\n  {'build':34} run   {heads}  seconds  {'  '.join(f'{name:9}' for name in columns)}")
    for row in rows:
        shown = "  ".join(f"{row.found.get(name, '·')[:8]:8}{'≠' if differs(row, name) else ' '}" for name in columns)
        levels = "  ".join(f"{row.levels[name]:{widths[name]}}" for name in FACTORS)
        print(f"  {row.build:34} {row.question}  {levels}  {row.seconds:7.1f}  {shown}")
    different = [row for row in rows if any(differs(row, name) for name in columns)]
    seconds = sum(row.seconds for row in rows)
    print(f"\n  {len(rows)} studies in {seconds:.0f} s, {len(different)} that differ from the first of their kind")
    return 1 if different else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true", help="the whole population")
    parser.add_argument("--every-other", action="store_true", help="each instruction set once, both compilers")
    parser.add_argument("--only", default="", help="builds whose name begins so")
    parser.add_argument("--draws", default="2", help="parameter draws of a run")
    parser.add_argument("--allow-missing", action="store_true", help="go on where a build is not possible here")
    arguments = parser.parse_args()
    HOME.mkdir(parents=True, exist_ok=True)
    builds = [build for build in BUILDS[:: 2 if arguments.every_other else 1] if build.startswith(arguments.only)]
    missing = [build for build in builds if not runs_here(build)]
    for build in missing:
        print(f"  {build}: not on this machine", flush=True)
    if missing and not arguments.allow_missing:
        sys.exit("the matrix is incomplete here (--allow-missing goes on without what is missing)")
    builds = [build for build in builds if build not in missing]
    if not builds:
        sys.exit("no build of the matrix is left")
    sample = [] if arguments.full else ["--sample", SAMPLE]
    try:
        rows = matrix(["--draws", arguments.draws, *sample], builds, LEAST_HOUSEHOLDS)
    except RuntimeError as error:
        sys.exit(str(error))
    return show(rows)


if __name__ == "__main__":
    sys.exit(main())
