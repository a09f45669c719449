"""The fan chart: what it says, in both languages, and that it draws without a warning."""

from __future__ import annotations

import itertools
import shutil
import warnings
from pathlib import Path

import h5py
import numpy as np
import pandas as pd
import pytest
from conftest import write_small_study
from matplotlib.figure import Figure
from matplotlib.text import Text

import tuopin
from tuopin import _drawing, charts, commands
from tuopin._language import speaking


def texts(figure: Figure) -> str:
    return "\n".join(text.get_text() for text in figure.findobj(Text) if isinstance(text, Text))


def test_panels_scenarios_and_the_source(study: Path, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = tuopin.fan_chart(study, tmp_path / "fan.png")
    said = texts(figure)
    for part in (
        "Income-poor (simulated)",
        "On the poverty register",
        "Fewer income-poor by the plan",
        "median",
        "Source: tuopin",
        "Synthetic population",
        "2015",
        "2020",
    ):
        assert part in said
    assert (tmp_path / "fan.png").read_bytes()[:4] == b"\x89PNG"
    assert not list(tmp_path.glob(".*"))


def test_targets_and_reported_figures(small_study: Path) -> None:
    said = texts(tuopin.fan_chart(small_study))
    assert "target 12%" in said  # printed as a rate
    assert "target ≤5%" in said  # 10 of 200 persons
    assert "reported" in said


def test_reported_figures_from_a_table(small_study: Path, tmp_path: Path) -> None:
    table = tmp_path / "observations.csv"
    pd.DataFrame({"variable": ["register_persons"], "year": [2018], "value": [40]}).to_csv(table, index=False)
    figure = tuopin.fan_chart(small_study, observations=table)
    dots = [line for line in figure.axes[1].lines if line.get_marker() == "o"]
    assert [tuple(line.get_ydata()) for line in dots] == [(0.2,)]


def test_the_median_is_drawn(small_study: Path) -> None:
    results = tuopin.open(small_study)
    rate = results.poverty_rate.isel(place=0, line=0, income=0)
    expected = tuopin.order_statistics(rate, (0.5,)).sel(scenario="plan").values.ravel()
    lines = [line for line in tuopin.fan_chart(results).axes[0].lines if len(line.get_xdata()) == 6]
    assert any((line.get_ydata() == expected).all() for line in lines)


def test_chinese(small_study: Path, tmp_path: Path) -> None:
    if charts._cjk_font() is None:
        pytest.skip("no font with Chinese characters (Debian: fonts-wqy-microhei)")
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a missing glyph is a warning of Matplotlib
        figure = tuopin.fan_chart(small_study, tmp_path / "fan.png", lang="zh")
    for part in (
        "模拟收入贫困发生率",
        "建档立卡贫困发生率",
        "规划目标",
        "官方公布",
        "合成人口",
        "因规划减少的收入贫困人口",
    ):
        assert part in texts(figure)


def test_without_a_chinese_font_it_says_so(small_study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charts, "_cjk_font", lambda: None)
    with pytest.warns(UserWarning, match="fonts-wqy-microhei"):
        assert "Income-poor (simulated)" in texts(tuopin.fan_chart(small_study, lang="zh"))


def test_labels_do_not_cover_each_other() -> None:
    sizes = [0.12, 0.12, 0.2, 0.1, 0.1]
    placed = _drawing.apart([0.10, 0.11, 0.50, 0.99, 0.0], sizes, top=1.0)
    at = sorted(zip(placed, sizes, strict=True))
    assert all(b - a >= (m + n) / 2 - 1e-12 for (a, m), (b, n) in itertools.pairwise(at))
    assert min(c - size / 2 for c, size in at) >= -1e-12
    assert max(c + size / 2 for c, size in at) <= 1 + 1e-12


def test_the_fall_by_the_plan_is_the_paired_difference(small_study: Path) -> None:
    """Medians of differences, not the difference of medians, scenario by scenario."""
    study = tuopin.open(small_study)
    rate = study.poverty_rate.isel(place=0).sel(line=1.0, income="true")
    poor = (200 * rate).round()
    expected = tuopin.order_statistics(poor.sel(scenario="baseline") - poor.sel(scenario="plan"), (0.5,)).values.ravel()
    axis = tuopin.fan_chart(small_study).axes[2]
    lines = [line for line in axis.lines if len(line.get_xdata()) == 6]
    assert [list(line.get_ydata()) for line in lines] == [list(expected)]
    assert "against “baseline”" in texts(tuopin.fan_chart(study))


def test_one_scenario_has_no_difference(tmp_path: Path) -> None:
    write_small_study(tmp_path / "one.h5", ("baseline",))
    assert len(tuopin.fan_chart(tmp_path / "one.h5").axes) == 2


PLACES = {
    "place": ["hamlet", "guzhang", "lower"],
    "place_name": ["Hamlet", "Guzhang County", "Lower"],
    "place_name_zh": ["小村", "古丈县", "下"],
}


@pytest.fixture(scope="module")
def placed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three scenarios with long names; the third place has nobody."""
    path = tmp_path_factory.mktemp("placed") / "placed.h5"
    names = [f"s{n}" for n in range(6)]
    titles = [f"Scenario number {n} with a title that is longer than most" for n in range(6)]
    write_small_study(path, tuple(names), texts={"place": PLACES, "scenario": {"scenario_title": titles}})
    with h5py.File(path, "a") as file:
        for name in ("poverty_rate", "register_rate", "fall_in_poverty"):
            file[name][:, :, :, :, 2] = np.nan
        file["persons"][..., 1] = 70
        file["persons"][..., 2] = 0
    return path


def test_the_place_and_its_persons_are_named(placed: Path) -> None:
    assert "Hamlet · 200 persons" in texts(tuopin.fan_chart(placed))
    study = tuopin.open(placed)
    for name in ("guzhang", "Guzhang", "GUZHANG COUNTY", "古丈县", "古丈", " guzhang ", "guz"):
        assert charts._place(study, name) == 1
    assert "Guzhang County (Hamlet) · 70 persons" in texts(tuopin.fan_chart(study, place="Guzhang", title="My own"))
    with pytest.raises(tuopin.UsageError, match="did you mean 'guzhang'"):
        tuopin.fan_chart(placed, place="Guzang")
    with speaking("zh"), pytest.raises(tuopin.UsageError, match=r"古丈县 \[guzhang\].*是否指'guzhang'"):
        tuopin.fan_chart(placed, place="古文县")
    assert "target" not in texts(tuopin.fan_chart(placed, place="guzhang"))  # of the whole region


def test_a_place_without_anybody_says_so(placed: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert texts(tuopin.fan_chart(placed, place="lower")).count("no data") == 3


def test_preview_is_said(tmp_path: Path) -> None:
    write_small_study(tmp_path / "quick.h5", preview="5% sample, 20 draws", sample=0.05)
    for title in (None, "Own"):
        assert "preview" in texts(tuopin.fan_chart(tmp_path / "quick.h5", title=title))
    if charts._cjk_font() is not None:
        assert "预览" in texts(tuopin.fan_chart(tmp_path / "quick.h5", lang="zh"))


@pytest.mark.parametrize("size", [None, (5, 9), (8, 12), (14, 6)])
@pytest.mark.parametrize("title", [None, "Leaving poverty" + 15 * " in a place", "x" * 150])
def test_text_stays_on_the_paper_and_apart(placed: Path, size: tuple[float, float] | None, title: str | None) -> None:
    figure = tuopin.fan_chart(placed, title=title, size=size)
    figure.canvas.draw()
    found = [text for text in figure.findobj(Text) if isinstance(text, Text) and text.get_text() and text.get_visible()]
    for text in found:
        box, paper = text.get_window_extent(), figure.bbox
        assert box.x0 >= -1 and box.x1 <= paper.width + 1, text.get_text()
        assert box.y0 >= -1 and box.y1 <= paper.height + 1, text.get_text()
    for axis in figure.axes:
        years = [label.get_window_extent() for label in axis.get_xticklabels()]
        beside = [text.get_window_extent() for text in axis.texts if "(" in text.get_text()]
        assert not any(year.overlaps(label) for year in years for label in beside)
        assert not any(a.y0 < b.y1 - 2 and b.y0 < a.y1 - 2 for a, b in itertools.combinations(beside, 2))


def test_a_rate_of_another_base_is_brought_to_the_axis(small_study: Path) -> None:
    """12% of 100 persons are 6% of the 200 that the study simulates."""
    targets = pd.DataFrame(
        {
            "measure": ["register_rate"],
            "year": [2017],
            "value": [0.12],
            "comparison": "at_most",
            "base_persons": [100.0],
        }
    )
    assert "target ≤6%" in texts(tuopin.fan_chart(small_study, targets=targets))


def test_marks_at_zero_stay_off_the_years(small_study: Path) -> None:
    targets = pd.DataFrame(
        {"measure": ["register_rate"] * 2, "year": [2019, 2020], "value": [0.0, 0.0], "comparison": "at_most"}
    )
    figure = tuopin.fan_chart(small_study, targets=targets)
    figure.canvas.draw()
    axis = figure.axes[1]
    marks = [line for line in axis.lines if line.get_marker() == "D"]
    assert len(marks) == 2
    for mark in marks:
        y = axis.transData.transform((mark.get_xdata()[0], mark.get_ydata()[0]))[1]
        reach = 4 * figure.dpi / 72  # points from the middle of the mark to its corner
        for label in axis.get_xticklabels():
            assert label.get_window_extent().y1 < y - reach
    said = [text.get_window_extent() for text in axis.texts if text.get_text().startswith("target")]
    assert not said[0].overlaps(said[1])


# ------------------------------------------------------------------------------------------------------ refusals


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (
            "variable,year,value\nregister_rate,2017,0.1\nregister_rate,twenty,0.1\n",
            "csv:3: year is 'twenty'",
        ),
        ("variable,year,value\nregister_rate,2017,12%\n", "observations.csv:2: value is '12%'"),
        ("variable,year,value\nregister_rate,2017,12\n", "expected a share from 0 to 1"),
        ("variable,year,value\nregister_rate,2017,nan\n", "value is 'nan'"),
        ("variable,year,value\nregister_rat,2017,0.1\n", "did you mean register_rate"),
        ("variable,year,value\nregister_rate,2017\n", "2 cells, expected 3"),
        ("variable,year,valu\nregister_rate,2017,0.1\n", "there is no column value; is 'valu' meant"),
        ("variable,year,value,sauce\nregister_rate,2017,0.1,x\n", "unknown column 'sauce', did you mean source"),
        ("variable,year,value,year\nregister_rate,2017,0.1,2017\n", "the column year stands twice"),
        ("", "is empty"),
    ],
)
def test_a_table_given_by_an_option_is_checked(
    small_study: Path, tmp_path: Path, rows: str, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "observations.csv"
    table.write_text(rows)
    chart = tmp_path / "chart.png"
    assert commands.chart([str(small_study), "-o", str(chart), "--observations", str(table)]) == 4
    assert text in capsys.readouterr().err
    assert not chart.exists()


def test_tables_that_cannot_be_read(small_study: Path, tmp_path: Path) -> None:
    (tmp_path / "latin.csv").write_bytes("variable,year,value\nrégister,2017,0.1\n".encode("latin-1"))
    for name, text in (("none.csv", "cannot be read"), ("latin.csv", "is not UTF-8"), ("", "cannot be read")):
        with pytest.raises(tuopin.DataError, match=text):
            tuopin.fan_chart(small_study, observations=tmp_path / name)
    with pytest.raises(tuopin.DataError, match="no column value"):
        tuopin.fan_chart(small_study, observations=pd.DataFrame({"variable": ["register_rate"], "year": [2017]}))
    with pytest.raises(tuopin.DataError, match="targets: row 0: value is 'x'"):
        tuopin.fan_chart(
            small_study, targets=pd.DataFrame({"measure": ["register_rate"], "year": [2017], "value": ["x"]})
        )


@pytest.mark.parametrize("name", ["p.png", "growth_0.05.h5", "plain"])
def test_a_chart_never_replaces_a_study_or_what_stands_there(small_study: Path, tmp_path: Path, name: str) -> None:
    study = Path(shutil.copy(small_study, tmp_path / name))
    before = study.read_bytes()
    expected = tmp_path / (name.removesuffix(".h5") + ".png")
    assert commands.chart([str(study)]) == 0
    assert expected.read_bytes()[:4] == b"\x89PNG"
    assert commands.chart([str(study)]) == 6  # it stands there
    assert commands.chart([str(study), "--force"]) == 0
    for target in (study, Path(shutil.copy(small_study, tmp_path / "another.svg"))):
        given = target if target.suffix in (".png", ".svg") else target.with_suffix(".svg")
        if given.exists():
            assert commands.chart([str(study), "-o", str(given), "--force"]) == 6
    assert study.read_bytes() == before
    assert not list(tmp_path.glob(".*"))


def test_bad_requests(small_study: Path, tmp_path: Path) -> None:
    with pytest.raises(tuopin.UsageError, match="lang"):
        tuopin.fan_chart(small_study, lang="fr")  # type: ignore[arg-type]
    with pytest.raises(tuopin.UsageError, match="did you mean 'zh'"):
        tuopin.fan_chart(small_study, lang="cn")  # type: ignore[arg-type]
    for size in ((1, 1), (9,), "big", (5, float("nan"))):
        with pytest.raises(tuopin.UsageError, match="size"):
            tuopin.fan_chart(small_study, size=size)  # type: ignore[arg-type]
    with pytest.raises(tuopin.UsageError, match="expected one of hamlet, upper, lower"):
        tuopin.fan_chart(small_study, place="nowhere")
    with pytest.raises(tuopin.UsageError, match=r"\.png"):
        tuopin.fan_chart(small_study, tmp_path / "fan.doc")
    with pytest.raises(tuopin.UsageError, match=r"did you mean \.png"):
        tuopin.fan_chart(small_study, tmp_path / "fan.pmg")
    with pytest.raises(tuopin.OutputError, match="there is no folder"):
        tuopin.fan_chart(small_study, tmp_path / "no/such/folder.png")
    (tmp_path / "there.png").write_bytes(b"\x89PNG")
    with pytest.raises(tuopin.UsageError, match="nowhere"):  # said before that the file stands there
        tuopin.fan_chart(small_study, tmp_path / "there.png", place="nowhere")


def test_command(small_study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    study = shutil.copy(small_study, tmp_path / "study.h5")
    assert commands.chart([str(study)]) == 0
    assert (tmp_path / "study.png").exists()
    assert commands.chart([str(tmp_path / "none.h5")]) == 4
    with pytest.raises(SystemExit):
        commands.chart(["--help"])
    assert "90%" in capsys.readouterr().out
