"""The two languages of labels, and texts that all outputs share."""

from __future__ import annotations

import os
from typing import Any, Literal, cast

import xarray as xr

from tuopin.errors import UsageError

Language = Literal["en", "zh"]

_OTHER_NAMES = {
    "cn": "zh", "chinese": "zh", "zh-cn": "zh", "zh_cn": "zh", "zh-hans": "zh", "ch": "zh", "zho": "zh", "中文": "zh",
    "english": "en", "en-us": "en", "en_us": "en", "en-gb": "en", "en_gb": "en", "eng": "en", "英文": "en",
}  # fmt: skip


def checked_language(lang: Any) -> Language:
    if lang in ("en", "zh"):
        return cast(Language, lang)
    meant = _OTHER_NAMES.get(str(lang).lower().split(".")[0])
    meant = meant or (str(lang).lower() if str(lang).lower() in ("en", "zh") else None)
    raise UsageError(f"lang is {lang!r}, expected 'en' or 'zh'" + (f"; did you mean {meant!r}?" if meant else ""))


def language_of_locale() -> Language:
    """Chinese where the locale is, as the program decides: the first of LC_ALL, LC_MESSAGES and LANG that is set."""
    locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "zh" if locale.startswith("zh") else "en"


def is_preview(study: xr.Dataset) -> bool:
    """Whether the study was made by ``tuopin run --quick``: a small sample, for a first look only."""
    return bool(str(study.attrs.get("preview", "")).strip())


def preview_words(study: xr.Dataset, lang: Language) -> str:
    """The ending of titles of such a study."""
    return "" if not is_preview(study) else " · 预览" if lang == "zh" else " · preview"


def scenario_titles(study: xr.Dataset, lang: Language) -> list[str]:
    names = [str(name) for name in study["scenario"].values]
    key = "scenario_title" if lang == "en" else "scenario_title_zh"
    if key in study and study[key].dims == ("scenario",):
        return [str(text) or name for text, name in zip(study[key].values, names, strict=True)]
    return names


def place_titles(study: xr.Dataset, lang: Language) -> list[str]:
    """Names of the places for people; the whole region comes first."""
    key = "place_name" if lang == "en" else "place_name_zh"
    names = [str(name) for name in study["place"].values] if "place" in study else []
    if key in study and study[key].dims == ("place",):
        return [str(text) or name for text, name in zip(study[key].values, names, strict=True)]
    return names
