"""A treatment day in one form: what it proposes, what it says, and what it puts on file."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import treatment_day
from models.base import InvalidRecord, PatientRecord, build
from models.history import History
from models.records import RECORDS
from models.treatment import Cycle, Infusion, InfusionStatus, TreatmentLine, calendar
from models.treatment_day import TreatmentDay, records_of
from models.visit import Visit, VisitKind, VisitStatus
from tests.models import builders as a

MOGA = a.moga()
FIRST = a.cycle(MOGA)
BEGUN = (MOGA, FIRST, a.infusion(FIRST, premedication="paracetamol", minutes=60, batch="A17"))
DAY_8 = dt.date(2020, 1, 13)
SURFACE = a.line(protocol="1000 mg/m² on days 1, 8 of 21")


def values(line: TreatmentLine = MOGA, date: dt.date = DAY_8, **typed: Any) -> dict[str, Any]:
    """What stands in the form, with all that follows others worked out."""
    begun = treatment_day.proposed(a.history(line), line, date)
    found = {**dict.fromkeys(TreatmentDay.model_fields), **begun}
    return {name: found[name] for name in found if name not in {"id", "version"}} | typed


def day(history: History, *args: Any, **typed: Any) -> TreatmentDay:
    found = values(*args, **typed)
    for name, worked_out in (
        ("height_cm", treatment_day.known_height),
        ("dose_mg", treatment_day.proposed_dose),
        ("next_on", treatment_day.proposed_next),
    ):
        found[name] = typed[name] if name in typed else worked_out(found, history)
    kept = {name: value for name, value in found.items() if value is not None}
    return build(TreatmentDay, kept)


def kept(history: History, *args: Any, **typed: Any) -> History:
    """The history with a day of it on file."""
    return with_records(history, records_of(day(history, *args, **typed), history))


def with_records(history: History, records: list[PatientRecord]) -> History:
    on_file = {each.id: each for found in history.records.values() for each in found}
    on_file |= {each.id: each for each in records}
    return History.of_records(history.patient, on_file.values(), history.practice)


def refused(history: History, *args: Any, **typed: Any) -> dict[str, str]:
    with pytest.raises(InvalidRecord) as error:
        records_of(day(history, *args, **typed), history)
    return error.value.problems


def said(history: History, *args: Any, **typed: Any) -> str:
    found = day(history, *args, **typed).model_dump()
    return "\n".join(
        [*treatment_day.what_follows(found, history), *treatment_day.beware(found, history)]
    )


def test_it_is_no_kind_of_record_of_its_own() -> None:
    assert TreatmentDay not in RECORDS
    assert not hasattr(TreatmentDay, "__table__")


def test_a_day_of_a_cycle_on_file() -> None:
    history = a.history(*BEGUN)
    infusion, visit = records_of(day(history, weight_kg=72, batch="B2"), history)
    assert isinstance(infusion, Infusion)
    assert (infusion.cycle, infusion.day, infusion.given_on) == (FIRST.id, 8, DAY_8)
    assert (infusion.status, infusion.dose_mg, infusion.batch) == ("given", 72, "B2")
    assert isinstance(visit, Visit)
    assert (visit.date, visit.kind, visit.status) == (DAY_8, VisitKind.TREATMENT, VisitStatus.DONE)
    assert (visit.weight_kg, visit.next_visit) == (72, dt.date(2020, 1, 20))


@given(st.integers(1, 4))
def test_entered_day_by_day_it_is_the_calendar_of_the_label(cycles: int) -> None:
    history = a.history(MOGA)
    for planned in calendar(a.START, cycles):
        history = kept(history, date=planned.on, weight_kg=70)
    numbers = {cycle.id: (cycle.number, cycle.day_1) for cycle in history.of(Cycle)}
    entered = [(numbers[i.cycle][0], i.day, i.given_on) for i in history.infusions_of(MOGA)]
    assert entered == [(each.cycle, each.day, each.on) for each in calendar(a.START, cycles)]
    assert not any(history.is_delayed(infusion) for infusion in history.of(Infusion))


@pytest.mark.parametrize(
    ("late", "day_1", "following"),
    [
        (0, "2020-02-03", "2020-02-17"),
        (2, "2020-02-03", "2020-02-17"),
        (-3, "2020-02-03", "2020-02-17"),
        (5, "2020-02-08", "2020-02-22"),
    ],
)
def test_day_1_of_a_new_cycle(late: int, day_1: str, following: str) -> None:
    history = a.history(MOGA, *a.course(MOGA, 1))
    date = dt.date(2020, 2, 3) + dt.timedelta(days=late)
    found = day(history, date=date, weight_kg=70)
    cycle, *_rest = records_of(found, history)
    assert isinstance(cycle, Cycle)
    assert (cycle.number, cycle.day_1, cycle.weight_kg) == (2, a.day(day_1), 70)
    assert found.next_on == a.day(following)


def test_the_first_dose_makes_day_1_of_its_line() -> None:
    for line in (MOGA, a.moga("2020-01")):
        history = a.history(line)
        cycle, infusion, _visit = records_of(day(history, line, weight_kg=70), history)
        assert isinstance(cycle, Cycle)
        assert isinstance(infusion, Infusion)
        assert (cycle.number, cycle.day_1, infusion.day) == (1, DAY_8, 1)


def test_an_omitted_day_keeps_the_calendar_and_has_no_dose() -> None:
    history = a.history(*BEGUN)
    omitted = {"status": InfusionStatus.OMITTED, "reason": "fever", "dose_mg": 70, "batch": "A17"}
    (infusion,) = records_of(day(history, **omitted), history)
    assert isinstance(infusion, Infusion)
    assert (infusion.given_on, infusion.dose_mg, infusion.batch) == (None, None, None)
    following = with_records(history, [infusion]).next_infusion(MOGA)
    assert following
    assert (following.day, following.on) == (15, dt.date(2020, 1, 20))
    _infusion, seen = records_of(day(history, **omitted, weight_kg=69), history)
    assert isinstance(seen, Visit)
    assert (seen.status, seen.weight_kg) == (VisitStatus.DONE, 69)
    _infusion, planned = records_of(day(history, **omitted, next_on=a.day("2020-01-22")), history)
    assert isinstance(planned, Visit)
    assert (planned.date, planned.status) == (a.day("2020-01-22"), VisitStatus.PLANNED)
    both = with_records(history, [planned])
    assert len(records_of(day(both, **omitted, next_on=a.day("2020-01-22")), both)) == 1


def test_an_omitted_day_1_carries_the_last_weight_on_and_says_so() -> None:
    history = a.history(MOGA, *a.course(MOGA, 1))
    omitted = {"date": a.day("2020-02-03"), "status": InfusionStatus.OMITTED, "reason": "fever"}
    cycle, _infusion = records_of(day(history, **omitted), history)
    assert isinstance(cycle, Cycle)
    assert (cycle.day_1, cycle.weight_kg) == (a.day("2020-02-03"), 70)
    assert cycle.notes == "Omitted without a weight: the weight is that of 6 Jan 2020."
    assert "Cycle 2 begins with the weight of 6 Jan 2020, 70 kg." in said(history, **omitted)
    assert refused(a.history(MOGA), **omitted) == {"weight_kg": "Cycle 1 begins: enter the weight."}


def test_a_day_left_out_is_entered_on_the_day_of_the_next_one() -> None:
    history = a.history(*BEGUN)
    omitted = {"date": a.day("2020-01-20"), "status": InfusionStatus.OMITTED, "reason": "holiday"}
    for weight in (None, 70):
        found = records_of(day(history, **omitted, weight_kg=weight), history)
        assert [each.next_visit for each in found if isinstance(each, Visit)] in ([], [None])
    history = with_records(history, found)
    assert day(history, date=a.day("2020-01-20"), weight_kg=70).next_on == a.day("2020-01-27")


def test_a_reaction_on_an_omitted_day_is_kept() -> None:
    history = a.history(*BEGUN)
    omitted = {"status": InfusionStatus.OMITTED, "reason": "rash", "reaction": "itching all over"}
    found = day(history, **omitted)
    assert "reaction" not in treatment_day.needless(found.model_dump(), history)
    _infusion, seen = records_of(found, history)
    assert isinstance(seen, Visit)
    assert (seen.date, seen.kind, seen.status) == (DAY_8, VisitKind.TREATMENT, VisitStatus.DONE)
    assert (seen.symptoms, seen.weight_kg) == ("itching all over", None)
    assert treatment_day.event_of(found)["verbatim"] == "itching all over"


def test_the_last_weight_is_told_with_the_day_on_which_it_was_measured() -> None:
    late = a.infusion(FIRST, 1, 3, given_on="2020-01-09")
    second = a.cycle(MOGA, 2, "2020-02-03", weight_kg=71)
    carried = [second, a.omitted(second), a.infusion(second, 15)]
    on_day_1 = a.visit("2020-01-09", weight_kg=69)

    def told(*records: PatientRecord) -> str:
        at_last = values(date=a.day("2020-03-02"))
        return treatment_day.last_weight_words(at_last, a.history(MOGA, FIRST, *records))

    assert told() == ""
    assert told(late, a.infusion(FIRST, 8)) == "Last: 70 kg on 9 Jan 2020."
    assert told(late, *carried) == "Last: 70 kg on 9 Jan 2020."
    assert told(late, on_day_1) == "Last: 69 kg on 9 Jan 2020."
    assert told(late, second, a.infusion(second)) == "Last: 71 kg on 3 Feb 2020."


def test_a_visit_on_file_for_that_day_is_completed() -> None:
    planned = a.visit(DAY_8, "planned", kind="treatment", symptoms="itch", next_visit="2020-03-02")
    history = a.history(*BEGUN, planned, a.visit(DAY_8))
    *_infusion, visit = records_of(day(history, weight_kg=70, reaction="chills"), history)
    assert isinstance(visit, Visit)
    assert (visit.id, visit.status, visit.weight_kg) == (planned.id, VisitStatus.DONE, 70)
    assert (visit.symptoms, visit.next_visit) == ("itch\nchills", a.day("2020-01-20"))


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({}, "weight_kg", "Enter the weight of the day, or the dose that was given."),
        ({"weight_kg": 70, "dose_mg": 60}, "reason", "More than 10 % off"),
        ({"weight_kg": 70, "dose_mg": 50, "status": InfusionStatus.REDUCED}, "reason", "Say why"),
        ({"status": InfusionStatus.OMITTED}, "reason", "Say why"),
        ({"weight_kg": 70, "next_on": DAY_8}, "next_on", "lies after this one"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(
    typed: dict[str, Any], field: str, words: str
) -> None:
    problems = refused(a.history(*BEGUN), **typed)
    assert [*problems] == [field]
    assert words in problems[field]


def test_a_dose_of_ones_own() -> None:
    history = a.history(*BEGUN)
    assert records_of(day(history, dose_mg=70), history)
    assert records_of(day(history, weight_kg=70, dose_mg=64), history)
    typed: dict[str, Any] = {"weight_kg": 71, "dose_mg": 60}
    assert "reason" not in treatment_day.needless(values(**typed), history)
    assert "Worked out: 71 mg; entered: 60 mg (−15 %)." in said(history, **typed, reason="vials")
    infusion, _visit = records_of(day(history, **typed, reason="vials"), history)
    assert isinstance(infusion, Infusion)
    assert (infusion.dose_mg, infusion.reason) == (60, "vials")
    reduced = values(weight_kg=70, status=InfusionStatus.REDUCED)
    assert treatment_day.proposed_dose(reduced, history) is None


def test_by_the_body_surface_the_height_is_needed_once() -> None:
    history = a.history(SURFACE)
    weighed: dict[str, Any] = {"line": SURFACE, "date": a.START, "weight_kg": 70}
    assert "height_cm" not in treatment_day.needless(values(**weighed), history)
    assert "height_cm" in treatment_day.needless(values(MOGA), a.history(MOGA))
    assert refused(history, **weighed) == {"height_cm": "A dose in mg/m² needs the height."}
    history = kept(history, **weighed, height_cm=170)
    again = day(history, SURFACE, DAY_8, weight_kg=70)
    assert (again.height_cm, again.dose_mg) == (170, 1818.12)


def test_a_fixed_dose_needs_a_weight_only_where_a_cycle_begins() -> None:
    line = a.line(protocol="240 mg on days 1, 8 of 21, vials of 120 mg")
    assert "weight_kg" in refused(a.history(line), line, a.START)
    history = kept(a.history(line), line, a.START, weight_kg=70)
    assert day(history, line, DAY_8).dose_mg == 240
    assert "2 vials" in said(history, line, DAY_8)


def test_the_line_due_first_comes_first_and_others_are_not_offered() -> None:
    later, ended, without = a.moga("2020-02-03"), a.moga(end="2020-01"), a.line()
    history = a.history(later, MOGA, ended, without)
    assert treatment_day.lines_to_treat(history) == [MOGA, later]
    for line in (ended, without):
        assert [*refused(history, line, weight_kg=70)] == ["treatment_line"]


def test_what_repeats_is_that_of_the_last_infusion_given() -> None:
    history = a.history(*BEGUN, a.omitted(FIRST, 8))
    last = {"premedication": "paracetamol", "minutes": 60, "batch": "A17"}
    assert treatment_day.as_last_time(values(), history) == (a.START, last)
    omitted = values(status=InfusionStatus.OMITTED)
    assert treatment_day.as_last_time(omitted, history) is None
    assert treatment_day.as_last_time(values(), a.history(MOGA)) is None
    assert treatment_day.as_last_time(values(), a.history(MOGA, *a.course(MOGA, 1))) is None


def test_what_repeats_is_told() -> None:
    told = treatment_day.repeated_words(values(), a.history(*BEGUN))
    assert told == ("As on 6 Jan 2020: Premedication: paracetamol; Duration: 60 min; Batch: A17.")
    assert treatment_day.repeated_words(values(), a.history(MOGA)) == ""


def test_a_weight_measured_today_is_not_asked_for_again() -> None:
    weighed = a.visit(DAY_8, weight_kg=71.5)
    found = treatment_day.proposed(a.history(*BEGUN, weighed), MOGA, DAY_8)
    assert found["weight_kg"] == 71.5
    assert treatment_day.proposed(a.history(*BEGUN), MOGA, DAY_8)["weight_kg"] is None
    again = a.history(*BEGUN, weighed, a.infusion(FIRST, 8))
    assert "weight_kg" not in treatment_day.proposed(again, MOGA, DAY_8)


def test_what_follows_is_told() -> None:
    told = said(a.history(*BEGUN, a.event("2020-01-10")), weight_kg=71)
    assert "Infusion 2, planned for 13 Jan 2020." in told
    assert "1 mg/kg: 71 mg = 17.75 mL, 4 vials; dilute to between 23.7 and 710 mL" in told
    assert "Open: Rash maculo-papular, grade 2. The label: US PI 2018: Interrupt." in told
    assert "Next: cycle 1 day 15, 20 Jan 2020." in told
    history = a.history(*BEGUN)
    late = said(history, date=a.day("2020-01-17"), weight_kg=71)
    assert "4 days late, outside the window" in late
    assert "Next: cycle 1 day 15, 24 Jan 2020." in late
    arranged = said(history, weight_kg=71, next_on=a.day("2020-01-23"))
    assert "20 Jan 2020; arranged 3 days later, outside the window." in arranged
    nothing_typed = treatment_day.what_follows(values(), history)
    assert nothing_typed[0] == "Infusion 2, planned for 13 Jan 2020."
    assert treatment_day.title(values(), history) == "Mogamulizumab, cycle 1 day 8"
    assert treatment_day.last_weight_words(values(), history) == "Last: 70 kg on 6 Jan 2020."


@pytest.mark.parametrize(
    ("typed", "warned"),
    [
        ({"weight_kg": 71}, ""),
        ({"weight_kg": 7.1}, "7.1 kg is 90 % below the 70 kg of 6 Jan 2020: check the weight."),
        ({"weight_kg": 71, "date": a.START}, "two infusions on one day"),
        (
            {"weight_kg": 71, "date": a.day("2020-01-20")},
            "By now cycle 1 day 15 would be due too. If cycle 1 day 8 was left out, "
            "enter it as omitted first.",
        ),
    ],
)
def test_what_to_beware_of_is_said_and_not_refused(typed: dict[str, Any], warned: str) -> None:
    history = a.history(*BEGUN)
    found = treatment_day.beware(day(history, **typed).model_dump(), history)
    assert (len(found), warned in "".join(found)) == (bool(warned), True)
    assert records_of(day(history, **typed), history)


def test_what_was_saved_is_told() -> None:
    history = a.history(*BEGUN)
    given_in_full = day(history, weight_kg=71)
    after = with_records(history, records_of(given_in_full, history))
    assert treatment_day.saved_words(given_in_full, after) == (
        "Saved: cycle 1 day 8, 71 mg, given 13 Jan 2020.\nNext: 20 Jan 2020."
    )
    omitted = day(history, status=InfusionStatus.OMITTED, reason="fever", next_on=None)
    after = with_records(history, records_of(omitted, history))
    assert treatment_day.saved_words(omitted, after) == (
        "Saved: cycle 1 day 8, omitted.\nNext: 20 Jan 2020."
    )
    assert treatment_day.saved_words(omitted, history) == "Saved."


def test_a_reaction_opens_an_event_without_an_attribution() -> None:
    history = a.history(*BEGUN)
    found = treatment_day.event_of(day(history, weight_kg=70, reaction="chills"))
    assert found["verbatim"] == "chills"
    assert (found["onset"].words, found["treatment_line"]) == ("13 Jan 2020", MOGA.id)
    assert "attribution" not in found
    assert treatment_day.event_of(day(history, weight_kg=70)) == {}


def test_a_reduced_dose_is_entered() -> None:
    history = a.history(*BEGUN)
    reduced = day(history, weight_kg=71, status="reduced", reason="rash", dose_mg=None)
    with pytest.raises(InvalidRecord) as refused:
        treatment_day.records_of(reduced, history)
    assert refused.value.problems == {"dose_mg": "Enter the dose that was given."}


def test_what_the_label_says_of_an_open_event_stands_among_what_to_beware_of() -> None:
    history = a.history(*BEGUN, a.event("2020-01-10"))
    first, *_others = treatment_day.beware(day(history, weight_kg=71).model_dump(), history)
    assert first.startswith("Open: Rash maculo-papular, grade 2. The label:")
