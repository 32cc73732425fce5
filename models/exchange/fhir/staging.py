"""A staging: the stage group as worked out, its T, N and M categories, and our own B class."""

from collections.abc import Iterator

from models.exchange.fhir.case import Case
from models.exchange.fhir.codes import AJCC_8, CATEGORY, STAGE_GROUP, staged
from models.exchange.fhir.elements import (
    Resource,
    choice,
    concept,
    field_code,
    filled,
    hl7,
    part_id,
    reference,
    title_of,
)
from models.exchange.fhir.observing import observed
from models.staging import StageGroup, Staging, stage_of

METHOD = concept("ISCL/EORTC TNMB (Olsen, Blood 2007), as in AJCC 8", AJCC_8)
_PROFILE = {
    "t": "mcode-tnm-primary-tumor-category",
    "n": "mcode-tnm-regional-nodes-category",
    "m": "mcode-tnm-distant-metastases-category",
}


def staging(case: Case, record: Staging) -> Iterator[Resource]:
    """The record is the stage group; it keeps to mCODE's profile where there is a diagnosis, as
    the profile asks for the condition that was staged.
    """
    group = stage_of(record)
    stage = group.working
    codings = staged(stage or "")
    value = {"valueCodeableConcept": concept(stage, *codings)} if stage else _no_stage()
    told = observed(
        concept("Stage group", STAGE_GROUP),
        record.date,
        value=value,
        method=METHOD,
        focus=case.conditions,
        hasMember=[reference(part_id(record, letter)) for letter in "tnmb"],
        note=_notes(record, group),
    )
    profile = "mcode-tnm-stage-group" if case.conditions else ""
    yield case.main("Observation", record, told, profile)
    for letter in "tnmb":
        yield _category(case, record, letter)


def _no_stage() -> dict[str, object]:
    return {"dataAbsentReason": hl7("data-absent-reason", "not-applicable")}


def _category(case: Case, record: Staging, letter: str) -> Resource:
    """The B class is no category of mCODE; nor is a class that AJCC 8 does not have."""
    value = getattr(record, letter)
    known = staged(value.value)
    code = filled({"coding": [CATEGORY.get(letter), field_code(Staging, letter)]})
    code = concept(title_of(Staging, letter), *(each for each in code["coding"] if each))
    told = observed(
        code,
        record.date,
        value={"valueCodeableConcept": choice(Staging, letter, value, *known)},
        method=METHOD,
        focus=case.conditions,
    )
    profile = _PROFILE.get(letter, "mcode-cancer-stage") if known or letter == "b" else ""
    return case.part("Observation", record, letter, told, profile)


def _notes(record: Staging, group: StageGroup) -> list[dict[str, str]]:
    """What the stage leaves open, what a letter said, and why a class was judged otherwise."""
    said = (
        f"Provisional; possible: {', '.join(group.possible)}." if group.provisional else "",
        f"As stated: {record.stage_stated}." if record.stage_stated else "",
        record.judgement_reason or "",
        record.notes or "",
    )
    return [{"text": text} for text in said if text]
