"""tuopin: simulation and forecasting of poverty-exit scenarios.

``Engine`` holds scenarios in memory and steps them year by year, ``run`` simulates scenario files into a study file,
``open`` reads one as labelled arrays (``open_panel`` a panel of households), ``write_summaries`` writes tables for a
spreadsheet, ``fan_chart`` draws it, ``measures`` holds the exact measures for an analyst's own arrays and ``luck``
re-derives any draw.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from tuopin._core import version as __version__
from tuopin.errors import DataError, Error, Interrupted, OutputError, RunWarning, ScenarioError, UsageError

if TYPE_CHECKING:
    from tuopin import luck, measures
    from tuopin._program import Progress, executable, run
    from tuopin._studies import Study
    from tuopin._summary import summary
    from tuopin.charts import fan_chart
    from tuopin.engine import Column, Engine, Trajectory
    from tuopin.panels import open_panel
    from tuopin.results import groups, open, order_statistics
    from tuopin.summaries import summary_table, write_summaries

# Where each name stands. Modules are loaded when they are first asked for: pandas and matplotlib take a second.
_HOMES = {
    "Column": "engine", "Engine": "engine", "Trajectory": "engine", "Study": "_studies", "fan_chart": "charts",
    "open_panel": "panels", "groups": "results", "open": "results", "order_statistics": "results",
    "Progress": "_program", "executable": "_program", "run": "_program", "summary": "_summary",
    "summary_table": "summaries", "write_summaries": "summaries", "luck": "", "measures": "",
}  # fmt: skip

__all__ = [
    "Column",
    "DataError",
    "Engine",
    "Error",
    "Interrupted",
    "OutputError",
    "Progress",
    "RunWarning",
    "ScenarioError",
    "Study",
    "Trajectory",
    "UsageError",
    "__version__",
    "executable",
    "fan_chart",
    "groups",
    "luck",
    "measures",
    "open",
    "open_panel",
    "order_statistics",
    "run",
    "summary",
    "summary_table",
    "write_summaries",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'tuopin' has no attribute {name!r}")
    home = _HOMES[name]
    found = getattr(import_module(f"tuopin.{home}"), name) if home else import_module(f"tuopin.{name}")
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
