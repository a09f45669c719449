"""Weighted measures against the R package laeken 0.5.2 on its data eusilc (n = 14,827, weights rb050).

The data are GPL and are not part of this project: they are fetched from Debian (r-cran-laeken) when the test runs.
LA15–LA19 use the line 10,859.236 and, where a logarithm is taken, drop the three zero incomes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import warnings
from pathlib import Path

import numpy as np
import pytest

from tuopin import measures

LINE = 10859.236
RELATIVE = 1e-9


def _fetch(folder: Path) -> Path:
    """The data file out of Debian's package; raises where it cannot be had."""
    folder.mkdir(parents=True, exist_ok=True)
    for command in (
        ["apt-get", "download", "r-cran-laeken"],
        ["apt-get", "update"],
        ["apt-get", "download", "r-cran-laeken"],
    ):
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=180, check=False)
        if command[1] == "download" and done.returncode == 0:
            break
    package = next(folder.glob("r-cran-laeken_*.deb"), None)
    if package is None:
        raise OSError(f"apt-get download r-cran-laeken: {done.stderr.strip()[-300:]}")
    subprocess.run(["dpkg", "-x", package.name, "."], cwd=folder, check=True, timeout=60)
    return next((folder / "usr/lib/R/site-library/laeken/data").glob("eusilc.*"))


@pytest.fixture(scope="module")
def eusilc(tmp_path_factory: pytest.TempPathFactory) -> tuple[np.ndarray, np.ndarray]:
    rdata = pytest.importorskip("rdata", reason="REFERENCE DATA NOT CHECKED: rdata is not installed")
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "tuopin/reference"
    kept = cache / "eusilc.npz"
    if not kept.exists():
        folder = tmp_path_factory.mktemp("laeken")
        try:
            if shutil.which("apt-get") is None:
                raise OSError("no apt-get")
            file = _fetch(folder)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                frame = rdata.read_rda(file)["eusilc"]
        except (OSError, StopIteration, subprocess.SubprocessError) as problem:
            warnings.warn(f"REFERENCE DATA NOT CHECKED: {problem}", stacklevel=1)
            pytest.skip(f"REFERENCE DATA NOT CHECKED: {problem}")
        cache.mkdir(parents=True, exist_ok=True)
        np.savez(kept, income=np.asarray(frame["eqIncome"], float), weights=np.asarray(frame["rb050"], float))
    data = np.load(kept)
    return data["income"], data["weights"]


def test_these_are_the_data(eusilc: tuple[np.ndarray, np.ndarray]) -> None:
    income, weights = eusilc
    assert len(income) == 14_827
    assert weights.sum() == pytest.approx(8_182_222, rel=RELATIVE)  # LA11
    assert (income == 0).sum() == 3


def test_laeken(eusilc: tuple[np.ndarray, np.ndarray]) -> None:
    income, weights = eusilc
    found = {
        "LA06": (measures.gini(income, weights), 0.264896192113),
        "LA15": (measures.fgt(income, LINE, 1, weights), 0.0398093707318),
        "LA16": (measures.fgt(income, LINE, 2, weights), 0.0191857658626),
        "LA17": (measures.theil(income, weights, floor=None), 0.120526920613),
        "LA18": (measures.mean_log_deviation(income, weights, floor=None), 0.131369230477),
        "LA19": (measures.watts(income, LINE, weights, floor=None), 0.0624039744723),
    }
    for row, (value, expected) in found.items():
        assert value == pytest.approx(expected, rel=RELATIVE), row
