"""The worklist: what is due in the days ahead, over all patients."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from models.follow_up import Due, next_due
from models.history import History
from models.patient import Patient
from models.snooze import DueKind
from models.values import Choice
from models.words import N_, _

LONGEST = 3650


class Group(Choice):
    """What the items of a worklist are gathered under, in its order."""

    INFUSIONS = N_("infusions due")
    OVERDUE = N_("overdue")
    VISITS = N_("follow-up visits due")
    BIOPSIES = N_("biopsy results awaited")
    EVENTS = N_("open adverse events (grade ≥ 2)")
    ASSESSMENTS = N_("response assessment due")
    NOT_SEEN = N_("patients not seen")
    NOT_STAGED = N_("stage not recorded")


GROUPS = {
    DueKind.INFUSION: Group.INFUSIONS,
    DueKind.VISIT: Group.VISITS,
    DueKind.BIOPSY_RESULT: Group.BIOPSIES,
    DueKind.ADVERSE_EVENT: Group.EVENTS,
    DueKind.ASSESSMENT: Group.ASSESSMENTS,
    DueKind.CONTACT: Group.NOT_SEEN,
    DueKind.STAGING: Group.NOT_STAGED,
}
APPOINTMENTS = frozenset({DueKind.INFUSION, DueKind.VISIT, DueKind.ASSESSMENT})


@dataclass(frozen=True, slots=True)
class Item:
    """One row of the worklist."""

    group: Group
    patient: Patient
    due: Due
    overdue: bool


def worklist(histories: Iterable[History], today: dt.date, days: int = 7) -> list[Item]:
    """What is due by `days` after `today`, the overdue included: by group, date and name.

    An infusion, a visit or an assessment that is overdue stands under overdue; what is awaited,
    open or missing keeps its own group. Raises `ValueError` for days that make no sense.
    """
    if not 0 <= days <= LONGEST:
        raise ValueError(_("A worklist looks 0 to {most} days ahead.").format(most=LONGEST))
    items = [
        Item(_group(due, today), history.patient, due, due.overdue(today))
        for history in histories
        for due in next_due(history, today)
        if (due.on - today).days <= days
    ]
    return sorted(items, key=_place)


def counts(items: Sequence[Item]) -> dict[Group, int]:
    """How many items each group has, those without any included."""
    return {group: sum(item.group is group for item in items) for group in Group}


def worklist_json(items: Sequence[Item], today: dt.date, days: int) -> dict[str, Any]:
    """One object with the stable keys of the command line's `worklist --json`."""
    return {
        "date": today.isoformat(),
        "days": days,
        "items": [
            {
                "mrn": item.patient.mrn,
                "name": item.patient.name,
                "group": item.group.value,
                "what": item.due.what,
                "on": item.due.on.isoformat(),
                "why": item.due.why,
                "overdue": item.overdue,
            }
            for item in items
        ],
    }


def _group(due: Due, today: dt.date) -> Group:
    late = due.overdue(today) and due.kind in APPOINTMENTS
    return Group.OVERDUE if late else GROUPS[due.kind]


def _place(item: Item) -> tuple[int, dt.date, str, str, str]:
    name, mrn = item.patient.name.casefold(), item.patient.mrn
    return [*Group].index(item.group), item.due.on, name, mrn, item.due.what
