"""Programmes a second time: who claims, who is served first, what it does and what it costs, to the fen.

reached     unless a lasting draw falls below exclusion · exclusion_by
takes up    with probability take_up
score       s + noise_sd · sd(s among claims) · n; with probability `capture` a claim jumps the queue
rank        score as float32, then luck, then the lower id; served while units and money last, then nobody more
"""

from __future__ import annotations

import ast
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from fixed_numbers import HOUSEHOLD, PERSON, PREFECTURE, exp, log, normal, uniform

WORK_ABILITY = {"none": 0, "partial": 1, "full": 2}


def number(table: dict[str, Any], key: str, default: float = 0.0) -> float:
    value = table.get(key, default)
    return float(value["value"] if isinstance(value, dict) else value)


def to_fen(yuan: float) -> int:
    return math.floor(100.0 * yuan + 0.5)


def rule(text: str, names: dict[str, Any], prefixed: dict[str, dict[str, Any]]) -> np.ndarray:
    """Value of a rule for all rows at once. The language is a part of Python's, so Python's parser reads it."""
    compare = {ast.Lt: np.less, ast.LtE: np.less_equal, ast.Gt: np.greater, ast.GtE: np.greater_equal,
               ast.Eq: np.equal, ast.NotEq: np.not_equal}  # fmt: skip
    arithmetic = {ast.Add: np.add, ast.Sub: np.subtract, ast.Mult: np.multiply, ast.Div: np.divide}

    def value(node: ast.expr) -> Any:
        match node:
            case ast.Constant():
                return node.value
            case ast.Name():
                return names[node.id]
            case ast.Attribute(value=ast.Name(id=prefix), attr=column):
                return prefixed[prefix][column]
            case ast.UnaryOp(op=ast.Not()):
                return np.equal(value(node.operand), 0)
            case ast.UnaryOp(op=ast.USub()):
                return -value(node.operand)
            case ast.BoolOp(op=ast.And()):
                return np.logical_and.reduce([value(v) for v in node.values])
            case ast.BoolOp(op=ast.Or()):
                return np.logical_or.reduce([value(v) for v in node.values])
            case ast.Compare(ops=[op]):
                return compare[type(op)](value(node.left), value(node.comparators[0]))
            case ast.BinOp():
                return arithmetic[type(node.op)](value(node.left), value(node.right))
            case ast.Call(func=ast.Name(id="log"), args=[a]):
                return log(np.maximum(value(a), 1e-6))
        raise NotImplementedError(ast.dump(node))

    return value(ast.parse(text, mode="eval").body)


class Treasury:
    """Funds in fen. A programme draws on its funds in shares of billionths; largest remainder, first fund first."""

    WHOLE = 10**9

    def __init__(self, funds: dict[str, Any], counties: int) -> None:
        self.funds, self.splits = funds, 6 * counties
        self.left = dict.fromkeys(funds, 0)

    def begin_year(self, year: int) -> None:
        for name, fund in self.funds.items():
            carried = self.left[name] if fund.get("carry_over", False) else 0  # the rest has lapsed
            self.left[name] = carried + to_fen(float(fund["by_year"].get(str(year), 0)))

    def parts(self, funding: dict[str, float]) -> dict[str, int]:
        largest = max(funding.values())
        keys = {fund: math.floor(funding[fund] / largest * 2**52 + 0.5) for fund in sorted(funding)}
        return self.apportion(self.WHOLE, keys)

    @staticmethod
    def apportion(total: int, keys: dict[str, int]) -> dict[str, int]:
        whole = sum(keys.values())
        parts = {fund: total * key // whole for fund, key in keys.items()}
        order = sorted(keys, key=lambda fund: -(total * keys[fund] % whole))
        for fund in order[: total - sum(parts.values())]:
            parts[fund] += 1
        return parts

    def available(self, funding: dict[str, float]) -> int:
        """The largest total that every share can bear; a fen for each later rounding is kept back."""
        parts = self.parts(funding)
        room = {f: self.left[f] - (0 if part == self.WHOLE else self.splits) for f, part in parts.items() if part}
        return max(0, min(fen * self.WHOLE // parts[fund] if fen > 0 else 0 for fund, fen in room.items()))

    def spend(self, funding: dict[str, float], fen: int) -> None:
        for fund, part in self.apportion(fen, self.parts(funding)).items():
            self.left[fund] -= part
            assert self.left[fund] >= 0


@dataclass
class Member:
    """An enrolled unit."""

    row: int  # household
    entity: int  # id of the unit: address of its luck
    person: int  # row, to keep the order
    entered: int
    crop: str = ""


class Programme:
    def __init__(self, name: str, settings: dict[str, Any]) -> None:
        self.name, self.file = name, settings
        self.members: list[Member] = []
        self.of_person = settings["unit"] == "person"
        self.kind = PERSON if self.of_person else HOUSEHOLD
        ((self.effect_name, self.effect),) = settings["effect"].items()
        self.verb = self.effect["verb"]
        self.funding = {fund: float(share) for fund, share in settings["cost"]["funding"].items()}
        capacity = settings["capacity"]
        assert self.verb in ("slot", "stream_add", "asset_grant") and not {"budget", "luck"} & set(settings)
        assert capacity.get("by", "prefecture") == "prefecture" and "by_year" in capacity
        assert self.verb != "stream_add" or "top_up_to" in self.effect

    def process(self, part: str) -> str:
        return f"programme.{self.name}.{part}"

    def units(self, model: Any, row: int) -> int:
        by_person = self.file["capacity"]["unit"] == "persons" and not self.of_person
        return int(model.members[row]) if by_person else 1

    def beyond(self, key: str) -> int:
        """Fen a unit that do not reach the household: `once` or `per_year`."""
        return to_fen(number(self.file["cost"], key))

    def payment(self, model: Any, row: int, year: int) -> int:
        """slot: the wage. stream_add: adequacy · max(0, line_t − ŷ_t−1) · members."""
        if self.verb == "slot":
            return to_fen(number(self.effect, "wage"))
        if self.verb == "stream_add":
            levels = {int(y): float(v) for y, v in self.effect["top_up_to"]["from_year"].items()}
            line = levels[max(y for y in levels if y <= year)]
            gap = line - float(model.state["measured_income"][row])
            return to_fen(number(self.effect, "adequacy", 1.0) * max(0.0, gap) * float(model.members[row]))
        return 0

    def fails(self, model: Any, entity: int) -> bool:
        u = model.luck.uniform(self.process(f"effect.{self.effect_name}.failure"), 0, HOUSEHOLD, [entity])[0]
        return bool(u < number(self.effect, "failure"))

    def choose_crop(self, model: Any, row: int, year: int) -> str:
        """Gumbel-max over the county's crop shares, one shock for each crop by name."""
        county, best, highest = model.region.counties[model.county[row]], "", -math.inf
        for crop in model.region.crops:
            name = self.process(f"effect.{self.effect_name}.crop.{crop}")
            u = model.luck.uniform(name, year, HOUSEHOLD, [model.ids[row]])
            value = float((log(np.array([model.region.crop_shares[county, crop]])) - log(-log(u)))[0])
            if value > highest:
                best, highest = crop, value
        return best

    def hold(self, model: Any, member: Member, year: int) -> None:
        """Days taken, as many as are free; and what a plot earns: A m ramp(k) exp(price shock + yield shock)."""
        h, row = model.state, member.row
        if self.verb == "asset_grant":
            card, k = model.region.crops[member.crop], year - member.entered
            first, full = card["years_to_first_harvest"], card["years_to_full_harvest"]
            area = number(self.effect, "area_per_member") * float(model.members[row])
            share = card["first_harvest_share"]
            ramp = 0.0 if k < first else 1.0 if k >= full else share + (1 - share) * (k - first) / (full - first)
            if self.fails(model, member.entity):
                return
            days = area * card["labour_days"]
            if ramp > 0:
                n_p = model.luck.normal(f"crop.{member.crop}.price", year, PREFECTURE, [0])
                own = self.process(f"effect.{self.effect_name}.yield")
                n_q = model.luck.normal(own, year, HOUSEHOLD, [member.entity])
                p = card["price_sd"] * n_p - card["price_sd"] ** 2 / 2
                q = card["yield_sd"] * n_q - card["yield_sd"] ** 2 / 2
                earned = float((area * card["net_margin"] * ramp * exp(p + q))[0])
                h["programme_earnings"][row] = np.float32(float(h["programme_earnings"][row]) + earned)
        else:
            days = number(self.effect, "days") if self.verb == "slot" else 0.0
        taken = int(min(days, float(h["free_days"][row])))
        h["free_days"][row] -= taken
        h["days_taken"][row] += taken

    def deliver(self, model: Any, members: list[Member], year: int, entering: bool, tally: dict[str, Any]) -> None:
        """Pays and books: to households, then to suppliers, then administration, a share of both, fen cut off."""
        paid = [self.payment(model, member.row, year) for member in members]
        for member in members:
            self.hold(model, member, year)
        for member, fen in zip(members, paid, strict=True):
            model.state["payments"][member.row] += fen
        per_unit = self.beyond("per_year") + (self.beyond("once") if entering else 0)
        by_county: dict[int, list[int]] = {}
        for member, fen in zip(members, paid, strict=True):
            spent = by_county.setdefault(int(model.county[member.row]), [0, 0])
            spent[0] += fen
            spent[1] += self.units(model, member.row) * per_unit
        for _, (household, supplier) in sorted(by_county.items()):
            administration = int(number(self.file["cost"], "admin_share") * float(household + supplier))
            for fen in (household, supplier, administration):
                model.treasury.spend(self.funding, fen)
            tally["spending"] += household + supplier + administration

    def serve_members(self, model: Any, year: int, tally: dict[str, Any]) -> None:
        """Terms end, some drop out; where the money no longer carries all, those who came last leave first."""
        dropout, years = number(self.file["duration"], "dropout"), int(self.file["duration"]["years"])
        u = model.luck.uniform(self.process("dropout"), year, self.kind, [m.entity for m in self.members])
        kept = [m for m, luck in zip(self.members, u, strict=True) if year - m.entered < years and luck >= dropout]
        admin, available = number(self.file["cost"], "admin_share"), model.treasury.available(self.funding)
        stay, spent = set(), 0
        for m in sorted(kept, key=lambda m: (m.entered, m.entity)):
            cost = self.payment(model, m.row, year) + self.units(model, m.row) * self.beyond("per_year")
            spent += cost + int(admin * float(cost)) + 1
            if spent > available:
                break
            stay.add(m.entity)
        self.members = [m for m in kept if m.entity in stay]
        self.deliver(model, self.members, year, False, tally)

    def admit(self, model: Any, year: int, lines: dict[str, float], tally: dict[str, Any]) -> None:
        capacity = math.floor(float(self.file["capacity"]["by_year"].get(str(year), 0)) + 0.5)
        available = model.treasury.available(self.funding)
        if capacity <= 0 or available <= 0:
            return
        constants = {"line": lines["statistical"], "administrative_line": lines["administrative"], "year": float(year),
                     "allowance_line": lines["allowance"], **WORK_ABILITY}  # fmt: skip
        household = {n: c.astype(float) for n, c in (model.house | model.state).items()}
        if self.of_person:
            of = model.person["household"]
            names = {n: c.astype(float) for n, c in model.person.items()} | constants
            prefixed = {"household": {n: c[of] for n, c in household.items()}}
            entities = model.person["id"]
        else:
            of = np.arange(len(model.ids))
            names, prefixed = household | constants, {"household": household}
            entities = model.ids
        places = model.house["village"][of]
        prefixed["village"] = {n: c.astype(float)[places] for n, c in model.village.items()}
        scope = (names, prefixed)
        eligible = np.flatnonzero(rule(self.file["eligible"], *scope))
        tally["eligible_persons"] = sum(1 if self.of_person else int(model.members[of[unit]]) for unit in eligible)

        enrolled = {m.row for m in self.members}
        needed = number(self.effect, "days") if self.verb == "slot" else 0.0
        units = [u for u in eligible if of[u] not in enrolled and model.state["free_days"][of[u]] >= needed]
        units = np.array(units, int)
        score_file = self.file["score"]
        by = np.broadcast_to(rule(score_file.get("exclusion_by", "1"), *scope), len(of))[units]
        never = model.luck.uniform(self.process("exclusion"), 0, self.kind, entities[units])
        units = units[never >= number(score_file, "exclusion") * by]
        draws = model.luck.draws(self.process("targeting"), year, self.kind, entities[units])
        wants = uniform(draws[:, 0]) < number(self.file.get("take_up", {}), "probability", 1.0)
        units, draws = units[wants], draws[wants]

        s = np.broadcast_to(rule(score_file["expression"], *scope), len(of))[units]
        fixed = [math.floor(x * 65536 + 0.5) for x in s]  # whole numbers: the sum does not depend on the order
        n = len(fixed)
        mean = float(sum(fixed)) / n if n else 0.0
        sd = math.sqrt(max(0.0, float(sum(x * x for x in fixed)) / n - mean * mean)) / 65536 if n > 1 else 0.0
        score = s + number(score_file, "noise_sd") * sd * normal(draws[:, 1])
        jumps = uniform(draws[:, 2]) < number(score_file, "capture")
        score = np.where(jumps, np.finfo(np.float32).max, score).astype(np.float32)

        ranking = sorted(range(n), key=lambda i: (-score[i], -int(draws[i, 3]), int(entities[units[i]])))
        taken: set[int] = set()
        entering: list[Member] = []
        admin = number(self.file["cost"], "admin_share")
        for i in ranking:
            row = int(of[units[i]])
            if row in taken:
                continue  # a household claims once, by its best member
            taken.add(row)
            cost = self.payment(model, row, year)
            cost += self.units(model, row) * (self.beyond("once") + self.beyond("per_year"))
            cost += math.ceil(admin * float(cost))
            if self.units(model, row) > capacity or cost > available:
                break
            capacity, available = capacity - self.units(model, row), available - cost
            person = int(units[i]) if self.of_person else 0
            crop = self.choose_crop(model, row, year) if self.verb == "asset_grant" else ""
            entering.append(Member(row, int(entities[units[i]]), person, year, crop))
        entering.sort(key=lambda m: m.row)
        tally["entered_units"] = sum(self.units(model, m.row) for m in entering)
        tally["applied_persons"] = n if self.of_person else sum(int(model.members[of[u]]) for u in units)
        self.deliver(model, entering, year, True, tally)
        self.members = sorted(self.members + entering, key=lambda m: (m.row, m.person))


def enter_and_hold(model: Any, year: int, lines: dict[str, float]) -> dict[str, dict[str, Any]]:
    """The programmes' part of a year: first all who hold, then who enters, each in the order of the scenario's list."""
    h = model.state
    for column in ("payments", "programme_earnings", "days_taken"):
        h[column] = np.zeros_like(h[column])
    days = number(model.scenario["labour"], "days_per_worker")
    h["free_days"] = (model.house["able_workers"] * days).astype(np.uint16)
    model.treasury.begin_year(year)
    tallies = {}
    for programme in model.programmes:
        tallies[programme.name] = dict.fromkeys(["eligible_persons", "applied_persons", "entered_units", "spending"], 0)
        if year > model.region.base_year:
            programme.serve_members(model, year, tallies[programme.name])
    for programme in model.programmes:
        first, last = programme.file["window"]
        if year > model.region.base_year and first <= year <= last:
            programme.admit(model, year, lines, tallies[programme.name])
    return tallies
