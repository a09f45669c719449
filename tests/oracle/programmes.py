"""Programmes: who claims, who is served first, who leaves, and what it costs, to the fen.

reached     unless a lasting draw falls below exclusion · exclusion_by
takes up    with probability take_up
score       s + noise_sd · sd(s among claims) · n; with probability `capture` a claim jumps the queue
rank        score as float32, then luck, then the lower id; served while units and money last, then nobody more
leaves      when its years are over, with probability 1 − (1 − dropout)(1 − return_rate), or where the money no longer
            carries all who hold: then those who came last leave first, but nobody who costs nothing
paid        on entry what the claim was granted for: by the state before it has moved or has its house
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from incomes import labour_days
from luck import HOUSEHOLD, PERSON, uniform
from people import PLANTED, apportion, to_fen
from places import places_of_years
from rules import Rule
from settings import Settings
from treasury import UNLIMITED
from verbs import Places, make_verb

if TYPE_CHECKING:
    from years import World

Array = np.ndarray
TALLIES = ["eligible_persons", "applied_persons", "entered_units", "entered_persons", "entered_poor_persons",
           "holding_persons", "left_register_persons", "to_household", "to_supplier", "administration"]  # fmt: skip


@dataclass
class Claims:
    """One a household: its unit's row, what it asks for, and its rank, all in the order of households."""

    unit: Array
    household: Array
    entity: Array
    score: Array  # float32
    luck: Array
    units: Array = field(default_factory=lambda: np.zeros(0, np.int64))
    fen: Array = field(default_factory=lambda: np.zeros(0, np.int64))

    def ranked(self, which: Array) -> Array:
        """The claims of `which`, best first."""
        keys = (self.entity[which], -self.luck[which].astype(np.int64), -self.score[which])
        return which[np.lexsort(keys)]


class Programme:
    def __init__(self, file: Settings, world: World) -> None:
        self.file, self.world, self.name = file, world, file.path.stem
        self.luck_name = f"programme.{file.get('luck', self.name)}"
        self.of_person = file.get("unit") == "person"
        self.kind = PERSON if self.of_person else HOUSEHOLD
        self.verbs = [make_verb(file, name, self.luck_name, world) for name in file.get("effect")]
        self.rules = {key: Rule(file.get(key, "1"), world.functions)
                      for key in ("eligible", "score.expression", "score.exclusion_by")}  # fmt: skip
        self.admin = file.number("cost.admin_share")
        self.key = file.get("capacity.key", "registered_persons")
        self.places = Places.none()
        self.tally: dict[str, Array] = {}

    def cost(self, key: str) -> int:
        """`once` or `per_year`, in fen for each place."""
        index = self.world.scenario.index(self.file.get("cost.index"), self.world.year)
        return int(to_fen(self.file.number(f"cost.{key}") * index))

    def units(self, households: Array) -> Array:
        """Places that a claim takes: all its persons, or one for each household that the row stands for."""
        people = self.world.people
        by_person = self.file.get("capacity.unit") == "persons" and not self.of_person
        return people.persons[households] if by_person else people.weight[households]

    def payments(self, to: Places, year: int) -> Array:
        return sum((verb.payment(to, year) for verb in self.verbs), np.zeros(len(to), np.int64))

    def post(self, to: Places, year: int) -> None:
        """What each verb pays, to its stream: by the state in which the payment is worked out."""
        for verb in self.verbs:
            paid = verb.payment(to, year)
            if paid.any():
                stream = self.file.get(f"{verb.key}.stream")
                kept = self.world.paid_streams.setdefault(stream, np.zeros(self.world.people.rows, np.int64))
                np.add.at(kept, to.household, paid)

    def count(self, name: str, households: Array, amounts: Array) -> None:
        np.add.at(self.tally[name], self.world.people.county[households], amounts)

    # those who hold a place

    def serve_holders(self, year: int) -> None:
        held = self.places
        if len(held) == 0:
            return
        leaving = self.file.number("duration.dropout")
        for verb in self.verbs:
            leaving = 1 - (1 - leaving) * (1 - verb.leaving)
        u = self.world.luck.uniform(f"{self.luck_name}.dropout", year, self.kind, held.entity)
        stays = (year - held.entered < self.file.get("duration.years")) & (u >= leaving)
        self.end(held.take(~stays))
        held = held.take(stays)
        paid = self.payments(held, year)
        carried = self.carried(held, paid)
        self.end(held.take(~carried))
        self.places, paid = held.take(carried), paid[carried]
        self.post(self.places, year)
        self.deliver(self.places, paid, year, entering=False)

    def end(self, places: Places) -> None:
        for verb in self.verbs:
            verb.leave(places)

    def carried(self, held: Places, paid: Array) -> Array:
        """Whom the money carries, a fen kept back for each rounding: the longest-standing first, then the lower id."""
        cost = paid * self.world.people.weight[held.household] + self.units(held.household) * self.cost("per_year")
        cost = np.where(cost > 0, cost + (self.admin * cost.astype(float)).astype(np.int64) + 1, 0)
        order = np.lexsort((held.entity, held.entered))
        stays = np.zeros(len(held), bool)
        stays[order[np.cumsum(cost[order]) <= self.world.treasury.available(self.file)]] = True
        return stays | (cost == 0)

    # those who ask for one

    def admit(self, year: int) -> None:
        first, last = self.file.get("window")
        if not first <= year <= last:
            return
        places = self.pools(year)
        money = self.world.treasury.available(self.file)
        if not any(places) or money <= 0:
            return
        claims = self.claims(year)
        granted = np.sort(self.allocate(claims, places, money))
        people, rows = self.world.people, claims.household[granted]
        person = claims.unit[granted] if self.of_person else people.house["person_begin"][rows]
        new = Places.entering(rows, person.astype(np.int64), claims.entity[granted], year)
        paid = self.payments(new, year)
        self.post(new, year)
        for verb in self.verbs:
            verb.choose(new, year)
        for verb in self.verbs:
            verb.enter(new)
        # this year's income is not known yet: poor in the year before
        line_before = self.world.region.line("statistical", year - 1)
        was_poor = self.world.state["true_income"][rows].astype(float) < line_before
        self.count("entered_units", rows, claims.units[granted])
        self.count("entered_persons", rows, people.persons[rows])
        self.count("entered_poor_persons", rows[was_poor], people.persons[rows[was_poor]])
        self.deliver(new, paid, year, entering=True)
        self.places = self.places.joined(new)

    def offered(self, year: int) -> Array:
        """Places of a year: the whole region's, then each county's own; NaN where everyone may enter, and for counties
        that share in one queue."""
        counties = len(self.world.people.county_id)
        first, last = self.file.get("window")
        opened = first <= year <= last and year > self.world.region.base_year
        if opened and self.file.get("capacity.all", False):
            return np.full(counties + 1, np.nan)
        by_county = self.file.get("capacity.by", "prefecture") == "county"
        pools = self.pools(year) if opened else [0] * (counties if by_county else 1)
        return np.array([sum(pools), *(pools if by_county else [np.nan] * counties)], float)

    def pools(self, year: int) -> list[int]:
        """Places of the year, by county where counties have pools of their own."""
        people, by_county = self.world.people, self.file.get("capacity.by", "prefecture") == "county"
        if self.file.get("capacity.all", False):
            return [UNLIMITED] * (len(people.county_id) if by_county else 1)
        first, _ = self.file.get("window")
        years = range(max(first, self.world.region.base_year + 1), year + 1)
        capacity = [self.file.series("capacity.by_year").at(y) for y in years]
        return places_of_years(capacity, people, self.key if by_county else None)[-1]

    def claims(self, year: int) -> Claims:
        world, people, watch = self.world, self.world.people, self.world.watch
        scope, entities = world.scope(self.of_person), (people.person if self.of_person else people.house)["id"]
        of = people.person["household"].astype(np.int64) if self.of_person else np.arange(people.rows)
        persons = (people.weight if self.of_person else people.persons)[of]
        rows = np.arange(len(of))
        rows = rows[self.rules["eligible"].values(scope, rows) != 0]
        self.count("eligible_persons", of[rows], persons[rows])

        holds = np.zeros(people.rows, bool)
        holds[self.places.household] = True
        needed = sum(verb.number("days") for verb in self.verbs if verb.needs_days)
        may = ~holds[of[rows]] & (world.state["free_days"][of[rows]] >= needed)
        if any(verb.moves for verb in self.verbs):  # nobody is moved twice at a time
            may &= world.state["moved"][of[rows]] == 0
        if any(verb.tops_up for verb in self.verbs):  # nor topped up by two, the old safety net being one
            may &= (world.state["holds_top_up"] | world.state["on_safety_net_list"])[of[rows]] == 0
        rows = rows[may]
        never = self.file.number("score.exclusion") * self.rules["score.exclusion_by"].values(scope, rows)
        u = world.luck.uniform(f"{self.luck_name}.exclusion", 0, self.kind, entities[rows])
        watch.near(u, never, of[rows])
        rows = rows[u >= never]
        draws = world.luck.draws(f"{self.luck_name}.targeting", year, self.kind, entities[rows])
        wants = uniform(draws[:, 0]) < self.file.number("take_up.probability", 1.0)
        rows, draws = rows[wants], draws[wants]
        self.count("applied_persons", of[rows], persons[rows])

        s = self.rules["score.expression"].values(scope, rows)
        noise = self.file.number("score.noise_sd") * self.spread(s)
        score = s + noise * world.functions.quantile(uniform(draws[:, 1]))
        most = float(np.finfo(np.float32).max)
        jumps = uniform(draws[:, 2]) < self.file.number("score.capture")
        score = np.clip(np.where(jumps, most, score), -most, most).astype(np.float32)
        claims = Claims(rows, of[rows], entities[rows].astype(np.int64), score, draws[:, 3])
        if self.of_person:  # a household claims once, by its best member
            best = claims.ranked(np.arange(len(rows)))
            _, first = np.unique(claims.household[best], return_index=True)
            keep = best[first]
            claims = Claims(*(getattr(claims, name)[keep] for name in ("unit", "household", "entity", "score", "luck")))
        watch.claims(self.name, claims.household)

        # what a claim costs in its first year, administration and rounding included
        at = claims.household
        asking = Places.entering(at, claims.unit, claims.entity, year)
        claims.units = self.units(at)
        spent = self.payments(asking, year) * people.weight[at] + claims.units * (
            self.cost("once") + self.cost("per_year")
        )
        claims.fen = spent + np.ceil(self.admin * spent.astype(float)).astype(np.int64)
        return claims

    @staticmethod
    def spread(s: Array) -> float:
        """Standard deviation of the scores in whole 65536ths: the sum does not depend on the order."""
        if len(s) < 2:
            return 0.0
        fixed = np.floor(np.clip(s, -1e9, 1e9) * 65536 + 0.5).astype(np.int64).tolist()
        mean = float(sum(fixed)) / len(fixed)
        return math.sqrt(max(0.0, float(sum(x * x for x in fixed)) / len(fixed) - mean * mean)) / 65536

    def allocate(self, claims: Claims, places: list[int], money: int) -> Array:
        """In each pool the longest run of the ranking that fits; nobody overtakes the first that does not."""
        everyone, county = np.arange(len(claims.unit)), self.world.people.county[claims.household]
        pools = [(everyone, places[0], money)]
        if self.file.get("capacity.by", "prefecture") == "county":
            keys = self.world.people.keys[self.key]
            parts = [money] * len(keys) if money >= UNLIMITED else apportion(money, keys)
            pools = [(everyone[county == c], *pool) for c, pool in enumerate(zip(places, parts, strict=True))]
        granted = []
        for which, units, fen in pools:
            ranked = claims.ranked(which)
            fits = (np.cumsum(claims.units[ranked]) <= units) & (np.cumsum(claims.fen[ranked]) <= fen)
            granted.append(ranked[fits])  # sums only grow, so the first that does not fit ends the run
        return np.concatenate(granted)

    # both

    def deliver(self, to: Places, paid: Array, year: int, entering: bool) -> None:
        """Days are taken, as many as are free; the effects of the year; what is paid, booked county by county."""
        h, people = self.world.state, self.world.people
        for verb in self.verbs:
            days = verb.days(to)
            if days is not None:
                taken = np.minimum(days, h["free_days"][to.household]).astype(np.uint16)
                h["free_days"][to.household] -= taken
                h["days_taken"][to.household] += taken
            verb.hold(to, year)
        h["payments"][to.household] += paid.astype(np.int32)
        per_unit = self.cost("per_year") + (self.cost("once") if entering else 0)
        household, supplier = (np.zeros(len(people.county_id), np.int64) for _ in range(2))
        np.add.at(household, people.county[to.household], paid * people.weight[to.household])
        np.add.at(supplier, people.county[to.household], self.units(to.household) * per_unit)
        for county, (a, b) in enumerate(zip(household.tolist(), supplier.tolist(), strict=True)):
            administration = int(self.admin * float(a + b))
            self.world.treasury.spend(self.file, county, (a, b, administration))
            for name, fen in zip(TALLIES[-3:], (a, b, administration), strict=True):
                self.tally[name][county] += fen

    def count_holders(self, year: int) -> None:
        h, rows = self.world.state, self.places.household
        left = rows[(h["registered"][rows] == 0) & (h["exit_year"][rows] == year)]
        self.count("holding_persons", rows, self.world.people.persons[rows])
        self.count("left_register_persons", left, self.world.people.persons[left])


def serve(world: World, programmes: list[Programme], year: int) -> None:
    """The programmes' part of a year: first all who hold, then who enters, each in the order of the scenario's list."""
    h, people = world.state, world.people
    for column in ("payments", "top_ups", "programme_earnings", "days_taken", *PLANTED):
        h[column] = np.zeros_like(h[column])
    world.paid_streams = {}
    h["free_days"] = labour_days(people, world.scenario).astype(np.uint16)
    for programme in programmes:
        programme.tally = {name: np.zeros(len(people.county_id), np.int64) for name in TALLIES}
    if year > world.region.base_year:
        for programme in programmes:
            programme.serve_holders(year)
        for programme in programmes:
            programme.admit(year)
