"""The photographs that a report shows: chosen, read and made small before it is built."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from models.attachment import Attachment
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
    wanted = report.pictures_of(asked)
    made = {each.id: Picture.of(load(each), each.quarter_turns or 0) for each in wanted}
    return replace(asked, files={key: picture for key, picture in made.items() if picture})
