"""Photographs, letters and reports; the file itself lies encrypted in the store."""

from collections import Counter
from collections.abc import Sequence
from typing import ClassVar

from models.base import PARTIAL_DATE, PatientRecord, field
from models.values import Choice, Days, PartialDate
from models.words import N_, _, capitalised, ngettext

MOST_BYTES = 25 * 1024 * 1024
LONG = 60


class AttachmentKind(Choice):
    PHOTOGRAPH = N_("photograph")
    LETTER = N_("letter")
    REPORT = N_("report")
    CONSENT = N_("consent")


class Attachment(PatientRecord, table=True):
    __tablename__ = "attachment"
    singular: ClassVar[str] = N_("file")
    plural: ClassVar[str] = N_("files")

    date: PartialDate = field(N_("Date"), column=PARTIAL_DATE)
    kind: AttachmentKind = field(N_("Kind"))
    title: str = field(N_("Title"), max_length=200)
    body_site: str | None = field(N_("Body site"), None, max_length=200)
    media_type: str = field(N_("Media type"), max_length=100)
    sha256: str = field(N_("SHA-256"), max_length=64)
    quarter_turns: int | None = field(
        N_("Quarter turns"), None, ge=0, le=3, help=N_("Clockwise, as a photograph is shown.")
    )


def site_and_title(photograph: Attachment) -> str:
    """`Left cheek · before the biopsy`; said once where both are the same."""
    site, title = capitalised(photograph.body_site or ""), photograph.title
    return title if site.casefold() in {"", title.casefold()} else f"{site} · {title}"


def photographs(files: Sequence[Attachment]) -> list[Attachment]:
    """The photographs among them, the earliest first."""
    found = [each for each in files if each.kind is AttachmentKind.PHOTOGRAPH]
    return sorted(found, key=lambda each: each.date)


def pair_to_compare(
    files: Sequence[Attachment], chosen: Attachment | None = None
) -> tuple[Attachment, Attachment] | None:
    """The earliest and the latest photograph of a body site; None where there are no two at all.

    The site is that of the chosen photograph, or that of most photographs; where there are no two
    of one site, the earliest and the latest of all.
    """
    found = photographs(files)
    counts = Counter(_site(each) for each in found if each.body_site)
    most = max(counts, key=lambda site: counts[site], default="")
    site = _site(chosen) if chosen and counts[_site(chosen)] > 1 else most
    same = [each for each in found if _site(each) == site] if counts[site] > 1 else found
    return (same[0], same[-1]) if len(same) > 1 else None


def time_between(one: Attachment, other: Attachment) -> str:
    """`84 days between them (2.8 months)`; what is not known to the day is about."""
    days = Days.between(*sorted((one.date, other.date)))
    if days.most == 0:
        return _("Taken on the same day")
    if not days.exact:
        return _("{time} between them").format(time=days.words)
    text = ngettext("{n} day between them", "{n} days between them", days.least)
    longer = f" ({days.words})" if days.least >= LONG else ""
    return text.format(n=days.least) + longer


def _site(photograph: Attachment) -> str:
    return (photograph.body_site or "").casefold().strip()
