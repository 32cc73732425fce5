"""Which photographs may stand on a printed page, and how they stand there by region."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from models.adverse_event import AdverseEvent
from models.attachment import Attachment, photographs
from models.drug_or_disease import rash_of
from models.history import History
from models.patient import Consent, Purpose, consents_to
from models.words import _, day_words


def why_not_shown(history: History, day: dt.date) -> str:
    """Why no photograph may be shown on that day; empty where a consent to photographs stands.

    The whole history counts, not only what was known on some earlier day.
    """
    consents = history.of(Consent)
    if consents_to(Purpose.PHOTOGRAPHS, consents, day):
        return ""
    ended = [
        each.withdrawn
        for each in consents
        if each.purpose is Purpose.PHOTOGRAPHS and each.withdrawn and each.withdrawn <= day
    ]
    if ended:
        words = _("the consent to photographs was withdrawn on {date}")
        return words.format(date=day_words(max(ended)))
    return _("no consent to photographs stands")


@dataclass(frozen=True, slots=True)
class Compared:
    """At least two photographs of one site, the earliest first."""

    site: str
    photographs: tuple[Attachment, ...]

    @property
    def pair(self) -> tuple[Attachment, Attachment]:
        """The earliest and the latest."""
        return self.photographs[0], self.photographs[-1]

    @property
    def between(self) -> tuple[Attachment, ...]:
        return self.photographs[1:-1]


@dataclass(frozen=True, slots=True)
class Album:
    """Photographs by site: those to be compared, sites with one alone, and those without a site."""

    compared: tuple[Compared, ...]
    single: tuple[Attachment, ...]
    unplaced: tuple[Attachment, ...]


def album(files: Sequence[Attachment]) -> Album:
    """The photographs among the files by site, as it was written first; each exactly once."""
    found = photographs(files)
    by_site: dict[str, list[Attachment]] = {}
    for each in found:
        by_site.setdefault(_folded(each.body_site), []).append(each)
    unplaced = by_site.pop("", [])
    several = [same for same in by_site.values() if len(same) > 1]
    return Album(
        tuple(Compared(same[0].body_site or "", tuple(same)) for same in several),
        tuple(same[0] for same in by_site.values() if len(same) == 1),
        tuple(unplaced),
    )


def in_period(files: Sequence[Attachment], since: dt.date | None) -> list[Attachment]:
    """The photographs that may have been taken on that day or later, the earliest first."""
    return [each for each in photographs(files) if since is None or each.date.last >= since]


def photographs_of(history: History, event: AdverseEvent) -> list[Attachment]:
    """The photographs of a rash, the earliest first: of its site or that of one of its biopsies, or
    without a site, from 28 days before its onset to 28 days after the last date told about it.
    """
    rash = rash_of(history, event)
    if rash is None:
        return []
    sites = (event.body_site, *(biopsy.body_site for biopsy in rash.biopsies))
    known = [words for site in sites if (words := _words(site))]
    return [
        each
        for each in photographs(history.of(Attachment))
        if rash.near_or_after(each.date) and _may_show(_words(each.body_site), known)
    ]


def _may_show(site: set[str], known: Sequence[set[str]]) -> bool:
    """`left cheek` may show the `cheek`, and the other way round, but not the `right cheek`."""
    return not site or not known or any(site <= each or each <= site for each in known)


def _words(site: str | None) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", (site or "").casefold()))


def _folded(site: str | None) -> str:
    return " ".join((site or "").casefold().split())
