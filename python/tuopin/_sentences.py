"""Sentences that the program writes into a study in English, said in the language of the reader."""

from __future__ import annotations

import re

from tuopin._language import Translator, msgid

#: Anything else is shown as it stands.
_SENTENCES = (
    msgid("Synthetic population made from published totals and stated assumptions: no real person or household."),
    msgid("Partial equilibrium; effects transferred from other places; not valid for single households or single "
          "villages under 200 persons."),
    msgid("luck of households and common shocks (replicates)"),
    msgid("parameters (draws from their ranges)"),
    msgid("shocks"),
    msgid("safety_net"),
    msgid("guarantees"),
)  # fmt: skip
_UNITS = (
    msgid("persons"), msgid("households"), msgid("yuan"), msgid("yuan/year"), msgid("yuan/kg"), msgid("days"),
    msgid("days/year"), msgid("years"), msgid("year"), msgid("kg"), msgid("mu"), msgid("share"), msgid("probability"),
    msgid("share/year"), msgid("log-odds"), msgid("posts"), msgid("villages"),
)  # fmt: skip
_POPULATIONS = re.compile(r"synthetic population \((\d+) populations?\)")
_PREVIEW = re.compile(r"([\d.]+)% sample, (\d+) draws")
_TITLE = "tuopin study: "


def sentence(text: str, say: Translator) -> str:
    if text in _SENTENCES:
        return say(text)
    if found := _POPULATIONS.fullmatch(text):
        return say("synthetic population ({count} populations)", count=found[1])
    if found := _PREVIEW.fullmatch(text):
        return say("{share}% sample, {draws} draws", share=found[1], draws=found[2])
    return text


def reason(text: str, say: Translator) -> str:
    """Why a part is left out of a scenario, or a target is not counted: what the shipped scenarios and regions say is
    in the catalogue (po/messages.py finds it there), what others say stays as it is."""
    return say(text) if text else ""


def unit(text: str, say: Translator) -> str:
    return say(text) if text in _UNITS else text


def layers(text: str, say: Translator) -> str:
    """The layers of uncertainty, which a study names one behind the other."""
    return say("; ").join(sentence(part, say) for part in text.split("; ") if part)


def title(text: str, say: Translator) -> str:
    if not text.startswith(_TITLE):
        return text
    return say("tuopin study: {scenarios}", scenarios=say(", ").join(text.removeprefix(_TITLE).split(",")))
