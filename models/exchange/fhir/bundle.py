"""Histories as bundles: every record in its resources, each of them validated."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from typing import Any

from models.adverse_event import AdverseEvent
from models.attachment import Attachment
from models.base import ClinicError, Record
from models.biopsy import Biopsy
from models.blood import BloodCount
from models.diagnosis import Diagnosis
from models.exchange.fhir import (
    biopsies,
    condition,
    documents,
    events,
    measured,
    patient,
    response,
    staging,
    treatment,
    visits,
)
from models.exchange.fhir.case import ENTERED, Case, meta
from models.exchange.fhir.definitions import definitions
from models.exchange.fhir.elements import Element, Resource
from models.exchange.fhir.loading import MOST_BYTES as MOST_READ
from models.exchange.outgoing import Content, OutFile
from models.history import History
from models.imaging import Imaging
from models.laboratory import LabResult, MolecularResult
from models.patient import Consent, Patient
from models.records import OF_A_PATIENT
from models.response import Assessment
from models.skin import SkinScore
from models.snooze import Snooze
from models.staging import Staging
from models.treatment import Cycle, Infusion, TreatmentLine
from models.visit import Visit
from models.words import _

MOST_BYTES = 16 * 1024 * 1024
"""What one bundle holds, unless a single patient's records are more."""

Written = Callable[[Case, Any], Iterator[Resource]]
_WRITTEN: dict[type[Record], Written] = {
    Patient: patient.patient,
    Consent: patient.consent,
    Attachment: documents.document,
    Diagnosis: condition.condition,
    Staging: staging.staging,
    TreatmentLine: treatment.line,
    Cycle: treatment.cycle,
    Infusion: treatment.infusion,
    SkinScore: measured.skin_score,
    BloodCount: measured.blood_count,
    LabResult: measured.lab_result,
    MolecularResult: measured.molecular_result,
    Imaging: measured.imaging,
    Assessment: response.assessment,
    AdverseEvent: events.event,
    Biopsy: biopsies.biopsy,
    Visit: visits.visit,
    Snooze: visits.snooze,
}


def fhir_files(histories: Sequence[History], content: Content | None) -> Iterator[OutFile]:
    """`bundle.json`, or as many as are needed, each whole in itself; and what defines our names."""
    yield OutFile("definitions.json", _definitions())
    packs = _packs(histories, content)
    first, second = next(packs), next(packs, None)
    if second is None:
        yield OutFile("bundle.json", first)
        return
    for number, pack in enumerate(chain((first, second), packs), start=1):
        yield OutFile(f"bundle-{number:04}.json", pack)


@cache
def _definitions() -> bytes:
    return bundled(map(entry, definitions()))


def _packs(histories: Sequence[History], content: Content | None) -> Iterator[bytes]:
    """Bundles of whole patients; an empty one of no patients."""
    held: list[bytes] = []
    size = 0
    for history in histories:
        own = [entry(each) for each in resources(history, content)]
        more = sum(map(len, own))
        if more > MOST_READ:
            raise _too_large(history)
        if held and size + more > MOST_BYTES:
            yield bundled(held)
            held, size = [], 0
        held += own
        size += more
    yield bundled(held)


def _too_large(history: History) -> ClinicError:
    return ClinicError(
        _("The files of the patient {mrn} are more than a bundle can hold.").format(
            mrn=history.patient.mrn
        ),
        _("Nothing was exported."),
        _("Export without the files, or as tables."),
    )


def resources(history: History, content: Content | None = None) -> Iterator[Resource]:
    """Everything about one patient, the patient first."""
    case = Case(history, content)
    yield from _WRITTEN[Patient](case, history.patient)
    for kind in OF_A_PATIENT:
        for record in history.of(kind):
            yield from _WRITTEN[kind](case, record)


def bundled(entries: Iterable[bytes]) -> bytes:
    head: Element = {"resourceType": "Bundle", "meta": meta(ENTERED), "type": "collection"}
    text, held = _bytes(head), b",\n".join(entries)
    return text[:-1] + b',"entry":[\n' + held + b"\n]}\n" if held else text + b"\n"


def entry(resource: Resource) -> bytes:
    """Raises `ValidationError` for a resource that FHIR R4B has not: that is a bug."""
    from fhir.resources.R4B import get_fhir_model_class  # noqa: PLC0415 - it is slow

    get_fhir_model_class(resource["resourceType"]).model_validate(resource)
    return _bytes({"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource})


def _bytes(element: Element) -> bytes:
    """In ASCII, whatever the language, so that whoever reads it needs no more room than it has."""
    return json.dumps(element, separators=(",", ":")).encode()
