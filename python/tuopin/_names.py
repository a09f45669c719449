"""Names of what a study calls by ids: programmes, funds, streams, purposes, figures, for readers of Chinese."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

import pandas as pd

from tuopin import _sentences
from tuopin._findings import Study, safe
from tuopin._language import Language, msgid, translator
from tuopin._summary.batches import BATCHES

_WORDS = {
    "purpose": {
        "to_household": msgid("to households"),
        "to_supplier": msgid("to suppliers"),
        "administration": msgid("administration"),
        "transfer_in": msgid("money of the year"),
        "lapsed": msgid("lapsed"),
    },
    "standard": {
        "statistical_line": msgid("statistical line"),
        "register_line": msgid("line of the register"),
        "register_line_and_guarantees": msgid("line of the register and guarantees"),
    },
    "income": {"true": msgid("true income"), "measured": msgid("measured income")},
    "line_name": {
        "administrative": msgid("administrative line"),
        "allowance": msgid("allowance line"),
        "observed_mean_income": msgid("observed mean income"),
        "statistical": msgid("statistical line"),
    },
    "batch": BATCHES,
}
#: Head of the column that stands beside the ids.
_HEADS = {
    "variable": msgid("figure"), "scenario": msgid("scenario"), "programme": msgid("programme"), "fund": msgid("fund"),
    "stream": msgid("stream of income"), "batch": msgid("batch"), "purpose": msgid("purpose"),
    "standard": msgid("standard"), "income": msgid("income concept"), "line_name": msgid("line"), "unit": msgid("unit"),
}  # fmt: skip


class Names:
    def __init__(self, study: Study, lang: Language) -> None:
        self._study, self._lang, self._say = study, lang, translator(lang)

    @cached_property
    def _titles(self) -> dict[str, Callable[[str], str]]:
        findings, scenarios = self._study.findings(self._lang), self._study.names("scenario")
        funds = self._study.names("fund")
        return {
            "scenario": lambda name: findings.scenario_title(scenarios.index(name)),
            # the old safety net is no programme: its payments stand under the name of its money
            "programme": lambda name: (
                findings.fund_title(name) if name in funds[:1] else findings.programme_title(name)
            ),
            "fund": findings.fund_title,
            "stream": findings.stream_title,
            "variable": self._meaning,
            "unit": lambda name: _sentences.unit(name, self._say),
        }

    def of(self, column: str, name: str) -> str:
        """The name without the id, which stands beside it."""
        if column in self._titles:
            return self._titles[column](name).removesuffix(f" [{name}]")
        words = _WORDS[column]
        return self._say(words[name]) if name in words else name

    def _meaning(self, name: str) -> str:
        variable = self._study.variable(name)
        attributes = {} if variable is None else variable.attrs
        return safe(attributes.get("long_name_zh", "") or attributes.get("long_name", ""))

    def measure(self, name: str) -> str:
        """Of a target: "在册贫困人口 [register_persons]"; in English the id speaks for itself."""
        meaning = self._meaning(name) if self._lang != "en" else ""
        return f"{meaning} [{name}]" if meaning else name

    def beside(self, table: pd.DataFrame) -> pd.DataFrame:
        """The table with a column of names behind each column of ids; in English the ids speak for themselves."""
        if self._lang == "en":
            return table
        columns: dict[str, pd.Series[Any]] = {}
        for column in table.columns:
            columns[column] = table[column]
            if column in _HEADS:
                known = {name: self.of(column, str(name)) for name in table[column].dropna().unique()}
                columns[self._say(_HEADS[column])] = table[column].map(known)
        return pd.DataFrame(columns)
