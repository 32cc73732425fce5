"""Entries that contradict each other: each found once, and none found where there is none."""

import pytest

from models.base import PatientRecord
from models.contradictions import CHECKS, contradictions
from models.demo.case import published_case
from models.history import History
from models.patient import Patient
from tests.models import builders as a

MOGA = a.moga("2020-01-06", "2020-12-31")
FIRST = a.cycle(MOGA)
SECOND = a.cycle(MOGA, 2, "2020-02-03")
TWO_CYCLES = a.moga(cycles_stated=2)


def grades(*dates: str) -> list[dict[str, object]]:
    return [{"date": date, "grade": 2} for date in dates]


PROVOKED: list[tuple[list[PatientRecord], str]] = [
    (
        [a.line("2015", "2015", end_stated="2014-04")],
        "Line 1 (bexarotene): stated to have ended Apr 2014, but it began 2015.",
    ),
    (
        [a.staging("T2 N0 M0 B0", stage_stated="IIB")],
        "Staging 2 Dec 2019: stated as IIB, but T2 N0 M0 B0 makes IB.",
    ),
    (
        [a.staging("T0 N0 M0 B0", "2019", stage_stated="IA")],
        "Staging 2019: stated as IA, but T0 N0 M0 B0 makes no stage.",
    ),
    (
        [a.diagnosis("2019-12"), a.line("2019-11-30")],
        "Line 1 (bexarotene) began 30 Nov 2019, before the diagnosis in Dec 2019.",
    ),
    ([MOGA, a.cycle(MOGA, 3)], "Line 1 (mogamulizumab): no entry for cycle 1, 2."),
    (
        [MOGA, FIRST, a.cycle(MOGA, 1, "2020-01-13")],
        "Line 1 (mogamulizumab): a cycle number stands twice.",
    ),
    (
        [a.line("2019"), moga := a.moga(cycles_stated=3), a.cycle(moga)],
        "Line 2 (mogamulizumab): 3 cycles stated, 1 recorded.",
    ),
    (
        [MOGA, FIRST, a.infusion(FIRST, 8, dose_mg=62.9)],
        "Cycle 1 day 8: 62.9 mg given; 70 kg makes 70 mg.",
    ),
    (
        [MOGA, FIRST, a.infusion(FIRST, 8, dose_mg=77.1)],
        "Cycle 1 day 8: 77.1 mg given; 70 kg makes 70 mg.",
    ),
    (
        [MOGA, FIRST, a.infusion(FIRST, 1, -1)],
        "Infusion of 5 Jan 2020: outside line 1 (mogamulizumab).",
    ),
    (
        [ended := a.moga(end="2020-01"), first := a.cycle(ended), a.infusion(first, 22, 5)],
        "Infusion of 1 Feb 2020: outside line 1 (mogamulizumab).",
    ),
    (
        [a.biopsy("2020-02-10", result_on="2020-02-09")],
        "Biopsy 10 Feb 2020: its result of 9 Feb 2020 came before it.",
    ),
    (
        [a.skin_score("2020-03-02", 3.5), a.visit("2020-03-02", disease_status="CR")],
        "2 Mar 2020: complete response, but mSWAT 3.5.",
    ),
    (
        [a.skin_score("2020-03-02", 3.5), a.assessment("2020-03-02", "CR")],
        "2 Mar 2020: complete response, but mSWAT 3.5.",
    ),
    (
        [a.event("2020-02-03", resolved="2020-03", grades=grades("2020-02-03", "2020-04"))],
        "Rash maculo-papular: grade 2 of Apr 2020 lies outside the event.",
    ),
    (
        [a.event("2020-02-03", resolved="2020-03", grades=grades("2020-02-03", "2020-02-02"))],
        "Rash maculo-papular: grade 2 of 2 Feb 2020 lies outside the event.",
    ),
]


@pytest.mark.parametrize(("records", "sentence"), PROVOKED, ids=lambda value: str(value)[:40])
def test_a_contradiction_is_told_once(records: list[PatientRecord], sentence: str) -> None:
    assert contradictions(a.history(*records)) == [sentence]


AGREEING: list[list[PatientRecord]] = [
    [],
    [a.line("2015", "2015", end_stated="2015")],
    [a.line("2015-07-20", end_stated="2015-07")],
    [a.line("2015-07-20", end_stated="2015-07-20")],
    [a.staging("T4 NX M0 B2", stage_stated="IVA")],
    [a.staging("T2 N0 M0 B0")],
    [a.diagnosis("2019-12"), a.line("2019")],
    [a.diagnosis("2019-12-02"), a.line("2019-12-02")],
    [a.biopsy("2020-02-10", result_on="2020-02-10")],
    [a.line("2019")],
    [*a.course(MOGA, 3), MOGA],
    [a.line(cycles_stated=3)],
    [TWO_CYCLES, *a.course(TWO_CYCLES, 2)],
    [MOGA, FIRST, a.infusion(FIRST, dose_mg=63), a.infusion(FIRST, 8, dose_mg=77)],
    [MOGA, FIRST, a.infusion(FIRST, dose_mg=35, status="reduced", reason="rash")],
    [other := a.line(), given := a.cycle(other), a.infusion(given, dose_mg=500)],
    [ended := a.moga(end="2020-01"), first := a.cycle(ended), a.infusion(first, 22, 4)],
    [partial := a.moga("2020-01"), early := a.cycle(partial), a.infusion(early, 1, -5)],
    [a.biopsy("2020-02", result_on="2020-02-09"), a.biopsy("2020-02")],
    [a.skin_score("2020-03-02", 0), a.visit("2020-03-02", disease_status="CR")],
    [a.skin_score("2020-03-02", 9), a.visit("2020-03-02", disease_status="PR")],
    [a.skin_score("2020-03-02", 9), a.assessment("2020-03-03", "CR")],
    [a.visit("2020-03-02", disease_status="CR")],
    [a.event("2020-02-03", resolved="2020-03", grades=grades("2020-02", "2020-03-31", "2020"))],
    [a.event(grades=grades("2020-02-03", "2025"))],
]


@pytest.mark.parametrize("records", AGREEING, ids=range(len(AGREEING)))
def test_entries_that_agree_are_let_pass(records: list[PatientRecord]) -> None:
    assert contradictions(a.history(*records)) == []


def test_nothing_happens_after_death() -> None:
    records = [a.visit("2020-07-01"), a.visit("2020-06-30"), a.event("2020"), a.consent()]
    assert contradictions(a.history(*records, death_date="2020-06")) == [
        "Visit of 1 Jul 2020: after the death on Jun 2020."
    ]
    assert contradictions(a.history(*records)) == []


def test_every_check_is_provoked_here() -> None:
    histories = [a.history(*records) for records, _sentence in PROVOKED]
    histories.append(a.history(a.visit("2020-07-01"), death_date="2020-06"))
    for check in CHECKS:
        assert any(list(check(history)) for history in histories), check


def test_the_published_case_has_the_one_that_was_published() -> None:
    patient, *records = published_case()
    assert isinstance(patient, Patient)
    own = [record for record in records if isinstance(record, PatientRecord)]
    assert contradictions(History.of_records(patient, own)) == [
        "Line 5 (gemcitabine + oxaliplatin): stated to have ended Apr 2014, but it began 2015."
    ]
