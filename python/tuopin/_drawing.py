"""Drawing of charts: panels, labels that do not overlap, text that stays on the page at any size."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import AbstractPathEffect, withStroke
from matplotlib.text import Text
from matplotlib.ticker import FuncFormatter, MaxNLocator

from tuopin._fonts import heavy
from tuopin._points import Point

# Grey for the world without the plan, then hues that differ in lightness too: readable in print and by everybody.
COLOURS = ("#6b6f76", "#00629b", "#c8511b", "#3a7d44", "#7b4b94", "#9a6b00")
INK, QUIET, GRID = "#1c2024", "#61676e", "#e4e6e9"
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
_BANDS = ((0.05, 0.95, 0.16), (0.25, 0.75, 0.28))  # low, high, opacity
_BELOW = 0.06  # of a panel's height, left free below zero: a mark at zero stays off the years
_BRACKETS = re.compile(r"\s*[(（][^)）]*[)）]\s*$")  # what a title adds in brackets is for the table

SIZE = (10.4, 8.6)  # inches; without a panel of differences its height is less
LEAST_WIDTH, NARROW = 4.5, 8.5


@dataclass(frozen=True)
class Panel:
    """A figure by year: order statistics [scenario, year, level] and the points that it is compared with."""

    values: xr.DataArray
    heading: str
    note: str
    scenarios: list[tuple[str, str]]  # title and colour of each row
    is_rate: bool = True
    divisor: float = 1.0
    targets: list[Point] = field(default_factory=list)
    observed: list[Point] = field(default_factory=list)


@dataclass(frozen=True)
class Page:
    """Texts around the panels."""

    heading: str
    subtitle: str
    footer: list[str]  # paragraphs
    words: dict[str, str]  # target, observed, no_data


def draw(figure: Figure, panels: list[Panel], page: Page) -> None:
    width, height = figure.get_size_inches()
    footer = "\n".join(wrapped(figure, text, 8, 0.94) for text in page.footer)
    bottom = (0.16 + 0.165 * (footer.count("\n") + 1)) / height
    top = _draw_head(figure, page, height)
    columns = 1 if width < NARROW else 2
    spots = _spots(len(panels), columns, width, height, bottom, top)
    rates = [panel for panel in panels if panel.is_rate]
    highest = _highest(rates)
    for panel, spot in zip(panels, spots, strict=True):
        axis = figure.add_axes(spot)
        _draw_panel(figure, axis, panel, page.words, highest if panel.is_rate else None)
    figure.text(0.03, 0.1 / height, footer, fontsize=8, color=QUIET, va="bottom", linespacing=1.4)


def _spots(
    count: int, columns: int, width: float, height: float, bottom: float, top: float
) -> list[tuple[float, float, float, float]]:
    """Left, bottom, width, height of each panel as shares of the paper; space for labels right of it."""
    left, labels, head, foot = 0.55 / width, 1.45 / width, 0.62 / height, 0.34 / height
    rows = -(-count // columns)
    cell_height = (top - bottom) / rows
    spots = []
    for number in range(count):
        row, column = divmod(number, columns)
        across = 1 if columns == 2 and number == count - 1 and count % 2 else columns  # the last takes the whole row
        cell = 1.0 / across
        y = top - (row + 1) * cell_height + foot
        spots.append((column * cell + left, y, cell - left - labels, cell_height - head - foot))
    return spots


def _draw_head(figure: Figure, page: Page, height: float) -> float:
    """Heading and subtitle; the share of the height at which they end."""
    size = 16.0
    heading = wrapped(figure, page.heading, size, 0.94, bold=True)
    while heading.count("\n") > 1 and size > 10:
        size -= 1
        heading = wrapped(figure, page.heading, size, 0.94, bold=True)
    y = 1 - 0.2 / height
    figure.text(0.03, y, heading, fontsize=size, color=INK, va="top", linespacing=1.2, **heavy(heading))
    y -= (heading.count("\n") + 1) * size * 1.25 / 72 / height + 0.06 / height
    subtitle = wrapped(figure, page.subtitle, 10.5, 0.94)
    figure.text(0.03, y, subtitle, fontsize=10.5, color=QUIET, va="top", linespacing=1.2)
    return y - (subtitle.count("\n") + 1) * 10.5 * 1.25 / 72 / height - 0.1 / height


def wrapped(figure: Figure, text: str, size: float, share: float, bold: bool = False) -> str:
    """Broken into lines no wider than a share of the paper: between words, between any two Chinese signs, and within a
    word that is too long for a line."""
    room = share * figure.get_size_inches()[0] * figure.dpi
    measure = Text(0, 0, "", fontsize=size, figure=figure, **(heavy(text) if bold else {}))

    def wide(line: str) -> bool:
        measure.set_text(line.replace("$", r"\$"))
        return bool(measure.get_window_extent(figure.canvas.get_renderer()).width > room)  # type: ignore[attr-defined]

    lines, line = [], ""
    for word in re.findall(r"\s+|[^\s\u2e80-\uffff]+|[\u2e80-\uffff]", text):
        if not wide((line + word).rstrip()):
            line += word
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = "" if word.isspace() else word
        while wide(line) and len(line) > 1:
            fits = next(n for n in range(len(line) - 1, 0, -1) if n == 1 or not wide(line[:n]))
            lines.append(line[:fits])
            line = line[fits:]
    return "\n".join([*lines, line.rstrip()] if line.strip() or not lines else lines)


# ------------------------------------------------------------------------------------------------------- a panel


def _highest(panels: list[Panel]) -> float:
    found = [float(np.nanmax(panel.values)) for panel in panels if np.isfinite(panel.values).any()]
    found += [point.value for panel in panels for point in panel.targets]
    return 1.08 * max(found, default=0.0) or 1.0


def _draw_panel(figure: Figure, axis: Axes, panel: Panel, words: dict[str, str], top: float | None) -> None:
    years = panel.values["year"].values.astype(float)
    at = {level: panel.values.sel(level=level).values / panel.divisor for level in LEVELS}
    span = years[-1] - years[0] or 1.0
    low = 0.0
    if top is None:
        known = panel.values.values[np.isfinite(panel.values.values)] / panel.divisor
        top = 1.12 * max([0.0, *known.tolist()]) or 1.0
        low = min([0.0, *(1.12 * known).tolist()])
    axis.set_ylim(low - _BELOW * (top - low), top)
    axis.set_xlim(years[0] - 0.03 * span, years[-1] + 0.03 * span)
    _plain_axes(axis, years, panel)
    labels = []
    for row, (title, colour) in enumerate(panel.scenarios):
        for below, above, opacity in _BANDS:
            axis.fill_between(years, at[below][row], at[above][row], color=colour, alpha=opacity, linewidth=0)
        single = np.isfinite(at[0.5][row]).sum() == 1  # one year has no line
        axis.plot(
            years, at[0.5][row], color=colour, linewidth=2.2, solid_capstyle="round", marker="o" if single else ""
        )
        known_years = np.flatnonzero(np.isfinite(at[0.5][row]))
        if len(known_years):
            last = known_years[-1]
            values = [float(at[level][row][last]) for level in (0.5, 0.05, 0.95)]
            labels.append((values[0], _BRACKETS.sub("", title), _figures(values, panel), colour))
    if not labels:
        axis.text(0.5, 0.5, words["no_data"], transform=axis.transAxes, fontsize=10, color=QUIET, ha="center")
    _draw_labels(figure, axis, labels)
    _draw_points(figure, axis, panel, words)
    _draw_panel_head(figure, axis, panel)


def _draw_panel_head(figure: Figure, axis: Axes, panel: Panel) -> None:
    """Heading and note, above the panel and no wider than its cell."""
    box = axis.get_position()
    room = min(0.97 - box.x0, box.width + 1.3 / figure.get_size_inches()[0])
    note = wrapped(figure, panel.note, 8.6, room)
    heading = wrapped(figure, panel.heading, 11.5, room, bold=True)
    lines = note.count("\n") + 1
    axis.annotate(note, (0, 1), (0, 5), xycoords="axes fraction", textcoords="offset points", fontsize=8.6, color=QUIET,
                  va="bottom", linespacing=1.15, annotation_clip=False)  # fmt: skip
    axis.annotate(heading, (0, 1), (0, 7 + 11 * lines), xycoords="axes fraction", textcoords="offset points",
                  fontsize=11.5, color=INK, va="bottom", annotation_clip=False, **heavy(heading))  # fmt: skip


def _figures(values: list[float], panel: Panel) -> str:
    if panel.is_rate:
        return "{:.1f}%  ({:.1f}–{:.1f})".format(*(100 * value for value in values))
    most = max(map(abs, values))
    places = 0 if most >= 100 or panel.divisor == 1 else 1 if most >= 10 else 2 if most >= 1 else 3
    low, high = f"{values[1]:,.{places}f}", f"{values[2]:,.{places}f}"
    between = f"{low}–{high}" if values[1] >= 0 else f"{low}, {high}"  # a sign and a dash side by side cannot be read
    return f"{values[0]:,.{places}f}  ({between})"


def _draw_labels(figure: Figure, axis: Axes, labels: list[tuple[float, str, str, str]]) -> None:
    """Names and last figures right of the panel, each with as many lines as the height allows."""
    if not labels:
        return
    width, height = figure.get_size_inches()
    points = axis.get_position().height * height * 72
    low, top = axis.get_ylim()
    texts: list[str] = []
    size = 8.3
    for size, most in ((8.3, 3), (8.3, 2), (7.6, 2), (7.0, 1), (6.2, 1)):
        texts = ["\n".join([*_lines(figure, title, size, 1.3 / width, most), values]) for _, title, values, _ in labels]
        if sum(_label_points(text, size) for text in texts) <= points:
            break
    sizes = [_label_points(text, size) / points for text in texts]
    heights = apart([(value - low) / (top - low) for value, *_ in labels], sizes, 1.0)
    for text, at, (*_, colour) in zip(texts, heights, labels, strict=True):
        axis.annotate(text, (1, at), (7, 0), xycoords="axes fraction", textcoords="offset points", fontsize=size,
                      color=colour, va="center", linespacing=1.2, annotation_clip=False)  # fmt: skip


def _label_points(text: str, size: float) -> float:
    return (1.25 * (text.count("\n") + 1) + 0.5) * size


def _lines(figure: Figure, title: str, size: float, share: float, most: int) -> list[str]:
    lines = wrapped(figure, title, size, share).split("\n")
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    return [*lines[: most - 1], (last if len(last) < 8 else last[:-1].rstrip()) + "…"]


def _draw_points(figure: Figure, axis: Axes, panel: Panel, words: dict[str, str]) -> None:
    """Targets as open diamonds, reported figures as dots with a single label."""
    signs = {"at_most": "≤", "at_least": "≥"}
    first, last = (float(year) for year in (panel.values["year"].min(), panel.values["year"].max()))
    placed: list[Any] = []
    for point in panel.targets:
        if not first <= point.year <= last:
            continue
        axis.plot([point.year], [point.value], marker="D", markersize=6.5, markerfacecolor="white", zorder=5,
                  markeredgecolor=INK, markeredgewidth=1.4, linestyle="none", clip_on=False)  # fmt: skip
        text = f"{words['target']} {signs.get(point.comparison, '')}{100 * point.value:.3g}%"
        side = "right" if point.year == last else "left" if point.year == first else "center"
        shift = {"right": 4, "left": -4, "center": 0}[side]
        label = axis.annotate(text, (point.year, point.value), (shift, 8), textcoords="offset points", fontsize=8,
                              color=INK, ha=side, va="bottom", zorder=6, path_effects=_halo())  # fmt: skip
        _raise_above(figure, label, placed, shift)
    inside = [point for point in panel.observed if first <= point.year <= last]
    axis.plot([point.year for point in inside], [point.value for point in inside], marker="o", markersize=4.6,
              color=INK, linestyle="none", zorder=5, clip_on=False)  # fmt: skip
    if inside:
        middle = inside[len(inside) // 2]
        at_left = middle.year == first
        axis.annotate(words["observed"], (middle.year, middle.value), (6 if at_left else -6, -0.5),
                      textcoords="offset points", fontsize=8, color=INK, ha="left" if at_left else "right", va="center",
                      zorder=6, path_effects=_halo())  # fmt: skip


def _raise_above(figure: Figure, label: Any, placed: list[Any], shift: float) -> None:
    """Moves a label up until it covers no other."""
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    for up in range(8, 60, 11):
        label.set_position((shift, up))
        box = label.get_window_extent(renderer)
        if not any(box.overlaps(other) for other in placed):
            break
    placed.append(label.get_window_extent(renderer))


def _plain_axes(axis: Axes, years: npt.NDArray[Any], panel: Panel) -> None:
    for side in ("top", "right", "left", "bottom"):
        axis.spines[side].set_visible(False)
    axis.axhline(0, color=QUIET, linewidth=0.8, zorder=1)
    axis.grid(axis="y", color=GRID, linewidth=0.8)
    axis.set_axisbelow(True)
    axis.tick_params(axis="both", length=0, labelsize=9, colors=QUIET, labelleft=True)
    every = 1 + (len(years) - 1) // 12
    shown = years[::every]
    axis.set_xticks(shown, [f"{year:.0f}" for year in shown])
    axis.yaxis.set_major_locator(
        MaxNLocator(6, steps=[1, 2, 2.5, 5, 10], integer=not panel.is_rate and panel.divisor == 1)
    )
    if panel.is_rate:
        axis.yaxis.set_major_formatter(FuncFormatter(lambda value, _: "" if value < 0 else f"{100 * value:.3g}%"))
    else:
        axis.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.6g}"))


def apart(centres: Sequence[float], sizes: Sequence[float], top: float) -> list[float]:
    """Moves labels of these heights as little as needed so that none covers another and none leaves the panel."""
    order = np.argsort(centres, kind="stable")
    placed, half = np.asarray(centres, dtype=float)[order], np.asarray(sizes, dtype=float)[order] / 2
    for i in range(len(placed)):
        placed[i] = max(placed[i], half[i] if i == 0 else placed[i - 1] + half[i - 1] + half[i])
    for i in reversed(range(len(placed))):
        placed[i] = min(placed[i], top - half[i] if i == len(placed) - 1 else placed[i + 1] - half[i + 1] - half[i])
    moved = np.empty_like(placed)
    moved[order] = placed
    return [float(height) for height in moved]


def _halo() -> list[AbstractPathEffect]:
    return [withStroke(linewidth=2.5, foreground="white", alpha=0.85)]
