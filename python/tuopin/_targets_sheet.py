"""The sheet of the workbook with the document's targets: what the model gives for each, or why it is not counted."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from tuopin._findings import Study, safe
from tuopin._language import Language, translator
from tuopin._names import Names
from tuopin._sentences import reason, unit
from tuopin._workbook import Sheet


def targets_sheet(study: Study, targets: xr.Dataset, name: str, lang: Language) -> Sheet:
    """A row for each target and scenario; one row for a target that is not in the model."""
    say = translator(lang)
    heads = [say("id"), say("what the document asks"), say("year"), say("comparison"), say("document's figure"),
             say("unit"), say("figure"), say("scenario"), say("median"), say("probability of being reached"),
             say("reason or reading")]  # fmt: skip
    names, rows = Names(study, lang), list[list[Any]]()
    for t, id_ in enumerate(study.names("target")):
        measure = _text(targets, "measure", target=t)
        asked = (_text(targets, "name_zh", target=t) if lang == "zh" else "") or _text(targets, "name", target=t)
        sign = {"at_most": "≤", "at_least": "≥"}.get(_text(targets, "comparison", target=t), "≈")
        year = _number(targets, "year", target=t)
        row = [id_, asked, int(year) if year and year > 0 else None, sign, _number(targets, "value", target=t),
               unit(_text(targets, "unit", target=t), say), names.measure(measure)]  # fmt: skip
        why = reason(_text(targets, "reason", target=t), say)
        if not measure:
            rows.append([*row, None, None, None, why])
            continue
        for s, title in enumerate(_titles(study, lang)):
            note = say(_text(targets, "note", target=t, scenario=s))
            found = [_number(targets, figure, target=t, scenario=s) for figure in ("median", "probability")]
            rows.append([*row, title, *found, say("; ").join(text for text in (why, note) if text)])
    return Sheet(name, pd.DataFrame(rows, columns=heads))


def _titles(study: Study, lang: Language) -> list[str]:
    findings = study.findings(lang)
    return [findings.scenario_title(s) for s in range(study.size("scenario"))]


def _entry(targets: xr.Dataset, name: str, at: dict[str, int]) -> Any:
    if name not in targets:
        return None
    variable = targets[name]
    return variable.isel({dim: i for dim, i in at.items() if dim in variable.dims}).item()


def _text(targets: xr.Dataset, name: str, **at: int) -> str:
    value = _entry(targets, name, at)
    return safe(value) if isinstance(value, (str, bytes)) else ""


def _number(targets: xr.Dataset, name: str, **at: int) -> float | None:
    value = _entry(targets, name, at)
    return float(value) if isinstance(value, (int, float)) and np.isfinite(value) else None
