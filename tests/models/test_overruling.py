"""A judgement that differs from what is measured owes a reason."""

import datetime as dt
from typing import Any

import pytest

from models.base import PatientRecord, revised
from models.contradictions import contradictions
from models.overruling import unexplained
from models.proposals import proposal
from models.response import Assessment
from models.skin import Region
from models.staging import Staging
from tests.models import builders as a

PATCHES: dict[str, Any] = {"head": {"patch": 7}, "anterior trunk": {"patch": 10}}
SCORE = a.skin_score(a.START, **PATCHES)
COUNT = a.blood_count(a.START, 1200, clone="identical")
SEVERAL = [SCORE, COUNT]


def staging(**changes: object) -> Staging:
    return a.staging("T2a N0 M0 B2b", a.START.isoformat(), occasion="baseline", **changes)


def test_a_staging_as_measured_owes_no_reason() -> None:
    assert unexplained(staging(), a.history(*SEVERAL)) == {}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"t": "T1a"}, "T1a, but 17 % of the body was scored"),
        ({"b": "B0"}, "B0, but 1200"),
    ],
)
def test_a_class_that_differs_owes_a_reason(changes: dict[str, str], said: str) -> None:
    history, record = a.history(*SEVERAL), staging(**changes)
    owed = unexplained(record, history)
    assert said in owed["judgement_reason"]
    explained = revised(record, judgement_reason="scored on another day's photographs")
    assert unexplained(explained, history) == {}
    assert len(contradictions(a.history(*SEVERAL, record))) == 1
    assert contradictions(a.history(*SEVERAL, explained)) == []


def test_a_stage_as_a_letter_says_it_is_a_quotation_and_owes_no_reason() -> None:
    quoted = staging(stage_stated="IA")
    assert unexplained(quoted, a.history(*SEVERAL)) == {}
    assert len(contradictions(a.history(*SEVERAL, quoted))) == 1


def test_a_correction_is_compared_once() -> None:
    wrong = staging(t="T1a")
    history = a.history(*SEVERAL, wrong)
    assert unexplained(revised(wrong, t="T2a"), history) == {}


def scored(*totals: float) -> list[PatientRecord]:
    line = a.moga(a.START.isoformat())
    scores = [
        a.skin_score(a.START + n * dt.timedelta(weeks=8), total) for n, total in enumerate(totals)
    ]
    return [line, *scores]


def test_a_compartment_that_differs_owes_a_reason() -> None:
    records = scored(80, 0)
    day = records[-1].when
    assert day is not None
    stated = a.assessment(day.first, skin="PR", nodes="NI", blood="NI", viscera="NI")
    owed = unexplained(stated, a.history(*records))
    assert (
        "Skin: entered partial response, worked out complete response" in (owed["judgement_reason"])
    )
    for fine in (
        revised(stated, skin="CR"),
        revised(stated, skin=None),
        revised(stated, skin="not assessed"),
        revised(stated, judgement_reason="erythema under the hair"),
    ):
        assert unexplained(fine, a.history(*records)) == {}


def test_other_records_owe_nothing() -> None:
    assert unexplained(a.event(), a.history()) == {}


def test_a_new_staging_has_t_and_b_as_measured_and_nothing_else() -> None:
    proposed = proposal(Staging, a.history(*SEVERAL), a.START)
    assert {name: str(value) for name, value in proposed.items()} == {
        "date": a.START.isoformat(),
        "t": "T2a",
        "b": "B2b",
    }
    again = proposal(Staging, a.history(*SEVERAL, staging()), a.START)
    assert again["occasion"] == "restaging"
    assert proposal(Staging, a.history(), a.START) == {}


def test_what_is_not_certain_is_not_proposed() -> None:
    everywhere: dict[str, Any] = {region.value: {"patch": region.percent} for region in Region}
    erythroderma = a.skin_score(a.START, **everywhere)
    assert "t" not in proposal(Staging, a.history(erythroderma, COUNT), a.START)
    assert "t" not in proposal(Staging, a.history(a.skin_score(a.START, 30)), a.START)


def test_the_assessment_is_still_proposed_with_its_line() -> None:
    line = a.moga()
    assert proposal(Assessment, a.history(line), a.START)["treatment_line"] == line.id
