"""The adverse events of a line: what is its own, how bad, since when, and what came of it."""

import datetime as dt
from typing import Any

import pytest

from models.adverse_event import Action, AdverseEvent, Emergent
from models.base import PatientRecord
from models.biopsy import Conclusion
from models.cohort.event_facts import EventFacts, event_facts, is_rash
from models.cohort.lasted import Lasted
from models.cohort.member import member_of
from models.ctcae import Soc
from models.demo.case import published_case
from models.history import History
from models.patient import Patient
from models.treatment import TreatmentLine
from models.values import Grade
from tests.models import builders as a

TODAY = dt.date(2021, 1, 4)
OTHER = "Skin and subcutaneous tissue disorders - Other, specify"


def under(line: TreatmentLine, *records: PatientRecord) -> tuple[EventFacts, ...]:
    """What the line's events are; its only doses are those of one cycle from 6 Jan 2020."""
    history = a.history(line, *a.course(line, 1), *records).until(TODAY)
    return event_facts(history, a.START, line)


def moga(**changes: Any) -> TreatmentLine:
    """Given from 6 to 27 Jan 2020."""
    return a.moga(end="2020-01-31", **changes)


def test_the_published_case_has_one_rash_that_ended_its_mogamulizumab() -> None:
    patient, *records = published_case()
    assert isinstance(patient, Patient)
    history = History.of_records(patient, [r for r in records if isinstance(r, PatientRecord)])
    member = member_of(history, dt.date(2026, 11, 1))
    *before, last = member.lines
    assert not any(line.events for line in before)
    (rash,) = last.events
    assert (rash.term, rash.soc, rash.worst) == (OTHER, Soc.SKIN, Grade.MODERATE)
    assert (rash.emergent, rash.attributed) == (Emergent.YES, True)
    assert (rash.action, rash.is_rash) == (Action.STOPPED, True)
    assert rash.conclusions == (Conclusion.DRUG_RELATED, Conclusion.DRUG_RELATED)
    assert rash.onset // 28 + 1 in (26, 27), "in the middle of its month; told of cycle 27"
    (of_course,) = member.events
    assert (of_course.emergent, of_course.is_rash) == (None, True)
    assert of_course.onset > rash.onset


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (a.event("2019-11-04"), None),
        (a.event("2020-02-03"), (28, Grade.MODERATE, Emergent.YES)),
        (a.event("2020-01"), (10, Grade.MODERATE, Emergent.POSSIBLE)),
        (a.event("2020-04"), (100, Grade.MODERATE, Emergent.POSSIBLE)),
        (a.event("2020-06-01"), None),
    ],
)
def test_only_what_is_emergent_is_the_lines_own(event: AdverseEvent, expected: object) -> None:
    found = [(each.onset, each.worst, each.emergent) for each in under(moga(), event)]
    assert found == ([expected] if expected else [])


def test_what_was_there_before_counts_from_its_worsening_on_with_the_grades_since() -> None:
    grades = [
        {"date": "2019-11-04", "grade": 2},
        {"date": "2019-12-02", "grade": 1},
        {"date": "2020-02-03", "grade": 3},
    ]
    event = a.event("2019-11-04", grades=grades, resolved="2020-03-02")
    line = moga()
    (found,) = under(line, event)
    assert (found.onset, found.worst) == (28, Grade.SEVERE)
    assert found.resolved == Lasted(28, event=True)
    (whole,) = event_facts(a.history(line, *a.course(line, 1), event), a.START)
    assert whole.onset < 0
    assert whole.resolved == Lasted(119, event=True)


@pytest.mark.parametrize(
    ("changes", "attributed", "action"),
    [
        ({}, False, Action.DELAYED),
        ({"attribution": "probable"}, True, Action.DELAYED),
        ({"attribution": "unlikely"}, False, Action.DELAYED),
        ({"linked": "own"}, True, Action.DELAYED),
        ({"linked": "own", "attribution": "unrelated"}, False, Action.DELAYED),
        ({"linked": "other", "attribution": "definite"}, False, None),
        ({"onset": "2020-02-03", "attribution": "possible"}, True, None),
        ({"action": "none"}, False, None),
    ],
)
def test_an_event_is_attributed_to_the_line_that_it_concerns(
    changes: dict[str, Any], attributed: bool, action: Action | None
) -> None:
    line, other = moga(), a.line("2019-06-03", "2019-12-30")
    linked = {"own": line.id, "other": other.id, None: None}[changes.pop("linked", None)]
    values = {"onset": "2020-01-13", "action": "delayed", "treatment_line": linked, **changes}
    (found,) = under(line, other, a.event(**values))
    assert (found.attributed, found.action) == (attributed, action)


def test_an_event_that_goes_on_has_lasted_up_to_the_last_contact() -> None:
    line, seen = moga(), a.visit("2020-03-02")
    (going_on,) = under(line, seen, a.event("2020-02-03"))
    assert going_on.resolved == Lasted(28, event=False)
    (closed,) = under(line, seen, a.event("2020-02-03", outcome="resolved"))
    assert closed.resolved is None


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("Rash maculo-papular", True),
        ("Erythroderma", True),
        ("Drug eruption", True),
        (OTHER, True),
        ("Pruritus", False),
        ("Dry skin", False),
        ("Fatigue", False),
    ],
)
def test_a_rash_is_told_by_its_term_or_by_a_biopsy(term: str, expected: bool) -> None:
    event = a.event(term=term)
    assert is_rash(event, []) is expected
    assert is_rash(event, [a.biopsy(adverse_event=event.id)])


def test_a_rash_counts_as_one_under_mogamulizumab_only_and_knows_its_biopsies() -> None:
    rash = a.event()
    taken = [
        a.biopsy("2020-02-10", adverse_event=rash.id, conclusion="both"),
        a.biopsy("2020-02-17", adverse_event=rash.id),
    ]
    (found,) = under(moga(), rash, *taken)
    assert (found.is_rash, found.conclusions) == (True, (Conclusion.BOTH, None))
    bexarotene = a.line()
    (found,) = event_facts(a.history(bexarotene, rash, *taken), a.START, bexarotene)
    assert not found.is_rash
    (found,) = event_facts(a.history(bexarotene, rash, *taken), a.START)
    assert not found.is_rash


def test_terms_and_drugs_count_whatever_their_case() -> None:
    line = a.line(drug="Mogamulizumab")
    (found,) = under(line, a.event(term="rash maculo papular"))
    assert (found.term, found.is_rash) == ("Rash maculo-papular", True)
