"""Attached files: their content lies encrypted in the store, named by its SHA-256."""

import hashlib

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from models.attachment import MOST_BYTES, Attachment
from models.base import ClinicError, ContentMissing, revised
from models.photographs import without_place
from models.store.failures import damaged_store
from models.store.tables import ATTACHMENT_CONTENT
from models.words import _


def checked(attachment: Attachment, content: bytes) -> tuple[Attachment, bytes]:
    """The content as it is kept and the record of it; refuses what is too large.

    Of a photograph the place and other personal data are removed.
    """
    if len(content) > MOST_BYTES:
        raise ClinicError(
            _("The file is larger than {n} MB.").format(n=MOST_BYTES // 1024**2),
            _("Nothing was changed."),
            _("Attach a smaller file, such as a photograph of lower resolution."),
        )
    content = without_place(content, attachment.media_type)
    return revised(attachment, sha256=hashlib.sha256(content).hexdigest()), content


def keep_content(session: Session, content: bytes) -> None:
    """Keep it once; the content of former versions stays."""
    sha256 = hashlib.sha256(content).hexdigest()
    column = ATTACHMENT_CONTENT.c.sha256
    if session.scalar(select(column).where(column == sha256)) is None:
        session.execute(insert(ATTACHMENT_CONTENT).values(sha256=sha256, content=content))


def content_of(session: Session, sha256: str, title: str) -> bytes:
    """The content of this checksum; raises `ContentMissing`, which tells a person the `title`."""
    columns = ATTACHMENT_CONTENT.c
    asked = select(columns.content).where(columns.sha256 == sha256)
    content: bytes | None = session.scalar(asked)
    if content is None:
        raise _no_content(title)
    if hashlib.sha256(content).hexdigest() != sha256:
        raise damaged_store()
    return content


def _no_content(title: str) -> ContentMissing:
    return ContentMissing(
        _("The file “{title}” itself is not in the store.").format(title=title),
        _("Its entry, and every other record, is still there."),
        _("Attach the file again."),
    )
