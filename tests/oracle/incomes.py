"""Income of a year: market income, the old safety net, true income, and what the register measures of it.

y_ht = g_t C_pct Σ_s a_hs F_hs exp(f_h + z_ht + e_hst − v/2) − grain_ht + (earnings_ht + payments_ht) / members_h
grain_ht, forgone on own land under plots: at most business income
ln ŷ = (1 − λ) ln y + λ ln ȳ + bias + error; ŷ°, on which top-ups are assessed, as ŷ of y less top-ups, same error
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from luck import COUNTY, HOUSEHOLD, PREFECTURE, VILLAGE, uniform
from people import STREAMS, to_fen
from settings import Region, Settings

if TYPE_CHECKING:
    from people import People
    from years import World

Array = np.ndarray


class Spread:
    """Standard deviations of the parts of log income: shares of σ², the white one split into noise and error."""

    def __init__(self, scenario: Settings, sigma: float, concentration: float) -> None:
        permanent, persistent = scenario.number("income.permanent_share"), scenario.number("income.persistent_share")
        white, measured = max(0.0, 1 - permanent - persistent), scenario.number("income.measurement_share")
        self.streams = scenario.get("income.streams", True)
        self.rho = scenario.number("income.autocorrelation")
        variance = sigma * sigma
        self.f, self.z = math.sqrt(permanent * variance), math.sqrt(persistent * variance)
        # by stream, so that Σ a_s e_s has the white variance; one stream has it as it is
        self.e = math.sqrt(white * (1 - measured) * variance / (concentration if self.streams else 1.0))
        self.error = math.sqrt(white * measured * variance)
        self.half_v = (self.f * self.f + self.z * self.z + self.e * self.e) / 2  # keeps the mean at one


class Shocks:
    """Standard deviations of what falls on all of a prefecture, county or village: exp(sd n − sd²/2), mean one."""

    def __init__(self, scenario: Settings) -> None:
        on = not scenario.get("shocks.off", False)
        sds = [scenario.number(f"shocks.{place}_sd") if on else 0.0 for place in ("prefecture", "county", "village")]
        self.prefecture, self.county, self.village = sds

    @staticmethod
    def log(sd: float, n: Array) -> Array:
        return sd * n - sd * sd / 2


def growth(scenario: Settings, region: Region) -> dict[int, float]:
    """Mean market income over the base year's: observed means where they are given, carried on by `trend`."""
    path = {region.base_year: 1.0}
    if scenario.has("growth.mean_income"):
        means = scenario.series("growth.mean_income")
        last, trend = max(means.years), scenario.number("growth.trend")
        for year in range(region.base_year + 1, region.last_year + 1):
            mean = means.at(year)
            for _ in range(last, year):
                mean *= 1 + trend
            path[year] = mean / means.at(region.base_year)
        return path
    for year in range(region.base_year + 1, region.last_year + 1):
        path[year] = path[year - 1] * (1 + scenario.number("growth.nominal"))
    return path


def uprate(world: World, year: int) -> None:
    """Incomes of the last review, at this year's level."""
    if year == world.region.base_year:
        return
    uprating = world.growth[year] / world.growth[year - 1]
    for name in ("measured_income", "assessed_income"):
        world.keep_real(name, world.state[name].astype(float) * uprating)


def market_income(world: World, year: int) -> Array:
    """Yuan a head without what programmes earned and paid; the measurement error of the year is kept beside."""
    h, people, sd, scenario = world.state, world.people, world.spread, world.scenario
    exp, quantile = world.functions.exp, world.functions.quantile
    base_year = year == world.region.base_year
    world.mean_path = world.level * world.growth[year]

    # C: the base year's mean was observed, so no shock of the prefecture moves it
    shocks, luck = world.shocks, world.luck
    prefecture = shocks.log(shocks.prefecture, luck.normal("prefecture.income", year, PREFECTURE, 0))
    county = exp(shocks.log(shocks.county, luck.normal("county.income", year, COUNTY, people.county_id)))
    village = exp(shocks.log(shocks.village, luck.normal("village.income", year, VILLAGE, people.village["id"])))
    common = world.mean_path * (1.0 if base_year else exp(prefecture)) * county[people.village["county"]] * village

    n = quantile(uniform(luck.draws("household.income", year, HOUSEHOLD, people.house["id"])[:, :6]))
    world.error = n[:, 5]
    if base_year:
        z = sd.z * n[:, 0]
    else:
        z = sd.rho * h["persistent_income"].astype(float) + sd.z * math.sqrt(1 - sd.rho * sd.rho) * n[:, 0]
    world.keep_real("persistent_income", z)
    base = exp(sd.f * people.house["permanent_score"].astype(float) + h["persistent_income"] - sd.half_v)
    base = base * common[people.house["village"]]

    # F: what programmes changed for good, and the days they take from other work, of which `displacement` is lost
    days = labour_days(people, scenario)
    # of the days that programmes take, those that grain took on the land of the plots were free
    planted = h["planted_own"] / 100.0
    taken = np.maximum(0.0, h["days_taken"] - scenario.number("land.grain_days") * planted)
    work = 1 - scenario.number("labour.displacement") * np.minimum(1.0, taken / np.maximum(1.0, days))
    forgone = (
        scenario.number("land.grain_income")
        * scenario.index(scenario.get("land.index"), year)
        * planted
        / people.members
    )
    if not sd.streams:  # all income is one stream, and moves as wages do
        stream = exp(sd.e * n[:, 1]) * h["wage_factor"] * work
        world.market_streams = {"wage": base * (stream - np.minimum(base * stream, forgone) / base)}
        market = base * exp(sd.e * n[:, 1]) * h["wage_factor"] * work
        return market - np.minimum(market, forgone)
    world.market_streams = {}
    market: Array | float = 0.0
    lost = np.zeros(people.rows)
    for s, share in enumerate(STREAMS):
        stream = people.house[share].astype(float) * exp(sd.e * n[:, 1 + s])
        if share == "share_wage":
            stream = stream * h["wage_factor"] * work
        if share == "share_business":
            stream = stream * h["business_factor"] * work
        market = market + stream
        if share == "share_business":
            lost = np.minimum(base * stream, forgone)
            stream = stream - lost / base
        world.market_streams[share.removeprefix("share_")] = base * stream
    return base * market - lost


def labour_days(people: People, scenario: Settings) -> Array:
    """Days of a household's workers in a year; a worker of partial ability counts in part."""
    lost = 1 - scenario.number("labour.partial_ability", 1.0)
    return scenario.number("labour.days_per_worker") * (
        people.house["able_workers"] - lost * people.house["partial_workers"]
    )


def year_before(world: World) -> None:
    """In the base year: what would have been measured in the year before, at this year's level."""
    h, people, sd, scenario = world.state, world.people, world.spread, world.scenario
    exp, log, quantile = world.functions.exp, world.functions.log, world.functions.quantile
    n = quantile(uniform(world.luck.draws("household.year_before", world.year, HOUSEHOLD, people.house["id"])[:, :6]))
    z = sd.rho * h["persistent_income"].astype(float) + sd.z * math.sqrt(1 - sd.rho * sd.rho) * n[:, 0]
    base = world.mean_path * exp(sd.f * people.house["permanent_score"].astype(float) + z - sd.half_v)
    white: Array | float = 0.0
    for s, share in enumerate(STREAMS if sd.streams else STREAMS[:1]):
        white = white + (people.house[share].astype(float) if sd.streams else 1.0) * exp(sd.e * n[:, 1 + s])
    reversion = scenario.number("measurement.mean_reversion")
    centre = reversion * float(log(world.mean_path)) + scenario.number("measurement.bias")
    world.keep_real(
        "assessed_income", exp((1 - reversion) * log(np.maximum(1.0, base * white)) + centre + sd.error * n[:, 5])
    )


def safety_net(world: World, year: int) -> None:
    """Who is on the list and assessed as poor, with error, on last year's income is topped up by a share of the gap."""
    world.safety_net_fen = np.zeros(world.people.rows, np.int64)
    if world.scenario.get("safety_net.off", False):
        return
    scenario, luck, ids = world.scenario, world.luck, world.people.house["id"]
    if year == world.region.base_year:
        year_before(world)
        list_luck = luck.uniform("household.safety_net_list", 0, HOUSEHOLD, ids)
        world.state["on_safety_net_list"] = (list_luck < scenario.number("safety_net.coverage")).astype(np.uint8)
    rows = np.flatnonzero(world.state["on_safety_net_list"])
    n = luck.normal("household.safety_net", year, HOUSEHOLD, ids[rows])
    error = world.functions.exp(scenario.number("safety_net.assessment_sd") * n)
    assessed = world.state["assessed_income"][rows].astype(float) * error
    applies = scenario.number("safety_net.applies_below", 1.0) * world.lines["statistical"]
    world.watch.near(assessed, applies, rows)
    rows, assessed = rows[assessed < applies], assessed[assessed < applies]
    gap = np.maximum(0.0, world.lines["allowance"] - assessed)
    yuan = scenario.number("safety_net.adequacy") * gap * world.people.members[rows]
    world.watch.near_half_fen(yuan, rows)
    world.safety_net_fen[rows] = to_fen(yuan)
    for column in ("payments", "top_ups"):
        world.state[column] += world.safety_net_fen.astype(np.int32)
    allowance = world.paid_streams.get("allowance", np.zeros(world.people.rows, np.int64))
    world.paid_streams["allowance"] = allowance + world.safety_net_fen


def true_income(world: World, market: Array) -> None:
    """Market income a head, and what programmes earned and paid, shared by the members."""
    yuan = world.state["programme_earnings"] + world.state["payments"] * 0.01
    world.keep_real("true_income", market + yuan / world.people.members)


def measure(world: World) -> None:
    """Mean-reverting error towards the mean of the year without shocks; incomes below one yuan count as one."""
    scenario, log = world.scenario, world.functions.log
    reversion = scenario.number("measurement.mean_reversion")
    centre = reversion * float(log(world.mean_path)) + scenario.number("measurement.bias")

    def measured(income: Array) -> Array:
        log_measured = (1 - reversion) * log(np.maximum(1.0, income)) + centre + world.spread.error * world.error
        return world.functions.exp(log_measured)

    income, top_ups = world.state["true_income"].astype(float), world.state["top_ups"]
    world.keep_real("measured_income", measured(income))
    without = measured(income - top_ups * 0.01 / world.people.members)
    world.keep_real("assessed_income", np.where(top_ups == 0, world.real["measured_income"], without))
