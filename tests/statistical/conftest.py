"""The program whose studies are judged."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

MISSING = "no program tuopin is found: run ./run setup, or name it in TUOPIN_EXECUTABLE"


@pytest.fixture(scope="session")
def program() -> Path:
    beside = Path(sys.executable).with_name("tuopin")
    found = os.environ.get("TUOPIN_EXECUTABLE") or (str(beside) if beside.exists() else shutil.which("tuopin"))
    if not found:
        pytest.fail(MISSING)
    return Path(found)
