"""Charts for a report: the fan chart of a study."""

from __future__ import annotations

import difflib
import os
import re
import warnings
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
import xarray as xr
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from tuopin import _core, results
from tuopin._drawing import COLOURS, LEAST_WIDTH, LEVELS, SIZE, Page, Panel, draw
from tuopin._files import check_output, write_together
from tuopin._fonts import cjk_font as _cjk_font
from tuopin._fonts import style
from tuopin._language import (
    Language,
    checked_language,
    language_of_locale,
    msgid,
    place_titles,
    preview_words,
    say,
    scenario_titles,
    translator,
)
from tuopin._observations import checked_frame, read_observations
from tuopin._points import group_frame, points_of
from tuopin._problems import said
from tuopin.errors import DataError, UsageError

__all__ = ["fan_chart"]

_WORDS = {"target": msgid("target"), "observed": msgid("reported"), "no_data": msgid("no data")}
_RATES = {
    "poverty_rate": (msgid("Income-poor (simulated)"), msgid("share of persons with income below the line")),
    "register_rate": (
        msgid("On the poverty register"),
        msgid("share of persons registered at the end of the year"),
    ),
}
_BRACKETS = re.compile(r"\s*[(（][^)）]*[)）]\s*$")  # what a region's name adds in brackets is for the table
_LAYERS = (msgid("luck"), msgid("parameters"), msgid("synthetic population"))  # how a layer of uncertainty begins


def fan_chart(
    study: xr.Dataset | str | os.PathLike[str],
    output: str | os.PathLike[str] | None = None,
    *,
    lang: Language = "en",
    place: str | None = None,
    title: str | None = None,
    targets: pd.DataFrame | None = None,
    observations: pd.DataFrame | str | os.PathLike[str] | None = None,
    size: tuple[float, float] | None = None,
    force: bool = False,
) -> Figure:
    """Draw the income-poor and the register rate by year, each scenario's median with its 50% and 90% bands, and below
    them the fall in income-poor persons by the plan: the paired difference against the first scenario.

    ``study`` is a study file or the dataset that :func:`tuopin.open` gives. From a file the document's targets and the
    reported figures are taken from its groups "targets" and "observations"; as data frames they need the columns
    ``measure`` (or ``variable``), ``year``, ``value``, and for targets ``comparison``; reported figures may also be a
    region's observations.csv. ``place`` is the whole region unless named. With ``output`` the chart is also written
    there: PNG, SVG or PDF by its ending; a file that stands there is replaced with ``force=True`` only. ``size`` is
    its width and height in inches; a narrow one has its panels one below the other.
    """
    lang = checked_language(lang)
    path = None if isinstance(study, xr.Dataset) else Path(study)
    inputs = [Path(one) for one in (path, observations) if isinstance(one, (str, os.PathLike))]
    figure = Figure(figsize=_size(size), dpi=200, facecolor="white")
    FigureCanvasAgg(figure)
    if output is not None:
        _check_ending(figure, Path(output))
    if targets is not None:
        targets = checked_frame(targets, "targets", None)
    dataset = study if isinstance(study, xr.Dataset) else results.open(study)
    reported = _reported(observations, dataset)
    if path is not None:  # a study's own tables were checked when it was made
        targets = group_frame(path, "targets") if targets is None else targets
        reported = group_frame(path, "observations") if reported is None else reported
    at = _place(dataset, place)
    if output is not None:  # last of what can be wrong, and before anything is drawn
        check_output(Path(output), force, inputs)
    if lang == "zh" and _cjk_font() is None:
        warnings.warn(
            "no font with Chinese characters was found (Debian: fonts-wqy-microhei); labels are English", stacklevel=2
        )
        lang = "en"
    with mpl.rc_context(style(lang)):
        panels = _panels(dataset, at, lang, targets, reported)
        if size is None and len(panels) < 3:
            figure.set_size_inches(SIZE[0], 5.5)
        draw(figure, panels, _page(dataset, at, lang, title, path.name if path else "results"))
        if output is not None:
            write_together({Path(output): figure.savefig}, force, inputs)
    return figure


# ------------------------------------------------------------------------------------------------- what is drawn


def _panels(
    study: xr.Dataset, at: int, lang: Language, targets: pd.DataFrame | None, observed: pd.DataFrame | None
) -> list[Panel]:
    persons = _persons(study, at)
    say, titles = translator(lang), scenario_titles(study, lang)
    coloured = [(title, COLOURS[row % len(COLOURS)]) for row, title in enumerate(titles)]
    panels = []
    everybody = persons / float(study.attrs.get("sample", 1) or 1)  # the document counts the whole region
    for variable, (heading, meaning) in _RATES.items():
        whole = at == 0  # the document's figures are for the whole region
        panels.append(
            Panel(
                _statistics(study, variable, at),
                say(heading),
                say(meaning),
                coloured,
                targets=points_of(targets if whole else None, variable, everybody),
                observed=points_of(observed if whole else None, variable, everybody),
            )
        )
    if len(titles) > 1 and "fall_in_poverty" in study:
        values = _statistics(study, "fall_in_poverty", at).isel(scenario=slice(1, None))
        divisor, name = _core.scale_of_persons(persons, lang)
        unit = said(name, lang)
        note = say("{unit}: out of poverty less into poverty by the plan, in the same worlds, against “{first}”",
                   unit=unit, first=_BRACKETS.sub("", titles[0]))  # fmt: skip
        heading = say("Fewer income-poor by the plan")
        panels.append(Panel(values, heading, note, coloured[1:], is_rate=False, divisor=divisor))
    return panels


def _statistics(study: xr.Dataset, variable: str, at: int) -> xr.DataArray:
    if variable not in study:
        raise DataError(say("the study has no variable {variable}", variable=variable))
    rate = study[variable]
    if "line" in rate.dims:
        rate = rate.sel(line=1.0, method="nearest")
    if "income" in rate.dims:
        kinds = [str(kind) for kind in rate["income"].values]
        rate = rate.isel(income=kinds.index("true") if "true" in kinds else 0)
    if "place" in rate.dims:
        rate = rate.isel(place=at)
    return results.order_statistics(rate, LEVELS).transpose("scenario", "year", "level")


def _place(study: xr.Dataset, place: str | None) -> int:
    """The row of a place by its name in the study or in either language, or by how one name alone begins (溪口 for
    溪口县); the whole region is the first."""
    if place is None:
        return 0
    names = [str(name) for name in study["place"].values] if "place" in study.dims else []
    if place in names:
        return names.index(place)
    known = {name.lower(): row for row, name in reversed(list(enumerate(names)))}
    for titles in (place_titles(study, "en"), place_titles(study, "zh")):
        for row, name in enumerate(titles):
            known.setdefault(name.lower(), row)
    wanted = str(place).strip().lower()
    if wanted in known:
        return known[wanted]
    begun = {row for name, row in known.items() if wanted and name.startswith(wanted)}
    if len(begun) == 1:
        return begun.pop()
    if not names:
        raise UsageError(say("place is {place}, and the study has no places", place=repr(place)))
    listed = names
    if language_of_locale() == "zh":
        listed = [f"{title} [{name}]" for title, name in zip(place_titles(study, "zh"), names, strict=True)]
    near = difflib.get_close_matches(wanted, list(known), 1)
    meant = say("; did you mean {near}?", near=repr(names[known[near[0]]])) if near else ""
    expected = say("place is {place}, expected one of {names}", place=repr(place), names=say(", ").join(listed))
    raise UsageError(expected + meant)


def _persons(study: xr.Dataset, at: int) -> float:
    """Simulated persons of a place in the first year."""
    if "persons" in study:
        values = study["persons"].isel(place=at) if "place" in study["persons"].dims else study["persons"]
        known = values.values[np.isfinite(values.values)]
        return float(np.median(known)) if known.size else 0.0
    return float(study.attrs.get("persons", 0) or 0) if at == 0 else 0.0


def _reported(observations: Any, study: xr.Dataset) -> pd.DataFrame | None:
    if observations is None:
        return None
    variables = [str(name) for name in study.data_vars]
    if isinstance(observations, pd.DataFrame):
        return checked_frame(observations, "observations", None) if len(observations) else None
    return read_observations(Path(observations), variables)


# ------------------------------------------------------------------------------------------------- what is said


def _page(study: xr.Dataset, at: int, lang: Language, title: str | None, name: str) -> Page:
    say = translator(lang)
    several = study.sizes.get("scenario", 1) > 1
    usual = say("Leaving poverty, with and without the plan") if several else say("Leaving poverty")
    heading = title or usual + preview_words(study, lang)
    words = {key: say(text) for key, text in _WORDS.items()}
    return Page(heading, _subtitle(study, at, lang, title is not None), _footer(study, lang, name), words)


def _subtitle(study: xr.Dataset, at: int, lang: Language, own_title: bool) -> str:
    """The place that is shown, and its persons."""
    names = [str(study.attrs.get(key, "")) for key in (("region_zh", "region") if lang == "zh" else ("region",))]
    region = _BRACKETS.sub("", next((one for one in names if one), ""))
    places = place_titles(study, lang)
    whole = region or (places[0] if places else "")
    say = translator(lang)
    parts = [whole if at == 0 else say("{place} ({region})", place=places[at], region=whole)]
    persons = _persons(study, at)
    parts += [say("{persons} persons", persons=_core.grouped(persons, 0))] if persons else []
    sample = float(study.attrs.get("sample", 1) or 1)
    parts += [say("{share}% sample of the villages", share=f"{100 * sample:g}")] if sample < 1 else []
    preview = preview_words(study, lang) if own_title else ""
    return " · ".join(part for part in parts if part) + preview


def _footer(study: xr.Dataset, lang: Language, name: str) -> list[str]:
    say = translator(lang)
    worlds = int(np.prod([study.sizes.get(dim, 1) for dim in results.DRAWS[:2]]))
    least = _core.worlds_of_an_interval
    if worlds < 2:
        parts = [say("One simulated world a scenario: no bands.")]
    elif worlds < least:
        parts = [say("Lines: median; dark bands: 50%, light bands: the whole range of {worlds} simulated worlds a "
                     "scenario (a 90% interval needs {least}).", worlds=worlds, least=least)]  # fmt: skip
    else:
        parts = [say("Lines: median; dark bands: 50%, light bands: 90% of {worlds} simulated worlds a scenario.",
                     worlds=worlds)]  # fmt: skip
    layers = study.attrs.get("uncertainty_layers")
    if layers is not None and len(layers):
        listed = layers.split(";") if isinstance(layers, str) else [str(layer) for layer in np.ravel(layers)]
        parts.append(say("In the bands: {layers}.", layers=say(", ").join(_layer(one.strip(), lang) for one in listed)))
    if worlds > 1:
        parts.append(say("The bands show how the result varies over the stated assumptions; it is not a forecast."))
    if str(study.attrs.get("synthetic", "")).lower() not in ("", "0", "false", "no"):
        parts.append(say("Synthetic population, not a survey."))
    version = study.attrs.get("tuopin_version", "?")
    source = say("Source: tuopin {version}, {study}.", version=version, study=name)
    return [("" if lang == "zh" else " ").join(parts), source]


def _layer(text: str, lang: Language) -> str:
    """A layer of uncertainty in the reader's language; the words of the study where no translation is known."""
    known = next((layer for layer in _LAYERS if text.startswith(layer)), None) if lang == "zh" else None
    return translator(lang)(known) if known else text


def _size(size: Any) -> tuple[float, float]:
    if size is None:
        return SIZE
    try:
        width, height = (float(one) for one in size)
    except (TypeError, ValueError) as problem:
        raise UsageError(say("size is {size}, expected width and height in inches", size=repr(size))) from problem
    if not (LEAST_WIDTH <= width <= 100 and 4 <= height <= 100):
        raise UsageError(
            say("size is {width} × {height}, expected {least} to 100 × 4 to 100 inches", width=f"{width:g}",
                         height=f"{height:g}", least=f"{LEAST_WIDTH:g}")
        )  # fmt: skip
    return width, height


def _check_ending(figure: Figure, path: Path) -> None:
    known = figure.canvas.get_supported_filetypes()
    if path.suffix.lstrip(".").lower() not in known:
        near = difflib.get_close_matches(path.suffix.lower(), [".png", ".svg", ".pdf"], 1)
        meant = say("; did you mean {near}?", near=near[0]) if near else ""
        raise UsageError(say("{path}: expected a name that ends in .png, .svg or .pdf", path=path) + meant)
