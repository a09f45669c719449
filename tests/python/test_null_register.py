"""The null register at full size, by the program: no programme, ordinary mobility, a register nobody enters.

Percent of the register population, 2016-2019, for the policy document's base and for the default one. The published
figures are held within 0.15 points; the luck of half a million households moves them by about 0.03, and the synthetic
population's permanent incomes are normal by village and county, not by one formula, which moves the rest.

The true rate, of the base year and with its sigma of later ones: with 60% of the variance permanent the luck of 542,000
households has a standard deviation of 0.056 points (40 replicates), and so has the luck by which sigma was solved:
0.079 for the difference, and 0.26 with a probability of 0.001.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import h5py
import pytest

ROOT = Path(__file__).resolve().parents[2]
TOLERANCE, OF_THE_TRUE_RATE = 0.15, 0.26
BASES = {
    "null-register": (2_083_333, [13.1, 7.9, 5.1, 3.6], [21.07, 17.21, 14.41, 13.89]),
    "null-register-default-base": (2_400_000, [10.76, 6.24, 3.85, 2.63], [17.96, 14.25, 11.62, 11.14]),
}


@pytest.mark.parametrize("name", BASES)
def test_register_falls_without_any_programme(name: str, program: Path, tmp_path: Path) -> None:
    persons, registered, poor = BASES[name]
    study = tmp_path / "null.h5"
    command = [program, "run", ROOT / f"scenarios/xiangxi/{name}.toml", "--draws", "1", "-o", study, "--quiet"]
    subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True)
    with h5py.File(study) as file:
        years = list(file["year"][:])
        here = slice(years.index(2016), years.index(2019) + 1)
        assert file.attrs["persons"] == persons
        register_rate = file["register_rate"][0, 0, 0, :, 0] * 100
        true_rate = file["poverty_rate"][0, 0, 0, :, 0, 0, 0] * 100
        assert register_rate[years.index(2015)] == pytest.approx(500_000 / persons * 100, abs=1e-6)
        assert true_rate[years.index(2015)] == pytest.approx(500_000 / persons * 100, abs=OF_THE_TRUE_RATE)
        assert register_rate[here] == pytest.approx(registered, abs=TOLERANCE)
        assert true_rate[here] == pytest.approx(poor, abs=OF_THE_TRUE_RATE)
        assert not file["entries"][0, 0, 0, :, 0].any()
