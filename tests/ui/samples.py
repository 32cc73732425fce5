"""A full and a bare record of every kind, made up."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from models.account import Account
from models.adverse_event import AdverseEvent
from models.attachment import Attachment
from models.base import PatientRecord, Record, build
from models.biopsy import Biopsy
from models.blood import BloodCount
from models.diagnosis import Diagnosis
from models.drug import Drug
from models.history import History
from models.imaging import Imaging
from models.laboratory import LabResult, MolecularResult
from models.letterhead import Letterhead
from models.patient import Consent, Patient
from models.population import SavedPopulation
from models.practice import Practice, RuleConfirmation
from models.records import RECORDS
from models.response import Assessment
from models.safekeeping import Safekeeping
from models.skin import SkinScore
from models.snooze import Snooze
from models.staging import Staging
from models.treatment import Cycle, Infusion, TreatmentLine
from models.visit import Visit

TODAY = dt.date(2020, 4, 30)
PATIENT = uuid.UUID(int=1)
OTHER = uuid.UUID(int=2)

SAMPLES: dict[type[Record], dict[str, Any]] = {
    Drug: {"name": "resimmune", "category": "systemic", "usual_schedule": "twice a day for 4 days"},
    Patient: {
        "mrn": "004711",
        "family_name": "Rossi",
        "given_name": "Anna",
        "birth_date": "1958-03-02",
        "sex": "female",
        "phone": "555 0100",
        "address": "Via Roma 1\n00100 Roma",
        "comorbidities": " hypertension\r\nasthma",
        "death_date": "2020",
        "cause_of_death": "other",
        "lost_to_follow_up": False,
    },
    Attachment: {
        "date": "2017-07",
        "kind": "photograph",
        "title": "Left cheek",
        "body_site": "left cheek",
        "media_type": "image/jpeg",
        "sha256": "a" * 64,
    },
    Consent: {"purpose": "registry", "given": "2015-01-03", "document": OTHER},
    Diagnosis: {
        "date": "2011",
        "disease": "Sézary syndrome",
        "folliculotropism": False,
        "large_cell_transformation": True,
        "tcr_clone": "TRBV20-1",
        "cd30_percent": 5,
        "notes": "From a letter.",
    },
    Staging: {
        "date": "2015-05",
        "occasion": "baseline",
        "t": "T4",
        "n": "NX",
        "m": "M0",
        "b": "B2b",
        "stage_stated": "IVA",
    },
    TreatmentLine: {
        "regimen": ["gemcitabine", "oxaliplatin"],
        "category": "systemic",
        "start": "2013",
        "end": "2014-02",
        "given_here": False,
        "stop_reason": "progression",
        "cycles_stated": 6,
        "best_response_stated": "PR",
    },
    Cycle: {"treatment_line": OTHER, "number": 3, "day_1": "2015-08-31", "weight_kg": 70.126},
    Infusion: {
        "cycle": OTHER,
        "day": 15,
        "status": "reduced",
        "given_on": "2015-09-14",
        "dose_mg": 52.55,
        "minutes": 60,
        "reason": "weight",
    },
    SkinScore: {
        "date": "2015-07-06",
        "regions": {"head": {"patch": 3, "plaque": 0.5}, "neck": {}, "left hand": {"tumour": 1}},
        "total_stated": 7.5,
    },
    BloodCount: {"date": "2015-07-06", "wbc": 12500, "cd4_cd8_ratio": 31.2, "clone": "identical"},
    LabResult: {
        "date": "2015-07-06",
        "analyte": "TSH",
        "value": 0.004,
        "unit": "mU/L",
        "reference_low": -1.5,
    },
    MolecularResult: {
        "date": "2015-07-06",
        "specimen": "blood",
        "test": "TCR sequencing",
        "result": "clone 61 %",
        "text": "long\n\ntext",
    },
    Imaging: {
        "date": "2015-06-30",
        "modality": "PET-CT",
        "nodes": [
            {"site": "left axilla", "long_mm": 22, "short_mm": 14.125},
            {"site": "right groin", "long_mm": 18, "short_mm": 12},
        ],
    },
    Assessment: {
        "date": "2015-11-02",
        "treatment_line": OTHER,
        "skin": "PR",
        "viscera": "not involved",
        "judgement": "PR",
        "judgement_reason": "nodes not imaged",
    },
    AdverseEvent: {
        "verbatim": "red patch",
        "term": "Rash maculo-papular",
        "ctcae_version": "5.0",
        "onset": "2017-07",
        "grades": [{"date": "2017-07", "grade": 1}, {"date": "2017-08-14", "grade": 2}],
        "serious": False,
        "attribution": "probable",
        "treatment_line": OTHER,
        "action": "stopped",
    },
    Biopsy: {
        "date": "2017-08-14",
        "kind": "punch",
        "body_site": "left cheek",
        "side": "left",
        "indication": "rash",
        "adverse_event": OTHER,
        "conclusion": "drug-related",
        "result_on": "2017-08-25",
        "patterns": ["interface", "spongiotic"],
        "cd30_percent": 0,
    },
    Practice: {"criteria": "2022", "confirmed_after_days": 56, "result_days": 10},
    Account: {"name": "berta", "role": "recorder"},
    Safekeeping: {"lock_after_minutes": 5, "backup_folder": "/media/backups"},
    Letterhead: {"address": "12 Harbour Road\nPort Ellis", "phone": "555 0100"},
    RuleConfirmation: {
        "rule": "response.global_response",
        "statement": "The skin leads.",
        "confirmed_by": "Dr Vera Lindt",
        "confirmed_on": "2020-05-11",
    },
    Snooze: {
        "kind": "visit",
        "due_on": "2020-04-14",
        "until": "2020-05-11",
        "reason": "on holiday",
    },
    Visit: {"date": "2018-01-09", "kind": "follow-up", "status": "done", "ecog": 0, "itch": 1.5},
}


def _owned(kind: type[Record]) -> dict[str, Any]:
    if kind is Patient:
        return {"id": PATIENT}
    return {"patient": PATIENT} if issubclass(kind, PatientRecord) else {}


def sample(kind: type[Record], /, **changes: Any) -> Any:
    """A record with many of its fields filled."""
    return build(kind, _owned(kind) | SAMPLES[kind] | changes)


def bare(kind: type[Record]) -> Any:
    """A record with no more than its rules need."""
    needed = {name for name, info in kind.model_fields.items() if info.is_required()}
    needed |= {"given_on", "reason", "regions"}
    return build(kind, _owned(kind) | {k: v for k, v in SAMPLES[kind].items() if k in needed})


def history(records: Sequence[Any], patient: uuid.UUID = PATIENT) -> History:
    return History.of_records(sample(Patient, id=patient), records)


FORMS = [kind for kind in RECORDS if kind is not SavedPopulation]
"""The kinds that are filled in with a form; a population is described beside its figures."""
assert set(SAMPLES) == set(FORMS)
