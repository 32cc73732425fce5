"""A clock that is put back: it is told, and what was entered later still stands later."""

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from models.base import build, revised
from models.patient import Patient
from models.practice import RuleConfirmation
from models.store import clock
from models.store.clinic import Clinic
from models.store.clock import TOLERANCE, Clock, behind
from models.visit import Visit
from tests.models import builders as a
from tests.models.store.conftest import PASSWORD, USER
from tests.models.store.test_drafts import NEW_PATIENT, VISIT

NOON = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)

SetBack = Callable[[dt.timedelta], None]


@pytest.fixture
def set_back(monkeypatch: pytest.MonkeyPatch) -> SetBack:
    """The computer's clock, so much behind the true time."""

    def put(by: dt.timedelta) -> None:
        def now(zone: dt.tzinfo) -> dt.datetime:
            return dt.datetime.now(zone) - by

        there = SimpleNamespace(**vars(dt))
        there.datetime = SimpleNamespace(now=now)
        monkeypatch.setattr(clock, "dt", there)

    return put


def test_a_clock_behind_the_newest_entry_is_told() -> None:
    assert behind(NOON, None) is None
    assert behind(NOON, NOON - dt.timedelta(days=400)) is None
    assert behind(NOON, NOON + TOLERANCE) is None
    sentence = behind(NOON, NOON + TOLERANCE + SECOND)
    newest = (NOON + TOLERANCE + SECOND).astimezone()
    assert sentence is not None
    assert f"21 Nov 2026 {newest:%H:%M}" in sentence
    assert sentence.endswith("Check date and time.")


def test_a_small_step_back_keeps_the_order_and_a_large_one_the_truth(set_back: SetBack) -> None:
    ours = Clock()
    first = ours.now()
    set_back(TOLERANCE / 2)
    second, third = ours.now(), ours.now()
    assert first < second < third < first + SECOND
    set_back(dt.timedelta(days=365))
    assert ours.now() < first - dt.timedelta(days=364)
    assert ours.today() == (dt.datetime.now(dt.UTC) - dt.timedelta(days=365)).astimezone().date()


def test_today_is_told_anew_after_a_clock_was_put_right(set_back: SetBack) -> None:
    set_back(dt.timedelta(days=-365))
    ours = Clock()
    ours.now()
    set_back(dt.timedelta())
    assert ours.today() == dt.datetime.now(dt.UTC).astimezone().date()


def test_what_is_entered_later_stands_later_whatever_the_clock_shows(
    clinic: Clinic, patient: Patient, set_back: SetBack
) -> None:
    def entered(**values: Any) -> Any:
        return clinic.save(a.visit("2016-04-25", patient=patient.id, **values))

    def confirmed(rule: str) -> RuleConfirmation:
        values = {"rule": rule, "statement": "-", "confirmed_by": "-", "confirmed_on": "2020-01-06"}
        return clinic.save(build(RuleConfirmation, values))

    first, one = entered(), confirmed("one")
    clinic.keep_draft(NEW_PATIENT)
    set_back(dt.timedelta(days=365))
    second, other = entered(notes="later"), confirmed("other")
    corrected = clinic.save(revised(second, notes="corrected"))
    clinic.keep_draft(VISIT)
    clinic.close()
    with Clinic.open(clinic.folder, USER, PASSWORD) as opened:
        assert opened.history(patient.id).of(Visit) == (first, corrected)
        assert opened.histories()[0].of(Visit) == (first, corrected)
        assert opened.confirmations() == [one, other]
        assert opened.drafts() == [VISIT, NEW_PATIENT]
        said = [change.record_id for change in opened.changes(patient.id) if change.record_id]
        assert said == [second.id, second.id, first.id, patient.id]
        assert opened.check() == []
