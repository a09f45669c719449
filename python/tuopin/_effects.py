"""Effects of a scenario relative to the first one, for each draw and replicate under equal luck: persons, money,
cost."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import xarray as xr

from tuopin._language import Language

Worlds = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Study:
    """A study with the groups that its summary reads."""

    root: xr.Dataset
    ledger: xr.Dataset = field(default_factory=xr.Dataset)
    programmes: xr.Dataset = field(default_factory=xr.Dataset)

    @property
    def worlds(self) -> int:
        return int(np.prod([self.root.sizes.get(dim, 1) for dim in ("draw", "replicate")]))

    def named(self, name: str) -> xr.DataArray | None:
        """A variable of the root, or "group/name"; of the whole region where it has places."""
        group, _, short = name.rpartition("/")
        dataset = {"": self.root, "ledger": self.ledger, "programmes": self.programmes}[group]
        if short not in dataset:
            return None
        variable = dataset[short]
        variable = variable.sel(line=1.0, method="nearest") if "line" in variable.dims else variable
        if "income" in variable.dims:
            kinds = [str(kind) for kind in variable["income"].values]
            variable = variable.isel(income=kinds.index("true") if "true" in kinds else 0)
        return variable.isel(place=0) if "place" in variable.dims else variable

    def has(self, *names: str) -> bool:
        return all(self.named(name) is not None for name in names)

    def by_world(self, name: str, scenario: int, **at: int) -> Worlds:
        """Values of a scenario [world, …]: draws and replicates in one dimension, then the dimensions not chosen."""
        variable = self.named(name)
        if variable is None:
            return np.full(self.worlds, np.nan)
        chosen = variable.isel({"scenario": scenario, **at})
        first = [dim for dim in ("draw", "replicate") if dim in chosen.dims]
        chosen = chosen.transpose(*first, ...)
        return np.asarray(chosen.values, dtype=np.float64).reshape(self.worlds, *chosen.shape[len(first) :])

    def over_years(self, name: str, scenario: int, first_year: int = 0, **at: int) -> Worlds:
        variable = self.named(name)
        if variable is None:
            return np.full(self.worlds, np.nan)
        years = self.by_world(name, scenario, **at)[:, first_year:]
        known = np.isfinite(years)
        return np.where(known.any(axis=1), np.nansum(years, axis=1), np.nan)


@dataclass(frozen=True)
class Spread:
    """Order statistics over the worlds in which a figure is known: the smallest value that 5%, half and 95% of them do
    not exceed."""

    low: float
    median: float
    high: float
    known: int

    @classmethod
    def of(cls, values: Worlds) -> Spread:
        values = values[~np.isnan(values)]
        if not len(values):
            return cls(np.nan, np.nan, np.nan, 0)
        low, median, high = (float(v) for v in np.quantile(values, (0.05, 0.5, 0.95), method="inverted_cdf"))
        return cls(low, median, high, len(values))


@dataclass(frozen=True)
class Scale:
    divisor: float
    name: str


@dataclass(frozen=True)
class Row:
    """A row of the closing table; empty where there is no such figure."""

    label: str
    scale: Scale
    without: Worlds
    with_it: Worlds
    difference: Worlds
    is_rate: bool = False
    counts_worlds: bool = False
    words: str = ""  # in place of a difference

    def lower_in(self) -> tuple[int, int]:
        known = self.difference[~np.isnan(self.difference)]
        return int((known < 0).sum()), len(known)


def scales(study: Study, lang: Language) -> tuple[Scale, Scale]:
    """Scales of persons and of money, the same for all tables of a study."""

    def largest(name: str) -> float:
        variable = study.named(name)
        return 0.0 if variable is None or not variable.size else float(np.nanmax(variable.values))

    many, money = largest("persons") >= 1e5, largest("spending")
    if lang == "zh":
        return Scale(1e4, "万人") if many else Scale(1, "人"), Scale(1e8, "亿元") if money >= 1e8 else Scale(
            1e4, "万元"
        )
    persons = Scale(1e3, "thousand persons") if many else Scale(1, "persons")
    return persons, Scale(1e6, "million yuan") if money >= 1e7 else Scale(1e3, "thousand yuan")


def poor_persons(study: Study, scenario: int) -> Worlds:
    """Income-poor persons of the whole region, at the end of the last year."""
    return np.round(study.by_world("poverty_rate", scenario, year=-1) * study.by_world("persons", scenario, year=-1))


def unspent(study: Study, scenario: int) -> Worlds:
    """Money that came into funds and was never paid: what lapsed in any year, and what is left at the end."""
    total = np.full(study.worlds, np.nan)
    for fund in range(study.ledger.sizes.get("fund", 0)):
        here = study.over_years("ledger/lapsed", scenario, fund=fund)
        here = here + study.by_world("ledger/carried_over", scenario, year=-1, fund=fund)
        total = np.where(np.isnan(here), total, np.where(np.isnan(total), here, total + here))
    return total


def cost_per_person_year(study: Study, scenario: int) -> Worlds | None:
    """Additional spending relative to the first scenario for one person-year, in yuan; None if the 90% interval of the
    person-years contains zero or lies below it."""
    years = study.over_years("fall_in_poverty", scenario, 1)
    effect = Spread.of(years)
    if scenario == 0 or not effect.known or not effect.low > 0:
        return None
    more = study.over_years("spending", scenario) - study.over_years("spending", 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(np.isnan(years), np.nan, np.where(years > 0, more / years, np.inf))


def closing_rows(study: Study, scenario: int, lang: Language) -> list[Row]:
    """Rows of the closing table for a scenario against the first; for the first itself only its own figures. Rows of
    figures that were not asked for are left out."""
    persons, money = scales(study, lang)
    none = np.empty(0)

    def say(en: str, zh: str) -> str:
        return zh if lang == "zh" else en

    rows: list[Row] = []

    def both(label: str, scale: Scale, of: Any, *variables: str, is_rate: bool = False, counts: bool = False) -> None:
        if not study.has(*variables):
            return
        with_it = of(scenario)
        if scenario == 0:
            rows.append(Row(label, scale, none, with_it, none, is_rate))
            return
        without = of(0)
        counts = counts and study.worlds > 1
        rows.append(Row(label, scale, without, with_it, with_it - without, is_rate, counts))

    def effect(label: str, scale: Scale, of: Any, *variables: str, words: str = "") -> None:
        if not scenario or not study.has(*variables):
            return
        values = of(scenario)
        rows.append(Row(label, scale, none, none, none if values is None else values,
                        words=words if values is None else ""))  # fmt: skip

    def at_the_end(name: str) -> Any:
        return lambda s: study.by_world(name, s, year=-1)

    percent = Scale(0.01, "%")
    years = Scale(persons.divisor, say(persons.name.replace("persons", "person-years"), persons.name + "年"))
    both(say("income-poor (simulated)", "模拟收入贫困"), persons, lambda s: poor_persons(study, s), "poverty_rate",
         "persons", counts=True)  # fmt: skip
    both(say("income-poor, share of all persons", "模拟收入贫困发生率"), percent, at_the_end("poverty_rate"),
         "poverty_rate", is_rate=True)  # fmt: skip
    both(say("on the register", "建档立卡在册"), persons, at_the_end("register_persons"), "register_persons",
         counts=True)  # fmt: skip
    effect(say("out of poverty by the plan", "因规划脱贫"), persons, at_the_end("out_of_poverty"), "out_of_poverty")
    effect(say("into poverty by the plan", "因规划致贫"), persons, at_the_end("into_poverty"), "into_poverty")
    effect(say("person-years out of poverty, all years", "各年合计减少贫困"), years,
           lambda s: study.over_years("fall_in_poverty", s, 1), "fall_in_poverty")  # fmt: skip
    both(say("spent, all years", "支出（各年合计）"), money, lambda s: study.over_years("spending", s), "spending")
    both(say("unspent (lapsed, or left at the end)", "未用资金（收回或年末结余）"), money, lambda s: unspent(study, s),
         "ledger/lapsed", "ledger/carried_over")  # fmt: skip
    effect(say("cost per person-year", "每减少一人年贫困的费用"), Scale(1, say("yuan", "元")),
           lambda s: cost_per_person_year(study, s), "fall_in_poverty", "spending",
           words=say("not estimable", "无法估计"))  # fmt: skip
    return rows


def interval_words(study: Study, lang: Language) -> str:
    """A sentence on uncertainty: what the interval covers and what it does not."""
    if study.worlds < 2:
        en = ("One draw and one replicate: one possible world, without an interval. It is not a forecast, and a wrong "
              "equation does not show in it.")  # fmt: skip
        zh = "仅一次参数抽样、一次重复：只是一个可能的世界，无区间；它不是预测，方程若有错误也看不出来。"
    elif study.root.sizes.get("draw", 1) > 1:
        en = ("The interval shows how the result varies over the stated assumptions; it is not a forecast, and a wrong "
              "equation is not in it.")  # fmt: skip
        zh = "区间表示结果随所列假设变动的范围；它不是预测，也不包含方程本身的错误。"
    else:
        en = ("The interval shows how the result varies with luck alone, at the central values of the assumptions; it "
              "is not a forecast, and a wrong equation is not in it.")  # fmt: skip
        zh = "区间仅表示结果随运气变动的范围（假设取中心值）；它不是预测，也不包含方程本身的错误。"
    return zh if lang == "zh" else en
