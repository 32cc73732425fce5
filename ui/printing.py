"""What is printed from the window: the page to be built, its title, and a file's name."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from models.history import History
from models.store.clinic import Clinic
from models.words import _
from models.worklist import Worklist


@dataclass(frozen=True)
class Printed:
    """`build`: the PDF; `file_name` tells nothing of a patient."""

    build: Callable[..., bytes]
    title: str
    file_name: str


def printed_timeline(clinic: Clinic, history: History, today: dt.date) -> Printed:
    from reports.asked import Asked, Printing  # noqa: PLC0415 - only when a page is wanted
    from reports.catalogue import TIMELINE  # noqa: PLC0415

    now = dt.datetime.now().astimezone()
    build = partial(TIMELINE.build, Asked(history, today), Printing.by(clinic, now))
    return Printed(build, TIMELINE.words, f"timeline-{now:%Y-%m-%d}.pdf")


def printed_day_list(clinic: Clinic, worklist: Worklist) -> Printed:
    from reports.asked import Printing  # noqa: PLC0415 - as above
    from reports.day_list import build_day_list  # noqa: PLC0415

    now = dt.datetime.now().astimezone()
    build = partial(build_day_list, worklist, Printing.by(clinic, now))
    return Printed(build, _("Day list"), f"day-list-{worklist.today}.pdf")
