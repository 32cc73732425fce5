"""The recovery sheet: the key that opens the clinic when every password is lost."""

import datetime as dt

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Spacer

from models.words import _, long_day_words
from reports.kit import LARGE, TITLE, Printing, build, letterhead, paragraph, style

HEAD = 40
KEY_SIZE = 16.0


def build_recovery_sheet(key: str, printing: Printing) -> bytes:
    """One page with the recovery key and what to do with it, as a PDF."""
    title = _("Recovery sheet")

    def head(canvas: Canvas, size: tuple[float, float]) -> None:
        letterhead(canvas, size, printing.clinic, title)

    return build(title, printing.clinic, printing, _story(key, printing.at.date()), first_page=head)


def _story(key: str, day: dt.date) -> list[Flowable]:
    text = style(LARGE)
    steps = (
        _("Keep this sheet under lock, away from the workstation; do not photograph or scan it."),
        _("Whoever holds it can open every patient's record of this clinic."),
        _("To use it: start the program, choose “Use the recovery key” on the sign-in page, type")
        + " "
        + _("the key and set a new password. Capital letters and dashes do not matter."),
        _("The program shows this key only once. Without it and without a password, nobody can")
        + " "
        + _("open the records again."),
    )
    made = _("Made on {date}").format(date=long_day_words(day))
    return [
        Spacer(1, HEAD + 10 * mm),
        paragraph(_("Recovery key"), style(TITLE, strong=True)),
        Spacer(1, 6 * mm),
        paragraph(key, style(KEY_SIZE, strong=True)),
        Spacer(1, 3 * mm),
        paragraph(made, text),
        Spacer(1, 10 * mm),
        *(part for step in steps for part in (paragraph(step, text), Spacer(1, 3 * mm))),
    ]
