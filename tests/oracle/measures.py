"""The sums of a year in every place: the whole region first, then its counties.

Sums are integers, so that no order of adding changes a bit: persons, fen, and poverty terms in 2⁻⁴⁰ (Watts: 2⁻³⁶) of a
person. Poor means strictly below the line; in logarithms an income below one yuan counts as one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import grouped
import numpy as np
from grouped import LINE_MULTIPLES
from people import PLANTED, to_fen

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
            gap = np.where(poor, 1 - np.maximum(0.0, y) * (1 / line), 0.0)  # a gap is at most the line
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
    """Who is truly poor in a scenario, by year: its own dynamics, and what other scenarios are held against."""

    def __init__(self) -> None:
        self.poor: dict[int, Array] = {}


def register(world: World, year: int, own: Reference) -> dict[str, Array]:
    """The register, its errors by three standards [place, standard], exits, entries and fall-back; payments and gap."""
    h, before, line = world.state, world.before, world.lines["statistical"]
    persons = world.people.persons
    income = h["true_income"].astype(float)
    poor = own.poor[year] = income < line
    registered, was = h["registered"] == 1, before["registered"] == 1
    if year == world.region.base_year:
        was = registered  # the first list: nobody entered or left
    left_once = h["exit_year"] != 0
    unmet = np.any([h[name] == 0 for name in ("housing_safe", "water_safe", "schooling_met", "medical_met")], axis=0)
    below = income < world.lines[world.scenario.get("register.line")]
    standards = [poor, below, below | unmet]

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
        "inclusion_error": np.stack(
            [share(count(registered & ~short), count(registered)) for short in standards], axis=-1
        ),
        "exclusion_error": np.stack([share(count(short & ~registered), count(short)) for short in standards], axis=-1),
        "perfect_information_gap": by_place(world, persons * gap) / 100,
        "payments": by_place(world, h["payments"] * world.people.weight) / 100,
    }
    if year > world.region.base_year:
        figures["fall_back_true"] = count(poor & ~own.poor[year - 1] & ~registered & left_once)
    return figures


# Exits of a year of whom it is known only later how long they last: so many years later.
KNOWN_LATER = {"true_exits_out_one_year": 1, "true_exits_out_two_years": 2}


def years_of_poverty(world: World, year: int, first: Reference | None, own: Reference) -> dict[str, Array]:
    """True poverty against the first scenario, and against the scenario's own years before. Not known: NaN.

    What is known later (KNOWN_LATER) is of the year so many years before this one.
    """
    base, poor = world.region.base_year, own.poor
    persons = world.people.persons
    there = poor if first is None else first.poor

    def count(who: Array) -> Array:
        return by_place(world, persons * who).astype(float)

    def left(t: int) -> Array:
        """Who left poverty in year t."""
        return poor[t - 1] & ~poor[t] if t > base else np.zeros(len(persons), bool)

    unknown = np.full(len(world.people.county_id) + 1, np.nan)
    out, into = count(~poor[year] & there[year]), count(poor[year] & ~there[year])
    figures = {"out_of_poverty": out, "into_poverty": into, "fall_in_poverty": out - into}
    figures["true_exits"] = count(left(year)) if year > base else unknown
    three = ["poor_none_of_three_years", "poor_one_or_two_of_three_years", "poor_all_three_years"]
    if year < base + 2:
        return figures | dict.fromkeys(["fall_back_rate", *three], unknown)
    figures["true_exits_out_one_year"] = count(left(year - 1) & ~poor[year])
    lately = np.any([left(t) for t in range(year - 3, year)], axis=0)
    figures["fall_back_rate"] = share(count(lately & poor[year]), count(lately))
    years = sum(poor[t].astype(int) for t in (year - 2, year - 1, year))
    figures |= dict(zip(three, [count(years == 0), count((years == 1) | (years == 2)), count(years == 3)], strict=True))
    if year >= base + 3:
        figures["true_exits_out_two_years"] = count(left(year - 2) & ~poor[year - 1] & ~poor[year])
    return figures


def income_by_stream(world: World, streams: list[str]) -> dict[str, Array]:
    """Mean of true income from each stream, yuan a head: market income in whole fen a head, all else in fen."""
    people = world.people
    earned = world.state["programme_earnings"].astype(float)
    nothing = np.zeros(people.rows, np.int64)
    by_household = []
    for stream in streams:
        if stream in world.market_streams:
            fen = to_fen(world.market_streams[stream]) * people.persons
        elif stream == "programme_earnings":
            fen = to_fen(earned) * people.weight
        else:
            fen = world.paid_streams.get(stream, nothing) * people.weight
        by_household.append(by_place(world, fen))
    persons = by_place(world, people.persons.astype(np.int64))
    return {
        "income_by_stream/mean_income": share(np.stack(by_household, axis=-1) / 100, persons[:, None].astype(float))
    }


def allowance(world: World) -> dict[str, Array]:
    """Whom top-ups reach, of the old safety net and of programmes; poor without them."""
    people, h = world.people, world.state
    top_ups = h["top_ups"].astype(np.int64)
    poor = h["true_income"].astype(float) - top_ups * 0.01 / people.members < world.lines["statistical"]
    draws, fen = top_ups > 0, top_ups * people.weight

    def count(who: Array, amount: Array = people.persons) -> Array:
        return by_place(world, amount * who).astype(float)

    return {
        "allowance/recipients": count(draws),
        "allowance/mean_payment": share(count(draws, fen) / 100, count(draws)),
        "allowance/leakage": share(count(~poor, fen), count(draws, fen)),
        "allowance/inclusion_error": share(count(draws & ~poor), count(draws)),
        "allowance/undercoverage": share(count(poor) - count(draws & poor), count(poor)),
    }


def land(world: World) -> dict[str, Array]:
    """Mu under plots of programmes, by where the land comes from."""
    weight = world.people.weight
    return {f"land/{name}": by_place(world, world.state[name].astype(np.int64) * weight) / 100 for name in PLANTED}


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
        found.setdefault("places", []).append(programme.offered(world.year))
        found.setdefault("spending", []).append(fen / 100)
        found.setdefault("to_households", []).append(tally["to_household"] / 100)
    return {"spending": all_fen / 100} | {f"programmes/{k}": np.stack(v, axis=-1) for k, v in found.items()}
