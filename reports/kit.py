"""The frame of every printed page: letterhead, identity, printed when and by whom, page x of y."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image
from reportlab.lib.pagesizes import A4, LETTER, landscape
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, NextPageTemplate, PageTemplate

from models.words import _
from reports.asked import Printing
from reports.drawing import Anchor
from reports.palette import PAPER
from reports.paper_canvas import PaperCanvas
from reports.shaping import forget_lines
from reports.type import (
    BODY,
    BODY_BOLD,
    BODY_QUIET,
    QUIET,
    fitting,
    printable,
    width_of,
    wrapped,
    write,
)

MARGIN: float = 12 * mm
FOOT = 16.0
SIZES = {"a4": A4, "letter": LETTER}
LOGO_HEIGHT, LOGO_WIDTH = 28.0, 120.0


@dataclass(frozen=True, slots=True)
class Page:
    """What a report is: `title` names the file's content and no patient; `what` stands at the head,
    `who` at the foot of every page, and `note`, which is for the staff, above it.
    """

    title: str
    what: str
    who: str
    wide: bool = False
    note: str = ""


def build(page: Page, printing: Printing, story: Sequence[Flowable]) -> bytes:
    """A PDF with the same frame on every page: same input, same bytes."""
    paper = SIZES[printing.paper]
    size = landscape(paper) if page.wide else paper
    buffer = io.BytesIO()
    document = BaseDocTemplate(
        buffer,
        pagesize=size,
        title=page.title,
        author="" if printing.anonymous else printing.clinic,
        lang="en",
        invariant=1,
    )
    told = " ".join(filter(None, (page.note, printing.left_out)))
    above = wrapped(told, size[0] - 2 * MARGIN, QUIET) if told else ()
    heads = (Head(page, printing, opens=True), Head(page, printing))
    document.addPageTemplates([_template(head, size, _foot_height(above)) for head in heads])
    foot = (*above, " · ".join(part for part in (page.who, printing.made) if part))

    def numbered(*args: Any, **settings: Any) -> _NumberedCanvas:
        return _NumberedCanvas(*args, foot=foot, **settings)

    try:
        document.build([NextPageTemplate("later"), *story], canvasmaker=numbered)
    finally:
        forget_lines()
    return buffer.getvalue()


def _foot_height(above: Sequence[str]) -> float:
    """`above`: the lines that stand above the last one."""
    return FOOT + len(above) * QUIET.leading


def _template(head: "Head", size: tuple[float, float], foot: float) -> PageTemplate:
    width, height = size[0] - 2 * MARGIN, size[1] - 2 * MARGIN - foot - head.height
    frame = Frame(MARGIN, MARGIN + foot, width, height, 0, 0, 0, 0)
    name = "first" if head.opens else "later"
    return PageTemplate(name, [frame], onPage=lambda canvas, _document: head.draw(canvas, size))


class Head:
    """The clinic on the left, what the page is on the right, a rule below.

    The first page has the whole letterhead; an anonymous one names no clinic.
    """

    def __init__(self, page: Page, printing: Printing, *, opens: bool = False) -> None:
        self.page, self.printing, self.opens = page, printing, opens
        full = opens and not printing.anonymous
        self.lines = printing.letterhead.lines if full and printing.letterhead else []
        self.logo = _logo(printing.logo) if full and printing.logo else None
        texts = BODY.leading + len(self.lines) * QUIET.leading
        self.below = max(texts + 3, LOGO_HEIGHT + 6 if self.logo else 0.0)

    @property
    def height(self) -> float:
        """Down to where the story begins."""
        return self.below + 12

    def draw(self, canvas: PaperCanvas, size: tuple[float, float]) -> None:
        left, right, top = MARGIN, size[0] - MARGIN, size[1] - MARGIN
        x, y = left, top - BODY.size
        if self.logo:
            x += _draw_logo(self.logo, canvas, left, top) + 10
        room = right - x - width_of(self.page.what, BODY) - 16
        write(canvas, right, y, self.page.what, BODY_QUIET, to=Anchor.END)
        write(canvas, x, y, fitting(self._named, room, BODY_BOLD), BODY_BOLD)
        for line in self.lines:
            y -= QUIET.leading
            write(canvas, x, y, fitting(line, right - x, QUIET), QUIET)
        rule(canvas, left, right, top - self.below)

    @property
    def _named(self) -> str:
        return _("De-identified") if self.printing.anonymous else self.printing.clinic


def _draw_logo(logo: ImageReader, canvas: PaperCanvas, left: float, top: float) -> float:
    """Returns the width it takes."""
    wide, high = logo.getSize()
    scale = min(LOGO_HEIGHT / high, LOGO_WIDTH / wide)
    width, height = wide * scale, high * scale
    canvas.drawImage(logo, left, top - height, width, height, mask="auto")
    return float(width)


def _logo(content: bytes) -> ImageReader | None:
    """The picture; None where it cannot be read: better a page without a logo than no page."""
    try:
        with Image.open(io.BytesIO(content)) as picture:
            picture.load()
        return ImageReader(io.BytesIO(content))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


class _NumberedCanvas(PaperCanvas):
    """Each foot says of how many pages it is one; that is drawn when their number is known.

    `foot`: its lines; the number stands on the last one.
    """

    def __init__(self, *args: Any, foot: Sequence[str], **settings: Any) -> None:
        super().__init__(*args, **settings)
        (*self._above, self._foot), self._parts = foot, 0
        self._widths: list[float] = []

    def enter_in_outline(self, title: str, top: float) -> None:
        """An entry that leads to the height `top` of what is being drawn."""
        self._parts += 1
        key = f"part-{self._parts}"
        self.bookmarkHorizontal(key, 0, top)
        self.addOutlineEntry(printable(title), key)

    def showPage(self) -> None:  # noqa: N802
        self._widths.append(self._pagesize[0])
        self.doForm(f"foot-{len(self._widths)}")
        super().showPage()

    def save(self) -> None:
        for number, width in enumerate(self._widths, start=1):
            self.beginForm(f"foot-{number}", 0, 0, width, MARGIN + _foot_height(self._above))
            self._draw_foot(number, width)
            self.endForm()
        super().save()

    def _draw_foot(self, number: int, width: float) -> None:
        left, right = MARGIN, width - MARGIN
        above = len(self._above) * QUIET.leading
        rule(self, left, right, MARGIN + above + FOOT * 0.62)
        for line in self._above:
            write(self, left, MARGIN + above, line, QUIET)
            above -= QUIET.leading
        page = _("page {number} of {total}").format(number=number, total=len(self._widths))
        room = right - left - width_of(page, QUIET) - 12
        write(self, left, MARGIN, _on_one_line(self._foot, room), QUIET)
        write(self, right, MARGIN, page, QUIET, to=Anchor.END)


def _on_one_line(foot: str, room: float) -> str:
    """Where room is short it is first the name that is cut, which comes first, not its number."""
    name, dot, rest = foot.partition(" · ")
    named = min(width_of(fitting(name, room, QUIET), QUIET), room / 4)
    rest = fitting(dot + rest, room - named, QUIET)
    return fitting(name, room - width_of(rest, QUIET), QUIET) + rest


def rule(canvas: PaperCanvas, left: float, right: float, y: float) -> None:
    canvas.pen(PAPER.line, 0.35)
    canvas.line(left, y, right, y)
