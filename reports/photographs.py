"""The photographs: the earliest and the latest of each region side by side, then the others."""

from collections.abc import Iterator, Sequence
from functools import cache

from reportlab.platypus import Flowable, Spacer

from models.attachment import Attachment, site_and_title, time_between
from models.base import NoPage
from models.placement import Places
from models.shown_photographs import Album, Compared, album, in_period, why_not_shown
from models.skin import Region
from models.summary import as_of
from models.words import _, capitalised, day_words, long_day_words, ngettext
from reports.asked import Asked, Printing
from reports.body_figure import View, figure
from reports.flow import Prose, opening
from reports.kit import Page, build
from reports.picture_grid import Captioned, PictureGrid, captioned
from reports.type import BODY, BODY_QUIET

MANY_ACROSS, MANY_HIGH = 3, 170.0


def build_photographs(asked: Asked, printing: Printing) -> bytes:
    """The photographs of one patient as a PDF; a function of its arguments alone.

    They are shown where a consent to photographs stands on the day of printing. Raises `NoPage`
    where there is none.
    """
    if not _recorded(asked):
        raise _none_recorded(asked)
    summary = as_of(asked.history, asked.today)
    what = _("Photographs · as of {date}").format(date=long_day_words(asked.today))
    page = Page(_("Photographs"), what, summary.identity)
    found = photographs_shown(asked)
    story = [*opening(summary.identity, summary.disease, _counted(found)), Spacer(0, 4)]
    why = why_not_shown(asked.history, printing.at.date())
    if found and why:
        return build(page, printing, [*story, *withheld(len(found), why)])
    return build(page, printing, [*story, *_grids(asked)])


def photographs_shown(asked: Asked) -> list[Attachment]:
    """Those of the period in the sections that are wanted, each once."""
    found = _album(asked)
    wanted: list[Attachment] = []
    for each in found.compared:
        wanted += each.pair if asked.has("pairs") else ()
        wanted += each.between if asked.has("between") else ()
    wanted += found.single if asked.has("single") else ()
    wanted += found.unplaced if asked.has("unplaced") else ()
    return wanted


def withheld(n: int, why: str) -> list[Flowable]:
    """In place of the photographs: how many there are, why none is shown, and what to do."""
    words = ngettext(
        "{n} photograph is not shown: {why}.", "{n} photographs are not shown: {why}.", n
    )
    what_to_do = _("Where the patient consents, enter it under Summary, Consents, and print again.")
    return [Prose(words.format(n=n, why=why), BODY, 2), Prose(what_to_do, BODY_QUIET)]


def _counted(found: Sequence[Attachment]) -> str:
    """`14 photographs, Jul 2015 to 30 Apr 2020`."""
    if not found:
        return _("No photograph in the sections that are wanted.")
    n, dates = len(found), sorted(each.date for each in found)
    words = ngettext("{n} photograph", "{n} photographs", n).format(n=n)
    first, last = dates[0].words, dates[-1].words
    if first == last:
        return f"{words}, {first}."
    return _("{photographs}, {first} to {last}.").format(photographs=words, first=first, last=last)


def _grids(asked: Asked) -> Iterator[Flowable]:
    """Regions from head to foot; those photographed once, and those without a region, last."""
    found, places = _album(asked), Places(asked.history.until(asked.today))

    def told(record: Attachment, note: str = "") -> Captioned:
        return captioned(record, asked.files.get(record.id), places, record.title, note)

    def sited(record: Attachment) -> Captioned:
        return captioned(record, asked.files.get(record.id), places, site_and_title(record))

    for each in sorted(found.compared, key=_from_head_to_foot):
        site = capitalised(each.site)
        if asked.has("pairs"):
            earliest, latest = each.pair
            yield PictureGrid([told(earliest), told(latest, time_between(*each.pair))], site)
        if asked.has("between") and each.between:
            yield _several(_("{site}, in between").format(site=site), map(told, each.between))
    if asked.has("single") and found.single:
        yield _several(_("Photographed once"), map(sited, found.single))
    if asked.has("unplaced") and found.unplaced:
        yield _several(_("Without a body site"), map(told, found.unplaced))


def _several(title: str, shown: Iterator[Captioned]) -> PictureGrid:
    return PictureGrid([*shown], title, MANY_ACROSS, MANY_HIGH)


def _album(asked: Asked) -> Album:
    return album(_recorded(asked))


def _recorded(asked: Asked) -> list[Attachment]:
    known = asked.history.until(asked.today)
    return in_period(known.of(Attachment), asked.since)


def _none_recorded(asked: Asked) -> NoPage:
    date = day_words(asked.since or asked.today)
    words = (
        _("No photograph of this patient is recorded since {date}.")
        if asked.since
        else _("No photograph of this patient is recorded as of {date}.")
    )
    next_step = _("Choose another period, or add photographs under Files.")
    return NoPage(words.format(date=date), _("Nothing was printed."), next_step)


def _from_head_to_foot(compared: Compared) -> tuple[int, str]:
    """What is no place of the body that the program knows comes after all that are."""
    site = compared.site.casefold()
    return _places().get(site, len(Region)), site


@cache
def _places() -> dict[str, int]:
    parts = [part for view in View for part in figure(view).parts]
    order = [*Region]
    named = [(name, part) for part in parts for name in (part.site.words, _(part.site.name))]
    return {name.casefold(): order.index(part.region) for name, part in reversed(named)}
