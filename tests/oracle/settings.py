"""Scenario, programme and region files: what extends what, and every number at one parameter draw.

A number with a range is drawn by the address of its name (`growth.nominal`, `forest_rangers.effect.post.wage`,
`crop.plum.price`), so that a new number moves no other; without draws each takes its central value.
"""

from __future__ import annotations

import csv
import math
import tomllib
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from functions import Functions
from luck import PARAMETER, Luck

# Hard bounds of the keys, from the reference of the files; 0 to 1 where nothing is said.
BOUNDS = {
    "nominal": (-0.5, 1), "trend": (-0.5, 1), "autocorrelation": (-0.99, 0.99), "days_per_worker": (1, 366),
    "applies_below": (0, 10), "assessment_sd": (0, 3), "bias": (-1, 1), "persons": (0, 1e9), "margin": (0, 2),
    "noise_sd": (0, 10), "area_per_member": (0, 1000), "business_loss": (-1, 1), "wage": (0, 1e6), "days": (0, 366),
    "amount": (0, 1e6), "base": (0.001, 0.999), "shift": (-5, 5), "half_life": (0.1, 100), "once": (0, 1e7),
    "per_year": (0, 1e7), "top_up_to": (0, 1e6), "administrative": (0, 1e12), "allowance": (0, 1e12),
    "rent": (0, 1e5), "grain_income": (0, 1e5), "grain_days": (0, 366),
    "growth": (-0.5, 1), "raise": (0, 1e6),
}  # fmt: skip
SHARES = ("income.permanent_share", "income.persistent_share")  # of the variance
NO_BOUND = 1e300


NAMED_SECTIONS = ("funds", "effect", "margin", "index")  # tables of sections: [funds.county]
QUALIFIERS = ("relative_range", "shape", "source", "grade", "status", "reason")
STANDS_FOR_YEARS = ("all", "unlimited")  # true: in place of by_year


def is_section(path: tuple[str, ...]) -> bool:
    return path[0] not in ("title", "description") and len(path) == (2 if path[0] in NAMED_SECTIONS else 1)


def joined(base: Any, own: Any) -> Any:
    """What merge = true asks for: every table key by key."""
    if not (isinstance(base, dict) and isinstance(own, dict)):
        return own
    return base | {key: joined(base[key], value) if key in base else value for key, value in own.items()}


def merged(base: dict[str, Any], own: dict[str, Any], path: tuple[str, ...] = ()) -> dict[str, Any]:
    """Sections are merged key by key; what a key holds is replaced whole, unless it says merge = true. Numbers by year
    are replaced with their qualifiers beside them, and with the flag that stands in their place."""
    result = dict(base)
    own = dict(own)
    beside = own.pop("merge", False) is True
    if "by_year" in own and "by_year" in base and not (beside or own["by_year"].get("merge") is True):
        dropped = QUALIFIERS + (("unit",) if path[0] != "capacity" else ())
        result = {key: value for key, value in result.items() if key not in dropped}
    if any(own.get(flag) is True for flag in STANDS_FOR_YEARS) and "by_year" not in own:
        result = {key: value for key, value in result.items() if key not in ("by_year", *QUALIFIERS)}
    if "by_year" in own:
        result = {key: value for key, value in result.items() if key not in STANDS_FOR_YEARS}
    for key, value in own.items():
        here, before = (*path, key), base.get(key)
        if not (isinstance(value, dict) and isinstance(before, dict)):
            result[key] = value
        elif is_section(here) or (here == (key,) and key in NAMED_SECTIONS):
            result[key] = merged(before, value, here)
        else:
            value = dict(value)
            keep = value.pop("merge", False) is True or (key == "by_year" and beside)
            result[key] = joined(before, value) if keep else value
    return result


def read_toml(path: Path) -> dict[str, Any]:
    own = tomllib.loads(path.read_text())
    return merged(read_toml(path.parent / own.pop("extends")), own) if "extends" in own else own


@dataclass
class Quantity:
    value: float
    low: float = 0
    high: float = 0
    shape: str = "fixed"
    lower: float = -NO_BOUND
    upper: float = NO_BOUND


class Draw:
    """The parameters of a run: u = f(seed, name, draw), and the value of a quantity at u by its shape."""

    TAIL = 0.05  # a range holds the 5% and the 95% point

    def __init__(self, functions: Functions, seed: int, draw: int, central: bool) -> None:
        self.functions, self.draw, self.central = functions, draw, central
        self.luck = Luck(functions, seed)
        self.z95 = float(functions.quantile(1 - self.TAIL))
        self.used: dict[str, float] = {}  # every number that has a range, once it was asked for

    def value(self, name: str, q: Quantity, attempt: int = 0) -> float:
        if q.shape == "fixed":
            return q.value
        self.used[name] = q.value if self.central else self.drawn(name, q, attempt)
        return self.used[name]

    def drawn(self, name: str, q: Quantity, attempt: int) -> float:
        u = float(self.luck.uniform(f"parameter.{name}", 0, PARAMETER, self.draw, attempt)[0])
        return min(max(self.quantile(q, u), q.lower), q.upper)

    def quantile(self, q: Quantity, u: float) -> float:
        exp, log, normal = self.functions.exp, self.functions.log, self.functions.quantile
        if q.shape == "triangular":
            return self.triangular(q, u)
        if q.shape == "normal":
            return q.value + (q.high - q.low) / (2 * self.z95) * float(normal(u))
        if q.shape == "lognormal":
            spread = (float(log(q.high)) - float(log(q.low))) / (2 * self.z95)
            return q.value * float(exp(spread * float(normal(u))))
        assert q.shape == "uniform"
        return (q.low + q.high) / 2 + (u - 0.5) * ((q.high - q.low) / (1 - 2 * self.TAIL))

    def triangular(self, q: Quantity, u: float) -> float:
        """On [a, b] with mode m, P(X ≤ low) = P(X ≥ high) = 5%: (low − a)² = 5% (b − a)(m − a), by fixed point."""
        a, m, b = q.low, q.value, q.high
        for _ in range(200):
            p = self.TAIL * (b - a)
            a, b = (
                m - (m - q.low + p / 2 + math.sqrt((m - q.low) * p + p * p / 4)),
                m + (q.high - m + p / 2 + math.sqrt((q.high - m) * p + p * p / 4)),
            )
        width = b - a
        if width <= 0:
            return m
        split = (m - a) / width
        return a + math.sqrt(u * width * (m - a)) if u < split else b - math.sqrt((1 - u) * width * (b - m))


class Series:
    """Numbers by year: a flow is zero in a year not named, a level holds until its next entry."""

    def __init__(self, flow: bool, years: dict[int, float], factor: float) -> None:
        self.flow, self.years, self.factor = flow, years, factor

    def at(self, year: int) -> float:
        if self.flow:
            return self.factor * self.years[year] if year in self.years else 0.0
        return self.factor * self.years[max(y for y in self.years if y <= year)]


class Settings:
    """One file with what it extends. `prefix` stands before the names of its numbers: "" or "forest_rangers."."""

    def __init__(self, path: Path, draw: Draw, prefix: str = "") -> None:
        self.path, self.draw, self.prefix = path, draw, prefix
        self.tree = read_toml(path)
        self.numbers: dict[str, float] = {}
        self.by_year: dict[str, Series] = {}

    def index(self, name: str | None, year: int) -> float:
        """Of a scenario: the price index that an amount follows, one where it follows none."""
        if name is None:
            return 1.0
        factor, base = 1.0, int(self.get(f"index.{name}.base_year"))
        for _ in range(base, year):
            factor *= 1 + self.number(f"index.{name}.growth")
        for _ in range(year, base):
            factor /= 1 + self.number(f"index.{name}.growth")
        return factor

    def get(self, path: str, default: Any = None) -> Any:
        node: Any = self.tree
        for key in path.split("."):
            if not isinstance(node, dict) or key not in node:
                return default
            node = node[key]
        return node

    def has(self, path: str) -> bool:
        return self.get(path) is not None

    def number(self, path: str, default: float = 0.0) -> float:
        if path in self.numbers:
            return self.numbers[path]
        given = self.get(path, default)
        if not isinstance(given, dict):
            return float(given)
        key = path.split(".")[-1]
        lower, upper = BOUNDS.get(key, (0, 1))
        if key == "wage_gain":  # a share of wages for movers, yuan for who finds work
            lower, upper = (-1, 5) if given["unit"] == "share" else (0, 1e6)
        q = Quantity(float(given["value"]), lower=lower, upper=upper)
        self.numbers[path] = self.draw.value(self.prefix + path, self.ranged(q, given, "range"), self.attempt(path))
        return self.numbers[path]

    def attempt(self, path: str) -> int:
        """The shares of the variance are drawn again, together, until they are at most one."""
        if path not in SHARES or self.draw.central:
            return 0
        ranges = {}
        for share in SHARES:
            given = self.get(share)
            given = given if isinstance(given, dict) else {"value": given}
            ranges[share] = self.ranged(Quantity(float(given["value"]), lower=0, upper=1), given, "range")
        tries = count()
        return next(k for k in tries if sum(self.draw.value(name, q, k) for name, q in ranges.items()) <= 1)

    def series(self, path: str) -> Series:
        """`capacity.by_year`, or a key of its own as `effect.top_up.top_up_to`; one factor for all its years."""
        if path in self.by_year:
            return self.by_year[path]
        own = self.get(path)
        key = path.split(".")[-1]
        beside = key in ("by_year", "from_year")
        table = self.get(path.rsplit(".", 1)[0]) if beside else own
        flow = key == "by_year" or (not beside and "by_year" in own)
        years = own if beside else own["by_year" if flow else "from_year"]
        values = {int(year): float(value) for year, value in years.items()}
        highest = BOUNDS.get(key, (0, NO_BOUND))[1]
        upper = min([highest / v for v in values.values() if v > 0 and highest < NO_BOUND], default=NO_BOUND)
        q = self.ranged(Quantity(1.0, lower=0.0, upper=upper), table, "relative_range")
        self.by_year[path] = Series(flow, values, self.draw.value(self.prefix + path, q))
        return self.by_year[path]

    @staticmethod
    def ranged(q: Quantity, table: dict[str, Any], key: str) -> Quantity:
        if key in table:
            q.low, q.high = (float(end) for end in table[key])
            q.shape = table.get("shape", "triangular")
        return q


class Region:
    """Lines (levels), crops, crop shares, places. The base year's lines stay: incomes were calibrated against them."""

    def __init__(self, path: Path, draw: Draw) -> None:
        self.settings = Settings(path, draw, "region.")
        self.base_year, self.last_year = (
            self.settings.get("base_year"),
            self.settings.get("default_last_year", self.settings.get("last_year")),
        )
        folder, files = path.parent, self.settings.get("files")

        def rows(name: str) -> list[dict[str, str]]:
            return list(csv.DictReader((folder / files[name]).read_text().splitlines())) if name in files else []

        def value(name: str, row: dict[str, str], drawn: bool = True) -> float:
            q = Quantity(float(row["value"]))
            if row["low"] and row["high"] and drawn:
                q = Quantity(q.value, float(row["low"]), float(row["high"]), "triangular")
            return draw.value(name, q)

        self.lines: dict[str, dict[int, float]] = {}
        for row in rows("lines"):
            year = int(row["year"])
            drawn = value(f"line.{row['name']}", row, drawn=year > self.base_year)
            self.lines.setdefault(row["name"], {})[year] = drawn
        self.crops: dict[str, dict[str, float]] = {}
        for row in rows("crops"):
            name = f"crop.{row['crop']}.{row['quantity']}"
            self.crops.setdefault(row["crop"], {})[row["quantity"]] = value(name, row)
        self.crop_shares = {(row["county"], row["crop"]): float(row["share"]) for row in rows("crop_shares")}
        self.counties = [row["id"] for row in rows("counties") if row["parent"]]

    def line(self, name: str, year: int) -> float:
        return self.lines[name][max(y for y in self.lines[name] if y <= year)]
