from typing import ClassVar

import numpy as np
import numpy.typing as npt

version: str

class Kind:
    __members__: ClassVar[dict[str, Kind]]
    household: ClassVar[Kind]
    person: ClassVar[Kind]
    village: ClassVar[Kind]
    county: ClassVar[Kind]
    prefecture: ClassVar[Kind]
    parameter: ClassVar[Kind]
    population: ClassVar[Kind]
    def __init__(self, value: int) -> None: ...
    @property
    def name(self) -> str: ...
    @property
    def value(self) -> int: ...

_Reals = npt.NDArray[np.float64]
_Ids = npt.NDArray[np.uint64]

def fgt(income: _Reals, line: float, alpha: float, weights: _Reals | None = None) -> float: ...
def watts(income: _Reals, line: float, weights: _Reals | None = None, floor: float = 1.0) -> float: ...
def sen_shorrocks_thon(income: _Reals, line: float, weights: _Reals | None = None) -> float: ...
def gini(income: _Reals, weights: _Reals | None = None) -> float: ...
def theil(income: _Reals, weights: _Reals | None = None, floor: float = 1.0) -> float: ...
def mean_log_deviation(income: _Reals, weights: _Reals | None = None, floor: float = 1.0) -> float: ...
def draws(
    seed: int, replicate: int, process: str, year: int, kind: Kind, entities: _Ids, count: int
) -> npt.NDArray[np.uint32]: ...
def uniforms(
    seed: int, replicate: int, process: str, year: int, kind: Kind, entities: _Ids, count: int
) -> _Reals: ...
def normals(
    seed: int, replicate: int, process: str, year: int, kind: Kind, entities: _Ids, count: int
) -> _Reals: ...
