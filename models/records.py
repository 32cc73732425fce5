"""Every kind of record, in the order in which one may point to another.

`PATIENT_RECORDS` are what happened to a patient; `OF_A_PATIENT` also what the clinic noted for
itself, which no timeline and no printed page shows.
"""

from sqlalchemy.orm import configure_mappers

from models.account import Account
from models.adverse_event import AdverseEvent
from models.attachment import Attachment
from models.base import PatientRecord, Record
from models.biopsy import Biopsy
from models.blood import BloodCount
from models.diagnosis import Diagnosis
from models.drug import Drug
from models.imaging import Imaging
from models.laboratory import LabResult, MolecularResult
from models.letterhead import Letterhead
from models.patient import Consent, Patient
from models.population import SavedPopulation
from models.practice import Practice, RuleConfirmation
from models.response import Assessment
from models.safekeeping import Safekeeping
from models.skin import SkinScore
from models.snooze import Snooze
from models.staging import Staging
from models.treatment import Cycle, Infusion, TreatmentLine
from models.visit import Visit

PATIENT_RECORDS: tuple[type[PatientRecord], ...] = (
    Attachment,
    Consent,
    Diagnosis,
    Staging,
    TreatmentLine,
    Cycle,
    Infusion,
    SkinScore,
    BloodCount,
    LabResult,
    MolecularResult,
    Imaging,
    Assessment,
    AdverseEvent,
    Biopsy,
    Visit,
)
OF_A_PATIENT: tuple[type[PatientRecord], ...] = (*PATIENT_RECORDS, Snooze)
RECORDS: tuple[type[Record], ...] = (
    Account,
    Safekeeping,
    Practice,
    Letterhead,
    RuleConfirmation,
    Drug,
    SavedPopulation,
    Patient,
    *OF_A_PATIENT,
)
BY_NAME: dict[str, type[Record]] = {record.table_name(): record for record in RECORDS}
PLACE_OF = {kind: place for place, kind in enumerate(RECORDS)}
"""Where each kind stands: none points to a later one."""


def map_all() -> None:
    """Work out now how records become rows; it takes a moment, else when the first one is read."""
    configure_mappers()
