"""The drug-or-disease work-up: one event with its photographs, its biopsies and the verdict."""

from collections.abc import Iterable, Sequence

from reportlab.platypus import Flowable, Spacer

from models.attachment import Attachment, site_and_title
from models.biopsy import Biopsy, Finding
from models.biopsy_table import compared
from models.drug_or_disease import told_once
from models.placement import places_of
from models.rules import awaiting_words
from models.shown_photographs import photographs_of, why_not_shown
from models.summary import as_of
from models.wording import specimen
from models.words import _, capitalised, long_day_words
from models.work_up import (
    WorkUp,
    about_event,
    afterwards,
    around,
    conclusions,
    in_short,
    work_up,
)
from reports.asked import Asked, Printing
from reports.event_strip import EventStrip
from reports.facts import ASIDE, LABEL_WIDTH, Beside, Facts, said
from reports.flow import Prose, opening, section
from reports.kit import Page, build
from reports.photographs import withheld
from reports.picture_grid import PictureGrid, captioned
from reports.table import Column, Part, Table, Words
from reports.type import BODY, BODY_BOLD, BOLD, QUIET
from reports.white import White

BESIDE, HIGHEST, APART = 3, 150.0, 3.0
MOST_IN_COLUMN = 500


def build_work_up(asked: Asked, printing: Printing) -> bytes:
    """The work-up of one adverse event as a PDF; a function of its arguments alone.

    Raises `NoPage` where no event is named and none has a biopsy.
    """
    found = _found(asked)
    what = _("Drug or disease · as of {date}").format(date=long_day_words(asked.today))
    page = Page(_("Drug-or-disease work-up"), what, found.summary.identity)
    return build(page, printing, _story(found, asked, printing))


def photographs_shown(asked: Asked) -> list[Attachment]:
    """Those of the rash, if its photographs are wanted."""
    if not asked.has("photographs"):
        return []
    found = _found(asked)
    return photographs_of(found.history, found.event)


def _found(asked: Asked) -> WorkUp:
    return work_up(as_of(asked.history, asked.today), asked.about)


def _story(found: WorkUp, asked: Asked, printing: Printing) -> list[Flowable]:
    awaiting = awaiting_words(found.rules, found.history.confirmed)
    return [
        *opening(found.summary.identity, found.summary.disease),
        Spacer(0, 8),
        Prose(found.title, BODY_BOLD, 2),
        Prose(in_short(found), BODY),
        *(_event(found) if asked.has("event") else ()),
        *(_photographs(found, asked, printing) if _has_photographs(found, asked) else ()),
        *(_biopsies(found) if asked.has("biopsies") else ()),
        *(_verdict(found) if asked.has("verdict") else ()),
        *(_course(found) if asked.has("course") else ()),
        *([Spacer(0, 10), Prose(awaiting, QUIET)] if awaiting else ()),
    ]


def _event(found: WorkUp) -> list[Flowable]:
    left = Facts(about_event(found), _("The event"))
    right = Facts(around(found), _("At that time"))
    return [Beside([left], [right]), Spacer(0, 8), EventStrip(found)]


def _has_photographs(found: WorkUp, asked: Asked) -> bool:
    return found.rash is not None and asked.has("photographs")


def _photographs(found: WorkUp, asked: Asked, printing: Printing) -> list[Flowable]:
    title, records = _("Photographs"), photographs_of(found.history, found.event)
    if not records:
        words = _("No photograph of this site and time is recorded.")
        return section(title, Prose(words))
    why = why_not_shown(asked.history, printing.at.date())
    if why:
        return section(title, *withheld(len(records), why))
    places = places_of(found.history)
    shown = [
        captioned(each, asked.files.get(each.id), places, site_and_title(each)) for each in records
    ]
    across = BESIDE if len(shown) > 2 else 2
    return [PictureGrid(shown, title, across, HIGHEST)]


def _biopsies(found: WorkUp) -> list[Flowable]:
    """Side by side, three at most; what nobody recorded of any is named below."""
    if not found.biopsies:
        return section(_("Biopsies"), Prose(_("None taken to explain this event.")))
    parts: list[Flowable] = []
    for at in range(0, len(found.biopsies), BESIDE):
        group = found.biopsies[at : at + BESIDE]
        title = _("Biopsies")
        if len(found.biopsies) > BESIDE:
            title = _("Biopsies {first} to {last}").format(first=at + 1, last=at + len(group))
        blank = compared(group).blank
        words = _("Not recorded: {fields}.").format(fields=", ".join(blank))
        parts.append(_side_by_side(group, found, title))
        parts += [Spacer(0, 3), Prose(words, QUIET)] if blank else []
        parts += _long_reports(group)
    return parts


def _long_reports(biopsies: Sequence[Biopsy]) -> list[Flowable]:
    """Over the whole width, where a column would be too narrow."""
    told = _("Report of the biopsy of {date}: {report}")
    words = [
        told.format(date=each.date.words, report=each.report)
        for each in biopsies
        if each.report and len(each.report) > MOST_IN_COLUMN
    ]
    return [part for each in words for part in (Spacer(0, 6), Prose(each))]


def _in_column(text: str) -> Words:
    return said(text if len(text) <= MOST_IN_COLUMN else _("below"))


def _side_by_side(biopsies: Sequence[Biopsy], found: WorkUp, title: str) -> Table:
    places = places_of(found.history)
    columns = (Column(width=LABEL_WIDTH), *(Column() for _biopsy in biopsies))
    rows: list[tuple[str, list[Words]]] = [
        (_("Date"), [Words(each.date.words, BOLD) for each in biopsies]),
        (_("In the treatment"), [said(places.place(each.date).brief) for each in biopsies]),
        (_("Taken"), [Words(capitalised(specimen(each))) for each in biopsies]),
        (_("Indication"), [Words(each.indication.label) for each in biopsies]),
        *((name, [*map(_in_column, values)]) for name, values in compared(biopsies).rows),
        (_("Conclusion"), [_concluded(each) for each in biopsies]),
    ]
    return Table(columns, [(Words(name, ASIDE), *cells) for name, cells in rows], title)


def _concluded(biopsy: Biopsy) -> Words:
    return Words(capitalised(biopsy.conclusion_words), BOLD)


def _verdict(found: WorkUp) -> list[Flowable]:
    title, card = _("Drug or disease"), found.card
    if card is None:
        words = _("This is no event of the skin, and no biopsy was taken to explain it.")
        return section(title, Prose(words))
    columns = (
        Column(_("Speaks for the drug")),
        Column(_("Speaks for the disease")),
        Column(_("Still missing")),
    )
    sides = (card.for_drug, card.for_disease, card.missing)
    not_added_up = _("Findings are not added up: the conclusion is the pathologist's.")
    return [
        Table(columns, [tuple(_listed(each) for each in sides)], title),
        Spacer(0, 3),
        Prose(not_added_up, QUIET),
        Spacer(0, 6),
        Facts(conclusions(found)),
    ]


def _listed(findings: Iterable[Finding]) -> list[Part]:
    """Each finding, and under it the records that it comes from."""
    listed: list[Part] = []
    for words, records in told_once(findings).items():
        listed.append(Words(capitalised(words)))
        if records:
            listed.append(Words(", ".join(records), QUIET))
        listed.append(White(APART))
    return listed or [Words(_("Nothing so far"), ASIDE)]


def _course(found: WorkUp) -> list[Flowable]:
    return [Facts(afterwards(found), _("What was done, and the course after"))]
