"""Luck by address: re-derive any draw of any run.

``draw = f(seed, replicate, process, year, kind, entity, index)``: Philox4x64-10 with
``key = [seed, replicate]`` and ``counter = [block, hash32(process) << 32 | year << 8 | kind, entity, 0]``, so NumPy
gives the same bits: ``numpy.random.Philox(key=key, counter=[0, word, entity, 0])``. Within a run the replicate of the
key is ``replicate_key(draw, replicate)``.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from tuopin import _core
from tuopin._arguments import needed_number
from tuopin._language import say
from tuopin.errors import UsageError

__all__ = ["Kind", "draws", "normals", "replicate_key", "uniforms"]

Kind = Literal["household", "person", "village", "county", "prefecture", "parameter", "population"]


def replicate_key(draw: int, replicate: int) -> int:
    """The second word of the key of parameter draw ``draw`` and replicate ``replicate`` (counted from zero)."""
    return draw * 65536 + replicate


def draws(
    seed: int, replicate: int, process: str, year: int, kind: Kind, entities: npt.ArrayLike, count: int = 1
) -> npt.NDArray[np.uint32]:
    """The first ``count`` 32-bit draws of each entity, shape [entity, index]."""
    return _core.draws(*_address(seed, replicate, process, year), _kind(kind), _ids(entities), _count(count))


def uniforms(
    seed: int, replicate: int, process: str, year: int, kind: Kind, entities: npt.ArrayLike, count: int = 1
) -> npt.NDArray[np.float64]:
    """The same draws as uniform numbers between zero and one: (draw + 0.5) / 2**32."""
    return _core.uniforms(*_address(seed, replicate, process, year), _kind(kind), _ids(entities), _count(count))


def normals(
    seed: int, replicate: int, process: str, year: int, kind: Kind, entities: npt.ArrayLike, count: int = 1
) -> npt.NDArray[np.float64]:
    """The same draws as standard normal numbers, by the inverse distribution function."""
    return _core.normals(*_address(seed, replicate, process, year), _kind(kind), _ids(entities), _count(count))


def _kind(name: str) -> _core.Kind:
    kinds = _core.Kind.__members__
    if name not in kinds:
        raise UsageError(say("kind is {name}, expected one of {kinds}", name=repr(name), kinds=", ".join(kinds)))
    return kinds[name]


def _address(seed: int, replicate: int, process: str, year: int) -> tuple[int, int, str, int]:
    if not isinstance(process, str):
        raise UsageError(say("process is {process}, expected the name of a process", process=repr(process)))
    return (
        needed_number(seed, "seed", 0, 2**64 - 1),
        needed_number(replicate, "replicate", 0, 2**64 - 1),
        process,
        needed_number(year, "year", 0, 2**24 - 1),
    )


def _count(count: int) -> int:
    return needed_number(count, "count", 0, 2**32 - 1)


def _ids(entities: npt.ArrayLike) -> npt.NDArray[np.uint64]:
    """Checks ids of entities: negative numbers and fractions are refused, not converted."""
    arrays = hasattr(entities, "dtype")  # a list of large numbers would become one of doubles
    given = np.atleast_1d(np.asarray(entities) if arrays else np.asarray(entities, dtype=object)).ravel()
    if not given.size:
        return np.empty(0, dtype=np.uint64)
    if given.dtype.kind not in "iuO":
        raise UsageError(
            say(
                "entities are of type {dtype}, expected whole numbers from 0 to {largest}",
                dtype=given.dtype,
                largest=2**64 - 1,
            )
        )
    if given.dtype.kind == "O" or (given.dtype.kind == "i" and given.min() < 0):
        return np.array([needed_number(one, "entity", 0, 2**64 - 1) for one in given], dtype=np.uint64)
    return given.astype(np.uint64)
