"""ReportLab's canvas, told of a colour, a pen or a dash only where it changes."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from reportlab import rl_config
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.rl_accel import escapePDF, fp_str
from reportlab.pdfbase.pdfmetrics import getFont
from reportlab.pdfbase.ttfonts import ShapeData
from reportlab.pdfgen.canvas import Canvas

from reports.fonts import REGULAR, register
from reports.shaping import Run

rl_config.useA85 = 0  # streams as bytes, a fifth smaller than as text


@cache
def ink(colour: str) -> Color:
    """One and the same colour each time, from `#RRGGBB`."""
    return HexColor(colour)


class PaperCanvas(Canvas):
    """What is already set is not set again; ReportLab keeps account of it when it saves, restores
    and begins a page or a form. No font is named that is not embedded.
    """

    _lineDash: tuple[float, ...] | None  # noqa: N815

    def __init__(self, *given: Any, **settings: Any) -> None:
        register()
        super().__init__(*given, **settings | {"initialFontName": REGULAR})
        self._type: dict[tuple[str, int, float], str] = {}

    def setFillColor(self, aColor: Color, alpha: float | None = None) -> None:  # noqa: N802, N803
        if aColor is not self._fillColorObj or alpha is not None:
            super().setFillColor(aColor, alpha)

    def setStrokeColor(self, aColor: Color, alpha: float | None = None) -> None:  # noqa: N802, N803
        if aColor is not self._strokeColorObj or alpha is not None:
            super().setStrokeColor(aColor, alpha)

    def setLineWidth(self, width: float) -> None:  # noqa: N802
        if width != self._lineWidth:
            super().setLineWidth(width)

    def setDash(self, array: Sequence[float] = (), phase: float = 0) -> None:  # noqa: N802
        dash = (*array, phase) if array else None
        if dash != self._lineDash:
            self._lineDash = dash
            super().setDash([*array], phase)

    def pen(self, colour: str, thickness: float, dashes: Sequence[float] = ()) -> None:
        self.setStrokeColor(ink(colour))
        self.setLineWidth(thickness)
        self.setDash(dashes)

    def show(self, x: float, y: float, run: Run, size: float) -> None:
        """A run of text with its baseline at `y`, in the colour that is set."""
        if run.told:
            told = run.told.encode("utf-16-be").hex()
            self._code.append(f"/Span <</ActualText <FEFF{told}>>> BDC")
        self._code.append(f"BT {fp_str(x, y)} Td {self._coded(run, size)} ET")
        if run.told:
            self._code.append("EMC")

    def _coded(self, run: Run, size: float) -> str:
        """What `drawString` writes, without the detour that takes nine tenths of its time, and
        without its fault: of two marks on one letter the second raised all that came after.
        """
        font: Any = getFont(run.font)
        places = iter(getattr(run.signs, "__shapeData__", ()))
        coded = []
        for subset, codes in font.splitString(run.signs, self._doc):
            shown = _placed(codes, places, size) or f"({escapePDF(codes)}) Tj"
            coded.append(f"{self._typed(font, subset, size)} {shown}")
        return " ".join(coded)

    def _typed(self, font: Any, subset: int, size: float) -> str:
        """What sets a font and its size; to find its name in the file takes a while."""
        key = font.fontName, subset, size
        if key not in self._type:
            name = font.getSubsetInternalName(subset, self._doc)
            self._type[key] = f"{name} {fp_str(size)} Tf"
        return self._type[key]


def _placed(codes: bytes, places: Iterator[ShapeData], size: float) -> str:
    """Each glyph at its own place; empty where none has one."""
    drawn, risen = [], 0.0
    for code, at in zip(codes, places, strict=False):
        rise = size * at.y_offset / 1000
        if rise != risen:
            drawn.append(f"{fp_str(rise)} Ts")
            risen = rise
        before, after = -at.x_offset, at.width - at.x_advance + at.x_offset
        drawn.append(f"[{fp_str(before)} ({escapePDF(bytes([code]))}) {fp_str(after)}] TJ")
    return " ".join([*drawn, "0 Ts"] if risen else drawn)
