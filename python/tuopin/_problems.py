"""Problems that the compiled part finds, said in the language of the locale: it hands over texts and values, apart.

A message is a text that stays as it is (``str``), or a tuple: ``("text", text, values)`` of the catalogue, whose values
are messages; ``("both", English, Chinese)``; ``("together", parts)``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from tuopin._language import Language, language_of_locale, translator
from tuopin.errors import Error, error_of

#: Options of ``tuopin run`` by the arguments of ``tuopin.run`` and ``Engine.run``.
_SWITCHES = ("force", "resume", "quick")
_VALUES = ("output", "figures", "draws", "replicates", "seed", "threads", "sample", "leave-out-batches")
_OPTION = re.compile(rf"(?<![\w./-])--({'|'.join((*_SWITCHES, *_VALUES))})\b(?![./-])")


class Problem(NamedTuple):
    """Where, which key, what is wrong, what to do; line and column from 1, 0 where they are not known."""

    file: str
    line: int
    column: int
    key: str
    message: Any
    hint: Any


def said(message: Any, lang: Language) -> str:
    """The text of a message."""
    if isinstance(message, str):
        return message
    kind, *parts = message
    if kind == "both":
        return str(parts[1 if lang == "zh" else 0])
    if kind == "together":
        return "".join(said(part, lang) for part in parts[0])
    text = translator(lang)(parts[0])
    return text.format(*(said(value, lang) for value in parts[1])) if parts[1] else text


def problem_text(problem: Problem, lang: Language) -> str:
    """``file:line:column: key: message (hint)``, as the program prints it."""
    text = f"{problem.file}:" if problem.file else ""
    if problem.line > 0:
        text += ("" if problem.file else "line ") + f"{problem.line}:"
        text += f"{problem.column}:" if problem.column > 0 else ""
    text += " " if text else ""
    text += f"{problem.key}: " if problem.key else ""
    text += said(problem.message, lang)
    hint = said(problem.hint, lang)
    return text + ((f"（{hint}）" if lang == "zh" else f" ({hint})") if hint else "")


def by_arguments(text: str) -> str:
    """Names of options as those of Python's arguments; a command to type stays as it is."""

    def argument(option: re.Match[str]) -> str:
        name = option[1].replace("-", "_")
        return f"{name}=True" if name in _SWITCHES else name

    lines = text.split("\n")
    return "\n".join(line if line.startswith("  tuopin ") else _OPTION.sub(argument, line) for line in lines)


def error_of_problems(code: int, problems: Sequence[tuple[Any, ...]]) -> Error:
    """The error of an exit code; its text holds every problem, one a line."""
    lang = language_of_locale()
    return error_of(code)(by_arguments("\n".join(problem_text(Problem(*problem), lang) for problem in problems)))
