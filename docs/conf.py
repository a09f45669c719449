"""How Sphinx builds these pages; `./run docs` calls it. Nothing on a page comes from elsewhere: no font, no script."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import reference_pages  # noqa: E402
from formulas import draw_formulas  # noqa: E402
from pygments.lexers.special import TextLexer  # noqa: E402
from sphinx.application import Sphinx  # noqa: E402

project = "tuopin"
author = "The tuopin authors"
copyright = "The tuopin authors. Apache-2.0"
version = release = (HERE.parent / "VERSION").read_text().strip()

extensions = ["myst_parser", "sphinx.ext.autodoc"]
myst_enable_extensions = ["dollarmath", "attrs_block"]
myst_heading_anchors = 4
highlight_language = "text"
smartquotes = False  # beside Chinese characters some fonts draw them a character wide
exclude_patterns = ["*.py"]

nitpicky = True
nitpick_ignore_regex = [  # types of other projects, whose pages are not here
    (r"py:.*", r"(numpy|np|npt|pandas|pd|xarray|xr|matplotlib|os|pathlib|collections|typing)\..*"),
    (r"py:class", r"(Path|Callable|Iterable|Figure|Language|Kind|PathLike|optional|ArrayLike|NDArray)"),
]
autodoc_typehints = "none"  # they stand in the signature
autodoc_member_order = "bysource"

html_theme = "furo"
html_title = f"tuopin {version}"
html_static_path = ["_static"]
html_css_files = ["tuopin.css"]
html_extra_path = [str(reference_pages.SCHEMAS), "llms.txt"]
html_show_sourcelink = False
html_copy_source = False
html_math_renderer = "mathml"
html_theme_options = {"navigation_with_keys": True}

reference_pages.write()


def setup(app: Sphinx) -> dict[str, bool]:
    draw_formulas(app)
    app.add_lexer("sh", TextLexer)  # else words such as export and numbers are coloured as the shell's
    return {"parallel_read_safe": True, "parallel_write_safe": True}
