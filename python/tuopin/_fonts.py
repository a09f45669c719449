"""Fonts of the charts: where Chinese characters come from, and which headings are bold."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from matplotlib import font_manager

Language = Literal["en", "zh"]

_CJK_FONTS = (
    "Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN", "Noto Sans SC", "Noto Sans CJK JP",
    "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "PingFang SC", "Microsoft YaHei", "SimHei", "Droid Sans Fallback",
)  # fmt: skip


def cjk_font() -> str | None:
    """The best installed font with Chinese characters. Fonts installed after Matplotlib made its list are added."""
    known = {font.name for font in font_manager.fontManager.ttflist}
    for name in _CJK_FONTS:
        if name in known:
            return name
    for file in font_manager.findSystemFonts():
        if any(part in Path(file).name.lower() for part in ("cjk", "wqy", "droidsansfallback", "sourcehan")):
            font_manager.fontManager.addfont(file)
    known = {font.name for font in font_manager.fontManager.ttflist}
    return next((name for name in _CJK_FONTS if name in known), None)


def heavy(text: str) -> dict[str, Any]:
    """Most Chinese fonts come in one weight: their headings stand out by size and ink alone."""
    return {"fontweight": "bold", "fontfamily": "DejaVu Sans"} if max(map(ord, text), default=0) < 0x2E80 else {}


def style(lang: Language) -> Any:
    chinese = [font for font in [cjk_font()] if font]
    families = [*chinese, "DejaVu Sans"] if lang == "zh" else ["DejaVu Sans", *chinese]
    return {"font.family": families, "axes.unicode_minus": False, "text.usetex": False}
