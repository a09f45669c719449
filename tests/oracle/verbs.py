"""The five verbs: what a programme does for those who hold a place, in arrays over them.

slot              payment = wage; takes days of work, and asks for them to be free on entry
stream_add        payment = amount · per, or adequacy · max(0, top_up_to_t − ŷ°_t−1) · members; ŷ° leaves out top-ups
asset_grant       a plot earns A · (price · yield · ramp(k) · exp(price shock + yield shock) − cost(k)) − rent · rented;
                  it stands on own arable land free of other plots, then on rented or cleared land; or a safe house
move              a safe house, wages × (1 + gain), business × (1 − loss); undone on return
transition_shift  who has a lasting u in [p₀, p₁) earns wage_gain · 2^(−k / half_life), below p₀ raise;
                  logit p₁ = logit p₀ + shift
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np
from luck import HOUSEHOLD, PERSON, PREFECTURE
from people import to_fen
from rules import Rule
from settings import Settings

if TYPE_CHECKING:
    from years import World

Array = np.ndarray
FAILED = 128  # added to the crop: the plot never yields


@dataclass
class Places:
    """Places held in a programme, in the order of households: who, since when, and what the verb keeps."""

    household: Array  # row
    person: Array  # row; of the first member where the unit is the household
    entity: Array  # id of the unit: address of its luck
    entered: Array  # year
    detail: Array  # crop of a plot
    own_land: Array  # of a plot, in hundredths of a mu

    @classmethod
    def none(cls) -> Places:
        return cls(*(np.zeros(0, np.int64) for _ in fields(cls)))

    @classmethod
    def entering(cls, household: Array, person: Array, entity: Array, year: int) -> Places:
        nothing = np.zeros(len(household), np.int64)
        return cls(household, person, entity, np.full(len(household), year), nothing, nothing)

    def __len__(self) -> int:
        return len(self.household)

    def take(self, which: Array) -> Places:
        return Places(*(getattr(self, f.name)[which] for f in fields(self)))

    def joined(self, other: Places) -> Places:
        both = Places(*(np.concatenate([getattr(self, f.name), getattr(other, f.name)]) for f in fields(self)))
        return both.take(np.argsort(both.household, kind="stable"))


class Verb:
    """`key` is the effect's place in the file, "effect.post"; `luck_name` the address of its luck."""

    needs_days = moves = tops_up = False
    leaving = 0.0  # probability to leave in a year, beside the programme's drop-out

    def __init__(self, file: Settings, key: str, luck_name: str, world: World) -> None:
        self.file, self.key, self.luck_name, self.world = file, key, luck_name, world
        self.kind = PERSON if file.get("unit") == "person" else HOUSEHOLD

    def number(self, name: str, default: float = 0.0) -> float:
        return self.file.number(f"{self.key}.{name}", default)

    def index(self) -> float:
        return self.world.scenario.index(self.file.get(f"{self.key}.index"), self.world.year)

    def process(self, part: str) -> str:
        return f"{self.luck_name}.{self.key}.{part}" if part else f"{self.luck_name}.{self.key}"

    def payment(self, to: Places, year: int) -> Array:
        """Fen to the household in the year."""
        return np.zeros(len(to), np.int64)

    def days(self, to: Places) -> Array | None:
        return None

    def choose(self, to: Places, year: int) -> None: ...
    def enter(self, to: Places) -> None: ...
    def hold(self, to: Places, year: int) -> None: ...
    def leave(self, to: Places) -> None: ...

    def earn(self, to: Places, yuan: Array) -> None:
        """Adds to what the household earns from programmes: summed in double, kept as it is stored."""
        stored = self.world.state["programme_earnings"]
        stored[to.household] = (stored[to.household].astype(float) + yuan).astype(np.float32)


class Slot(Verb):
    needs_days = True

    def payment(self, to: Places, year: int) -> Array:
        return np.full(len(to), to_fen(self.number("wage") * self.index()))

    def days(self, to: Places) -> Array:
        return np.full(len(to), self.number("days"))


class StreamAdd(Verb):
    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.tops_up = self.file.has(f"{self.key}.top_up_to")

    def payment(self, to: Places, year: int) -> Array:
        world, rows = self.world, to.household
        if self.tops_up:
            line = self.file.series(f"{self.key}.top_up_to").at(year)
            gap = np.maximum(0.0, line - world.state["assessed_income"][rows].astype(float))
            yuan = self.number("adequacy", 1.0) * gap * world.people.members[rows]
        else:
            rule = Rule(self.file.get(f"{self.key}.per", "1"), world.functions)
            units = to.person if self.kind == PERSON else rows
            yuan = (
                self.number("amount")
                * self.index()
                * np.maximum(0.0, rule.values(world.scope(self.kind == PERSON), units))
            )
        world.watch.near_half_fen(yuan, rows)
        return to_fen(yuan)

    def enter(self, to: Places) -> None:
        self.note_place(to, 1)

    def leave(self, to: Places) -> None:
        self.note_place(to, 0)

    def note_place(self, to: Places, held: int) -> None:
        if self.tops_up:
            self.world.state["holds_top_up"][to.household] = held

    def hold(self, to: Places, year: int) -> None:
        if self.tops_up:
            self.world.state["top_ups"][to.household] += self.payment(to, year).astype(np.int32)


class House(Verb):
    def enter(self, to: Places) -> None:
        self.world.state["housing_safe"][to.household] = 1


class Plot(Verb):
    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.land = self.file.get(f"{self.key}.land")

    def choose(self, to: Places, year: int) -> None:
        """Crop, by Gumbel-max over the county's shares with a shock for each crop by name; failure; land."""
        world, people = self.world, self.world.people
        log, region = world.functions.log, world.region
        best, highest = np.zeros(len(to), np.int64), np.full(len(to), -np.inf)
        for crop, name in enumerate(region.crops):
            shares = np.array([region.crop_shares.get((county, name), 0.0) for county in region.counties])
            grown = shares > 0
            logs = np.where(grown, log(np.where(grown, shares, 1.0)), -np.inf)[people.county[to.household]]
            u = world.luck.uniform(self.process(f"crop.{name}"), year, HOUSEHOLD, people.house["id"][to.household])
            value = logs + -log(-log(u))
            world.watch.near(value, highest, to.household)
            best, highest = np.where(value > highest, crop, best), np.maximum(value, highest)
        failed = world.luck.uniform(self.process("failure"), 0, self.kind, to.entity) < self.number("failure")
        to.detail = np.where(failed, FAILED + best, best)
        arable = (100.0 * people.house["arable_mu"][to.household].astype(float)).astype(np.int64)
        to.own_land = np.minimum(
            self.granted(to), arable - np.minimum(arable, world.state["planted_own"][to.household])
        )

    def granted(self, to: Places) -> Array:
        """Hundredths of a mu that the programme grants."""
        mu = self.number("area_per_member") * self.world.people.members[to.household].astype(float)
        return np.floor(100.0 * mu + 0.5).astype(np.int64)

    def area(self, to: Places) -> Array:
        return to.own_land if self.land == "own" else self.granted(to)

    def card(self, to: Places, quantity: str) -> Array:
        values = [crop[quantity] for crop in self.world.region.crops.values()]
        return np.array(values)[to.detail % FAILED]

    def given_up(self, to: Places, year: int) -> Array:
        return (to.detail >= FAILED) & (year > to.entered)

    def days(self, to: Places) -> Array:
        k = self.world.year - to.entered
        grown = self.by_age(to, self.ramp(to, self.world.year), "labour_days_young", "labour_days_bearing")
        by_age = np.where(k == 0, self.card(to, "labour_days_planting"), grown)
        return np.where(self.given_up(to, self.world.year), 0.0, self.area(to) / 100.0 * by_age)

    def ramp(self, to: Places, year: int) -> Array:
        """Harvest of the year over the full one."""
        k = (year - to.entered).astype(float)
        first, full = self.card(to, "years_to_first_harvest"), self.card(to, "years_to_full_harvest")
        share = self.card(to, "first_harvest_share")
        with np.errstate(divide="ignore", invalid="ignore"):
            rising = share + (1 - share) * (k - first) / (full - first)
        return np.where(k < first, 0.0, np.where(k >= full, 1.0, rising))

    def by_age(self, to: Places, ramp: Array, young: str, bearing: str) -> Array:
        return self.card(to, young) + (self.card(to, bearing) - self.card(to, young)) * ramp

    def hold(self, to: Places, year: int) -> None:
        world = self.world
        to = to.take(~self.given_up(to, year))
        area = self.area(to)
        world.state["planted_own"][to.household] += to.own_land.astype(np.uint32)
        if self.land != "own":
            world.state[f"planted_{self.land}"][to.household] += (area - to.own_land).astype(np.uint32)

        failed = to.detail >= FAILED
        young = failed | (year - to.entered < self.card(to, "years_to_first_harvest"))
        ramp = np.where(failed, 0.0, self.ramp(to, year))
        price = np.array([
            card["price_sd"] * float(world.luck.normal(f"crop.{name}.price", year, PREFECTURE, 0)[0])
            - card["price_sd"] * card["price_sd"] / 2
            for name, card in world.region.crops.items()
        ])  # fmt: skip
        yield_sd = self.card(to, "yield_sd")
        own = yield_sd * world.luck.normal(self.process("yield"), year, self.kind, to.entity) - yield_sd * yield_sd / 2
        shock = world.functions.exp(price[to.detail % FAILED] + own) if len(to) else np.zeros(0)
        gross = np.where(ramp > 0, self.card(to, "price") * self.card(to, "yield") * ramp * shock, 0.0)
        until = 0.0 if self.file.get(f"{self.key}.pays_costs_until_harvest") else self.card(to, "cash_cost_young")
        cost = np.where(young, until, self.by_age(to, ramp, "cash_cost_young", "cash_cost"))
        rent = self.number("rent") * ((area - to.own_land) / 100.0)
        self.earn(to, self.index() * (area / 100.0 * (gross - cost) - rent))


class Move(Verb):
    moves = True

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.leaving = self.number("return_rate")

    def enter(self, to: Places) -> None:
        self.settle(to, 1, 1 + self.number("wage_gain"), 1 - self.number("business_loss"))

    def leave(self, to: Places) -> None:
        """The old house was pulled down when the household moved."""
        self.settle(to, 0, 1.0, 1.0)

    def settle(self, to: Places, moved: int, wage: float, business: float) -> None:
        h, rows = self.world.state, to.household
        h["moved"][rows] = h["housing_safe"][rows] = moved
        h["wage_factor"][rows], h["business_factor"][rows] = np.float32(wage), np.float32(business)


class TransitionShift(Verb):
    def hold(self, to: Places, year: int) -> None:
        exp, log = self.world.functions.exp, self.world.functions.log
        p0 = self.number("base")
        odds = p0 / (1 - p0) * float(exp(self.number("shift")))
        p1 = odds / (1 + odds)
        u = self.world.luck.uniform(self.process(""), 0, self.kind, to.entity)
        self.world.watch.near(u, p1, to.household)
        finds, to = u[u < p1] >= p0, to.take(u < p1)
        fade = exp(-float(log(2.0)) * (year - to.entered) / self.number("half_life"))
        gain = np.where(finds, self.number("wage_gain"), self.number("raise")) * self.index()
        self.earn(to, gain * fade)


def make_verb(file: Settings, name: str, luck_name: str, world: World) -> Verb:
    key = f"effect.{name}"
    verbs: dict[str, type[Verb]] = {"slot": Slot, "stream_add": StreamAdd, "move": Move,
                                    "transition_shift": TransitionShift}  # fmt: skip
    verb = file.get(f"{key}.verb")
    if verb == "asset_grant":
        return (House if file.get(f"{key}.asset") == "house" else Plot)(file, key, luck_name, world)
    return verbs[verb](file, key, luck_name, world)
