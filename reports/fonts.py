"""Roboto for ReportLab: registered once, embedded in every page, with a measure of its texts."""

from functools import cache
from pathlib import Path

import font_roboto
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR, STRONG = "Roboto", "Roboto-Medium"


def font_file(name: str) -> Path:
    return Path(font_roboto.__file__).parent / "files" / f"{name}.ttf"


@cache
def register() -> None:
    pdfmetrics.registerFont(TTFont(REGULAR, font_file("Roboto-Regular")))
    pdfmetrics.registerFont(TTFont(STRONG, font_file("Roboto-Medium")))


def measure(text: str, size: float, strong: bool = False) -> float:
    """Width in points."""
    register()
    return float(pdfmetrics.stringWidth(text, STRONG if strong else REGULAR, size))
