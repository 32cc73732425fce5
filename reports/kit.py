"""The frame of every printed page: styles, escaping, letterhead, identity and page x of y."""

import datetime as dt
import io
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4, LETTER, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

from models.words import _, day_words
from reports.fonts import REGULAR, STRONG, measure, register
from reports.palette import PAPER

MARGIN: float = 12 * mm
FOOT = 16
SMALL, TEXT, LARGE, TITLE = 7.0, 8.5, 10.0, 14.0
PAPERS = {"a4": A4, "letter": LETTER}


@dataclass(frozen=True, slots=True)
class Printing:
    """What every page says of its own making."""

    clinic: str
    user: str
    at: dt.datetime
    paper: str = "a4"


def style(size: float = TEXT, colour: str = PAPER.text, strong: bool = False) -> ParagraphStyle:
    register()
    return ParagraphStyle(
        "text",
        fontName=STRONG if strong else REGULAR,
        fontSize=size,
        leading=round(size * 1.32, 1),
        textColor=HexColor(colour),
        alignment=TA_LEFT,
        splitLongWords=True,
    )


def printable(text: str) -> str:
    """The text without control characters; one that the font lacks is written as its number."""
    register()
    glyphs = pdfmetrics.getFont(REGULAR).face.charToGlyph
    return "".join(_drawn(sign, glyphs) for sign in unicodedata.normalize("NFC", text))


def _drawn(sign: str, glyphs: dict[int, int]) -> str:
    if sign in "\n\t" or unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
        return " "
    return sign if ord(sign) in glyphs else f"[U+{ord(sign):04X}]"


def paragraph(text: str, look: ParagraphStyle) -> Paragraph:
    """A paragraph of plain text: nothing in it is taken for mark-up."""
    return Paragraph(escape(printable(text)), look)


def fitting(text: str, room: float, size: float, strong: bool = False) -> str:
    """One line of the text, cut with an ellipsis where it is wider than the room."""
    text = printable(text)
    if measure(text, size, strong) <= room:
        return text
    while text and measure(text + "…", size, strong) > room:
        text = text[:-1]
    return text.rstrip() + "…"


class _NumberedCanvas(Canvas):
    """Holds the pages back until their number is known, then writes the foot of each."""

    def __init__(self, *args: Any, foot: str, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self._foot = foot
        self._pages: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        pages = self._pages
        for number, page in enumerate(pages, start=1):
            self.__dict__.update(page)
            self._draw_foot(number, len(pages))
            super().showPage()
        super().save()

    def _draw_foot(self, number: int, total: int) -> None:
        """Identity, printed when and by whom, page x of y."""
        left, right = MARGIN, self._pagesize[0] - MARGIN
        rule(self, left, right, MARGIN + FOOT * 0.62)
        page = _("page {number} of {total}").format(number=number, total=total)
        room = right - left - measure(page, SMALL) - 12
        self.setFont(REGULAR, SMALL)
        self.setFillColor(HexColor(PAPER.quiet))
        self.drawString(left, MARGIN, fitting(self._foot, room, SMALL))
        self.drawRightString(right, MARGIN, page)


DrawPage = Callable[[Canvas, tuple[float, float]], None]


def build(
    title: str,
    identity: str,
    printing: Printing,
    story: Sequence[Flowable],
    *,
    wide: bool = False,
    first_page: DrawPage | None = None,
    following: DrawPage | None = None,
    head: float = 0.0,
    first_head: float = 0.0,
) -> bytes:
    """A PDF with the same frame on every page: same input, same bytes.

    `following` draws the head (of height `head`) of later pages; `first_page` the whole first page,
    or its head (of height `first_head`) above the beginning of the story.
    """
    register()
    size = landscape(PAPERS[printing.paper]) if wide else PAPERS[printing.paper]
    buffer = io.BytesIO()
    document = BaseDocTemplate(buffer, pagesize=size, title=title, lang="en", invariant=1)
    inner = (size[0] - 2 * MARGIN, size[1] - 2 * MARGIN - FOOT)

    def template(name: str, draw: DrawPage | None, height: float) -> PageTemplate:
        frame = Frame(MARGIN, MARGIN + FOOT, inner[0], inner[1] - height, 0, 0, 0, 0)
        return PageTemplate(
            name, [frame], onPage=lambda canvas, _document: draw(canvas, size) if draw else None
        )

    document.addPageTemplates(
        [
            template("first", first_page, first_head if first_page else head),
            template("later", following, head),
        ]
    )

    printed = _("printed {date} {time} by {user}").format(
        date=day_words(printing.at.date()), time=f"{printing.at:%H:%M}", user=printing.user
    )

    def numbered(*args: Any, **settings: Any) -> _NumberedCanvas:
        return _NumberedCanvas(*args, foot=f"{identity} · {printed}", **settings)

    document.build(list(story), canvasmaker=numbered)
    return buffer.getvalue()


def rule(canvas: Canvas, left: float, right: float, y: float) -> None:
    canvas.setStrokeColor(HexColor(PAPER.line))
    canvas.setLineWidth(0.35)
    canvas.setDash([])
    canvas.line(left, y, right, y)


def letterhead(canvas: Canvas, size: tuple[float, float], clinic: str, what: str) -> float:
    """The clinic on the left, what the page is on the right, a rule below; returns its y."""
    left, right, top = MARGIN, size[0] - MARGIN, size[1] - MARGIN
    baseline = top - LARGE
    canvas.setFillColor(HexColor(PAPER.text))
    canvas.setFont(STRONG, LARGE)
    room = right - left - measure(what, LARGE) - 16
    canvas.drawString(left, baseline, fitting(clinic, room, LARGE, True))
    canvas.setFillColor(HexColor(PAPER.quiet))
    canvas.setFont(REGULAR, LARGE)
    canvas.drawRightString(right, baseline, what)
    rule(canvas, left, right, baseline - 6)
    return baseline - 6


def draw_above(canvas: Canvas, text: str, look: ParagraphStyle, foot: float) -> float:
    """Draw a paragraph from margin to margin above `foot`; returns the y of its top."""
    block = paragraph(text, look)
    _width, height = block.wrap(canvas._pagesize[0] - 2 * MARGIN, 10_000)  # noqa: SLF001
    block.drawOn(canvas, MARGIN, foot)
    return foot + float(height)


def draw_paragraph(canvas: Canvas, text: str, look: ParagraphStyle, top: float) -> float:
    """Draw a paragraph from margin to margin below `top`; returns the y of its foot."""
    block = paragraph(text, look)
    _width, height = block.wrap(canvas._pagesize[0] - 2 * MARGIN, 10_000)  # noqa: SLF001
    block.drawOn(canvas, MARGIN, top - height)
    return top - float(height)
