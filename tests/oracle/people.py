"""The people of a run, as a panel or population file holds them, and the state of their households."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import h5py
import numpy as np

Array = np.ndarray
Table = dict[str, Array]

TOP_UPS = ("holds_top_up", "on_safety_net_list")
PLANTED = ("planted_own", "planted_rented", "planted_cleared")  # hundredths of a mu
INCOMES = ("persistent_income", "true_income", "measured_income", "assessed_income")
GUARANTEES = {"housing_safe": "housing", "water_safe": "water", "schooling_met": "schooling", "medical_met": "medical"}
STREAMS = ["share_wage", "share_business", "share_property", "share_transfer"]


def apportion(total: int, keys: list[int]) -> list[int]:
    """Whole parts of a total by keys: largest remainders, ties to the first; all keys zero: evenly."""
    whole = sum(keys)
    if whole == 0:
        keys, whole = [1] * len(keys), len(keys)
    parts = [total * key // whole for key in keys]
    order = sorted(range(len(keys)), key=lambda i: -(total * keys[i] % whole))
    for i in order[: total - sum(parts)]:
        parts[i] += 1
    return parts


def to_fen(yuan: object) -> Array:
    """Yuan to whole fen, halves upwards."""
    return np.floor(100.0 * np.asarray(yuan, float) + 0.5).astype(np.int64)


@dataclass
class People:
    """Persons, households, villages, counties in rows; nothing here changes during a run."""

    person: Table
    house: Table
    village: Table
    county_id: Array
    quota: list[int]  # persons on the register of the base year, by county
    mean_income: float  # yuan a head, base year
    poverty_rate: float  # true, base year
    share: float = 1.0  # of the register population that these people are: money and places shrink with it
    index: int = 0  # of the population among those of the region
    whole_keys: dict[str, list[int]] = field(default_factory=dict)  # of the population that a sample was taken from

    def __post_init__(self) -> None:
        self.rows = len(self.house["id"])
        self.county = self.village["county"][self.house["village"]].astype(np.int64)
        self.weight = self.house["weight"].astype(np.int64)
        self.members = self.house["members"].astype(np.int64)
        self.persons = self.weight * self.members
        counties = len(self.county_id)

        def by_county(values: Array) -> list[int]:
            sums = np.zeros(counties, np.int64)
            np.add.at(sums, self.county, values)
            return [int(x) for x in sums]

        hundredths = np.floor(100 * self.house["forest_mu"].astype(float) + 0.5).astype(np.int64)
        hazard = self.village["hazard_zone"][self.house["village"]].astype(np.int64)
        self.keys = {
            "registered_persons": self.quota,
            "population": by_county(self.persons),
            "forest_mu": by_county(self.weight * hundredths),
            "hazard_persons": by_county(self.persons * hazard),
            "even": [1] * counties,
        }
        self.whole_keys = self.whole_keys or self.keys

    @classmethod
    def read(cls, path: Path) -> People:
        with h5py.File(path) as file:
            tables = [{c: v[:] for c, v in file[t].items()} for t in ("persons", "households", "villages", "counties")]
            a = dict(file.attrs)
        whole = {name.removeprefix("whole_"): str(numbers) for name, numbers in a.items() if name.startswith("whole_")}
        quota, *keys = ([int(word) for word in text.split()] for text in (str(a["registered_quota"]), *whole.values()))
        return cls(*tables[:3], tables[3]["id"], quota, float(a["mean_income"]), float(a["true_poverty_rate"]),
                   float(a.get("share", 1.0)), int(a["index"]), dict(zip(whole, keys, strict=True)))  # fmt: skip


def founding_state(people: People) -> Table:
    """The stored columns of the households before the base year."""
    rows = people.rows
    return {
        **{name: people.house[name].copy() for name in GUARANTEES},
        **{name: np.zeros(rows, np.uint8) for name in ("registered", "ever_registered", "moved", *TOP_UPS)},
        **{name: np.zeros(rows, np.uint16) for name in ("exit_year", "days_taken", "free_days")},
        **{name: np.ones(rows, np.float32) for name in ("wage_factor", "business_factor")},
        **{name: np.zeros(rows, np.float32) for name in INCOMES},
        "programme_earnings": np.zeros(rows, np.float32),
        **{name: np.zeros(rows, np.uint32) for name in PLANTED},
        **{name: np.zeros(rows, np.int32) for name in ("payments", "top_ups")},
    }
