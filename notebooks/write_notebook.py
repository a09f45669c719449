"""Makes a notebook of cells that stand in a script, for diffs; with --execute also its outputs."""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

Cell = tuple[str, str]


def notebook(cells: list[Cell]) -> nbformat.NotebookNode:
    make = {"markdown": new_markdown_cell, "code": new_code_cell}
    made = [make[kind](text.strip("\n"), id=f"cell-{number}") for number, (kind, text) in enumerate(cells)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return new_notebook(cells=made, metadata=kernel)


def write(cells: list[Cell], script: str) -> None:
    """``script``: the file that has the cells; the notebook stands beside it."""
    place = Path(script).resolve()
    book = notebook(cells)
    if "--execute" in sys.argv:
        NotebookClient(book, timeout=600, kernel_name="python3", record_timing=False,
                       resources={"metadata": {"path": str(place.parent)}}).execute()  # fmt: skip
        book.metadata.pop("language_info", None)  # names the interpreter's version
    nbformat.write(book, place.with_suffix(".ipynb"))
