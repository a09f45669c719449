"""The two languages of labels and messages, and texts that all outputs share.

A message is written in English where it arises, with named places, and looked up in the catalogue (po/zh_CN.po)::

    say = translator(lang)
    say("{count} draws of {name}", count=3, name=name)     # 3 draws of plan / plan的3次抽样

``say(…)`` of this module itself speaks the language of the locale. A text that is put down in one place and said in
another is marked where it stands: ``msgid("…")``. After a new message: ``python po/catalogue.py update``, and translate
it in po/zh_CN.po.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol, cast

from tuopin.errors import UsageError

if TYPE_CHECKING:
    import xarray as xr

Language = Literal["en", "zh"]


class Translator(Protocol):
    """Says a message, given in English, with the values of its places."""

    def __call__(self, text: str, /, **values: object) -> str: ...


def msgid(text: str) -> str:
    """Marks a message that is said elsewhere."""
    return text


@cache
def _chinese() -> Callable[[str], str]:
    """Looks a message up; it stays English where the package was built without Babel."""
    folder = os.environ.get("TUOPIN_MESSAGES") or Path(__file__).parent / "locale"
    found = gettext.translation("tuopin", folder, languages=["zh_CN"], fallback=True)
    return lambda text: found.gettext(text) if text else ""


def translator(lang: Language | None = None) -> Translator:
    """Messages in ``lang``; None: the language of the locale at the time when a message is said."""

    def say(text: str, /, **values: object) -> str:
        language = lang or language_of_locale()
        said = _chinese()(text) if language == "zh" else text
        return said.format(**values) if values else said

    return say


say = translator()

_OTHER_NAMES = {
    "cn": "zh", "chinese": "zh", "zh-cn": "zh", "zh_cn": "zh", "zh-hans": "zh", "ch": "zh", "zho": "zh", "中文": "zh",
    "english": "en", "en-us": "en", "en_us": "en", "en-gb": "en", "en_gb": "en", "eng": "en", "英文": "en",
}  # fmt: skip


def checked_language(lang: Any, name: str = "lang") -> Language:
    if lang in ("en", "zh"):
        return cast(Language, lang)
    meant = _OTHER_NAMES.get(str(lang).lower().split(".")[0])
    meant = meant or (str(lang).lower() if str(lang).lower() in ("en", "zh") else None)
    if meant:
        raise UsageError(say("{name} is {given}, expected 'en' or 'zh'; did you mean {meant}?", name=name,
                             given=repr(lang), meant=repr(meant)))  # fmt: skip
    raise UsageError(say("{name} is {given}, expected 'en' or 'zh'", name=name, given=repr(lang)))


_asked_for: ContextVar[Language | None] = ContextVar("_asked_for", default=None)


@contextmanager
def speaking(lang: Language) -> Iterator[None]:
    """The language of a command (--lang), which goes before that of the locale for all that is said in it."""
    before = _asked_for.set(lang)
    try:
        yield
    finally:
        _asked_for.reset(before)


def language_of_locale() -> Language:
    """Chinese where the locale is, as the program decides: the first of LC_ALL, LC_MESSAGES and LANG that is set."""
    asked = _asked_for.get()
    if asked:
        return asked
    locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "zh" if locale.startswith("zh") else "en"


def is_preview(study: xr.Dataset) -> bool:
    """Whether the study was made by ``tuopin run --quick``: a small sample, for a first look only."""
    return bool(str(study.attrs.get("preview", "")).strip())


def preview_words(study: xr.Dataset, lang: Language) -> str:
    """The ending of titles of such a study."""
    say = translator(lang)
    return say(" · preview") if is_preview(study) else ""


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
