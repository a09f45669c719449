"""Money, in whole fen: funds by year, envelopes of programmes, and the ledger in which every fen is posted.

A programme draws on its funds in fixed shares (whole billionths), each posting split by largest remainder. A fund that
nobody defines gives whatever is asked. What a fund has left lapses at the end of the year unless it carries over.
"""

from __future__ import annotations

import math
from collections import defaultdict

from people import apportion, to_fen
from settings import Settings

WHOLE = 10**9
UNLIMITED = (2**63 - 1) // 16
PURPOSES = ("to_household", "to_supplier", "administration")
SAFETY_NET = "safety_net"


def account_names(scenarios: list[Settings], programmes: list[list[Settings]]) -> tuple[list[str], list[str]]:
    """Funds and programmes of all scenarios in one numbering; the old safety net has an account of its own, first."""
    funds, names = [SAFETY_NET], [SAFETY_NET]
    for scenario, files in zip(scenarios, programmes, strict=True):
        funds += scenario.get("funds", {})
        for file in files:
            names.append(file.path.stem)
            funds += sorted(file.get("cost.funding"))
    return list(dict.fromkeys(funds)), list(dict.fromkeys(names))


class Treasury:
    def __init__(self, scenario: Settings, share: float, counties: int) -> None:
        self.share = share
        self.money = {name: scenario.series(f"funds.{name}.by_year") for name in scenario.get("funds", {})}
        self.carries = {name: fund.get("carry_over", False) for name, fund in scenario.get("funds", {}).items()}
        self.left = dict.fromkeys(self.money, 0)
        self.kept_back = 6 * counties  # splits a programme may make in a year: holders and entrants, three purposes
        self.year = 0
        self.ledger: dict[tuple[int, int, str, str, str], int] = defaultdict(int)  # year, county, programme, fund, …
        self.transfer_in: dict[tuple[int, str], int] = defaultdict(int)
        self.lapsed: dict[tuple[int, str], int] = defaultdict(int)
        self.carried_in: dict[tuple[int, str], int] = defaultdict(int)
        self.carried_over: dict[tuple[int, str], int] = defaultdict(int)
        self.paid: dict[tuple[int, str], int] = defaultdict(int)
        self.envelopes: dict[str, int] = {}

    def begin_year(self, year: int, programmes: list[Settings]) -> None:
        self.year = year
        for name, money in self.money.items():
            fen = int(to_fen(money.at(year) * self.share))
            self.carried_in[year, name] = self.left[name]
            self.left[name] += fen
            self.transfer_in[year, name] += fen
        for file in programmes:
            budget = "budget.by_year"
            fen = int(to_fen(file.series(budget).at(year) * self.share)) if file.has(budget) else UNLIMITED
            self.envelopes[file.path.stem] = fen

    @staticmethod
    def parts(funding: dict[str, float]) -> dict[str, int]:
        """Shares of the funds as whole billionths; in the order of their names."""
        names = sorted(funding)
        largest = max(funding.values())
        keys = [math.floor(funding[name] / largest * 2**52 + 0.5) for name in names]
        return dict(zip(names, apportion(WHOLE, keys), strict=True))

    def available(self, file: Settings) -> int:
        """The largest total that the envelope and every share can bear; a fen for each later rounding is kept back."""
        most = self.envelopes[file.path.stem]
        for fund, part in self.parts(file.get("cost.funding")).items():
            if part == 0 or fund not in self.left:
                continue
            usable = self.left[fund] - (0 if part == WHOLE else self.kept_back)
            most = min(most, usable * WHOLE // part if usable > 0 else 0)
        return max(0, most)

    def spend(self, file: Settings, county: int, purposes: tuple[int, int, int]) -> None:
        """To households, to suppliers, for administration: each split among the funds and posted."""
        programme, shares = file.path.stem, self.parts(file.get("cost.funding"))
        for purpose, total in zip(PURPOSES, purposes, strict=True):
            for fund, fen in zip(shares, apportion(total, list(shares.values())), strict=True):
                if fund in self.left:
                    self.left[fund] -= fen
                    assert self.left[fund] >= 0, "a fund is overdrawn"
                else:
                    self.transfer_in[self.year, fund] += fen
                self.ledger[self.year, county, programme, fund, purpose] += fen
                self.paid[self.year, fund] += fen
            self.envelopes[programme] -= total
        assert self.envelopes[programme] >= 0, "an envelope is overdrawn"

    def pay_safety_net(self, county: int, fen: int) -> None:
        self.transfer_in[self.year, SAFETY_NET] += fen
        self.ledger[self.year, county, SAFETY_NET, SAFETY_NET, PURPOSES[0]] += fen
        self.paid[self.year, SAFETY_NET] += fen

    def end_year(self) -> None:
        for name, fen in self.left.items():
            if not self.carries[name]:
                self.lapsed[self.year, name] += fen
                self.left[name] = 0
            self.carried_over[self.year, name] = self.left[name]

    def flows(self) -> dict[str, dict[tuple[int, str], int]]:
        """By name, year and fund. What is unspent at the end of a year is carried over or has lapsed."""
        keys = self.transfer_in.keys() | self.carried_in.keys()
        balance = {key: self.carried_over[key] + self.lapsed[key] for key in keys}
        return {"transfer_in": self.transfer_in, "carried_in": self.carried_in, "paid": self.paid,
                "carried_over": self.carried_over, "lapsed": self.lapsed, "balance": balance}  # fmt: skip
