"""What a new adverse event, and a biopsy that is to explain it, probably begin with."""

import datetime as dt
from typing import Any

from models.adverse_event import AdverseEvent
from models.biopsy import Indication
from models.course import active_lines
from models.ctcae import CtcaeVersion, newest_imported
from models.drug_or_disease import is_of_skin
from models.history import History
from models.placement import place
from models.treatment import TreatmentLine
from models.values import PartialDate, earliest, latest


def new_event(history: History, today: dt.date) -> dict[str, Any]:
    """The line of today, until the onset is known, and the newest version of CTCAE that the clinic
    imported; where it imported none, the one used last.

    Version 4.03 is then no longer proposed: the program brings no table of it along.
    """
    events = sorted(history.of(AdverseEvent), key=lambda event: str(event.recorded_at or ""))
    used = [event.ctcae_version for event in events]
    last = used[-1] if used and used[-1] is not CtcaeVersion.V4_03 else CtcaeVersion.V5_0
    version = newest_imported() or last
    line = line_at(history, PartialDate.of(today))
    return {"ctcae_version": version} | ({"treatment_line": line.id} if line else {})


def line_at(history: History, onset: PartialDate) -> TreatmentLine | None:
    """The line under which an onset falls, also in the days after it that count as emergent.

    The line in which everything else of that date is placed comes first.
    """
    late = dt.timedelta(days=history.practice.emergent_days)
    placed = place(history, onset).line
    if placed and _may_run(placed, onset, late):
        return placed
    running = [line for line in active_lines(history) if _may_run(line, onset)]
    return next(reversed(running), None)


def biopsy_for(event: AdverseEvent) -> dict[str, Any]:
    """What a new biopsy that is to explain the event begins with."""
    of_skin = is_of_skin(event, ())
    return {
        "adverse_event": event.id,
        "indication": Indication.RASH if of_skin else Indication.OTHER,
        "body_site": event.body_site,
    }


def _may_run(line: TreatmentLine, onset: PartialDate, after: dt.timedelta = dt.timedelta()) -> bool:
    begun = earliest(line.start) <= onset.last
    return begun and (line.end is None or onset.first <= latest(line.end) + after)
