"""What is worked out from the values of a form while they are typed, in words."""

from collections.abc import Callable, Iterator
from typing import Any

from models.adverse_event import AdverseEvent
from models.attachment import Attachment
from models.base import InvalidRecord, PatientRecord, build
from models.biopsy import Biopsy
from models.blood import BloodCount
from models.explaining.course import about_assessment, about_biopsy, about_place
from models.explaining.disease import (
    about_blood,
    about_imaging,
    about_laboratory,
    about_skin,
    about_staging,
)
from models.explaining.events import about_event
from models.explaining.treatment import about_cycle, about_infusion, about_line
from models.explaining.words import Values
from models.history import History
from models.imaging import Imaging
from models.laboratory import LabResult, MolecularResult
from models.response import Assessment
from models.skin import SkinScore
from models.staging import Staging
from models.treatment import Cycle, Infusion, TreatmentLine
from models.visit import Visit

__all__ = ["explanation"]

About = Callable[[Any, History], Iterator[str]]


def explanation(kind: type[PatientRecord], values: Values, history: History) -> str:
    """Sentences with their rules, a line each; nothing where nothing can be worked out yet."""
    if kind is Cycle:
        return "\n".join(about_cycle(values, history))
    record = _record(kind, values, history)
    if record is None:
        return ""
    lines = [*_ABOUT[kind](record, history)] if kind in _ABOUT else []
    if kind in PLACED and values.get("date"):
        lines += about_place(record, history)
    return "\n".join(lines)


def _record(kind: type[PatientRecord], values: Values, history: History) -> Any:
    """The record that the values make, or None while they make none; the date may yet come."""
    given = {name: value for name, value in values.items() if value is not None}
    try:
        return build(kind, {"patient": history.patient.id, **_YET_TO_COME.get(kind, {}), **given})
    except InvalidRecord:
        return None


_YET_TO_COME: dict[type[PatientRecord], dict[str, Any]] = {
    Attachment: {"kind": "photograph", "title": "-", "media_type": "-", "sha256": "0" * 64},
    Staging: {"date": "2000", "occasion": "diagnosis"},
    SkinScore: {"date": "2000-01-01"},
    BloodCount: {"date": "2000-01-01"},
    LabResult: {"date": "2000-01-01"},
    Imaging: {"date": "2000-01-01", "modality": "CT"},
    Infusion: {"status": "omitted", "reason": "-"},
    Assessment: {"judgement_reason": "-"},
    TreatmentLine: {"regimen": ["-"], "category": "systemic", "start": "2000", "given_here": True},
}
_ABOUT: dict[type[PatientRecord], About] = {
    Staging: about_staging,
    SkinScore: about_skin,
    BloodCount: about_blood,
    LabResult: about_laboratory,
    Imaging: about_imaging,
    TreatmentLine: about_line,
    Infusion: about_infusion,
    Assessment: about_assessment,
    AdverseEvent: about_event,
    Biopsy: about_biopsy,
}
PLACED = frozenset(
    {SkinScore, BloodCount, LabResult, MolecularResult, Imaging, Assessment, Visit, Attachment}
)
