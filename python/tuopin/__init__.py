"""tuopin: simulation and forecasting of poverty-exit scenarios.

``run`` simulates scenario files into a study file, ``open`` reads one as labelled arrays (``open_panel`` a
panel of households), ``write_summaries`` writes
tables for a spreadsheet, ``fan_chart`` draws it, ``measures`` holds the exact measures for an analyst's own arrays and
``luck`` re-derives any draw.
"""

from tuopin import luck, measures
from tuopin._core import version as __version__
from tuopin.charts import fan_chart
from tuopin.errors import DataError, Error, Interrupted, OutputError, RunWarning, ScenarioError, UsageError
from tuopin.panels import open_panel
from tuopin.results import groups, open, order_statistics
from tuopin.run import Progress, executable, run, summary
from tuopin.summaries import summary_table, write_summaries

__all__ = [
    "DataError",
    "Error",
    "Interrupted",
    "OutputError",
    "Progress",
    "RunWarning",
    "ScenarioError",
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
