"""The figures that a published one can be held against: what each is, its unit, and how it comes out of a world."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tuopin._language import msgid
from tuopin._validate import spells
from tuopin._validate.world import Flags, Numbers, World

SECTIONS = {
    "incomes": msgid("Incomes, their mix and their growth"),
    "households": msgid("Households and labour"),
    "spells": msgid("Exit from poverty and return, waves two years apart"),
    "allowance": msgid("Allowance (dibao)"),
    "migrants": msgid("Migrants"),
    "land": msgid("Arable and sown land"),
    "register": msgid("Register"),
}

Of = Callable[[World, int, int], float]  # world, year, place (0: the region)


@dataclass(frozen=True)
class Figure:
    section: str
    unit: str
    meaning: str  # how it is counted here, a message
    of: Of


def _over(value: float, whole: float) -> float:
    return float(value / whole) if whole > 0 else math.nan


def _study(name: str, **labels: str) -> Of:
    return lambda world, year, place: world.figure(name, year, place, **labels)


def _persons(name: str) -> Of:
    """A number of persons, scaled up to the whole region."""
    return lambda world, year, place: world.figure(name, year, place) / world.sample


def _growth(world: World, year: int, place: int) -> float:
    first = min(world.poor)
    if year <= first:
        return math.nan
    mean = {y: world.figure("mean_income", y, place, income="true") for y in (first, year)}
    return float((mean[year] / mean[first]) ** (1 / (year - first)) - 1)


_WAGES = ("wage", "public_service_wage", "local_wage")
_BUSINESS = ("business", "programme_earnings")


def _share_of_all(kind: str) -> Of:
    def of(world: World, year: int, place: int) -> float:
        whole = world.figure("mean_income", year, place, income="true")
        parts = {"wage": _WAGES, "business": _BUSINESS, "rest": (*_WAGES, *_BUSINESS)}
        found = _over(world.mean_of_streams(year, place, *parts[kind]), whole)
        return 1 - found if kind == "rest" else found

    return of


def _share_of_fifth(kind: str, fifth: int) -> Of:
    def of(world: World, year: int, place: int) -> float:
        state = world.years[year]
        posts = world.mean_of_streams(year, 0, "public_service_wage", "local_wage")
        others = world.mean_of_streams(
            year, 0, "ecological_compensation", "relief", "programme_cash", "dividend", "pension"
        )
        of_wages = posts / (posts + others) if posts + others > 0 else 0.0
        wage, business = state.mix(world.within(place) & (state.fifth == fifth), of_wages)
        return {"wage": wage, "business": business, "rest": 1 - wage - business}[kind]

    return of


def _fifth_ratio(world: World, year: int, place: int) -> float:
    state, here = world.years[year], world.within(place)
    mean = [_over(state.all_income[here & (state.fifth == fifth)].sum(),
                  world.homes.persons[here & (state.fifth == fifth)].sum()) for fifth in (0, 4)]  # fmt: skip
    return _over(mean[1], mean[0])


Chosen = Callable[[World, int], Flags]


def _everybody(world: World, year: int) -> Flags:
    return np.ones(len(world.homes.weight), dtype=bool)


def _registered(world: World, year: int) -> Flags:
    return world.years[year].registered


def _of_fifth(fifth: int) -> Chosen:
    return lambda world, year: np.asarray(world.years[year].fifth == fifth)


def _per(over: Callable[[World, int], Numbers], under: Callable[[World], Numbers], of: Chosen = _everybody) -> Of:
    """A sum over a sum, of some households."""

    def found(world: World, year: int, place: int) -> float:
        which = world.within(place) & of(world, year)
        return _over(over(world, year)[which].sum(), under(world)[which].sum())

    return found


def _size(of: Chosen) -> Of:
    return _per(lambda world, year: world.homes.persons, lambda world: world.homes.weight, of)


def _labour(of: Chosen) -> Of:
    return _per(lambda world, year: world.homes.able, lambda world: world.homes.persons, of)


def _pooled(rate: Callable[[list[Flags], Numbers], float]) -> Of:
    """``year`` is the first wave."""
    return lambda world, year, place: rate(spells.waves(world.poor, year), world.homes.persons * world.within(place))


def _on_allowance(of: Chosen) -> Of:
    return _per(lambda world, year: world.homes.persons * world.years[year].with_allowance,
                lambda world: world.homes.persons, of)  # fmt: skip


def _registered_on_allowance(world: World, year: int, place: int) -> float:
    state = world.years[year]
    which = world.within(place) & state.registered & state.with_allowance
    return float(world.homes.persons[which].sum() / world.sample)


def _wages_per_migrant(world: World, year: int, place: int) -> float:
    whole = world.mean_of_streams(year, place, "wage") * world.homes.persons[world.within(place)].sum()
    return _over(whole, world.homes.away[world.within(place)].sum())


def _fall_back_registered(world: World, year: int, place: int) -> float:
    before = world.years.get(year - 1)
    if before is None:
        return math.nan
    left = world.within(place) & before.ever_registered & ~before.registered
    return _over(world.figure("fall_back_registered", year, place), world.homes.persons[left].sum())


def _entries(world: World, year: int, place: int) -> float:
    if year - 1 not in world.years:
        return math.nan
    return _over(world.figure("entries", year, place), world.figure("register_persons", year - 1, place))


_MIX = msgid("Of a fifth: market income by each household's own mix, without the shocks of single streams, which are "
             "not kept by household, and with what programmes pay. Fifths of persons by true income of the year. Rest: "
             "property and transfers, allowances among them.")  # fmt: skip
_MIX_OF_ALL = msgid("Of all: mean streams of the year, with their shocks; posts count as wages, plots as business.")
_SIZE = msgid("Members on the household register, migrants among them, over households; fifths as above.")
_LABOUR = msgid("Members of 16 to 65 able to work, over members.")
_ON_ALLOWANCE = msgid("Persons in households that draw an allowance, of the old safety net or of a programme.")

FIGURES = {
    "mean_income": Figure("incomes", "yuan/year", msgid("True income a head; that of the base year is put in."),
                          _study("mean_income", income="true")),
    "income_growth": Figure("incomes", "share/year", msgid("Growth of mean true income, a year since the base year."),
                            _growth),
    **{f"{kind}_share": Figure("incomes", "share", _MIX_OF_ALL, _share_of_all(kind))
       for kind in ("wage", "business", "rest")},
    **{f"{kind}_share_{name}_fifth": Figure("incomes", "share", _MIX, _share_of_fifth(kind, fifth))
       for name, fifth in (("lowest", 0), ("highest", 4)) for kind in ("wage", "business", "rest")},
    "fifth_ratio": Figure("incomes", "ratio", msgid("Mean income of the highest fifth over that of the lowest."),
                          _fifth_ratio),
    "household_size": Figure("households", "persons/household", _SIZE, _size(_everybody)),
    "household_size_registered": Figure("households", "persons/household", _SIZE, _size(_registered)),
    "household_size_lowest_fifth": Figure("households", "persons/household", _SIZE, _size(_of_fifth(0))),
    "household_size_highest_fifth": Figure("households", "persons/household", _SIZE, _size(_of_fifth(4))),
    "labour_share": Figure("households", "share", _LABOUR, _labour(_everybody)),
    "labour_share_registered": Figure("households", "share", _LABOUR, _labour(_registered)),
    "exit_after_one_wave": Figure(
        "spells", "share", msgid("Exit after one: of persons not poor at a wave and poor at the next, the share not "
                                 "poor at the one after it."), _pooled(spells.exit_after_one_wave)),
    "exit_after_five_years": Figure(
        "spells", "share", msgid("Exit after five years: of persons poor at three waves in a row, the share not poor "
                                 "at the next; spells that began before the first wave count."),
        _pooled(spells.exit_after_three_waves)),
    "back_after_exit": Figure(
        "spells", "share", msgid("Back: of persons poor at a wave and not at the next, the share poor four years "
                                 "after that."), _pooled(spells.back_after_exit)),
    "allowance_recipients": Figure("allowance", "persons", _ON_ALLOWANCE, _persons("allowance/recipients")),
    "allowance_share": Figure("allowance", "share", _ON_ALLOWANCE, _on_allowance(_everybody)),
    "allowance_share_ever_registered": Figure(
        "allowance", "share", _ON_ALLOWANCE, _on_allowance(lambda world, year: world.years[year].ever_registered)),
    "allowance_registered_persons": Figure("allowance", "persons", _ON_ALLOWANCE, _registered_on_allowance),
    "allowance_mean_payment": Figure("allowance", "yuan/year", msgid("Payment: allowances over all these persons."),
                                     _study("allowance/mean_payment")),
    "allowance_leakage": Figure(
        "allowance", "share", msgid("Leakage: of the money, the share that reaches persons whose true income without "
                                    "it is not below the statistical line."), _study("allowance/leakage")),
    "migrant_persons": Figure("migrants", "persons", msgid("Register members who work away."),
                              lambda world, year, place: float(world.homes.away[world.within(place)].sum()
                                                               / world.sample)),
    "migrant_share": Figure("migrants", "share", msgid("Register members who work away."),
                            _per(lambda world, year: world.homes.away, lambda world: world.homes.persons)),
    "wages_per_migrant": Figure(
        "migrants", "yuan/year", msgid("Wages: all wage income over all migrants, the most that one can bring."),
        _wages_per_migrant),
    "arable_per_person": Figure("land", "mu/person", msgid("Arable: contracted land over register members."),
                                _per(lambda world, year: world.homes.arable, lambda world: world.homes.persons)),
    "sown_per_person": Figure(
        "land", "mu/person", msgid("Sown: arable land and what programmes cleared, sown once. A second crop of the "
                                   "year is not modelled: the published figure over this one is the cropping index "
                                   "that would reconcile them."),
        _per(lambda world, year: world.homes.arable + world.years[year].cleared, lambda world: world.homes.persons)),
    "register_rate": Figure("register", "share", msgid("Rate: persons on the register over all register members."),
                            _study("register_rate")),
    "register_exits": Figure("register", "persons", msgid("Exits: persons who leave the register in the year."),
                             _persons("exits_gross")),
    "register_entries": Figure(
        "register", "share", msgid("Entries: persons who enter in the year, over the register of the year before."),
        _entries),
    "register_fall_back": Figure(
        "register", "share", msgid("Listed again: of persons who had left the register by the year before, those who "
                                   "enter again in the year."), _fall_back_registered),
}  # fmt: skip

#: What the closed form of growth alone takes beside mean_income and register_rate of the region itself.
TWIN_INPUTS = {"statistical_line": "yuan/year", "national_mean_income": "yuan/year", "national_poverty_rate": "share"}
