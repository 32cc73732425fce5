"""What is to be done for a patient, when, why, and by which rule."""

import datetime as dt
import uuid
from dataclasses import dataclass

from models.base import Record
from models.rules import Rule
from models.values import Choice
from models.words import N_


class DueKind(Choice):
    """What is to be done."""

    INFUSION = N_("infusion")
    VISIT = N_("visit")
    ASSESSMENT = N_("response assessment")
    BIOPSY_RESULT = N_("biopsy result")
    ADVERSE_EVENT = N_("adverse event")
    CONTACT = N_("contact")
    STAGING = N_("stage")


@dataclass(frozen=True, slots=True)
class Noted:
    """A record by its id alone: of many patients no more is kept."""

    id: uuid.UUID


@dataclass(frozen=True, slots=True)
class Due:
    """Something to be done on a day, with the reason and the record it comes from.

    `record`: by its id alone in a worklist. `rule`: by which the day was worked out; None where
    somebody set it, or nothing has a day.
    """

    kind: DueKind
    what: str
    on: dt.date
    why: str
    record: Record | Noted
    rule: Rule | None = None

    def overdue(self, today: dt.date) -> bool:
        return self.on < today
