"""The speed table: what docs/speed.md states, measured anew on this machine, as ratios wherever a ratio says it.

A shared machine is never quiet, so what is compared runs in turn, several times, and the table gives medians.

  speed.py               everything, on the whole population (about ten minutes)
  speed.py --sample 0.1  a tenth of the villages, to try it
"""

import argparse
import datetime
import json
import math
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("TUOPIN_EXECUTABLE") or Path(sys.executable).with_name("tuopin"))
BENCHMARK = ROOT / "build/bench/tests/benchmarks/tuopin_benchmark"
FILTER = "lean_years|population|luck_of_incomes|floor_of_a_year|^luck_block|^normal"
XIANGXI = ROOT / "scenarios/xiangxi"
PLAN, BASELINE = XIANGXI / "plan-2016.toml", XIANGXI / "baseline.toml"


def google_benchmarks() -> dict[str, dict[str, float]]:
    """Counters of every benchmark, by name; times in milliseconds of one core."""
    command = [BENCHMARK, "--benchmark_format=json", f"--benchmark_filter={FILTER}"]
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    return {b["name"].split("/min_time")[0]: b for b in json.loads(printed)["benchmarks"]}


class Runs:
    """Runs of the program in a folder of their own; the population is kept there between them."""

    def __init__(self, folder: Path, sample: float) -> None:
        self.folder, self.sample = folder, sample
        self.environment = os.environ | {"XDG_CACHE_HOME": str(folder)}

    def __call__(self, scenarios: list[Path], *options: object) -> dict[str, float]:
        study = self.folder / "study.h5"
        command = [PROGRAM, "run", *scenarios, "-o", study, "--force", "--quiet", "--progress", "none"]
        command += ["--sample", self.sample, *options] if self.sample < 1 else options
        command += [] if "--draws" in options else ["--draws", 1]
        begin = time.perf_counter()
        subprocess.run([str(part) for part in command], check=True, env=self.environment, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)  # fmt: skip
        wall = time.perf_counter() - begin
        return json.loads(study.with_name("study.h5.run.json").read_text()) | {"wall": wall}


def in_turn(times: int, *runs: Callable[[], float]) -> list[list[float]]:
    """Each run once, then each again: what disturbs one disturbs the others."""
    taken = [[run() for run in runs] for _ in range(times)]
    return [list(column) for column in zip(*taken, strict=True)]


def median_ratio(above: list[float], below: list[float]) -> float:
    return statistics.median(a / b for a, b in zip(above, below, strict=True))


def variant(folder: Path, name: str, capacity: str) -> Path:
    """The plan with another capacity of one programme."""
    (folder / "programmes").mkdir(exist_ok=True)
    for programme in (XIANGXI / "programmes").glob("*.toml"):
        text = f'extends = "{programme}"\n'
        if programme.stem == "production":
            text += f"[capacity]\nby_year = {capacity}\n"
        (folder / "programmes" / programme.name).write_text(text)
    path = folder / f"{name}.toml"
    programmes = tomllib.loads(PLAN.read_text(encoding="utf-8"))["programmes"]  # said anew, so that they are found here
    path.write_text(f'extends = "{PLAN}"\ntitle = "{name}"\nprogrammes = {json.dumps(programmes)}\n')
    return path


def slope(points: list[tuple[float, float]]) -> float:
    """Least-squares slope of log seconds against log persons."""
    x, y = ([math.log(p[i]) for p in points] for i in (0, 1))
    mean_x, mean_y = statistics.fmean(x), statistics.fmean(y)
    return sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True)) / sum((a - mean_x) ** 2 for a in x)


def oracle_rows(folder: Path) -> list[tuple[str, str, str]]:
    """The same years by the plain NumPy version that the program is tested against, one core each."""
    runs = Runs(folder, 0.34)
    runs([BASELINE, PLAN], "--panel", folder / "panel.h5")
    script = [sys.executable, ROOT / "tests/oracle/run_oracle.py", BASELINE, PLAN, "--panel", folder / "panel.h5",
              "--study", folder / "study.h5"]  # fmt: skip
    environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}

    def numpy() -> float:
        printed = subprocess.run(
            [str(s) for s in script], check=True, env=environment, stdout=subprocess.PIPE, text=True
        )
        return float(printed.stdout.split()[-3])

    own, other = in_turn(3, lambda: runs([BASELINE, PLAN], "--threads", 1)["person_years_per_second"], numpy)
    return [("(a) the same two scenarios, one core: NumPy, million person-years a second",
             f"{statistics.median(other) / 1e6:.1f}", ""),
            ("    tuopin, times as many", f"{median_ratio(own, other):.1f}", "")]  # fmt: skip


def kernel_rows() -> list[tuple[str, str, str]]:
    found = google_benchmarks()
    lean, plan = found["lean_years/baseline"], found["lean_years/plan_2016"]
    sizes = [(b["persons"], b["cpu_time"]) for name, b in found.items() if name.startswith("population_sizes")]
    year, floor = lean["seconds_per_household_year"], found["floor_of_a_year"]["seconds_per_household_year"]
    luck = found["luck_of_incomes"]["seconds_per_household_year"]
    rows = [
        ("lean year, no programme: million person-years a second and core",
         f"{lean['person_years_per_second'] / 1e6:.1f}", "≥ 40"),
        ("lean year, the plan's eight programmes: the same", f"{plan['person_years_per_second'] / 1e6:.1f}", "≥ 40"),
        ("bytes a person, a household", f"{plan['bytes_per_person']:.0f}, {plan['bytes_per_household']:.0f}",
         "≤ 48, ≤ 224"),
        ("(b) cost against population, 10⁴ to 10⁷ persons: slope of logarithms", f"{slope(sizes):.3f}", "1"),
        ("(f) lean year ÷ floor (the luck of incomes and the same bytes in a bare loop)", f"{year / floor:.2f}", ""),
        ("    of the lean year, the luck of incomes, which every household draws", f"{luck / year:.0%}", "≤ 50%"),
        ("    luck: ns a Philox block of eight draws", f"{found['luck_block']['each'] * 1e9:.1f}", ""),
        ("    ns a normal", f"{found['normal/fast:1']['each'] * 1e9:.1f}", ""),
    ]  # fmt: skip
    parts = {name[4:]: value for name, value in plan.items() if name.startswith("ns: ")}
    for name, value in sorted(parts.items(), key=lambda part: -part[1]):
        rows.append((f"(g) {name}: ns a household-year", f"{value:.1f}", ""))
    return rows


def scenario_rows(runs: Runs) -> list[tuple[str, str, str]]:
    """(c) What a second scenario costs, in times of the first."""
    everywhere = "{ 2016 = 90_000, 2017 = 100_000, 2018 = 150_000, 2019 = 150_000 }"
    late = "{ 2016 = 100_000, 2017 = 100_000, 2018 = 150_000, 2019 = 140_000 }"
    rows = []
    for name, capacity, goal in [("from 2016 on", everywhere, "≤ 0.75"), ("from 2019 on", late, "≤ 0.6")]:
        with tempfile.TemporaryDirectory() as folder:
            other = variant(Path(folder), "other", capacity)
            one, two = in_turn(
                5,
                lambda: runs([PLAN], "--draws", 4)["seconds_simulation"],
                lambda other=other: runs([PLAN, other], "--draws", 4)["seconds_simulation"],
            )
        rows.append((f"(c) second scenario that differs {name} ÷ first", f"{median_ratio(two, one) - 1:.2f}", goal))
    return rows


def thread_rows(runs: Runs) -> list[tuple[str, str, str]]:
    """(d) What a second thread brings: of many tasks, and inside one."""
    rows = []
    for name, draws in [("8 draws", 8), ("one replicate, shared out by blocks", 1)]:
        one, two = in_turn(
            9,
            lambda draws=draws: runs([PLAN], "--draws", draws, "--threads", 1)["seconds_simulation"],
            lambda draws=draws: runs([PLAN], "--draws", draws, "--threads", 2)["seconds_simulation"],
        )
        rows.append((f"(d) second thread, {name}: times as fast", f"{median_ratio(one, two):.2f}", "≥ 1.85"))
        if draws == 1:
            rows.append(
                ("    one replicate of the plan on two threads, seconds", f"{statistics.median(two):.2f}", "< 0.5")
            )
    return rows


def first_result_rows(runs: Runs) -> list[tuple[str, str, str]]:
    cold, cached = in_turn(
        3, lambda: runs([PLAN], "--no-cache")["wall"], lambda: runs([PLAN])["wall"]
    )  # fmt: skip
    return [("(e) first result, population made anew: seconds", f"{statistics.median(cold):.1f}", ""),
            ("    population from the cache", f"{statistics.median(cached):.1f}", "")]  # fmt: skip


def output_rows(runs: Runs) -> list[tuple[str, str, str]]:
    """What is not the model's: mostly summing up and writing the study."""
    run = runs([BASELINE, PLAN], "--draws", 100)
    inside = sum(run[f"seconds_{part}"] for part in ("simulation", "population", "calibration"))
    share = 1 - inside / run["seconds_total"]
    return [("output, 100 draws of two scenarios: all that is not simulation, population or calibration, of the run",
             f"{share:.1%}", "")]  # fmt: skip


def processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.split(":")[1].strip()
    return platform.processor()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=float, default=1.0, help="share of the villages in what runs the program")
    arguments = parser.parse_args()
    rows = kernel_rows()
    with tempfile.TemporaryDirectory() as folder:
        runs = Runs(Path(folder), arguments.sample)
        runs([PLAN])  # the population stands in the cache
        rows = oracle_rows(Path(folder)) + rows
        rows += scenario_rows(runs) + thread_rows(runs) + first_result_rows(runs) + output_rows(runs)
    print(f"\n{datetime.date.today()}, {processor()}, {os.cpu_count()} cores\n")
    print("| what | measured | goal |\n|---|---|---|")
    for row in rows:
        print("| " + " | ".join(row) + " |")


if __name__ == "__main__":
    main()
