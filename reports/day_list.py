"""The day list: what is due, of whom and why, to be ticked off and written on."""

from collections.abc import Sequence

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, LongTable, NextPageTemplate, Spacer, TableStyle

from models.words import _, capitalised, day_words, long_day_words, short_weekday, weekday_name
from models.worklist import Group, Item, Worklist, when_words
from reports.kit import (
    LARGE,
    SMALL,
    TEXT,
    TITLE,
    Printing,
    build,
    draw_paragraph,
    letterhead,
    paragraph,
    style,
)
from reports.palette import PAPER

FIRST_HEAD, LATER_HEAD = 68, 30
TICK, WHO, WHAT, WHEN = 20, 144, 160, 84
BOX = 8.5


def build_day_list(worklist: Worklist, printing: Printing) -> bytes:
    """The day list as a PDF; a function of its arguments alone."""
    day = worklist.today
    what = _("Day list · {date}").format(date=long_day_words(day))
    title = f"{weekday_name(day)} {long_day_words(day)}"

    def first_page(canvas: Canvas, size: tuple[float, float]) -> None:
        y = letterhead(canvas, size, printing.clinic, what)
        y = draw_paragraph(canvas, title, style(TITLE, strong=True), y - 8)
        draw_paragraph(canvas, worklist.words, style(LARGE), y - 2)

    def following(canvas: Canvas, size: tuple[float, float]) -> None:
        letterhead(canvas, size, printing.clinic, what)

    return build(
        _("Day list"),
        what,
        printing,
        [NextPageTemplate("later"), *_story(worklist)],
        first_page=first_page,
        following=following,
        head=LATER_HEAD,
        first_head=FIRST_HEAD,
    )


class TickBox(Flowable):
    """An empty box, to be ticked by hand."""

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return BOX, BOX + 2

    def draw(self) -> None:
        self.canv.setStrokeColor(HexColor(PAPER.text))
        self.canv.setLineWidth(0.8)
        self.canv.rect(0.4, 0, BOX, BOX)


def _story(worklist: Worklist) -> list[Flowable]:
    """A table for each group, its headings repeated on every page; what is put off stands last."""
    if not worklist.due and not worklist.put_off:
        words = _("There is nothing to do from this list.")
        return [paragraph(words, style(LARGE, PAPER.quiet))]
    sections = [
        (group.label, [item for item in worklist.due if item.group is group]) for group in Group
    ]
    sections.append((_("Put off"), [*worklist.put_off]))
    story: list[Flowable] = []
    for title, items in sections:
        if items:
            story += [_table(title, items, worklist), Spacer(0, 12)]
    return story


def _table(title: str, items: Sequence[Item], worklist: Worklist) -> LongTable:
    heading = paragraph(
        _("{title} ({n})").format(title=title, n=len(items)), style(LARGE, strong=True)
    )
    quiet = style(SMALL, PAPER.quiet)
    titles = ("", _("Patient"), _("What is due"), _("When"), _("Notes"))
    rows: list[list[object]] = [
        [heading, "", "", "", ""],
        [paragraph(each, quiet) for each in titles],
        *(_row(item, worklist) for item in items),
    ]
    table = LongTable(rows, colWidths=[TICK, WHO, WHAT, WHEN, None], repeatRows=2)
    table.setStyle(_look())
    return table


def _row(item: Item, worklist: Worklist) -> list[object]:
    patient, due = item.patient, item.due
    born = _("born {date} ({age}) · MRN {mrn}").format(
        date=day_words(patient.birth_date),
        age=patient.age_on(worklist.today),
        mrn=patient.mrn,
    )
    on = f"{short_weekday(due.on)} {day_words(due.on)}"
    plain, strong, quiet = style(TEXT), style(TEXT, strong=True), style(SMALL, PAPER.quiet)
    reasons = [capitalised(each) for each in (due.why, item.put_off_words) if each]
    late = style(SMALL, strong=True) if item.overdue else quiet
    return [
        TickBox(),
        [paragraph(patient.name, strong), paragraph(born, quiet)],
        [paragraph(capitalised(due.what), plain), *(paragraph(each, quiet) for each in reasons)],
        [paragraph(on, plain), paragraph(when_words(due.on, worklist.today), late)],
        "",
    ]


def _look() -> TableStyle:
    line, mark = HexColor(PAPER.line), HexColor(PAPER.edge)
    return TableStyle(
        [
            ("SPAN", (0, 0), (-1, 0)),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 8),
            ("TOPPADDING", (0, 0), (-1, 1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, 1), 2),
            ("TOPPADDING", (0, 2), (-1, -1), 4),
            ("BOTTOMPADDING", (0, 2), (-1, -1), 5),
            ("LINEBELOW", (0, 1), (-1, -1), 0.35, line),
            ("LINEBELOW", (4, 2), (4, -1), 0.8, mark),
        ]
    )
