"""The photographs that a report shows: chosen, read and made small before it is built."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from models.attachment import Attachment
from models.base import ContentMissing
from models.shown_photographs import why_not_shown
from reports.asked import Asked
from reports.catalogue import Report
from reports.pictures import Picture


def with_pictures(
    asked: Asked, report: Report, day: dt.date, load: Callable[[Attachment], bytes]
) -> Asked:
    """What is asked with the photographs that the report shows, one read after the other.

    `day`: that of printing; without a consent to photographs that stands on it, none is read.
    `load`: the content of a file. What cannot be shown is left out, and the page says so.
    """
    if not report.pictures or why_not_shown(asked.history, day):
        return asked
    made = {each.id: _picture(each, load) for each in report.pictures_of(asked)}
    return replace(asked, files={key: picture for key, picture in made.items() if picture})


def _picture(photograph: Attachment, load: Callable[[Attachment], bytes]) -> Picture | None:
    try:
        content = load(photograph)
    except ContentMissing:
        return None
    return Picture.of(content, photograph.quarter_turns or 0)
