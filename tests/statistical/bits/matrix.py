"""The bit matrix: one study, one set of hashes, whatever made it.

Six builds (gcc and clang, three instruction sets), and per build as many runs as the factors below have levels at most:
every build sees every level of every factor, and every two levels of two factors meet in some build. Compared are the
three hashes, the bytes of the study file, and the bytes of the panel file where one was recorded. Every build makes its
own population. The last row of a native build takes AVX2 and FMA away from the C library, whose exp and log differ in
bits between processors: a matrix on one processor cannot see it otherwise.

The executables are what is shipped, with the flags that are shipped; only their sources are compiled room by room,
which takes half the time. The program that `./run setup` installed stands for its own row where it was built by
gcc for this processor.

  matrix.py             a sample of whole villages, about 20,000 households
  matrix.py --full      everybody
  matrix.py --only g++  builds whose name begins so
"""

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from covering import Factors, Levels, covering

ROOT = Path(__file__).resolve().parents[3]
HOME = ROOT / "build" / "bits"
INSTALLED = ROOT / ".venv" / "bin" / "tuopin"
COMPILERS = {"g++": "gcc", "clang++-16": "clang-16"}  # C++ compiler → the C compiler that CMake asks for as well
ARCHITECTURES = ("x86-64", "x86-64-v3", "native")
BUILDS = [f"{compiler} {architecture}" for compiler in COMPILERS for architecture in ARCHITECTURES]
HASHES = ("state", "results", "input")
SCENARIO = "scenarios/xiangxi/plan-2016.toml"
SAMPLE = "0.034"  # of about 594,000 households
WITHOUT_FMA = "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX512F,-AVX2_Usable,-FMA_Usable,-FMA4_Usable"

# What must not change a bit: factor → level → options of `tuopin run`. PANEL stands for a file of the run's own.
PANEL = "PANEL"
FACTORS: Factors = {
    "threads": {"1": ["--threads", "1"], "2": ["--threads", "2"], "3": ["--threads", "3"], "7": ["--threads", "7"]},
    "panel": {"no": [], "yes": ["--panel", PANEL]},
    "shards": {"1": ["--shards", "1"], "2": ["--shards", "2"], "8": ["--shards", "8"]},
    "words": {"none": ["--progress", "none", "--quiet"], "all": ["--progress", "json", "--lang", "zh"]},
}
# In this order within a build, because one writes the cache that the next ones read.
POPULATIONS: Levels = {"fresh": ["--no-cache"], "kept": [], "read": [], "read again": []}


@dataclass
class Row:
    build: str
    levels: dict[str, str]
    seconds: float = 0
    found: dict[str, str] = field(default_factory=dict)


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


def study(program: Path, row: Row, common: list[str], tunables: str = "") -> Row:
    """One run of the row's levels: its hashes, and digests of the files that it wrote."""
    folder = HOME / "studies"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    output, panel = folder / "study.h5", folder / "panel.h5"
    chosen = [POPULATIONS[row.levels["population"]], *(FACTORS[name][row.levels[name]] for name in FACTORS)]
    options = [str(panel) if option == PANEL else option for level in chosen for option in level]
    environment = {"XDG_CACHE_HOME": str(HOME / "cache"), **({"GLIBC_TUNABLES": tunables} if tunables else {})}
    begin = time.monotonic()
    logged([str(program), "run", SCENARIO, "-o", str(output), *common, *options], HOME / "run.log", **environment)
    row.seconds = time.monotonic() - begin
    printed = subprocess.run([str(program), "hash", str(output)], check=True, capture_output=True, text=True).stdout
    row.found = {line.split()[0]: line.split()[1] for line in printed.splitlines() if line.split()[0] in HASHES}
    if set(row.found) != set(HASHES):
        raise RuntimeError(f"tuopin hash printed no {', '.join(set(HASHES) - set(row.found))}:\n{printed}")
    row.found["study"] = digest(output)
    if row.levels["panel"] == "yes":
        row.found["panel"] = digest(panel)
    return row


def matrix(common: list[str], builds: list[str]) -> list[Row]:
    rows = []
    programs = build_all(builds)
    plan = covering(BUILDS, FACTORS, {"population": POPULATIONS})
    for build, program in programs.items():
        shutil.rmtree(HOME / "cache", ignore_errors=True)
        rows += [study(program, Row(build, levels), common) for levels in plan[build]]
        if build.endswith("native"):
            first = {name: next(iter(levels)) for name, levels in FACTORS.items()}
            row = Row(f"{build}, C library without FMA", {**first, "panel": "yes", "population": "fresh"})
            rows.append(study(program, row, common, WITHOUT_FMA))
    return rows


def show(rows: list[Row]) -> int:
    """The table; 1 where a row differs from the first that has the same thing."""
    columns = [*HASHES, "study", "panel"]
    first = {name: next((row.found[name] for row in rows if name in row.found), "") for name in columns}
    factors = [*FACTORS, "population"]
    widths = {name: max(len(name), *(len(row.levels[name]) for row in rows)) for name in factors}
    heads = "  ".join(f"{name:{widths[name]}}" for name in factors)
    print(f"\n  {'build':34} {heads}  seconds  {'  '.join(f'{name:9}' for name in columns)}")
    for row in rows:
        signs = {name: " " if row.found.get(name, first[name]) == first[name] else "≠" for name in columns}
        shown = "  ".join(f"{row.found.get(name, '·')[:8]:8}{signs[name]}" for name in columns)
        levels = "  ".join(f"{row.levels[name]:{widths[name]}}" for name in factors)
        print(f"  {row.build:34} {levels}  {row.seconds:7.1f}  {shown}")
    different = [row for row in rows if any(value != first[name] for name, value in row.found.items())]
    print(f"\n  {len(rows)} studies, {len(different)} that differ from the first")
    return 1 if different else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true", help="the whole population")
    parser.add_argument("--only", default="", help="builds whose name begins so")
    parser.add_argument("--draws", default="4", help="parameter draws of a run")
    arguments = parser.parse_args()
    HOME.mkdir(parents=True, exist_ok=True)
    builds = [build for build in BUILDS if build.startswith(arguments.only)]
    for build in builds:
        if not runs_here(build):
            print(f"  {build}: not on this machine", flush=True)
    builds = [build for build in builds if runs_here(build)]
    if not builds:
        sys.exit("no compiler of the matrix is on this machine")
    try:
        rows = matrix(["--draws", arguments.draws, *([] if arguments.full else ["--sample", SAMPLE])], builds)
    except RuntimeError as error:
        sys.exit(str(error))
    return show(rows)


if __name__ == "__main__":
    sys.exit(main())
