"""What a year adds up to, in every place: the whole region first, then its counties.

Sums are integers, so that no order of adding changes a bit: persons, fen, and poverty terms in 2⁻⁴⁰ (Watts: 2⁻³⁶) of a
person. Poor means strictly below the line; in logarithms an income below one yuan counts as one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import grouped
import numpy as np
from grouped import LINE_MULTIPLES

if TYPE_CHECKING:
    from years import World

Array = np.ndarray
PART_40, PART_36 = 2.0**40, 2.0**36


def by_place(world: World, values: Array) -> Array:
    """Integer sums [place, …] of values by household [row, …]."""
    counties = np.zeros((len(world.people.county_id), *values.shape[1:]), np.int64)
    np.add.at(counties, world.people.county, values)
    return np.concatenate([counties.sum(axis=0, keepdims=True), counties])


def share(part: Array, whole: Array) -> Array:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(whole > 0, part / whole, np.nan)


def poverty(world: World) -> dict[str, Array]:
    """Foster–Greer–Thorbecke, Watts and Sen–Shorrocks–Thon [place, line, income], inequality [place, income]."""
    log, persons = world.functions.log, world.people.persons
    everyone = by_place(world, persons).astype(float)
    found: dict[str, list[Array]] = {}
    of_bins, counts, gap_sums = [], [], []
    for income in ("true_income", "measured_income"):
        y = world.state[income].astype(float)
        log_y = log(np.maximum(1.0, y))
        of_bins.append(grouped.bins(world, y, log_y))
        for name, values in grouped.inequality(world, of_bins[-1]).items():
            found.setdefault(name, []).append(values)
        fen = by_place(world, persons * np.floor(100.0 * y + 0.5).astype(np.int64))
        found.setdefault("mean_income", []).append(share(fen / 100, everyone))
        for multiple in LINE_MULTIPLES:
            line = world.lines["statistical"] * multiple
            poor = y < line
            gap = np.where(poor, 1 - y * (1 / line), 0.0)
            log_gap = np.where(poor, float(log(line)) - log_y, 0.0)
            count = by_place(world, persons * poor).astype(float)
            sums = [by_place(world, persons * np.rint(term * PART_40).astype(np.int64)) for term in (gap, gap * gap)]
            gaps, squares = (s.astype(float) / PART_40 for s in sums)
            watts = by_place(world, persons * np.rint(log_gap * PART_36).astype(np.int64)).astype(float) / PART_36
            for name, part in {"poverty_rate": count, "poverty_gap": gaps, "poverty_gap_squared": squares,
                               "watts": watts}.items():  # fmt: skip
                found.setdefault(name, []).append(share(part, everyone))
            counts.append(count)
            gap_sums.append(gaps)
    shape = {8: (2, 4), 2: (2,)}
    figures = {name: np.moveaxis(np.stack(parts, axis=-1).reshape(-1, *shape[len(parts)]), 1, -1)
               for name, parts in found.items()}  # fmt: skip
    poor, gaps = (np.moveaxis(np.stack(parts, axis=-1).reshape(-1, 2, 4), 1, -1) for parts in (counts, gap_sums))
    figures["sen_shorrocks_thon"] = grouped.sen_shorrocks_thon(world, of_bins, everyone, poor, gaps)
    return figures


class Reference:
    """Who is poor in the first scenario, by year: net exits are counted against it."""

    def __init__(self) -> None:
        self.poor: dict[int, Array] = {}


def dynamics(world: World, year: int, first: Reference | None, own: Reference) -> dict[str, Array]:
    """The register, its errors, exits, entries, fall-back, and exits against the first scenario."""
    h, before, line = world.state, world.before, world.lines["statistical"]
    persons = world.people.persons
    income = h["true_income"].astype(float)
    poor = own.poor[year] = income < line
    registered, was = h["registered"] == 1, before["registered"] == 1
    if year == world.region.base_year:
        was = registered  # the first list: nobody entered or left
    left_once = h["exit_year"] != 0

    def count(who: Array) -> Array:
        return by_place(world, persons * who).astype(float)

    gap = np.where(poor, np.floor(100.0 * (line - income) + 0.5), 0.0).astype(np.int64)
    figures = {
        "persons": count(np.True_),
        "register_persons": count(registered),
        "register_rate": share(count(registered), count(np.True_)),
        "exits_gross": count(was & ~registered),
        "entries": count(~was & registered),
        "fall_back_registered": count(~was & registered & left_once),
        "fall_back_true": count(np.False_),
        "exits_net": count(np.False_),
        "inclusion_error": share(count(registered & ~poor), count(registered)),
        "exclusion_error": share(count(poor & ~registered), count(poor)),
        "perfect_information_gap": by_place(world, persons * gap) / 100,
        "payments": by_place(world, h["payments"] * world.people.weight) / 100,
    }
    if first is not None:
        figures["exits_net"] = count(~poor & first.poor[year])
    if year > world.region.base_year:
        was_poor = own.poor[year - 1]
        figures["fall_back_true"] = count(poor & ~was_poor & ~registered & left_once)
        sustained = np.False_
        if first is not None:
            sustained = ~poor & first.poor[year] & ~was_poor & first.poor[year - 1]
        figures["exits_sustained"] = count(sustained)  # of the year before: known now
    return figures


def spending(world: World) -> dict[str, Array]:
    """Of the year, and of each programme [place, programme of the scenario]."""
    safety_net = by_place(world, world.safety_net_fen * world.people.weight)
    found: dict[str, list[Array]] = {}
    all_fen = safety_net.copy()
    for programme in world.programmes:
        tally = {name: np.concatenate([[t.sum()], t]) for name, t in programme.tally.items()}
        fen = tally["to_household"] + tally["to_supplier"] + tally["administration"]
        all_fen += fen
        for name in list(tally)[:7]:
            found.setdefault(name, []).append(tally[name].astype(float))
        found.setdefault("spending", []).append(fen / 100)
        found.setdefault("to_households", []).append(tally["to_household"] / 100)
    return {"spending": all_fen / 100} | {f"programmes/{k}": np.stack(v, axis=-1) for k, v in found.items()}
