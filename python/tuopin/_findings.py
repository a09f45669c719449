"""A study by the names of its figures and dimensions, and what it says: effects, warnings, titles.

The statistics are computed by the program's own code (``tuopin._core``), so that the end of a run, the summary, the
workbook and the charts cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import xarray as xr

from tuopin import _core
from tuopin._language import Language
from tuopin._problems import said

Worlds = npt.NDArray[np.float64]
WORLD = ("draw", "replicate")

#: What effects and warnings are computed from.
_FIGURES = (
    "persons", "poverty_rate", "register_persons", "out_of_poverty", "into_poverty", "fall_in_poverty", "spending",
    "perfect_information_gap", "ledger/transfer_in", "ledger/carried_in", "ledger/lapsed", "ledger/carried_over",
)  # fmt: skip
#: Of every place: counties have queues of their own.
_BY_PLACE = tuple(f"programmes/{name}" for name in ("places", "applied_persons", "entered_units", "entered_persons"))
_TITLES = ("scenario_title", "scenario_title_zh")


@dataclass(frozen=True)
class Figure:
    """A variable of the whole region, of the statistical line and of true income, where it has such dimensions."""

    dims: tuple[str, ...]
    values: npt.NDArray[Any]

    def at(self, **entries: int) -> tuple[list[str], Any]:
        """Values at the entries, and the dimensions that are left. Dimensions that the figure lacks are passed over;
        an entry beyond a dimension is unknown."""
        index: list[Any] = [entries.get(dim, slice(None)) for dim in self.dims]
        left = [dim for dim, chosen in zip(self.dims, index, strict=True) if isinstance(chosen, slice)]
        if any(isinstance(i, int) and i >= size for i, size in zip(index, self.values.shape, strict=True)):
            return [], np.float64(np.nan)
        return left, self.values[tuple(index)]


class Study:
    """A study as it was opened, with the groups that are read."""

    def __init__(self, root: xr.Dataset, groups: Mapping[str, xr.Dataset] | None = None) -> None:
        self.root, self.groups = root, dict(groups or {})
        self._figures: dict[str, Figure | None] = {}

    def names(self, dim: str) -> list[str]:
        return [str(name) for name in self._coordinate(dim)]

    def size(self, dim: str) -> int:
        return next((int(of.sizes[dim]) for of in (self.root, *self.groups.values()) if dim in of.sizes), 0)

    @property
    def years(self) -> list[int]:
        return [int(year) for year in self._coordinate("year")]

    @property
    def worlds(self) -> int:
        return int(np.prod([self.root.sizes.get(dim, 1) for dim in WORLD]))

    def _coordinate(self, dim: str) -> npt.NDArray[Any]:
        found = [of[dim].values for of in (self.root, *self.groups.values()) if dim in of.sizes]
        return found[0] if found else np.empty(0)

    def number(self, attribute: str, otherwise: float = np.nan) -> float:
        value = self.root.attrs.get(attribute)
        return float(value) if isinstance(value, (int, float, np.number)) else otherwise

    def text(self, attribute: str) -> str:
        return safe(self.root.attrs.get(attribute, ""))

    def variable(self, name: str) -> xr.DataArray | None:
        """A variable of the root, or "group/name"."""
        group, _, own = name.rpartition("/")
        dataset = self.groups.get(group) if group else self.root
        return dataset[own] if dataset is not None and own in dataset.data_vars else None

    def figure(self, name: str) -> Figure | None:
        if name not in self._figures:
            variable = self.variable(name)
            self._figures[name] = None if variable is None else _figure(variable)
        return self._figures[name]

    def has(self, *names: str) -> bool:
        return all(self.variable(name) is not None for name in names)

    def by_world(self, name: str, scenario: int, **at: int) -> Worlds:
        """Values of a scenario [world, year]; NaN where the study has no such figure."""
        shape = (self.root.sizes.get("draw", 1), self.root.sizes.get("replicate", 1), max(1, self.size("year")))
        figure = self.figure(name)
        if figure is None:
            return np.full((self.worlds, shape[2]), np.nan)
        dims, values = figure.at(scenario=scenario, **at)
        if np.size(values) == 0 or not np.issubdtype(np.asarray(values).dtype, np.number):
            return np.full((self.worlds, shape[2]), np.nan)
        for dim in [dim for dim in dims if dim not in (*WORLD, "year")]:  # one more that was not chosen: its first
            values, dims = np.take(values, 0, axis=dims.index(dim)), [d for d in dims if d != dim]
        order = [dim for dim in (*WORLD, "year") if dim in dims]
        moved = np.transpose(values, [dims.index(dim) for dim in order]) if order else values
        fitting = [size if dim in order else 1 for dim, size in zip((*WORLD, "year"), shape, strict=True)]
        whole = np.broadcast_to(np.reshape(moved, fitting), shape)
        return whole.reshape(self.worlds, shape[2]).astype(np.float64)

    def over_years(self, name: str, scenario: int, first_year: int = 0, **at: int) -> Worlds:
        """Sum over the years in which the figure is known [world]; NaN where it never is."""
        return known_sum(self.by_world(name, scenario, **at)[:, first_year:])

    def findings(self, lang: Language) -> Findings:
        return Findings(self._handed_over, lang)

    @cached_property
    def _handed_over(self) -> dict[str, Any]:
        """The study as the program's code reads it: arrays, names, attributes."""
        attributes = {str(key): _plain(value) for key, value in self.root.attrs.items()}
        dimensions: list[tuple[str, Any]] = [
            (dim, np.arange(self.root.sizes.get(dim, 1), dtype=np.int64)) for dim in WORLD
        ]
        dimensions += [(dim, self.names(dim)) for dim in ("scenario", "fund", "programme", "place")]
        dimensions += [("year", np.array(self.years, dtype=np.int64))]
        known = {dim for dim, _ in dimensions}
        variables: list[tuple[str, list[str], Any]] = []
        for name in _FIGURES:
            figure = self.figure(name)
            if figure is not None and set(figure.dims) <= known:
                variables.append((name, list(figure.dims), np.ascontiguousarray(figure.values, np.float64).ravel()))
        for name in _BY_PLACE:
            by_place = self.variable(name)
            if by_place is not None and {str(dim) for dim in by_place.dims} <= known:
                values = np.ascontiguousarray(by_place.values, np.float64).ravel()
                variables.append((name, [str(dim) for dim in by_place.dims], values))
        for name in _TITLES:
            title = self.variable(name)
            if title is not None and title.dims == ("scenario",):
                variables.append((name, ["scenario"], [_plain(str(text)) for text in title.values]))
        attributes = {name: value for name, value in attributes.items() if value is not None}
        return {"attributes": attributes, "dimensions": dimensions, "variables": variables}


class Findings:
    """What the program's code finds in a study, said in a language."""

    def __init__(self, study: dict[str, Any], lang: Language) -> None:
        self._found, self._lang = _core.Findings(study, lang), lang

    def said(self, message: _core.Message) -> str:
        return said(message, self._lang)

    def effect_rows(self, scenario: int, with_person_years: bool) -> list[_core.EffectRow]:
        """Their labels, units and words are messages: ``said``."""
        return self._found.effect_rows(scenario, with_person_years)

    def value_rows(self, scenario: int) -> list[_core.EffectRow]:
        """Person-years out of poverty and poverty gap closed, by horizon and discount rate."""
        return self._found.value_rows(scenario)

    def warnings(self) -> list[str]:
        return [self.said(warning) for warning in self._found.warnings()]

    def programme_title(self, name: str) -> str:
        return self.said(self._found.programme_title(name))

    def fund_title(self, name: str) -> str:
        return self.said(self._found.fund_title(name))

    def scenario_title(self, scenario: int) -> str:
        return self.said(self._found.scenario_title(scenario))

    def stream_title(self, name: str) -> str:
        return self.said(_core.stream_title(name))

    @property
    def interval_name(self) -> str:
        return self.said(self._found.interval_name)

    @property
    def interval_sentence(self) -> str:
        return self.said(self._found.interval_sentence)

    @property
    def persons(self) -> tuple[float, str]:
        return self._scale(self._found.persons)

    @property
    def money(self) -> tuple[float, str]:
        return self._scale(self._found.money)

    def _scale(self, scale: tuple[float, _core.Message]) -> tuple[float, str]:
        unit, name = scale
        return unit, self.said(name)


def known_sum(values: Worlds) -> Worlds:
    """Sum along the last dimension of what is known; NaN where nothing is."""
    known = ~np.isnan(values)
    return np.where(known.any(axis=-1), np.where(known, values, 0).sum(axis=-1), np.nan)


def safe(text: Any) -> str:
    """Text of a file for a terminal: control characters, which could fake other output, become spaces."""
    found = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    return "".join(" " if ord(sign) < 0x20 or 0x7F <= ord(sign) < 0xA0 else sign for sign in found)


def _figure(variable: xr.DataArray) -> Figure | None:
    if not variable.size:
        return None
    first = {"place": 0, "line": _nearest(variable, "line", 1.0), "income": 0}
    if "income" in variable.dims:
        kinds = [str(kind) for kind in variable["income"].values]
        first["income"] = kinds.index("true") if "true" in kinds else 0
    variable = variable.isel({dim: at for dim, at in first.items() if dim in variable.dims})
    return Figure(tuple(str(dim) for dim in variable.dims), variable.values)


def _nearest(variable: xr.DataArray, dim: str, value: float) -> int:
    """The entry of a dimension of numbers that is nearest to a value; the first where there is none."""
    if dim not in variable.dims or not np.issubdtype(variable[dim].dtype, np.number):
        return 0
    return int(np.argmin(np.abs(variable[dim].values.astype(np.float64) - value)))


def _plain(value: Any) -> str | int | float | None:
    """An attribute as a plain text or number; None for what is neither."""
    if isinstance(value, (bytes, str)):
        text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
        return text.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, int) and not isinstance(value, bool):
        return value if -(2**63) <= value < 2**63 else float(value)
    return value if isinstance(value, float) else None
