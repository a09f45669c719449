"""The program that the oracle is compared with."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest
from simulation import Simulation

MISSING = "no program tuopin is found: run ./run setup, or name it in TUOPIN_EXECUTABLE"


@pytest.fixture(scope="session")
def program() -> Path:
    beside = Path(sys.executable).with_name("tuopin")
    found = os.environ.get("TUOPIN_EXECUTABLE") or (str(beside) if beside.exists() else shutil.which("tuopin"))
    if not found:
        pytest.fail(MISSING)
    return Path(found)


@pytest.fixture
def simulation(program: Path, tmp_path: Path) -> Simulation:
    return Simulation(program, tmp_path)
