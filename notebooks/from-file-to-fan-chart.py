"""Writes from-file-to-fan-chart.ipynb; with --execute also its outputs. The notebook's text stands here, for diffs."""

from __future__ import annotations

from write_notebook import write

CELLS = [
    (
        "markdown",
        """
# From the file to the fan chart and the county table

A study file holds what was simulated: every scenario, parameter draw, replicate, year and place. Here the teaching
region *hamlet* is simulated in a moment; `results/xiangxi.h5` of `./run demo` opens the same way.
""",
    ),
    (
        "code",
        """
from pathlib import Path

from IPython.display import Image

import tuopin

root = next(folder for folder in [Path.cwd(), *Path.cwd().parents] if (folder / "scenarios").is_dir())
hamlet = root / "scenarios/hamlet"
path = tuopin.run(
    hamlet / "baseline.toml", hamlet / "plan.toml",
    draws=100, seed=2016, output=root / "results/notebook.h5", force=True, progress=False,
)
""",
    ),
    ("markdown", "## Open it\n\nDimensions are named, every variable carries its unit, and `nan` means *not known*."),
    ("code", "study = tuopin.open(path)\nstudy"),
    (
        "markdown",
        """
## One number with its interval

The statistics are order statistics over all simulated worlds: 5%, half, 95%. They mirror: turned in sign, a figure has
the same median and interval.
""",
    ),
    (
        "code",
        """
rate = study.poverty_rate.sel(line=1.0, income="true").isel(place=0)
(100 * tuopin.order_statistics(rate)).round(1).to_series().unstack("level").rename_axis(columns="poor, %")
""",
    ),
    (
        "markdown",
        """
## Both worlds under the same luck

A household meets the same weather and the same illnesses in both scenarios, so a difference is taken world by world,
and its interval is much narrower than the two intervals side by side. The study keeps both sides of it:
`out_of_poverty` counts who is not income-poor with the plan and would be without it, `into_poverty` the reverse, and
`fall_in_poverty` is one less the other: exactly the difference of the poor.
""",
    ),
    (
        "code",
        """
difference = rate.sel(scenario="plan") - rate.sel(scenario="baseline")
(100 * tuopin.order_statistics(difference)).round(2).to_series().unstack("level").rename_axis(columns="points")
""",
    ),
    (
        "code",
        """
sides = study[["out_of_poverty", "into_poverty", "fall_in_poverty"]].sel(scenario="plan").isel(place=0)
assert (sides.out_of_poverty - sides.into_poverty == sides.fall_in_poverty).all()
sides.median(["draw", "replicate"]).to_dataframe()[list(sides)]
""",
    ),
    (
        "markdown",
        "## The fan chart\n\nThe register is what the administration sees; income-poor is what is so in "
        "the simulated world. Below them stands the fall by the plan.",
    ),
    (
        "code",
        """
tuopin.fan_chart(path, root / "results/notebook.png", force=True)
Image(root / "results/notebook.png", width=900)
""",
    ),
    ("markdown", 'The same in Chinese needs a font with Chinese characters: `lang="zh"`.'),
    (
        "markdown",
        "## The county table\n\nThe last year by place: median, and the 5% and 95% order statistics behind it.",
    ),
    (
        "code",
        """
table = tuopin.summary_table(path)
table = table[(table.line.isna() | (table.line == 1.0)) & (table.income != "measured")]
table = table[table.standard.isna() | (table.standard == "statistical_line")]
last = table[table.year == table.year.max()]
chosen = {"poverty_rate": 100, "register_rate": 100, "mean_income": 1, "exclusion_error": 100, "inclusion_error": 100}
last = last[last.variable.isin(chosen)]
scale = last.variable.map(chosen)
cell = [
    "not known" if median != median else f"{k * median:,.1f} ({k * low:,.1f}–{k * high:,.1f})"
    for k, median, low, high in zip(scale, last["median"], last.low, last.high, strict=True)
]
last.assign(cell=cell).pivot(index=["place", "scenario"], columns="variable", values="cell")[list(chosen)]
""",
    ),
    (
        "markdown",
        """
## Who paid for what

The ledger is a group of the file: double entry, by place, programme, source and purpose.
""",
    ),
    (
        "code",
        """
ledger = tuopin.open(path, "ledger").amount.sel(scenario="plan").isel(place=0)
spent = ledger.sum("year").median(["draw", "replicate"]).to_series()
(spent[spent > 0] / 10_000).round(2).rename("10,000 yuan").to_frame()
""",
    ),
    (
        "markdown",
        "## Your own incomes\n\nThe measures work on any array, with weights. Poor means strictly below the line.",
    ),
    (
        "code",
        """
incomes, persons = [2_000, 2_855, 4_100, 9_000], [4, 3, 5, 2]
{
    "poverty rate": tuopin.measures.fgt(incomes, line=2_855, alpha=0, weights=persons),
    "poverty gap": tuopin.measures.fgt(incomes, line=2_855, alpha=1, weights=persons),
    "Gini": tuopin.measures.gini(incomes, weights=persons),
}
""",
    ),
    (
        "markdown",
        "## For the spreadsheet\n\nThe first sheet of the workbook is a summary to read. Files that stand there "
        "already are replaced only where `force=True` says so.",
    ),
    ("code", "[file.name for file in tuopin.write_summaries(path, force=True).values()]"),
    (
        "markdown",
        """
## Households

`tuopin run --panel FILE` also keeps every synthetic household of the first world: household × scenario × year.
""",
    ),
    (
        "code",
        """
tuopin.run(
    hamlet / "baseline.toml", hamlet / "plan.toml", draws=1, seed=2016, output=root / "results/notebook-panel-run.h5",
    arguments=["--panel", str(root / "results/notebook-panel.h5")], force=True, progress=False,
)
panel = tuopin.open_panel(root / "results/notebook-panel.h5")
(100 * panel.income_poor.weighted(panel.weight).mean("household")).round(1).to_series().unstack("year")
""",
    ),
]


if __name__ == "__main__":
    write(CELLS, __file__)
