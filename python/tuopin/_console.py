"""Output of commands: if a terminal, pipe or file cannot be written, they end with a message and an exit code."""

from __future__ import annotations

import argparse
import contextlib
import difflib
import itertools
import os
import re
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any, NoReturn, TypeVar, cast

from tuopin import _core
from tuopin._files import reason_of
from tuopin._language import Language, language_of_locale, msgid, say, translator
from tuopin.errors import Error, OutputError, UsageError

Found = TypeVar("Found")


def tell(text: str, stream: IO[str] | None, name: str) -> None:
    """Writes and flushes; raises OutputError if that fails."""
    if stream is None:
        raise OutputError(say("{name} is closed: what should be said cannot be", name=say(name)))
    try:
        try:
            stream.write(text)
        except UnicodeEncodeError:  # a terminal without these characters
            encoding = getattr(stream, "encoding", None) or "ascii"
            stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
        stream.flush()
    except (OSError, ValueError) as problem:  # full, a broken pipe, closed
        _silence(stream)
        raise OutputError(
            say("{name} cannot be written ({reason})", name=say(name), reason=reason_of(problem))
        ) from problem


def complain(text: str) -> None:
    """Writes to standard error if there is one; failures are ignored."""
    with contextlib.suppress(Error):
        tell(_for_terminal(f"tuopin: {text}\n", sys.stderr), sys.stderr, msgid("standard error"))


def _for_terminal(text: str, stream: IO[str] | None) -> str:
    """As the program does: on a terminal in lines that fit, those that go on indented; elsewhere a line for each."""
    columns = 0
    with contextlib.suppress(Exception):
        columns = os.get_terminal_size(stream.fileno()).columns if stream is not None and stream.isatty() else 0
    if not columns:
        return text
    width = min(max(columns, 80), 120)
    lines = [[line] if len(line) * 2 <= width else _core.wrapped(line, width - 4) for line in text.split("\n")]
    return "\n".join("\n    ".join(parts) for parts in lines)


def finish(work: Callable[[], Sequence[Path]]) -> int:
    """Does the work and prints the names of the files written. Returns the exit code."""
    paths, code = _done(work)
    if paths is None:
        return code
    try:
        tell("".join(f"{path}\n" for path in paths), sys.stdout, msgid("standard output"))
    except OutputError as problem:
        complain(f"{problem}; written whole: {', '.join(str(path) for path in paths)}")
        return problem.code
    return 0


def show(work: Callable[[], str]) -> int:
    """Prints the text that the work gives. Returns the exit code."""
    text, code = _done(work)
    if text is None:
        return code
    try:
        tell(text, sys.stdout, msgid("standard output"))
    except OutputError as problem:
        complain(str(problem))
        return problem.code
    return 0


def counting() -> Callable[[int, int], None] | None:
    """Says on a terminal how much of a long work is done; nothing elsewhere."""
    stream = sys.stderr
    if stream is None or not stream.isatty():
        return None

    def news(done: int, of: int) -> None:
        with contextlib.suppress(OSError, ValueError):
            stream.write(f"\r{done}/{of}" if done < of else "\r\033[K")
            stream.flush()

    return news


def _done(work: Callable[[], Found]) -> tuple[Found | None, int]:
    """What the work gives; or what is wrong is said, and the exit code returned."""
    try:
        return work(), 0
    except Error as problem:
        complain(str(problem))
        return None, problem.code
    except KeyboardInterrupt:
        complain(say("interrupted; nothing was written"))
        return None, 5
    except MemoryError:
        complain(say("not enough memory; nothing was written"))
        return None, OutputError.code
    except OSError as problem:
        complain(f"{problem.filename or say('the machine')}: {reason_of(problem)}")
        return None, OutputError.code


class _Help(argparse.HelpFormatter):
    """Lines as wide as the terminal, 100 columns at most; a Chinese sign takes two. Indented lines, of an example,
    stay."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=min(100, shutil.get_terminal_size().columns))

    def _split_lines(self, text: str, width: int) -> list[str]:
        return _core.wrapped(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        lines = [[line] if line.startswith(" ") else _core.wrapped(line, width) for line in text.split("\n")]
        return "\n".join(indent + part for line in lines for part in line)


class Parser(argparse.ArgumentParser):
    """Suggests the nearest option for an unknown one, speaks the language asked for, and never returns 0 if the help
    could not be printed."""

    def __init__(self, *, lang: Language, description: str, example: str, **settings: Any) -> None:
        self.say = translator(lang)
        super().__init__(
            allow_abbrev=False,
            add_help=False,
            formatter_class=_Help,
            description=description,
            epilog=self.say("Example:") + f"\n  {example}",
            **settings,
        )
        self._positionals.title, self._optionals.title = self.say("what is given"), self.say("options")
        self.add_argument("-h", "--help", action="help", help=self.say("print this help and end"))

    def format_usage(self) -> str:
        formatter = self._get_formatter()
        formatter.add_usage(self.usage, self._actions, self._mutually_exclusive_groups, prefix=self.say("usage: "))
        return formatter.format_help()

    def format_help(self) -> str:
        usual = super().format_help()
        return usual.replace("usage: ", self.say("usage: "), 1)

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        found, unknown = self.parse_known_args(args, namespace)
        if unknown:
            self.error("; ".join(self._unknown(word) for word in unknown))
        return found

    def _unknown(self, word: str) -> str:
        options = [option for action in self._actions for option in action.option_strings]
        near = difflib.get_close_matches(word.split("=")[0], options, 1) if word.startswith("-") else []
        if near:
            return self.say("unrecognized argument: {word}, did you mean {near}?", word=word, near=near[0])
        return self.say("unrecognized argument: {word}", word=word)

    def _print_message(self, message: str, file: Any = None) -> None:
        if not message:
            return
        if file is None or file is sys.stderr:
            with contextlib.suppress(OutputError):
                tell(message, sys.stderr, msgid("standard error"))
            return
        try:
            tell(message, file, msgid("standard output"))
        except OutputError as problem:
            complain(str(problem))
            raise SystemExit(problem.code) from None

    def print_help(self, file: Any = None) -> None:
        if file is None and sys.stdout is None:
            complain(say("standard output is closed: help cannot be said"))
            raise SystemExit(OutputError.code)
        super().print_help(file)

    def error(self, message: str) -> NoReturn:
        with contextlib.suppress(Error):
            tell(f"{self.format_usage()}tuopin: {self._own(message)}\n", sys.stderr, msgid("standard error"))
        raise SystemExit(UsageError.code)

    def _own(self, message: str) -> str:
        """The usual errors of argparse, in the language asked for."""
        if found := re.fullmatch(r"the following arguments are required: (.*)", message):
            return self.say("the following arguments are required: {names}", names=found[1])
        if found := re.fullmatch(r"argument (.*): expected one argument", message):
            return self.say("argument {name}: expected one argument", name=found[1])
        if found := re.fullmatch(r"argument (.*): invalid choice: (.*) \(choose from (.*)\)", message):
            return self.say("argument {name}: is {value}, expected one of {choices}",
                            name=found[1], value=found[2], choices=found[3])  # fmt: skip
        return message


def language_given(arguments: Sequence[str] | None) -> Language:
    """The language of help and errors before the arguments are read: --lang where it is valid, else the locale's."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    values = [word.partition("=")[2] for word in words if word.startswith("--lang=")]
    values += [value for word, value in itertools.pairwise(words) if word == "--lang"]
    return next((cast(Language, value) for value in values if value in ("en", "zh")), language_of_locale())


def _silence(stream: IO[str]) -> None:
    """Discards the stream's buffer, so that Python does not try to write it again at exit and print its own error."""
    with contextlib.suppress(Exception):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
