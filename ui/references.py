"""To which records a record's fields may point, in words."""

from functools import partial
from typing import Any

from models.adverse_event import AdverseEvent
from models.attachment import Attachment
from models.base import PatientRecord
from models.history import History
from models.skin_course import skin_before
from models.treatment import Cycle, TreatmentLine
from models.wording import in_words
from ui.editors import References

POINTED_TO: dict[str, type[PatientRecord]] = {
    "treatment_line": TreatmentLine,
    "cycle": Cycle,
    "adverse_event": AdverseEvent,
    "document": Attachment,
}


def references(history: History) -> References:
    """The candidates of each field, the latest first."""
    return {
        field: [(record.id, in_words(record, history)) for record in reversed(history.of(kind))]
        for field, kind in POINTED_TO.items()
    }


def known(history: History) -> dict[str, Any]:
    """What the patient's records tell about some fields."""
    return {"regions": partial(skin_before, history)}
