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
    return _core.draws(seed, replicate, process, year, _kind(kind), _ids(entities), count)


def uniforms(
    seed: int, replicate: int, process: str, year: int, kind: Kind, entities: npt.ArrayLike, count: int = 1
) -> npt.NDArray[np.float64]:
    """The same draws as uniform numbers between zero and one: (draw + 0.5) / 2**32."""
    return _core.uniforms(seed, replicate, process, year, _kind(kind), _ids(entities), count)


def normals(
    seed: int, replicate: int, process: str, year: int, kind: Kind, entities: npt.ArrayLike, count: int = 1
) -> npt.NDArray[np.float64]:
    """The same draws as standard normal numbers, by the inverse distribution function."""
    return _core.normals(seed, replicate, process, year, _kind(kind), _ids(entities), count)


def _kind(name: str) -> _core.Kind:
    kinds = _core.Kind.__members__
    if name not in kinds:
        raise UsageError(f"kind is {name!r}, expected one of {', '.join(kinds)}")
    return kinds[name]


def _ids(entities: npt.ArrayLike) -> npt.NDArray[np.uint64]:
    return np.atleast_1d(np.asarray(entities, dtype=np.uint64)).ravel()
