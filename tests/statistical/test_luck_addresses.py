"""Luck across addresses: every process of the plan against its neighbours in every direction.

A model asks luck for neighbouring addresses, not for a stream: household 4711 and 4712, 2016 and 2017, one process and
the next. So for each process equidistribution is tested over neighbouring entities, and independence of pairs that are
one step apart along each axis of the address, or one step along two axes at once.

α = 1e-6 for the whole file, shared equally by its K tests (Bonferroni; K is counted below, about 3,900): each tests at
α/K ≈ 3e-10. χ² is held against its own distribution; with 64 draws expected a cell that is Pearson's sum to within the
accuracy needed here. Normals: Σxy/√n of n independent pairs has mean 0, variance 1, and an excess kurtosis of 6/n; at
n = 65,536 this moves its tail at 6.3 standard errors by 6/(24 n)·6.3⁴ < 1%, far less than Bonferroni gives away. All
addresses are fixed, so a failure is never bad luck: the generator or its addressing has changed.
"""

from __future__ import annotations

import itertools
import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import scipy.stats

from tuopin import luck

ROOT = Path(__file__).resolve().parents[2]
ALPHA = 1e-6
PAIRS = 1 << 16
KINDS: tuple[luck.Kind, ...] = ("household", "person", "village", "county", "prefecture")


@dataclass(frozen=True)
class Address:
    """Of PAIRS draws: entities first, first + 1, …"""

    process: str
    kind: int = 0
    seed: int = 1
    replicate: int = 0
    draw: int = 0
    year: int = 2016
    entity: int = 0
    index: int = 0


Draws = Callable[[Address], npt.NDArray[np.uint32]]


def of_the_model(a: Address) -> npt.NDArray[np.uint32]:
    key, entities = luck.replicate_key(a.draw, a.replicate), np.arange(a.entity, a.entity + PAIRS)
    return luck.draws(a.seed, key, a.process, a.year, KINDS[a.kind], entities, a.index + 1)[:, a.index]


@dataclass
class Family:
    """p-values of many tests, judged together."""

    values: dict[str, float] = field(default_factory=dict)

    def equidistribution(self, what: str, draws: npt.NDArray[np.uint32], shift: int) -> None:
        counts = np.bincount((draws >> shift) & 1023, minlength=1024)
        self.values[f"{what}, bits from {shift}"] = float(scipy.stats.chisquare(counts).pvalue)

    def independence(self, what: str, one: npt.NDArray[np.uint32], two: npt.NDArray[np.uint32]) -> None:
        """A 32 × 32 table of the first five bits, and the correlation of the normals that the model would make."""
        counts = np.bincount((one >> 27) * 32 + (two >> 27), minlength=1024)
        self.values[f"{what}, serial"] = float(scipy.stats.chisquare(counts).pvalue)
        z = np.dot(normal(one), normal(two)) / np.sqrt(len(one))
        self.values[f"{what}, correlation"] = float(2 * scipy.stats.norm.sf(abs(z)))

    def failures(self) -> list[str]:
        bound = ALPHA / len(self.values)
        return [f"{what}: p = {p:.1e}" for what, p in self.values.items() if not p > bound]


def normal(draws: npt.NDArray[np.uint32]) -> npt.NDArray[np.float64]:
    """To 16 bits, from a table: the correlation needs no more, and the quantile function is slow."""
    return TABLE[draws >> 16]


TABLE = scipy.stats.norm.ppf((np.arange(65536) + 0.5) / 65536)


def neighbours(process: str, following: str) -> dict[str, tuple[Address, Address]]:
    """Pairs one step apart along one axis, and along two at once."""
    here = Address(process)
    steps: dict[str, dict[str, int | str]] = {
        name: {name: getattr(here, name) + 1}
        for name in ("kind", "seed", "replicate", "draw", "year", "entity", "index")
    }
    steps["process"] = {"process": following}
    found = {name: (here, replace(here, **step)) for name, step in steps.items()}
    for one, two in itertools.combinations(steps, 2):
        found[f"{one} and {two}"] = (here, replace(here, **steps[one], **steps[two]))
    for name, step in steps.items():  # the other diagonal of the grid: next household, last year
        if name != "entity":
            found[f"entity against {name}"] = (replace(here, entity=1), replace(here, **step))
    return found


def judge(processes: list[str], draws: Draws) -> Family:
    family = Family()
    cache: dict[Address, npt.NDArray[np.uint32]] = {}
    for process, following in zip(processes, processes[1:] + processes[:1], strict=True):
        for shift in (0, 11, 22):
            family.equidistribution(process, draws(Address(process)), shift)
        for what, pair in neighbours(process, following).items():
            for address in pair:
                if address not in cache:
                    cache[address] = draws(address)
            family.independence(f"{process}, {what}", *(cache[address] for address in pair))
        cache.clear()
    return family


@pytest.fixture(scope="module")
def processes(program: Path) -> list[str]:
    """Every process that the plan of Xiangxi looks up, as the program names them."""
    scenario = ROOT / "scenarios/xiangxi/plan-2016.toml"
    text = subprocess.run([program, "explain", scenario], check=True, capture_output=True, text=True).stdout
    names = [name for line in re.findall(r"^ +luck: +(.+)$", text, re.MULTILINE) for name in line.split(", ")]
    return sorted(set(names))


def test_neighbours_of_every_process_are_independent(processes: list[str]) -> None:
    assert len(processes) > 30
    family = judge(processes, of_the_model)
    assert not family.failures(), family.failures()


def added(a: Address) -> npt.NDArray[np.uint32]:
    """Entity and year added up instead of standing apart."""
    return of_the_model(replace(a, year=2000, entity=a.entity + a.year))


def without_kind(a: Address) -> npt.NDArray[np.uint32]:
    return of_the_model(replace(a, kind=0))


def by_multiplication(a: Address) -> npt.NDArray[np.uint32]:
    """A multiplicative hash: good along a stream, a lattice across addresses."""
    word = np.arange(a.entity, a.entity + PAIRS, dtype=np.uint64) + np.uint64(a.year * 65537 + a.index * 257 + a.seed)
    return ((word * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(32)).astype(np.uint32)


def slightly_biased(a: Address) -> npt.NDArray[np.uint32]:
    """One draw in sixteen is pushed up a little: nobody would see it in a chart."""
    draws = of_the_model(a)
    return np.where(draws % 16 == 3, draws | np.uint32(1 << 31), draws)


@pytest.mark.parametrize("poor", [added, without_kind, by_multiplication, slightly_biased])
def test_poor_luck_is_seen(poor: Draws) -> None:
    assert judge(["household.income", "register.review"], poor).failures()
