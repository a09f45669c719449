"""How far a run goes: as the region says, or as asked, as far as its data reach."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

import tuopin

HAMLET = Path(__file__).resolve().parents[2] / "scenarios/hamlet"


@pytest.fixture
def hamlet(tmp_path: Path) -> Path:
    """The hamlet with data until 2023, of which a run that asks for nothing simulates the years until 2020."""
    folder = tmp_path / "hamlet"
    shutil.copytree(HAMLET, folder)
    region = folder / "region/region.toml"
    text = region.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("last_year"))
    region.write_text(text.replace(line, "last_year = 2023\ndefault_last_year = 2020"), encoding="utf-8")
    return folder


def run(program: Path, folder: Path, name: str, *options: str) -> subprocess.CompletedProcess[str]:
    files = [folder / "baseline.toml", folder / "plan.toml"]
    return subprocess.run([program, "run", *files, "--draws", "3", "-o", folder / name, "--no-cache", *options],
                          capture_output=True, text=True, check=False)  # fmt: skip


def test_years_before_do_not_depend_on_it(program: Path, hamlet: Path) -> None:
    assert run(program, hamlet, "short.h5").returncode == 0
    assert run(program, hamlet, "long.h5", "--last-year", "2023").returncode == 0
    short, long = tuopin.open(hamlet / "short.h5"), tuopin.open(hamlet / "long.h5")
    assert list(short.year.values) == list(range(2015, 2021))
    assert list(long.year.values) == list(range(2015, 2024))
    for name in short.data_vars:
        if name.startswith("true_exits_out_"):  # of the last years known only where the run goes on
            continue
        if "year" in short[name].dims and "target" not in short[name].dims:
            np.testing.assert_array_equal(short[name], long[name].sel(year=short.year), err_msg=name)


def test_value_has_two_horizons(program: Path, hamlet: Path) -> None:
    assert run(program, hamlet, "long.h5", "--last-year", "2023").returncode == 0
    text = tuopin.summary(hamlet / "long.h5")
    for horizon in ("to 2020", "to 2023", "to 2020, discounted at 5%", "to 2023, discounted at 5%"):
        assert f"out of poverty {horizon}" in text
        assert f"gap closed {horizon}" in text


def test_an_earlier_year_leaves_out_the_targets_after_it(program: Path, hamlet: Path) -> None:
    done = run(program, hamlet, "until.h5", "--last-year", "2017")
    assert done.returncode == 0, done.stderr
    study = tuopin.open(hamlet / "until.h5")
    assert list(study.year.values) == [2015, 2016, 2017]
    targets = tuopin.open(hamlet / "until.h5", "targets")
    late = [target for target, year in zip(study.target.values, targets.year.values, strict=True) if year > 2017]
    assert late
    assert all("the last simulated year" in str(targets.reason.sel(target=target).values) for target in late)


def test_beyond_the_data_is_refused(program: Path, hamlet: Path) -> None:
    done = run(program, hamlet, "never.h5", "--last-year", "2024")
    assert done.returncode == 2
    assert "--last-year" in done.stderr
    assert "2016 to 2023" in done.stderr
    assert not (hamlet / "never.h5").exists()
    with pytest.raises(tuopin.UsageError, match="2016 to 2023"):
        tuopin.Engine(hamlet / "plan.toml", last_year=2024)


def test_a_default_beyond_the_data_is_refused(program: Path, hamlet: Path) -> None:
    region = hamlet / "region/region.toml"
    region.write_text(
        region.read_text(encoding="utf-8").replace("default_last_year = 2020", "default_last_year = 2030")
    )
    done = run(program, hamlet, "never.h5")
    assert done.returncode != 0
    assert "default_last_year: is 2030, expected 2016 to 2023" in done.stderr


def test_the_engine_goes_as_far(hamlet: Path) -> None:
    engine = tuopin.Engine(hamlet / "baseline.toml", hamlet / "plan.toml", last_year=2022)
    assert engine.years == (2015, 2022)
    assert tuopin.Engine(hamlet / "plan.toml").years == (2015, 2020)
