"""The lean year a second time: plain NumPy, written from the model's equations, household by household.

    y_ht = g_t C_pct Σ_s a_hs F_hs exp(f_h + z_ht + e_hst − v/2) + (earnings_ht + payments_ht) / members_h

It reads the population from a panel file, the scenario from its TOML files and the lines and crops from their tables,
takes central values (one draw), and covers what the hamlet uses: it stops at anything else rather than guess.
"""

from __future__ import annotations

import csv
import math
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
from fixed_numbers import COUNTY, HOUSEHOLD, POPULATION, PREFECTURE, VILLAGE, Luck, exp, log, normal
from programmes import Programme, Treasury, enter_and_hold, number

STREAMS = ["share_wage", "share_business", "share_property", "share_transfer"]
GUARANTEES = {"housing_safe": "housing", "water_safe": "water", "schooling_met": "schooling", "medical_met": "medical"}
LINE_MULTIPLES = [1.0, 1.25, 1.5, 2.0]


def total(terms: np.ndarray) -> float:
    """Sum in the order of rows: the last bit of a sum of doubles depends on it."""
    return float(np.cumsum(terms)[-1])


def to_fen(yuan: np.ndarray) -> np.ndarray:
    """Payments are rounded once, halves upwards; income reads the rounded amount."""
    return np.floor(100.0 * yuan + 0.5).astype(np.int64)


def read_toml(path: Path) -> dict[str, Any]:
    """A file with what it extends; sections are merged key by key."""
    own = tomllib.loads(path.read_text())
    base = read_toml(path.parent / own.pop("extends")) if "extends" in own else {}
    for key, value in own.items():
        section = isinstance(value, dict) and isinstance(base.get(key), dict) and "value" not in value
        base[key] = {**base[key], **value} if section else value
    return base


class Region:
    """Lines (levels: they hold until the next entry), crops, margins, places."""

    def __init__(self, path: Path) -> None:
        self.settings = read_toml(path)
        self.base_year, self.last_year = self.settings["base_year"], self.settings["last_year"]
        rows = {
            name: list(csv.DictReader((path.parent / file).read_text().splitlines()))
            for name, file in self.settings["files"].items()
        }
        self.lines: dict[str, dict[int, float]] = {}
        for row in rows["lines"]:
            self.lines.setdefault(row["name"], {})[int(row["year"])] = float(row["value"])
        self.crops: dict[str, dict[str, float]] = {}
        for row in rows["crops"]:
            self.crops.setdefault(row["crop"], {})[row["quantity"]] = float(row["value"])
        self.counties = [row["id"] for row in rows["counties"] if row["parent"]]
        self.crop_shares = {(row["county"], row["crop"]): float(row["share"]) for row in rows["crop_shares"]}
        self.margins = {row["name"]: float(row["value"]) for row in rows["margins"]}

    def line(self, name: str, year: int) -> float:
        return self.lines[name][max(y for y in self.lines[name] if y <= year)]


class Spread:
    """Standard deviations of the parts of log income: shares of σ², the white one split into noise and error."""

    def __init__(self, income: dict[str, Any], sigma: float, concentration: float) -> None:
        permanent, persistent = number(income, "permanent_share"), number(income, "persistent_share")
        white, measured = max(0.0, 1 - permanent - persistent), number(income, "measurement_share")
        variance = sigma * sigma
        self.f, self.z = math.sqrt(permanent * variance), math.sqrt(persistent * variance)
        # by stream, so that Σ a_s e_s has the white variance
        self.e = math.sqrt(white * (1 - measured) * variance / concentration)
        self.error = math.sqrt(white * measured * variance)
        self.half_v = (self.f * self.f + self.z * self.z + self.e * self.e) / 2  # keeps the mean at one


class HamletYears:
    """One scenario under one seed, from the base year on. `state` holds the columns of the panel."""

    def __init__(self, path: Path, panel: dict[str, dict[str, np.ndarray]], seed: int, sigma: float) -> None:
        self.scenario = read_toml(path)
        self.region = Region(path.parent / self.scenario["region"])
        self.person, self.house, self.village = panel["persons"], panel["households"], panel["villages"]
        self.county_id = panel["counties"]["id"]
        self.luck = Luck(seed)
        self.ids = self.house["id"]
        self.members = self.house["members"].astype(np.int64)
        self.county = self.village["county"][self.house["village"]]
        assert (self.house["weight"] == 1).all(), "the oracle knows no weights"
        assert self.scenario["income"].get("streams", True) and "nominal" in self.scenario["growth"]

        self.calibrate(sigma)
        folder = path.parent / "programmes"
        self.programmes = [Programme(name, read_toml(folder / f"{name}.toml")) for name in self.scenario["programmes"]]
        self.treasury = Treasury(self.scenario.get("funds", {}), len(self.county_id))
        rows = len(self.ids)
        self.state: dict[str, np.ndarray] = {
            **{g: self.house[g].copy() for g in GUARANTEES},
            **{c: np.zeros(rows, np.uint8) for c in ["registered", "ever_registered", "moved"]},
            **{c: np.zeros(rows, np.uint16) for c in ["exit_year", "days_taken", "free_days"]},
            **{c: np.ones(rows, np.float32) for c in ["wage_factor", "business_factor"]},
            **{c: np.zeros(rows, np.float32) for c in ["persistent_income", "true_income", "measured_income"]},
            "programme_earnings": np.zeros(rows, np.float32),
            "payments": np.zeros(rows, np.int32),
        }

    def shocks(self, of_village: np.ndarray, of_county: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """log of the village's and the county's shock: sd n − sd²/2, mean one."""
        sd_v, sd_c = number(self.scenario["shocks"], "village_sd"), number(self.scenario["shocks"], "county_sd")
        return sd_v * of_village - sd_v * sd_v / 2, sd_c * of_county - sd_c * sd_c / 2

    def calibrate(self, sigma: float) -> None:
        """The level of income at which the base year has the margin's mean income, and the poverty rate at this σ.

        Luck of its own, the population's, so that every seed of a run has the same σ. The program searches the σ that
        gives the margin's poverty rate; on few households that is an interval, and the test asks only for being there.
        """
        luck = Luck(self.region.settings["synthesis_seed"])
        year, net = self.region.base_year, self.scenario["safety_net"]
        line, allowance = self.region.line("statistical", year), self.region.line("allowance", year)
        draws = luck.draws("calibration.income", year, POPULATION, self.ids)
        z, *white = normal(draws[:, :5]).T
        of_village = luck.normal("calibration.village", year, POPULATION, self.village["id"])[self.house["village"]]
        of_county = luck.normal("calibration.county", year, POPULATION, self.county_id)[self.county]
        village, county = self.shocks(of_village, of_county)
        listed = luck.uniform("calibration.safety_net", year, POPULATION, self.ids) < number(net, "coverage")
        error = luck.normal("calibration.safety_net", year, POPULATION, self.ids, 1)
        assessed = np.where(listed, exp(number(net, "assessment_sd") * error), 1.0)
        shares = [self.house[s].astype(float) for s in STREAMS]
        people = float(self.members.sum())
        concentration = total(self.members * sum(share**2 for share in shares)) / people
        mean_income = self.region.margins["mean_income"]

        def poverty_at(sigma: float) -> float:
            self.spread = sd = Spread(self.scenario["income"], sigma, concentration)
            base = exp(sd.f * self.house["permanent_score"].astype(float) + sd.z * z + (village + county) - sd.half_v)
            shape = base * sum(share * exp(sd.e * n) for share, n in zip(shares, white, strict=True))
            mean = total(self.members * shape) / people
            self.level = mean_income / mean
            rate = 0.0
            for _ in range(3):  # the safety net adds a little to the mean: lower the level by as much
                income = self.level * shape
                helped = listed & (income < number(net, "applies_below", 1.0) * line)
                gap = np.maximum(0.0, allowance - income * assessed)
                income = np.where(helped, income + number(net, "adequacy") * gap, income)
                rate = total(np.where(income < line, self.members, 0).astype(float)) / people
                self.level += (mean_income - total(self.members * income) / people) / mean
            return rate

        self.poverty_below, self.poverty_above = poverty_at(sigma * 0.999), poverty_at(sigma * 1.001)
        self.poverty = poverty_at(sigma)  # last: it leaves the spread and the level of σ itself

    def live(self, year: int) -> dict[str, Any]:
        """One year in the order in which it happens; returns the figures of the year."""
        was = {name: column.copy() for name, column in self.state.items()}
        figures: dict[str, Any] = {}
        lines = {name: self.region.line(name, year) for name in ["statistical", "administrative", "allowance"]}
        figures["programmes"] = enter_and_hold(self, year, lines)
        market = self.market_income(year)
        self.safety_net(year, market, lines)
        # true income: market income a head, and what programmes earned and paid, shared by the members
        yuan = self.state["programme_earnings"] + self.state["payments"] * 0.01
        self.state["true_income"] = (market + yuan / self.members).astype(np.float32)
        self.measure(year)
        if year == self.region.base_year:
            self.identify()
        else:
            self.repair(year)
            self.review(year, lines)
        figures |= self.figures(lines["statistical"], was, year)
        return figures

    def market_income(self, year: int) -> np.ndarray:
        """y_ht without programmes' earnings and payments, yuan a head."""
        h, sd, base_year = self.state, self.spread, year == self.region.base_year
        growth = 1.0
        for _ in range(self.region.base_year, year):
            growth *= 1 + number(self.scenario["growth"], "nominal")
        self.mean_path = self.level * growth
        # C = prefecture × county × village; the base year's mean was observed: no shock of the prefecture
        sd_p = number(self.scenario["shocks"], "prefecture_sd")
        n_p = self.luck.normal("prefecture.income", year, PREFECTURE, [0])
        prefecture = 1.0 if base_year else exp(sd_p * n_p - sd_p * sd_p / 2)
        village, county = self.shocks(
            self.luck.normal("village.income", year, VILLAGE, self.village["id"]),
            self.luck.normal("county.income", year, COUNTY, self.county_id),
        )
        common = self.mean_path * prefecture * exp(county)[self.village["county"]] * exp(village)

        n = normal(self.luck.draws("household.income", year, HOUSEHOLD, self.ids)[:, :6])
        self.error = n[:, 5]
        rho = number(self.scenario["income"], "autocorrelation")
        if base_year:
            z = sd.z * n[:, 0]
        else:
            z = rho * h["persistent_income"].astype(float) + sd.z * math.sqrt(1 - rho * rho) * n[:, 0]
        h["persistent_income"] = z.astype(np.float32)
        base = exp(sd.f * self.house["permanent_score"].astype(float) + h["persistent_income"] - sd.half_v)
        base = base * common[self.house["village"]]

        # F: posts and plots take days from other work, of which the share `displacement` is lost
        labour = self.scenario["labour"]
        available = np.maximum(1.0, self.house["able_workers"] * number(labour, "days_per_worker"))
        work = 1 - number(labour, "displacement") * np.minimum(1.0, h["days_taken"] / available)
        market = 0.0
        for s, share in enumerate(STREAMS):
            stream = self.house[share].astype(float) * exp(sd.e * n[:, 1 + s])
            if share == "share_wage":
                stream = stream * h["wage_factor"] * work
            if share == "share_business":
                stream = stream * h["business_factor"] * work
            market = market + stream
        return base * market

    def safety_net(self, year: int, market: np.ndarray, lines: dict[str, float]) -> None:
        """Who applies is assessed with error and topped up by a share of the gap; who is never reached, never is."""
        net = self.scenario["safety_net"]
        applies = market < number(net, "applies_below", 1.0) * lines["statistical"]
        reached = self.luck.uniform("household.safety_net_list", 0, HOUSEHOLD, self.ids) < number(net, "coverage")
        n = self.luck.normal("household.safety_net", year, HOUSEHOLD, self.ids)
        gap = np.maximum(0.0, lines["allowance"] - market * exp(number(net, "assessment_sd") * n))
        fen = np.where(applies & reached, to_fen(number(net, "adequacy") * gap * self.members), 0)
        self.state["payments"] = self.state["payments"] + fen.astype(np.int32)
        self.safety_net_fen = int(fen.sum())

    def measure(self, year: int) -> None:
        """ln ŷ = (1 − λ) ln y + λ ln ȳ + bias + error; incomes below one yuan count as one."""
        m = self.scenario["measurement"]
        reversion = number(m, "mean_reversion")
        centre = reversion * log(np.array([self.mean_path])) + number(m, "bias")
        log_true = log(np.maximum(1.0, self.state["true_income"].astype(float)))
        self.state["measured_income"] = exp(
            (1 - reversion) * log_true + centre + self.spread.error * self.error
        ).astype(np.float32)

    def identify(self) -> None:
        """The register of the base year: by rank on measured income, until the county's quota of persons is full."""
        assert len(self.county_id) == 1 and "persons" not in self.scenario["register"]
        left = int(self.region.margins["registered_poor"])
        for row in np.lexsort((self.ids, self.state["measured_income"])):
            if left > 0 and self.members[row] <= left:
                self.state["registered"][row] = self.state["ever_registered"][row] = 1
                left -= int(self.members[row])

    def repair(self, year: int) -> None:
        """A share of what is unmet is repaired in a year."""
        for index, (column, name) in enumerate(GUARANTEES.items()):
            u = self.luck.uniform("household.guarantees", year, HOUSEHOLD, self.ids, index)
            self.state[column] |= u < number(self.scenario["guarantees"], f"{name}_repair")

    def review(self, year: int, lines: dict[str, float]) -> None:
        """Exit: measured at the line or above, and all guarantees. Entry: measured below it, and detected."""
        h, register = self.state, self.scenario["register"]
        line, measured = lines[register.get("line", "administrative")], h["measured_income"].astype(float)
        guaranteed = np.logical_and.reduce([h[g] == 1 for g in GUARANTEES])
        on_list = h["registered"] == 1
        leaves = on_list & guaranteed & (measured >= line * (1 + number(register, "margin")))
        detected = self.luck.uniform("register.review", year, HOUSEHOLD, self.ids) < number(register, "detection")
        enters = ~on_list & (measured < line) & detected & (not register.get("exit_only", False))
        h["registered"] = ((on_list & ~leaves) | enters).astype(np.uint8)
        h["ever_registered"] |= enters
        h["exit_year"] = np.where(leaves, year, h["exit_year"]).astype(np.uint16)

    def figures(self, line: float, was: dict[str, np.ndarray], year: int) -> dict[str, Any]:
        """What the study says of the year, weighted by persons; poor is strictly below the line."""
        h, persons = self.state, int(self.members.sum())

        def count(who: np.ndarray) -> int:
            return int(self.members[who].sum())

        incomes = [h["true_income"].astype(float), h["measured_income"].astype(float)]
        later = year > self.region.base_year
        return {
            "poverty_rate": [
                [count(income < multiple * line) / persons for income in incomes] for multiple in LINE_MULTIPLES
            ],
            "register_rate": count(h["registered"] == 1) / persons,
            "exits_gross": count(later & (was["registered"] == 1) & (h["registered"] == 0)),
            "entries": count(later & (was["registered"] == 0) & (h["registered"] == 1)),
            "poor": incomes[0] < line,
            "payments": int(h["payments"].astype(np.int64).sum()) / 100,
            "safety_net": self.safety_net_fen / 100,
        }
