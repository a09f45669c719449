"""The sheet of the workbook that says what a study or panel is, and what its figures mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import xarray as xr

from tuopin import _sentences
from tuopin._language import Language, msgid, translator
from tuopin._workbook import Sheet

_ATTRIBUTES = {
    "Conventions": msgid("conventions of the file"),
    "format": msgid("kind of file"),
    "format_version": msgid("version of the format"),
    "calibration_level": msgid("calibration: level of income"),
    "calibration_sigma": msgid("calibration: spread of log income"),
    "draws": msgid("parameter draws"),
    "figures": msgid("figures asked for"),
    "hash_input": msgid("hash of the input"),
    "hash_population": msgid("hash of the population"),
    "hash_state": msgid("hash of the state"),
    "households": msgid("households simulated"),
    "inputs_assumption": msgid("input numbers that are assumed"),
    "inputs_derived": msgid("input numbers that are derived"),
    "inputs_published": msgid("input numbers that are published"),
    "limits": msgid("limits"),
    "person_years": msgid("person-years simulated"),
    "persons": msgid("persons simulated"),
    "preview": msgid("preview"),
    "region": msgid("region"),
    "region_zh": msgid("region, Chinese name"),
    "replicates": msgid("replicates of luck"),
    "sample": msgid("share of the villages simulated"),
    "scenarios": msgid("scenarios"),
    "seed": msgid("seed"),
    "synthetic": msgid("synthetic"),
    "title": msgid("title"),
    "tuopin_version": msgid("version of tuopin"),
    "uncertainty_layers": msgid("layers of uncertainty"),
}


def about_sheet(
    study: xr.Dataset, groups: Mapping[str, xr.Dataset], lang: Language, notes: Sequence[str] = ()
) -> Sheet:
    """The attributes, what each variable means, and notes. Whole scenario texts stay in the study."""
    say = translator(lang)
    rows = []
    for name, value in study.attrs.items():
        if "\n" not in str(value):
            label = say(_ATTRIBUTES[str(name)]) + f" [{name}]" if name in _ATTRIBUTES else str(name)
            rows.append((label, _said(str(name), str(value), lang), ""))
    for group, part in {"": study, **groups}.items():
        for name, variable in part.data_vars.items():
            meaning = (variable.attrs.get("long_name_zh") if lang == "zh" else "") or variable.attrs.get(
                "long_name", ""
            )
            unit = _sentences.unit(str(variable.attrs.get("units", "")), say)
            rows.append((f"{group}/{name}" if group else str(name), str(meaning), unit))
    rows += [(say("note"), note, "") for note in notes]
    return Sheet(say("about"), pd.DataFrame(rows, columns=[say("name"), say("value or meaning"), say("unit")]))


def _said(name: str, value: str, lang: Language) -> str:
    say = translator(lang)
    if name == "title":
        return _sentences.title(value, say)
    return _sentences.layers(value, say) if name == "uncertainty_layers" else _sentences.sentence(value, say)
