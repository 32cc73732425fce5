"""What may be due for a patient, and that somebody put it off, until when and why."""

import datetime as dt
import uuid
from typing import ClassVar

from models.base import PatientRecord, field
from models.due import DueKind
from models.words import N_

REASONS = (
    N_("patient called"),
    N_("on holiday"),
    N_("seen in another clinic"),
    N_("not reached"),
    N_("laboratory has more time"),
)


class Snooze(PatientRecord, table=True):
    """Puts off one item of the worklist: this kind, of this record, due on this day.

    As soon as the item is due on another day, it is another item and stands in the list again.
    """

    __tablename__ = "snooze"
    singular: ClassVar[str] = N_("snooze")
    plural: ClassVar[str] = N_("snoozes")
    dated_by: ClassVar[str] = "until"

    kind: DueKind = field(N_("Put off"))
    due_on: dt.date = field(N_("Due on"))
    until: dt.date = field(N_("Until"), help=N_("On this day it stands in the list again."))
    reason: str = field(N_("Reason"), suggestions=REASONS, max_length=500)
    about: uuid.UUID | None = field(N_("About"), None)
