"""Photographs, letters and reports; the file itself lies encrypted in the store."""

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
