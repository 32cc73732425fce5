"""What is noticed when a clinic is opened, and goes on record: that something is not as it was."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.orm import Session

from models.store import audit, trail_end
from models.words import _


def noticed(session: Session, folder: Path, now: dt.datetime) -> Iterator[str]:
    """Sentences for whoever comes in."""
    yield from _older_store(session, folder)


def _older_store(session: Session, folder: Path) -> Iterator[str]:
    end = trail_end.kept(folder)
    if end is None:
        if not audit.is_new(session):
            yield _("Nothing beside the clinic's file tells where its audit trail ended.")
    elif not audit.goes_on_from(session, end):
        sentence = _(
            "The clinic's file is older than it was: entry {n} of its audit trail is gone."
        )
        yield sentence.format(n=end["sequence"])
