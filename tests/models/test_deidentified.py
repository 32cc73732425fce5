"""Of a de-identified history nobody can be told, and everything that is worked out is the same."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any, ClassVar

import pytest
from pydantic import BaseModel

from models.at_diagnosis import at_diagnosis
from models.attachment import Attachment
from models.base import PatientRecord, build, field
from models.body_words import site_words
from models.deidentified import deidentified, origin_of
from models.demo.case import published_case
from models.demo.made_up import made_up_patient
from models.history import History
from models.imaging import Imaging, Node
from models.patient import Patient
from models.prognosis import indices
from models.records import PATIENT_RECORDS
from models.snooze import Snooze
from models.summary import as_of
from models.summary_json import summary_json
from models.values import PartialDate
from models.wording import particulars
from models.words import counted_from, days_counted_from
from reports.body_figure import sites
from tests.models import builders as a
from tests.models.planted import is_free_text, planted, with_words
from tests.thorough import some

TODAY = dt.date(2026, 11, 1)
PLANTED = "Zanzibarovic"

A_RECORD: dict[str, Callable[[], PatientRecord]] = {
    "adverse_event": a.event,
    "assessment": lambda: a.assessment(a.START, "PR", judgement="SD", judgement_reason="x"),
    "attachment": a.attachment,
    "biopsy": a.biopsy,
    "blood_count": lambda: a.blood_count(a.START, 400),
    "consent": lambda: a.consent(a.START),
    "cycle": lambda: a.cycle(a.moga()),
    "diagnosis": a.diagnosis,
    "imaging": lambda: a.imaging(nodes=[Node(site="left axilla", long_mm=22, short_mm=14)]),
    "infusion": lambda: a.omitted(a.cycle(a.moga())),
    "lab_result": a.lab,
    "molecular_result": a.molecular,
    "skin_score": lambda: a.skin_score(a.START, 12),
    "staging": a.staging,
    "treatment_line": a.line,
    "visit": lambda: a.visit(a.START),
}


def of_patient(records: Any) -> History:
    patient, *others = records
    assert isinstance(patient, Patient)
    return History.of_records(patient, others)


def everything(history: History) -> str:
    return repr((history.patient, history.records)).casefold()


@pytest.mark.parametrize("kind", PATIENT_RECORDS)
def test_every_free_text_of_every_kind_of_record_is_left_out(kind: type[PatientRecord]) -> None:
    record = with_words(A_RECORD[kind.table_name()](), PLANTED)
    assert PLANTED.casefold() in everything(a.history(record))
    clean = deidentified(a.history(record))
    assert PLANTED.casefold() not in everything(clean)
    assert (clean.of(kind) != ()) is (kind is not Attachment)


class Fresh(PatientRecord):
    """A kind of record that nobody has thought of yet."""

    __tablename__ = "fresh"
    singular: ClassVar[str] = "fresh"

    class Part(BaseModel):
        words: str
        size: int

    needed: str = field("Needed")
    several: list[str] = field("Several", [])
    named: dict[str, str] = field("Named", {})
    parts: list[Part] = field("Parts", [])
    raw: bytes | None = field("Raw", None)
    on: PartialDate = field("On")
    size: float = field("Size")


def test_a_free_text_that_is_declared_tomorrow_is_left_out_too() -> None:
    values = {
        "needed": PLANTED,
        "several": [PLANTED],
        "named": {PLANTED: PLANTED},
        "parts": [{"words": PLANTED, "size": 3}],
        "raw": PLANTED.encode(),
        "notes": PLANTED,
        "on": "2020-03",
        "size": 2.5,
    }
    record = build(Fresh, {"patient": a.PATIENT, **values})
    (clean,) = deidentified(a.history(record)).of(Fresh)
    assert PLANTED.casefold() not in repr(clean).casefold()
    assert (clean.on, clean.size, clean.parts[0].size) == (record.on, 2.5, 3)


def test_the_patient_has_neither_name_nor_number_nor_contact() -> None:
    patient = with_words(a.patient(id=uuid.uuid4()), PLANTED)
    clean = deidentified(History.of_records(patient, [])).patient
    assert PLANTED.casefold() not in repr(clean).casefold()
    assert (clean.sex, clean.birth_date) == (patient.sex, patient.birth_date)
    assert clean.id != patient.id


def test_no_id_is_left_and_records_still_belong_together() -> None:
    line = a.moga()
    records = [line, *a.course(line, 2), a.event(treatment_line=line.id)]
    history = a.history(*records, a.snooze())
    clean = deidentified(history)
    for record in records:
        assert str(record.id) not in everything(clean)
    assert len(clean.infusions_of(clean.lines[0])) == len(history.infusions_of(line))
    assert not clean.of(Snooze)


@pytest.mark.parametrize("number", some(range(40)[::-1]))
def test_what_is_worked_out_stays_the_same(number: int) -> None:
    records = made_up_patient(number, seed=7) if number else published_case()
    history = of_patient(records)
    told, clean = (summary_json(as_of(each, TODAY)) for each in (history, deidentified(history)))
    for words in ("mrn", "figures"):
        told.pop(words), clean.pop(words)
    assert clean == told
    assert [(each.index, each.score, each.survival) for each in indices(deidentified(history))] == [
        (each.index, each.score, each.survival) for each in indices(history)
    ]


def test_planted_words_change_nothing_that_is_told() -> None:
    history = of_patient(published_case())
    assert deidentified(planted(history, PLANTED)) == deidentified(planted(history, "Other"))


@pytest.mark.parametrize(
    ("entered", "told"),
    [
        (["mogamulizumab"], ["mogamulizumab"]),
        (["ECP + bexarotene"], ["ECP + bexarotene"]),
        (["XY-17", "bexarotene"], ["other drug", "bexarotene"]),
        (["XY-17", "Weber's cream", "xy-17"], ["other drug", "other drug 2", "other drug"]),
    ],
)
def test_drugs_that_nobody_knows_are_other_drugs(entered: list[str], told: list[str]) -> None:
    line = a.line(regimen=entered)
    assert deidentified(a.history(line)).lines[0].regimen == told


@pytest.mark.parametrize(
    ("term", "told"),
    [
        ("rash maculopapular", "Rash maculo-papular"),
        ("Cardiac disorders - Other, specify", "Cardiac disorders - Other, specify"),
        ("Weber's itch", "other adverse event"),
    ],
)
def test_an_event_is_told_by_its_term(term: str, told: str) -> None:
    (event,) = deidentified(a.history(a.event(term=term))).of(type(a.event()))
    assert event.term == told
    assert event.label == told.removesuffix(", specify")


@pytest.mark.parametrize("site", sites())
def test_every_site_of_the_body_map_is_told(site: Any) -> None:
    assert site_words(site.words) == site.words


def test_of_a_site_only_its_words_are_told() -> None:
    assert site_words("left cheek, 2 cm below Dr Weber's scar") == "left cheek"
    assert site_words("Weber") == ""


def test_nodes_stay_different_from_each_other() -> None:
    def seen(*names: str) -> Imaging:
        return a.imaging(nodes=[Node(site=name, long_mm=20, short_mm=12) for name in names])

    (imaging,) = deidentified(a.history(seen("left axilla", "Weber's", "the big one"))).of(Imaging)
    assert [node.site for node in imaging.nodes] == ["left axilla", "other site", "other site 2"]


@pytest.mark.parametrize(
    ("unit", "told"),
    [
        *((unit, True) for unit in ("U/L", "%", "10^9/L", "10*9/L", "x 10^12/L", "10⁹/L")),
        *((unit, True) for unit in ("cells/µL", "10^9 cells/L", "mL/min/1.73 m²")),
        *((unit, False) for unit in ("by Weber", "02 03 1958", "10^58/L", "10/10", "L 58", "58/L")),
    ],
)
def test_units_are_told_where_they_are_units(unit: str, told: bool) -> None:
    (lab,) = deidentified(a.history(a.lab(unit=unit))).of(type(a.lab()))
    assert lab.unit == (unit if told else "left out")


def test_day_0_is_the_middle_of_the_date_of_the_first_diagnosis() -> None:
    history = a.history(a.diagnosis("2019-12"), a.diagnosis("2011"), a.visit("2009-01-01"))
    origin = origin_of(history, TODAY)
    assert origin == dt.date(2011, 7, 2)
    with days_counted_from(origin):
        assert PartialDate(2011).words == "about day 0"


def test_without_a_diagnosis_day_0_is_the_first_record_or_today() -> None:
    assert origin_of(a.history(a.visit("2009-01-01"), a.line("2010")), TODAY) == a.day("2009-01-01")
    assert origin_of(a.history(), TODAY) == TODAY


@pytest.mark.parametrize(("born", "told"), [("1950-06-15", "76 years"), ("1937-01-01", "89 years")])
def test_the_identity_is_of_nobody(born: str, told: str) -> None:
    summary = as_of(a.history(a.diagnosis(), birth_date=born), TODAY)
    with days_counted_from(a.START):
        assert summary.identity == f"De-identified patient · male · {told}"
    assert "Weber" in summary.identity


def test_an_age_above_89_is_only_told_as_such() -> None:
    old = a.history(
        a.diagnosis("2010-03-01"), a.staging(date="2010-03-01"), birth_date="1935-01-01"
    )
    with days_counted_from(origin_of(old, TODAY)):
        assert as_of(old, TODAY).identity == "De-identified patient · male · over 89 years"
        assert "75" not in repr([each.factors for each in indices(deidentified(old))])


def test_a_birth_date_is_not_told_as_a_day_either() -> None:
    history = a.history(a.diagnosis(), a.visit("1949-01-01"))
    with days_counted_from(origin_of(history, TODAY)):
        flags = " ".join(as_of(deidentified(history), TODAY).flags)
        assert "before the birth" in flags
        birth = (history.patient.birth_date - (counted_from() or TODAY)).days
        assert str(abs(birth)) not in flags


def test_that_something_was_recorded_is_told() -> None:
    history = a.history(a.diagnosis(tcr_clone="skin and blood, Weber's lab"))
    diagnosis = deidentified(history).of(type(a.diagnosis()))[0]
    assert diagnosis.tcr_clone == "recorded"
    assert particulars(diagnosis, history)


def test_the_planting_reaches_every_free_text() -> None:
    assert is_free_text(Patient, "family_name")
    assert is_free_text(Imaging, "conclusion")
    assert not is_free_text(Patient, "sex")
    assert at_diagnosis(of_patient(published_case()))
