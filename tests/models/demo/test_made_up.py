"""Made-up patients: the same again for the same seed, and courses that the program agrees with."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from models.adverse_event import AdverseEvent, Outcome
from models.base import BOOKKEEPING, PatientRecord, Record
from models.biopsy import Biopsy
from models.compartments import blood_counts, skin_scores
from models.contradictions import contradictions
from models.course import assess, statuses
from models.demo.fate import REFERENCE_DAY
from models.demo.made_up import made_up_patients
from models.diagnosis import Diagnosis, Disease
from models.history import History
from models.patient import CauseOfDeath
from models.records import PATIENT_RECORDS, RECORDS
from models.response import Assessment, Response
from models.staging import Occasion, Staging, is_sezary, stage_of
from models.summary import Summary
from models.summary_json import summary_json
from models.therapies import NAMES
from models.timeline import timeline
from models.treatment import (
    Cycle,
    Infusion,
    InfusionStatus,
    StopReason,
    TreatmentLine,
    dose,
    next_infusion,
)
from models.values import PartialDate, earliest
from models.visit import Visit, VisitStatus
from tests.thorough import some

MANY = 150


@pytest.fixture(scope="module")
def many() -> list[list[Record]]:
    return made_up_patients(MANY, seed=3)


@pytest.fixture(scope="module")
def histories(many: list[list[Record]]) -> list[History]:
    return [history_of(records) for records in many]


def history_of(records: list[Record]) -> History:
    patient, *others = records
    return History.of_records(patient, others)  # type: ignore[arg-type]


def content(records: list[Record]) -> list[dict[str, Any]]:
    """The values of each record; what it points to, by place instead of by id."""
    places = {record.id: place for place, record in enumerate(records)}

    def by_place(value: Any) -> Any:
        return places[value] if isinstance(value, uuid.UUID) else value

    left_out = set(BOOKKEEPING) - {"patient"}
    return [
        {name: by_place(value) for name, value in record.model_dump(exclude=left_out).items()}
        for record in records
    ]


def contents(patients: list[list[Record]]) -> list[list[dict[str, Any]]]:
    return [content(records) for records in patients]


def dates_of(record: PatientRecord) -> Iterator[dt.date]:
    """Every date that is told of what has happened."""
    for name, value in record:
        if name == "next_visit" or name in BOOKKEEPING:
            continue
        if isinstance(value, PartialDate):
            yield value.first
        elif isinstance(value, dt.date):
            yield value
    if isinstance(record, AdverseEvent):
        yield from (episode.date.first for episode in record.grades)


def mogamulizumab(history: History) -> list[TreatmentLine]:
    return [line for line in history.lines if line.protocol]


def test_the_same_seed_makes_the_same_patients() -> None:
    assert contents(made_up_patients(8, seed=11)) == contents(made_up_patients(8, seed=11))


def test_another_seed_makes_others() -> None:
    pairs = zip(made_up_patients(8, seed=11), made_up_patients(8, seed=12), strict=True)
    assert all(content(one) != content(other) for one, other in pairs)


def test_a_patient_is_the_same_however_many_are_made() -> None:
    assert contents(made_up_patients(5, seed=4)) == contents(made_up_patients(9, seed=4)[:5])


def test_none_are_made_where_none_are_asked_for() -> None:
    assert made_up_patients(0, seed=1) == []


def test_numbers_are_unique_and_notes_say_made_up(histories: list[History]) -> None:
    numbers = [history.patient.mrn for history in histories]
    assert numbers == [f"M{number:05d}" for number in range(1, MANY + 1)]
    assert all("made up for the demo" in str(h.patient.notes).casefold() for h in histories)


def test_names_come_from_several_languages(histories: list[History]) -> None:
    letters = {letter for history in histories for letter in history.patient.name}
    assert {"'", "-", "é", "ő", "ñ"} <= letters
    assert any("Ͱ" <= letter <= "Ͽ" for letter in letters), "Greek"
    assert any("Ѐ" <= letter <= "ӿ" for letter in letters), "Cyrillic"
    assert len({history.patient.name for history in histories}) > 0.9 * MANY


def test_every_record_points_to_one_before_it(many: list[list[Record]]) -> None:
    for records in many:
        known: set[uuid.UUID] = set()
        for record in records:
            pointed_to = {value for name, value in record if isinstance(value, uuid.UUID)}
            assert pointed_to - {record.id} <= known
            known.add(record.id)


def test_every_kind_of_record_occurs_that_a_clinic_enters_by_hand(
    histories: list[History],
) -> None:
    found = {kind for history in histories for kind in history.records}
    missing = {kind.table_name() for kind in PATIENT_RECORDS if kind not in found}
    assert missing == {"attachment", "molecular_result"}


def test_nothing_happens_before_birth_or_after_death(histories: list[History]) -> None:
    for history in histories:
        born, died = history.patient.birth_date, history.patient.death_date
        last = died.last if died else REFERENCE_DAY
        for record in history.by_id.values():
            if isinstance(record, Visit) and record.status is VisitStatus.PLANNED:
                assert died is None
                assert record.date > REFERENCE_DAY
                continue
            assert all(born < day <= last for day in dates_of(record)), record.table_name()


def test_few_contradict_themselves(histories: list[History]) -> None:
    flagged = {h.patient.mrn: found for h in histories if (found := contradictions(h))}
    assert len(flagged) <= 0.03 * MANY, flagged


def test_diagnoses_lie_in_their_years_and_some_are_vague(histories: list[History]) -> None:
    dates = [found.date for history in histories for found in history.of(Diagnosis)]
    assert all(2008 <= date.year <= 2024 for date in dates)
    vague = Counter("day" if date.day else "month" if date.month else "year" for date in dates)
    assert min(vague.values()) >= 10


def test_the_stage_at_diagnosis_goes_with_the_disease(histories: list[History]) -> None:
    for history in histories:
        diagnosis = next(iter(history.of(Diagnosis)), None)
        for staging in history.of(Staging):
            assert diagnosis
            sezary = diagnosis.disease is Disease.SEZARY_SYNDROME
            assert is_sezary(staging) is sezary
            assert staging.occasion is not Occasion.DIAGNOSIS or staging.date == diagnosis.date


def test_diseases_stages_and_treatments_are_spread(histories: list[History]) -> None:
    diseases = Counter(found.disease for history in histories for found in history.of(Diagnosis))
    stages = {stage_of(found).working for history in histories for found in history.of(Staging)}
    assert 0.3 * MANY < diseases[Disease.SEZARY_SYNDROME] < 0.5 * MANY
    assert diseases[Disease.FOLLICULOTROPIC_MF] > 0
    assert {"IA", "IB", "IIA", "IIB", "IIIA", "IIIB", "IVA1", "IVA2", "IVB"} <= stages
    assert 0.6 * MANY < sum(bool(mogamulizumab(history)) for history in histories) < 0.8 * MANY
    numbers = Counter(len(history.lines) for history in histories)
    assert {0, 1, 2, 3, 4, 5} <= set(numbers)


def test_all_ways_to_end_occur(histories: list[History]) -> None:
    causes = Counter(history.patient.cause_of_death for history in histories)
    assert {CauseOfDeath.DISEASE, CauseOfDeath.TREATMENT, CauseOfDeath.OTHER} <= set(causes)
    assert 0.25 * MANY < MANY - causes[None] < 0.6 * MANY
    lost = [history for history in histories if history.patient.lost_to_follow_up]
    assert 2 <= len(lost) < 0.12 * MANY
    assert all(history.patient.death_date is None for history in lost)
    running = [line for h in histories for line in mogamulizumab(h) if line.end is None]
    assert len(running) >= 5
    new = [history for history in histories if not history.lines]
    assert 2 <= len(new) < 0.1 * MANY
    assert all(len(history.by_id) <= 3 for history in new)


def test_lines_use_the_names_of_the_catalogue(histories: list[History]) -> None:
    lines = [line for history in histories for line in history.lines]
    assert {drug for line in lines for drug in line.regimen} <= set(NAMES)
    reasons = {line.stop_reason for line in lines}
    assert {StopReason.PROGRESSION, StopReason.TOXICITY, StopReason.DEATH, None} <= reasons


def test_infusions_follow_the_calendar_that_the_program_works_out(
    histories: list[History],
) -> None:
    late = 0
    for history in histories:
        for line in mogamulizumab(history):
            running = line.model_copy(update={"end": None})
            given = history.infusions_of(line)
            for place, infusion in enumerate(given):
                cycle = history.cycle_of(infusion)
                assert cycle
                before = given[:place]
                begun = {earlier.cycle for earlier in before}
                cycles = [found for found in history.cycles_of(line) if found.id in begun]
                due = next_infusion(running, cycles, before, moves=True)
                assert due
                assert (due.cycle, due.day) == (cycle.number, infusion.day)
                assert infusion.given_on is None or infusion.given_on >= due.on
                late += infusion.given_on is not None and (infusion.given_on - due.on).days > 2
    assert late > 20


def test_no_infusion_is_given_at_a_weekend(histories: list[History]) -> None:
    days = [found.given_on for history in histories for found in history.of(Infusion)]
    assert all(day.weekday() < 5 for day in days if day)


def test_cycle_numbers_are_complete_and_doses_fit_the_weight(histories: list[History]) -> None:
    for history in histories:
        for line in mogamulizumab(history):
            cycles = history.cycles_of(line)
            assert [cycle.number for cycle in cycles] == list(range(1, len(cycles) + 1))
        weights = {cycle.id: cycle.weight_kg for cycle in history.of(Cycle)}
        for infusion in history.of(Infusion):
            if infusion.status is InfusionStatus.GIVEN:
                assert infusion.dose_mg == pytest.approx(dose(weights[infusion.cycle]).mg, rel=0.1)


def test_infusions_were_also_omitted_reduced_and_interrupted(histories: list[History]) -> None:
    found = Counter(infusion.status for history in histories for infusion in history.of(Infusion))
    assert min(found[status] for status in InfusionStatus) > 0
    assert found[InfusionStatus.GIVEN] > 0.9 * found.total()


def test_treatment_has_a_baseline_before_its_first_assessment(histories: list[History]) -> None:
    for history in histories:
        for line in mogamulizumab(history):
            for measured in (skin_scores(history), blood_counts(history)):
                assert any(earliest(found.date) <= line.start.first for found in measured)


def test_responses_can_be_worked_out_and_differ(histories: list[History]) -> None:
    worked_out = [
        assess(history, assessment).worked_out
        for history in histories
        for assessment in history.of(Assessment)
    ]
    assert sum(found is not None for found in worked_out) >= 0.9 * len(worked_out)
    assert {Response.CR, Response.PR, Response.SD, Response.PD} <= set(worked_out)


def test_some_respond_and_fail_later(histories: list[History]) -> None:
    moved = [[status.response for status in statuses(history)] for history in histories]
    worsened = [
        found
        for found in moved
        if {Response.CR, Response.PR} & set(found[:-1])
        and found[-1] in {Response.PD, Response.RELAPSE}
    ]
    assert len(worsened) >= 5
    assert sum(Response.RELAPSE in found for found in moved) >= 2


def test_adverse_events_have_a_course_and_an_outcome(histories: list[History]) -> None:
    events = [event for history in histories for event in history.of(AdverseEvent)]
    outcomes = Counter(event.outcome for event in events)
    assert min(outcomes[kind] for kind in (Outcome.ONGOING, Outcome.RESOLVED, Outcome.FATAL)) > 0
    assert any(event.serious and event.outcome is not Outcome.FATAL for event in events)
    assert any(len(event.grades) > 1 for event in events)
    assert {event.worst_grade for event in events} >= {1, 2, 3, 5}


def test_an_infusion_reaction_comes_with_the_first_infusion(histories: list[History]) -> None:
    reactions = 0
    for history in histories:
        for event in history.of(AdverseEvent):
            if event.term == "Infusion related reaction":
                reactions += 1
                first = history.infusions_of(mogamulizumab(history)[0])[0]
                assert event.onset == PartialDate.of(first.given_on or dt.date.max)
                assert first.status is InfusionStatus.INTERRUPTED
    assert reactions > 10


def test_rashes_were_biopsied_and_some_results_are_awaited(histories: list[History]) -> None:
    biopsies = [biopsy for history in histories for biopsy in history.of(Biopsy)]
    explained = [biopsy for biopsy in biopsies if biopsy.adverse_event]
    assert any(biopsy.patterns and biopsy.clone and biopsy.conclusion for biopsy in explained)
    awaited = [biopsy for biopsy in biopsies if biopsy.awaited]
    assert awaited
    assert all((REFERENCE_DAY - biopsy.date.first).days < 60 for biopsy in awaited)


def test_timelines_and_summaries_are_built_of_each(histories: list[History]) -> None:
    for history in some(histories):
        summary = Summary(history, REFERENCE_DAY)
        assert summary_json(summary)["mrn"] == history.patient.mrn
        assert summary.standing
        assert history.patient.name in summary.identity
        drawn = timeline(history, REFERENCE_DAY)
        assert not drawn.empty
        assert drawn.axis.first <= drawn.axis.after


def test_every_record_is_of_a_known_kind(many: list[list[Record]]) -> None:
    assert {type(record) for records in many for record in records} <= set(RECORDS)
