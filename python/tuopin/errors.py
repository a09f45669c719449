"""Errors, one class per exit code of the program, so that callers can catch the ones they can handle."""

from __future__ import annotations


class Error(Exception):
    """Base of all errors of tuopin. The text holds every problem, one a line."""

    code = 1


class UsageError(Error, ValueError):
    """The call asks for something that does not exist."""

    code = 2


class ScenarioError(Error, ValueError):
    """A scenario, programme or region file is invalid."""

    code = 3


class DataError(Error, ValueError):
    """A data file or an array is invalid."""

    code = 4


class Interrupted(Error):
    """Stopped on request; ``tuopin.run(..., resume=True)`` goes on."""

    code = 5


class OutputError(Error, OSError):
    """The result cannot be written."""

    code = 6


class RunWarning(UserWarning):
    """A warning of the program about a run that succeeded."""


_BY_CODE: dict[int, type[Error]] = {
    kind.code: kind for kind in (UsageError, ScenarioError, DataError, Interrupted, OutputError)
}


def error_of(code: int) -> type[Error]:
    """The class of an exit code; ``Error`` for an undocumented code, which is a defect."""
    return _BY_CODE.get(code, Error)
