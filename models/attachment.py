"""Photographs, letters and reports; the file itself lies encrypted in the store."""

from collections import Counter
from collections.abc import Sequence
from typing import ClassVar

from models.base import PARTIAL_DATE, PatientRecord, field
from models.values import Choice, PartialDate
from models.words import N_

MOST_BYTES = 25 * 1024 * 1024


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


def _site(photograph: Attachment) -> str:
    return (photograph.body_site or "").casefold().strip()
