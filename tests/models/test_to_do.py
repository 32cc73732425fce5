"""What is opened for something that is due, and what its form says by then."""

from typing import Any

import pytest

from models.adverse_event import AdverseEvent
from models.base import PatientRecord, build
from models.biopsy import Biopsy
from models.diagnosis import Diagnosis
from models.due import DueKind
from models.follow_up import next_due
from models.history import History
from models.response import Assessment
from models.staging import Staging
from models.to_do import Task, task_for
from models.visit import Visit
from tests.models import builders as a

TODAY = a.day("2020-02-10")
STAGED = (a.diagnosis("2019-12-02"), a.staging("T2b N0 M0 B0", "2019-12-02"))


def task(kind: DueKind, *records: PatientRecord) -> Task:
    """For the first item of this kind."""
    known = a.history(*records)
    due = next(due for due in next_due(known, TODAY) if due.kind is kind)
    found = task_for(due, known, TODAY)
    assert found is not None
    return found


def values(found: Task) -> dict[str, Any]:
    return {name: str(value) for name, value in found.values.items()}


def test_a_planned_visit_of_today_was_done_and_another_one_is_asked_after() -> None:
    todays, late = a.visit("2020-02-10", "planned"), a.visit("2020-02-07", "planned")
    found = task(DueKind.VISIT, *STAGED, todays)
    assert (found.record, found.focus, values(found)) == (todays, "status", {"status": "done"})
    found = task(DueKind.VISIT, *STAGED, late)
    assert (found.record, found.focus, values(found)) == (late, "status", {})


@pytest.mark.parametrize(
    ("kind", "before", "expected"),
    [
        (DueKind.VISIT, a.visit("2019-11-04", next_visit="2020-02-12"), "follow-up"),
        (DueKind.VISIT, a.visit("2019-11-04"), "follow-up"),
        (DueKind.CONTACT, a.visit("2019-01-07"), "telephone"),
    ],
)
def test_a_visit_that_was_not_planned_is_one_of_today(
    kind: DueKind, before: Visit, expected: str
) -> None:
    found = task(kind, *STAGED, before)
    assert (found.kind, found.record, found.focus) == (Visit, None, "ecog")
    assert values(found) == {"date": "2020-02-10", "kind": expected, "status": "done"}


def test_an_assessment_is_one_of_the_line_that_runs() -> None:
    line = a.line()
    for assessed in ((), (a.assessment("2020-01-20", "PR"),)):
        found = task(DueKind.ASSESSMENT, *STAGED, line, *assessed)
        assert (found.kind, found.record, found.focus) == (Assessment, None, "skin")
        assert values(found) == {"treatment_line": str(line.id), "date": "2020-02-10"}


def test_a_result_that_is_awaited_arrives_today_for_its_biopsy() -> None:
    biopsy = a.biopsy("2020-01-20")
    found = task(DueKind.BIOPSY_RESULT, *STAGED, biopsy)
    assert (found.kind, found.record, found.focus) == (Biopsy, biopsy, "conclusion")
    assert values(found) == {"result_on": "2020-02-10"}
    dated = a.biopsy("2020-01-20", result_on="2020-02-03")
    assert task(DueKind.BIOPSY_RESULT, *STAGED, dated).values == {}


def test_an_open_event_is_asked_for_its_grade_as_it_stands_on_file() -> None:
    event = a.event("2020-01-06", resolved="2020-03-01", outcome="resolved")
    found = task(DueKind.ADVERSE_EVENT, *STAGED, event)
    assert (found.kind, found.record, found.focus) == (AdverseEvent, event, "grades")
    assert found.values == {}


def test_what_is_missing_is_the_diagnosis_and_then_its_stage() -> None:
    assert task(DueKind.STAGING) == Task(Diagnosis, "date")
    found = task(DueKind.STAGING, a.diagnosis("2019"))
    assert (found.kind, found.record, found.focus) == (Staging, None, "t")
    assert values(found) == {"date": "2019", "occasion": "diagnosis"}


def test_an_infusion_has_a_form_of_its_own() -> None:
    known = a.history(*STAGED, a.moga())
    (due,) = (due for due in next_due(known, TODAY) if due.kind is DueKind.INFUSION)
    assert task_for(due, known, TODAY) is None


def test_every_form_opens_as_a_record_that_could_be_saved() -> None:
    """What is filled in is checked by the record itself, as far as it goes."""
    cases: list[tuple[DueKind, tuple[PatientRecord, ...]]] = [
        (DueKind.VISIT, (a.visit("2019-11-04"),)),
        (DueKind.CONTACT, (a.visit("2019-01-07"),)),
        (DueKind.ASSESSMENT, (a.line(),)),
    ]
    for kind, records in cases:
        found = task(kind, *STAGED, *records)
        made = build(found.kind, {**found.values, "patient": a.PATIENT})
        assert isinstance(History.of_records(a.patient(), [made]), History)
