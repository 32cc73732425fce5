"""The worklist: what is due over all patients, in groups, and nothing that is not."""

import datetime as dt
import uuid
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.base import InvalidRecord, PatientRecord, build
from models.demo.case import published_case
from models.demo.fate import REFERENCE_DAY
from models.demo.made_up import made_up_patient
from models.due import Noted
from models.follow_up import next_due
from models.history import History
from models.patient import Patient
from models.snooze import Snooze
from models.worklist import (
    Group,
    Item,
    Worklist,
    counts,
    draw_up,
    put_off,
    usual_until,
    when_words,
    worklist,
    worklist_json,
)
from tests.models import builders as a

TODAY = a.day("2020-02-10")
STAGED = [a.diagnosis("2019-12-02"), a.staging("T2b N0 M0 B0", "2019-12-02")]


def history(*records: PatientRecord, name: str = "Weber", mrn: str = "17", **about: Any) -> History:
    patient = a.patient(id=uuid.uuid5(uuid.NAMESPACE_OID, mrn), mrn=mrn, family_name=name, **about)
    own = [build(type(each), each.model_dump() | {"patient": patient.id}) for each in records]
    return History.of_records(patient, own)


def told(*records: PatientRecord, days: int = 7, **about: Any) -> list[tuple[str, str, bool]]:
    """Group, date and whether overdue, of one patient."""
    items = worklist([history(*STAGED, *records, **about)], TODAY, days)
    return [(item.group.value, item.due.on.isoformat(), item.overdue) for item in items]


RUNNING = a.moga("2020-02-12")
LATE = a.moga("2020-02-09")


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([RUNNING], ("infusions due", "2020-02-12", False)),
        ([LATE], ("overdue", "2020-02-09", True)),
        ([a.visit("2020-02-17", "planned")], ("follow-up visits due", "2020-02-17", False)),
        ([a.visit("2020-02-09", "planned")], ("overdue", "2020-02-09", True)),
        ([a.biopsy("2020-02-03")], ("biopsy results awaited", "2020-02-17", False)),
        ([a.biopsy("2020-01-13")], ("biopsy results awaited", "2020-01-27", True)),
        ([a.event("2020-01-20")], ("open adverse events (grade ≥ 2)", "2020-02-17", False)),
        ([a.event("2020-01-06")], ("open adverse events (grade ≥ 2)", "2020-02-03", True)),
        ([a.line("2019-12-20")], ("response assessment due", "2020-02-14", False)),
        ([a.line("2019-12-09")], ("overdue", "2020-02-03", True)),
        ([a.visit("2019-01-07")], ("patients not seen", "2020-01-07", True)),
    ],
)
def test_what_is_due_stands_in_its_group(
    records: list[PatientRecord], expected: tuple[str, str, bool]
) -> None:
    assert told(*records) == [expected]


def test_a_patient_who_is_lost_is_one_not_seen() -> None:
    lost = told(a.visit("2019-02-12"), lost_to_follow_up=True)
    assert lost == [("patients not seen", "2020-02-12", False)]


def test_a_stage_not_recorded_has_its_group() -> None:
    found = worklist([history(), history(a.diagnosis("2019"))], TODAY)
    assert [(item.group.value, item.due.what, item.overdue) for item in found] == [
        ("stage not recorded", "stage", True),
        ("stage not recorded", "diagnosis and stage", False),
    ]


def test_only_what_is_due_by_then_and_whatever_is_overdue() -> None:
    planned = [a.visit(date, "planned") for date in ("2019-01-07", "2020-02-17", "2020-02-18")]
    assert [on for _group, on, _late in told(*planned)] == ["2019-01-07", "2020-02-17"]
    assert [on for _group, on, _late in told(*planned, days=8)][-1] == "2020-02-18"
    assert [on for _group, on, _late in told(*planned, days=0)] == ["2019-01-07"]
    assert told(a.visit("2020-02-10", "planned"), days=0) == [
        ("follow-up visits due", "2020-02-10", False)
    ]


def test_what_became_known_later_is_not_known_yet() -> None:
    biopsy = a.biopsy("2020-01-20", result_on="2020-02-11", conclusion="other")
    assert told(biopsy) == [("biopsy results awaited", "2020-02-03", True)]
    assert told(a.visit("2020-02-12", "planned"), a.visit("2020-02-12")) == [
        ("follow-up visits due", "2020-02-12", False)
    ]


def test_nothing_is_due_of_a_patient_who_came_later() -> None:
    assert worklist([history(a.visit("2020-02-11"))], TODAY) == []
    assert len(worklist([history(RUNNING)], TODAY)) == 2
    assert len(worklist([history()], TODAY)) == 1


def test_groups_stand_in_order_each_by_date_then_name() -> None:
    visits = {
        "1": ("Weber", "2020-02-12"),
        "2": ("ábel", "2020-02-12"),
        "3": ("Alber", "2020-02-12"),
        "4": ("Zeller", "2020-02-11"),
        "5": ("Weber", "2020-02-12"),
    }
    histories = [
        history(*STAGED, a.visit(on, "planned"), name=name, mrn=mrn)
        for mrn, (name, on) in visits.items()
    ]
    histories.append(history(*STAGED, RUNNING, name="Zorn", mrn="6"))
    found = worklist(histories, TODAY)
    assert [item.patient.mrn for item in found] == ["6", "4", "3", "1", "5", "2"]


def test_every_group_is_counted() -> None:
    found = worklist([history(*STAGED, a.biopsy("2020-02-03"), RUNNING), history()], TODAY)
    assert {group.value: n for group, n in counts(found).items() if n} == {
        "infusions due": 1,
        "biopsy results awaited": 1,
        "stage not recorded": 1,
    }
    assert list(counts([]).values()) == [0] * 8


def test_the_worklist_as_json() -> None:
    found = worklist([history(*STAGED, a.biopsy("2020-01-20"))], TODAY, 0)
    assert worklist_json(found, TODAY, 0) == {
        "date": "2020-02-10",
        "days": 0,
        "items": [
            {
                "mrn": "17",
                "name": "Weber, Karl",
                "group": "biopsy results awaited",
                "what": "biopsy result (left cheek)",
                "on": "2020-02-03",
                "why": "result awaited; expected within 14 days",
                "overdue": True,
            }
        ],
    }


@pytest.mark.parametrize("days", [-1, 3651])
def test_days_that_make_no_sense_are_refused(days: int) -> None:
    with pytest.raises(ValueError, match="0 to 3650 days"):
        worklist([], TODAY, days)


def test_the_last_day_there_is_has_a_worklist() -> None:
    (item,) = worklist([history(*STAGED, a.visit("2020-02-09", "planned"))], dt.date.max)
    assert (item.group, item.overdue) == (Group.OVERDUE, True)


@pytest.fixture(scope="module")
def clinic() -> list[History]:
    """The published case and thirty made-up patients."""
    everyone = [published_case(), *(made_up_patient(number, 1) for number in range(1, 31))]
    found = []
    for patient, *records in everyone:
        assert isinstance(patient, Patient)
        own = [record for record in records if isinstance(record, PatientRecord)]
        found.append(History.of_records(patient, own))
    return found


def test_the_demo_has_something_in_most_groups(clinic: list[History]) -> None:
    found = counts(worklist(clinic, REFERENCE_DAY, 60))
    assert sum(map(bool, found.values())) >= 5
    assert found[Group.INFUSIONS]


def keys(items: list[Item]) -> list[tuple[str, str, str]]:
    return [(item.patient.mrn, item.due.kind.value, item.due.what) for item in items]


@given(days=st.integers(0, 60), more=st.integers(0, 60), ago=st.integers(0, 3000))
def test_looking_further_ahead_adds_and_takes_nothing_away(
    clinic: list[History], days: int, more: int, ago: int
) -> None:
    day = REFERENCE_DAY - dt.timedelta(days=ago)
    near, far = (set(keys(worklist(clinic[:6], day, ahead))) for ahead in (days, days + more))
    assert near <= far


@given(ago=st.integers(0, 3000))
def test_the_worklist_is_what_is_due_of_each_patient_and_nothing_twice(
    clinic: list[History], ago: int
) -> None:
    day = REFERENCE_DAY - dt.timedelta(days=ago)
    found = worklist(clinic[:6], day, 3650)
    expected = [due for each in clinic[:6] for due in next_due(each, day)]
    soon = [
        replace(due, record=Noted(due.record.id)) for due in expected if (due.on - day).days <= 3650
    ]
    assert sorted(map(repr, soon)) == sorted(repr(item.due) for item in found)
    places = [(item.patient.mrn, item.due.kind, item.due.record.id, item.due.on) for item in found]
    assert len(places) == len(set(places))
    assert all(item.overdue is (item.due.on < day) for item in found)
    for item in found:
        assert (item.group is Group.OVERDUE) <= item.overdue


PLANNED = a.visit("2020-02-09", "planned")


def snoozed(**changes: Any) -> Snooze:
    """Puts off the planned visit of yesterday until tomorrow."""
    known = {"kind": "visit", "about": PLANNED.id, "due_on": "2020-02-09", "until": "2020-02-11"}
    return a.snooze(**{**known, **changes})


def drawn_up(*records: PatientRecord, days: int = 7) -> Worklist:
    return draw_up([history(*STAGED, *records)], TODAY, days)


def test_what_is_put_off_is_told_apart_and_does_not_vanish() -> None:
    found = drawn_up(PLANNED, snoozed(reason="on holiday", recorded_by="anna"))
    assert found.due == ()
    (item,) = found.put_off
    assert (item.group, item.overdue, item.due.record.id) == (Group.OVERDUE, True, PLANNED.id)
    assert found.words == "Nothing is due within 7 days. 1 put off, 1 of them past its day."
    assert item.put_off_words == "put off until 11 Feb 2020 by anna: on holiday"
    assert worklist([history(*STAGED, PLANNED, snoozed())], TODAY) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"until": "2020-02-10"},
        {"due_on": "2020-02-08"},
        {"kind": "contact"},
        {"about": uuid.UUID(int=7)},
        {"about": None},
    ],
)
def test_only_this_item_is_put_off_and_only_until_then(changes: dict[str, Any]) -> None:
    found = drawn_up(PLANNED, snoozed(**changes))
    assert (len(found.due), found.put_off) == (1, ())
    assert found.due[0].put_off_words == ""


def test_what_was_put_off_twice_stays_away_until_the_later_day() -> None:
    longer = snoozed(until="2020-03-01")
    (item,) = drawn_up(PLANNED, longer, snoozed()).put_off
    assert [each.until for each in item.snoozes] == [a.day("2020-02-11"), a.day("2020-03-01")]


def test_what_is_missing_can_be_put_off_even_of_a_patient_without_entries() -> None:
    """It is due on no day of its own: each day it would be due anew."""
    patient = history().patient.id
    late = a.snooze(kind="stage", about=patient, due_on="2020-02-03", until="2020-02-20")
    found = draw_up([history(late)], TODAY)
    assert (found.due, [item.due.what for item in found.put_off]) == ((), ["diagnosis and stage"])


@pytest.mark.parametrize(
    ("before", "entered", "left"),
    [
        ([], a.staging(), "diagnosis"),
        ([a.diagnosis()], a.staging(date="2020-01-06", occasion="restaging"), "stage at diagnosis"),
    ],
)
def test_what_is_left_once_a_stage_was_entered_is_not_put_off(
    before: list[PatientRecord], entered: PatientRecord, left: str
) -> None:
    (item,) = draw_up([history(*before)], TODAY).due
    snooze = put_off(item, a.day("2020-02-20"), "on holiday", TODAY)
    after = draw_up([history(*before, entered, snooze)], TODAY)
    assert (left in {each.due.what for each in after.due}, after.put_off) == (True, ())
    (again,) = [each for each in after.due if each.due.what == left]
    snooze = put_off(again, a.day("2020-02-20"), "on holiday", TODAY)
    tomorrow = draw_up([history(*before, entered, snooze)], TODAY + dt.timedelta(days=1))
    assert [each.due.what for each in tomorrow.put_off] == [left]


def test_the_record_that_puts_an_item_off_does_so() -> None:
    found = drawn_up(PLANNED)
    (item,) = found.due
    snooze = put_off(item, a.day("2020-02-17"), "on holiday", TODAY)
    again = found.changed(item, snooze)
    assert again == draw_up([history(*STAGED, PLANNED, snooze)], TODAY)
    assert again.changed(again.put_off[0], None) == found


@pytest.mark.parametrize(
    ("until", "reason", "problems"),
    [
        ("2020-02-10", "on holiday", {"until": "Give a day after today."}),
        ("2020-02-11", " ", {"reason": "This is needed."}),
        (None, "on holiday", {"until": "This is needed."}),
    ],
)
def test_an_item_is_put_off_to_a_later_day_with_a_reason(
    until: str | None, reason: str, problems: dict[str, str]
) -> None:
    (item,) = drawn_up(PLANNED).due
    with pytest.raises(InvalidRecord) as refused:
        put_off(item, a.day(until) if until else None, reason, TODAY)
    assert refused.value.problems == problems


def test_a_week_is_proposed() -> None:
    (late,) = drawn_up(PLANNED).due
    (ahead,) = drawn_up(a.visit("2020-02-17", "planned")).due
    assert usual_until(late, TODAY) == a.day("2020-02-17")
    assert usual_until(ahead, TODAY) == a.day("2020-02-24")


@pytest.mark.parametrize(
    ("on", "words"),
    [
        ("2020-02-10", "today"),
        ("2020-02-11", "tomorrow"),
        ("2020-02-13", "in 3 days"),
        ("2020-02-09", "1 day overdue"),
        ("2019-11-10", "3 months overdue"),
        ("2019-03-20", "11 months overdue"),
        ("2019-02-10", "1 y overdue"),
        ("2018-03-01", "1 y 11 mo overdue"),
    ],
)
def test_when_it_is_due_in_words(on: str, words: str) -> None:
    assert when_words(a.day(on), TODAY) == words


@pytest.mark.parametrize(
    ("records", "days", "words"),
    [
        ((), 0, "Nothing is due today."),
        ((), 14, "Nothing is due within 14 days."),
        ((a.visit("2020-02-10", "planned"),), 0, "1 due today."),
        ((PLANNED, RUNNING), 7, "2 due within 7 days, 1 of them past its day."),
    ],
)
def test_the_list_in_one_sentence(
    records: tuple[PatientRecord, ...], days: int, words: str
) -> None:
    assert drawn_up(*records, days=days).words == words


@pytest.mark.parametrize(
    ("typed", "found"),
    [("", ["17", "18"]), ("zór", ["18"]), ("kar web", ["17"]), ("18", ["18"]), ("orn", [])],
)
def test_the_part_about_patients_by_name(typed: str, found: list[str]) -> None:
    both = draw_up([history(name="Weber"), history(name="Zorn", mrn="18")], TODAY)
    assert [item.patient.mrn for item in both.named(typed).due] == found
    assert both.named(typed).patients == 2


@given(days=st.integers(0, 60), ago=st.integers(0, 3000), every=st.integers(1, 4))
def test_a_narrower_list_is_the_one_drawn_up_for_fewer_days(
    clinic: list[History], days: int, ago: int, every: int
) -> None:
    """Whatever of it is put off."""
    day = REFERENCE_DAY - dt.timedelta(days=ago)
    far = draw_up(clinic[:4], day, 60)
    for item in far.due[::every]:
        far = far.changed(item, put_off(item, usual_until(item, day), "on holiday", day))
    narrow = far.within(days)
    shown = keys([*narrow.due, *narrow.put_off])
    assert sorted(shown) == sorted(keys(worklist(clinic[:4], day, days)))
    assert all(item.snooze is None for item in narrow.due)
    assert len(far.put_off) == len(range(0, len(far.due) + len(far.put_off), every))


def test_whose_it_is_names_each_patient_once() -> None:
    late = history(*STAGED, a.event("2020-01-06"), a.biopsy("2020-02-03"))
    other = history(*STAGED, mrn="18")
    drawn = draw_up([late, other], TODAY, 366)
    assert len(drawn.due) > 2
    assert set(drawn.whose) == {late.patient.id, other.patient.id}
    assert len(drawn.whose) == 2


@given(ago=st.integers(0, 3000), earlier=st.integers(0, 800), of=st.sets(st.integers(0, 3)))
def test_drawn_up_anew_for_those_who_changed_it_is_the_whole_list(
    clinic: list[History], ago: int, earlier: int, of: set[int]
) -> None:
    """Those who changed have entries now that they had not when it was drawn up before."""
    day = REFERENCE_DAY - dt.timedelta(days=ago)
    then = day - dt.timedelta(days=earlier)
    before = [each.until(then) if n in of else each for n, each in enumerate(clinic[:4])]
    changed = [clinic[n] for n in of]
    former = draw_up(before, day, 60)
    renewed = former.renewed({each.patient.id for each in changed}, draw_up(changed, day, 60))
    assert renewed == draw_up(clinic[:4], day, 60)
