"""Writes stepping-the-model.ipynb."""

from __future__ import annotations

from write_notebook import write

CELLS = [
    (
        "markdown",
        """
# Stepping the model yourself

A study file keeps figures. Here the model itself stands in the notebook: it lives a year when it is told to, and every
column of every household can be looked at in between. The teaching region *hamlet* takes no time; Xiangxi, with 2.4
million people, takes about a tenth of a second a year.
""",
    ),
    (
        "code",
        """
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

import tuopin

root = next(folder for folder in [Path.cwd(), *Path.cwd().parents] if (folder / "scenarios").is_dir())
hamlet = root / "scenarios/hamlet"
engine = tuopin.Engine(hamlet / "baseline.toml", hamlet / "plan.toml")
engine
""",
    ),
    (
        "markdown",
        """
## One world, year by year

A *trajectory* is one scenario under one draw of the uncertain parameters and one replicate of luck. Without a draw it
has the central values. Under equal luck the two scenarios are the same village twice: whoever is poor in one and not in
the other is so because of the plan. `against` says which world the plan is held against; it goes first.
""",
    ),
    (
        "code",
        """
baseline = engine.start("baseline", draw=3)
plan = engine.start("plan", draw=3, against=baseline)
while not plan.done:
    baseline.step()
    plan.step()

figures = plan.figures()
sides = figures.dataset[["out_of_poverty", "into_poverty", "fall_in_poverty"]].squeeze().sel(place="hamlet")
sides.to_dataframe()[list(sides.data_vars)]
""",
    ),
    (
        "markdown",
        """
## What is known of a household

`columns` says it in words, with units; `column` gives the values as they are now, one for each entity. The array is a
copy: what the model does later does not change it.
""",
    ),
    (
        "code",
        """
known = pd.DataFrame(plan.columns("household")).set_index("name")[["unit", "meaning"]]
known.loc[["members", "weight", "true_income", "measured_income", "registered", "payments", "housing_safe"]]
""",
    ),
    ("code", "{level: len(plan.columns(level)) for level in plan.levels()}"),
    (
        "markdown",
        """
## A measure of your own

The Palma ratio: the share of all income that the richest tenth of persons have, over that of the poorest four tenths.
It is no figure of tuopin, and five lines are enough.
""",
    ),
    (
        "code",
        """
def palma(world):
    income = world.column("household", "true_income").astype(float)
    persons = world.column("household", "members").astype(float) * world.column("household", "weight")
    order = np.argsort(income)
    share, total = np.cumsum(persons[order]) / persons.sum(), (income * persons)[order]
    return total[share > 0.9].sum() / total[share <= 0.4].sum()


ratios = {}
for name in engine.scenarios:
    world = engine.start(name, draw=3)
    while not world.done:
        world.step()
        ratios[name, world.year] = palma(world)
pd.Series(ratios).unstack(0).round(2)
""",
    ),
    (
        "markdown",
        """
## A fork in the road

A *variant* is a scenario without a file: some keys of another one said anew, checked as in a file. Here nobody gets a
forest post in 2018. Up to 2017 it is the same world, so one trajectory is lived up to there, and a copy goes the other
way.
""",
    ),
    (
        "code",
        """
engine.variant("plan", {"programme.posts.capacity.by_year.2018": 0}, name="no-posts-in-2018")

road = engine.start("plan", draw=3)
while road.year < 2017:
    road.step()
other = road.copy("no-posts-in-2018")
changed = {}
while not road.done:
    incomes = [world.step().column("household", "true_income") for world in (road, other)]
    changed[road.year] = (incomes[0] != incomes[1]).sum()
pd.Series(changed, name="households with another income")
""",
    ),
    (
        "code",
        """
worlds = (road, other)
rates = [world.figures(["poverty_rate"]).poverty_rate.sel(line=1, income="true", place="hamlet") for world in worlds]
for world, rate in zip(worlds, rates, strict=True):
    plt.plot(rate.year, 100 * rate.squeeze(), marker="o", label=world.scenario)
plt.ylabel("income-poor (simulated), %")
plt.xticks(rates[0].year)
plt.legend()
plt.show()
""",
    ),
    (
        "markdown",
        """
One world is no forecast: the next cell runs both scenarios and the variant under a hundred draws, in memory. The
difference is taken world by world.
""",
    ),
    (
        "code",
        """
study = engine.run(["baseline", "plan", "no-posts-in-2018"], draws=100, figures=["fall_in_poverty"])
fall = study.fall_in_poverty.sel(place="hamlet", scenario=["plan", "no-posts-in-2018"])
tuopin.order_statistics(fall).to_series().unstack("level").rename_axis(columns="persons")
""",
    ),
    (
        "markdown",
        """
## Keep a world

A saved trajectory goes on in another process, tomorrow or on another machine, with the same build of tuopin.
""",
    ),
    (
        "code",
        """
path = plan.save(root / "results/plan-2020.trajectory", force=True)
again = engine.load(path)
again.state_hash == plan.state_hash
""",
    ),
]

if __name__ == "__main__":
    write(CELLS, __file__)
