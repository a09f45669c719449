"""Charts for a report: the fan chart of a study."""

from __future__ import annotations

import os
import re
import textwrap
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patheffects import AbstractPathEffect, withStroke
from matplotlib.ticker import FuncFormatter, MaxNLocator

from tuopin import results
from tuopin._fonts import Language, heavy, style
from tuopin._fonts import cjk_font as _cjk_font
from tuopin._points import Point, group_frame, points_of, read_observations
from tuopin.errors import DataError, OutputError, UsageError

__all__ = ["fan_chart"]

# Grey for the world without the plan, then hues that differ in lightness too: readable in print and by everybody.
_COLOURS = ("#6b6f76", "#00629b", "#c8511b", "#3a7d44", "#7b4b94", "#9a6b00")
_INK, _QUIET, _GRID = "#1c2024", "#61676e", "#e4e6e9"
_BANDS = ((0.05, 0.95, 0.16), (0.25, 0.75, 0.28))  # low, high, opacity
_LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)

_TEXT: dict[str, dict[Language, str]] = {
    "title": {"en": "Leaving poverty, with and without the plan", "zh": "有规划与无规划下的脱贫进程"},
    "title_one": {"en": "Leaving poverty", "zh": "脱贫进程"},
    "true": {"en": "Truly poor", "zh": "实际贫困发生率"},
    "true_note": {"en": "share of persons with income below the line", "zh": "实际收入低于贫困线的人口比重"},
    "register": {"en": "On the poverty register", "zh": "建档立卡贫困发生率"},
    "register_note": {"en": "share of persons registered at the end of the year", "zh": "年末建档立卡贫困人口比重"},
    "target": {"en": "target", "zh": "规划目标"},
    "observed": {"en": "reported", "zh": "官方公布"},
    "bands": {
        "en": "Lines: median; dark bands: 50%, light bands: 90% of {n} simulated worlds a scenario.",
        "zh": "线：中位数；深色带：50%，浅色带：90%（每个情景{n}次模拟）。",
    },
    "range": {
        "en": "Lines: median; dark bands: 50%, light bands: the whole range of {n} simulated worlds a scenario "
        "(a 90% interval needs 20).",
        "zh": "线：中位数；深色带：50%，浅色带：全部{n}次模拟的全距（90%区间至少需20次）。",
    },
    "one": {
        "en": "One simulated world a scenario: no bands.",
        "zh": "每个情景仅模拟一次：无区间。",
    },
    "layers": {"en": "In the bands: {layers}.", "zh": "区间包含：{layers}。"},
    "synthetic": {
        "en": "Synthetic population of {persons:,.0f} persons, not a survey.",
        "zh": "合成人口{persons:,.0f}人，非调查数据。",
    },
    "source": {"en": "Source: tuopin {version}, {study}.", "zh": "来源：tuopin {version}，{study}。"},
}
_SCENARIO_ZH = {"baseline": "无规划（基准）", "plan": "规划", "plan-2016": "2016年规划"}
_BRACKETS = re.compile(r"\s*[(（][^)）]*[)）]\s*$")  # what a title adds in brackets is for the table
_LAYERS_ZH = {
    "luck": "住户与共同冲击的随机性",
    "parameters": "参数取值范围",
    "synthetic population": "合成人口",
}


@dataclass(frozen=True)
class _Panel:
    """One rate by year: order statistics [scenario, year, level] and the points that it is held against."""

    values: xr.DataArray
    heading: str
    note: str
    targets: list[Point]
    observed: list[Point]


def fan_chart(
    study: xr.Dataset | str | os.PathLike[str],
    output: str | os.PathLike[str] | None = None,
    *,
    lang: Language = "en",
    place: str | None = None,
    title: str | None = None,
    targets: pd.DataFrame | None = None,
    observations: pd.DataFrame | str | os.PathLike[str] | None = None,
) -> Figure:
    """Draw the true and the register rate by year: each scenario's median with its 50% and 90% bands.

    ``study`` is a study file or the dataset that :func:`tuopin.open` gives. From a file the document's targets and the
    reported figures are taken from its groups "targets" and "observations"; as data frames they need the columns
    ``measure`` (or ``variable``), ``year``, ``value``, and for targets ``comparison``; reported figures may also be a
    region's observations.csv. ``place`` is the whole region
    unless named. With ``output`` the chart is also written there: PNG, SVG or PDF by its ending.
    """
    if lang not in ("en", "zh"):
        raise UsageError(f"lang is {lang!r}, expected 'en' or 'zh'")
    if observations is not None and not isinstance(observations, pd.DataFrame):
        observations = read_observations(Path(observations))
    name = "results"
    if not isinstance(study, xr.Dataset):
        path = Path(study)
        name = path.name
        targets = group_frame(path, "targets") if targets is None else targets
        observations = group_frame(path, "observations") if observations is None else observations
        study = results.open(path)
    if lang == "zh" and _cjk_font() is None:
        warnings.warn(
            "no font with Chinese characters was found (Debian: fonts-wqy-microhei); labels are English", stacklevel=2
        )
        lang = "en"
    with mpl.rc_context(style(lang)):
        figure = _draw(study, _panels(study, place, lang, targets, observations), lang, title, name)
        if output is not None:
            _save(figure, Path(output))
    return figure


# ------------------------------------------------------------------------------------------------- what is drawn


def _panels(
    study: xr.Dataset, place: str | None, lang: Language, targets: pd.DataFrame | None, observed: pd.DataFrame | None
) -> list[_Panel]:
    persons = _persons(study)
    panels = []
    for variable, text in (("poverty_rate", "true"), ("register_rate", "register")):
        if variable not in study:
            raise DataError(f"the study has no variable {variable}")
        rate = study[variable]
        if "line" in rate.dims:
            rate = rate.sel(line=1.0, method="nearest")
        if "income" in rate.dims:
            kinds = [str(kind) for kind in rate["income"].values]
            rate = rate.isel(income=kinds.index("true") if "true" in kinds else 0)
        if "place" in rate.dims:
            places = [str(one) for one in rate["place"].values]
            if place is not None and place not in places:
                raise UsageError(f"place is {place!r}, expected one of {', '.join(places)}")
            rate = rate.isel(place=places.index(place) if place is not None else 0)
        whole = place is None  # the document's figures are for the whole region
        panels.append(
            _Panel(
                results.order_statistics(rate, _LEVELS).transpose("scenario", "year", "level"),
                _TEXT[text][lang],
                _TEXT[f"{text}_note"][lang],
                points_of(targets if whole else None, variable, persons),
                points_of(observed if whole else None, variable, persons),
            )
        )
    return panels


def _persons(study: xr.Dataset) -> float:
    """Persons of the whole region that a number on the register is a share of."""
    if "persons" in study:
        return float(study["persons"].isel(place=0).median())
    return float(study.attrs.get("persons", 0) or 0)


def _scenario_titles(study: xr.Dataset, lang: Language) -> list[str]:
    names = [str(name) for name in study["scenario"].values]
    key = "scenario_title" if lang == "en" else "scenario_title_zh"
    if key in study and study[key].dims == ("scenario",):
        return [str(text) for text in study[key].values]
    return [_SCENARIO_ZH.get(name, name) if lang == "zh" else name for name in names]


def _layer(text: str, lang: Language) -> str:
    """A layer of uncertainty in the reader's language; the words of the study where no translation is known."""
    if lang == "zh":
        return next((chinese for start, chinese in _LAYERS_ZH.items() if text.startswith(start)), text)
    return text


def _footer(study: xr.Dataset, lang: Language, name: str) -> str:
    worlds = int(np.prod([study.sizes.get(dim, 1) for dim in results.DRAWS[:2]]))
    parts = [_TEXT["one" if worlds < 2 else "range" if worlds < 20 else "bands"][lang].format(n=worlds)]
    layers = study.attrs.get("uncertainty_layers")
    if layers is not None and len(layers):
        words = layers.split(";") if isinstance(layers, str) else [str(layer) for layer in np.ravel(layers)]
        words = [_layer(word.strip(), lang) for word in words]
        parts.append(_TEXT["layers"][lang].format(layers=("、" if lang == "zh" else ", ").join(words)))
    if str(study.attrs.get("synthetic", "")).lower() not in ("", "0", "false", "no"):
        parts.append(_TEXT["synthetic"][lang].format(persons=_persons(study)))
    parts.append(_TEXT["source"][lang].format(version=study.attrs.get("tuopin_version", "?"), study=name))
    # Chinese is wrapped between any two signs, so the source has a line of its own, where no name is cut in two.
    lines = ["".join(parts[:-1]), parts[-1]] if lang == "zh" else [" ".join(parts)]
    return "\n".join(part for line in lines for part in textwrap.wrap(line, 98 if lang == "zh" else 165))


# ------------------------------------------------------------------------------------------------- how it is drawn


def _draw(study: xr.Dataset, panels: list[_Panel], lang: Language, title: str | None, name: str) -> Figure:
    figure = Figure(figsize=(10.4, 5.5), dpi=200, facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.subplots(1, 2, sharey=True)
    figure.subplots_adjust(left=0.05, right=0.87, top=0.755, bottom=0.165, wspace=0.45)
    titles = _scenario_titles(study, lang)
    top = max(float(np.nanmax(panel.values)) for panel in panels)
    top = 1.08 * max([top, *(point.value for panel in panels for point in panel.targets)]) or 1.0
    for axis, panel in zip(axes, panels, strict=True):
        _draw_panel(axis, panel, titles, lang, top)
    heading = title or _TEXT["title" if len(titles) > 1 else "title_one"][lang]
    _draw_title(figure, heading, 0.95 if title is None else 0.935)
    region = _BRACKETS.sub("", str(study.attrs.get("region" if lang == "en" else "region_zh", "")))
    if title is None:
        figure.text(0.03, 0.903, region, fontsize=10.5, color=_QUIET, va="center")
    footer = _footer(study, lang, name)
    figure.text(0.03, 0.03, footer, fontsize=8, color=_QUIET, va="bottom", linespacing=1.45)
    return figure


def _draw_title(figure: Figure, heading: str, height: float) -> None:
    """The heading on one line; smaller where it is long, and on two where it would be too small to stand out."""
    text = figure.text(0.03, height, heading, fontsize=16, color=_INK, va="center", linespacing=1.2, **heavy(heading))
    width = text.get_window_extent().width / figure.bbox.width
    if width * 12 / 16 > 0.94:  # still too long at the size of the panels' headings
        middle = len(heading) // 2
        breaks = [i for i, sign in enumerate(heading) if sign in " ：，"] or [middle]
        at = min(breaks, key=lambda i: abs(i - middle)) + 1
        text.set_text(heading[:at].rstrip() + "\n" + heading[at:])
        width = text.get_window_extent().width / figure.bbox.width
    text.set_fontsize(16 * min(1.0, 0.94 / width if width else 1.0))


def _draw_panel(axis: Axes, panel: _Panel, titles: Sequence[str], lang: Language, top: float) -> None:
    years = panel.values["year"].values.astype(float)
    at = {level: panel.values.sel(level=level).values for level in _LEVELS}
    ends = []
    for row, text in enumerate(titles):
        colour = _COLOURS[row % len(_COLOURS)]
        for low, high, opacity in _BANDS:
            axis.fill_between(years, at[low][row], at[high][row], color=colour, alpha=opacity, linewidth=0)
        axis.plot(years, at[0.5][row], color=colour, linewidth=2.2, solid_capstyle="round")
        known = np.flatnonzero(np.isfinite(at[0.5][row]))
        if len(known):
            last = known[-1]
            text = "\n".join(textwrap.wrap(_BRACKETS.sub("", text), 20 if lang == "en" else 12))
            values = "{:.1f}%  ({:.1f}–{:.1f})".format(*(100 * at[level][row][last] for level in (0.5, 0.05, 0.95)))
            ends.append((float(at[0.5][row][last]), f"{text}\n{values}", colour))
    span = years[-1] - years[0] or 1.0
    axis.set_ylim(0, top)
    axis.set_xlim(years[0] - 0.03 * span, years[-1] + 0.03 * span)
    lines = max((end[1].count("\n") + 1 for end in ends), default=1)
    heights = _apart([end[0] for end in ends], 0.058 * lines * top, top)
    for (_, label, colour), height in zip(ends, heights, strict=True):
        axis.annotate(label, (1.02, height / top), xycoords="axes fraction", fontsize=8.3, color=colour, va="center",
                      linespacing=1.3, annotation_clip=False)  # fmt: skip
    _draw_points(axis, panel, lang)
    _plain_axes(axis, years)
    axis.text(0, 1.115, panel.heading, transform=axis.transAxes, fontsize=11.5, color=_INK, **heavy(panel.heading))
    axis.text(0, 1.05, panel.note, transform=axis.transAxes, fontsize=8.8, color=_QUIET)


def _draw_points(axis: Axes, panel: _Panel, lang: Language) -> None:
    """Targets as open diamonds, reported figures as dots, which carry their name once."""
    signs = {"at_most": "≤", "at_least": "≥"}
    for point in panel.targets:
        axis.plot([point.year], [point.value], marker="D", markersize=6.5, markerfacecolor="white", zorder=5,
                  markeredgecolor=_INK, markeredgewidth=1.4, linestyle="none", clip_on=False)  # fmt: skip
        text = f"{_TEXT['target'][lang]} {signs.get(point.comparison, '')}{100 * point.value:.3g}%"
        axis.annotate(text, (point.year, point.value), (0, 9), textcoords="offset points", fontsize=8, color=_INK,
                      ha="center", va="bottom", zorder=6, path_effects=_halo())  # fmt: skip
    first, last = float(panel.values["year"].min()), float(panel.values["year"].max())
    inside = [point for point in panel.observed if first <= point.year <= last]
    axis.plot([point.year for point in inside], [point.value for point in inside], marker="o", markersize=4.6,
              color=_INK, linestyle="none", zorder=5, clip_on=False)  # fmt: skip
    if inside:
        middle = inside[len(inside) // 2]
        axis.annotate(_TEXT["observed"][lang], (middle.year, middle.value), (-6, -0.5), textcoords="offset points",
                      fontsize=8, color=_INK, ha="right", va="center", zorder=6, path_effects=_halo())  # fmt: skip


def _plain_axes(axis: Axes, years: np.ndarray[Any, Any]) -> None:
    for side in ("top", "right", "left"):
        axis.spines[side].set_visible(False)
    axis.spines["bottom"].set_color(_QUIET)
    axis.grid(axis="y", color=_GRID, linewidth=0.8)
    axis.set_axisbelow(True)
    axis.tick_params(axis="both", length=0, labelsize=9, colors=_QUIET, labelleft=True)
    axis.set_xticks(years, [f"{year:.0f}" for year in years])
    axis.yaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 2.5, 5, 10]))
    axis.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{100 * value:.3g}%"))


def _apart(heights: Sequence[float], least: float, top: float) -> list[float]:
    """Moves labels as little as needed so that none covers another and none leaves the panel."""
    order = np.argsort(heights)
    placed = np.asarray(heights, dtype=float)[order]
    floor = 0.4 * least
    for i in range(len(placed)):
        placed[i] = max(placed[i], floor if i == 0 else placed[i - 1] + least)
    for i in reversed(range(len(placed))):
        ceiling = top - 0.4 * least if i == len(placed) - 1 else placed[i + 1] - least
        placed[i] = min(placed[i], ceiling)
    moved = np.empty_like(placed)
    moved[order] = placed
    return [float(height) for height in moved]


def _halo() -> list[AbstractPathEffect]:
    return [withStroke(linewidth=2.5, foreground="white", alpha=0.85)]


def _save(figure: Figure, path: Path) -> None:
    known = figure.canvas.get_supported_filetypes()
    if path.suffix.lstrip(".").lower() not in known:
        raise UsageError(f"{path}: expected a name that ends in .png, .svg or .pdf")
    part = path.with_name(f".{path.stem}.part{path.suffix}")
    try:
        figure.savefig(part)
        part.replace(path)
    except OSError as problem:
        raise OutputError(f"{path}: cannot be written ({problem})") from problem
    finally:
        part.unlink(missing_ok=True)
