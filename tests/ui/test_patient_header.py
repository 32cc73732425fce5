"""The header of a patient's page: what is overdue, and which events are open at which grade."""

import datetime as dt

import pytest
from pytestqt.qtbot import QtBot

from models.adverse_event import AdverseEvent
from models.base import PatientRecord
from models.history import History
from models.patient import Patient
from models.summary import as_of
from models.visit import Visit
from tests.ui.samples import TODAY, sample
from ui.patient_header import PatientHeader


def said(qtbot: QtBot, *records: PatientRecord) -> str:
    header = PatientHeader(())
    qtbot.addWidget(header)
    alive = sample(Patient, death_date=None, cause_of_death=None)
    found = as_of(History.of_records(alive, records), TODAY)
    header.set_summary(found)
    return " ".join(each.text() for each in (header._standing, header._warning))


@pytest.mark.parametrize(
    ("days", "words"),
    [(7, "Next: follow-up visit, 7 May 2020."), (-7, "Overdue: follow-up visit, 23 Apr 2020.")],
)
def test_what_is_overdue_says_so(qtbot: QtBot, days: int, words: str) -> None:
    arranged = TODAY + dt.timedelta(days=days)
    seen = sample(Visit, date="2020-03-02", next_visit=arranged)
    assert words in said(qtbot, seen)


def test_an_open_event_has_the_grade_of_now(qtbot: QtBot) -> None:
    better = [{"date": "2020-02-03", "grade": 3}, {"date": "2020-03-02", "grade": 2}]
    event = sample(AdverseEvent, onset="2020-02-03", grades=better, resolved=None, outcome=None)
    assert f"Open: {event.label}, grade 2." in said(qtbot, event)
    mild = [*better, {"date": "2020-04-06", "grade": 1}]
    milder = sample(AdverseEvent, onset="2020-02-03", grades=mild, resolved=None, outcome=None)
    assert "Open:" not in said(qtbot, milder)
