"""The register: the first identification, repair of guarantees, and the review at the end of each year."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from luck import HOUSEHOLD
from people import GUARANTEES, apportion

if TYPE_CHECKING:
    from years import World

Array = np.ndarray


def identify(world: World) -> None:
    """In each county by rank on measured income, until its quota of persons is full; who no longer fits is passed."""
    people, h = world.people, world.state
    wanted = sum(people.quota)
    if world.scenario.has("register.persons"):
        wanted = math.floor(world.scenario.number("register.persons") * people.share + 0.5)
    for county, quota in enumerate(apportion(wanted, people.quota)):
        rows, left = np.flatnonzero(people.county == county), quota
        for row in rows[np.lexsort((people.house["id"][rows], h["measured_income"][rows]))].tolist():
            if left == 0:
                break
            if people.persons[row] <= left:
                h["registered"][row] = h["ever_registered"][row] = 1
                left -= int(people.persons[row])


def repair(world: World, year: int) -> None:
    """A share of what is unmet is repaired in a year; turned off, everything counts as met."""
    h, off = world.state, world.scenario.get("guarantees.off", False)
    draws = world.luck.draws("household.guarantees", year, HOUSEHOLD, world.people.house["id"])
    for index, (column, name) in enumerate(GUARANTEES.items()):
        if off:
            h[column][:] = 1
        elif year > world.region.base_year:
            u = (draws[:, index] + 0.5) / 2.0**32
            h[column] |= u < world.scenario.number(f"guarantees.{name}_repair")


def review(world: World, year: int) -> None:
    """Exit: measured at the line with its margin, and all guarantees. Entry: measured below the line, and detected."""
    h, scenario = world.state, world.scenario
    line = world.lines[scenario.get("register.line", "administrative")]
    measured = h["measured_income"].astype(float)
    guaranteed = np.logical_and.reduce([h[g] == 1 for g in GUARANTEES])
    on_list = h["registered"] == 1
    leaves = on_list & guaranteed & (measured >= line * (1 + scenario.number("register.margin")))
    u = world.luck.uniform("register.review", year, HOUSEHOLD, world.people.house["id"])
    looks_back = scenario.get("register.look_back_year") == year
    detected = u < scenario.number("register.look_back_detection" if looks_back else "register.detection")
    entry_line = world.lines[scenario.get("register.entry_line", scenario.get("register.line", "administrative"))]
    enters = ~on_list & (measured < entry_line) & detected & (not scenario.get("register.exit_only", False))
    h["registered"] = ((on_list & ~leaves) | enters).astype(np.uint8)
    h["ever_registered"] |= enters
    h["exit_year"] = np.where(leaves, year, h["exit_year"]).astype(np.uint16)
