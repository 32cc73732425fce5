"""A judgement that differs from what is measured is a clinician's right, and needs a reason.

A stage stated as a letter says it is no judgement but a quotation, and owes none.
"""

from collections.abc import Iterator

from models.base import PatientRecord, revised
from models.contradictions.stage import against_measurements
from models.course import assess
from models.history import History
from models.response import Assessment, Response
from models.staging import Staging
from models.words import _, capitalised

COMPARTMENTS = ("skin", "nodes", "blood", "viscera")


def unexplained(record: PatientRecord, history: History) -> dict[str, str]:
    """What is to be said beside the field for the reason; nothing where no reason is owed."""
    if not isinstance(record, Staging | Assessment) or record.judgement_reason:
        return {}
    differing = (
        _of_staging(record, history)
        if isinstance(record, Staging)
        else _of_assessment(record, history)
    )
    sentences = [*differing]
    why = _("Say why it differs, or correct it.")
    return {"judgement_reason": " ".join((*sentences, why))} if sentences else {}


def _of_staging(staging: Staging, history: History) -> Iterator[str]:
    others = [each for each in history.by_id.values() if each.id != staging.id]
    within = [*others, staging]
    entered = History.of_records(history.patient, within, history.practice, history.confirmed)
    for found in against_measurements(entered):
        if found.records[0].id == staging.id:
            yield found.sentence


def _of_assessment(assessment: Assessment, history: History) -> Iterator[str]:
    for name in COMPARTMENTS:
        stated = getattr(assessment, name)
        if stated in {None, Response.NOT_ASSESSED}:
            continue
        left_open = assess(history, revised(assessment, **{name: None}))
        found = next(each for each in left_open.compartments if each.name == name)
        if found.response not in {None, Response.NOT_ASSESSED, stated}:
            yield _("{compartment}: entered {stated}, worked out {response}, {how}.").format(
                compartment=capitalised(_(name)),
                stated=stated.words,
                response=found.response.words,
                how=found.how,
            )
