"""The engine in this process: results equal those of the program bit for bit, and no order of calls crashes it."""

from __future__ import annotations

import os
import random
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from conftest import ROOT, SCENARIOS

import tuopin

OF_THE_FILE = {"Conventions", "format", "format_version"}  # marks of the layout, which no tree has
AGAINST_FIRST = {"out_of_poverty", "into_poverty", "fall_in_poverty"}


@pytest.fixture(scope="module")
def engine() -> tuopin.Engine:
    return tuopin.Engine(*SCENARIOS)


@pytest.fixture(scope="module")
def file_of_three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tuopin.run(
        *SCENARIOS, output=tmp_path_factory.mktemp("of_file") / "s.h5", draws=3, replicates=2, leave_out_batches=2,
        progress=False,
    )  # fmt: skip


def same(found: xr.Dataset, expected: xr.Dataset) -> None:
    xr.testing.assert_equal(found, expected)
    for name in [*expected.data_vars, *expected.coords]:
        assert found[name].dims == expected[name].dims, name
        assert found[name].attrs == {k: v for k, v in expected[name].attrs.items() if k != "_FillValue"}, name
        assert found[name].dtype == expected[name].dtype or found[name].dtype == object, name


def test_run_gives_the_study_that_the_program_writes(engine: tuopin.Engine, file_of_three: Path) -> None:
    found = engine.run(draws=3, replicates=2, leave_out_batches=2)
    root = tuopin.open(file_of_three)
    same(found.dataset, root)
    assert found.attrs == {k: v for k, v in root.attrs.items() if k not in OF_THE_FILE}
    assert found.groups == tuopin.groups(file_of_three)
    for group in tuopin.groups(file_of_three):
        same(found[group], tuopin.open(file_of_three, group))


@pytest.mark.parametrize("draw", [0, 2])
def test_a_stepped_trajectory_has_the_figures_of_the_study(
    engine: tuopin.Engine, file_of_three: Path, draw: int
) -> None:
    first = engine.start("baseline", draw=draw, replicate=1)
    plan = engine.start("plan", draw=draw, replicate=1, against=first)
    study = tuopin.open(file_of_three).sel(draw=[draw], replicate=[1])
    for year in range(2015, 2021):
        assert not plan.done
        first.step()
        assert plan.step().year == year
        if year != 2017 and year != 2020:
            continue
        for world in (first, plan):
            found = world.figures().dataset
            assert found.year.values.tolist() == list(range(2015, year + 1))
            of_study = study.sel(scenario=[world.scenario], year=found.year)
            for name in found.data_vars:
                if name.startswith(("true_exits_", "fall_back", "poor_")) and year < 2020:
                    continue  # known later
                if name in of_study and of_study[name].dtype.kind == "f":
                    xr.testing.assert_equal(found[name], of_study[name])
    assert plan.done and first.done
    groups = plan.figures()
    assert set(groups) >= AGAINST_FIRST
    assert not AGAINST_FIRST & set(first.figures())
    ledger = tuopin.open(file_of_three, "ledger").sel(draw=[draw], replicate=[1], scenario=["plan"])
    xr.testing.assert_equal(groups["ledger/paid"], ledger.paid)


def test_the_central_world_is_that_of_a_run_of_one_draw(engine: tuopin.Engine, tmp_path: Path) -> None:
    study = tuopin.run(*SCENARIOS, output=tmp_path / "one.h5", draws=1, progress=False)
    hashes = tuopin.open(study, "check").state_hash.sel(scenario="plan", draw=0, replicate=0)
    world = engine.start("plan")
    assert world.draw is None and world.year == 2014
    for year in range(2015, 2021):
        world.step()
        assert world.state_hash == f"{int(hashes.sel(year=year)):016x}"


def test_columns_say_what_they_are_and_are_snapshots(engine: tuopin.Engine) -> None:
    world = engine.start("plan").step()
    assert {"person", "household", "village", "county", "region"} <= set(world.levels())
    known = {column.name: column for column in world.columns("household")}
    assert known["true_income"].unit == "yuan/year" and known["true_income"].meaning_zh
    income = world.column("household", "true_income")
    members = world.column("household", "members")
    assert income.shape == members.shape and income.dtype == np.float32
    assert world.column("person", "age").size == members.sum()
    kept = income.copy()
    world.run()
    assert np.array_equal(income, kept)
    assert not np.array_equal(world.column("household", "true_income"), kept)
    for level in world.levels():
        for column in world.columns(level):
            assert world.column(level, column.name).ndim == 1, (level, column)
            assert column.unit and column.meaning, (level, column)


def test_columns_give_the_figures(engine: tuopin.Engine) -> None:
    world = engine.start("baseline").run()
    income = world.column("household", "true_income").astype(float)
    persons = world.column("household", "members").astype(float) * world.column("household", "weight")
    mean = world.figures(["mean_income"]).mean_income.sel(place="hamlet", year=2020, income="true")
    assert (income * persons).sum() / persons.sum() == pytest.approx(float(mean.squeeze()), rel=1e-6)


def test_a_copy_goes_its_own_way_to_the_same_bits(engine: tuopin.Engine) -> None:
    world = engine.start("plan", draw=1).step().step()
    twin = world.copy()
    assert twin.state_hash == world.state_hash
    world.run()
    assert twin.year == 2016
    assert twin.run().state_hash == world.state_hash


def test_a_trajectory_is_saved_and_loaded(engine: tuopin.Engine, tmp_path: Path) -> None:
    world = engine.start("plan", draw=2, replicate=1).step().step().step()
    path = world.save(tmp_path / "plan-2017")
    with pytest.raises(tuopin.OutputError, match="stands there already"):
        world.save(path)
    world.save(path, force=True)
    again = tuopin.Engine(*SCENARIOS).load(path)
    assert (again.scenario, again.draw, again.replicate, again.year) == ("plan", 2, 1, 2017)
    assert again.run().state_hash == world.run().state_hash
    other = tmp_path / "table.csv"
    other.write_text("a,b\n")
    with pytest.raises(tuopin.OutputError, match="is no saved trajectory"):
        world.save(other, force=True)
    with pytest.raises(tuopin.DataError, match=r"table\.csv"):
        engine.load(other)
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(tuopin.DataError, match="plan-2017"):
        engine.load(path)


def test_a_variant_is_the_scenario_of_a_file_with_that_key(tmp_path: Path) -> None:
    engine = tuopin.Engine(*SCENARIOS)
    assert engine.variant("plan", {"programme.posts.capacity.by_year.2018": 0}, name="no-2018") == "no-2018"
    assert engine.variant("plan", name="no-orchard", without=["orchard"]) == "no-orchard"
    assert engine.scenarios == ["baseline", "plan", "no-2018", "no-orchard"]
    worlds = {name: engine.start(name) for name in engine.scenarios}
    for world in worlds.values():
        world.run()
    assert len({world.state_hash for world in worlds.values()}) == 4
    fork = engine.start("plan").step().step().step()
    assert fork.copy("no-2018").run().state_hash == worlds["no-2018"].state_hash
    with pytest.raises(tuopin.UsageError, match="it differs from 2018 on"):
        fork.step().copy("no-2018")
    early = engine.start("no-2018").step().step().step()
    assert early.state_hash == engine.start("plan").step().step().step().state_hash
    study = engine.run(["baseline", "no-2018", "no-orchard"], figures=["poverty_rate", "programmes/places"])
    assert study["programmes/places"].sel(scenario="no-2018", programme="posts", year=2018).max() == 0
    assert "poverty_rate" in study and "gini" not in study
    with pytest.raises(tuopin.UsageError, match="did you mean 'poverty_rate'"):
        study["poverty_rat"]
    at = study.sel(place="hamlet", year=[2019, 2020], scenario=slice("no-2018", None))
    assert (at.poverty_rate.sizes["year"], at.poverty_rate.sizes["scenario"]) == (2, 2)


def test_one_engine_for_two_threads_and_two_engines_at_once() -> None:
    shared, other = tuopin.Engine(*SCENARIOS, threads=2), tuopin.Engine(*SCENARIOS, threads=1)
    found: list[str] = []

    def live(engine: tuopin.Engine) -> None:
        found.append(engine.start("plan", draw=1).run().state_hash)

    threads = [threading.Thread(target=live, args=(engine,)) for engine in (shared, shared, other, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4 and len(set(found)) == 1


@pytest.fixture
def ctrl_c() -> Iterator[None]:
    """A job in the background ignores Ctrl-C from its start."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_news_come_and_ctrl_c_ends_a_run(engine: tuopin.Engine, ctrl_c: None) -> None:
    news: list[tuopin.Progress] = []
    engine.run(draws=3, progress=news.append)
    assert news and news[-1].done == news[-1].total

    def stop(_: tuopin.Progress) -> None:
        signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        engine.run(draws=2000, progress=stop)

    def fail(_: tuopin.Progress) -> None:
        raise RuntimeError("the listener's own")

    with pytest.raises(RuntimeError, match="the listener's own"):
        engine.run(draws=2000, progress=fail)
    assert engine.start("plan").step().year == 2015


def test_an_engine_of_before_a_fork_is_refused(engine: tuopin.Engine) -> None:
    world = engine.start("plan")
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        said = b""
        for call in (world.step, lambda: engine.run(), lambda: engine.start("plan"), lambda: world.figures()):
            try:
                call()
                said += b"nothing;"
            except tuopin.UsageError as error:
                said += b"fork;" if "fork" in str(error) else b"other;"
        os.write(writer, said)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        assert pipe.read() == b"fork;" * 4
    os.waitpid(child, 0)


def test_a_closed_engine_is_refused() -> None:
    with tuopin.Engine(SCENARIOS[0]) as engine:
        world = engine.start("baseline").step()
    for call in (world.step, world.figures, world.copy, lambda: engine.run(), lambda: engine.scenarios):
        with pytest.raises(tuopin.UsageError, match="closed"):
            call()
    assert "closed" in repr(engine)


def started_elsewhere() -> tuopin.Trajectory:
    return tuopin.Engine(*SCENARIOS).start("baseline")


def a_study(engine: tuopin.Engine) -> tuopin.Study:
    return engine.run(["baseline"], figures=["poverty_rate"], draws=1)


@pytest.mark.parametrize(
    ("call", "kind", "words"),
    [
        (lambda e: e.start("pla"), tuopin.UsageError, 'did you mean "plan"'),
        (lambda e: e.start(3), tuopin.UsageError, "expected a name"),
        (lambda e: e.start("plan").copy("plam"), tuopin.UsageError, "did you mean"),
        (lambda e: e.start("plan", draw=-1), tuopin.UsageError, "whole number"),
        (lambda e: e.start("plan", draw=0.5), tuopin.UsageError, "whole number"),
        (lambda e: e.start("plan", replicate=70000), tuopin.UsageError, "whole number"),
        (lambda e: e.start("plan", against=e.start("baseline", draw=1)), tuopin.UsageError, "another draw"),
        (lambda e: e.start("plan", against="baseline"), tuopin.UsageError, "expected a trajectory"),
        (lambda e: e.start("plan", against=e.start("baseline")).step(), tuopin.UsageError, "has not simulated 2015"),
        (lambda e: e.start("plan", against=started_elsewhere()), tuopin.UsageError, "another engine"),
        (lambda e: e.start("plan").run().step(), tuopin.UsageError, "last year"),
        (lambda e: e.start("plan").column("household", "true_incom"), tuopin.UsageError, 'did you mean "true_income"'),
        (lambda e: e.start("plan").column("housold", "true_income"), tuopin.UsageError, 'did you mean "household"'),
        (lambda e: e.start("plan").columns("x"), tuopin.UsageError, "level"),
        (lambda e: e.start("plan").column("household", "true_income"), tuopin.UsageError, "step the trajectory first"),
        (lambda e: e.variant("plan", ["x"], name="v6"), tuopin.UsageError, "expected a table"),
        (lambda e: e.start("plan").figures(["poverty_rat"]), tuopin.UsageError, 'did you mean "poverty_rate"'),
        (lambda e: e.start("plan").figures("poverty_rate"), tuopin.UsageError, "expected a list"),
        (lambda e: e.start("plan").figures(["into_poverty"]), tuopin.UsageError, "differs from another"),
        (lambda e: e.run(["plan", "plan"]), tuopin.UsageError, "twice"),
        (lambda e: e.run(["plan", "plam"]), tuopin.UsageError, "did you mean"),
        (lambda e: e.run([]), tuopin.UsageError, "at least one"),
        (lambda e: e.run(draws=0), tuopin.UsageError, "whole number"),
        (lambda e: e.run(["plan"], leave_out_batches=1), tuopin.UsageError, "leave_out_batches measures"),
        (lambda e: e.run(figures=["gin"]), tuopin.UsageError, "did you mean"),
        (lambda e: e.variant("plan", {"posts.capacity.by_yaer.2018": 0}, name="v1"), tuopin.ScenarioError, "by_year"),
        (lambda e: e.variant("plan", {"posts.take_up.probability": 3}, name="v2"), tuopin.ScenarioError, "posts"),
        (lambda e: e.variant("plan", {"posts.years": object()}, name="v3"), tuopin.UsageError, "expected a number"),
        (lambda e: e.variant("plan", name="baseline"), tuopin.UsageError, "already"),
        (lambda e: e.variant("plan", name=""), tuopin.ScenarioError, "empty"),
        (lambda e: e.variant("plan", name="v4", without=["post"]), tuopin.ScenarioError, "did you mean"),
        (lambda e: e.variant("plan", name="v5", without="posts"), tuopin.UsageError, "list"),
        (lambda e: e.load("nowhere"), tuopin.DataError, "nowhere"),
        (lambda e: tuopin.Engine(), tuopin.UsageError, "no scenario"),
        (lambda e: tuopin.Engine(3), tuopin.UsageError, "no path"),
        (lambda e: tuopin.Engine(SCENARIOS), tuopin.UsageError, "one by one: tuopin.Engine(*files)"),
        (lambda e: a_study(e).sel(place="hamlt"), tuopin.UsageError, "place: there is no 'hamlt'"),
        (lambda e: a_study(e).sel(place=["hamlet", "x"]), KeyError, "there are: 'hamlet', 'brook'"),
        (lambda e: a_study(e).sel(plac="hamlet"), tuopin.UsageError, "did you mean 'place'"),
        (lambda e: a_study(e).sel(year=2031), tuopin.UsageError, "2031"),
        (lambda e: tuopin.Engine("nowhere.toml"), tuopin.ScenarioError, "nowhere.toml"),
        (lambda e: tuopin.Engine(*SCENARIOS, sample=2), tuopin.UsageError, "share"),
        (lambda e: tuopin.Engine(*SCENARIOS, SCENARIOS[1]), tuopin.UsageError, "name"),
        (lambda e: tuopin.Engine(SCENARIOS[0], ROOT / "scenarios/xiangxi/baseline.toml"), tuopin.Error, "region"),
        (lambda e: tuopin.Trajectory(), tuopin.UsageError, "Engine.start"),
    ],
)  # fmt: skip
def test_what_is_asked_wrongly_is_refused_in_words(engine: tuopin.Engine, call, kind, words: str) -> None:
    with pytest.raises(kind) as refused:
        call(engine)
    assert words in str(refused.value)


def test_a_study_is_no_scenario(file_of_three: Path) -> None:
    with pytest.raises(tuopin.ScenarioError, match=r"s\.h5"):
        tuopin.Engine(file_of_three)


def test_no_order_of_calls_crashes(tmp_path: Path) -> None:
    """Two thousand calls by luck, a third of them wrong: each gives an answer or an exception of tuopin."""
    luck = random.Random(20161)
    engine = tuopin.Engine(*SCENARIOS, threads=1)
    worlds: list[tuopin.Trajectory] = [engine.start("plan")]
    saved = worlds[0].save(tmp_path / "world")
    wrong = ["", "plam", "household\0", "家户", "true_income"]
    levels = ["household", "person", "village", "county", "region", *wrong]

    def name() -> str:
        return luck.choice([*engine.scenarios[:4], *wrong])

    def keep(world: tuopin.Trajectory) -> None:
        worlds.append(world)
        if len(worlds) > 6:
            del worlds[luck.randrange(len(worlds))]

    calls = [
        lambda w: w.step(), lambda w: w.step(), lambda w: w.step(), lambda w: w.run(), lambda w: keep(w.copy()),
        lambda w: w.figures(), lambda w: w.figures([luck.choice(["gini", "ledger/paid", *wrong])]),
        lambda w: w.columns(luck.choice(levels)),
        lambda w: w.column(luck.choice(levels), luck.choice(["true_income", "members", "age", *wrong])),
        lambda w: w.save(saved, force=True), lambda w: keep(engine.load(saved)), lambda w: w.state_hash,
        lambda w: keep(engine.start(name(), luck.choice([None, 0, 1, 7, -1, "x"]), luck.choice([0, 3, -1]))),
        lambda w: keep(engine.start(name(), w.draw, w.replicate, w)),
        lambda w: engine.variant(
            name(), {luck.choice(["posts.years", "x", "growth.nominal"]): luck.choice([1, 0.05, "a", -9e99])},
            name=f"v{luck.randrange(4)}",
        ),
        lambda w: engine.run([name()], draws=luck.choice([1, 2, 0])),
    ]  # fmt: skip
    refused = 0
    for _ in range(2000):
        try:
            luck.choice(calls)(luck.choice(worlds))
        except tuopin.Error:
            refused += 1
    assert 200 < refused < 1800
    assert engine.start("plan").run().state_hash == tuopin.Engine(*SCENARIOS).start("plan").run().state_hash
