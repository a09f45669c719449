"""Studies that come from the engine as arrays, labelled as those that come from a file."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import xarray as xr

from tuopin._language import say
from tuopin.errors import UsageError


class UnknownNameError(UsageError, KeyError):
    """Raised if there is nothing of that name."""

    def __str__(self) -> str:
        return str(self.args[0])


class Study(Mapping[str, Any]):
    """A study in memory: what ``tuopin.open`` gives of a file, all groups at once.

    ``study.dataset`` is the root, ``study["ledger"]`` a group, both an ``xarray.Dataset``; ``study["poverty_rate"]``
    and ``study["ledger/paid"]`` are variables. What is asked of the study itself is asked of its root:
    ``study.poverty_rate.sel(year=2020)``.
    """

    def __init__(self, parts: dict[str, xr.Dataset]) -> None:
        self._parts = parts

    @property
    def dataset(self) -> xr.Dataset:
        """The variables without a group."""
        return self._parts[""]

    @property
    def groups(self) -> list[str]:
        """Names of the groups."""
        return sorted(name for name in self._parts if name)

    def __getitem__(self, name: str) -> Any:
        group, _, own = name.rpartition("/")
        if name and name in self._parts:
            return self._parts[name]
        if own and own in self._parts.get(group, {}):
            return self._parts[group][own]
        raise UnknownNameError(self._no(name))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return getattr(self.dataset, name)
        except AttributeError:
            raise AttributeError(self._no(name)) from None

    def sel(self, **at: Any) -> xr.Dataset:
        """The variables without a group at these names of dimensions, as ``xarray.Dataset.sel`` gives them: a place, a
        scenario or a year that the study does not have is refused with the nearest that it has.

        >>> study.sel(place="hamlet", year=2020).poverty_rate
        """
        for dimension, wanted in at.items():
            if dimension not in self.dataset.dims:
                raise UnknownNameError(_unknown(dimension, [str(name) for name in self.dataset.dims]))
            known = self.dataset[dimension].values.tolist()
            for value in () if isinstance(wanted, slice) else np.atleast_1d(np.asarray(wanted, dtype=object)):
                if value not in known:
                    raise UnknownNameError(f"{dimension}: {_unknown(value, known)}")
        return self.dataset.sel(at)

    def _no(self, name: str) -> str:
        near = difflib.get_close_matches(name, list(self), 1)
        return say("there is no {name} in this study", name=repr(name)) + (
            say(", did you mean {near}?", near=repr(near[0])) if near else ""
        )

    def __iter__(self) -> Iterator[str]:
        yield from self.groups
        for group, part in self._parts.items():
            yield from (f"{group}/{name}" if group else str(name) for name in part.data_vars)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __repr__(self) -> str:
        return f"<tuopin.Study with the groups {', '.join(self.groups)}>\n{self.dataset!r}"

    def _repr_html_(self) -> str:
        return self.dataset._repr_html_()


def _unknown(name: Any, known: list[Any]) -> str:
    near = difflib.get_close_matches(str(name), [str(value) for value in known], 1)
    said = say("there is no {name} in this study", name=repr(name))
    if near:
        return said + say(", did you mean {near}?", near=repr(near[0]))
    listed = [repr(value) for value in known[:10]] + ["…"] * (len(known) > 10)
    return said + say("; there are: {listed}", listed=say(", ").join(listed))


def study_of(
    found: dict[str, Any], *, years: int | None = None, draw: int | None = None, replicate: int | None = None
) -> Study:
    """Groups carry the coordinates of the root, as far as they need them.

    ``years``: the first so many alone; ``draw`` and ``replicate``: numbers of the one that there is.
    """
    coordinates = {name: _described(name, values, unit, meaning) for name, values, unit, meaning in found["dimensions"]}
    if draw is not None:
        coordinates["draw"] = coordinates["draw"].copy(data=np.array([draw]))
    if replicate is not None:
        coordinates["replicate"] = coordinates["replicate"].copy(data=np.array([replicate]))
    parts: dict[str, dict[str, xr.Variable]] = {"": {}}
    for name, dimensions, values, unit, meaning, meaning_zh, comment in found["variables"]:
        group, _, own = name.rpartition("/")
        shape = [coordinates[dimension].size for dimension in dimensions]
        variable = xr.Variable(dimensions, _array(values).reshape(shape), _texts(unit, meaning, meaning_zh, comment))
        if years is not None and "year" in dimensions:
            variable = variable.isel(year=slice(years))
        parts.setdefault(group, {})[own] = variable
    if years is not None:
        coordinates["year"] = coordinates["year"].isel(year=slice(years))
    return Study({group: _dataset(group, of, coordinates, found["attributes"]) for group, of in parts.items()})


def _dataset(
    group: str, variables: dict[str, xr.Variable], coordinates: dict[str, xr.Variable], attributes: dict[str, Any]
) -> xr.Dataset:
    used = {dimension for variable in variables.values() for dimension in variable.dims}
    own = {name: of for name, of in coordinates.items() if (name in used or not group) and name not in variables}
    return xr.Dataset(variables, own, attributes)


def _described(name: str, values: Any, unit: str, meaning: str) -> xr.Variable:
    return xr.Variable((name,), _array(values), _texts(unit, meaning, "", ""))


def _array(values: Any) -> Any:
    return np.array(values, dtype=object) if isinstance(values, list) else values


def _texts(unit: str, meaning: str, meaning_zh: str, comment: str) -> dict[str, str]:
    texts = {"units": unit, "long_name": meaning, "long_name_zh": meaning_zh, "comment": comment}
    return {name: text for name, text in texts.items() if text}
