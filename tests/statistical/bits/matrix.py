"""The bit matrix: one study, the same three hashes from every compiler, instruction set and thread count.

Every build synthesises its own population. Per build: one thread without the cache, two threads writing the build's own
cache, three threads reading it, so a cached population equals a fresh one as well. The last row takes AVX2 and FMA
away from the C library, whose exp and log differ in bits between processors: a matrix on one processor cannot see it
otherwise.

  matrix.py            a sample of whole villages, about 20,000 households
  matrix.py --full     everybody
  matrix.py --only g++ builds whose name begins so
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
HOME = ROOT / "build" / "bits"
COMPILERS = {"g++": "gcc", "clang++-16": "clang-16"}  # C++ compiler → the C compiler that CMake asks for as well
ARCHITECTURES = ("x86-64", "x86-64-v3", "native")
HASHES = ("state", "results", "input")
SCENARIO = "scenarios/xiangxi/plan-2016.toml"
SAMPLE = "0.034"  # of about 594,000 households
WITHOUT_FMA = "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX512F,-AVX2_Usable,-FMA_Usable,-FMA4_Usable"


@dataclass
class Row:
    build: str
    threads: int
    population: str
    seconds: float
    hashes: dict[str, str]


def runs_here(architecture: str) -> bool:
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
        sys.exit(f"failed ({done.returncode}): {' '.join(command)}\n{end}")


def build(compiler: str, architecture: str) -> Path:
    folder = HOME / f"{compiler}-{architecture}"
    folder.mkdir(parents=True, exist_ok=True)
    options = [f"-DCMAKE_CXX_COMPILER={compiler}", f"-DCMAKE_C_COMPILER={COMPILERS[compiler]}",
               f"-DTUOPIN_ARCH={architecture}", "-DTUOPIN_TESTS=OFF", "-DTUOPIN_PYTHON=OFF"]  # fmt: skip
    if shutil.which("ccache"):
        options.append("-DCMAKE_CXX_COMPILER_LAUNCHER=ccache")
    logged(["cmake", "-S", ".", "-B", str(folder), "-G", "Ninja", *options], folder / "configure.log")
    logged(["cmake", "--build", str(folder), "--target", "tuopin"], folder / "build.log")
    return next(path for path in folder.rglob("tuopin") if path.is_file() and os.access(path, os.X_OK))


def study(binary: Path, threads: int, population: str, options: list[str], tunables: str = "") -> Row:
    """One run and its hashes. `population` says whether it is synthesised, written to the cache, or read from it."""
    folder = HOME / "studies"
    folder.mkdir(exist_ok=True)
    output = folder / f"{threads}{'-plain' if tunables else ''}.h5"
    environment = {"XDG_CACHE_HOME": str(HOME / "cache"), **({"GLIBC_TUNABLES": tunables} if tunables else {})}
    command = [
        str(binary),
        "run",
        SCENARIO,
        "--threads",
        str(threads),
        "-o",
        str(output),
        "--force",
        "--quiet",
        *options,
    ]
    begin = time.monotonic()
    logged(command + (["--no-cache"] if population == "fresh" else []), folder / "run.log", **environment)
    seconds = time.monotonic() - begin
    printed = subprocess.run([str(binary), "hash", str(output)], check=True, capture_output=True, text=True).stdout
    hashes = dict(line.split()[:2] for line in printed.splitlines() if line.split()[:1] and line.split()[0] in HASHES)
    if set(hashes) != set(HASHES):
        sys.exit(f"tuopin hash printed no {', '.join(set(HASHES) - set(hashes))}:\n{printed}")
    return Row("", threads, population, seconds, hashes)


def matrix(options: list[str], only: str) -> list[Row]:
    rows = []
    for compiler in COMPILERS:
        for architecture in ARCHITECTURES:
            name = f"{compiler} {architecture}"
            if not name.startswith(only):
                continue
            if not shutil.which(compiler) or not runs_here(architecture):
                print(f"  {name}: not on this machine", flush=True)
                continue
            begin = time.monotonic()
            binary = build(compiler, architecture)
            print(f"  {name}: built in {time.monotonic() - begin:.0f} s", flush=True)
            shutil.rmtree(HOME / "cache", ignore_errors=True)
            new = [study(binary, 1, "fresh", options), study(binary, 2, "written", options),
                   study(binary, 3, "read", options)]  # fmt: skip
            if architecture == "native":
                new.append(study(binary, 2, "fresh", options, WITHOUT_FMA))
            for row in new:
                row.build = name
            if architecture == "native":
                new[-1].build += ", C library without FMA"
            rows += new
    return rows


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true", help="the whole population")
    parser.add_argument("--only", default="", help="builds whose name begins so")
    parser.add_argument("--draws", default="4", help="parameter draws of a run")
    arguments = parser.parse_args()
    HOME.mkdir(parents=True, exist_ok=True)
    rows = matrix(["--draws", arguments.draws, *([] if arguments.full else ["--sample", SAMPLE])], arguments.only)
    if not rows:
        sys.exit("no compiler of the matrix is on this machine")
    first = rows[0].hashes
    different = [row for row in rows if row.hashes != first]
    print(f"\n  {'build':44} threads  population  seconds  {'  '.join(f'{name:12}' for name in HASHES)}")
    for row in rows:
        shown = "  ".join(
            f"{row.hashes[name][:12]}{' ' if row.hashes[name] == first[name] else '≠'}" for name in HASHES
        )
        print(f"  {row.build:44} {row.threads:7}  {row.population:10}  {row.seconds:7.1f}  {shown}")
    print(f"\n  {len(rows)} studies, {len(different)} that differ from the first")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
