"""Records of one made-up patient with sensible defaults, histories made of them, any date."""

import datetime as dt
import uuid
from typing import Any, TypeVar

from hypothesis import strategies as st

from models.adverse_event import AdverseEvent
from models.attachment import Attachment
from models.base import PatientRecord, build, revised
from models.biopsy import Biopsy
from models.blood import BloodCount
from models.diagnosis import Diagnosis
from models.drug import Drug
from models.exchange.registry.studied import StudyNumber
from models.history import History
from models.imaging import Imaging
from models.laboratory import LabResult, MolecularResult
from models.patient import Consent, Patient
from models.population import SavedPopulation
from models.practice import Practice, RuleConfirmation, usual_practice
from models.response import Assessment
from models.rules import Rule
from models.skin import SkinScore
from models.snooze import Snooze
from models.staging import Staging
from models.treatment import Cycle, Infusion, TreatmentLine, calendar, planned_on
from models.values import PartialDate
from models.visit import Visit

PATIENT = uuid.UUID(int=1)
START = dt.date(2020, 1, 6)

P = TypeVar("P", bound=PatientRecord)

any_day = st.dates(dt.date(1880, 1, 1), dt.date(2200, 12, 31))


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    drawn = draw(any_day)
    parts = (drawn.year, drawn.month, drawn.day)[: draw(st.integers(1, 3))]
    return PartialDate(*parts)


def shifts() -> st.SearchStrategy[int]:
    """By how many days dates may be shifted."""
    return st.integers(30, 365).flatmap(lambda days: st.sampled_from((days, -days)))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def patient(**changes: Any) -> Patient:
    values = {"mrn": "17", "family_name": "Weber", "given_name": "Karl", "sex": "male"}
    return build(Patient, {"id": PATIENT, "birth_date": "1950-06-15", **values, **changes})


def history(*records: PatientRecord, **about_the_patient: Any) -> History:
    return History.of_records(patient(**about_the_patient), records)


def practice(**changes: Any) -> Practice:
    """The clinic's settings, some of them changed."""
    return revised(usual_practice(), **changes)


def confirmation(rule: Rule, **changes: Any) -> RuleConfirmation:
    values = {"rule": rule.name, "statement": rule.statement, "confirmed_by": "Dr Vera Lindt"}
    return build(RuleConfirmation, {**values, "confirmed_on": START, **changes})


def _made(kind: type[P], defaults: dict[str, Any], changes: dict[str, Any]) -> P:
    return build(kind, {"patient": PATIENT, **defaults, **changes})


def diagnosis(date: str = "2019-12-02", **changes: Any) -> Diagnosis:
    return _made(Diagnosis, {"date": date, "disease": "mycosis fungoides"}, changes)


def staging(tnmb: str = "T2b N0 M0 B0", date: str = "2019-12-02", **changes: Any) -> Staging:
    classes = dict(zip("tnmb", tnmb.split(), strict=True))
    return _made(Staging, {"date": date, "occasion": "diagnosis", **classes}, changes)


def line(start: Any = START, end: Any = None, **changes: Any) -> TreatmentLine:
    """A systemic line; `drug=` names its regimen."""
    defaults = {"regimen": [changes.pop("drug", "bexarotene")], "category": "systemic"}
    return _made(
        TreatmentLine, {**defaults, "start": start, "end": end, "given_here": True}, changes
    )


def moga(start: Any = START, end: Any = None, **changes: Any) -> TreatmentLine:
    return line(start, end, drug="mogamulizumab", protocol="mogamulizumab", **changes)


def cycle(of: TreatmentLine, number: int = 1, day_1: Any = START, **changes: Any) -> Cycle:
    defaults = {"treatment_line": of.id, "number": number, "day_1": day_1, "weight_kg": 70}
    return _made(Cycle, defaults, changes)


def infusion(of: Cycle, day_of_cycle: int = 1, late: int = 0, **changes: Any) -> Infusion:
    """Given in full, `late` days after its planned day."""
    given_on = planned_on(of.day_1, day_of_cycle) + dt.timedelta(days=late)
    defaults = {"cycle": of.id, "day": day_of_cycle, "status": "given", "given_on": given_on}
    return _made(Infusion, defaults, changes)


def omitted(of: Cycle, day_of_cycle: int = 1) -> Infusion:
    return infusion(of, day_of_cycle, status="omitted", given_on=None, reason="fever")


def course(of: TreatmentLine, cycles: int, first: dt.date = START) -> list[PatientRecord]:
    """Whole cycles of mogamulizumab, every infusion given on its day."""
    made: dict[int, Cycle] = {}
    infusions = []
    for planned in calendar(first, cycles):
        if planned.day == 1:
            made[planned.cycle] = cycle(of, planned.cycle, planned.on)
        infusions.append(infusion(made[planned.cycle], planned.day))
    return [*made.values(), *infusions]


def skin_score(date: Any, total: float | None = None, **regions: dict[str, float]) -> SkinScore:
    """A stated total, or lesions by region: `head={"patch": 3}`."""
    return _made(SkinScore, {"date": date, "total_stated": total, "regions": regions}, {})


def blood_count(date: Any, cells: float | None, **changes: Any) -> BloodCount:
    return _made(BloodCount, {"date": date, "cd4_cd26_negative": cells}, changes)


def ldh(date: Any, value: float, high: float | None = 225) -> LabResult:
    values = {"analyte": "LDH", "value": value, "unit": "U/L", "reference_high": high}
    return _made(LabResult, {"date": date, **values}, {})


def lab(date: Any = START, **changes: Any) -> LabResult:
    defaults = {"analyte": "TSH", "value": 2.5, "unit": "mU/L"}
    return _made(LabResult, {"date": date, **defaults}, changes)


def molecular(date: Any = START, **changes: Any) -> MolecularResult:
    defaults = {"specimen": "skin", "test": "TCR sequencing", "result": "clone 61 %"}
    return _made(MolecularResult, {"date": date, **defaults}, changes)


def imaging(date: Any = START, **changes: Any) -> Imaging:
    return _made(Imaging, {"date": date, "modality": "CT"}, changes)


def assessment(date: Any, worked_out: str = "", **changes: Any) -> Assessment:
    """`worked_out="PR"` states four compartments that make this global response."""
    skin_alone = {"nodes": "NI", "blood": "NI", "viscera": "NI"}
    stated = {"skin": worked_out, **skin_alone} if worked_out else {}
    return _made(Assessment, {"date": date, **stated}, changes)


def event(onset: str = "2020-02-03", grade: int = 2, **changes: Any) -> AdverseEvent:
    defaults = {"verbatim": "itchy red spots", "term": "Rash maculo-papular", "onset": onset}
    grades = [{"date": onset, "grade": grade}]
    return _made(AdverseEvent, {**defaults, "ctcae_version": "5.0", "grades": grades}, changes)


def biopsy(date: str = "2020-02-10", **changes: Any) -> Biopsy:
    defaults = {"kind": "punch", "body_site": "left cheek", "indication": "rash"}
    return _made(Biopsy, {"date": date, **defaults}, changes)


def visit(date: Any, status: str = "done", **changes: Any) -> Visit:
    return _made(Visit, {"date": date, "kind": "follow-up", "status": status}, changes)


def snooze(until: Any = "2020-05-11", **changes: Any) -> Snooze:
    defaults = {"kind": "visit", "due_on": "2020-04-14", "reason": "on holiday"}
    return _made(Snooze, {"until": until, **defaults}, changes)


def drug(**changes: Any) -> Drug:
    usual = {"name": "resimmune", "category": "systemic"}
    return build(Drug, {**usual, **changes})


def population(**changes: Any) -> SavedPopulation:
    usual = {"name": "Sézary syndrome", "criteria": {"diseases": ["Sézary syndrome"]}}
    return build(SavedPopulation, {**usual, **changes})


def consent(given: Any = None, **changes: Any) -> Consent:
    return _made(Consent, {"purpose": "registry", "given": given}, changes)


def attachment(date: str = "2020-02", **changes: Any) -> Attachment:
    defaults = {"kind": "photograph", "title": "Left cheek", "media_type": "image/jpeg"}
    return _made(Attachment, {"date": date, **defaults, "sha256": "a" * 64}, changes)


def study_number(number: int = 1, shift_days: int = 0) -> StudyNumber:
    return StudyNumber(number, shift_days, b"a secret of the clinic")
