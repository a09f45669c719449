"""The fan chart: what it says, in both languages, and that it draws without a warning."""

from __future__ import annotations

import itertools
import shutil
import warnings
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

import tuopin
from tuopin import charts, commands


def texts(figure: Figure) -> str:
    return "\n".join(text.get_text() for text in figure.findobj(Text) if isinstance(text, Text))


def test_both_panels_scenarios_and_the_source(study: Path, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = tuopin.fan_chart(study, tmp_path / "fan.png")
    said = texts(figure)
    for part in (
        "Truly poor",
        "On the poverty register",
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
    for part in ("实际贫困发生率", "建档立卡贫困发生率", "规划目标", "官方公布", "合成人口"):
        assert part in texts(figure)


def test_without_a_chinese_font_it_says_so(small_study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charts, "_cjk_font", lambda: None)
    with pytest.warns(UserWarning, match="fonts-wqy-microhei"):
        assert "Truly poor" in texts(tuopin.fan_chart(small_study, lang="zh"))


def test_labels_do_not_cover_each_other() -> None:
    placed = charts._apart([0.10, 0.11, 0.50, 0.99], least=0.12, top=1.0)
    assert all(b - a >= 0.12 - 1e-12 for a, b in itertools.pairwise(placed))
    assert min(placed) >= 0
    assert max(placed) <= 1


def test_bad_requests(small_study: Path, tmp_path: Path) -> None:
    with pytest.raises(tuopin.UsageError, match="lang"):
        tuopin.fan_chart(small_study, lang="fr")  # type: ignore[arg-type]
    with pytest.raises(tuopin.UsageError, match="expected one of hamlet, upper, lower"):
        tuopin.fan_chart(small_study, place="nowhere")
    with pytest.raises(tuopin.UsageError, match=r"\.png"):
        tuopin.fan_chart(small_study, tmp_path / "fan.doc")
    with pytest.raises(tuopin.OutputError, match="cannot be written"):
        tuopin.fan_chart(small_study, tmp_path / "no/such/folder.png")


def test_command(small_study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    study = shutil.copy(small_study, tmp_path / "study.h5")
    assert commands.chart([str(study)]) == 0
    assert (tmp_path / "study.png").exists()
    assert commands.chart([str(tmp_path / "none.h5")]) == 4
    with pytest.raises(SystemExit):
        commands.chart(["--help"])
    assert "90%" in capsys.readouterr().out


def test_a_long_title_stays_on_the_paper(small_study: Path) -> None:
    short, long, longest = (
        next(text for text in figure.texts if text.get_text().startswith("Leaving"))
        for figure in (tuopin.fan_chart(small_study, title="Leaving poverty" + n * " in a place") for n in (0, 7, 15))
    )
    assert short.get_fontsize() > long.get_fontsize()
    assert "\n" not in long.get_text()
    assert "\n" in longest.get_text()
    for text in (short, long, longest):
        inside = text.get_window_extent()
        paper = text.get_figure().bbox
        assert inside.x0 >= 0
        assert inside.x1 <= paper.width
        assert inside.y0 >= 0
        assert inside.y1 <= paper.height
