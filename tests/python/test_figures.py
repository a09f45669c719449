"""Studies of some figures only, and of figures that the package does not know: tables and export of what is there."""

from __future__ import annotations

from pathlib import Path

import h5py
import numpy as np
import openpyxl
import pytest
from conftest import SCENARIOS, write_small_study

import tuopin


def test_a_group_of_figures_that_nobody_foresaw_is_exported(tmp_path: Path) -> None:
    """A program may record groups and dimensions of its own; groups that hold no figures stay out."""
    path = tmp_path / "own.h5"
    write_small_study(path)
    with h5py.File(path, "a") as file:
        file["crop"] = np.arange(2)
        file["crop"].make_scale("crop")
        model = file["spending"]
        for group in ("crops", "check"):
            sold = file.create_dataset(f"{group}/sold", data=np.stack([model[...], 2 * model[...]], axis=-1))
            for axis, name in enumerate(["scenario", "draw", "replicate", "year", "place", "crop"]):
                sold.dims[axis].attach_scale(file[name])
            sold.attrs["units"] = "kg"
    table = tuopin.summary_table(path)
    sold = table[table["variable"] == "crops/sold"]
    assert set(sold["subject"]) == {"crops"} and set(sold["crop"]) == {0, 1} and set(sold["unit"]) == {"kg"}
    assert not (table["variable"] == "check/sold").any()
    assert "crops" in openpyxl.load_workbook(tuopin.write_summaries(path)["xlsx"]).sheetnames


@pytest.mark.parametrize("figures", [["gini"], ["poverty_rate", "ledger/lapsed"], ["programmes/entered_units"]])
def test_a_study_of_some_figures_has_tables_of_these(program: Path, tmp_path: Path, figures: list[str]) -> None:
    path = tuopin.run(*SCENARIOS, draws=4, output=tmp_path / "some.h5", figures=figures, progress=False)
    table = tuopin.summary_table(path)
    assert set(table["variable"]) - {v for v in table["variable"] if v.startswith("draws/")} == set(figures)
    labels = [
        row[0].value for row in openpyxl.load_workbook(tuopin.write_summaries(path)["xlsx"])["summary"].iter_rows()
    ]
    assert ("% of all persons" in labels) == ("poverty_rate" in figures)
    assert "on the register" not in labels and "spent, all years" not in labels
    for lang in ("en", "zh"):
        opening = tuopin.summary(path, lang=lang).split("\n\n")[0]
        assert all(figure in opening for figure in figures), opening
